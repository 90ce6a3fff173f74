"""A plain table as a file for a spreadsheet: CSV that Excel opens as it is, or a workbook. No cell is a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from records.export import excel
from records.export.delimited import EXCEL, Lines
from records.export.heading import Heading
from records.export.workbook import MADE, Sheet


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The bytes of the CSV, line by line."""
    lines = Lines(EXCEL)
    yield lines.head(head)
    for row in rows:
        yield lines.rows([[excel.text(cell) for cell in row]])


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet."""
    import xlsxwriter  # noqa: PLC0415 – a server needs it only once somebody asks for a workbook

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.set_properties({"title": title, "created": MADE})
    sheet = Sheet(book, title, [Heading(name, "text", name) for name in head])
    for row in rows:
        sheet.add(row)
    sheet.end()
    book.close()
    return made.getvalue()
