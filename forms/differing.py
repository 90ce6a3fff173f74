"""What a correction changed: question by question, as it was and as it is, in the words of one version of the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.definition import Field, Form
from forms.expressions import Env
from forms.wording import say


@dataclass(frozen=True, slots=True)
class Difference:
    """One question whose answer is another now; `old` and `new` are lines of text, none where it was unanswered."""

    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]


def differences(
    form: Form, old: Mapping[str, Any], new: Mapping[str, Any], *, sensitive: bool = True
) -> list[Difference]:
    """The differences between two sets of canonical answers under one form, in its order.

    Of a table only the cells that differ; items of a group are told apart by its `key`, or else by what is equal in them.
    Without `sensitive` those answers are left out.
    """
    return list(_level(form.fields, old, new, Env(old), Env(new), "", sensitive))


def followed(form: Form, old: Mapping[str, Any], new: Mapping[str, Any], path: str) -> str:
    """Where the question at `path` (`projekty-1-koszt`) of the old answers stands in the new ones; "" when its item is gone."""
    fields: Iterable[Field] = form.fields
    was: Any = old
    is_: Any = new
    way: list[str] = []
    parts = path.split("-")
    while parts:
        name = parts.pop(0)
        way.append(name)
        group = next((each for each in fields if each.name == name), None)
        if group is None or not group.fields or not parts:
            return "-".join([*way, *parts])
        was, is_, fields = (was or {}).get(name), (is_ or {}).get(name), group.fields
        if group.type.repeats:
            at = int(parts.pop(0))
            pairs = _pairs(group, was or (), is_ or ())
            now = next((index for index, before in pairs.items() if before == at), None)
            if now is None:
                return ""
            way.append(str(now))
            was, is_ = was[at], is_[now]
    return "-".join(way)


def _level(
    fields: Iterable[Field],
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    before: Env,
    now: Env,
    title: str,
    sensitive: bool,
) -> Iterator[Difference]:
    for each in fields:
        one, other = old.get(each.name), new.get(each.name)
        if one == other or not each.type.stores or (each.sensitive and not sensitive):
            continue
        if not each.fields:
            label = each.label(now) or each.name
            yield Difference(f"{title}{label}", *_lines(each, one, other))
        elif each.type.repeats:
            yield from _items(each, one or [], other or [], before, now, title, sensitive)
        else:
            was, is_ = Env(before.values, one or {}), Env(now.values, other or {})
            yield from _level(each.fields, one or {}, other or {}, was, is_, title, sensitive)


def _items(
    group: Field,
    old: Sequence[Mapping[str, Any]],
    new: Sequence[Mapping[str, Any]],
    before: Env,
    now: Env,
    title: str,
    sensitive: bool,
) -> Iterator[Difference]:
    pairs = _pairs(group, old, new)
    for index, item in enumerate(new):
        inside = Env(now.values, item, index + 1)
        heading = group.type.title(group, inside)
        if index not in pairs:
            yield Difference(f"{title}{heading}", (), (str(say("dodana pozycja")),))
            yield from _level(group.fields, {}, item, before, inside, f"{title}{heading} – ", sensitive)
            continue
        was = old[pairs[index]]
        outside = Env(before.values, was, pairs[index] + 1)
        yield from _level(group.fields, was, item, outside, inside, f"{title}{heading} – ", sensitive)
    for index, item in enumerate(old):
        if index not in pairs.values():
            heading = group.type.title(group, Env(before.values, item, index + 1))
            yield Difference(f"{title}{heading}", (str(say("usunięta pozycja")),), ())


def _pairs(group: Field, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """For each item that stayed, its index now and before: those of one key, then equal ones, then the rest in order."""
    key = group.type.key
    pairs: dict[int, int] = {}
    left = list(range(len(old)))

    def match(index: int, same: Iterable[int]) -> None:
        found = next(iter(same), None)
        if found is not None and index not in pairs:
            pairs[index] = found
            left.remove(found)

    for index, item in enumerate(new):
        if key:
            match(index, (at for at in left if old[at].get(key) == item.get(key)))
        else:
            match(index, (at for at in left if old[at] == item))
    for index in range(0 if key else len(new)):
        match(index, left)
    return pairs


def _lines(each: Field, one: Any, other: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    old, new = (() if value is None else tuple(each.type.details(value)) for value in (one, other))
    if old or new:
        kept = set(old) & set(new)
        return tuple(_told(old, kept)), tuple(_told(new, kept))
    first, second = (() if value is None else (each.type.show(value),) for value in (one, other))
    return first, second


def _told(details: Iterable[tuple[str, str]], kept: set[tuple[str, str]]) -> Iterator[str]:
    return (f"{label}: {text}" for label, text in details if (label, text) not in kept)
