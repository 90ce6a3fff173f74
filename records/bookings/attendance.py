"""Who was there, half-day by half-day, and what follows from it for the state of a booking."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from forms.definition import Form
from forms.events import Event
from forms.spans import WARSAW
from records import bookings
from records.bookings.booked import Booking, find, marks
from records.bookings.lifecycle import ABSENT, ACCEPTED, ATTENDED, Illegal
from records.database import run, writing
from records.models import stored
from records.shapes import Missing

NOON = time(13)  # where a day's two halves meet: after the dinner break that usual plans of the day have
EXPECTED = (ACCEPTED, ATTENDED, ABSENT)
"""The states of those who are on the list of attendance."""


def parts(event: Event) -> tuple[str, ...]:
    """The half-days of an event, `2027-03-09/1` before 13:00 and `/2` after, in Warsaw; none for one without a date."""
    if event.starts is None:
        return ()
    starts = event.starts.astimezone(WARSAW)
    ends = event.ends.astimezone(WARSAW) if event.ends else starts + timedelta(minutes=1)
    found = []
    day = starts.date()
    while day <= ends.date():
        noon = datetime.combine(day, NOON, WARSAW)
        midnight = datetime.combine(day + timedelta(days=1), time(), WARSAW)
        if starts < noon and ends > datetime.combine(day, time(), WARSAW):
            found.append(f"{day}/1")
        if starts < midnight and ends > noon:
            found.append(f"{day}/2")
        day += timedelta(days=1)
    return tuple(found)


def of_bookings(ids: list[int]) -> dict[int, dict[str, bool]]:
    """What is noted of these bookings: half-day to whether the person was there."""
    found: dict[int, dict[str, bool]] = {}
    for at in range(0, len(ids), 500):
        some = ids[at : at + 500]
        query = f"SELECT booking_id, part, present FROM attendance WHERE booking_id IN ({marks(some)})"  # noqa: S608
        for booking_id, part, present in run(query, *some).fetchall():
            found.setdefault(booking_id, {})[part] = bool(present)
    return found


def note(booking_id: int, form: Form, part: str, present: bool, now: datetime, actor: str) -> Booking:
    """Notes whether somebody was there in one half-day; the booking as it stands then.

    Whoever was there in any half-day has attended. Raises Missing (no such booking or half-day), Illegal (the person has
    no place).
    """
    with writing():
        booking = find(booking_id)
        event = form.places.get(booking.event) if booking is not None else None
        if booking is None or event is None or booking.slug != form.slug or part not in parts(event):
            raise Missing
        if booking.state not in EXPECTED:
            raise Illegal(booking.state, ATTENDED)
        run(
            "INSERT INTO attendance (booking_id, part, present, marked_at, marked_by) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (booking_id, part) DO UPDATE SET present = excluded.present, marked_at = excluded.marked_at, "
            "marked_by = excluded.marked_by",
            *(booking_id, part, int(present), stored(now), actor),
        )
        was_there = any(of_bookings([booking_id])[booking_id].values())
        if was_there and booking.state != ATTENDED:
            bookings.mark(booking_id, form, now, actor, ATTENDED)
        elif not was_there and booking.state == ATTENDED:
            bookings.mark(booking_id, form, now, actor, ACCEPTED)
        return find(booking_id) or booking


def close(form: Form, event: Event, now: datetime, actor: str) -> int:
    """Ends the list of an event: who has a place and was never there is absent. How many that were.

    Where nobody was noted at all there was no list to end, and nothing changes.
    """
    with writing():
        expected = bookings.of_event(form.slug, event.id, EXPECTED)
        if not any(each.state == ATTENDED for each in expected):
            return 0
        missing = [each for each in expected if each.state == ACCEPTED]
        for each in missing:
            bookings.mark(each.id, form, now, actor, ABSENT)
        return len(missing)


def close_ended(form: Form, now: datetime, actor: str) -> None:
    """Ends the lists of the events that were over yesterday or before: those who come late to note it have a day."""
    for event in form.events:
        ends = event.ends or event.starts
        if ends is not None and ends + timedelta(days=1) < now:
            close(form, event, now, actor)
