"""Fields where nothing is typed: a computed value, a hidden one, a note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, ClassVar

from forms import wording
from forms.definition import Field
from forms.describing.words import NOTHING, Described, Words
from forms.expressions import Env, Kind
from forms.formula import Formula, Text
from forms.key import Key
from forms.keys import Expr, OneOf, Plain, Translated, Whole
from forms.types.base import FieldType
from forms.types.given import Column, Refused, Typed
from forms.types.line import first, one_line
from forms.wording import NBSP, Say, say
from forms.writing import write

FORMATS = ("number", "money", "percent", "date", "text")
LONGEST_HIDDEN = 500
MONEY_PLACES = MOST_PLACES = 2


@dataclass(frozen=True, eq=False)
class Computed(FieldType):
    """A value worked out from other answers and shown."""

    name: ClassVar[str] = "computed"
    doc: ClassVar[str] = "Wartość wyliczona z innych odpowiedzi; nikt jej nie wpisuje."
    keys: ClassVar[Mapping[str, Key]] = {
        "value": Expr("Wyrażenie, którego wartość jest pokazywana.", required=True),
        "format": OneOf("Jak ją pokazać; zwykle wynika z wyrażenia.", words=FORMATS),
        "places": Whole("Ile miejsc po przecinku pokazać.", default=None, most=10),
    }
    asks: ClassVar[bool] = False

    value: Formula | None = None
    format: str | None = None
    places: int | None = None

    @property
    def kind(self) -> Kind:
        """The kind of the expression; RuntimeError while it is not linked."""
        return Kind.ANY if self.value is None else self.value.expression.kind

    @property
    def decides(self) -> Sequence[Formula]:
        return () if self.value is None else (self.value,)

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        if self.places is not None and self.format in ("date", "text"):
            yield "places", say("Miejsca po przecinku mają tylko liczby."), "wrong-value"

    def show(self, value: Any) -> str:
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            return write(value)
        money = self.format == "money"
        places = MONEY_PLACES if money and self.places is None else self.places
        # Where the author does not say, two places at most: a quotient may have twenty-eight.
        text = wording.number(_rounded(Decimal(value), MOST_PLACES if places is None else places), places)
        return text + (f"{NBSP}zł" if money else "%" if self.format == "percent" else "")

    def described(self, words: Words) -> Described:
        if self.value is None:
            return NOTHING
        return Described((str(say("Formularz wylicza: {value}.", value=words.formula(self.value))),), lines=0)

    def dump(self, value: Any) -> Any:
        if isinstance(value, bool):
            return value
        if isinstance(value, int | Decimal):
            return str(value)
        if isinstance(value, date | datetime | time):
            return value.isoformat()
        return list(value) if isinstance(value, tuple) else value

    def load(self, kept: Any) -> Any:
        family = self.kind.family
        if family == "number" and isinstance(kept, str):
            return _decimal(kept)
        if family == "date" and isinstance(kept, str):
            return datetime.fromisoformat(kept) if "T" in kept else date.fromisoformat(kept)
        if family == "time" and isinstance(kept, str):
            return time.fromisoformat(kept)
        if family in ("number", "date", "time") or (family == "boolean") != isinstance(kept, bool):
            raise ValueError("not a stored value of this expression")
        return tuple(kept) if isinstance(kept, list) else kept

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", {"datetime": "datetime"}.get(self.kind.base) or _column(self.kind.family)),)

    def cells(self, value: Any) -> Sequence[Any]:
        plain = isinstance(value, str | int | Decimal | date | time)
        return (value if plain else write(value),)


def _column(family: str) -> str:
    return family if family in ("number", "date", "time", "boolean") else "text"


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("not a stored number") from error
    if not value.is_finite():
        raise ValueError("not a stored number")
    return value


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@dataclass(frozen=True, eq=False)
class Hidden(FieldType):
    """A value that nobody types: fixed, or from the address under which the form was opened."""

    name: ClassVar[str] = "hidden"
    doc: ClassVar[str] = "Wartość, której nie widać: stała albo z adresu formularza."
    keys: ClassVar[Mapping[str, Key]] = {
        "value": Plain("Stała wartość."),
        "from_query": Plain(
            "Nazwa parametru adresu, z którego bierze się wartość.",
            pattern=r"[A-Za-z][A-Za-z0-9_-]{0,40}",
            example="zrodlo",
        ),
    }
    asks: ClassVar[bool] = False
    labelled: ClassVar[bool] = False

    value: str | None = None
    from_query: str | None = None

    @property
    def given(self) -> str | None:
        return None if self.from_query else self.value

    @property
    def asked_of(self) -> str:
        return self.from_query or ""

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        if self.value is None and self.from_query is None:
            yield "value", say("Podaj „value” albo „from_query” – inaczej pole zawsze będzie puste."), "missing-key"

    def parse(self, typed: Typed, field: Field) -> str:
        text = one_line(first(typed))[:LONGEST_HIDDEN]
        if not text:
            raise Refused("required", self.missing(field))
        return text

    def described(self, words: Words) -> Described:
        if self.from_query:
            return Described((str(say("Wartość z parametru adresu „{name}”.", name=self.from_query)),), lines=0)
        return Described((str(say("Stała wartość: {value}.", value=self.value)),), lines=0)

    def load(self, kept: Any) -> str:
        if not isinstance(kept, str):
            raise ValueError("not a stored text")
        return kept


@dataclass(frozen=True, eq=False)
class Note(FieldType):
    """A text on the page between questions; nothing is answered or kept."""

    name: ClassVar[str] = "note"
    doc: ClassVar[str] = "Tekst na stronie między pytaniami."
    keys: ClassVar[Mapping[str, Key]] = {"text": Translated("Treść, Markdown.", required=True, markdown=True)}
    asks: ClassVar[bool] = False
    stores: ClassVar[bool] = False
    labelled: ClassVar[bool] = False

    text: Text | None = None

    @property
    def kind(self) -> Kind:
        return Kind.NOTHING

    def shows(self, value: Any, env: Env) -> Iterable[tuple[str, str | bool]]:
        if self.text is not None:
            yield "text", self.text(env)

    def described(self, words: Words) -> Described:
        return Described(lines=0, text=words.text(self.text))

    def columns(self, field: Field) -> tuple[Column, ...]:
        return ()

    def cells(self, value: Any) -> Sequence[Any]:
        return ()
