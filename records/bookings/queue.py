"""The waiting list: who gets a place that is freed, for how long it is offered, and what the passing of time does.

Order of arrival, those whom staff put first before all others. A place that a gmina gives back goes first to whoever of
the same gmina waits longest. Somebody whose own limits have no room (the gmina's share, the form's places) is passed over and
keeps the place in the list. All of it happens in the transaction that frees the place, and time is looked at before
anybody claims one, so that nobody who could be served ever waits while a newcomer gets in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from forms.definition import Form
from forms.events import FORM, Event, share_key
from records.bookings import places
from records.bookings.booked import ORDER, Booking, marks, select
from records.bookings.lifecycle import EXPIRED, GRANTED, OFFERED, WAITING, WITHDRAWN
from records.bookings.work import Work
from records.database import run, writing
from records.models import moment, stored

SHORTEST = timedelta(hours=1)  # for which a place is offered near the start, if half of the time left is less


@contextmanager
def changing(form: Form, now: datetime, actor: str, action: str) -> Iterator[Work]:
    """A transaction on the form's bookings, under the lock of its ledger.

    Limits of a new version and whatever time has changed come first; freed places go to the waiting list at the end.
    """
    with writing():
        head = places.lock(form.slug)
        work = Work(form, now, actor, action)
        new = places.outdated(form, head)
        passed = head.due_at is not None and head.due_at <= now
        if new or passed:
            if new or head.hash == form.hash:
                places.rebuild(form, now)
            _expire(work)
            promote(work)
        yield work
        promote_freed(work)
        if new or passed or any(each.booking.state == OFFERED for each in work.moved):
            places.plan_due(form, now)
        work.finish()


def promote_freed(work: Work) -> None:
    """Gives the places freed so far in this transaction to those who wait for them."""
    while work.freed or work.entered:
        freed, entered = list(work.freed), work.entered
        work.freed.clear()
        work.entered = False
        promote(work, freed, None if entered else {event for event, _ in freed})


def promote(work: Work, freed: Sequence[tuple[str, str | None]] = (), events: Iterable[str] | None = None) -> None:
    """Serves all who wait and can be served, of these events or of all; `freed` are the places given back just now."""
    form = work.form
    wanted = None if events is None else set(events)
    lists: dict[str, list[Booking]] = {}
    for each in select("slug = ? AND state = ?", form.slug, WAITING, order=ORDER):
        lists.setdefault(each.event, []).append(each)
    if not lists:
        return
    # The form's own places first: who gets one can then be served at the events.
    queue = Queue(work)
    for event_id in sorted(lists, key=lambda each: each != FORM):
        event = form.places.get(event_id)
        if event is None or not (wanted is None or event_id in wanted or work.entered):
            continue
        if not places.over_for_list(event, work.now):
            for gmina in (gmina for where, gmina in freed if where == event_id and gmina):
                queue.serve_first(event, lists[event_id], gmina)
            for each in list(lists[event_id]):
                queue.serve(event, lists[event_id], each)
        for each in lists[event_id]:
            queue.explain(each)
    work.entered = False


def overtakes(work: Work, event: Event) -> bool:
    """Whether a newcomer would overtake somebody who waits and could be served, only that the list is closed."""
    if not event.waiting_list or not places.over_for_list(event, work.now):
        return False
    waits = select("slug = ? AND event = ? AND state = ?", work.form.slug, event.id, WAITING)
    queue = Queue(work)
    return any(queue.obstacle(each) is None for each in waits)


class Queue:
    """Who can be served as things stand, and serving them."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.room = places.room(work.form.slug)
        self.inside: set[int] | None = None  # responses that have the place on the form itself; None: nobody needs one
        if FORM in work.form.places:
            rows = run(
                f"SELECT response_id FROM booking WHERE slug = ? AND event = ? AND state IN ({marks(GRANTED)})",  # noqa: S608
                *(work.form.slug, FORM, *GRANTED),
            )
            self.inside = {row[0] for row in rows.fetchall()}

    def obstacle(self, booking: Booking) -> str | None:
        """The key of the ledger for which the booking waits; None when it can be served."""
        if self.inside is not None and booking.event != FORM and booking.response_id not in self.inside:
            return FORM
        if booking.gmina:
            share = share_key(booking.event, booking.gmina)
            if self.room.get(share, self.room.get(share_key(booking.event, ""), 1)) <= 0:
                return share
        return None if self.room.get(booking.event, 0) > 0 else booking.event

    def serve_first(self, event: Event, waits: list[Booking], gmina: str) -> None:
        """One place, given back by this gmina: those whom staff put first, then the gmina's own, then the others."""
        able = [each for each in waits if self.obstacle(each) is None]
        if able:
            self.serve(event, waits, min(able, key=lambda each: (-each.priority, each.gmina != gmina, each.id)))

    def serve(self, event: Event, waits: list[Booking], booking: Booking) -> None:
        """Gives the booking a place if it can be had, and takes it off the list."""
        work = self.work
        if self.obstacle(booking) is not None or places.take(work.form.slug, event.id, booking.gmina) is not None:
            return
        waits.remove(booking)
        self.room[event.id] -= 1
        if booking.gmina:
            share, default = share_key(event.id, booking.gmina), share_key(event.id, "")
            if default in self.room:
                self.room[share] = self.room.get(share, self.room[default]) - 1
        if event.offer_for is not None:
            work.move(booking, OFFERED, action="promoted", offered_until=offer_ends(event, work.now))
            return
        work.move(booking, work.granted(), action="promoted")
        if event.id == FORM and self.inside is not None:
            self.inside.add(booking.response_id)
            work.entered = True

    def explain(self, booking: Booking) -> None:
        """Keeps up to date what somebody waits for."""
        reason = self.obstacle(booking) or booking.event
        if reason != booking.waits_for:
            run("UPDATE booking SET waits_for = ? WHERE id = ?", reason, booking.id)


def offer_ends(event: Event, now: datetime) -> datetime:
    """Until when a place offered now is held.

    For `offer_for`; near the start for half of the time left, but at least SHORTEST; never beyond the end of promotion.
    """
    ends = [now + event.offer_for] if event.offer_for else []
    if event.starts is not None:
        ends.append(now + max((event.starts - now) / 2, SHORTEST))
    if event.promote_until is not None:
        ends.append(event.promote_until)
    return moment(stored(min(ends)))


def _expire(work: Work) -> None:
    """Offers that nobody took in time are withdrawn, with all that stands behind one of the form itself."""
    for each in select("slug = ? AND state = ? AND offered_until <= ?", work.form.slug, OFFERED, stored(work.now)):
        if each.event == FORM:
            work.end(each.response_id, WITHDRAWN, action="expired", reason=EXPIRED)
        else:
            work.move(each, WITHDRAWN, action="expired", reason=EXPIRED)
    promote_freed(work)
