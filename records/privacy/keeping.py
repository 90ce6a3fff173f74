"""How many responses are kept until when, by the rules of each form: counted from an index, without reading answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from forms.spans import Span
from records.database import run
from records.models import stored

SOON, YEAR = timedelta(days=30), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Kept:
    """Responses by when a rule comes to them: its time is over, it comes within 30 days, within a year, later."""

    past: int
    soon: int
    within_year: int
    later: int


def kept(
    rules: Sequence[tuple[str, Span]], ended: Mapping[str, date | None], today: date
) -> dict[tuple[str, Span], Kept]:
    """For each rule (slug, how long) how many responses of the form it comes to when. `ended` is the day of a form's last
    event, from which the time runs, if that is later than the sending. One SELECT.
    """
    if not rules:
        return {}
    parts, params = [], list[Any]()
    for at, (slug, span) in enumerate(rules):
        borders = [_sent_before(span, ended.get(slug), today + more) for more in (timedelta(), SOON, YEAR)]
        sums = ", ".join("COALESCE(SUM(CASE WHEN sent_at < ? THEN 1 ELSE 0 END), 0)" for _ in borders)
        parts.append(f"SELECT {at}, {sums}, COUNT(*) FROM response WHERE slug = ? AND year IS NOT NULL")  # noqa: S608
        params += [*borders, slug]
    found = {}
    for at, past, soon, year, every in run(" UNION ALL ".join(parts), *params).fetchall():
        found[rules[at]] = Kept(past, soon - past, year - soon, every - year)
    return found


def _sent_before(span: Span, ended: date | None, target: date) -> str:
    """The moment (UTC, as stored) before which a response was sent to which the rule has come by that day."""
    if ended is not None and span.after(ended) > target:
        return stored(datetime.min.replace(tzinfo=UTC))
    day = span.after(target, -1) + timedelta(days=3)  # the ends of months are not as far apart there as back
    while span.after(day) > target:
        day -= timedelta(days=1)
    return stored(datetime.combine(day + timedelta(days=1), time(), UTC))
