"""The audit log: who did what, when, to what. Only ever added to, each entry sealed with the hash of the one before.

It never holds an answer, a name or an address, and outlives what it tells of. Whoever changes, adds or removes an entry
breaks the chain from there on; `verify` finds the place. The oldest entries go by rule (records.log.pruning): the entry
that tells of it names the last one that went and its hash, and the chain holds from there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from records.database import database, run, writing
from records.models import moment, stored

RESPONDENT, SYSTEM, VISITOR = "respondent", "system", "visitor"
PRUNED = "log-pruned"  # the action that tells which entries went by rule
PROGRAM = "token:"  # what the name of a program begins with
START = "0" * 64  # what the first entry names as the one before it
LOCK = 0x6E61_6175_64  # "naaud": the number under which those who write to the log queue in PostgreSQL
BATCH = 1000

COLUMNS = "id, at, actor, action, slug, subject, details, previous, hash"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `details` are JSON values without personal data."""

    id: int
    at: datetime
    actor: str
    action: str
    slug: str | None
    subject: str
    details: dict[str, Any]


def token(token_id: int) -> str:
    """How the log names a program that reads through the API."""
    return f"{PROGRAM}{token_id}"


def staff(person_id: int) -> str:
    """How the log names a member of staff."""
    return f"staff:{person_id}"


def record(actor: str, action: str, subject: str, slug: str | None, details: Mapping[str, Any], now: datetime) -> None:
    """Adds an entry, in the caller's transaction. `actor` is RESPONDENT, SYSTEM, VISITOR or `staff(id)`.

    Make it the last thing in a transaction: from here to its end everybody else who writes to the log waits.
    """
    text = as_text(details)
    with writing():
        if database.for_update:
            run("SELECT pg_advisory_xact_lock(?)", LOCK)
        row = run("SELECT hash FROM audit_head").fetchone()
        previous = row[0] if row else START
        values = (stored(now), actor, action, slug, subject, text, previous)
        seal = _seal(values)
        added = run(
            "INSERT INTO audit_entry (at, actor, action, slug, subject, details, previous, hash) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            *(*values, seal),
        ).fetchone()
        run(
            "INSERT INTO audit_head (id, last, hash) VALUES (1, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET last = excluded.last, hash = excluded.hash",
            *(added[0], seal),
        )


def as_text(details: Mapping[str, Any]) -> str:
    """Details as they are stored and sealed."""
    return json.dumps(dict(details), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def of_subject(subject: str) -> list[Entry]:
    """What happened to one thing, such as a response by its key; the oldest first."""
    rows = run(f"SELECT {COLUMNS} FROM audit_entry WHERE subject = ? ORDER BY id", subject)  # noqa: S608
    return [entry(row) for row in rows.fetchall()]


def recent(limit: int = 100, before: int | None = None) -> list[Entry]:
    """The newest entries; `before` is the id where the last page ended."""
    rows = run(
        f"SELECT {COLUMNS} FROM audit_entry WHERE id < ? ORDER BY id DESC LIMIT ?",  # noqa: S608
        *(before if before is not None else 2**31 - 1, limit),
    )
    return [entry(row) for row in rows.fetchall()]


def count() -> int:
    """How many entries there are."""
    return int(run("SELECT COUNT(*) FROM audit_entry").fetchone()[0])


def verify() -> int | None:
    """The id of the first entry that is not what was written, or that does not follow the one before; None when all do.

    Where the last entries are gone, the id of the last one that there was.
    """
    # The end as it is now: what others add meanwhile is read too, but need not be.
    head = run("SELECT last, hash FROM audit_head").fetchone()
    anchor = pruned()
    previous, last = anchor.details["hash"] if anchor else START, anchor.details["last"] if anchor else 0
    for row in _all():
        values = (stored(moment(row[1])), *row[2:7], previous)
        if row[0] <= last or row[7] != previous or row[8] != _seal(values):
            return int(row[0])
        last, previous = row[0], row[8]
        if head is not None and (last, previous) == tuple(head):
            head = None
    return int(head[0]) if head is not None else None


def pruned() -> Entry | None:
    """The newest entry that tells of entries gone by rule: `last` is the id of the last one, `hash` its hash."""
    row = run(
        f"SELECT {COLUMNS} FROM audit_entry WHERE action = ? ORDER BY id DESC LIMIT 1",  # noqa: S608
        PRUNED,
    ).fetchone()
    return entry(row) if row else None


def _all() -> Iterator[tuple[Any, ...]]:
    last = 0
    while True:
        rows = run(
            f"SELECT {COLUMNS} FROM audit_entry WHERE id > ? ORDER BY id LIMIT ?",  # noqa: S608
            *(last, BATCH),
        ).fetchall()
        if not rows:
            return
        yield from rows
        last = rows[-1][0]


def _seal(values: tuple[Any, ...]) -> str:
    whole = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


def entry(row: tuple[Any, ...]) -> Entry:
    """An entry read back from a row of COLUMNS."""
    whole: Any = (row[0], moment(row[1]), *row[2:6], json.loads(row[6]))
    return Entry(*whole)
