"""An Excel workbook: a sheet for each table with typed cells, and the codebook. No text in it is a formula or a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from forms.spans import WARSAW
from forms.wording import Say, say
from records.export import codebook
from records.export.asked import Responses
from records.export.heading import Heading
from records.export.reading import Manner
from records.export.rows import Rows
from records.export.shape import Shape
from records.export.sheets import PIECE
from records.export.table import Table

MADE = datetime(2000, 1, 1)  # a fixed moment: the same content gives the same bytes
MOST_ROWS = 1_048_576  # that a sheet can hold, the header among them
LONGEST_TEXT = 32_767  # characters that a cell can hold
CUT = " […]"
LONGEST_NAME = 31  # of a sheet
NOT_IN_NAMES = str.maketrans("[]:*?/\\'", "________")
FIRST_DAY = date(1900, 3, 1)  # Excel believes in 29 February 1900, so earlier days are off by one or not there at all
MOST_DIGITS = 15  # that Excel keeps of a number; a longer one stays text
LIMIT = 10**MOST_DIGITS
WIDTHS = {"text": 30, "number": 12, "date": 12, "datetime": 17, "time": 9, "boolean": 9, "code": 18}
RESPONSES, CODEBOOK = say("Odpowiedzi"), say("Słownik")


def typed(value: Any) -> Any:
    """A value of `FieldType.words` as `Sheet` takes it: a moment in Polish time, without a zone."""
    return value.astimezone(WARSAW).replace(tzinfo=None) if isinstance(value, datetime) else value


MANNER = Manner(typed, words=True, plain=False)


def workbook(slug: str, shape: Shape, responses: Responses, words: bool | None = None) -> Iterator[bytes]:
    """The bytes of the workbook. It is written to a temporary folder row by row, so memory stays the same however many
    responses there are, and the folder is gone when the last piece has been read or nobody reads on. With codes in place
    of labels where `words` is False.
    """
    with TemporaryDirectory(prefix="nabor-") as folder:
        path = Path(folder) / "export.xlsx"
        _write(path, slug, Rows(responses, shape, replace(MANNER, words=words is not False)))
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _write(path: Path, slug: str, rows: Rows) -> None:
    import xlsxwriter  # noqa: PLC0415 – a server needs it only once somebody asks for a workbook

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)})
    book.set_properties({"title": slug, "created": MADE})
    shape = rows.shape
    names = _names(shape.tables)
    sheets = {table.path: Sheet(book, name, table.headings) for table, name in zip(shape.tables, names, strict=True)}
    for batch in rows.batches():
        for where, made in batch.items():
            for row in made:
                sheets[where].add(row)
    words = Sheet(book, str(CODEBOOK), [Heading(str(name), "text", "") for name in _codebook_head()])
    named = dict(zip((table.path for table in shape.tables), names, strict=True))
    for line in codebook.rows(shape.tables, lambda table: named[table.path]):
        words.add(line)
    for sheet in (*sheets.values(), words):
        sheet.end()
    book.close()


class Sheet:
    """A sheet whose header stays in sight and filters; what does not fit goes on in a further one."""

    def __init__(self, book: Any, name: str, headings: Sequence[Heading]) -> None:
        self._book, self._name, self._headings = book, name, headings
        self._formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
            time: book.add_format({"num_format": "hh:mm", "align": "left"}),
        }
        self._text = book.add_format({"num_format": "@"})  # stays text when somebody edits the cell, too
        self._head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        self._parts = 0
        self._begin()

    def add(self, row: Sequence[Any]) -> None:
        """One more row."""
        if self._next == MOST_ROWS:
            self.end()
            self._begin()
        for column, value in enumerate(row):
            if value is not None:
                self._cell(column, value)
        self._next += 1

    def end(self) -> None:
        """To be called after the last row."""
        self._sheet.autofilter(0, 0, self._next - 1, len(self._headings) - 1)

    def _begin(self) -> None:
        self._parts += 1
        name = self._name if self._parts == 1 else f"{self._name[: LONGEST_NAME - 6]} ({self._parts})"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 1)
        self._sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        for column, heading in enumerate(self._headings):
            self._sheet.set_column(column, column, WIDTHS[heading.kind])
            self._sheet.write_string(0, column, heading.name, self._head)
        self._next = 1

    def _cell(self, column: int, value: Any) -> None:
        sheet, row = self._sheet, self._next
        if isinstance(value, str):
            text = value if len(value) <= LONGEST_TEXT else value[: LONGEST_TEXT - len(CUT)] + CUT
            sheet.write_string(row, column, text, self._text)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, int | Decimal):
            self._number(column, value)
        elif isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) < FIRST_DAY:
            sheet.write_string(row, column, value.isoformat(), self._text)
        else:
            sheet.write_datetime(row, column, value, self._formats[type(value)])

    def _number(self, column: int, value: int | Decimal) -> None:
        exact = abs(value) < LIMIT if isinstance(value, int) else len(value.as_tuple().digits) <= MOST_DIGITS
        if exact:
            self._sheet.write_number(self._next, column, value)
        else:
            text = str(value) if isinstance(value, int) else f"{value:f}".replace(".", ",")
            self._sheet.write_string(self._next, column, text, self._text)


def _names(tables: Sequence[Table]) -> list[str]:
    """What the sheets are called: as the groups, no two alike in Excel's eyes."""
    names: list[str] = []
    taken = {str(CODEBOOK).lower(), "history"}
    for table in tables:
        whole = " ".join(table.path).translate(NOT_IN_NAMES) or str(RESPONSES)
        name, n = whole[:LONGEST_NAME], 1
        while name.lower() in taken:
            n += 1
            name = f"{whole[: LONGEST_NAME - 4]} {n}"
        taken.add(name.lower())
        names.append(name)
    return names


def _codebook_head() -> tuple[Say, ...]:
    return (say("arkusz"), *codebook.NAMES[1:])
