"""The columns of the register: what each is called, how it is read from what people type, shown, and kept.

The page of an entry, its form, the file that is imported and exported, and the differences all go by this one table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from forms.standing import PROGRAMMES
from forms.types.dates import day_of, iso_day
from forms.types.given import Refused
from forms.types.numbers import parse_number
from forms.wording import Say, long_date, number, say

ENTERED, STRUCK = "wpisany", "wykreslony"
STATUSES: Mapping[str, Say] = {ENTERED: say("w Wykazie"), STRUCK: say("wykreślony")}
BASES: Mapping[str, Say] = {
    "GPR": say("GPR – ustawa o rewitalizacji"),
    "PR": say("PR – ustawa o samorządzie gminnym"),
    "IDS": say("inny dokument strategiczny"),
}
MOST_HECTARES, MOST_PEOPLE = Decimal(2_300_000), 2_000_000  # more than the whole voivodeship has
PLACES = Decimal("0.01")
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)  # the gminy exist since 1990

YEAR = re.compile(r"[12]\d{3}")

Value = str | date | Decimal | int


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `name` in the program and in the key `register` of a form, `header` in files."""

    name: str
    header: str
    label: Say
    read: Callable[[str], Value]  # from a text that is not blank; raises Refused
    show: Callable[[Any], str] = str
    load: Callable[[str], Value] = str  # from what is kept
    longest: int = 300
    required: bool = False
    hint: Say | None = None
    choices: Mapping[str, Say] | None = None
    input: str = "text"

    def dump(self, value: Any) -> str | None:
        """The value as it is kept and as it stands in files."""
        if value is None:
            return None
        return (
            value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)
        )

    def typed(self, value: Any) -> str:
        """The value as one would type it; "" for nothing."""
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else self.dump(value) or ""

    def parse(self, typed: str) -> Value | None:
        """The value of what was typed; None for nothing. Raises Refused, whose text says how to mend it."""
        text = " ".join(typed.split())
        if not text:
            if self.required:
                raise Refused("required", say("Uzupełnij: {label}.", label=self.label))
            return None
        if len(text) > self.longest:
            raise Refused("max", say("Skróć tekst do {n} znaków.", n=self.longest))
        return self.read(text)


def _one_of(choices: Mapping[str, Say]) -> Callable[[str], str]:
    def read(text: str) -> str:
        found = {each.casefold(): each for each in choices}.get(text.casefold())
        if found is None:
            raise Refused("option", say("Wpisz jedną z wartości: {known}.", known=", ".join(choices)))
        return found

    return read


def _day(text: str) -> date:
    day = day_of(text)
    if not EARLIEST <= day <= LATEST:
        raise Refused("range", say("Sprawdź rok w dacie: {value}.", value=text))
    return day


def _first_day(text: str) -> date:
    """A day; a year alone means its first one, as programmes are called „na lata 2023–2032”."""
    return _day(f"{text}-01-01" if YEAR.fullmatch(text) else text)


def _last_day(text: str) -> date:
    return _day(f"{text}-12-31" if YEAR.fullmatch(text) else text)


def _hectares(text: str) -> Decimal:
    value = parse_number(text)
    if not 0 < value <= MOST_HECTARES:
        raise Refused("range", say("Podaj powierzchnię w hektarach, większą od zera."))
    return value.quantize(PLACES)


def _people(text: str) -> int:
    value = parse_number(text)
    if value != int(value) or not 0 <= value <= MOST_PEOPLE:
        raise Refused("range", say("Podaj liczbę mieszkańców – liczbę całkowitą."))
    return int(value)


def _link(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in text:
        raise Refused("format", say("Wklej cały adres, razem z https://."))
    return text


def _dated(name: str, header: str, label: Say, hint: Say | None = None, read: Callable[[str], date] = _day) -> Column:
    return Column(name, header, label, read, long_date, iso_day, hint=hint, input="date")


COLUMNS: tuple[Column, ...] = (
    Column("number", "numer_wpisu", say("Numer wpisu"), str, longest=40, hint=say("Na przykład 45/2023.")),
    Column("title", "tytul", say("Tytuł programu"), str, hint=say("Tak jak w uchwale.")),
    Column(
        "basis",
        "podstawa",
        say("Podstawa programu"),
        _one_of(BASES),
        lambda value: str(BASES.get(value, value)),
        required=True,
        choices=BASES,
    ),
    Column(
        "resolution",
        "uchwala_nr",
        say("Numer uchwały"),
        str,
        longest=60,
        hint=say("Na przykład LXII/512/2023 – bez słowa „uchwała” i bez „nr”."),
    ),
    _dated("resolution_on", "uchwala_data", say("Data uchwały")),
    Column(
        "link",
        "link",
        say("Adres uchwały w BIP"),
        _link,
        longest=500,
        hint=say("Na przykład https://bip.gmina.pl/uchwala."),
        input="url",
    ),
    _dated("entered_on", "data_wpisu", say("Data wpisu do Wykazu")),
    _dated("valid_from", "okres_od", say("Pierwszy dzień programu"), read=_first_day),
    _dated(
        "valid_to",
        "okres_do",
        say("Ostatni dzień programu"),
        say("Po tym dniu program nie uprawnia już do zgłoszeń. Puste pole znaczy: bez końca."),
        _last_day,
    ),
    Column(
        "area_ha",
        "powierzchnia_ha",
        say("Obszar rewitalizacji (ha)"),
        _hectares,
        lambda value: f"{number(value, 2)} ha",
        Decimal,
        hint=say("W hektarach, na przykład 214,30."),
    ),
    Column(
        "population",
        "ludnosc",
        say("Mieszkańcy obszaru rewitalizacji"),
        _people,
        number,
        int,
        hint=say("Na przykład 3650."),
    ),
    Column(
        "status",
        "status",
        say("Stan"),
        _one_of(STATUSES),
        lambda value: str(STATUSES.get(value, value)),
        required=True,
        choices=STATUSES,
    ),
    _dated("struck_on", "data_wykreslenia", say("Data wykreślenia")),
    Column("note", "uwagi", say("Uwagi"), str, longest=1000),
)
BY_NAME: Mapping[str, Column] = {each.name: each for each in COLUMNS}
assert set(BASES) < set(PROGRAMMES)  # what `gmina.program` may say
