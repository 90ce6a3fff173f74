"""Examples in a definition: answers that somebody might give and what must come of them (chapter 8 of the language).

Here they are read and their names checked; `forms.examples.trying` runs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms import source
from forms.definition import Field, Form, Formula
from forms.keys import WRONG, Boolean, Key, ListOf, Plain, Struct
from forms.problems import Place, nearest
from forms.reading import Reading
from forms.source import Node, Scalar
from forms.wording import say

NOWHERE = Place(1, 1, 2)
FORM = "form"  # in `errors`: a check of the whole form that stands at no field
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _nothing() -> source.Mapping:
    return source.Mapping(NOWHERE, ())


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come of an example's answers; each expectation with its place, None where nothing is expected."""

    valid: tuple[bool, Place] | None = None
    asked: tuple[tuple[str, Place], ...] = ()
    not_asked: tuple[tuple[str, Place], ...] = ()
    errors: source.Mapping | None = None
    values: tuple[tuple[Formula, Node], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One example. `answers` are YAML nodes as the author wrote them; `explain` answers warnings, by code or field;
    `previous` is what the same gmina answered a period ago."""

    name: tuple[str, Place]
    expect: Expected
    answers: source.Mapping = field(default_factory=_nothing)
    explain: source.Mapping = field(default_factory=_nothing)
    today: date | None = None
    previous: source.Mapping = field(default_factory=_nothing)


@dataclass(frozen=True)
class Placed(Key):
    """Another key's value together with its place."""

    key: Key = field(default_factory=Plain)

    def read(self, node: Node, reading: Reading) -> Any:
        value = self.key.read(node, reading)
        return WRONG if value is WRONG else (value, node.place)

    def schema(self) -> dict[str, Any]:
        return self.key.schema()


@dataclass(frozen=True)
class Pairs(Key):
    """Any `name: value` pairs, kept as they are written: what they mean is known once all fields are."""

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, source.Mapping):
            return node
        reading.problem(node, "not-a-mapping", say("Tu powinny stać pary „nazwa: wartość”."))
        return WRONG

    def schema(self) -> dict[str, Any]:
        return {"type": "object"}


@dataclass(frozen=True)
class ValuesKey(Key):
    """Pairs of an expression and the value that it must have."""

    default: Any = ()

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, source.Mapping):
            return Pairs().read(node, reading)
        return tuple((reading.formula(entry.key, role="check"), entry.value) for entry in node.entries)

    def schema(self) -> dict[str, Any]:
        return {"type": "object"}


@dataclass(frozen=True)
class DayKey(Key):
    """A day, written as 2027-03-09."""

    def read(self, node: Node, reading: Reading) -> Any:
        try:
            return date.fromisoformat(node.text if isinstance(node, Scalar) and DAY.fullmatch(node.text) else "")
        except ValueError:
            reading.problem(node, "not-a-day", say("Tu powinien stać dzień, na przykład 2027-03-09."))
            return WRONG

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


EXPECTED: dict[str, Key] = {
    "valid": Placed("Czy te odpowiedzi można wysłać.", key=Boolean()),
    "asked": ListOf(
        "Pola i kroki, które muszą być pytane; pozycje grupy liczą się od 1, na przykład uczestnicy.2.email.",
        item=Placed(),
        single=True,
    ),
    "not_asked": ListOf("Pola i kroki, których nie wolno pytać.", item=Placed(), single=True),
    "errors": Pairs(
        "Wszystkie błędy w podanych odpowiedziach: pole i kod, rodzaj albo treść błędu; {} znaczy: żadnego. "
        "To, czego przykład nie podaje, liczy się tylko w „valid”."
    ),
    "values": ValuesKey(
        "Wyrażenia i wartości, które muszą mieć; ułamek jest porównywany do tylu miejsc, ile zapisano."
    ),
}
EXAMPLE: dict[str, Key] = {
    "name": Placed("Co przykład pokazuje.", required=True),
    "answers": Pairs(
        "Odpowiedzi tak, jak wpisuje je człowiek albo jak są zapisane; pominięte pola mają wartość domyślną albo są puste.",
        default=_nothing(),
    ),
    "previous": Pairs("Odpowiedzi tej samej gminy z poprzedniego okresu, w formularzu z „period”.", default=_nothing()),
    "explain": Pairs("Wyjaśnienia ostrzeżeń: kod albo pole i treść.", default=_nothing()),
    "today": DayKey("Dzień wypełniania; zwykle dzień otwarcia formularza, a bez niego dzisiejszy."),
    "expect": Struct("Co musi z tego wyniknąć.", keys=EXPECTED, build=Expected, required=True),
}
EXAMPLES = ListOf("Przykłady, które sprawdza „forms check”.", item=Struct(keys=EXAMPLE, build=Example))


