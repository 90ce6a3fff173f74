"""Where an expression finds the answers it names, and what it makes of several of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.expressions.env import Env, Run
from forms.expressions.kinds import accepted
from forms.expressions.tree import Read


def read(node: Read) -> Run:
    """A function from an Env to the answer of that name, None when there is none of its kind."""
    name, accept = node.name, accepted(node.kind)
    if node.own:

        def look(env: Env) -> Any:
            return accept(env.item.get(name)) if env.item is not None else None
    else:

        def look(env: Env) -> Any:
            item = env.item
            return accept(item[name] if item is not None and name in item else env.values.get(name))

    return _outwards(look, node.up)


def _outwards(look: Run, up: int) -> Run:
    """The same look-up from outside `up` conditions of count(…)."""
    if up == 0:
        return look
    nearer = _outwards(look, up - 1)
    return lambda env: None if env.outer is None else nearer(env.outer)


def gathered(env: Env, args: tuple[Run, ...], lists: list[bool]) -> list[Any]:
    """The answered values of all arguments, lists opened."""
    found: list[Any] = []
    for arg, many in zip(args, lists, strict=True):
        value = arg(env)
        if value is not None:
            found.extend(value if many else (value,))
    return found


def answered(value: Any) -> bool:
    """Whether there is anything: a group or a row is answered when one of its fields is."""
    if isinstance(value, Mapping):
        return any(map(answered, value.values()))
    return value not in (None, "", [], ())


def size(value: Any) -> int:
    """How many values there are, where a single one stands for itself."""
    if value is None:
        return 0
    return len(value) if isinstance(value, (list, tuple, set, frozenset)) else 1
