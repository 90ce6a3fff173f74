"""A CSV of the Bank Danych Lokalnych (bdl.stat.gov.pl): values by gmina and year, in either of the forms it is exported in.

The table: columns `Kod`, `Nazwa`, and one for each year, such as `ogółem;2023;[osoba]`. The long form: columns `Kod`, `Rok`,
`Wartość` (also `teryt`, `year`, `value`), one value in each row. Codes are TERYT codes of seven digits, or identifiers of BDL
of twelve, in which the code is digits 3–4 (województwo), 8–9 (powiat) and 10–12 (gmina and its kind).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from forms.wording import Say, say, say_n

CODES, YEARS, VALUES = ("kod", "teryt", "gmina"), ("rok", "year"), ("wartosc", "wartość", "value")
YEAR = re.compile(r"(?:19|20)\d{2}")
NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
NOTHING = frozenset({"", "-", "–", ".", "x", "#", "n.d."})  # no value, in the signs that GUS uses
LARGEST = 10_000_000  # characters
MOST_PROBLEMS = 20
WHICH = say("Wpisz słowo, po którym wybierzemy jedną, na przykład „ogółem”.")


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says: value by TERYT code and year, how many rows were of no gmina of ours, and what could not be read."""

    values: dict[tuple[str, int], Decimal] = field(default_factory=dict)
    others: int = 0
    problems: tuple[Say, ...] = ()

    def passed_over(self) -> Say | None:
        """How many places of the file are no gmina of ours; None when all are."""
        if not self.others:
            return None
        return say_n(
            "Pominięto {n} kod, który nie jest gminą z listy.",
            "Pominięto {n} kodów, które nie są gminami z listy.",
            self.others,
        )

    def text(self) -> str:
        """The same in the long form."""
        rows = [f"{teryt};{year};{value:f}" for (teryt, year), value in sorted(self.values.items())]
        return "\n".join(["teryt;year;value", *rows, ""])


def read(raw: bytes | str, gminy: Collection[str], measure: str = "") -> Found:
    """The values of these gminy. Rows of other places (powiaty, województwa, other regions) are only counted.

    `measure` chooses among columns (or rows) of several measures, by a word of theirs: „ogółem”. Two different values for one
    gmina and year are a mistake, as are values that are no numbers; then nothing should be kept.
    """
    text = raw if isinstance(raw, str) else _decoded(raw)
    if text is None or len(text) > LARGEST:
        return Found(problems=(say("Plik nie jest tekstem CSV w UTF-8 albo Windows-1250, albo ma ponad 10 MB."),))
    text = text.removeprefix("\ufeff")
    delimiter = next((each for each in text.partition("\n")[0] if each in ";,\t"), ";")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    heads = [each.strip() for each in rows[0]] if rows else []
    code = _column(heads, CODES)
    if code is None:
        return Found(problems=(say("Brakuje kolumny „Kod” z kodem TERYT gminy."),))
    year, value = _column(heads, YEARS), _column(heads, VALUES)
    if year is not None and value is not None:
        cells = _long(rows, code, year, value, measure)
    else:
        columns = {at: int(found[0]) for at, head in enumerate(heads) if at != code and (found := YEAR.search(head))}
        columns = {
            at: found for at, found in columns.items() if not measure or measure.casefold() in heads[at].casefold()
        }
        if not columns:
            return Found(
                problems=(
                    say("Nie ma kolumn z latami, na przykład „ogółem;2023;[osoba]”, ani kolumn „Rok” i „Wartość”."),
                )
            )
        twice = sorted({each for each in columns.values() if list(columns.values()).count(each) > 1})
        if twice:
            return Found(problems=(say("Rok {year} ma kilka kolumn.", year=twice[0]), WHICH))
        cells = _wide(rows, code, columns)
    return _gathered(cells, gminy)


def _gathered(cells: Iterator[tuple[int, str, str, str]], gminy: Collection[str]) -> Found:
    values: dict[tuple[str, int], Decimal] = {}
    others: set[str] = set()
    problems: list[Say] = []
    several = False
    for line, code, year, cell in cells:
        teryt = _teryt(code)
        if teryt not in gminy:
            others.add(code)
            continue
        text = "".join(cell.split())
        if text.casefold() in NOTHING:
            continue
        if not NUMBER.fullmatch(text):
            problems.append(say("Wiersz {line}: „{value}” nie jest liczbą.", line=line, value=cell.strip()))
        elif not YEAR.fullmatch(year.strip()):
            problems.append(say("Wiersz {line}: „{value}” nie jest rokiem.", line=line, value=year.strip()))
        else:
            value, key = Decimal(text.replace(",", ".")), (teryt, int(year))
            if values.setdefault(key, value) != value:
                problems.append(
                    say(
                        "Wiersz {line}: gmina {code} ma w {year} r. dwie różne wartości.",
                        line=line,
                        code=teryt,
                        year=key[1],
                    )
                )
                several = True
    if several:
        problems = [*problems[: MOST_PROBLEMS - 1], WHICH]
    if not values and not problems:
        problems.append(say("W pliku nie ma wartości dla żadnej gminy z listy."))
    return Found(values, len(others), tuple(problems[:MOST_PROBLEMS]))


def _long(
    rows: Sequence[Sequence[str]], code: int, year: int, value: int, measure: str
) -> Iterator[tuple[int, str, str, str]]:
    for line, row in enumerate(rows[1:], 2):
        chosen = not measure or any(measure.casefold() == cell.strip().casefold() for cell in row)
        if chosen and len(row) > max(code, year, value) and row[code].strip():
            yield line, row[code].strip(), row[year], row[value]


def _wide(rows: Sequence[Sequence[str]], code: int, columns: dict[int, int]) -> Iterator[tuple[int, str, str, str]]:
    for line, row in enumerate(rows[1:], 2):
        for at, year in columns.items():
            if len(row) > max(at, code) and row[code].strip():
                yield line, row[code].strip(), str(year), row[at]


def _column(heads: Sequence[str], names: Collection[str]) -> int | None:
    return next((at for at, head in enumerate(heads) if head.casefold() in names), None)


def _teryt(code: str) -> str:
    return code[2:4] + code[7:12] if len(code) == 12 and code.isdecimal() else code


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None
