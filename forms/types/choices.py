"""Choosing among options: one, or several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Words, limits, ticks
from forms.expressions import Env, Kind
from forms.formula import Formula, Text
from forms.key import Key
from forms.keys import Bound, OneOf, Translated
from forms.options import OptionsKey
from forms.types.choosing import CHOOSE, Choosing
from forms.types.given import Column, Refused, Typed
from forms.types.line import first, limit, min_over_max
from forms.types.own import OTHER, OTHER_KEY, Own, own_dump, own_load
from forms.wording import Said, Say, number, say, say_n

NONE = "none"
LOOKS = ("radio", "select", "autocomplete")
MOST_RADIOS, MOST_SELECT = 7, 20
JOINED_CODES, JOINED_LABELS = "|", "; "

GONE = say("Tej odpowiedzi nie można już wybrać. Zaznacz inną.")


@dataclass(frozen=True, eq=False)
class Choice(Choosing):
    """One option of several; an own answer is `Own`."""

    name: ClassVar[str] = "choice"
    doc: ClassVar[str] = "Jedna odpowiedź z kilku."
    keys: ClassVar[Mapping[str, Key]] = {
        "options": OptionsKey("Odpowiedzi do wyboru.", required=True),
        "as": OneOf("Jak wygląda; zwykle dobiera się do liczby opcji.", as_name="look", words=LOOKS),
        "other": OTHER_KEY,
    }
    example: ClassVar[str] = "weganska"

    look: str | None = None

    @property
    def drawn(self) -> str:
        """radio, select or autocomplete: as the author said, else by how many options there are."""
        count = sum(not option.retired for option in self.options.items)
        return self.look or ("radio" if count <= MOST_RADIOS else "select" if count <= MOST_SELECT else "autocomplete")

    @property
    def template(self) -> str:
        return "fields/choice.html" if self.drawn == "radio" else "fields/select.html"

    @property
    def attributes(self) -> Mapping[str, str]:
        return {"data-autocomplete": ""} if self.drawn == "autocomplete" else {}

    # A class constant in the base: whether there are several inputs depends here on how the choice is drawn.
    @property
    def fieldset(self) -> bool:  # type: ignore[override]
        return self.drawn == "radio"

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("", OTHER) if self.other else ("",)

    @property
    def kind(self) -> Kind:
        return Kind.choice(self.values, self.options.labels, other=self.other)

    def missing(self, field: Field) -> Say:
        return say("Wybierz odpowiedź: {label}.", label=str(field.label).rstrip(".:"))

    def parse(self, typed: Typed, field: Field) -> str:
        value = first(typed).strip()
        if not value and self.other and first(typed, OTHER).strip():
            value = OTHER  # the text was written, the option beside it forgotten
        return self.pick(value, typed)

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        return None if self.still((value,), env) else Refused("option", GONE)

    def typed(self, value: Any) -> Typed:
        return {"": [OTHER], OTHER: [value.text]} if isinstance(value, Own) else {"": [value]}

    def show(self, value: Any) -> str:
        return self.label(value)

    def dump(self, value: Any) -> Any:
        return own_dump(value)

    def load(self, kept: Any) -> str:
        return own_load(kept, self.values, self.other)

    def columns(self, field: Field) -> tuple[Column, ...]:
        own = (Column(OTHER, "text", str(say("własna odpowiedź"))),) if self.other else ()
        return (Column("", "code"), *own)

    def cells(self, value: Any) -> Sequence[Any]:
        return self._with_own(str(value), value)

    @property
    def plain(self) -> bool:
        return not self.other  # the stored code is the one cell

    def words(self, value: Any) -> Sequence[Any]:
        return self._with_own(str(say("Inne")) if isinstance(value, Own) else self.label(value), value)

    def _with_own(self, shown: str, value: Any) -> Sequence[Any]:
        own = value.text if isinstance(value, Own) else None
        return (shown, own) if self.other else (shown,)


@dataclass(frozen=True, eq=False)
class Choices(Choosing):
    """Any number of options, kept in the order of the options; `none` excludes all others."""

    name: ClassVar[str] = "choices"
    doc: ClassVar[str] = "Dowolna liczba odpowiedzi z kilku."
    keys: ClassVar[Mapping[str, Key]] = {
        "options": OptionsKey("Odpowiedzi do zaznaczenia.", required=True),
        "min": Bound("Najmniej tyle odpowiedzi.", literal=int, wants=Kind.NUMBER),
        "max": Bound("Najwyżej tyle odpowiedzi.", literal=int, wants=Kind.NUMBER),
        "none": Translated("Odpowiedź, która wyklucza wszystkie inne, na przykład „Żadne z powyższych”."),
        "other": OTHER_KEY,
    }
    fieldset: ClassVar[bool] = True
    example: ClassVar[str] = "wozek"

    min: int | Formula | None = None
    max: int | Formula | None = None
    none: Text | None = None

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("", OTHER) if self.other else ("",)

    @property
    def values(self) -> tuple[str, ...]:
        return (*super().values, NONE) if self.none else super().values

    @property
    def kind(self) -> Kind:
        labels = {**self.options.labels, NONE: self.none} if self.none else self.options.labels
        return Kind.choices(self.values, labels, other=self.other)

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        yield from super().verify()
        if self.none and self.options.get(NONE):
            yield "options", say("Wartość „{value}” jest zajęta przez klucz „none”.", value=NONE), "duplicate-option"
        count = len(self.options.items) + self.other
        if isinstance(self.min, int) and self.min > count:
            what = say("Nie da się zaznaczyć {min} odpowiedzi, gdy jest ich {count}.", min=self.min, count=count)
            yield "min", what, "min-over-max"
        yield from min_over_max(self.min, self.max, number)

    def missing(self, field: Field) -> Say:
        return say("Zaznacz co najmniej jedną odpowiedź.")

    def parse(self, typed: Typed, field: Field) -> tuple[str, ...]:
        sent = {value.strip() for value in typed.get("", ())} - {""}
        if self.other and first(typed, OTHER).strip():
            sent.add(OTHER)
        if self.none and NONE in sent:
            if len(sent) > 1:
                what = say("Zaznacz „{none}” albo inne odpowiedzi, nie jedno i drugie.", none=str(self.none))
                raise Refused("none", what)
            return (NONE,)
        if not sent:
            raise Refused("required", self.missing(field))
        known = tuple([value for value in self.values if value in sent])
        if len(known) < len(sent):
            raise Refused("option", CHOOSE)
        return tuple([self.pick(value, typed) for value in known]) if OTHER in known else known

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        if value == (NONE,) and self.none:
            return None
        if not self.still(value, env):
            return Refused("option", GONE)
        least, most = limit(self.min, env), limit(self.max, env)
        if least is not None and len(value) < least:
            few = say_n("Zaznacz co najmniej {n} odpowiedź.", "Zaznacz co najmniej {n} odpowiedzi.", int(least))
            return Refused("min", self.missing(field) if least == 1 else few)
        if most is not None and len(value) > most:
            many = say_n(
                "Zaznacz najwyżej {n} odpowiedź. Teraz zaznaczono {m}.",
                "Zaznacz najwyżej {n} odpowiedzi. Teraz zaznaczono {m}.",
                int(most),
                m=number(len(value)),
            )
            return Refused("max", many)
        return None

    def described(self, words: Words) -> Described:
        facts = super().described(words).facts + limits(words, self.min, self.max, say("Liczba odpowiedzi"))
        return Described(facts, ticks(words, self.options.items, self.none, other=self.other), many=True)

    def label(self, value: str) -> str:
        return str(self.none) if self.none and value == NONE else super().label(value)

    def typed(self, value: Any) -> Typed:
        own = [each.text for each in value if isinstance(each, Own)]
        return {"": [str(each) for each in value], **({OTHER: own} if own else {})}

    def show(self, value: Any) -> str:
        words = ", ".join(self.label(each) for each in value)
        return words if any(isinstance(each, Own) for each in value) else Said(words)

    def dump(self, value: Any) -> Any:
        return [own_dump(each) for each in value]

    def load(self, kept: Any) -> tuple[str, ...]:
        if not isinstance(kept, list):
            raise ValueError("not a stored set of options")
        return tuple(own_load(each, self.values, self.other) for each in kept)

    def columns(self, field: Field) -> tuple[Column, ...]:
        each = [Column(value, "number", self._heading(value)) for value in self.values]
        own = [Column(f"{OTHER}.text", "text", str(say("własna odpowiedź")))] if self.other else []
        return (Column("", "code"), *each, *own)

    def _heading(self, value: str) -> str:
        return str(say("Inne")) if self.other and value == OTHER else self.label(value)

    def cells(self, value: Any) -> Sequence[Any]:
        return self._row(JOINED_CODES.join(str(each) for each in value), value)

    def words(self, value: Any) -> Sequence[Any]:
        return self._row(JOINED_LABELS.join(self.label(each) for each in value), value)

    def _row(self, joined: str, value: Any) -> Sequence[Any]:
        own = [next((each.text for each in value if isinstance(each, Own)), None)] if self.other else []
        return (joined, *(int(option in value) for option in self.values), *own)
