"""What choosing one option and choosing several have in common: options, own answers, places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms.describing.words import Described, Words, condition, ticks
from forms.events import Event
from forms.expressions import Env
from forms.formula import Formula
from forms.options import NO_OPTIONS, Options
from forms.types.base import FieldType
from forms.types.given import Refused, Typed
from forms.types.line import first, one_line
from forms.types.own import LONGEST_OWN, OTHER, Own
from forms.wording import Say, number, say

CHOOSE = say("Wybierz odpowiedź z listy.")


@dataclass(frozen=True, eq=False)
class Choosing(FieldType):
    """Base of types with options."""

    options: Options = NO_OPTIONS
    other: bool = False

    @property
    def conditional(self) -> Mapping[str, Formula]:
        return {option.value: option.when for option in self.options.items if option.when is not None}

    @property
    def values(self) -> tuple[str, ...]:
        """The values an answer may have; `other` stands for every own answer."""
        return (*self.options.values, OTHER) if self.other else self.options.values

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        if self.other and self.options.get(OTHER):
            what = say("Wartość „{value}” jest zajęta przez „Inne – jakie?”.", value=OTHER)
            yield "options", what, "duplicate-option"
        if not any(not option.retired for option in self.options.items):
            yield "options", say("Wszystkie opcje są wycofane – zostaw co najmniej jedną."), "empty-options"

    def pick(self, value: str, typed: Typed) -> str:
        """The value of one option that was sent, or the own answer. Raises Refused."""
        if self.other and value == OTHER:
            text = one_line(first(typed, OTHER))
            if not text:
                raise Refused("other", say("Napisz, co to jest, albo wybierz inną odpowiedź."))
            if len(text) > LONGEST_OWN:
                what = say("Skróć tekst do {n} znaków. Teraz ma {m}.", n=number(LONGEST_OWN), m=number(len(text)))
                raise Refused("max", what)
            return Own(text)
        if self.options.get(value) is None:
            raise Refused("option", CHOOSE)
        return value

    def still(self, values: Iterable[str], env: Env) -> bool:
        """Whether each of these is offered now."""
        found = [self.options.get(value) for value in values if not isinstance(value, Own)]
        return all(option is not None and self.options.offers(option, env) for option in found)

    def described(self, words: Words) -> Described:
        where = condition(words, self.options.where)
        facts = (str(say("Do wyboru: pozycje listy, dla których {condition}.", condition=where)),) if where else ()
        return Described(facts, ticks(words, self.options.items, other=self.other))

    def label(self, value: str) -> str:
        """What a person chose, in words."""
        if isinstance(value, Own):
            return value.text
        option = self.options.get(value)
        return str(option.label) if option is not None else value

    def seats(self, path: str) -> Mapping[str, Event]:
        return {o.value: Event(f"{path}={o.value}", o.label, "option", places=o.places) for o in self.options.counted}

    def fills(self, typed: Typed) -> Iterable[tuple[str, str | bool]]:
        for value in typed.get("", ()):
            yield f"chosen:{value}", True
        if typed.get(OTHER):
            yield f"value:{OTHER}", first(typed, OTHER)
