"""Answers in columns: what a table is sorted and filtered by, made when somebody first asks for it and kept up to date.

Answers are stored as JSON, and to look into 100,000 of them takes most of a second. So a question that staff sort or
filter by becomes a column of `listed_value`. Nobody who fills in a form pays for it: where a form has such columns, whoever
changes the answers of a response marks it as stale (`shapes.STALE`), and the next look at the table reads it anew. A column may be
thrown away at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from forms.wording import speaking
from records.database import database, run, run_many, write, writing
from records.desk.keys import found, order
from records.desk.questions import Questions

BATCH = 1000  # responses read in one transaction: others who write wait no longer than that
SEARCH = ""  # the column of what responses are found by; no question has this name


def ready(slug: str, questions: Questions, names: Sequence[str]) -> dict[str, int]:
    """The ids of these columns (SEARCH among them if asked for), complete and up to date: {name: id}.

    One query when nothing has changed since the last look; a column that is new reads all responses of the form once.
    What is kept of an answer is in the form's own language, whichever the people who look at it have chosen.
    """
    with speaking(questions.form.languages[0]):
        return _ready(slug, questions, names) if names else {}


def _ready(slug: str, questions: Questions, names: Sequence[str]) -> dict[str, int]:
    complete, reading, outdated, stale = _known(slug, questions)
    for name in outdated:
        run("DELETE FROM listed_column WHERE id = ?", outdated[name])
    if complete and stale:
        _catch_up(slug, questions, complete)
    missing = [name for name in dict.fromkeys(names) if name not in complete]
    if missing:
        _fill(slug, questions, {name: reading.get(name) or _begin(slug, questions, name) for name in missing})
        complete, _, _, _ = _known(slug, questions)
        _catch_up(slug, questions, complete)
    return {name: complete[name] for name in names}


def forget(response_id: int) -> None:
    """Takes a response out of all columns, in the caller's transaction, because answers of it are erased."""
    run("DELETE FROM listed_value WHERE response_id = ?", response_id)


def _known(slug: str, questions: Questions) -> tuple[dict[str, int], dict[str, int], dict[str, int], bool]:
    """The columns there are: complete ones, those still being filled, and those whose question has changed or gone.

    Last, whether answers have changed since the columns were read.
    """
    complete: dict[str, int] = {}
    reading: dict[str, int] = {}
    outdated: dict[str, int] = {}
    stale = False
    for column_id, name, made_of, reached, changed in run(
        "SELECT id, name, made_of, reached, EXISTS (SELECT 1 FROM response WHERE response.slug = listed_column.slug "
        "AND stale IS NOT NULL) FROM listed_column WHERE slug = ?",
        slug,
    ).fetchall():
        kind = complete if reached is None else reading
        (kind if made_of == _made_of(questions, name) else outdated)[name] = column_id
        stale = stale or bool(changed)
    return complete, reading, outdated, stale


def _made_of(questions: Questions, name: str) -> str:
    if name == SEARCH:
        return SEARCH
    question = questions.all.get(name)
    return hashlib.sha256(question.made_of.encode()).hexdigest() if question is not None else "gone"


def _begin(slug: str, questions: Questions, name: str) -> int:
    """A new column that holds nothing yet; the one that somebody else has begun meanwhile.

    Responses are marked as stale only where there is a column, so nobody may be in the middle of sending one here.
    """
    with writing():
        if database.for_update:
            run("LOCK TABLE response IN SHARE MODE")
        rows = write(
            "INSERT INTO listed_column (slug, name, made_of, reached) VALUES (?, ?, ?, 0) "
            "ON CONFLICT (slug, name) DO UPDATE SET name = excluded.name RETURNING id",
            *(slug, name, _made_of(questions, name)),
        )
    return int(rows[0][0])


def _fill(slug: str, questions: Questions, columns: Mapping[str, int]) -> None:
    """Reads all sent responses into new columns, some in each transaction, from where the slowest of them was left."""
    ids = list(columns.values())
    these = f"id IN ({', '.join('?' * len(ids))})"
    reached: int | None = run(f"SELECT MIN(reached) FROM listed_column WHERE {these}", *ids).fetchone()[0]  # noqa: S608
    while reached is not None:
        with writing():
            rows = _rows("slug = ? AND year IS NOT NULL AND id > ?", slug, reached)
            _write(questions, columns, rows)
            reached = rows[-1][0] if len(rows) == BATCH else None
            run(f"UPDATE listed_column SET reached = ? WHERE {these}", reached, *ids)  # noqa: S608


def _catch_up(slug: str, questions: Questions, columns: Mapping[str, int]) -> None:
    """Reads anew what has changed since the last look. One query when nothing has."""
    while run("SELECT 1 FROM response WHERE slug = ? AND stale IS NOT NULL LIMIT 1", slug).fetchall():
        with writing():
            rows = _rows("slug = ? AND stale IS NOT NULL AND year IS NOT NULL", slug)
            _write(questions, columns, rows)
            _of([row[0] for row in rows], "UPDATE response SET stale = NULL WHERE id")
        if not rows:
            return


def _rows(where: str, *params: Any) -> list[tuple[Any, ...]]:
    """(id, version, answers) of the next responses, which nobody changes before the transaction ends."""
    lock = " FOR UPDATE" if database.for_update else ""
    columns = f"id, version_id, {database.raw.format('answers')}"
    query = f"SELECT {columns} FROM response WHERE {where} ORDER BY id LIMIT {BATCH}{lock}"  # noqa: S608
    return list(run(query, *params).fetchall())


def _write(questions: Questions, columns: Mapping[str, int], rows: Sequence[tuple[Any, ...]]) -> None:
    names = [name for name in columns if name != SEARCH]
    values: list[tuple[int, bytes, int, str]] = []  # column, sort, response, value
    known: dict[tuple[Any, Any], tuple[bytes, str]] = {}
    for response_id, version_id, answers in rows:
        if not names or version_id is None or not answers:
            continue
        for name, (plain, words) in zip(names, questions.cells(version_id, answers, names), strict=True):
            if words is None or words == "":
                continue
            kept = known.get((plain, words))
            if kept is None:
                kept = known[plain, words] = order(words), found(plain)
            values.append((columns[name], kept[0], response_id, kept[1]))
    here = ", ".join(map(str, columns.values()))
    _of([row[0] for row in rows], f"DELETE FROM listed_value WHERE column_id IN ({here}) AND response_id")  # noqa: S608
    if SEARCH in columns:
        text = f"SELECT {columns[SEARCH]}, ?, id, search FROM response WHERE id"  # noqa: S608
        _of([row[0] for row in rows], f"INSERT INTO listed_value (column_id, sort, response_id, value) {text}", b"")
    run_many("INSERT INTO listed_value (column_id, sort, response_id, value) VALUES (?, ?, ?, ?)", values)


def _of(ids: Sequence[int], statement: str, *params: Any) -> None:
    """Runs a statement that ends with the name of a column, for the rows in which that column is one of the ids."""
    if ids:
        run(f"{statement} IN ({', '.join('?' * len(ids))})", *params, *ids)
