"""Bookings that follow from what a response says: made, kept, handed to another person, withdrawn.

Called while a response is sent, within its transaction: the places are taken together with the answers or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from forms.definition import Form
from forms.events import FORM
from forms.events.claims import Claim
from records.bookings import places
from records.bookings.booked import Booking, of_response
from records.bookings.lifecycle import (
    ABSENT,
    ATTENDED,
    DROPPED,
    GRANTED,
    HOLDING,
    LIVE,
    REJECTED,
    REPLACED,
    WAITING,
    WITHDRAWN,
    kind_of_message,
    summary,
)
from records.bookings.queue import overtakes, promote_freed
from records.bookings.work import Moved, Work
from records.database import run
from records.shapes import SUBMITTED


@dataclass(frozen=True, slots=True)
class Taking:
    """What a response asks for, with the form that says how much of it there is."""

    form: Form
    claims: Sequence[Claim]


@dataclass(frozen=True, slots=True, repr=False)
class Settled:
    """What became of the claims: the state of the response, the kind of message, its live bookings, what has changed."""

    state: str
    kind: str
    bookings: tuple[Booking, ...]
    moved: tuple[Moved, ...]


class Full(Exception):
    """There is no place any more, and no waiting list, at these events (ids, in the order of the claims)."""

    def __init__(self, events: Sequence[str]) -> None:
        super().__init__(f"no place left: {', '.join(events)}")
        self.events = tuple(events)


def settle(work: Work, response_id: int, claims: Sequence[Claim], gmina: str | None, *, first: bool) -> Settled:
    """Makes the bookings of a response what its claims say. `first`: it is sent for the first time.

    Unchanged claims keep what they have. Where the person of an item has changed, the new one takes over the place, or
    the turn in the list. What is no longer claimed is withdrawn and goes to the waiting list before anything new is taken.
    Raises Full; nothing may be stored then.
    """
    work.sending = response_id
    before = [] if first else of_response(response_id)
    matching = Matching(work, claims, before)
    matching.keep_gone(before)
    matching.pair(lambda b, c: (b.event, b.item, b.person) == (c.event, c.item, c.person), matching.keep)
    matching.pair(lambda b, c: (b.event, b.person) == (c.event, c.person) and c.person != "", matching.keep)
    matching.pair(lambda b, c: (b.event, b.item) == (c.event, c.item), matching.hand_over)
    matching.pair(lambda b, c: b.event == c.event and b.state not in (ATTENDED, ABSENT), matching.hand_over)
    for booking in matching.bookings:
        if booking.state not in (ATTENDED, ABSENT):  # what has happened stays
            work.move(booking, WITHDRAWN, reason=DROPPED)
    matching.renumber()
    anew = _change_gmina(work, matching.kept, gmina)
    promote_freed(work)
    _claim(work, response_id, [*anew, *matching.claims], gmina)
    live = [each for each in of_response(response_id) if each.state in LIVE]
    states = [each.state for each in live]
    state = summary(states) if states else SUBMITTED
    return Settled(state, kind_of_message(states), tuple(live), tuple(work.moved))


class Matching:
    """Claims paired with the bookings there are; what is left of either is new or dropped."""

    def __init__(self, work: Work, claims: Sequence[Claim], before: Sequence[Booking]) -> None:
        self.work = work
        self.claims = list(claims)
        self.bookings = [each for each in before if each.state in LIVE]
        self.kept: list[tuple[Booking, Claim]] = []

    def pair(self, fits: Callable[[Booking, Claim], bool], act: Callable[[Booking, Claim], None]) -> None:
        """Acts on each booking with the first claim that fits it, and takes both out."""
        for booking in list(self.bookings):
            claim = next((each for each in self.claims if fits(booking, each)), None)
            if claim is not None:
                self.bookings.remove(booking)
                self.claims.remove(claim)
                act(booking, claim)

    def keep_gone(self, before: Sequence[Booking]) -> None:
        """A place that was declined, withdrawn or refused by itself is not claimed again by answers that still name it.

        Only once the answers have stopped naming it do they claim it anew.
        """
        last = {(each.event, each.person, each.item if not each.person else ""): each for each in before}
        for booking in last.values():
            if booking.state not in (WITHDRAWN, REJECTED) or booking.reason == DROPPED:
                continue
            named = [
                each
                for each in self.claims
                if (each.event, each.person) == (booking.event, booking.person)
                and (each.person or each.item == booking.item)
            ]
            for each in named:
                self.claims.remove(each)
            if not named and booking.state == WITHDRAWN:
                run("UPDATE booking SET reason = ? WHERE id = ?", DROPPED, booking.id)

    def keep(self, booking: Booking, claim: Claim) -> None:
        """The same person at the same event; the item may have moved up, by way of a name that no item has."""
        if booking.item != claim.item:
            run("UPDATE booking SET item = ? WHERE id = ?", f"~{booking.id}", booking.id)
        self.kept.append((booking, claim))

    def hand_over(self, booking: Booking, claim: Claim) -> None:
        """Another person: the place, or the turn in the list, is handed over."""
        if booking.state not in HOLDING or booking.state in (ATTENDED, ABSENT):
            run(
                "UPDATE booking SET person = ?, sequence = sequence + 1 WHERE id = ?",
                *(claim.person, booking.id),
            )
            changed = replace(booking, person=claim.person, sequence=booking.sequence + 1)
            self.work.moved.append(Moved(changed, booking.state, "replaced"))
            self.keep(changed, claim)
            return
        self.work.move(booking, REPLACED, action="replaced", keep=True)
        new = self.work.book(
            booking.response_id,
            claim,
            booking.gmina,
            booking.state,
            offered_until=booking.offered_until,
            priority=booking.priority,
            action="replaced",
        )
        self.kept.append((new, claim))

    def renumber(self) -> None:
        """The items that have moved, now that all that was in their way is gone."""
        for booking, claim in self.kept:
            if booking.item != claim.item:
                run("UPDATE booking SET item = ? WHERE id = ?", claim.item, booking.id)


def _change_gmina(work: Work, kept: Sequence[tuple[Booking, Claim]], gmina: str | None) -> list[Claim]:
    """Bookings of a response that now names another gmina are counted under that one.

    Where its share is full they are withdrawn and claimed anew, at the end of the list: these claims are returned.
    """
    anew = []
    for booking, claim in kept:
        if booking.gmina == gmina:
            continue
        if booking.state in HOLDING:
            if places.change_gmina(work.form.slug, booking.event, booking.gmina, gmina) is not None:
                if booking.state not in (ATTENDED, ABSENT):
                    work.move(booking, WITHDRAWN, reason=DROPPED)
                    anew.append(claim)
                continue
            work.freed.append((booking.event, booking.gmina))
        else:
            work.freed.append(
                (booking.event, None)
            )  # nothing is free, but under its new gmina it may have room at once
        run("UPDATE booking SET gmina = ? WHERE id = ?", gmina, booking.id)
    return anew


def _claim(work: Work, response_id: int, claims: Sequence[Claim], gmina: str | None) -> None:
    """Takes what is newly claimed, or puts it on the waiting list. Raises Full."""
    form, refused = work.form, []
    outside = _outside(work, response_id)
    for claim in sorted(claims, key=lambda each: each.event != FORM):
        event = form.places[claim.event]
        if outside and claim.event != FORM:
            work.book(response_id, claim, gmina, WAITING, waits_for=FORM)
            continue
        full = event.id if overtakes(work, event) else places.take(form.slug, event.id, gmina)
        if full is None:
            work.book(response_id, claim, gmina, work.granted())
            outside = outside and claim.event != FORM
        elif event.waiting_list:
            work.book(response_id, claim, gmina, WAITING, waits_for=full)
            outside = outside or claim.event == FORM
        else:
            refused.append(event.id)
    if refused:
        raise Full(refused)


def _outside(work: Work, response_id: int) -> bool:
    """Whether the response still waits for the place on the form itself."""
    if FORM not in work.form.places:
        return False
    own = [each.state for each in of_response(response_id) if each.event == FORM and each.state in LIVE]
    return bool(own) and own[0] not in GRANTED
