"""The kept values of indicators, each beside the report that counts today: what does not fit that report is stale.

Of the reports of a gmina for a period one counts: the accepted one, else the one sent last. Withdrawn and rejected ones never do.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from forms.definition import Form
from forms.indicators import Indicator
from forms.indicators.working_out import made_of
from records.bookings.lifecycle import ACCEPTED, OVER
from records.database import run

NOTHING_SENT, EXCUSED = "nothing-sent", "excused"  # notes of gminy that have no report
_OVER = ", ".join("?" for _ in OVER)
HOLDS = (
    "response.slug = ? AND response.gmina IS NOT NULL AND response.period IS NOT NULL AND response.reference IS NOT NULL "  # noqa: S608
    f"AND response.state NOT IN ({_OVER}) AND response.id = (SELECT best.id FROM response AS best "
    "WHERE best.slug = response.slug AND best.gmina = response.gmina AND best.period = response.period "
    f"AND best.reference IS NOT NULL AND best.state NOT IN ({_OVER}) "
    "ORDER BY CASE WHEN best.state = ? THEN 0 ELSE 1 END, best.sent_at DESC, best.id DESC LIMIT 1)"
)
"""In SQL: the response is the one of its gmina and period that counts. Its parameters are `holding(slug)`."""


def holding(slug: str) -> tuple[str, ...]:
    """The parameters of HOLDS."""
    return (slug, *OVER, *OVER, ACCEPTED)


@dataclass(frozen=True, slots=True)
class Value:
    """One indicator of one gmina (TERYT code) in one period; without a `value` the `note` says why.

    `key` is the report it comes from, "" where there is none; `accepted` whether staff have accepted that. `stale` is a value
    that the report or the definition has outgrown (or that was never worked out): it is not told, and waits for `compute`.
    """

    indicator: str
    gmina: str
    period: str
    value: Decimal | None
    note: str = ""
    accepted: bool = False
    stale: bool = False
    key: str = ""


def values(
    indicators: Collection[Indicator],
    newest: Form,
    gminy: Collection[str] = (),
    *,
    gmina: str = "",
    periods: Collection[str] = (),
) -> list[Value]:
    """What is known of these indicators of one form, by gmina and period; of one `gmina` or of some `periods` alone when named.

    With `gminy` (all that were to report) those without a report are among them, in each period that somebody owed or sent.
    At most three SELECTs, however many there are.
    """
    if not indicators:
        return []
    names = {each.name: each for each in indicators}
    marks = ", ".join("?" for _ in names)
    narrowed, whose = (" AND gmina = ?", (gmina,)) if gmina else ("", ())
    if periods:
        narrowed, whose = f"{narrowed} AND period IN ({', '.join('?' for _ in periods)})", (*whose, *periods)
    reports = run(
        f"SELECT gmina, period, id, correction, state, key FROM response WHERE {HOLDS}{narrowed}",  # noqa: S608
        *holding(newest.slug),
        *whose,
    ).fetchall()
    kept = {
        row[:3]: row[3:]
        for row in run(
            "SELECT indicator, gmina, period, value, note, response_id, correction, made_of FROM indicator_value "  # noqa: S608
            f"WHERE slug = ? AND indicator IN ({marks}){narrowed}",
            *(newest.slug, *names, *whose),
        ).fetchall()
    }
    found = []
    fresh = {name: {made_of(each, None), made_of(each, newest)} for name, each in names.items()}
    for code, period, report, correction, state, key in reports:
        for name in names:
            row = kept.get((name, code, period))
            good = row is not None and row[2:4] == (report, correction) and row[4] in fresh[name]
            value = Decimal(row[0]) if row is not None and good and row[0] is not None else None
            note = row[1] if row is not None and good else ""
            found.append(Value(name, code, period, value, note, state == ACCEPTED, not good, key))
    sent = {row[:2] for row in reports}
    return [*found, *_missing(newest.slug, names, gminy, sent, periods)] if gminy else found


def _missing(
    slug: str,
    names: Collection[str],
    gminy: Collection[str],
    sent: Collection[tuple[str, str]],
    wanted: Collection[str],
) -> list[Value]:
    """Those who have sent nothing, in every period that is known (and wanted)."""
    owed = {
        (row[0], row[1]): bool(row[2])
        for row in run("SELECT gmina, period, excused_at FROM assignment WHERE slug = ?", slug).fetchall()
    }
    periods = sorted(period for period in {each for _, each in (*sent, *owed)} if not wanted or period in wanted)
    return [
        Value(name, code, period, None, EXCUSED if owed.get((code, period)) else NOTHING_SENT)
        for period in periods
        for code in gminy
        if (code, period) not in sent
        for name in names
    ]


def periods(slug: str) -> list[str]:
    """The periods of which a form has reports that hold, the newest first. One SELECT."""
    rows = run(
        "SELECT DISTINCT period FROM response WHERE slug = ? AND gmina IS NOT NULL AND period IS NOT NULL "  # noqa: S608
        f"AND reference IS NOT NULL AND state NOT IN ({_OVER}) ORDER BY period DESC",
        *(slug, *OVER),
    ).fetchall()
    return [row[0] for row in rows]
