"""One transaction on the bookings of a form: the moves made in it, the places freed, and who must be told of them.

`changing` (records.bookings.queue) opens it under the lock of the form's ledger and closes it: freed places go to the waiting
list, each response touched gets its new state, an entry in the audit log and one message.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from forms.definition import Form
from forms.events.claims import Claim
from forms.spans import WARSAW
from records import audit, outbox
from records.bookings import places
from records.bookings.booked import COLUMNS, Booking, find, marks, of_response
from records.bookings.lifecycle import (
    ABSENT,
    ACCEPTED,
    ATTENDED,
    CODES,
    HOLDING,
    LIVE,
    OFFERED,
    OVER,
    REJECTED,
    WAITING,
    WITHDRAWN,
    check,
    summary,
)
from records.database import run
from records.models import stored
from records.references import day_of
from records.shapes import DRAFT, SUBMITTED, Missing

TOLD = (
    OFFERED,
    REJECTED,
    WITHDRAWN,
    ACCEPTED,
)  # kinds of message by what weighs most; other moves are not written about
INSERT = (
    "INSERT INTO booking (response_id, slug, event, item, person, gmina, state, waits_for, priority, sequence, "
    "offered_until, booked_at, changed_at)"
)
BY_ITSELF = ("promoted", "expired")  # what nobody did: the program's own moves in the log


@dataclass(frozen=True, slots=True)
class Moved:
    """A booking that changed its state (or was made: from `draft`); `action` is the word for the audit log."""

    booking: Booking
    was: str
    action: str


@dataclass
class Work:
    """What happens to the bookings of a form in one transaction."""

    form: Form
    now: datetime
    actor: str
    action: str
    sending: int | None = None  # the response whose state and message its sender sees to
    moved: list[Moved] = field(default_factory=list)
    freed: list[tuple[str, str | None]] = field(default_factory=list)  # (event, gmina) of places given back
    settled: dict[int, tuple[str, str | None]] = field(default_factory=dict)  # response: (state, reason) by decision
    noted: list[tuple[str, str, dict[str, Any]]] = field(
        default_factory=list
    )  # for the log: (subject, action, details)
    entered: bool = False  # somebody's place on the form itself was granted: the events behind it can be served

    @property
    def stamp(self) -> datetime:
        """The moment that is kept: of an anonymous response only the day."""
        return day_of(self.now) if self.form.anonymous else self.now

    def booking(self, booking_id: int) -> Booking:
        """A booking of this form; raises Missing."""
        found = find(booking_id)
        if found is None or found.slug != self.form.slug:
            raise Missing
        return found

    def book(self, response_id: int, claim: Claim, gmina: str | None, state: str, **more: Any) -> Booking:
        """A new booking. One that holds a place has taken it before."""
        check(DRAFT, state)
        until: datetime | None = more.get("offered_until")
        row = run(
            f"{INSERT} VALUES ({marks(range(13))}) RETURNING {COLUMNS}",
            *(response_id, self.form.slug, claim.event, claim.item, claim.person, gmina, state),
            *(more.get("waits_for"), more.get("priority", 0), 0, stored(until) if until else None),
            *(stored(self.stamp), stored(self.stamp)),
        ).fetchone()
        made = Booking.of(row)
        self.moved.append(Moved(made, DRAFT, more.get("action") or self.action))
        return made

    def move(self, booking: Booking, to: str, *, action: str = "", keep: bool = False, **more: Any) -> Booking:
        """The booking in its new state; a place it no longer holds is freed, unless it is kept for another (`keep`).

        One that comes to hold a place has taken it before. Raises Illegal.
        """
        check(booking.state, to)
        until: datetime | None = more.get("offered_until")
        run(
            "UPDATE booking SET state = ?, waits_for = NULL, reason = ?, offered_until = ?, sequence = sequence + 1, "
            "changed_at = ? WHERE id = ?",
            *(to, more.get("reason"), stored(until) if until else None, stored(self.stamp), booking.id),
        )
        if booking.state in HOLDING and to not in HOLDING and not keep:
            places.free(self.form.slug, booking.event, booking.gmina)
            self.freed.append((booking.event, booking.gmina))
        moved = replace(
            booking,
            state=to,
            waits_for=None,
            reason=more.get("reason"),
            offered_until=until,
            sequence=booking.sequence + 1,
        )
        self.moved.append(Moved(moved, booking.state, action or self.action))
        return moved

    def end(self, response_id: int, to: str, *, action: str = "", reason: str | None = None) -> bool:
        """All live bookings of a response end in that state, and so does the response; False when there were none.

        Raises Illegal.
        """
        live = [each for each in of_response(response_id) if each.state in LIVE]
        for each in live:
            self.move(each, to, action=action, reason=reason)
        self.settled[response_id] = (to, reason)
        return bool(live)

    def granted(self) -> str:
        """The state of somebody who has a place for sure: where staff decide on each, only submitted."""
        return SUBMITTED if self.form.review == "staff" else ACCEPTED

    def finish(self) -> None:
        """States, messages and entries in the log for what was moved; the log last, since others wait for it."""
        touched: dict[int, list[Moved]] = {response_id: [] for response_id in self.settled}
        for each in self.moved:
            touched.setdefault(each.booking.response_id, []).append(each)
        for response_id, key, language, revision, states in _responses(list(touched)) if touched else ():
            here = touched[response_id]
            if response_id != self.sending:
                state, reason = self.settled.get(response_id, (summary(states), None))
                self._state(response_id, state)
                letter = _letter(here, state, reason)
                if letter is not None and not self.form.anonymous:
                    kind, which, facts = letter
                    outbox.put(
                        kind,
                        once=f"{key}:{kind}:{which or revision}",
                        slug=self.form.slug,
                        response_id=response_id,
                        language=language,
                        facts=facts,
                        now=self.now,
                    )
            for action in dict.fromkeys(each.action for each in here) or (self.action,):
                moves = [_told(each) for each in here if each.action == action]
                self.noted.append((key, action, {"bookings": moves}))
        for key, action, details in self.noted:
            actor = audit.SYSTEM if action in BY_ITSELF else self.actor
            audit.record(actor, action, key, self.form.slug, details, self.stamp)

    def _state(self, response_id: int, state: str) -> None:
        """The state that a response comes to have; at its end the person may register again."""
        run(
            "UPDATE response SET state = ?, changed_at = ? WHERE id = ?",
            *(state, stored(self.stamp), response_id),
        )
        if state in OVER:
            close(response_id)


def _letter(here: Sequence[Moved], state: str, reason: str | None) -> tuple[str, str, dict[str, Any]] | None:
    """(kind, what makes it this one, facts) of the message about what happened to one response; None: nothing to write."""
    told = {each.booking.state: each.booking for each in here if each.was not in (ATTENDED, ABSENT)}
    kind = next((each for each in TOLD if each in told), None)
    if here and kind is None:
        return None
    first = told.get(kind or "")
    facts: dict[str, Any] = {"bookings": sorted(each.booking.id for each in here)} if here else {}
    reason = first.reason if first else reason
    if first is not None and first.offered_until is not None:
        facts["until"] = first.offered_until.astimezone(WARSAW).isoformat()
    if reason:
        facts["code" if reason in CODES else "reason"] = reason
    return kind or state, f"{first.id}.{first.sequence}" if first else "", facts


def close(response_id: int) -> None:
    """The end of a response: what was being corrected is dropped, and the person may register again."""
    run(
        "UPDATE response SET one_per = NULL, working = NULL, working_version_id = NULL, revision = revision + 1 WHERE id = ?",
        response_id,
    )


def _responses(ids: list[int]) -> Iterable[tuple[int, str, str, int, set[str]]]:
    """(id, key, language, revision, states of its bookings) of each response."""
    found: dict[int, tuple[int, str, str, int, set[str]]] = {}
    query = (
        "SELECT response.id, response.key, response.language, response.revision, booking.state FROM response "  # noqa: S608
        f"LEFT JOIN booking ON booking.response_id = response.id WHERE response.id IN ({marks(ids)}) ORDER BY response.id"
    )
    for row in run(query, *ids).fetchall():
        found.setdefault(row[0], (*row[:4], set()))[4].add(row[4])
    return found.values()


def _told(each: Moved) -> dict[str, Any]:
    """A move as the log tells it: no person, and of a reason only whether it was one of the program's own."""
    booking = each.booking
    told: dict[str, Any] = {"booking": booking.id, "event": booking.event, "from": each.was, "to": booking.state}
    if booking.reason in CODES:
        told["reason"] = booking.reason
    if booking.waits_for and booking.state == WAITING:
        told["waits_for"] = booking.waits_for
    return told
