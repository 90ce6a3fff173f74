"""A page of the table of responses: filtered, in the order asked for, with the answers of its own rows only.

Which rows these are is decided on narrow indexes (records.desk.paging); the wide ones are read for the page alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from records.database import database, run
from records.desk import columns, paging, returned
from records.desk.asking import Asked, Clause, matches
from records.desk.paging import Order
from records.desk.questions import Cell, Questions
from records.models import moment
from records.shapes import DRAFT

LABELS = "LEFT JOIN response_label AS label ON label.response_id = response.id"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows, in which order, which page of them, and which answers and whether labels are shown in them."""

    asked: Asked = field(default_factory=Asked)
    order: Order = field(default_factory=Order)
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
    """The page asked for, or the nearest that exists. At most ten queries, however many responses there are.

    `gminy` are the codes that occur, in the order in which their names sort: see `occurring`.
    """
    if wanted.asked.drafts:
        total = run("SELECT COUNT(*) FROM response WHERE slug = ? AND state = ?", slug, DRAFT).fetchone()[0]
        return Page([], total, 1, 1)
    these, clauses = _list(slug, wanted, questions, gminy)
    ids, total, page = paging.find(these, clauses, wanted.page, wanted.per_page)
    return Page(_rows(ids, wanted, questions), total, page, max(1, -(-total // wanted.per_page)))


def beside(
    slug: str, wanted: Wanted, questions: Questions, gminy: Sequence[str], row: int
) -> tuple[dict[int, Row], int]:
    """The responses in this row of the whole list (counted from 1) and beside it, by their rows; and how many match.

    Behind the end of the list there is only its last row. No more queries than a page takes.
    """
    these, clauses = _list(slug, wanted, questions, gminy)
    ids, total, first = paging.beside(these, clauses, row)
    return dict(enumerate(_rows(ids, wanted, questions), start=first)), total


def condition(slug: str, asked: Asked, questions: Questions) -> Clause:
    """What is asked, as one condition on the table `response`; for exports and whoever else reads many."""
    return matches(slug, asked.clauses(slug, columns.ready(slug, questions, asked.columns)))


def count(slug: str, asked: Asked, questions: Questions) -> int:
    """How many sent responses match."""
    where = condition(slug, asked, questions)
    return int(run(f"SELECT COUNT(*) FROM {paging.listed()} WHERE {where.sql}", *where.params).fetchone()[0])  # noqa: S608


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
        "WITH RECURSIVE code(gmina) AS (SELECT MIN(gmina) FROM response WHERE slug = ? AND gmina IS NOT NULL UNION ALL SELECT "
        "(SELECT MIN(r.gmina) FROM response r WHERE r.slug = ? AND r.gmina > code.gmina) FROM code "
        "WHERE code.gmina IS NOT NULL) SELECT gmina FROM code WHERE gmina IS NOT NULL",
        *(slug, slug),
    ).fetchall()
    return sorted((row[0] for row in rows), key=rank)


def _list(slug: str, wanted: Wanted, questions: Questions, gminy: Sequence[str]) -> tuple[paging.Sorted, list[Clause]]:
    """The list in its order, and the conditions."""
    by = [wanted.order.by] if wanted.order.question else []
    known = columns.ready(slug, questions, [*wanted.asked.columns, *by])
    sorted_ = paging.Sorted(slug, wanted.order, known[by[0]] if by else 0, gminy)
    return sorted_, wanted.asked.clauses(slug, known)


def _rows(ids: Sequence[int], wanted: Wanted, questions: Questions) -> list[Row]:
    """The rows with these ids, in this order, with the answers and labels that are shown. One query."""
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    answers = database.raw.format("answers") if wanted.shown else "NULL"
    label, labels = ("label.name", LABELS) if wanted.labels else ("NULL", "")
    found = run(
        "SELECT response.id, key, reference, correction, state, gmina, sent_at, changed_at, working IS NOT NULL, "  # noqa: S608
        f"version_id, ({returned.UNDER_WAY}), {answers}, {label} FROM response {labels} WHERE response.id IN ({marks})",
        *ids,
    ).fetchall()
    facts, labelled = {}, {each: list[str]() for each in ids}
    for response_id, *rest, name in found:  # one after another for each of its labels
        facts[response_id] = rest
        labelled[response_id] += [name] if name else []
    rows = []
    for response_id in ids:
        if response_id not in facts:
            continue
        key, reference, correction, state, gmina, sent_at, changed_at, correcting, version_id, asked, text = facts[
            response_id
        ]
        cells = questions.cells(version_id, text, wanted.shown) if wanted.shown and text and version_id else ()
        rows.append(
            Row(
                *(response_id, key, reference, correction, state, gmina, moment(sent_at), moment(changed_at)),
                *(bool(correcting), tuple(cells), tuple(labelled[response_id])),
                returned=asked or "",
            )
        )
    return rows
