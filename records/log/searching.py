"""The audit log searched: by who or whom, what was done, to which thing, in which form, between which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from records import audit
from records.audit import Entry
from records.database import run
from records.models import stored

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; what is empty does not narrow.

    `who` is an actor such as `staff:3`: what they did, and what was done to their account. `what` is a reference or a key
    of a response, or the name of any other subject. `until` itself is no longer among it.
    """

    who: str = ""
    action: str = ""
    what: str = ""
    slug: str = ""
    since: datetime | None = None
    until: datetime | None = None


def found(wanted: Wanted, limit: int, before: int | None = None) -> list[Entry]:
    """The newest entries that fit; `before` is the id where the last page ended. One query."""
    where, params = _where(wanted)
    if before is not None:
        where.append("id < ?")
        params.append(before)
    arms, values = [], []
    for column in ("actor", "subject") if wanted.who else ("",):
        # Each is read from the end of an index of its own; "either of them" would be all of both, sorted.
        conditions = [*([f"{column} = ?"] if column else []), *where]
        narrowed = f"WHERE {' AND '.join(conditions)} " if conditions else ""
        arms.append(f"SELECT id FROM (SELECT id FROM audit_entry {narrowed}ORDER BY id DESC LIMIT ?) AS newest")  # noqa: S608
        values += [*([wanted.who] if column else []), *params, limit]
    rows = run(
        f"SELECT {audit.COLUMNS} FROM audit_entry WHERE id IN ({' UNION '.join(arms)}) ORDER BY id DESC LIMIT ?",  # noqa: S608
        *values,
        limit,
    )
    return [audit.entry(row) for row in rows.fetchall()]


def everything(wanted: Wanted) -> Iterator[Entry]:
    """All entries that fit, the newest first, read in batches: memory stays the same however many there are."""
    before = None
    while batch := found(wanted, BATCH, before):
        yield from batch
        before = batch[-1].id


def references(keys: set[str]) -> dict[str, str]:
    """The references of responses by their keys, of those that are still there. One query for what a page shows."""
    if not keys:
        return {}
    marks = ", ".join("?" * len(keys))
    rows = run(f"SELECT key, reference FROM response WHERE key IN ({marks}) AND reference IS NOT NULL", *sorted(keys))  # noqa: S608
    return dict(rows.fetchall())


def _where(wanted: Wanted) -> tuple[list[str], list[Any]]:
    """All conditions but who, with their values."""
    where: list[str] = []
    params: list[Any] = []
    if wanted.what:
        where.append("(subject = ? OR subject = (SELECT key FROM response WHERE reference = ?))")
        params += [wanted.what, wanted.what]
    for column, value in (("action", wanted.action), ("slug", wanted.slug)):
        if value:
            where.append(f"{column} = ?")
            params.append(value)
    for comparison, moment in ((">=", wanted.since), ("<", wanted.until)):
        if moment is not None:
            where.append(f"at {comparison} ?")
            params.append(stored(moment))
    return where, params
