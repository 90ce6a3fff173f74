"""Protocols of erasing: what kinds of data went and how many, when, by whom, on what basis. No personal data in them.

What a person asks for gets a protocol of its own. What goes by the rules of a form is written into one protocol a day,
in the same transaction, so that what is gone and what the protocol says are never apart.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forms.spans import WARSAW
from records.audit import SYSTEM
from records.database import database, run, writing
from records.models import moment, stored
from records.references import next_number, year_of
from records.shapes import as_json

REQUEST, RULE = "request", "rule"  # bases: a person asked for it; the time set in the form is over
SERIES = "erasure:"  # what their numbers are counted under; no form can be called so
KINDS = (
    "responses", "answers", "earlier", "drafts", "files", "bookings", "messages", "certificates", "notes", "papers",
    "people", "exports",
)  # fmt: skip
"""What is counted, in the order of a protocol."""
_COLUMNS = "id, number, made_at, actor, basis, slug, facts"


@dataclass(frozen=True, slots=True)
class Kept:
    """A response that was left as it is, and why; `reason` is staff's own words, without personal data."""

    reference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """One protocol. `counts` by KINDS; `references` are the numbers of the responses that were changed."""

    id: int
    number: str
    made_at: datetime
    actor: str
    basis: str
    slug: str | None
    counts: Mapping[str, int] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()
    request: str = ""  # the number of the letter in which somebody asked for it

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Protocol:
        """Read back from a row of _COLUMNS."""
        facts = json.loads(row[6])
        kept = tuple(Kept(*each) for each in facts.get("kept", ()))
        references = tuple(facts.get("references", ()))
        request = facts.get("request", "")
        whole: Any = (row[0], row[1], moment(row[2]), *row[3:6], facts["counts"], references, kept, request)
        return cls(*whole)


def write(
    actor: str,
    counts: Mapping[str, int],
    references: Iterable[str],
    kept: Iterable[Kept],
    now: datetime,
    *,
    request: str = "",
) -> Protocol:
    """The protocol of what a person asked for, in the caller's transaction."""
    facts = {
        "counts": dict(counts),
        "references": sorted(references),
        "kept": [[each.reference, each.reason] for each in kept],
        "request": request,
    }
    return _insert(None, actor, REQUEST, None, facts, now)


def add_by_rule(slug: str, counts: Counter[str], now: datetime) -> None:
    """Adds to today's protocol of what went by the rules of a form, in the caller's transaction."""
    once = f"{slug}:{now.astimezone(WARSAW).date().isoformat()}"
    lock = " FOR UPDATE" if database.for_update else ""
    with writing():
        row = run(f"SELECT id, facts FROM erasure WHERE once = ?{lock}", once).fetchone()  # noqa: S608
        if row is None:
            _insert(once, SYSTEM, RULE, slug, {"counts": dict(counts)}, now)
            return
        whole = Counter(json.loads(row[1])["counts"]) + counts
        run("UPDATE erasure SET facts = ?, made_at = ? WHERE id = ?", as_json({"counts": whole}), stored(now), row[0])


def get(protocol_id: int) -> Protocol | None:
    """The protocol with this id."""
    row = run(f"SELECT {_COLUMNS} FROM erasure WHERE id = ?", protocol_id).fetchone()  # noqa: S608
    return Protocol.of(row) if row else None


def form_of(protocol_id: int) -> str | None:
    """The form whose rules a protocol follows; None for what a person asked for, which may span several."""
    row = run("SELECT slug FROM erasure WHERE id = ?", protocol_id).fetchone()
    return row[0] if row else None


def recent(limit: int, slugs: frozenset[str] | None = None) -> list[Protocol]:
    """The newest protocols. Who is limited to some forms sees what went by the rules of those. One query."""
    where, params = "", list(slugs or ())
    if slugs is not None:
        where = f"WHERE slug IN ({', '.join('?' * len(slugs))}) " if slugs else "WHERE 1 = 0 "
    rows = run(f"SELECT {_COLUMNS} FROM erasure {where}ORDER BY id DESC LIMIT ?", *params, limit).fetchall()  # noqa: S608
    return [Protocol.of(row) for row in rows]


def _insert(
    once: str | None, actor: str, basis: str, slug: str | None, facts: Mapping[str, Any], now: datetime
) -> Protocol:
    year = year_of(now)
    with writing():
        number = f"{next_number(SERIES, year)}/{year}"
        row = run(
            "INSERT INTO erasure (number, once, made_at, actor, basis, slug, facts) VALUES (?, ?, ?, ?, ?, ?, ?) "  # noqa: S608
            f"RETURNING {_COLUMNS}",
            *(number, once, stored(now), actor, basis, slug, as_json(facts)),
        ).fetchone()
    return Protocol.of(row)
