"""A group: several fields that together make one item of a list, or one item when the group does not repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Words, limits
from forms.expressions import Env, Kind
from forms.fields import FieldsKey
from forms.formula import Text
from forms.key import Key
from forms.keys import Boolean, ListOf, Plain, Translated, Whole
from forms.reading import Reading
from forms.source import Node, nearest
from forms.types.base import FieldType
from forms.types.given import Column
from forms.wording import Say, say, say_n

DEEPEST = 2  # a group within a group, no deeper
MOST = 100


@dataclass(frozen=True, eq=False)
class Group(FieldType):
    """A list of items, each a dict of field name to value; one such dict when `repeat` is false.

    A group is not one input: whoever walks the form goes through `fields`, item by item.
    """

    name: ClassVar[str] = "group"
    doc: ClassVar[str] = "Lista pozycji, każda z tych samych pól, na przykład uczestnicy."
    keys: ClassVar[Mapping[str, Key]] = {
        "fields": FieldsKey("Pola jednej pozycji.", required=True, alone=True),
        "min": Whole("Najmniej pozycji.", default=0, most=MOST, as_name="least"),
        "max": Whole("Najwięcej pozycji.", default=MOST, least=1, most=MOST, as_name="most"),
        "item": Translated("Nagłówek pozycji, na przykład: Uczestnik {n}: {imie}."),
        "unique": ListOf("Pola, które razem nie mogą się powtórzyć w dwóch pozycjach.", single=True),
        "key": Plain("Pole, po którym pozycje są rozpoznawane w następnym okresie.", default=""),
        "repeat": Boolean("false: jedna pozycja zamiast listy.", default=True, as_name="repeats"),
    }
    inside: ClassVar[frozenset[str]] = frozenset({"fields", "item", "message", "checks"})
    parts: ClassVar[tuple[str, ...]] = ()
    fieldset: ClassVar[bool] = True

    fields: tuple[Field, ...] = ()
    least: int = 0
    most: int = MOST
    item: Text | None = None
    unique: tuple[str, ...] = ()
    key: str = ""
    repeats: bool = True

    @classmethod
    def build(cls, reading: Reading, node: Node, **values: Any) -> FieldType:
        if len(reading.groups) >= DEEPEST:
            what = say("Grupa może stać w grupie, ale nie głębiej. Przenieś jej pola poziom wyżej.")
            reading.problem(node, "nested-groups", what)
        return cls(**values)

    @property
    def kind(self) -> Kind:
        kinds = {each.name: each.type.kind for each in self.fields if each.type.stores}
        return Kind.group(kinds) if self.repeats else Kind.one(kinds)

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        if self.least > self.most:
            yield (
                "min",
                say("„min” ({min}) jest większe niż „max” ({max}).", min=self.least, max=self.most),
                "min-over-max",
            )
        names = [each.name for each in self.fields]
        if self.key and self.key not in names:
            close = nearest(self.key, names)
            if close:
                what = say("Nie ma pola „{name}” – czy chodziło o „{close}”?", name=self.key, close=close)
            else:
                what = say("Nie ma pola „{name}”.", name=self.key)
            yield "key", what, "unknown-name"
        if not self.repeats:
            for key, set_ in (("min", self.least), ("unique", self.unique), ("key", self.key)):
                if set_:
                    yield (
                        key,
                        say("Klucz „{key}” ma sens tylko w grupie, która się powtarza.", key=key),
                        "not-repeating",
                    )

    def title(self, field: Field, env: Env) -> str:
        """The heading of an item of the group `field` (`env.item`, `env.n`): the key `item`, else label and number.

        What is left hanging where an answer is missing goes: „Uczestnik 2: ” is „Uczestnik 2”.
        """
        if self.item is not None:
            return " ".join(self.item(env).split()).rstrip(" :,–-")
        label = field.label(env)
        return f"{label} {env.n}" if self.repeats and env.n is not None else label

    # --- to people ---

    def described(self, words: Words) -> Described:
        if not self.repeats:
            return Described(lines=0)
        facts = limits(words, self.least or None, self.most, say("Liczba pozycji"))
        names = [words.text(each.label) for each in self.fields if each.name in self.unique]
        if names:
            what = say("Nie może się powtórzyć w dwóch pozycjach: {names}.", names=", ".join(names))
            facts = (*facts, str(what))
        return Described(facts, lines=0)

    def show(self, value: Any) -> str:
        if self.repeats:
            return str(say_n("{n} pozycja", "{n} pozycji", len(value)))
        shown = ((each, value.get(each.name)) for each in self.fields)
        return "; ".join(f"{each.label}: {each.type.show(one)}" for each, one in shown if one is not None)

    # --- to disk and out ---

    def dump(self, value: Any) -> Any:
        if self.repeats:
            return [self._dump_item(item) for item in value]
        return self._dump_item(value)

    def load(self, kept: Any) -> Any:
        if isinstance(kept, list) and self.repeats:
            return [self._load_item(item) for item in kept]
        if isinstance(kept, dict) and not self.repeats:
            return self._load_item(kept)
        raise ValueError("not a stored group")

    def _dump_item(self, item: Mapping[str, Any]) -> dict[str, Any]:
        return {each.name: each.type.dump(item[each.name]) for each in self.fields if item.get(each.name) is not None}

    def _load_item(self, kept: Any) -> dict[str, Any]:
        if not isinstance(kept, dict):
            raise ValueError("not a stored item of a group")
        item = {}
        for each in self.fields:
            name = next((name for name in (each.name, *each.was) if kept.get(name) is not None), None)
            if name is not None and each.type.stores:
                item[each.name] = each.type.load(kept[name])
        return item

    def columns(self, field: Field) -> tuple[Column, ...]:
        """One item's columns; of a repeating group only the number of items: they make a table of their own."""
        if self.repeats:
            return (Column("count", "number", str(say("liczba pozycji"))),)
        return self.item_columns()

    def item_columns(self) -> tuple[Column, ...]:
        """The columns of one item; keys begin with the name of the inner field."""
        return tuple(
            Column(f"{each.name}.{column.key}".rstrip("."), column.kind, _label(each, column))
            for each in self.fields
            if each.type.stores
            for column in each.type.columns(each)
        )

    def cells(self, value: Any) -> Sequence[Any]:
        return (len(value),) if self.repeats else tuple(self.item_cells(value))

    def words(self, value: Any) -> Sequence[Any]:
        return (len(value),) if self.repeats else tuple(self.item_cells(value, words=True))

    def item_cells(self, item: Mapping[str, Any], *, words: bool = False) -> Iterator[Any]:
        """The cells of one item, for `item_columns`; None where nothing was answered."""
        for each in self.fields:
            if not each.type.stores:
                continue
            value = item.get(each.name)
            if value is None:
                yield from (None for _ in each.type.columns(each))
            else:
                yield from each.type.words(value) if words else each.type.cells(value)


def _label(field: Field, column: Column) -> str:
    return f"{field.label} – {column.label}" if column.label else str(field.label)
