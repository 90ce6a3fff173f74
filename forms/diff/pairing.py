"""Which field of the new version is which of the old one: by its name, or by a name that it had (`was`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms.definition import Field


@dataclass(frozen=True, slots=True)
class Pairs:
    """The fields of one level (a form, a group, the columns of a table), matched as stored answers are read."""

    kept: tuple[tuple[Field, Field], ...]  # old and new, in the new order
    gone: tuple[Field, ...]
    fresh: tuple[Field, ...]


def pair(old: Iterable[Field], new: Iterable[Field]) -> Pairs:
    """The pairs. A name that both versions have belongs together, whatever `was` says of it elsewhere."""
    left = {each.name: each for each in old}
    fields = list(new)
    names = {each.name for each in fields}
    kept: list[tuple[Field, Field]] = []
    fresh: list[Field] = []
    for each in fields:
        name = next((name for name in (each.name, *each.was) if name in left and name not in names - {each.name}), None)
        if name is None:
            fresh.append(each)
        else:
            kept.append((left.pop(name), each))
    return Pairs(tuple(kept), tuple(left.values()), tuple(fresh))
