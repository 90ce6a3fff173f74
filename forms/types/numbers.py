"""Numbers: whole, decimal, money, percent – always exact decimals, typed as people here write them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Words, limits
from forms.expressions import Env, Kind
from forms.formula import Formula, Text
from forms.key import Key
from forms.keys import Bound, Translated, Whole
from forms.source import Node
from forms.types.given import Column, Refused, Typed
from forms.types.line import Line, fixed, limit, min_over_max, outside
from forms.wording import NBSP, Say, language, number, say, say_n, speaking


def bounds(least: Decimal | None = None, most: Decimal | None = None) -> dict[str, Key]:
    """The keys `min` and `max` of a number, with what they are where the author does not say."""
    return {
        "min": Bound("Najmniejsza wartość.", default=least, literal=Decimal, wants=Kind.NUMBER),
        "max": Bound("Największa wartość.", default=most, literal=Decimal, wants=Kind.NUMBER),
    }


UNIT = Translated("Jednostka za polem, na przykład ha.")
PLACES = Whole("Najwyżej tyle miejsc po przecinku.", default=None, least=0, most=10)

FORMAT = say("Wpisz liczbę, na przykład 1 234,50.")
OUTSIDE: Mapping[str, Callable[..., Say]] = {
    "both": lambda min, max: say("Wpisz liczbę od {min} do {max}.", min=min, max=max),
    "min": lambda min: say("Wpisz liczbę nie mniejszą niż {min}.", min=min),
    "max": lambda max: say("Wpisz liczbę nie większą niż {max}.", max=max),
}
MOST_DIGITS = 18  # beyond any count or sum that an office asks for, within what every database and spreadsheet keeps

UNCLEAR = re.compile(r"([1-9]\d{0,2})\.(\d{3})")  # 1.234: the dot may part thousands or begin the fraction
SPELLINGS = (  # what it looks like, what parts thousands, what begins the fraction
    (re.compile(r"\d+|\d*,\d+|\d{1,3}(?: \d{3})+(?:,\d+)?"), " ", ","),  # 1234 · 1234,5 · 1 234,50
    (re.compile(r"\d*\.\d+|\d{1,3}(?: \d{3})+\.\d+"), " ", "."),  # 1234.5 · 1 234.50
    (re.compile(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"), ".", ","),  # 1.234,56 · 1.850.000
    (re.compile(r"\d{1,3}(?:,\d{3})+\.\d+"), ",", "."),  # 1,234.56
)
DASHES = str.maketrans("−–‐‑", "----")


def parse_number(text: str) -> Decimal:
    """The number in a clean text, without zeros at the end of its fraction. Raises Refused (`format`, `unclear`).

    The comma is decimal and blanks part thousands. A single dot is decimal too, unless three digits follow one to three
    others: `1.234` is refused with a question that names both readings.
    """
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        return Decimal(text)  # as most are typed
    text = text.translate(DASHES)
    minus, body = ("-", text[1:].lstrip()) if text.startswith("-") else ("", text.removeprefix("+").lstrip())
    if not body.isascii() or sum(letter.isdigit() for letter in body) > MOST_DIGITS:
        raise Refused("format", FORMAT)
    if unclear := UNCLEAR.fullmatch(body):
        whole, rest = minus + unclear[1], unclear[2]
        what = say(
            "Nie wiemy, czy „{value}” to {a} czy {b}. Zapisz liczbę z przecinkiem dziesiętnym.",
            value=text,
            a=whole + rest,
            b=f"{whole},{rest}",
        )
        raise Refused("unclear", what)
    for spelling, thousands, comma in SPELLINGS:
        if spelling.fullmatch(body):
            return trimmed(Decimal(minus + body.replace(thousands, "").replace(comma, ".")))
    raise Refused("format", FORMAT)


def trimmed(value: Decimal) -> Decimal:
    """The same number without zeros at the end of its fraction and without an exponent; never minus zero."""
    whole = value.to_integral_value()
    return whole + 0 if value == whole else value.normalize()


@dataclass(frozen=True, eq=False)
class Number(Line):
    """Base of numbers: limits, and a unit that stands after the number and may be typed with it."""

    short: ClassVar[str] = "short"
    typable: ClassVar[tuple[str, ...]] = ()  # units that people type after the number
    keyboard: ClassVar[str] = "decimal"

    min: Decimal | Formula | None = None
    max: Decimal | Formula | None = None

    @property
    def template(self) -> str:
        return "fields/number.html"

    @property
    def attributes(self) -> Mapping[str, str]:
        # The numeric keyboards of telephones have no minus, so they are asked for only where none can be needed.
        signless = isinstance(self.min, Decimal) and self.min >= 0
        return {"inputmode": self.keyboard} if signless else {}

    @property
    def kind(self) -> Kind:
        return Kind.NUMBER

    @property
    def extent(self) -> tuple[Any, Any]:
        return fixed(self.min), fixed(self.max)

    @property
    def suffix(self) -> str:
        """The unit after the input, in the language in force; "" for none."""
        return ""

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        return min_over_max(self.min, self.max, number)

    def literal(self, node: Node) -> Typed:
        text = str(getattr(node, "text", ""))
        return {"": [text.replace(".", ",") if re.fullmatch(r"-?\d+\.\d+", text) else text]}

    def read(self, text: str) -> Any:
        bare = text.casefold()
        for unit in (*self.typable, self.suffix.casefold()):
            if unit and bare.endswith(unit) and bare != unit:
                text = text[: len(text) - len(unit)].rstrip()
                break
        return self.accept(parse_number(text))

    def accept(self, value: Decimal) -> Any:
        """The number as this type keeps it. Raises Refused."""
        return value

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        return outside(value, limit(self.min, env), limit(self.max, env), OUTSIDE, number)

    def bare(self, value: Any) -> str:
        """The number without its unit."""
        return number(value)

    def typed(self, value: Any) -> Typed:
        if language.get() == "pl":
            return {"": [self.bare(value)]}
        with speaking("pl"):  # in every language the input holds what `parse` reads the same way
            return {"": [self.bare(value)]}

    def show(self, value: Any) -> str:
        return f"{self.bare(value)}{NBSP}{self.suffix}" if self.suffix else self.bare(value)

    def described(self, words: Words) -> Described:
        return Described(limits(words, self.min, self.max, show=self.show), unit=self.suffix)

    def dump(self, value: Any) -> Any:
        return str(value)

    def load(self, kept: Any) -> Any:
        if isinstance(kept, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", kept):
            return Decimal(kept)
        if type(kept) is int:  # was kept by a field of type integer
            return Decimal(kept)
        raise ValueError("not a stored number")

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", "number"),)


@dataclass(frozen=True, eq=False)
class WithUnit(Number):
    """Base of numbers whose unit the definition names."""

    unit: Text | None = None

    @property
    def suffix(self) -> str:
        return str(self.unit) if self.unit else ""


@dataclass(frozen=True, eq=False)
class Integer(WithUnit):
    """A whole number."""

    name: ClassVar[str] = "integer"
    doc: ClassVar[str] = "Liczba całkowita."
    keys: ClassVar[Mapping[str, Key]] = {**bounds(), "unit": UNIT}
    keyboard: ClassVar[str] = "numeric"
    whole: ClassVar[bool] = True
    example: ClassVar[str] = "25"

    def accept(self, value: Decimal) -> int:
        if value != value.to_integral_value():
            raise Refused("whole", say("Wpisz liczbę całkowitą, na przykład 25."))
        return int(value)

    def dump(self, value: Any) -> Any:
        return value

    def load(self, kept: Any) -> Any:
        if type(kept) is not int:
            raise ValueError("not a stored whole number")
        return kept


@dataclass(frozen=True, eq=False)
class DecimalNumber(WithUnit):
    """A number with a fraction."""

    name: ClassVar[str] = "decimal"
    doc: ClassVar[str] = "Liczba z ułamkiem."
    keys: ClassVar[Mapping[str, Key]] = {**bounds(), "unit": UNIT, "places": PLACES}
    example: ClassVar[str] = "1 234,5"

    places: int | None = None

    def accept(self, value: Decimal) -> Decimal:
        if self.places is None or _fits(value, self.places):
            return value
        raise Refused(
            "places",
            say_n("Podaj najwyżej {n} miejsce po przecinku.", "Podaj najwyżej {n} miejsc po przecinku.", self.places),
        )


@dataclass(frozen=True, eq=False)
class Money(Number):
    """An amount in złoty with grosze, never negative unless `min` says so."""

    name: ClassVar[str] = "money"
    doc: ClassVar[str] = "Kwota w złotych z groszami."
    keys: ClassVar[Mapping[str, Key]] = bounds(Decimal(0))
    typable: ClassVar[tuple[str, ...]] = (",- zł", ",-", "zł.", "pln", "zl")
    example: ClassVar[str] = "1 850 000,00"

    min: Decimal | Formula | None = Decimal(0)

    @property
    def suffix(self) -> str:
        return "zł"

    def accept(self, value: Decimal) -> Decimal:
        if not _fits(value, 2):
            raise Refused("places", say("Kwota może mieć najwyżej 2 miejsca po przecinku."))
        return value.quantize(Decimal("0.01"))

    def bare(self, value: Any) -> str:
        return number(value, 2)


@dataclass(frozen=True, eq=False)
class Percent(DecimalNumber):
    """A percentage from 0 to 100, unless `min` and `max` say otherwise (growth)."""

    name: ClassVar[str] = "percent"
    doc: ClassVar[str] = "Procent od 0 do 100, o ile min i max nie mówią inaczej."
    keys: ClassVar[Mapping[str, Key]] = {**bounds(Decimal(0), Decimal(100)), "places": PLACES}
    example: ClassVar[str] = "12,4"

    min: Decimal | Formula | None = Decimal(0)
    max: Decimal | Formula | None = Decimal(100)

    @property
    def suffix(self) -> str:
        return "%"

    def show(self, value: Any) -> str:
        return f"{self.bare(value)}%"  # Polish usage: no blank before the sign


def _fits(value: Decimal, places: int) -> bool:
    """Whether the number has no more than so many places after the comma."""
    return value == value.quantize(Decimal(1).scaleb(-places))