@dataclass(frozen=True, slots=True)
class Target:
    """What a dotted name in an example stands for: a field (in every item, or in one), perhaps a part of its answer."""

    pattern: re.Pattern[str]
    part: str = ""

    def means(self, path: str) -> bool:
        """Whether the field at this path (`uczestnicy-0-email`) is meant."""
        return self.pattern.fullmatch(path) is not None


def target(form: Form, name: str) -> Target | None:
    """The field that `email`, `uczestnicy.email`, `uczestnicy.1.email` (items count from 1) or `oceny.A01` names.

    The first name is sought among the form's fields, then within groups. None when there is no such field.
    """
    first, *rest = name.split(".")
    top = next((each for each in form.fields if each.name == first), None)
    found = top or next((each for each in _within(form.fields) if each.name == first), None)
    if found is None:
        return None
    pattern = re.escape(first) if top else f"(.*-)?{re.escape(first)}"
    while rest and found.fields:
        word = rest.pop(0)
        inner = next((each for each in found.fields if each.name == word), None)
        if inner is not None:
            found, pattern = inner, rf"{pattern}(-\d+)?-{re.escape(word)}"
        elif word.isdecimal() and found.type.repeats and int(word) > 0 and rest:
            inner = next((each for each in found.fields if each.name == rest[0]), None)
            if inner is None:
                return None
            found, pattern = inner, f"{pattern}-{int(word) - 1}-{re.escape(rest.pop(0))}"
        else:
            return None
    part = ".".join(rest)
    if part and not any(each == part or each.startswith(f"{part}.") for each in found.type.parts):
        return None
    return Target(re.compile(pattern), part)


def verify(form: Form, reading: Reading) -> None:
    """Notes every name in the examples that the form does not have, and answers of a wrong shape."""
    names = {each.name for each in form.fields} | {each.name for each in _within(form.fields)}
    steps = {step.id for step in form.steps}

    def unknown(name: str, at: Node | Place, known: Iterable[str]) -> None:
        close = nearest(name.rpartition(".")[2], known)
        what = say("Nie ma pola „{name}”.", name=name)
        if close:
            what = say("Nie ma pola „{name}” – czy chodziło o „{close}”?", name=name, close=close)
        reading.problem(at, "unknown-name", what)

    def answers(fields: Iterable[Field], node: Node) -> None:
        if not isinstance(node, source.Mapping):
            reading.problem(node, "not-a-mapping", say("Tu powinny stać pary „nazwa: wartość”."))
            return
        known = {each.name: each for each in fields if each.type.stores}
        for entry in node.entries:
            each = known.get(entry.key.text)
            if each is None:
                unknown(entry.key.text, entry.key, known)
            elif each.type.decides:
                what = say("Na pole „{name}” nikt nie odpowiada. Jego wartość wpisz w „values”.", name=each.name)
                reading.problem(entry.key, "not-answered", what)
            elif each.fields and each.type.repeats and isinstance(entry.value, source.Sequence):
                for item in entry.value.items:
                    answers(each.fields, item)
            elif each.fields and each.type.repeats:
                reading.problem(entry.value, "not-a-list", say("Tu powinna stać lista pozycji, każda po myślniku."))
            elif each.fields:
                answers(each.fields, entry.value)

    for example in form.examples:
        with reading.within(say("przykład „{name}”", name=example.name[0])):
            answers(form.fields, example.answers)
            answers(form.fields, example.previous)
            if form.period is None and example.previous.entries:
                what = say("„previous” to odpowiedzi z poprzedniego okresu – dodaj do formularza klucz „period”.")
                reading.problem(example.previous, "no-period", what)
            for name, place in (*example.expect.asked, *example.expect.not_asked):
                found = target(form, name)
                if name not in steps and (found is None or found.part):
                    unknown(name, place, {*names, *steps})
            for entry in example.expect.errors.entries if example.expect.errors is not None else ():
                if entry.key.text not in {*steps, FORM} and target(form, entry.key.text) is None:
                    unknown(entry.key.text, entry.key, {*names, *steps})


def _within(fields: Iterable[Field]) -> Iterator[Field]:
    for each in fields:
        yield from each.fields
        yield from _within(each.fields)


def pairs(node: source.Mapping) -> Mapping[str, Node]:
    """The values of a mapping by key."""
    return {entry.key.text: entry.value for entry in node.entries}
