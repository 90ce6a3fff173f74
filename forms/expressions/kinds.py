"""What sort of value an expression has, what lies behind the dot, and which stored value counts as answered."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar

from forms.wording import Say, say

Getter = Callable[[Any], Any]

_FAMILIES = {"choice": "text", "datetime": "date"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of value. Plain ones are the constants below; the others are made by the class methods."""

    TEXT: ClassVar[Kind]
    NUMBER: ClassVar[Kind]
    BOOLEAN: ClassVar[Kind]
    DATE: ClassVar[Kind]
    DATETIME: ClassVar[Kind]
    TIME: ClassVar[Kind]
    FILE: ClassVar[Kind]
    ANY: ClassVar[Kind]
    NOTHING: ClassVar[Kind]

    base: str
    name: str = ""
    values: tuple[str, ...] = ()
    other: bool = False
    members: tuple[tuple[str, Kind], ...] = ()
    of: Kind | None = None
    part: bool = False  # its attributes are taken from the whole that it is a part of (an item of a checklist)
    live: frozenset[str] = frozenset()  # attributes of which something newer may be known (`Env.standing`)
    labels: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    getters: Mapping[str, Getter] = field(default_factory=dict, compare=False, repr=False)

    def __hash__(self) -> int:
        return hash((self.base, self.name, len(self.values), len(self.members)))  # enough, and at once

    @classmethod
    def choice(cls, values: Sequence[str], labels: Mapping[str, Any] | None = None, *, other: bool = False) -> Kind:
        """One option's value; with `other` the person may also type a text of their own."""
        return cls("choice", values=tuple(values), other=other, labels=labels or {})

    @classmethod
    def choices(cls, values: Sequence[str], labels: Mapping[str, Any] | None = None, *, other: bool = False) -> Kind:
        """A set of option values, kept as a tuple of texts."""
        return cls("choices", values=tuple(values), other=other, labels=labels or {})

    @classmethod
    def record(
        cls,
        name: str,
        attributes: Mapping[str, tuple[Kind, Getter]],
        of: Kind | None = None,
        *,
        part: bool = False,
        live: frozenset[str] = frozenset(),
    ) -> Kind:
        """A value (`of`, a text by default) with attributes; a getter gets it and gives None when it has none."""
        members = tuple((attribute, kind) for attribute, (kind, _) in attributes.items())
        getters = {attribute: getter for attribute, (_, getter) in attributes.items()}
        return cls("record", name=name, members=members, of=of or cls.TEXT, part=part, live=live, getters=getters)

    @classmethod
    def group(cls, fields: Mapping[str, Kind]) -> Kind:
        """A repeating group: a list of items, each a dict of name to value."""
        return cls("group", members=tuple(fields.items()))

    @classmethod
    def one(cls, fields: Mapping[str, Kind]) -> Kind:
        """A group that does not repeat, or one row of a table: a dict of name to value."""
        return cls("one", members=tuple(fields.items()))

    @classmethod
    def list(cls, of: Kind) -> Kind:
        """A list of answered values of one kind."""
        return cls("list", of=of)

    @classmethod
    def table(cls, rows: Mapping[str, Mapping[str, Kind]]) -> Kind:
        """A table: a dict of row to dict of column to value."""
        return cls("table", members=tuple((row, cls.one(columns)) for row, columns in rows.items()))

    @property
    def family(self) -> str:
        """The word by which kinds are compared: an option or a code is a text, a moment is a date."""
        if self.base == "record" and self.of is not None:
            return self.of.family
        return _FAMILIES.get(self.base, self.base)

    @property
    def attributes(self) -> tuple[str, ...]:
        """The names that may stand after a dot."""
        if self.base == "list" and self.of is not None:
            return self.of.attributes
        names = [name for name, _ in self.members]
        if self.base == "table":
            names += [column for _, row in self.members for column, _ in row.members]
        return tuple(dict.fromkeys(names))


TEXT = Kind.TEXT = Kind("text")
NUMBER = Kind.NUMBER = Kind("number")
BOOLEAN = Kind.BOOLEAN = Kind("boolean")
DATE = Kind.DATE = Kind("date")
DATETIME = Kind.DATETIME = Kind("datetime")
TIME = Kind.TIME = Kind("time")
FILE = Kind.FILE = Kind("file")
ANY = Kind.ANY = Kind("any")
NOTHING = Kind.NOTHING = Kind("nothing")
SPAN = Kind("span")  # `24 months`; lives only beside a date

