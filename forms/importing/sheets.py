"""Opening a workbook of unknown origin: nothing in it runs, nothing in it unpacks without limit, nothing breaks us."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from forms.importing.remarks import Unusable
from forms.wording import Say, say

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
LARGEST_UNPACKED = 60 * MEGABYTE
MOST_PARTS = 2_000
MOST_ROWS, MOST_COLUMNS = 10_000, 150
LONGEST = 20_000  # characters of one cell

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")  # no spreadsheet needs them, and they can make little grow into much
BROKEN = say("Nie udało się odczytać pliku. Otwórz go w arkuszu i zapisz ponownie jako .xlsx.")
NOT_XLSX = say("To nie jest plik .xlsx. Zapisz arkusz w formacie .xlsx i spróbuj jeszcze raz.")


@dataclass(slots=True)
class Sheet:
    """The texts of one sheet: row number to column letter to text; `formulas` are cells whose value was not saved."""

    name: str
    rows: dict[int, dict[str, str]] = field(default_factory=dict)
    formulas: list[tuple[int, str]] = field(default_factory=list)
    cut: bool = False  # there was more than MOST_ROWS


def open_sheets(data: bytes, wanted: dict[str, str]) -> tuple[dict[str, Sheet], tuple[str, ...]]:
    """The wanted sheets (known name → what it is) by what they are, and the names of all sheets. Raises Unusable."""
    if len(data) > LARGEST:
        raise Unusable(say("Plik ma ponad {n} MB. Usuń z niego obrazy i zbędne arkusze.", n=LARGEST // MEGABYTE))
    if data.startswith(OLD_EXCEL):
        raise Unusable(say("To stary format .xls albo plik z hasłem. Zapisz arkusz bez hasła jako .xlsx."))
    with_formulas = _inspect(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found, names = _read(data, wanted, values=True)
            if with_formulas:
                _mark_formulas(found, _read(data, wanted, values=False)[0])
    except Exception as error:  # whatever a library trips over in a broken file, its author needs one sentence
        raise Unusable(BROKEN) from error
    return found, names


def _inspect(data: bytes) -> bool:
    """Whether the workbook has formulas. Raises Unusable for what is no workbook, or would unpack without limit."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            # A part is never read beyond the size it declares, so the sum of these is a limit.
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Unusable(
                    say(
                        "Plik po rozpakowaniu ma ponad {n} MB. Usuń z niego zbędne dane.",
                        n=LARGEST_UNPACKED // MEGABYTE,
                    )
                )
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise Unusable(NOT_XLSX)
            formulas = False
            for part in parts:
                if not part.filename.lower().endswith((".xml", ".rels")):
                    continue
                text = archive.read(part).replace(b"\0", b"")  # UTF-16 hides nothing
                if any(word in text for word in FORBIDDEN):
                    raise Unusable(NOT_XLSX)
                formulas = formulas or (part.filename.startswith("xl/worksheets/") and b"<f" in text)
    except Unusable:
        raise
    except zipfile.BadZipFile as error:
        raise Unusable(BROKEN if data.startswith(b"PK") else NOT_XLSX) from error
    except Exception as error:  # encrypted, unknown compression, a wrong checksum …
        raise Unusable(BROKEN) from error
    return formulas


def _read(data: bytes, wanted: dict[str, str], *, values: bool) -> tuple[dict[str, Sheet], tuple[str, ...]]:
    import openpyxl.utils  # noqa: PLC0415 – a server needs it only once somebody brings a workbook

    letters = [openpyxl.utils.get_column_letter(at) for at in range(1, MOST_COLUMNS + 1)]
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
    try:
        found: dict[str, Sheet] = {}
        for each in book.worksheets:
            meaning = wanted.get(each.title.strip().casefold())
            if meaning is not None and meaning not in found:
                each.reset_dimensions()  # what a file says of its own size need not be true
                rows = each.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
                found[meaning] = _sheet(each.title, rows, letters)
        return found, tuple(book.sheetnames)
    finally:
        book.close()


def _sheet(name: str, rows: Iterator[Any], letters: Sequence[str]) -> Sheet:
    sheet = Sheet(name)
    for number, cells in enumerate(rows, start=1):
        # a row of a workbook that is only read may be shorter than the sheet is wide
        texts = {at: text for at, cell in zip(letters, cells, strict=False) if (text := as_text(cell.value))}
        if number > MOST_ROWS:
            sheet.cut = bool(texts)
        elif texts:
            sheet.rows[number] = texts
    return sheet


def _mark_formulas(values: dict[str, Sheet], written: dict[str, Sheet]) -> None:
    for meaning, sheet in written.items():
        for number, texts in sheet.rows.items():
            known = values[meaning].rows.get(number, {})
            empty = [letter for letter, text in texts.items() if text.startswith("=") and letter not in known]
            values[meaning].formulas += [(number, letter) for letter in empty]


def as_text(value: Any) -> str:
    """A cell's value as its author sees it: `3`, not 3.0; `2027-03-09`; `true`; without characters that nobody sees."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\t", " ")
    return "".join(char for char in text if char.isprintable() or char == "\n").strip()[:LONGEST]


def formula_without_value() -> Say:
    """What to do about a formula that the spreadsheet has not worked out."""
    return say("Formuła bez zapisanej wartości. Otwórz plik w arkuszu, przelicz i zapisz albo wpisz tu sam tekst.")
