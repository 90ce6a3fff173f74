"""A place at an event: one of the events that the form declares, kept as its id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Words, ticks
from forms.events import Event
from forms.events.keys import ID, unknown_event
from forms.events.words import fixed, when_and_where, worded
from forms.expressions import Env, Kind
from forms.formula import Text
from forms.key import Key
from forms.keys import ListOf, Plain, Translated
from forms.options import Option, Options
from forms.reading import Reading
from forms.source import Mapping as MappingNode
from forms.source import Node
from forms.types.choosing import CHOOSE, Choosing
from forms.types.given import Column, Refused, Typed
from forms.types.line import first
from forms.wording import Said, Say, say

ATTRIBUTES: Mapping[str, Kind] = {
    "starts": Kind.DATETIME,
    "ends": Kind.DATETIME,
    "place": Kind.TEXT,
    "title": Kind.TEXT,
}


@dataclass(frozen=True, eq=False)
class EventField(Choosing):
    """One event of those offered; with `none` one may say that one takes no place, which is no answer."""

    name: ClassVar[str] = "event"
    doc: ClassVar[str] = "Miejsce na wydarzeniu z listy „events” formularza."
    keys: ClassVar[Mapping[str, Key]] = {
        "group": Plain("Do wyboru są wydarzenia tej grupy; bez „group” i „events” – wszystkie.", pattern=ID, example="M1"),
        "events": ListOf("Do wyboru są te wydarzenia.", item=Plain(pattern=ID, example="M1-T1"), single=True),
        "for": Plain(
            "Grupa, której każda pozycja zajmuje miejsce: termin wybiera się raz dla wszystkich.",
            default="", as_name="seats_of", pattern=r"[a-z][a-z0-9_]{0,62}", example="uczestnicy",
        ),
        "none": Translated("Odpowiedź, która nie zajmuje miejsca, na przykład „nie biorę udziału”."),
    }  # fmt: skip
    example: ClassVar[str] = "M1-T1"
    fieldset: ClassVar[bool] = True

    group: str | None = None
    events: tuple[str, ...] = ()
    seats_of: str = ""
    none: Text | None = None
    among: Mapping[str, Event] = field(default_factory=dict)

    @classmethod
    def build(cls, reading: Reading, node: Node, **values: Any) -> EventField:
        """The type with the events that it offers, in the order in which the form declares them."""
        known = {event.id: event for event in reading.events}
        group, names = values["group"], values["events"]
        if group is not None and group not in {event.group for event in known.values()}:
            groups = sorted({event.group for event in known.values()} - {""})
            reading.problem(_at(node, "group"), "unknown-event", unknown_event(group, groups, group=True))
        for position, name in enumerate(names):
            if name not in known:
                at = getattr(_at(node, "events"), "items", ())
                where = at[position] if position < len(at) else _at(node, "events")
                reading.problem(where, "unknown-event", unknown_event(name, known, group=False))
        if not known:
            what = say("Formularz nie ma wydarzeń – opisz je w „events” formularza.")
            reading.problem(_at(node, "type"), "no-events", what)
        offered = {event.id: event for event in known.values() if _offers(event, group, names)}
        options = Options(tuple(_option(event) for event in offered.values()))
        return cls(**values, among=offered, options=options)

    # A class constant in the base: whether one may leave the question blank depends here on a key.
    @property
    def marked(self) -> bool:  # type: ignore[override]
        return self.none is not None

    @property
    def kind(self) -> Kind:
        getters = {name: (kind, self._getter(name)) for name, kind in ATTRIBUTES.items()}
        return Kind.record("event", getters, of=Kind.choice(self.values, self.options.labels))

    def _getter(self, name: str) -> Any:
        def get(value: str) -> datetime | str | None:
            event = self.among.get(value)
            found = getattr(event, name) if event is not None else None
            return fixed(found) if isinstance(found, Text) else found

        return get

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        if self.group and self.events:
            yield "events", say("Podaj „group” albo „events”, nie jedno i drugie."), "group-and-events"

    def missing(self, field: Field) -> Say:
        return say("Wybierz odpowiedź: {label}.", label=str(field.label).rstrip(".:"))

    def parse(self, typed: Typed, field: Field) -> str:
        value = first(typed).strip()
        if self.options.get(value) is None:
            raise Refused("option", CHOOSE)
        return value

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        return None if self.still((value,), env) else Refused("option", CHOOSE)

    def typed(self, value: Any) -> Typed:
        return {"": [value]}

    def fills(self, typed: Typed) -> Iterable[tuple[str, str | bool]]:
        chosen = first(typed)
        yield f"chosen:{chosen}", True
        if chosen:
            yield "chosen:", False  # „nie biorę udziału” is marked until something else is

    def seats(self, path: str) -> Mapping[str, Event]:
        return self.among

    def show(self, value: Any) -> str:
        event = self.among.get(value)
        if event is None:
            return str(value)
        return Said(", ".join(part for part in (fixed(event.title), when_and_where(event)) if part))

    def described(self, words: Words) -> Described:
        return Described(ticks=ticks(words, self.options.items, self.none))

    def load(self, kept: Any) -> str:
        if not isinstance(kept, str) or kept not in self.among:
            raise ValueError("not an event of the form")
        return kept

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", "code"), Column("label", "text", str(say("nazwa"))))

    def cells(self, value: Any) -> Sequence[Any]:
        return (value, self.label(value))


def _offers(event: Event, group: str | None, names: Sequence[str]) -> bool:
    return event.id in names if names else group is None or event.group == group


def _option(event: Event) -> Option:
    """An event among answers: its title, and when and where it is beneath."""
    hint = worded(lambda: when_and_where(event)) if event.starts or event.place else None
    return Option(event.id, event.title, hint)


def _at(node: Node, key: str) -> Node:
    return (node.get(key) if isinstance(node, MappingNode) else None) or node
