"""The periods of a form that is filled in again and again: how an answer names one, what came before it, how it is spoken of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from forms.key import Key
from forms.key_times import Moment
from forms.keys import Boolean, OneOf, Placed, Plain, Struct, Whole
from forms.problems import Place
from forms.wording import Say, month_name, say

EVERY = ("year", "quarter", "month")
GOES_BY: Mapping[str, tuple[str, ...]] = {  # type of the field → how often a series may go by it
    "year": ("year",),
    "integer": ("year",),
    "month": EVERY,
    "choice": EVERY,
}
SPELLINGS = {  # how the value of an option names a period
    "year": re.compile(r"(?P<year>[12]\d{3})"),
    "quarter": re.compile(r"(?P<year>[12]\d{3})[-_./]?[QqKk](?P<part>[1-4])"),
    "month": re.compile(r"(?P<year>[12]\d{3})[-_./](?P<part>0[1-9]|1[0-2])"),
}
LIKE = {"year": "2027", "quarter": "2027-Q1", "month": "2027-01"}
PARTS = {"quarter": 4, "month": 12}
PREVIOUS, STATISTICS = "previous", "statistics"  # what a question may start with
QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Period:
    """What makes a form a series: the field that names the period, how long one lasts, and which is collected now.

    `due` is the day until when it is awaited (aware); None: until the form closes, see `Form.due`.
    """

    field: str
    every: str = "year"
    place: Place | None = None
    open: str = ""  # as `of` gives it; "" where the form collects whatever period is answered
    due: datetime | None = None

    def of(self, value: Any) -> str | None:
        """The period that an answer names: `2027`, `2027-Q1` or `2027-01`, which sort as they follow; None for none."""
        if isinstance(value, date):
            return self._text(value.year, value.month if self.every == "month" else (value.month + 2) // 3)
        if isinstance(value, int | Decimal):
            value = str(value)
        found = SPELLINGS[self.every].fullmatch(value) if isinstance(value, str) else None
        if found is None:
            return None
        return self._text(int(found["year"]), int(found.groupdict().get("part") or 0))

    def before(self, period: str) -> str:
        """The period before one that `of` gave."""
        year, part = int(period[:4]), int(period[5:].lstrip("Q") or 0)
        if self.every == "year":
            return self._text(year - 1, 0)
        return self._text(year, part - 1) if part > 1 else self._text(year - 1, PARTS[self.every])

    def after(self, period: str) -> str:
        """The period after one that `of` gave."""
        year, part = int(period[:4]), int(period[5:].lstrip("Q") or 0)
        if self.every == "year":
            return self._text(year + 1, 0)
        return self._text(year, part + 1) if part < PARTS[self.every] else self._text(year + 1, 1)

    def answers(self, period: str) -> tuple[str | int, ...]:
        """What fields of the types of GOES_BY may keep to name a period that `of` gave, without options: the plainest first."""
        year, part = int(period[:4]), int(period[5:].lstrip("Q") or 0)
        if self.every == "month":
            return (period,)
        months = range(1, 13) if self.every == "year" else range(3 * part - 2, 3 * part + 1)
        plain: tuple[str | int, ...] = (period, year) if self.every == "year" else ()
        return (*plain, *(f"{year}-{month:02}" for month in months))

    def _text(self, year: int, part: int) -> str:
        if self.every == "year":
            return f"{year}"
        return f"{year}-Q{part}" if self.every == "quarter" else f"{year}-{part:02}"


def spoken(period: str) -> Say | str:
    """A period as people say it: `2027`, „I kwartał 2027”, „marzec 2027”."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return say("{n} kwartał {year}", n=QUARTERS[int(part[1:]) - 1], year=year)
    return month_name(date(int(year), int(part), 1)) if part else year


def _period(field: tuple[str, Place], every: str, open: str, due: datetime | None) -> Period:
    period = Period(field[0], every, field[1], due=due)
    return replace(period, open=period.of(open) or open)


PERIOD = Struct(
    "Formularz jest serią: każda gmina wypełnia go raz w okresie i widzi przy polach poprzednie wartości.",
    keys={
        "field": Placed("Pole, które mówi, jakiego okresu dotyczą odpowiedzi: year, month, integer, choice.", required=True),
        "every": OneOf("Jak długi jest okres.", default="year", words=EVERY),
        "open": Plain("Okres, który jest teraz zbierany: 2027, 2027-Q1 albo 2027-01. Pole z „field” przyjmuje tylko ten okres.", default=""),
        "due": Moment("Do kiedy czeka się na zbierany okres; zwykle do zamknięcia formularza.", end=True),
    },
    build=_period,
)  # fmt: skip

FOLLOWING_KEYS: dict[str, Key] = {
    "compare": Boolean(
        "Obok stoi wartość tej samej gminy z poprzedniego okresu (albo z ostatniego, który ma) i zmiana w procentach."
    ),
    "prefill": OneOf(
        "previous: pole zaczyna się od tej poprzedniej wartości; statistics: od wartości z klucza „statistics”.",
        default="",
        words=(PREVIOUS, STATISTICS),
    ),
    "statistics": Plain(
        "Nazwa zmiennej ze statystyki publicznej: obok stoi jej wartość w tej gminie i roku, ze źródłem i datą.",
        default="",
        pattern=r"[a-z][a-z0-9_]{0,62}",
        example="ludnosc",
    ),
    "warn_change": Whole(
        "Zmiana o więcej procent niż tyle wymaga poprawki albo wyjaśnienia.", default=None, least=1, most=10_000
    ),
}
