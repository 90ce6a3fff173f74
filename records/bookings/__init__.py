"""What people and staff do with bookings once they are there: withdraw, answer an offer, decide, put first, extend.

Each function is one transaction, or joins the caller's `writing()`; what follows from it (places given to those who wait,
the states of responses, messages, the audit log) happens in the same one. Bookings are made by sending a response; see
records.bookings.settling. This module is the door to all of it for views.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from forms.definition import Form
from forms.events import FORM
from records import audit
from records.bookings.booked import Booking, Counts, counts, find, of_event, of_response, position, waiting
from records.bookings.due import LowersTaken, sync_limits, tick
from records.bookings.lifecycle import (
    ABSENT,
    ACCEPTED,
    ATTENDED,
    DECLINED,
    EXPIRED,
    LIVE,
    OFFERED,
    REJECTED,
    WITHDRAWN,
    Illegal,
    check,
)
from records.bookings.places import Left, Lowered, available
from records.bookings.queue import changing
from records.bookings.settling import Full, Settled, Taking
from records.bookings.work import Work
from records.database import database, run, writing
from records.models import stored
from records.shapes import DRAFT, SUBMITTED, Missing

__all__ = [
    "Booking",
    "Counts",
    "Full",
    "Illegal",
    "Late",
    "Left",
    "Lowered",
    "LowersTaken",
    "Settled",
    "Taking",
    "accept",
    "accept_one",
    "answer_offer",
    "available",
    "counts",
    "extend",
    "find",
    "mark",
    "of_event",
    "of_response",
    "position",
    "reject",
    "reject_one",
    "set_priority",
    "sync_limits",
    "tick",
    "waiting",
    "withdraw",
    "withdraw_one",
    "withdraw_some",
]


class Late(Exception):
    """The offer has run out: the place has gone to the next in the list."""


def withdraw(key: str, form: Form, now: datetime, actor: str, reason: str | None = None) -> None:
    """Ends a sent response with all its bookings; the person may register again. Twice does nothing more.

    Raises Missing, Illegal (it was attended, or rejected).
    """
    with changing(form, now, actor, "withdrawn") as work:
        _end(work, key, WITHDRAWN, reason)


def reject(key: str, form: Form, now: datetime, actor: str, reason: str) -> None:
    """Staff refuse a response that they have not accepted yet, with a reason in words. Raises Missing, Illegal."""
    with changing(form, now, actor, "rejected") as work:
        _end(work, key, REJECTED, reason)


def accept(key: str, form: Form, now: datetime, actor: str) -> None:
    """Staff accept a response: every booking that has a place and waits for a decision. Raises Missing, Illegal."""
    with changing(form, now, actor, "accepted") as work:
        response_id, state = _locked(key, form)
        live = [each for each in of_response(response_id) if each.state in LIVE]
        submitted = [each for each in live if each.state == SUBMITTED]
        if live and not submitted:
            raise Illegal(state, ACCEPTED)
        for each in submitted:
            work.move(each, ACCEPTED)
        if not live:
            check(state, ACCEPTED)
            work.settled[response_id] = (ACCEPTED, None)


def withdraw_one(booking_id: int, form: Form, now: datetime, actor: str, reason: str | None = None) -> None:
    """Ends one booking; with the last one, or the place on the form itself, the response. Raises Missing, Illegal."""
    withdraw_some([booking_id], form, now, actor, reason)


def withdraw_some(ids: Iterable[int], form: Form, now: datetime, actor: str, reason: str | None = None) -> None:
    """As `withdraw_one` for several, all or none, such as everything that one participant has. Raises Missing, Illegal."""
    with changing(form, now, actor, "withdrawn") as work:
        for booking_id in ids:
            _end_one(work, booking_id, WITHDRAWN, reason)


def reject_one(booking_id: int, form: Form, now: datetime, actor: str, reason: str) -> None:
    """Staff refuse one booking that they have not accepted yet; with the place on the form itself, the response.

    Raises Missing, Illegal.
    """
    with changing(form, now, actor, "rejected") as work:
        _end_one(work, booking_id, REJECTED, reason)


def accept_one(booking_id: int, form: Form, now: datetime, actor: str) -> None:
    """Staff accept one booking that has a place. Raises Missing, Illegal."""
    with changing(form, now, actor, "accepted") as work:
        booking = work.booking(booking_id)
        if booking.state != SUBMITTED:  # from the waiting list one comes by a place only
            raise Illegal(booking.state, ACCEPTED)
        work.move(booking, ACCEPTED)


def answer_offer(booking_id: int, form: Form, now: datetime, actor: str, *, take: bool) -> None:
    """The person takes the place that was offered, or declines it. Raises Missing, Late, Illegal (nothing was offered)."""
    with changing(form, now, actor, "offer-taken" if take else "offer-declined") as work:
        booking = work.booking(booking_id)
        late = booking.state == WITHDRAWN and booking.reason == EXPIRED
        if not late:
            _answer(work, booking, take)
    if late:  # said only here: what time has done to the offer is stored
        raise Late


def mark(booking_id: int, form: Form, now: datetime, actor: str, state: str) -> None:
    """Notes that somebody was there (`attended`), was not (`absent`), or that neither is known (`accepted`)."""
    if state not in (ATTENDED, ABSENT, ACCEPTED):
        raise ValueError(state)
    with changing(form, now, actor, "attendance") as work:
        booking = work.booking(booking_id)
        if booking.state == state:
            return
        if booking.state not in (ACCEPTED, ATTENDED, ABSENT):
            raise Illegal(booking.state, state)
        work.move(booking, state)


def set_priority(booking_id: int, form: Form, now: datetime, actor: str, priority: int) -> None:
    """Staff move somebody on a waiting list: the higher number comes first, 0 is the order of arrival."""
    with changing(form, now, actor, "priority") as work:
        booking = work.booking(booking_id)
        run("UPDATE booking SET priority = ? WHERE id = ?", priority, booking.id)
        details = {"booking": booking.id, "event": booking.event, "priority": priority}
        work.noted.append((_key(booking.response_id), "priority", details))


def extend(key: str, form: Form, until: datetime | None, now: datetime, actor: str) -> None:
    """Staff let one response be corrected until another moment than the form's own; None: as the form says."""
    with writing():
        changed = run(
            "UPDATE response SET edit_until = ? WHERE key = ? AND slug = ?",
            *(stored(until) if until else None, key, form.slug),
        ).rowcount
        if not changed:
            raise Missing
        audit.record(actor, "extended", key, form.slug, {"until": stored(until) if until else None}, now)


