"""What somebody asks of an export: of which responses, which columns, written how; and the run over those responses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from peewee import EnclosedNodeList, Expression, fn

from records import listing
from records.listing import START, Filter, Reached, Whole
from records.models import Response

BATCH = 200  # responses that become rows at once


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything by default, but for what is sensitive."""

    filter: Filter = field(default_factory=Filter)
    columns: frozenset[str] | None = None  # ids of questions (`osoby.imie`) and of columns of ours; None: all
    words: bool | None = None  # labels in place of codes; None: as the format is used to
    newest: bool = False  # only what was answered in the version that serves now
    sensitive: bool = False
    since: datetime | None = None  # changed at this moment or later
    after: Reached = START  # from behind this response on
    until: Reached | None = None  # up to this one


@dataclass(frozen=True, slots=True)
class Responses:
    """The responses that an export reads, in the order of their numbers. `told` hears how many have been read."""

    slug: str
    asked: Asked
    version: int | None  # the id of the one version that is asked for
    told: Callable[[int], None] | None = None

    def batches(self) -> Iterator[list[Whole]]:
        """Some at a time; each run begins anew."""
        read = 0
        responses = listing.iterate(self.slug, self.asked.filter, self._among(), self.asked.after)
        while batch := list(islice(responses, BATCH)):
            yield batch
            read += len(batch)
            if self.told is not None:
                self.told(read)

    def count(self) -> int:
        """How many there are. One query."""
        return int(self._sent().count())

    def last_of(self, most: int) -> Reached | None:
        """The last of the first `most` of them, when more follow; else None. One query."""
        rows = self._sent().order_by(*_order()).limit(2).offset(most - 1).tuples()
        found = list(rows)
        return found[0] if len(found) > 1 else None

    def _sent(self) -> Any:
        """They as a query, also those that came after `until`."""
        further = Expression(EnclosedNodeList(_order()), ">", EnclosedNodeList(self.asked.after))
        matching = listing.matches(self.slug, self.asked.filter)
        return Response.select(*_order()).where(*matching, *self._among(), Response.number.is_null(False), further)

    def _among(self) -> list[Any]:
        asked, among = self.asked, []
        if self.version is not None:
            among.append(Response.version == self.version)
        if asked.since is not None:
            among.append(Response.changed_at >= asked.since)
        if asked.until is not None:
            among.append(Expression(EnclosedNodeList(_order()), "<=", EnclosedNodeList(asked.until)))
        return among


def _order() -> tuple[Any, ...]:
    return Response.year, Response.number, Response.id


def stamp(slug: str) -> tuple[str, datetime | None]:
    """What changes whenever an export of the form may: a text that tells one state of its responses from every other,
    and when one of them was last sent, corrected or decided upon. One query.

    Moments are whole seconds: while the last one is not over yet, two states may share a stamp.
    """
    aggregates = (fn.COUNT(Response.id), fn.MAX(Response.changed_at), fn.SUM(Response.revision))
    sent: Any = Response.select(*aggregates).where(Response.slug == slug, Response.number.is_null(False)).tuples()
    count, last, revisions = sent.get()
    return f"{count}-{last}-{revisions}", last
