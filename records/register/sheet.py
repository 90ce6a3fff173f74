"""The register as a file: what is downloaded, and what is read from a CSV or an XLSX that somebody brings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from forms.importing.remarks import Unusable
from forms.importing.sheets import formula_without_value, open_sheets
from forms.polish import fold
from forms.wording import Say, say
from records.export import excel
from records.register.columns import COLUMNS, Column
from records.register.entries import Version

ENTRY, TERYT, GMINA = "wpis", "teryt", "gmina"
HEADERS = (ENTRY, TERYT, GMINA, *(each.header for each in COLUMNS))
UNPRINTED = re.compile(r"[\x00-\x08\x0e-\x1f]")  # no text has these
MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 1_500_000, 2000, 60
ZIP, OLD_EXCEL, BOM = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xef\xbb\xbf"
EMPTY = say("W pliku nie ma wierszy. Pierwszy wiersz to nazwy kolumn, następne to wpisy.")


@dataclass(frozen=True)
class Mistake:
    """What is wrong in one cell and how to mend it; `line` counts as the spreadsheet does, the header is line 1."""

    line: int
    header: str
    value: str
    text: Say


@dataclass(frozen=True)
class Sheet:
    """The texts of a file: known headers in its order, rows with their line, headers that nobody knows."""

    headers: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    ignored: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = field(default=())

    @property
    def text(self) -> str:
        """The same as CSV, to be read again."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.headers)
        writer.writerows([[row.get(each, "") for each in self.headers] for _, row in self.rows])
        return out.getvalue()


def written(found: Iterable[Version], labels: Mapping[str, str]) -> bytes:
    """The header and a row for each entry, as a CSV that a Polish Excel opens as it is and that `read` reads back.

    `labels` are what gminy are called, by code.
    """
    rows = [list(HEADERS)]
    for each in found:
        one = each.programme
        cells = [_cell(column, one[column.name]) for column in COLUMNS]
        rows.append([str(each.entry), one.gmina, excel.text(labels.get(one.gmina, "")), *cells])
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return BOM + out.getvalue().encode()


def _cell(column: Column, value: object) -> str:
    text = column.typed(value)
    return excel.text(text) if isinstance(value, str) else text


def _read(cell: str) -> str:
    """The text of a cell, without the apostrophe that keeps it from being run as a formula."""
    text = cell.strip()
    return text[1:] if text.startswith("'") and excel.FORMULA.match(text[1:]) else text


def read(data: bytes) -> Sheet:
    """The sheet in the bytes of a CSV (UTF-8 or Windows-1250; comma, semicolon or tab) or an XLSX (its first sheet).

    Raises Unusable, whose text says how to mend the file, for what cannot be read at all.
    """
    if len(data) > MOST_BYTES:
        raise Unusable(say("Plik jest za duży. Wykaz ma najwyżej {n} wierszy.", n=MOST_ROWS))
    if data.startswith(ZIP) or data.startswith(OLD_EXCEL):
        return _workbook(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1250", "replace")
    if UNPRINTED.search(text):  # a PDF, a picture, „tekst Unicode” of a spreadsheet
        raise Unusable(say("To nie jest tabela CSV ani XLSX. Otwórz ją w arkuszu i zapisz jako CSV UTF-8 albo XLSX."))
    return _csv(text)


def _csv(text: str) -> Sheet:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    lines: list[tuple[int, Sequence[str]]] = []
    try:
        for cells in reader:
            lines.append((reader.line_num, cells))
            if len(lines) > MOST_ROWS + 1:
                raise Unusable(say("Plik jest za duży. Wykaz ma najwyżej {n} wierszy.", n=MOST_ROWS))
    except csv.Error as error:
        raise Unusable(
            say("Nie udało się odczytać pliku CSV. Zapisz go w arkuszu jeszcze raz jako CSV UTF-8.")
        ) from error
    return _sheet(lines)


def _workbook(data: bytes) -> Sheet:
    _, names = open_sheets(data, {})
    if not names:
        raise Unusable(EMPTY)
    found, _ = open_sheets(data, {names[0].strip().casefold(): "wykaz"})
    sheet = found["wykaz"]
    if sheet.cut or len(sheet.rows) > MOST_ROWS + 1:
        raise Unusable(say("Plik jest za duży. Wykaz ma najwyżej {n} wierszy.", n=MOST_ROWS))
    letters = list(dict.fromkeys(letter for row in sheet.rows.values() for letter in row))
    letters.sort(key=lambda letter: (len(letter), letter))
    made = _sheet([(line, [row.get(each, "") for each in letters]) for line, row in sorted(sheet.rows.items())])
    unsaved = tuple(Mistake(line, letter, "", formula_without_value()) for line, letter in sheet.formulas)
    return Sheet(made.headers, made.rows, made.ignored, (*made.mistakes, *unsaved))


def _sheet(lines: Sequence[tuple[int, Sequence[str]]]) -> Sheet:
    filled = [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]
    if len(filled) < 2:  # a header and a row
        raise Unusable(EMPTY)
    first, head = filled[0]
    known = {fold(each): each for each in HEADERS} | {fold(str(each.label)): each.header for each in COLUMNS}
    names = [known.get(fold(" ".join(cell.split())), "") for cell in head[:MOST_COLUMNS]]
    if TERYT not in names and GMINA not in names:
        raise Unusable(say("W pierwszym wierszu nie ma kolumny „teryt”. Pobierz wzór pliku i przenieś do niego dane."))
    twice = sorted({each for each in names if each and names.count(each) > 1})
    mistakes = tuple(Mistake(first, each, "", say("Ta kolumna jest w pliku dwa razy. Usuń jedną.")) for each in twice)
    rows = tuple(
        (line, {name: _read(cell) for name, cell in zip(names, cells, strict=False) if name})
        for line, cells in filled[1:]
    )
    ignored = tuple(cell.strip() for cell, name in zip(head, names, strict=False) if not name and cell.strip())
    return Sheet(tuple(dict.fromkeys(each for each in names if each)), rows, ignored, mistakes)
