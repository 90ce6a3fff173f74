"""The tables of an export as CSV files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO

from records.export import codebook
from records.export.asked import Responses
from records.export.delimited import Dialect, Lines
from records.export.rows import Rows
from records.export.shape import Shape
from records.export.table import Path, Table

PIECE = 1 << 16  # bytes

Files = Iterator[tuple[str, Iterator[bytes]]]


@dataclass(frozen=True)
class Sheets:
    """One run over all responses. The rows of groups wait in temporary files until the first table is complete, so that
    all files tell of the same moment, and memory stays the same however many responses there are.
    """

    slug: str
    shape: Shape
    responses: Responses
    dialect: Dialect

    def files(self) -> Files:
        """(name, pieces) of each file; the pieces of one are to be read before the next is asked for."""
        first, *others = self.shape.tables
        lines = Lines(self.dialect)
        with ExitStack() as stack:
            waiting = {table.path: stack.enter_context(tempfile.TemporaryFile()) for table in others}
            yield file_name(self.slug, first), self._responses(first, lines, waiting)
            for table in others:
                yield file_name(self.slug, table), _headed(lines.head(table.names), waiting[table.path])
        if others and self.dialect.codebook:
            yield codebook.FILE, iter((self.codebook(),))

    def codebook(self) -> bytes:
        """The codebook of these files, as one of them."""
        lines, write = Lines(self.dialect), self.dialect.manner.write
        found = codebook.rows(self.shape.tables, lambda table: file_name(self.slug, table))
        return lines.head(map(str, codebook.NAMES)) + lines.rows([[write(cell) for cell in row] for row in found])

    def _responses(self, table: Table, lines: Lines, waiting: Mapping[Path, IO[bytes]]) -> Iterator[bytes]:
        yield lines.head(table.names)
        for batch in Rows(self.responses, self.shape, self.dialect.manner).batches():
            yield lines.rows(batch[table.path])
            for path, file in waiting.items():
                file.write(lines.rows(batch[path]))


def file_name(slug: str, table: Table) -> str:
    """What the file of a table is called: `szkolenie_uczestnicy.csv`."""
    return f"{slug}{table.suffix}.csv"


def _headed(head: bytes, file: IO[bytes]) -> Iterator[bytes]:
    """A header row, then what waited in the file."""
    yield head
    file.seek(0)
    while piece := file.read(PIECE):
        yield piece
