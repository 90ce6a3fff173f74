"""What a member of staff finds in the morning: what came, what moved, what waits. A query for each kind, not for each form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from records.bookings.lifecycle import ACCEPTED, OFFERED
from records.database import database, run, writing
from records.models import moment, stored
from records.shapes import SUBMITTED

ONE_VISIT = timedelta(minutes=30)  # looks within it are one visit: what is new stays new when one comes back to it
AT_FIRST = timedelta(days=7)  # how far back somebody looks who has never been here


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of the waiting list of an event: how many got a place, or one to confirm, since the last visit."""

    slug: str
    event: str
    accepted: int  # not on the list any more; where staff decide, by their decision
    submitted: int  # got a place that staff decide on
    offered: int  # all that wait for an answer now
    lapses: datetime | None  # the earliest end of an offer


def visit(person: int, now: datetime) -> datetime:
    """Notes that the person is here; the moment from which on things are new to them. At most two queries."""
    row = run("SELECT at, before FROM visit WHERE person_id = ?", person).fetchone()
    if row is not None and moment(row[0]) > now - ONE_VISIT:
        return moment(row[1])
    before = moment(row[0]) if row is not None else now - AT_FIRST
    with writing():
        run(
            "INSERT INTO visit (person_id, at, before) VALUES (?, ?, ?) "
            "ON CONFLICT (person_id) DO UPDATE SET at = excluded.at, before = excluded.before",
            *(person, stored(now), stored(before)),
        )
    return before


def sent_since(since: datetime) -> dict[str, int]:
    """How many responses each form has got since then: {slug: n}. One query, answered from an index."""
    listed = "response" if database.for_update else "response INDEXED BY response_listed"
    query = f"SELECT slug, COUNT(*) FROM {listed} WHERE year IS NOT NULL AND sent_at >= ? GROUP BY slug"  # noqa: S608
    return dict(run(query, stored(since)).fetchall())


def moved(since: datetime) -> list[Moved]:
    """The events whose waiting lists moved since then, or whose offers wait for an answer. One query."""
    rows = run(
        "SELECT slug, event, SUM(CASE WHEN state = ? THEN 1 ELSE 0 END), SUM(CASE WHEN state = ? THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN state = ? THEN 1 ELSE 0 END), MIN(offered_until) FROM booking "
        "WHERE state = ? OR (state IN (?, ?) AND sequence > 0 AND changed_at >= ?) GROUP BY slug, event",
        *(ACCEPTED, SUBMITTED, OFFERED, OFFERED, ACCEPTED, SUBMITTED, stored(since)),
    ).fetchall()
    return [
        Moved(slug, event, accepted, submitted, offered, moment(lapses) if lapses else None)
        for slug, event, accepted, submitted, offered, lapses in rows
    ]


def gminy_answered(slugs: list[str]) -> dict[str, set[str]]:
    """The codes of the gminy from which each of these forms has something: {slug: codes}. One query, from an index."""
    found: dict[str, set[str]] = {}
    if slugs:
        marks = ", ".join("?" * len(slugs))
        query = f"SELECT DISTINCT slug, gmina FROM response WHERE slug IN ({marks}) AND gmina IS NOT NULL"  # noqa: S608
        for slug, code in run(query, *slugs).fetchall():
            found.setdefault(slug, set()).add(code)
    return found
