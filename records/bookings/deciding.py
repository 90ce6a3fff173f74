"""What staff decide about many bookings at once: one transaction, and one message for each response that it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forms.definition import Form
from forms.events import FORM
from records import bookings, guests
from records.bookings.booked import Booking, select
from records.bookings.lifecycle import ABSENT, ACCEPTED, ATTENDED, REJECTED, WAITING, WITHDRAWN, Illegal
from records.bookings.queue import changing
from records.database import writing
from records.shapes import SUBMITTED, Response

FROM: dict[str, tuple[str, ...]] = {  # beyond the table of transitions: a place from the list is given by the list only
    ACCEPTED: (SUBMITTED,),
    ATTENDED: (ACCEPTED, ABSENT),
    ABSENT: (ACCEPTED, ATTENDED),
}
WORDS = {
    ACCEPTED: "accepted",
    REJECTED: "rejected",
    WITHDRAWN: "withdrawn",
    ATTENDED: "attendance",
    ABSENT: "attendance",
}
FIRST, LAST = "first", "last"  # of the waiting list: before all others, or back to the order of arrival


@dataclass(frozen=True, slots=True)
class Decided:
    """How many bookings were moved, and the ids of those that could not be."""

    done: int
    skipped: tuple[int, ...]


def decide(ids: Sequence[int], form: Form, now: datetime, actor: str, to: str, reason: str | None = None) -> Decided:
    """Brings these bookings of the form to the state `to` (accepted, rejected, withdrawn, attended, absent).

    Those whose state does not allow it are skipped, the others moved. Where the places are the form's own, the whole
    response is accepted or ends.
    """
    whole: list[tuple[Booking, Response]] = []
    single: list[tuple[Booking, Response]] = []
    for booking, response in guests.chosen(form.slug, ids):
        (whole if booking.event == FORM and to not in (ATTENDED, ABSENT) else single).append((booking, response))
    skipped = [booking.id for booking, response in whole if not _whole(booking, response, form, now, actor, to, reason)]
    if single:
        with changing(form, now, actor, WORDS[to]) as work:
            for booking, _ in single:
                current = work.booking(booking.id)  # the lock is taken, so this is how it stands
                try:
                    if current.state not in FROM.get(to, (current.state,)):
                        raise Illegal(current.state, to)
                    work.move(current, to, reason=reason)
                except Illegal:
                    skipped.append(booking.id)
    return Decided(len(whole) + len(single) - len(skipped), tuple(skipped))


def put_first(ids: Sequence[int], form: Form, now: datetime, actor: str, where: str) -> Decided:
    """Moves these bookings to the head of their waiting lists (`first`), or back to the order of arrival (`last`)."""
    done = 0
    skipped = []
    with writing():
        for booking, _ in reversed(guests.chosen(form.slug, ids)):  # so that the first of them comes out first
            if booking.state != WAITING:
                skipped.append(booking.id)
                continue
            priority = 0
            if where == FIRST:
                waits = select("slug = ? AND event = ? AND state = ?", form.slug, booking.event, WAITING)
                priority = max(each.priority for each in waits) + 1
            bookings.set_priority(booking.id, form, now, actor, priority)
            done += 1
    return Decided(done, tuple(reversed(skipped)))


def _whole(
    booking: Booking, response: Response, form: Form, now: datetime, actor: str, to: str, reason: str | None
) -> bool:
    """Moves the response behind a place on the form itself; whether it could be."""
    if to == ACCEPTED and booking.state != SUBMITTED:
        return False
    try:
        if to == ACCEPTED:
            bookings.accept(response.key, form, now, actor)
        elif to == REJECTED:
            bookings.reject(response.key, form, now, actor, reason or "")
        else:
            bookings.withdraw(response.key, form, now, actor, reason)
    except Illegal:
        return False
    return True
