"""A page of the table of responses: filtered, in the order asked for, with the answers of its own rows only.

What was asked is decided on narrow indexes; the wide rows are read for those on the page alone. What matches is worked
out once in each query, counted and cut there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from records.database import database, run
from records.desk import columns, labels, returned
from records.desk.asking import Asked, Clause, matches
from records.desk.questions import Cell, Questions
from records.models import moment
from records.shapes import DRAFT

SORTS = {
    "reference": ("year", "number"),
    "sent_at": ("sent_at", "id"),
    "changed_at": ("changed_at", "id"),
    "state": ("state", "year", "number"),
}
GMINA = "gmina"
NARROW = "id, year, number, state, gmina, sent_at, changed_at"  # what the index `response_listed` holds
FEW = ("key IN", "gmina = ", "id IN (?", "1 = 0")  # conditions that have an index of their own
NAMED = 2000  # so many ids are named one by one
PLAIN = "reference"  # what counts for a sort that makes no sense


@dataclass(frozen=True, slots=True)
class Order:
    """By what rows are sorted: a key of SORTS, GMINA, or the name of a question (`question`)."""

    by: str = PLAIN
    question: bool = False
    descending: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows, in which order, which page of them, and which answers and whether labels are shown in them."""

    asked: Asked = field(default_factory=Asked)
    order: Order = Order()
    page: int = 1
    per_page: int = 50
    shown: tuple[str, ...] = ()
    labels: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A response in the table, with the cells of the answers that are shown."""

    id: int
    key: str
    reference: str
    correction: int
    state: str
    gmina: str | None
    sent_at: datetime
    changed_at: datetime
    correcting: bool
    cells: tuple[Cell, ...] = ()
    labels: tuple[str, ...] = ()
    returned: str = ""  # a state of records.desk.returned, where questions are returned or answered just now


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the table; `total` counts all that matches, `pages` is at least 1, `page` the one shown."""

    rows: list[Row]
    total: int
    page: int
    pages: int


