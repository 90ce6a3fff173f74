"""What is done about a recommendation over time: planned, done, dropped, opened again – who said so, when, in their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from records import audit
from records.bookings.booked import marks
from records.database import database, run, writing
from records.models import moment, stored
from records.shapes import Missing

OPEN, PLANNED, DONE, DROPPED = "open", "planned", "done", "dropped"
STATES = (OPEN, PLANNED, DONE, DROPPED)
LONGEST = 1000  # characters of what was done


class NoWords(Exception):
    """Whoever says that it is done, or will not be, also says what was done, or why not."""


class Same(Exception):
    """Nothing was said: the same state, and no words."""


@dataclass(frozen=True, slots=True, repr=False)
class FollowUp:
    """One entry; `actor` as the audit log names it."""

    recommendation: int
    at: datetime
    actor: str
    state: str
    text: str


def follow(response_id: int, recommendation_id: int, state: str, text: str, actor: str, now: datetime) -> None:
    """Says what has become of a recommendation of this audit; the audit log keeps the item and the state, not the words.

    Raises Missing (no such recommendation of this response, or no such state), NoWords, Same.
    """
    text = text.strip()[:LONGEST]
    if state not in STATES:
        raise Missing
    with writing():
        lock = " FOR UPDATE" if database.for_update else ""
        row = run(
            "SELECT state, item FROM recommendation WHERE id = ? AND response_id = ?" + lock,  # noqa: S608
            *(recommendation_id, response_id),
        ).fetchone()
        if row is None:
            raise Missing
        if row[0] == state and not text:
            raise Same
        if state in (DONE, DROPPED) and not text:
            raise NoWords
        run(
            "INSERT INTO follow_up (recommendation_id, at, actor, state, text) VALUES (?, ?, ?, ?, ?)",
            *(recommendation_id, stored(now), actor, state, text),
        )
        run(
            "UPDATE recommendation SET state = ?, state_at = ? WHERE id = ?",
            *(state, stored(now), recommendation_id),
        )
        key, slug = run("SELECT key, slug FROM response WHERE id = ?", response_id).fetchone()
        audit.record(actor, "recommendation", key, slug, {"item": row[1], "state": state}, now)


def log_of(ids: Sequence[int]) -> dict[int, list[FollowUp]]:
    """What was done about these recommendations, the oldest first, by recommendation. One SELECT."""
    found: dict[int, list[FollowUp]] = {}
    if not ids:
        return found
    rows = run(
        "SELECT recommendation_id, at, actor, state, text FROM follow_up "  # noqa: S608
        f"WHERE recommendation_id IN ({marks(ids)}) ORDER BY at, id",
        *ids,
    ).fetchall()
    for id_, at, actor, state, text in rows:
        found.setdefault(id_, []).append(FollowUp(id_, moment(at), actor, state, text))
    return found
