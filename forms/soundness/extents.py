"""Between which values a part of an expression lies, as far as the definition fixes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

from forms.definition import Field
from forms.expressions.domains import OPEN, Domain
from forms.expressions.functions import EXACT, wall
from forms.expressions.tree import Arithmetic, Attribute, Call, Literal, Negative, Node, Read

Extent = tuple[Any, Any]
FREE: Extent = (None, None)


def domain(node: Node, fields: Mapping[str, Field]) -> Domain:
    """The answers that a part of an expression may have; names in it are paths in `fields`."""
    found = fields.get(node.name) if isinstance(node, Read) else None
    if found is not None and found.type.only:
        return Domain(values=found.type.only)
    if found is not None and node.kind.base == "choice":
        return Domain(every=True) if found.type.conditional else OPEN
    if node.kind.family not in ("number", "date"):
        return OPEN
    least, most = extent(node, fields)
    whole = _whole(node, fields)
    return Domain(least, most, whole) if least is not None or most is not None or whole else OPEN


def extent(node: Node, fields: Mapping[str, Field]) -> Extent:
    """The least and the greatest value, None where there is no limit: an answered value is never outside."""
    match node:
        case Literal(value=Decimal() | date()):
            return node.value, node.value
        case Read(name=name):
            return _answer(fields.get(name), node)
        case Negative(of=of):
            least, most = extent(of, fields)
            return _negative(most), _negative(least)
        case Arithmetic(op=op, left=left, right=right):
            if left.kind.family == "number" and right.kind.family == "number":
                return _calculated(op, extent(left, fields), extent(right, fields))
            if op == "-" and left.kind.base == right.kind.base and left.kind.base in ("date", "datetime"):
                return _sign(extent(left, fields), extent(right, fields))
        case Call(name="count", args=(counted,)):
            return Decimal(0), _size(counted, fields)
        case Call(name="count", args=(counted, _)):
            return Decimal(0), _size(counted, fields)
        case Call(name="abs" | "length"):
            return Decimal(0), None
    return FREE


def _answer(field: Field | None, node: Node) -> Extent:
    """The limits of a field; those of a number as decimals."""
    if field is None or node.kind.family not in ("number", "date"):
        return FREE
    least, most = field.type.extent
    if node.kind.family == "number":
        least, most = (None if bound is None else Decimal(bound) for bound in (least, most))
    return least, most


def _calculated(op: str, left: Extent, right: Extent) -> Extent:
    if op == "-":
        op, right = "+", (_negative(right[1]), _negative(right[0]))
    if op == "+":
        return _each(EXACT.add, left[0], right[0]), _each(EXACT.add, left[1], right[1])
    if op == "*" and None not in (*left, *right):
        corners = [EXACT.multiply(a, b) for a, b in product(left, right)]
        return min(corners), max(corners)
    return FREE


def _sign(left: Extent, right: Extent) -> Extent:
    """For two dates that are compared: 1 when the first is the later one, -1 when it is the earlier."""
    (least, most), (start, end) = (tuple(None if x is None else wall(x) for x in pair) for pair in (left, right))
    low: Decimal | None = None
    high: Decimal | None = None
    if least is not None and end is not None and least >= end:
        low = Decimal(1 if least > end else 0)
    if most is not None and start is not None and most <= start:
        high = Decimal(-1 if most < start else 0)
    return low, high


def _each(calculate: Callable[[Decimal, Decimal], Decimal], a: Decimal | None, b: Decimal | None) -> Decimal | None:
    return None if a is None or b is None else calculate(a, b)


def _negative(value: Decimal | None) -> Decimal | None:
    return None if value is None else EXACT.minus(value)


def _size(counted: Node, fields: Mapping[str, Field]) -> Decimal | None:
    """How many there can be of what is counted."""
    if counted.kind.base == "choices":
        return Decimal(len(counted.kind.values))
    if counted.kind.base == "group" and isinstance(counted, Read) and counted.name in fields:
        return Decimal(fields[counted.name].type.most)
    return None


def _whole(node: Node, fields: Mapping[str, Field]) -> bool:
    if isinstance(node, Read):
        return node.name in fields and fields[node.name].type.whole
    if isinstance(node, Literal):
        return isinstance(node.value, Decimal) and node.value == node.value.to_integral_value()
    if isinstance(node, Arithmetic) and node.op in "+-*":
        return node.kind.family == "number" and _whole(node.left, fields) and _whole(node.right, fields)
    return isinstance(node, Negative) and _whole(node.of, fields)


def strict(node: Node) -> frozenset[str]:
    """The names without whose answers the value of a node is unanswered."""
    match node:
        case Read(name=name, own=False):
            return frozenset((name,))
        case Attribute(of=of) | Negative(of=of):
            return strict(of)
        case Arithmetic(left=left, right=right):
            return strict(left) | strict(right)
        case Call(name="answered" | "change", args=(asked,)):
            return strict(asked)
    return frozenset()
