"""What the same gmina said a period ago, as the expressions, questions and checks of this form see it.

Group items are found again by the group's `key`, cells of a table by row and column. What is about a person is not told:
whoever fills in the form a period later may be somebody else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from forms.definition import Field

CHANGED = "ZMIANA"
"""The code of the warning that `warn_change` makes; before @ and a path, the key of its explanation."""


@dataclass(frozen=True)
class Before:
    """The response of the previous period, its answers as canonical values under this form."""

    period: str
    answers: Mapping[str, Any]
    explained: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Past:
    """Given as `Env.previous`: called with a name or dotted path it gives the previous answer, None when there is none.

    `find` gives the response, at the first question about it: a page that asks nothing loads nothing.
    """

    fields: Iterable[Field]
    find: Callable[[], Before | None]
    outer: Past | None = None
    group: Field | None = None  # the group whose item this is
    item: Mapping[str, Any] = field(default_factory=dict)  # the answers of that item now

    def __call__(self, path: str) -> Any:
        name, *rest = path.split(".")
        scope: Past | None = self
        while scope is not None and name not in scope._known:
            scope = scope.outer
        if scope is None or scope._level is None:
            return None
        return _value(scope._known[name], scope._level[1].get(name), rest)

    @property
    def before(self) -> Before | None:
        """The whole response of the previous period."""
        return self.find()

    def within(self, group: Field, item: Mapping[str, Any]) -> Past:
        """As an item of a group sees it: the item of the same key comes first."""
        return Past(group.fields, self.find, self, group, item)

    def keys(self, group: Field) -> Iterator[Mapping[str, Any]]:
        """The items that a group had, each with the answer to its key only."""
        items = self._level[1].get(group.name) if self._level is not None else None
        key = group.type.key
        yield from ({key: each[key]} for each in items or () if each.get(key) is not None)

    def explanation(self, name: str, part: str = "") -> str:
        """Why the previous answer was so unlike the one before it, in the words of that time; "" when nobody said."""
        found = self._known.get(name)
        before = self.find()
        if found is None or before is None or self._level is None or not _told(found):
            return ""
        ends = [f"@{self._level[0]}{each}{f'.{part}' if part else ''}" for each in (name, *found.was)]
        whys = [why for key, why in before.explained.items() if any(key.endswith(end) for end in ends)]
        return " ".join(dict.fromkeys(whys))

    @cached_property
    def _known(self) -> Mapping[str, Field]:
        return {each.name: each for each in self.fields}

    @cached_property
    def _level(self) -> tuple[str, Mapping[str, Any]] | None:
        """Where the previous answers of this level stood (the start of their paths), and what they were."""
        if self.outer is None or self.group is None:
            before = self.find()
            return None if before is None else ("", before.answers)
        outer = self.outer._level
        value = outer[1].get(self.group.name) if outer is not None else None
        if outer is None or not value:
            return None
        path = f"{outer[0]}{self.group.name}-"
        if not self.group.type.repeats:
            return path, value
        key = self.group.type.key
        wanted = folded(self.item.get(key))
        for index, item in enumerate(value):
            if wanted is not None and folded(item.get(key)) == wanted:
                return f"{path}{index}-", item
        return None


def _value(each: Field, value: Any, rest: list[str]) -> Any:
    """What stands at the end of a dotted path; of a group that repeats, the list of its items' values."""
    if value is None or not _told(each):
        return None
    if each.fields:
        inner = {one.name: one for one in each.fields}
        if not rest or rest[0] not in inner:
            return value if not rest else None
        if each.type.repeats:
            found = (_value(inner[rest[0]], item.get(rest[0]), rest[1:]) for item in value)
            return [one for one in found if one is not None]
        return _value(inner[rest[0]], value.get(rest[0]), rest[1:])
    value = each.type.complete(value)
    for part in rest:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _told(each: Field) -> bool:
    return not (each.sensitive or each.autocomplete or each.type.personal)


def folded(value: Any) -> Any:
    """A key of an item as it is compared: capitals and blanks do not count; None for none."""
    return " ".join(value.casefold().split()) or None if isinstance(value, str) else value
