"""Examples in a definition: answers that somebody might give and what must come of them (chapter 8 of the language).

Here they are read; `forms.examples.names` checks the names in them and `forms.examples.trying` runs them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms import source
from forms.formula import Formula
from forms.key import WRONG, Key
from forms.keys import Boolean, ListOf, Placed, Struct
from forms.problems import Place
from forms.reading import Reading
from forms.source import Node, Scalar
from forms.wording import say

NOWHERE = Place(1, 1, 2)
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


def pairs(node: source.Mapping) -> Mapping[str, Node]:
    """The values of a mapping by key."""
    return {entry.key.text: entry.value for entry in node.entries}
