"""A booking as the rest of the program sees it, and the questions that pages, messages and staff ask about bookings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from records.bookings.lifecycle import LIVE, WAITING
from records.database import run
from records.models import moment

COLUMNS = (
    "id, response_id, slug, event, item, person, gmina, state, waits_for, reason, priority, sequence, offered_until, "
    "booked_at, changed_at"
)
ORDER = "priority DESC, id"  # of the waiting list: staff may put somebody first, else who came first


@dataclass(frozen=True, slots=True, repr=False)
class Booking:
    """A place that somebody has, waits for, or had; moments in UTC. `person` is personal data."""

    id: int
    response_id: int
    slug: str
    event: str
    item: str
    person: str
    gmina: str | None
    state: str
    waits_for: str | None  # the key of the ledger that has no room; see records.bookings.places
    reason: str | None  # why it ended: a code of records.bookings.lifecycle, or the words of staff
    priority: int
    sequence: int  # of its changes, for calendars
    offered_until: datetime | None
    booked_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, row: Sequence[Any]) -> Booking:
        """Read back from a row of COLUMNS."""
        until, booked_at, changed_at = row[12:]
        whole: Any = (*row[:12], moment(until) if until else None, moment(booked_at), moment(changed_at))
        return cls(*whole)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many bookings of an event are in each state."""

    by_state: dict[str, int]

    def __getitem__(self, state: str) -> int:
        return self.by_state.get(state, 0)


def marks(values: Sequence[object]) -> str:
    """`?, ?, ?`: one for each value of an IN (…)."""
    return ", ".join("?" * len(values))


def select(where: str, *params: Any, order: str = "id") -> list[Booking]:
    """The bookings that the condition finds."""
    rows = run(f"SELECT {COLUMNS} FROM booking WHERE {where} ORDER BY {order}", *params)  # noqa: S608
    return [Booking.of(row) for row in rows.fetchall()]


def find(booking_id: int) -> Booking | None:
    """The booking with this id, or None."""
    found = select("id = ?", booking_id)
    return found[0] if found else None


def of_response(response_id: int) -> list[Booking]:
    """Every booking of a response, those that have ended too, in the order in which they were made."""
    return select("response_id = ?", response_id)


def of_event(slug: str, event: str, states: Sequence[str] = LIVE) -> list[Booking]:
    """The bookings of an event in these states, in the order in which they were made."""
    return select(f"slug = ? AND event = ? AND state IN ({marks(states)})", slug, event, *states)


def waiting(slug: str, event: str) -> list[Booking]:
    """The waiting list of an event, the first in it first."""
    return select("slug = ? AND event = ? AND state = ?", slug, event, WAITING, order=ORDER)


def counts(slug: str) -> dict[str, Counts]:
    """How many bookings of each event of a form are in each state, by the event's id. One query, from an index."""
    found: dict[str, Counts] = {}
    rows = run("SELECT event, state, COUNT(*) FROM booking WHERE slug = ? GROUP BY event, state", slug)
    for event, state, n in rows.fetchall():
        found.setdefault(event, Counts({})).by_state[state] = n
    return found


def position(booking: Booking) -> int | None:
    """The place of a waiting booking in its event's list, from 1; None when it does not wait."""
    if booking.state != WAITING:
        return None
    row = run(
        "SELECT COUNT(*) FROM booking WHERE slug = ? AND event = ? AND state = ? "
        "AND (priority > ? OR (priority = ? AND id <= ?))",
        *(booking.slug, booking.event, WAITING, booking.priority, booking.priority, booking.id),
    ).fetchone()
    return int(row[0])
