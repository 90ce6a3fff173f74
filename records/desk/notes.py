"""Notes about a response that only staff see. Their text is in no export and no message, and not in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from records import audit
from records.database import run, writing
from records.models import moment, stored
from records.shapes import Missing

LONGEST = 4000  # characters
TWICE = timedelta(minutes=1)  # the same words of the same person within it are a second click


@dataclass(frozen=True, slots=True, repr=False)
class Note:
    """One note; `person` is the id of its author."""

    id: int
    person: int
    written_at: datetime
    text: str


def add(key: str, text: str, person_id: int, now: datetime) -> None:
    """Puts a note beside a sent response; sent twice at once it is one. ValueError for an empty text; Missing when there is no such response."""
    text = text.strip()[:LONGEST]
    if not text:
        raise ValueError("a note needs a text")
    with writing():
        row = run("SELECT id, slug FROM response WHERE key = ? AND answers IS NOT NULL", key).fetchone()
        if row is None:
            raise Missing
        same = "response_id = ? AND person = ? AND text = ? AND written_at > ?"
        if run(f"SELECT 1 FROM note WHERE {same}", row[0], person_id, text, stored(now - TWICE)).fetchone():  # noqa: S608
            return
        run(
            "INSERT INTO note (response_id, person, written_at, text) VALUES (?, ?, ?, ?)",
            *(row[0], person_id, stored(now), text),
        )
        audit.record(audit.staff(person_id), "note-added", key, row[1], {}, now)


def remove(key: str, note_id: int, person_id: int, now: datetime) -> None:
    """Takes a note away from its response; only its author may. Missing when this person wrote no such note there."""
    with writing():
        row = run("SELECT id, slug FROM response WHERE key = ?", key).fetchone()
        gone = row and run(
            "DELETE FROM note WHERE id = ? AND response_id = ? AND person = ?", note_id, row[0], person_id
        )
        if not row or not gone.rowcount:
            raise Missing
        audit.record(audit.staff(person_id), "note-removed", key, row[1], {}, now)


def of(response_id: int) -> list[Note]:
    """The notes about a response, the newest first."""
    rows = run(
        "SELECT id, person, written_at, text FROM note WHERE response_id = ? ORDER BY id DESC", response_id
    ).fetchall()
    return [Note(row[0], row[1], moment(row[2]), row[3]) for row in rows]
