"""Words for people: one lazily translated message class, and how Polish writes numbers, dates and plurals.

Messages are written in Polish in the code (the product's first language) and translated by gettext; the language in
force is a context variable, set by whoever talks to a person (a request, a command), so nothing below knows of requests.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations

LANGUAGES = ("pl", "en")
TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"

language: ContextVar[str] = ContextVar("language", default="pl")

NBSP = "\u00a0"
MONTHS = {
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split(),
    "en": "January February March April May June July August September October November December".split(),
}
MONTH_NAMES = {
    "pl": "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień".split(),
    "en": MONTHS["en"],
}
WEEKDAYS = {
    "pl": "poniedziałek wtorek środa czwartek piątek sobota niedziela".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}

DAY_END = time(23, 59)  # how a bare date ends

FEMININE = ("a", "ść")  # liczba, szerokość
NEUTER = ("e", "o", "ę", "um")  # nachylenie


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Within the block, messages come out in `lang` (one of LANGUAGES)."""
    token = language.set(lang)
    try:
        yield
    finally:
        language.reset(token)


@cache
def translations(lang: str) -> NullTranslations:
    """The gettext catalogue of a language; without one (not compiled yet) the Polish of the code."""
    return Translations.load(TRANSLATIONS, [lang])


class Said(str):
    """Words of ours, as they were said: what shows them may set them as their language wants; typed text is plain str."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Say:
    """A message to a person: Polish text with {placeholders}, turned into words in the language then in force."""

    text: str
    params: dict[str, Any] = field(default_factory=dict, hash=False)
    plural: str | None = None
    n: int = 0

    def __str__(self) -> str:
        catalogue = translations(language.get())
        if self.plural is None:
            found = catalogue.gettext(self.text)
        else:
            found = catalogue.ngettext(self.text, self.plural, self.n)
        return Said(found.format_map(self.params) if self.params else found)


def say(text: str, /, **params: Any) -> Say:
    """A message; `{name}` in the text is replaced by the parameter of that name when it is shown."""
    return Say(text, params)


def say_n(singular: str, plural: str, n: int, /, **params: Any) -> Say:
    """A message that agrees with the number `n` (also available in the text as {n}); Polish plurals stand in translations/pl."""
    return Say(singular, {"n": number(n), **params}, plural, n)


def plural(n: Any, one: str, few: str, many: str) -> str:
    """The Polish form that goes with a number, by CLDR: 1 gmina, 2 gminy, 5 gmin, 22 gminy; fractions take `few`."""
    value = Decimal(n)
    if value != value.to_integral_value():
        return few
    whole = abs(int(value))
    if whole == 1:
        return one
    if whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14):
        return few
    return many


def gender(phrase: str) -> str:
    """The gender ("f", "n" or "m") of the first word, told from its ending, for the words that must agree with it."""
    word = phrase.split()[0].casefold() if phrase.strip() else ""
    return "f" if word.endswith(FEMININE) else "n" if word.endswith(NEUTER) else "m"


def number(value: int | Decimal, places: int | None = None) -> str:
    """A number as people here write it: `1234.5` → `1 234,50` with places=2; without places, as many as it has."""
    decimal = Decimal(value)
    text = f"{decimal:,.{places}f}" if places is not None else f"{decimal:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    if language.get() == "en":
        return text
    return text.replace(",", NBSP).replace(".", ",")


def long_date(value: date) -> str:
    """`9 marca 2027 r.`"""
    lang = language.get()
    name = MONTHS[lang][value.month - 1]
    return f"{value.day}{NBSP}{name} {value.year}" + ("" if lang == "en" else f"{NBSP}r.")


def long_moment(value: datetime | date) -> str:
    """`9 marca 2027 r., godz. 15:00`; a date alone is shown without an hour."""
    if not isinstance(value, datetime):
        return long_date(value)
    hour = "" if language.get() == "en" else f"godz.{NBSP}"
    return f"{long_date(value)}, {hour}{clock(value.timetz())}"


def occasion(starts: datetime, ends: datetime | None = None) -> str:
    """When an event is: `wtorek, 9 marca – środa, 10 marca 2027 r., godz. 9:00–15:00`.

    The days with their names, then the hours, from that of the first day to that of the last; bare dates have no hours.
    """
    days = _weekday(starts, year=True)
    if ends is not None and ends.date() != starts.date():
        days = f"{_weekday(starts, year=starts.year != ends.year)} – {_weekday(ends, year=True)}"
    if starts.time() == time() and (ends is None or ends.time() == time() or ends.time() >= DAY_END):
        return days
    hours = clock(starts.time()) + (f"–{clock(ends.time())}" if ends is not None and ends != starts else "")
    return f"{days}, {hours}" if language.get() == "en" else f"{days}, godz.{NBSP}{hours}"


def _weekday(moment: datetime, *, year: bool) -> str:
    lang = language.get()
    name = f"{WEEKDAYS[lang][moment.weekday()]}, "
    return name + (long_date(moment) if year else f"{moment.day}{NBSP}{MONTHS[lang][moment.month - 1]}")


def clock(value: time) -> str:
    """`9:00`, on the 24-hour clock."""
    return f"{value.hour}:{value.minute:02}"


def month_name(value: date) -> str:
    """`grudzień 2028`"""
    return f"{MONTH_NAMES[language.get()][value.month - 1]} {value.year}"


def short_date(value: date) -> str:
    """`09.03.2027`, for tables and for typing."""
    return f"{value:%d.%m.%Y}"
