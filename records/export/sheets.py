"""The tables of an export as CSV files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from forms.answers import EXPLAINED
from forms.wording import say
from records import listing
from records.export import codebook
from records.export.delimited import EXCEL, Dialect, Lines
from records.export.explanations import Explaining, explaining
from records.export.reading import Reader, reader_of
from records.export.shape import Shape, short_hash
from records.export.table import Path, Table
from records.listing import Whole
from records.shapes import SUBMITTED

BATCH = 200  # responses that become bytes at once
PIECE = 1 << 16  # bytes
STATES = {SUBMITTED: say("Wysłane")}  # for people

Files = Iterator[tuple[str, Iterator[bytes]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the responses of one version become rows."""

    reader: Reader
    explain: Explaining
    version: str


@dataclass
class Sheets:
    """One run over all responses. The rows of groups wait in temporary files until the first table is complete, so that
    all files tell of the same moment, and memory stays the same however many responses there are.
    """

    slug: str
    shape: Shape
    dialect: Dialect
    _plans: dict[int, Plan] = field(default_factory=dict)

    def files(self) -> Files:
        """(name, pieces) of each file; the pieces of one are to be read before the next is asked for."""
        first, *others = self.shape.tables
        lines = Lines(self.dialect)
        with ExitStack() as stack:
            waiting = {table.path: stack.enter_context(tempfile.TemporaryFile()) for table in others}
            yield f"{self.slug}.csv", self._responses(first, lines, waiting)
            for table in others:
                yield f"{self.slug}{table.suffix}.csv", _headed(lines.head(_names(table)), waiting[table.path])
        if others and self.dialect is EXCEL:
            write = self.dialect.manner.write
            rows = [[write(cell) for cell in row] for row in codebook.rows(self.slug, self.shape.tables)]
            yield codebook.FILE, iter((lines.head(map(str, codebook.NAMES)) + lines.rows(rows),))

    def _responses(self, table: Table, lines: Lines, waiting: Mapping[Path, IO[bytes]]) -> Iterator[bytes]:
        yield lines.head(_names(table))
        responses = listing.iterate(self.slug)
        while batch := list(islice(responses, BATCH)):
            items: dict[Path, list[list[Any]]] = {path: [] for path in waiting}
            yield lines.rows([self._row(whole, items) for whole in batch])
            for path, rows in items.items():
                waiting[path].write(lines.rows(rows))

    def _row(self, whole: Whole, items: Mapping[Path, list[list[Any]]]) -> list[Any]:
        """The row of a response; those of its items are added to `items`."""
        plan = self._plans.get(whole.version_id) or self._plan(whole.version_id)
        write = self.dialect.manner.write
        answers = self.shape.versions.answers(whole.version_id, whole.answers)
        reference, state, explained = whole.reference, whole.state, None
        if self.dialect.manner.words:
            reference, state = write(reference), str(STATES.get(state, state))
        if EXPLAINED in answers:
            explained = write("\n".join(f"{key}: {text}" for key, text in plan.explain(answers).items()))
        if items:
            for path, row in plan.reader.items(reference, answers):
                items[path].append(row)
        front = (reference, whole.correction, state, write(whole.sent_at), plan.version)
        return plan.reader.row(front, answers, explained)

    def _plan(self, version_id: int) -> Plan:
        shape, manner = self.shape, self.dialect.manner
        tables = {table.path: table for table in shape.tables}
        form = shape.versions.form(version_id)
        plan = self._plans[version_id] = Plan(
            reader_of(shape.level(version_id), tables, manner),
            explaining(form, shape.names, sensitive=shape.sensitive),
            manner.write(short_hash(version_id)),
        )
        return plan


def _names(table: Table) -> Iterator[str]:
    return (heading.name for heading in table.headings)


def _headed(head: bytes, file: IO[bytes]) -> Iterator[bytes]:
    """A header row, then what waited in the file."""
    yield head
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
