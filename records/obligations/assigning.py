"""How obligations come into being and change: a period is opened, a gmina added, excused, given more time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from forms.definition import Form
from forms.standing import Standings
from records import audit
from records.database import run, writing
from records.models import moment, stored
from records.reporting.coverage import gmina_type, gminy
from records.shapes import Missing

OBLIGED = ("gminy", "programme")
"""The audiences that name gminy; of a form for everyone nobody is missing."""
BATCH = 200


def owing(form: Form, standing: Standings | None = None) -> list[str]:
    """The gminy (TERYT codes) that owe a report of the form: those it offers, and of a form for programmes those with one.

    `standing` says which have; without it the list does.
    """
    kind = gmina_type(form)
    if kind is None or form.audience not in OBLIGED:
        return []
    return [each.value for each in gminy(form) if kind.entitled(each.value, standing)]


def keep(form: Form, now: datetime, standing: Standings | None = None) -> int:
    """The obligations of the period that the form collects, brought up to date once it has opened; how many are new.

    Said again it changes nothing: one SELECT. A gmina that is new on the list is added, the day until when follows the form;
    nothing is ever taken away.
    """
    if form.period is None or not form.period.open or form.state != "open" or form.not_yet(now):
        return 0
    owed, due = owing(form, standing), form.due
    if not owed:
        return 0
    rows = run(
        "SELECT gmina, due_at FROM assignment WHERE slug = ? AND period = ?", form.slug, form.period.open
    ).fetchall()
    known = {row[0] for row in rows}
    fresh = [code for code in owed if code not in known]
    moved = any((moment(row[1]) if row[1] else None) != due for row in rows)
    if not fresh and not moved:
        return 0
    with writing():
        if moved:
            run(
                "UPDATE assignment SET due_at = ? WHERE slug = ? AND period = ?",
                *(stored(due) if due else None, form.slug, form.period.open),
            )
        return open_period(form.slug, form.period.open, fresh, now, due)


def open_period(
    slug: str, period: str, gminy: Iterable[str], now: datetime, due: datetime | None = None, actor: str = audit.SYSTEM
) -> int:
    """Obligations of these gminy (TERYT codes) for the period, until `due`; how many are new. Those there are stay."""
    codes, at = list(dict.fromkeys(gminy)), stored(now)
    made = 0
    with writing():
        for start in range(0, len(codes), BATCH):
            batch = codes[start : start + BATCH]
            values = ", ".join(["(?, ?, ?, ?, ?)"] * len(batch))
            params = [part for code in batch for part in (slug, code, period, at, stored(due) if due else None)]
            made += run(
                f"INSERT INTO assignment (slug, gmina, period, opened_at, due_at) VALUES {values} "  # noqa: S608
                "ON CONFLICT (slug, gmina, period) DO NOTHING",
                *params,
            ).rowcount
        if made:
            audit.record(actor, "period-opened", slug, slug, {"period": period, "gminy": made}, now)
    return made


def add(slug: str, period: str, gmina: str, reason: str, now: datetime, actor: str) -> bool:
    """Obliges one more gmina, with the day that the others have; False when it was obliged already."""
    with writing():
        row = run("SELECT MAX(due_at) FROM assignment WHERE slug = ? AND period = ?", slug, period).fetchone()
        made = run(
            "INSERT INTO assignment (slug, gmina, period, opened_at, due_at, reason) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (slug, gmina, period) DO NOTHING",
            *(slug, gmina, period, stored(now), stored(moment(row[0])) if row and row[0] else None, reason or None),
        ).rowcount
        if made:
            _note(actor, "obligation-added", slug, period, gmina, {}, now)
    return bool(made)


def excuse(slug: str, period: str, gmina: str, reason: str, now: datetime, actor: str) -> None:
    """Lets one gmina off: it is neither missing nor reminded any more. Raises Missing where it was not obliged."""
    _change(
        slug, period, gmina, "excused_at = ?, reason = ?", (stored(now), reason), ("obligation-excused", {}), now, actor
    )


def restore(slug: str, period: str, gmina: str, now: datetime, actor: str) -> None:
    """Takes back what was granted: the gmina owes the report again, until the day common to all. Raises Missing."""
    _change(
        *(slug, period, gmina, "excused_at = NULL, extended_to = NULL, extended_at = NULL, reason = NULL", ()),
        *(("obligation-restored", {}), now, actor),
    )


def extend(slug: str, period: str, gmina: str, until: datetime, reason: str, now: datetime, actor: str) -> None:
    """Gives one gmina time until that moment (aware): it may send and correct until then. Raises Missing."""
    _change(
        *(
            slug,
            period,
            gmina,
            "extended_to = ?, extended_at = ?, excused_at = NULL, reason = ?",
            (stored(until), stored(now), reason),
        ),
        *(("obligation-extended", {"until": until.date().isoformat()}), now, actor),
    )


def deadline(slug: str, gmina: str | None, period: str | None) -> datetime | None:
    """Until when this gmina alone was given time; None where it has the day common to all. One SELECT."""
    if gmina is None or period is None:
        return None
    row = run(
        "SELECT extended_to FROM assignment WHERE slug = ? AND gmina = ? AND period = ?", slug, gmina, period
    ).fetchone()
    return moment(row[0]) if row and row[0] else None


def extended(form: Form, gmina: str | None, period: str | None, moment: datetime) -> bool:
    """Whether this gmina alone may still send and correct its report of the period, after the form has closed."""
    if form.period is None or form.state != "open" or form.not_yet(moment):
        return False
    end = deadline(form.slug, gmina, period)
    return end is not None and moment <= end


def periods(slug: str) -> list[str]:
    """The periods of a form that were opened, the newest first."""
    rows = run("SELECT DISTINCT period FROM assignment WHERE slug = ? ORDER BY period DESC", slug).fetchall()
    return [row[0] for row in rows]


def _change(
    slug: str,
    period: str,
    gmina: str,
    what: str,
    params: tuple[str, ...],
    entry: tuple[str, dict[str, str]],
    now: datetime,
    actor: str,
) -> None:
    with writing():
        changed = run(
            f"UPDATE assignment SET {what} WHERE slug = ? AND gmina = ? AND period = ?",  # noqa: S608
            *(*params, slug, gmina, period),
        ).rowcount
        if not changed:
            raise Missing
        _note(actor, entry[0], slug, period, gmina, entry[1], now)


def _note(actor: str, action: str, slug: str, period: str, gmina: str, details: dict[str, str], now: datetime) -> None:
    audit.record(actor, action, slug, slug, {"period": period, "gmina": gmina, **details}, now)
