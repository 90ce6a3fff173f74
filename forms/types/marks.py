"""Marks that need no options of the author's: yes or no, a consent, a point on a scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Tick, Words
from forms.expressions import Env, Kind
from forms.formula import Text
from forms.key import Key
from forms.keys import Translated, Whole
from forms.polish import fold
from forms.types.base import FieldType
from forms.types.given import Column, Refused, Typed
from forms.types.line import first, one_line
from forms.wording import Say, say

YES, NO = "tak", "nie"
YES_WORDS = (YES, "true", "yes", "on", "1")
NO_WORDS = (NO, "false", "no", "off", "0")
MOST_STEPS = 11


@dataclass(frozen=True, eq=False)
class Mark(FieldType):
    """Base of types answered by marking one thing."""

    def fills(self, typed: Typed) -> Iterable[tuple[str, str | bool]]:
        for value in typed.get("", ()):
            yield f"chosen:{value}", True


@dataclass(frozen=True, eq=False)
class YesNo(Mark):
    """Yes or no, none of them chosen beforehand."""

    name: ClassVar[str] = "yes_no"
    doc: ClassVar[str] = "Tak albo nie."
    fieldset: ClassVar[bool] = True
    example: ClassVar[str] = YES

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN

    def missing(self, field: Field) -> Say:
        return say("Wybierz „Tak” albo „Nie”: {label}.", label=str(field.label).rstrip(".:?"))

    def parse(self, typed: Typed, field: Field) -> bool:
        word = fold(first(typed).strip())
        if word not in (*YES_WORDS, *NO_WORDS):
            raise Refused("format", self.missing(field))
        return word in YES_WORDS

    def typed(self, value: Any) -> Typed:
        return {"": [YES if value else NO]}

    def show(self, value: Any) -> str:
        return str(say("Tak") if value else say("Nie"))

    def described(self, words: Words) -> Described:
        return Described(ticks=(Tick(self.show(True)), Tick(self.show(False))))

    def load(self, kept: Any) -> bool:
        if not isinstance(kept, bool):
            raise ValueError("not a stored yes or no")
        return kept

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", "boolean"),)


@dataclass(frozen=True, eq=False)
class Consent(Mark):
    """A statement to be ticked; an unticked one is unanswered. Never ticked beforehand."""

    name: ClassVar[str] = "consent"
    doc: ClassVar[str] = "Oświadczenie do zaznaczenia; obowiązkowe musi być zaznaczone."
    keys: ClassVar[Mapping[str, Key]] = {"text": Translated("Treść nad polem do zaznaczenia, Markdown.", markdown=True)}
    example: ClassVar[str] = YES
    only: ClassVar[tuple[Any, ...]] = (True,)

    text: Text | None = None

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN

    def blank(self, typed: Typed) -> bool:
        return fold(first(typed).strip()) in ("", *NO_WORDS)

    def missing(self, field: Field) -> Say:
        return say("Zaznacz „{label}”. Bez tego nie przyjmiemy formularza.", label=str(field.label).rstrip("."))

    def parse(self, typed: Typed, field: Field) -> bool:
        if fold(first(typed).strip()) not in YES_WORDS:
            raise Refused("required", self.missing(field))
        return True

    def typed(self, value: Any) -> Typed:
        return {"": [YES] if value else []}

    def shows(self, value: Any, env: Env) -> Iterable[tuple[str, str | bool]]:
        if self.text is not None:
            yield "text", self.text(env)

    def show(self, value: Any) -> str:
        return str(say("Tak") if value else say("Nie"))

    def described(self, words: Words) -> Described:
        return Described(ticks=(Tick(self.show(True)),), text=words.text(self.text))

    def load(self, kept: Any) -> bool:
        if kept is not True:
            raise ValueError("not a stored consent")
        return True

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", "boolean"),)


@dataclass(frozen=True, eq=False)
class Scale(Mark):
    """A whole number on a short scale whose ends may have names."""

    name: ClassVar[str] = "scale"
    doc: ClassVar[str] = "Ocena na krótkiej skali."
    keys: ClassVar[Mapping[str, Key]] = {
        "from": Whole("Pierwszy stopień.", default=1, as_name="lowest", most=100),
        "to": Whole("Ostatni stopień.", default=5, as_name="highest", most=100),
        "low": Translated("Co znaczy pierwszy stopień."),
        "high": Translated("Co znaczy ostatni stopień."),
    }
    fieldset: ClassVar[bool] = True
    example: ClassVar[str] = "4"

    whole: ClassVar[bool] = True

    lowest: int = 1
    highest: int = 5
    low: Text | None = None
    high: Text | None = None

    @property
    def extent(self) -> tuple[Any, Any]:
        return self.lowest, self.highest

    @property
    def steps(self) -> range:
        """The points of the scale."""
        return range(self.lowest, self.highest + 1)

    @property
    def kind(self) -> Kind:
        return Kind.NUMBER

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        if self.lowest >= self.highest:
            what = say("„to” ({to}) musi być większe niż „from” ({low}).", to=self.highest, low=self.lowest)
            yield "to", what, "min-over-max"
        elif len(self.steps) > MOST_STEPS:
            yield "to", say("Skala może mieć najwyżej {n} stopni.", n=MOST_STEPS), "scale-too-long"

    def missing(self, field: Field) -> Say:
        return say("Zaznacz ocenę: {label}.", label=str(field.label).rstrip(".:?"))

    def parse(self, typed: Typed, field: Field) -> int:
        text = one_line(first(typed))
        found = next((step for step in self.steps if str(step) == text), None)
        if found is None:
            what = say("Zaznacz ocenę od {low} do {high}.", low=self.lowest, high=self.highest)
            raise Refused("option", what)
        return found

    def described(self, words: Words) -> Described:
        ends = {self.lowest: words.text(self.low), self.highest: words.text(self.high)}
        return Described(ticks=tuple(Tick(str(step), ends.get(step, "")) for step in self.steps))

    def load(self, kept: Any) -> int:
        if type(kept) is not int or kept not in self.steps:
            raise ValueError("not a stored point of this scale")
        return kept

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", "number"),)
