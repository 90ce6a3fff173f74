"""Where each obligation stands: not begun, begun, sent, returned, accepted – and what is late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.definition import Form
from records.bookings.lifecycle import ACCEPTED as ACCEPTED_RESPONSE
from records.bookings.lifecycle import OVER
from records.database import run
from records.models import moment
from records.obligations.drafts import Draft, HowFar, drafts

NOT_BEGUN, DRAFT, SENT, RETURNED, ACCEPTED, EXCUSED = "not-begun", "draft", "sent", "returned", "accepted", "excused"
STATES = (NOT_BEGUN, DRAFT, SENT, RETURNED, ACCEPTED, EXCUSED)
"""Every state, in the order in which a report goes through them."""
_OVER = ", ".join("?" for _ in OVER)
_ROWS = (
    "SELECT one.slug, one.gmina, one.period, one.opened_at, one.due_at, one.extended_to, one.excused_at, one.reason, "  # noqa: S608
    "sent.id, sent.key, sent.reference, sent.state, COALESCE(earliest.sent_at, sent.sent_at), CASE WHEN EXISTS "
    "(SELECT 1 FROM returned_request AS back WHERE back.response_id = sent.id AND back.state = 'open') THEN 1 ELSE 0 END "
    "FROM assignment AS one "
    "LEFT JOIN response AS sent ON sent.id = (SELECT response.id FROM response WHERE response.slug = one.slug "
    "AND response.gmina = one.gmina AND response.period = one.period AND response.reference IS NOT NULL "
    f"AND response.state NOT IN ({_OVER}) ORDER BY response.sent_at DESC, response.id DESC LIMIT 1) "
    "LEFT JOIN sent_version AS earliest ON earliest.response_id = sent.id AND earliest.correction = 0 "
)
UNSENT = (
    "NOT EXISTS (SELECT 1 FROM response WHERE response.slug = one.slug AND response.gmina = one.gmina "  # noqa: S608
    f"AND response.period = one.period AND response.reference IS NOT NULL AND response.state NOT IN ({_OVER}))"
)
"""In SQL: the obligation `one` has no response that holds. Its parameters are OVER."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """A gmina's report of one period and where it stands. `key` opens its response, or the newest draft; "" for neither."""

    slug: str
    gmina: str
    period: str
    state: str
    opened_at: datetime
    due_at: datetime | None  # this gmina's own day where it has one
    extended: bool
    excused_at: datetime | None
    reason: str
    sent_at: datetime | None  # when it was sent first, whatever was corrected since
    late: bool  # sent after its day, or not sent and its day is over
    key: str = ""
    reference: str = ""
    response_id: int | None = None
    draft: Draft | None = None

    @property
    def missing(self) -> bool:
        """Whether something is still awaited: nothing was sent, and the gmina was not let off."""
        return self.state in (NOT_BEGUN, DRAFT)

    @property
    def share(self) -> float:
        """How far it is, between 0 and 1: of a draft the questions that are done."""
        return self.draft.share if self.draft is not None else float(self.sent_at is not None)


@dataclass(frozen=True, slots=True)
class Awaited:
    """How many gminy have not sent the newest period of a form, of how many that owe it, and the day common to them."""

    slug: str
    period: str
    missing: int
    owed: int
    due_at: datetime | None


def board(form: Form, period: str, now: datetime, how_far: HowFar | None = None) -> list[Obligation]:
    """Every obligation of a period, by TERYT code. Two SELECTs."""
    rows = run(f"{_ROWS}WHERE one.slug = ? AND one.period = ? ORDER BY one.gmina", *OVER, form.slug, period).fetchall()
    begun: dict[tuple[str, str, str], Draft] = {}
    for each in drafts(form, how_far, period=period) if rows else ():
        begun.setdefault((form.slug, each.gmina, each.period), each)
    return [_obligation(row, begun, now) for row in rows]


def of_gmina(
    gmina: str,
    forms: Iterable[Form],
    now: datetime,
    how_far: Mapping[str, HowFar] | None = None,
) -> list[Obligation]:
    """What one gmina (TERYT code) owes or has owed, the newest period first; `how_far` by slug.

    A draft counts whoever began it: what of it may be shown to whom is for the caller to decide.
    """
    rows = run(f"{_ROWS}WHERE one.gmina = ? ORDER BY one.period DESC, one.slug", *OVER, gmina).fetchall()
    owed = {row[0] for row in rows}
    begun: dict[tuple[str, str, str], Draft] = {}
    for form in forms:
        for each in drafts(form, (how_far or {}).get(form.slug), gmina=gmina) if form.slug in owed else ():
            begun.setdefault((form.slug, each.gmina, each.period), each)
    return [_obligation(row, begun, now) for row in rows]


def missing(slug: str, period: str) -> list[str]:
    """The gminy (TERYT codes) that have sent nothing for the period and were not let off. One SELECT."""
    rows = run(
        "SELECT one.gmina FROM assignment AS one WHERE one.slug = ? AND one.period = ? AND one.excused_at IS NULL "  # noqa: S608
        f"AND {UNSENT} ORDER BY one.gmina",
        *(slug, period, *OVER),
    ).fetchall()
    return [row[0] for row in rows]


def missing_counts(visible: frozenset[str] | None = None) -> list[Awaited]:
    """Of each form (only those visible, when given) the newest period, if somebody is missing; the nearest day first."""
    rows = run(
        "SELECT one.slug, one.period, COUNT(*), MAX(one.due_at), "  # noqa: S608
        f"SUM(CASE WHEN {UNSENT} THEN 1 ELSE 0 END) FROM assignment AS one WHERE one.excused_at IS NULL "
        "AND one.period = (SELECT MAX(newest.period) FROM assignment AS newest WHERE newest.slug = one.slug) "
        "GROUP BY one.slug, one.period ORDER BY MAX(one.due_at), one.slug",
        *OVER,
    ).fetchall()
    found = (Awaited(row[0], row[1], int(row[4]), int(row[2]), moment(row[3]) if row[3] else None) for row in rows)
    return [each for each in found if each.missing and (visible is None or each.slug in visible)]


def _obligation(row: tuple[Any, ...], begun: Mapping[tuple[str, str, str], Draft], now: datetime) -> Obligation:
    slug, gmina, period, opened_at, common, own, excused_at, reason, id_, key, reference, state, sent_at, returned = row
    due, sent = (moment(each) if each else None for each in (own or common, sent_at))
    draft = begun.get((slug, gmina, period)) if id_ is None else None
    if id_ is not None:
        where = RETURNED if returned else ACCEPTED if state == ACCEPTED_RESPONSE else SENT
    elif excused_at:
        where = EXCUSED
    else:
        where = DRAFT if draft is not None else NOT_BEGUN
    return Obligation(
        slug=slug,
        gmina=gmina,
        period=period,
        state=where,
        opened_at=moment(opened_at),
        due_at=due,
        extended=bool(own),
        excused_at=moment(excused_at) if excused_at else None,
        reason=reason or "",
        sent_at=sent,
        late=due is not None and where != EXCUSED and (sent or now) > due,
        key=key or (draft.key if draft is not None else ""),
        reference=reference or "",
        response_id=id_,
        draft=draft,
    )
