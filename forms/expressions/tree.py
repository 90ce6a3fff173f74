"""The checked form of an expression: small frozen nodes, each with its kind and its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from forms.expressions.kinds import Getter, Kind


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression. Two parts are equal when they mean the same, wherever they stand."""

    kind: Kind
    start: int = field(compare=False)
    end: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value written in the expression: text, number, true, false, a date or a span (amount, unit)."""

    value: Any


@dataclass(frozen=True, slots=True)
class Read(Node):
    """A named value. `up` counts the enclosing count(…) conditions to leave; `own` means a field of the item itself."""

    name: str
    up: int = 0
    own: bool = False
    path: str = ""


@dataclass(frozen=True, slots=True)
class Attribute(Node):
    """What stands after a dot."""

    of: Node
    path: str
    get: Getter = field(compare=False)
    live: str = ""  # the attribute, where what is known today comes before what the list says


@dataclass(frozen=True, slots=True)
class Today(Node):
    """The day on which the expression is looked at."""


@dataclass(frozen=True, slots=True)
class ItemNumber(Node):
    """`n`: the number of the item, from 1."""


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """One comparison: == != < <= > >=."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Member(Node):
    """`in` and `not in`; `options` are the values in brackets, otherwise `container` is a set, a list or a text."""

    item: Node
    options: tuple[Node, ...]
    container: Node | None
    negated: bool


@dataclass(frozen=True, slots=True)
class And(Node):
    """All parts hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The part does not hold."""

    of: Node


@dataclass(frozen=True, slots=True)
class If(Node):
    """`then if test else other`."""

    test: Node
    then: Node
    other: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """+ - * / on numbers, or a date + or - a span."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """A number with the opposite sign."""

    of: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of the language with its arguments."""

    name: str
    args: tuple[Node, ...]


def children(node: Node) -> Iterator[Node]:
    """The parts directly inside a node."""
    for name in _parts(node.__class__):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Node))


_PARTS: dict[type[Node], tuple[str, ...]] = {}


def _parts(what: type[Node]) -> tuple[str, ...]:
    """The attributes of a node in which other nodes may stand; looked up once for each class."""
    found = _PARTS.get(what)
    if found is None:
        found = _PARTS[what] = tuple(spec.name for spec in fields(what) if "Node" in str(spec.type))
    return found


def constant(node: Node) -> bool:
    """Whether the value depends on nothing but the expression itself."""
    if isinstance(node, (Read, Today, ItemNumber)) or isinstance(node, Call) and node.name in ("limit", "previous"):
        return False
    return isinstance(node, Literal) or all(constant(part) for part in children(node))
