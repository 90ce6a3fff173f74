"""The states of a booking and of a response, and the one table of what may follow what.

A booking is a place at one event for one person; the state of a response sums up its bookings. A form without places
moves the response itself through the same table.
"""

from __future__ import annotations

from collections.abc import Collection

from records.shapes import DRAFT, SUBMITTED

ACCEPTED, REJECTED, WITHDRAWN, REPLACED = "accepted", "rejected", "withdrawn", "replaced"
WAITING, OFFERED, ATTENDED, ABSENT = "waiting", "offered", "attended", "absent"

LEGAL: dict[str, frozenset[str]] = {
    DRAFT: frozenset({SUBMITTED, ACCEPTED, WAITING, OFFERED}),  # offered: from the person who is replaced
    SUBMITTED: frozenset({ACCEPTED, REJECTED, WITHDRAWN, REPLACED}),
    WAITING: frozenset({OFFERED, ACCEPTED, SUBMITTED, REJECTED, WITHDRAWN}),  # submitted: where staff decide on each
    OFFERED: frozenset({ACCEPTED, SUBMITTED, WITHDRAWN, REPLACED}),
    ACCEPTED: frozenset({WITHDRAWN, REPLACED, ATTENDED, ABSENT}),
    ATTENDED: frozenset({ABSENT, ACCEPTED}),  # a mark on the list of attendance may be wrong
    ABSENT: frozenset({ATTENDED, ACCEPTED}),
    REJECTED: frozenset(),
    WITHDRAWN: frozenset(),
    REPLACED: frozenset(),
}
HOLDING = (SUBMITTED, ACCEPTED, OFFERED, ATTENDED, ABSENT)
"""The states that take a place in the ledger."""
GRANTED = (SUBMITTED, ACCEPTED, ATTENDED, ABSENT)
"""Those of them in which nothing more is asked of the person."""
LIVE = (*HOLDING, WAITING)
OVER = (WITHDRAWN, REJECTED)
"""The ends of a response: it can no longer be corrected, and the person may register again."""

RECEIVED = "received"  # what a person is told of a response that has no bookings, or several fates

# Why a booking ended, where nobody gave a reason in words.
DROPPED, DECLINED, EXPIRED = "dropped", "declined", "expired"
CODES = (DROPPED, DECLINED, EXPIRED)


class Illegal(Exception):
    """The table knows no such transition; `state` is the one it would start from."""

    def __init__(self, state: str, to: str) -> None:
        super().__init__(f"{state} cannot become {to}")
        self.state = state
        self.to = to


def check(state: str, to: str) -> None:
    """Raises Illegal unless `to` may follow `state`."""
    if to not in LEGAL[state]:
        raise Illegal(state, to)


def summary(states: Collection[str]) -> str:
    """The state of a response with bookings in these states: first what somebody must act upon, then what it has."""
    for state in (SUBMITTED, OFFERED, ACCEPTED, WAITING):
        if state in states:
            return state
    if ATTENDED in states or ABSENT in states:
        return ACCEPTED
    return REJECTED if REJECTED in states else WITHDRAWN


def kind_of_message(states: Collection[str]) -> str:
    """What a person is told after sending: accepted or waiting where that is true of every booking, else received."""
    for state in (ACCEPTED, WAITING):
        if states and all(each == state for each in states):
            return state
    return RECEIVED