def _locked(key: str, form: Form) -> tuple[int, str]:
    """(id, state) of a response that was sent, locked. Raises Missing."""
    lock = " FOR UPDATE" if database.for_update else ""
    row = run(f"SELECT id, state FROM response WHERE key = ? AND slug = ?{lock}", key, form.slug).fetchone()  # noqa: S608
    if row is None or row[1] == DRAFT:
        raise Missing
    return int(row[0]), str(row[1])


def _key(response_id: int) -> str:
    return str(run("SELECT key FROM response WHERE id = ?", response_id).fetchone()[0])


def _end(work: Work, key: str, to: str, reason: str | None) -> None:
    """All of a response withdrawn or rejected. Raises Missing, Illegal."""
    response_id, state = _locked(key, work.form)
    if state == to:
        return
    if not work.end(response_id, to, reason=reason):
        check(state, to)


def _end_one(work: Work, booking_id: int, to: str, reason: str | None) -> None:
    """One booking withdrawn or rejected; without the place on the form itself nothing else of the response holds."""
    booking = work.booking(booking_id)
    if booking.event == FORM:
        check(booking.state, to)
        work.end(booking.response_id, to, reason=reason)
    else:
        work.move(booking, to, reason=reason)


def _answer(work: Work, booking: Booking, take: bool) -> None:
    """What the person says to an offer that holds."""
    if booking.state != OFFERED:
        raise Illegal(booking.state, ACCEPTED if take else WITHDRAWN)
    if take:
        work.move(booking, work.granted())
        work.entered = booking.event == FORM
    else:
        _end_one(work, booking.id, WITHDRAWN, DECLINED)
