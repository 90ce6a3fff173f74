"""CSV: for programs (RFC 4180), and for a Polish Excel."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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


class _Written(list[str]):
    """Takes the lines that csv writes, to be put together at once: a quarter faster than a StringIO."""

    write = list.append


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows to the bytes of a CSV file, some at a time."""

    dialect: Dialect

    def head(self, names: Iterable[str]) -> bytes:
        """The header row, with the mark of UTF-8 where the dialect has one."""
        return self.dialect.bom + self.rows([list(names)])

    def rows(self, rows: Sequence[Sequence[Any]]) -> bytes:
        """These rows."""
        written = _Written()
        csv.writer(written, delimiter=self.dialect.delimiter, lineterminator="\r\n").writerows(rows)
        return "".join(written).encode()


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