KIND_WORDS: Mapping[str, Say] = {
    "text": say("tekst"),
    "number": say("liczba"),
    "boolean": say("odpowiedź tak lub nie"),
    "date": say("data"),
    "datetime": say("data i godzina"),
    "time": say("godzina"),
    "file": say("plik"),
    "any": say("dowolna wartość"),
    "nothing": say("treść bez odpowiedzi"),
    "span": say("odstęp czasu"),
    "choice": say("jedna z opcji"),
    "choices": say("zestaw zaznaczonych opcji"),
    "record": say("wartość z listy"),
    "group": say("lista pozycji"),
    "one": say("grupa pól"),
    "list": say("lista wartości"),
    "table": say("tabela"),
}


def fold(text: str) -> str:
    """A text as it is compared: without surrounding blanks, case and differences of Unicode spelling."""
    if text.isascii():
        return text.strip().lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).strip().casefold())


def _number(value: Any) -> Decimal | None:
    if value.__class__ is Decimal:
        return value if value.is_finite() else None
    return Decimal(value) if value.__class__ is int else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time()) if isinstance(value, date) else None


def _set(value: Any) -> Any:
    if not isinstance(value, (tuple, list, set, frozenset)):
        return None
    return tuple(each for each in value if isinstance(each, str) and each) or None


def _items(value: Any) -> Any:
    if not isinstance(value, (list, tuple)):
        return None
    return [item for item in value if isinstance(item, Mapping)] or None


def _mapping(value: Any) -> Any:
    return value if isinstance(value, Mapping) and value else None


def _anything(value: Any) -> Any:
    if value.__class__ is int:
        return Decimal(value)
    return None if value is None or value == "" or value == () or value == [] else value


_ACCEPTED: Mapping[str, Getter] = {
    "number": _number,
    "text": _text,
    "choice": _text,
    "boolean": lambda value: value if value is True or value is False else None,
    "date": _day,
    "datetime": _moment,
    "time": lambda value: value if isinstance(value, time) else None,
    "choices": _set,
    "group": _items,
    "one": _mapping,
    "table": _mapping,
}


def accepted(kind: Kind) -> Getter:
    """A function from a stored value to the value an expression sees; what does not fit the kind counts as unanswered.

    Drafts outlive the definition they were begun under, so a value of another type must be harmless.
    """
    if kind.base == "record" and kind.of is not None:
        return accepted(kind.of)
    if kind.base == "list" and kind.of is not None:
        each = accepted(kind.of)
        return lambda value: [x for raw in value if (x := each(raw)) is not None] if isinstance(value, list) else None
    return _ACCEPTED.get(kind.base, _anything)


def attribute(kind: Kind, name: str) -> tuple[Kind, Getter] | None:
    """What `.name` means on a value of this kind: its kind and a function that takes it; None when there is none."""
    if kind.base == "list" and kind.of is not None:
        inner = attribute(kind.of, name)
        return _spread(inner[0], inner[1]) if inner else None
    found = dict(kind.members).get(name)
    if kind.base == "table" and found is None:
        return _column(kind, name)
    if found is None:
        return None
    accept = accepted(found)
    if kind.base == "record":
        getter = kind.getters[name]
        return found, lambda value: accept(getter(value))
    if kind.base == "group":
        return _spread(found, lambda item: accept(item.get(name)))
    return found, lambda value: accept(value.get(name))


def _column(table: Kind, name: str) -> tuple[Kind, Getter] | None:
    """A table's column: its values in all rows that have it."""
    cells = {row: cell for row, columns in table.members if (cell := dict(columns.members).get(name))}
    if not cells:
        return None
    accepts = {row: accepted(cell) for row, cell in cells.items()}

    def column(value: Any) -> Any:
        rows = ((accept, value.get(row)) for row, accept in accepts.items())
        return [x for accept, row in rows if isinstance(row, Mapping) and (x := accept(row.get(name))) is not None]

    return Kind.list(next(iter(cells.values()))), column


def _spread(kind: Kind, getter: Getter) -> tuple[Kind, Getter]:
    """An attribute of every element of a list; lists in a list become one list."""
    if kind.base in ("list", "group", "choices"):
        flat = kind if kind.base != "choices" else Kind.list(Kind.choice(kind.values, kind.labels, other=kind.other))
        return flat, lambda items: [x for item in items for x in getter(item) or ()]
    return Kind.list(kind), lambda items: [x for item in items if (x := getter(item)) is not None]
