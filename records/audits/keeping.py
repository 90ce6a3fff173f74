"""The result of an audit, kept beside its response: what is stale, and keeping what was read from the answers.

Whoever fills in an audit pays nothing for it: a result is read when a list next asks for it, or by the worker. It is never
the truth – it may be thrown away at any time – but for what was done about recommendations, which stands only here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from forms.auditing.reading import Findings, Recommendation
from records.audits.following import OPEN
from records.database import database, run, writing
from records.listing import fold
from records.models import stored
from records.shapes import DRAFT, Response

WORDS_OF = "recommendation_id IN (SELECT id FROM recommendation WHERE response_id = ?)"
UNREAD = -1  # the correction of a result that is to be read anew


def stale(slug: str, read_by: str, most: int) -> list[str]:
    """Keys of sent audits of the form whose result is not kept, or was read from other answers or by another version.

    At most so many, the oldest first. One SELECT. What was made anonymous is left alone.
    """
    rows = run(
        "SELECT response.key FROM response LEFT JOIN audit_result AS kept ON kept.response_id = response.id "
        "WHERE response.slug = ? AND response.state <> ? AND response.reference IS NOT NULL "
        "AND (response.erased IS NULL OR response.erased NOT LIKE ?) "
        "AND (kept.response_id IS NULL OR kept.correction <> response.correction OR kept.read_by <> ?) "
        "ORDER BY response.id LIMIT ?",
        *(slug, DRAFT, "%*%", read_by, most),
    ).fetchall()
    return [row[0] for row in rows]


def fresh(response: Response, read_by: str) -> bool:
    """Whether the kept result is that of this response as it was loaded. One SELECT."""
    row = run("SELECT correction, read_by FROM audit_result WHERE response_id = ?", response.id).fetchone()
    return row is not None and (row[0], row[1]) == (response.correction, read_by)


def keep(response: Response, found: Findings | None, read_by: str, now: datetime) -> None:
    """Keeps what was found in the answers of a response as it stood when it was loaded; None where there is nothing.

    Recommendations are known by their path: what was done about them stays with them over corrections of the audit. One
    that a correction has left out is no longer listed; one that nobody had worked on goes.
    """
    sent = response.sent_at or now
    day = found.day if found is not None and found.day is not None else sent.date()
    name = found.building if found is not None else ""
    score = str(found.score) if found is not None and found.score is not None else None
    with writing():
        lock = " FOR UPDATE" if database.for_update else ""
        row = run("SELECT correction, erased FROM response WHERE id = ?" + lock, response.id).fetchone()  # noqa: S608
        if row is None or row[0] != response.correction or "*" in (row[1] or ""):
            return  # corrected or erased meanwhile: the next look reads it as it is then
        run("DELETE FROM audit_result WHERE response_id = ?", response.id)
        run(
            "INSERT INTO audit_result (response_id, slug, gmina, building, name, day, score, grade, correction, read_by) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(response.id, response.slug, response.gmina, fold(name), name, day.isoformat(), score),
            *(found.grade if found is not None else "", response.correction, read_by),
        )
        run("DELETE FROM audit_barrier WHERE response_id = ?", response.id)
        for item in found.barriers if found is not None else ():
            rated = found.item(item) if found is not None else None
            label = rated.label if rated is not None else item
            run("INSERT INTO audit_barrier (response_id, item, label) VALUES (?, ?, ?)", response.id, item, label)
        _recommend(response.id, found.recommendations if found is not None else (), now)


def _recommend(response_id: int, recommended: Sequence[Recommendation], now: datetime) -> None:
    known = {
        row[0]: row[1]
        for row in run("SELECT path, id FROM recommendation WHERE response_id = ?", response_id).fetchall()
    }
    for each in recommended:
        cost, due = None if each.cost is None else str(each.cost), each.due.isoformat() if each.due else None
        values = (each.item, each.text, each.priority, each.rank, cost, due)
        if each.path in known:
            run(
                "UPDATE recommendation SET item = ?, text = ?, priority = ?, rank = ?, cost = ?, due = ?, listed = 1 "
                "WHERE id = ?",
                *(*values, known.pop(each.path)),
            )
        else:
            run(
                "INSERT INTO recommendation (response_id, path, item, text, priority, rank, cost, due, listed, state, "
                "state_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
                *(response_id, each.path, *values, OPEN, stored(now)),
            )
    for id_ in known.values():
        run(
            "DELETE FROM recommendation WHERE id = ? AND NOT EXISTS "
            "(SELECT 1 FROM follow_up WHERE follow_up.recommendation_id = recommendation.id)",
            id_,
        )
        run("UPDATE recommendation SET listed = 0 WHERE id = ?", id_)


def forget(response_id: int, whole: bool) -> int:
    """Answers of a response are being erased: their copies here go too, in the caller's transaction; how many words of people.

    When it is made anonymous (`whole`) all of it goes, for what was written may name people; else the copies are emptied, and
    the result is read anew from what is left.
    """
    if not whole:
        run(
            "UPDATE audit_result SET name = '', building = '', correction = ? WHERE response_id = ?",
            UNREAD,
            response_id,
        )
        run("UPDATE recommendation SET text = '', cost = NULL, due = NULL WHERE response_id = ?", response_id)
        return 0
    gone = int(run(f"DELETE FROM follow_up WHERE {WORDS_OF}", response_id).rowcount)  # noqa: S608
    for table in ("recommendation", "audit_barrier", "audit_result"):
        run(f"DELETE FROM {table} WHERE response_id = ?", response_id)  # noqa: S608
    return gone


def unwrite(response_id: int, quotes: Callable[[str], bool]) -> int:
    """Empties what was written about recommendations where it speaks of a person who is erased; how many entries."""
    rows = run(f"SELECT id, text FROM follow_up WHERE {WORDS_OF}", response_id).fetchall()  # noqa: S608
    said = [row[0] for row in rows if quotes(row[1])]
    for id_ in said:
        run("UPDATE follow_up SET text = '' WHERE id = ?", id_)
    return len(said)
