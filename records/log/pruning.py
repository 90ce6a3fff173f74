"""The oldest entries of the audit log go when they are older than the office keeps them, without looking like tampering.

The entry that tells of it stands in the chain like any other and names the last entry that went and its hash; the oldest
entry that is left must follow exactly that one. Whoever removes more than was told, or without telling, is found.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from records import audit
from records.database import database, run, writing
from records.models import moment, stored

# Entries may be that much older before they go, so that the log does not fill with telling of it.
SELDOM = timedelta(days=7)

LAST_TO_GO = (
    "SELECT id, at, hash FROM audit_entry "
    "WHERE id < COALESCE((SELECT MIN(id) FROM audit_entry WHERE at >= ?), 9223372036854775807) ORDER BY id DESC LIMIT 1"
)


def prune(days: int, now: datetime) -> int:
    """Removes the entries older than `days` from the beginning of the log; how many went. 0 days: all are kept.

    It stops before the first entry that is younger, and does nothing to a log whose chain is broken: what remains of it
    may be needed.
    """
    if not days or not _due(now - timedelta(days=days)) or audit.verify() is not None:
        return 0
    before = stored(now - timedelta(days=days))
    with writing():
        if database.for_update:
            run("SELECT pg_advisory_xact_lock(?)", audit.LOCK)
        last = run(LAST_TO_GO, before).fetchone()
        if last is None:
            return 0
        details = {"last": last[0], "hash": last[2], "until": stored(moment(last[1]))}
        # First the entry that tells of it: the log is never empty, so that no id is ever given twice.
        audit.record(audit.SYSTEM, audit.PRUNED, "log", None, details, now)
        return int(run("DELETE FROM audit_entry WHERE id <= ?", last[0]).rowcount)


def _due(before: datetime) -> bool:
    """Whether the oldest entry is so old that a new clearing is worth an entry of its own."""
    row = run("SELECT at FROM audit_entry ORDER BY id LIMIT 1").fetchone()
    return row is not None and moment(row[0]) < before - SELDOM
