"""CSV: for programs (RFC 4180), and for a Polish Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from records.export import excel
from records.export.reading import Manner


@dataclass(frozen=True, slots=True)
class Dialect:
    """How rows become bytes, and values cells."""

    delimiter: str
    manner: Manner
    bom: bytes = b""
    codebook: bool = False  # goes with several files

    def written(self, words: bool | None) -> Dialect:
        """The dialect with labels or with codes; None: as it is used to."""
        if words is None or words is self.manner.words:
            return self
        return replace(self, manner=replace(self.manner, words=words, plain=False))


@dataclass(slots=True)
class Lines:
    """Rows to the bytes of a CSV file, some at a time."""

    dialect: Dialect
    _text: io.StringIO = field(default_factory=lambda: io.StringIO(newline=""))

    def head(self, names: Iterable[str]) -> bytes:
        """The header row, with the mark of UTF-8 where the dialect has one."""
        return self.dialect.bom + self.rows([list(names)])

    def rows(self, rows: Sequence[Sequence[Any]]) -> bytes:
        """These rows."""
        csv.writer(self._text, delimiter=self.dialect.delimiter, lineterminator="\r\n").writerows(rows)
        made = self._text.getvalue().encode()
        self._text.seek(0)
        self._text.truncate()
        return made


def canonical(value: Any) -> Any:
    """A value of `FieldType.cells` for programs: ISO 8601, a dot, `true` and `false`; hours and minutes of a time."""
    if isinstance(value, date):  # or a datetime
        return value.isoformat()
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)  # here it is kept at hand with its answer; csv would do it again for every row
    if isinstance(value, Decimal):
        return f"{value:f}"
    return f"{value:%H:%M}" if isinstance(value, time) else value


PROGRAMS = Dialect(",", Manner(canonical))
EXCEL = Dialect(";", Manner(excel.cell, words=True, plain=False), bom=b"\xef\xbb\xbf", codebook=True)
