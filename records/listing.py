"""The responses of a form as staff see them: counts, and all of them one after another (a page of a table: desk.table)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import SQL, EnclosedNodeList, Expression

from records.database import database, run
from records.models import Response, iso
from records.shapes import DRAFT

BATCH = 500
Reached = tuple[int, int, int]
START: Reached = (0, 0, 0)  # before the first response, as `iterate` counts: year, number, id


@dataclass(frozen=True, slots=True)
class Filter:
    """Which responses are read. Without a state: all that was sent; a draft only when asked for."""

    state: str | None = None
    further: tuple[tuple[str, tuple[Any, ...]], ...] = ()  # more conditions in SQL, with the values of their `?`


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


def counts() -> dict[str, dict[str, int]]:
    """How many responses each form has in each state: {slug: {state: n}}. One query, answered from an index."""
    found: dict[str, dict[str, int]] = {}
    for slug, state, n in run("SELECT slug, state, COUNT(*) FROM response GROUP BY state, slug").fetchall():
        found.setdefault(slug, {})[state] = n
    return found


def iterate(
    slug: str, wanted: Filter | None = None, among: Sequence[Any] = (), after: Reached = START
) -> Iterator[Whole]:
    """All sent responses of a form (or those that match) in the order of their numbers, from behind `after` on.

    `among` are further conditions, as Peewee writes them. Read in batches from where the last one ended: memory stays the
    same however many there are, nothing is locked meanwhile, none comes twice, and what is sent meanwhile comes last.
    """
    columns = (Response.id, Response.reference, Response.correction, Response.state, Response.sent_at)
    answers = Response.answers.cast("BLOB") if "BLOB" in database.raw else Response.answers
    matching = matches(slug, wanted or Filter())
    order = (Response.year, Response.number, Response.id)
    further = Expression(EnclosedNodeList(order), ">", EnclosedNodeList(after))
    query = Response.select(*order, *columns, Response.version, answers, Response.gmina)
    # What narrows is worked out anew for each batch, so there are fewer of them.
    most = BATCH * 10 if wanted is not None and wanted.further else BATCH
    sql, values = query.where(*matching, *among, further).order_by(*order).limit(most).sql()
    reached = tuple(after)
    while True:
        # Written once, and plain rows: Peewee's own take three times as long. Last come what was reached and the limit.
        rows = database.execute_sql(sql, (*values[:-4], *reached, most)).fetchall()
        for _, _, _, response_id, reference, correction, state, sent_at, version_id, text, gmina in rows:
            yield Whole(response_id, reference, correction, state, iso(sent_at), version_id, text, gmina)
        if len(rows) < most:
            return
        reached = rows[-1][:3]


def matches(slug: str, wanted: Filter) -> list[Any]:
    """What a response of the form must meet to be among those asked for."""
    state = Response.state == wanted.state if wanted.state else Response.state != DRAFT
    further = (SQL(f"({sql})".replace("?", database.param), values) for sql, values in wanted.further)
    return [Response.slug == slug, state, *further]
