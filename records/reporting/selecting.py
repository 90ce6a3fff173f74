"""Which responses a report tells of, and reading them: a batch at a time, so memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from records.bookings.lifecycle import OVER, REPLACED
from records.database import run
from records.models import stored
from records.shapes import DRAFT

BATCH = 2000
ENDED = (*OVER, REPLACED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. Without a state: all that was sent and neither withdrawn nor rejected."""

    state: str = ""
    gminy: Collection[str] | None = None  # codes; None: all, and those that name none
    since: datetime | None = None  # sent at this moment or later
    until: datetime | None = None  # sent before this moment
    period: str = ""  # of a series: what it is about; "": whatever it is

    def where(self, slug: str) -> tuple[str, list[Any]]:
        """The condition in SQL, and its values."""
        parts = ["slug = ?", "answers IS NOT NULL", "state <> ?"]
        values: list[Any] = [slug, DRAFT]
        if self.state:
            parts.append("state = ?")
            values.append(self.state)
        else:
            parts.append(f"state NOT IN ({_marks(ENDED)})")
            values += ENDED
        if self.period:
            parts.append("period = ?")
            values.append(self.period)
        if self.gminy is not None:
            parts.append(f"gmina IN ({_marks(self.gminy)})" if self.gminy else "gmina IS NULL AND gmina IS NOT NULL")
            values += sorted(self.gminy)
        for sign, moment in ((">=", self.since), ("<", self.until)):
            if moment is not None:
                parts.append(f"sent_at {sign} ?")
                values.append(stored(moment))
        return " AND ".join(parts), values


def batches(slug: str, wanted: Wanted) -> Iterator[list[tuple[str, int, str, str]]]:
    """(key, version, reference, answers as JSON) of the responses, in the order of their numbers."""
    where, values = wanted.where(slug)
    reached = (0, 0, 0)
    while True:
        rows = run(
            "SELECT year, number, id, key, version_id, reference, answers FROM response "  # noqa: S608
            f"WHERE {where} AND (year, number, id) > (?, ?, ?) ORDER BY year, number, id LIMIT ?",
            *(*values, *reached, BATCH),
        ).fetchall()
        if rows:
            yield [row[3:] for row in rows]
        if len(rows) < BATCH:
            return
        reached = rows[-1][:3]


def answered(slug: str, wanted: Wanted) -> set[str]:
    """The codes of the gminy that have sent such a response. One query."""
    where, values = wanted.where(slug)
    rows = run(f"SELECT DISTINCT gmina FROM response WHERE gmina IS NOT NULL AND {where}", *values)  # noqa: S608
    return {row[0] for row in rows.fetchall()}


def states(slug: str) -> list[str]:
    """The states in which there are responses that were sent. One query."""
    rows = run("SELECT DISTINCT state FROM response WHERE slug = ? AND state <> ?", slug, DRAFT).fetchall()
    return sorted(row[0] for row in rows)


def periods(slug: str) -> list[str]:
    """The periods for which there are responses that were sent, the newest first. One query."""
    rows = run(
        "SELECT DISTINCT period FROM response WHERE slug = ? AND state <> ? AND period IS NOT NULL", slug, DRAFT
    ).fetchall()
    return sorted((row[0] for row in rows), reverse=True)


def _marks(values: Collection[Any]) -> str:
    return ", ".join("?" * len(values))
