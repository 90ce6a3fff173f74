"""Who takes part: the bookings of an event, or of a whole form, each with the response that asked for it."""

from __future__ import annotations

from collections.abc import Sequence

from records.bookings.booked import Booking, marks, select
from records.bookings.lifecycle import LIVE
from records.database import run
from records.shapes import BY_KEY, Response

AT_ONCE = 500  # ids in one query: SQLite takes no more than some thousands of parameters


def of_event(slug: str, event: str, states: Sequence[str] = LIVE) -> list[tuple[Booking, Response]]:
    """The bookings of one event in these states, in the order in which they were made."""
    return _with_responses(select(f"slug = ? AND event = ? AND state IN ({marks(states)})", slug, event, *states))


def of_form(slug: str, states: Sequence[str] = LIVE) -> list[tuple[Booking, Response]]:
    """The bookings of all events of a form in these states, in the order in which they were made."""
    return _with_responses(select(f"slug = ? AND state IN ({marks(states)})", slug, *states))


def chosen(slug: str, ids: Sequence[int]) -> list[tuple[Booking, Response]]:
    """These bookings, in the order of `ids`; those that are not of the form are left out."""
    found: dict[int, Booking] = {}
    for some in _parts(list(dict.fromkeys(ids))):
        found |= {each.id: each for each in select(f"slug = ? AND id IN ({marks(some)})", slug, *some)}
    return _with_responses([found[each] for each in dict.fromkeys(ids) if each in found])


def _with_responses(bookings: Sequence[Booking]) -> list[tuple[Booking, Response]]:
    responses: dict[int, Response] = {}
    for some in _parts(list({each.response_id for each in bookings})):
        rows = run(BY_KEY.replace("key = ?", f"id IN ({marks(some)})"), *some).fetchall()
        responses |= {each.id: each for each in map(Response.of, rows)}
    return [(each, responses[each.response_id]) for each in bookings if each.response_id in responses]


def _parts(ids: Sequence[int]) -> list[Sequence[int]]:
    return [ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE)]
