"""Corrections that the office makes itself: begun with a reason, filled in as any correction, kept apart from those of others.

There is one working copy of a response. While it is the office's (`Working.office`) whoever sent the response cannot change
it; one that they have begun is never taken away without being told so first, see `Busy`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from records import audit, responses
from records.bookings.lifecycle import OVER
from records.database import run, writing
from records.models import moment, stored
from records.shapes import Missing, Response, Working

LONGEST_REASON = 500  # characters
TYPING = timedelta(hours=1)  # whoever saved within it is taken to be still at it


class Busy(Exception):
    """The respondent has a correction of their own that was not sent; `typing` when it was saved just now."""

    def __init__(self, saved_at: datetime, *, typing: bool) -> None:
        super().__init__("the response is being corrected")
        self.saved_at = saved_at
        self.typing = typing


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A correction that staff made: its number, by whom, when and why."""

    correction: int
    person: int
    made_at: datetime
    reason: str


def begin(
    key: str, person_id: int, reason: str, now: datetime, *, tell: bool, seen: Iterable[str], displace: bool = False
) -> Response:
    """Opens a sent response for correction by this member of staff; one that staff have begun goes on under the new reason.

    `tell`: whether the respondent will be written to. `displace` gives up what the respondent has begun and left. Raises
    ValueError without a reason, Missing (not there, withdrawn or rejected), Busy.
    """
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise ValueError("a correction by the office needs a reason")
    with writing():
        current = responses.load(key)
        if current is None or current.answers is None or current.state in OVER:
            raise Missing
        office = {"person": person_id, "reason": reason, "tell": tell}
        working = current.working
        if working is None or (not working.office and _given_up(current, now, displace)):
            working = Working(current.answers, {}, tuple(seen))
            run("UPDATE response SET working_version_id = version_id WHERE id = ?", current.id)
        whole = replace(working, office=office)
        run(
            "UPDATE response SET working = ?, revision = revision + 1, saved_at = ?, changed_at = ? WHERE id = ?",
            *(whole.text(), stored(now), stored(now), current.id),
        )
        audit.record(audit.staff(person_id), "office-begun", key, current.slug, {"displaced": displace}, now)
        found = responses.load(key)
        assert found is not None  # it is there, in this transaction
        return found


def sent(response: Response, office: dict[str, Any], now: datetime) -> None:
    """Keeps who made the correction just sent, and why, in the transaction that sends it; `response` is from before it."""
    correction = response.correction + 1
    run(
        "INSERT INTO office_correction (response_id, correction, person, made_at, reason) VALUES (?, ?, ?, ?, ?)",
        *(response.id, correction, office["person"], stored(now), office["reason"]),
    )
    details = {"correction": correction, "told": bool(office["tell"])}
    audit.record(audit.staff(office["person"]), "office-corrected", response.key, response.slug, details, now)


def discard(key: str, person_id: int, now: datetime) -> None:
    """Gives up a correction that staff have begun; what was sent stays. Nothing happens where there is none."""
    with writing():
        current = responses.load(key)
        if current is None or current.working is None or not current.working.office:
            return
        responses.discard(key, now)
        audit.record(audit.staff(person_id), "office-dropped", key, current.slug, {}, now)


def of(response_id: int) -> dict[int, Made]:
    """The corrections of a response that the office made, by their number."""
    rows = run(
        "SELECT correction, person, made_at, reason FROM office_correction WHERE response_id = ?", response_id
    ).fetchall()
    return {row[0]: Made(row[0], row[1], moment(row[2]), row[3]) for row in rows}


def _given_up(current: Response, now: datetime, displace: bool) -> bool:
    """True when the respondent's unsent correction may be taken away. Raises Busy when it may not."""
    typing = now - current.saved_at < TYPING
    if typing or not displace:
        raise Busy(current.saved_at, typing=typing)
    return True
