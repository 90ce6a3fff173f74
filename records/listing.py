"""The responses of a form as staff see them: a page of a table, counts, and all of them one after another."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from peewee import Case, Expression, Ordering

from records.database import database, run
from records.models import Response, iso
from records.shapes import DRAFT

BATCH = 500
IN_ORDER = (
    "SELECT year, number, id, reference, correction, state, sent_at, version_id, answers, gmina FROM response "
    "WHERE slug = ? AND state = COALESCE(?, state) AND (year, number, id) > (?, ?, ?) ORDER BY year, number, id LIMIT ?"
)

# What the table can be sorted by, and the columns behind it.
SORTS: dict[str, tuple[Any, ...]] = {
    "reference": (Response.year, Response.number),
    "sent_at": (Response.sent_at,),
    "changed_at": (Response.changed_at,),
    "state": (Response.state,),
    "gmina": (Response.gmina,),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """What a member of staff wants to see. Without a state: all that was sent; a draft only when asked for."""

    search: str = ""
    state: str | None = None
    sort: str = "reference"
    descending: bool = True
    page: int = 1
    per_page: int = 50


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One line of the table. Drafts have no reference and no `sent_at`."""

    id: int
    key: str
    reference: str | None
    correction: int
    state: str
    gmina: str | None
    sent_at: datetime | None
    changed_at: datetime
    correcting: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the table; `total` counts all that matches, `pages` is at least 1, `page` the one shown."""

    rows: list[Row]
    total: int
    page: int
    pages: int


class Whole(NamedTuple):
    """A sent response with its answers as stored (JSON), for exports."""

    id: int
    reference: str
    correction: int
    state: str
    sent_at: str  # ISO 8601, UTC
    version_id: int
    answers: str | bytes
    gmina: str | None


def fold(text: str) -> str:
    """Text as it is compared in searches: small letters without diacritics, single blanks (`Łódź ` → `lodz`)."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def listing(slug: str, wanted: Filter, place: Callable[[str], Any] = str) -> Page:
    """The page asked for (the nearest one that exists). An unknown sort counts as `reference`. Two queries.

    `place` is what gminy are sorted by, given the code of one: their names in the order of the Polish alphabet. That
    takes a third query, for the codes that occur.
    """
    matching = _matching(slug, wanted)
    total: int = Response.select().where(*matching).count()
    pages = max(1, -(-total // wanted.per_page))
    page = min(max(1, wanted.page), pages)
    correcting = (Response.answers.is_null(False) & Response.working.is_null(False)).converter(bool)
    rows: Iterable[Any] = (
        Response.select(
            *(Response.id, Response.key, Response.reference, Response.correction, Response.state, Response.gmina),
            *(Response.sent_at, Response.changed_at, correcting),
        )
        .where(*matching)
        .order_by(*_order(wanted, _ranks(matching, place) if wanted.sort == "gmina" else None))
        .paginate(page, wanted.per_page)
        .tuples()
    )
    return Page([Row(*row) for row in rows], total, page, pages)


def counts() -> dict[str, dict[str, int]]:
    """How many responses each form has in each state: {slug: {state: n}}. One query, answered from an index."""
    found: dict[str, dict[str, int]] = {}
    for slug, state, n in run("SELECT slug, state, COUNT(*) FROM response GROUP BY state, slug").fetchall():
        found.setdefault(slug, {})[state] = n
    return found


def iterate(slug: str, state: str | None = None) -> Iterator[Whole]:
    """All sent responses of a form (or those in one state) in the order of their numbers.

    Read in batches from where the last one ended: memory stays the same however many there are, nothing is locked
    meanwhile, none comes twice, and what is sent meanwhile comes last.
    """
    reached = (0, 0, 0)
    sql = IN_ORDER.replace("answers", database.raw.format("answers"))
    while True:
        rows = run(
            sql,
            *(slug, state, *reached, BATCH),
        ).fetchall()
        for _, _, response_id, reference, correction, now_in, sent_at, version_id, text, gmina in rows:
            yield Whole(response_id, reference, correction, now_in, iso(sent_at), version_id, text, gmina)
        if len(rows) < BATCH:
            return
        reached = rows[-1][:3]


def _matching(slug: str, wanted: Filter) -> list[Expression]:
    state = Response.state == wanted.state if wanted.state else Response.state != DRAFT
    words = fold(wanted.search).split()
    return [Response.slug == slug, state, *(Response.search.contains(word) for word in words)]


def _ranks(matching: list[Expression], place: Callable[[str], Any]) -> Any:
    """The rank of each response's gmina among those that occur."""
    found: Iterable[Any] = Response.select(Response.gmina).where(*matching).distinct().tuples()
    codes = sorted((code for (code,) in found if code), key=place)
    ranks = [(code, rank) for rank, code in enumerate(codes)]
    return Case(Response.gmina, ranks) if ranks else Response.gmina


def _order(wanted: Filter, ranks: Any = None) -> list[Ordering]:
    chosen = (ranks,) if ranks is not None else SORTS.get(wanted.sort, SORTS["reference"])
    columns = (*chosen, Response.id)
    return [c.desc(nulls="LAST") if wanted.descending else c.asc(nulls="LAST") for c in columns]