def look(slug: str, wanted: Wanted, questions: Questions, gminy: Sequence[str] = ()) -> Page:
    """The page asked for, or the nearest that exists. At most nine queries, however many responses there are.

    `gminy` are the codes that occur, in the order in which their names sort: see `occurring`.
    """
    if wanted.asked.drafts:
        total = run("SELECT COUNT(*) FROM response WHERE slug = ? AND state = ?", slug, DRAFT).fetchone()[0]
        return Page([], total, 1, 1)
    clauses, sort_column = _prepared(slug, wanted, questions)
    ids, total = _ids(slug, wanted, clauses, sort_column, gminy, wanted.page)
    pages = max(1, -(-total // wanted.per_page))
    page = min(max(1, wanted.page), pages)
    if page != wanted.page:
        ids, total = _ids(slug, wanted, clauses, sort_column, gminy, page)
    return Page(_rows(ids, wanted, questions), total, page, pages)


def condition(slug: str, asked: Asked, questions: Questions) -> Clause:
    """What is asked, as one condition on the table `response`; for exports and whoever else reads many."""
    return matches(slug, asked.clauses(slug, columns.ready(slug, questions, asked.columns)))


def count(slug: str, asked: Asked, questions: Questions) -> int:
    """How many sent responses match."""
    return _count(condition(slug, asked, questions))


def keys(slug: str, asked: Asked, questions: Questions, most: int) -> list[str]:
    """The keys of the sent responses that match, in the order of their numbers; at most so many."""
    where = condition(slug, asked, questions)
    rows = run(
        f"SELECT key FROM response WHERE {where.sql} ORDER BY year, number LIMIT ?",  # noqa: S608
        *(*where.params, most),
    ).fetchall()
    return [row[0] for row in rows]


def occurring(slug: str, rank: Callable[[str], Any]) -> list[str]:
    """The codes of the gminy that responses of the form come from, in the order of `rank`. One query.

    It jumps from each code to the next one in the index: as many steps as gminy, not as responses.
    """
    rows = run(
        "WITH RECURSIVE code(gmina) AS (SELECT MIN(gmina) FROM response WHERE slug = ? UNION ALL SELECT "
        "(SELECT MIN(r.gmina) FROM response r WHERE r.slug = ? AND r.gmina > code.gmina) FROM code "
        "WHERE code.gmina IS NOT NULL) SELECT gmina FROM code WHERE gmina IS NOT NULL",
        *(slug, slug),
    ).fetchall()
    return sorted((row[0] for row in rows), key=rank)


def _prepared(slug: str, wanted: Wanted, questions: Questions) -> tuple[list[Clause], int]:
    """The conditions, and the id of the column that is sorted by (0: none)."""
    by = [wanted.order.by] if wanted.order.question else []
    known = columns.ready(slug, questions, [*wanted.asked.columns, *by])
    clauses = [_named(each) for each in wanted.asked.clauses(slug, known)]
    return clauses, known[by[0]] if by else 0


def _named(clause: Clause) -> Clause:
    """A condition on an answer that few meet, as their ids: then nothing has to be read of all the others."""
    head, select, rest = clause.sql.partition("SELECT response_id FROM listed_value")
    if head != "id IN (":
        return clause
    rows = run(f"{select}{rest[:-1]} LIMIT ?", *clause.params, NAMED + 1).fetchall()
    if len(rows) > NAMED:
        return clause
    if not rows:
        return Clause("1 = 0")
    return Clause(f"id IN ({', '.join('?' * len(rows))})", tuple(row[0] for row in rows))


def _ids(
    slug: str, wanted: Wanted, clauses: list[Clause], column: int, gminy: Sequence[str], page: int
) -> tuple[list[int], int]:
    """The ids on a page, and how many match. One to three queries."""
    where, most, offset = matches(slug, clauses), wanted.per_page, (max(1, page) - 1) * wanted.per_page
    if wanted.order.by == GMINA and not wanted.order.question:
        return _by_gmina(where, bool(clauses), wanted.order.descending, gminy, most, offset)
    joined, values, by = _order(wanted.order, column)
    if clauses:
        rows = run(
            f"WITH hit AS MATERIALIZED (SELECT {NARROW} FROM {_listed(clauses)} WHERE {where.sql}) "  # noqa: S608
            f"SELECT hit.id, (SELECT COUNT(*) FROM hit) FROM hit{joined} ORDER BY {by} LIMIT ? OFFSET ?",
            *(*where.params, *values, most, offset),
        ).fetchall()
        if rows or not offset:
            return [row[0] for row in rows], rows[0][1] if rows else 0
        return [], _count(where, clauses)
    total = _count(where, clauses)
    if column:
        way = _way(wanted.order)
        rows = run(
            f"SELECT response_id FROM listed_value WHERE column_id = ? "  # noqa: S608
            f"ORDER BY column_id {way}, sort {way}, response_id {way} LIMIT ? OFFSET ?",
            *(column, most, offset),
        ).fetchall()
        if len(rows) == min(most, max(0, total - offset)):  # the page has none of those without an answer
            return [row[0] for row in rows], total
    rows = run(
        f"SELECT hit.id FROM (SELECT {NARROW} FROM {_listed()} WHERE {where.sql}) AS hit{joined} "  # noqa: S608
        f"ORDER BY {by} LIMIT ? OFFSET ?",
        *(*where.params, *values, most, offset),
    ).fetchall()
    return [row[0] for row in rows], total


def _by_gmina(
    where: Clause, narrowed: bool, descending: bool, gminy: Sequence[str], most: int, offset: int
) -> tuple[list[int], int]:
    """As `_ids`, sorted by the names of gminy: how many each has tells which of them stand on the page.

    To sort all rows by a rank that only Python knows takes ten times as long.
    """
    if narrowed:
        query = f"SELECT gmina, COUNT(*) FROM {_listed()} WHERE {where.sql} GROUP BY gmina"  # noqa: S608
        counts: dict[str | None, int] = dict(run(query, *where.params).fetchall())
    else:  # a draft has no gmina, so an index by gmina tells all
        query = "SELECT gmina, COUNT(*) FROM response WHERE slug = ? AND gmina IS NOT NULL GROUP BY gmina"
        counts = dict(run(query, *where.params).fetchall())
        counts[None] = _count(where) - sum(counts.values())
    codes: list[str | None] = [*(reversed(gminy) if descending else gminy), None]
    here: list[str | None] = []
    start = reached = 0
    for code in codes:
        reached += counts.get(code, 0)
        if reached <= offset:
            start = reached
        elif counts.get(code):
            here.append(code)
        if reached >= offset + most:
            break
    total = sum(counts.values())
    if not here:
        return [], total
    way = "DESC" if descending else "ASC"
    ranks = " ".join(["WHEN ? THEN ?"] * len(here))
    named = [code for code in here if code is not None]
    among = " OR ".join(
        [*([f"gmina IN ({', '.join('?' * len(named))})"] if named else []), *(["gmina IS NULL"] * (None in here))]
    )
    rows = run(
        f"SELECT id FROM {_listed()} WHERE {where.sql} AND ({among}) "  # noqa: S608
        f"ORDER BY CASE COALESCE(gmina, '') {ranks} END, year {way}, number {way} LIMIT ? OFFSET ?",
        *(*where.params, *named),
        *(value for rank, code in enumerate(here) for value in (code or "", rank)),
        *(most, offset - start),
    ).fetchall()
    return [row[0] for row in rows], total


def _order(order: Order, column: int) -> tuple[str, tuple[Any, ...], str]:
    """What is joined to `hit`, its values, and the ORDER BY; rows without an answer come last in both directions."""
    way = _way(order)
    if column:
        joined = " LEFT JOIN listed_value AS answer ON answer.column_id = ? AND answer.response_id = hit.id"
        return joined, (column,), f"answer.sort IS NULL, answer.sort {way}, hit.id {way}"
    by = SORTS.get(order.by, SORTS[PLAIN])
    return "", (), ", ".join(f"hit.{name} {way}" for name in by)


def _way(order: Order) -> str:
    return "DESC" if order.descending else "ASC"


def _count(where: Clause, clauses: Sequence[Clause] = ()) -> int:
    query = f"SELECT COUNT(*) FROM {_listed(clauses)} WHERE {where.sql}"  # noqa: S608
    return int(run(query, *where.params).fetchone()[0])


def _listed(clauses: Sequence[Clause] = ()) -> str:
    """The table, read from the index that has all a list needs. SQLite has to be told: it would rather read wide rows."""
    few = any(each.sql.startswith(FEW) for each in clauses)
    return "response" if few or database.for_update else "response INDEXED BY response_listed"


def _rows(ids: Sequence[int], wanted: Wanted, questions: Questions) -> list[Row]:
    """The rows with these ids, in this order, with the answers that are shown. One query, and one for labels."""
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    answers = database.raw.format("answers") if wanted.shown else "NULL"
    found = run(
        "SELECT id, key, reference, correction, state, gmina, sent_at, changed_at, working IS NOT NULL, "  # noqa: S608
        f"version_id, ({returned.UNDER_WAY}), {answers} FROM response WHERE id IN ({marks})",
        *ids,
    ).fetchall()
    labelled = labels.of_responses(ids) if wanted.labels else {}
    rows = {}
    for (
        response_id,
        key,
        reference,
        correction,
        state,
        gmina,
        sent_at,
        changed_at,
        correcting,
        version_id,
        asked,
        text,
    ) in found:
        cells = questions.cells(version_id, text, wanted.shown) if wanted.shown and text and version_id else ()
        rows[response_id] = Row(
            *(response_id, key, reference, correction, state, gmina, moment(sent_at), moment(changed_at)),
            *(bool(correcting), tuple(cells), tuple(labelled.get(response_id, ()))),
            returned=asked or "",
        )
    return [rows[each] for each in ids if each in rows]
