"""How two answered values are compared, and a value looked for among others."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from forms.expressions.functions import wall
from forms.expressions.kinds import ANY, TEXT, Kind, fold

OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def comparison(op: str, left: Kind, right: Kind) -> Callable[[Any, Any], bool]:
    """How two answered values of these kinds are compared."""
    test = OPERATORS[op]
    families = {left.family, right.family}
    if families == {"text"}:
        return lambda a, b: test(fold(a), fold(b))
    if families == {"date"}:
        if left.base == right.base == "date":
            return test
        if left.base == right.base:
            return lambda a, b: test(wall(a), wall(b))
        return lambda a, b: test(wall(a).date(), wall(b).date())
    if "any" in families:
        return lambda a, b: _loosely(test, a, b)
    return test


def _loosely(test: Callable[[Any, Any], bool], a: Any, b: Any) -> bool:
    """Compares values of a kind that is not known before; what cannot be compared is not equal, less or more."""
    if isinstance(a, str) and isinstance(b, str):
        return test(fold(a), fold(b))
    if isinstance(a, date) and isinstance(b, date):
        a, b = wall(a), wall(b)
    try:
        return bool(test(a, b))
    except TypeError:
        return False


def containing(kind: Kind) -> Callable[[Any, Any], bool]:
    """How a value is looked for in a container of this kind."""
    if kind.family == "text":
        return lambda value, text: fold(value) in fold(text)
    of = kind.of if kind.base == "list" and kind.of is not None else TEXT if kind.base == "choices" else ANY
    same = comparison("==", of, of)
    if kind.base == "any":
        return lambda value, whole: (
            isinstance(whole, (list, tuple, set, frozenset)) and any(same(value, each) for each in whole)
        )
    return lambda value, whole: any(same(value, each) for each in whole)
