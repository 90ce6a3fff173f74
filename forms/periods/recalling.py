"""An item added by hand that the previous period knows by its key: its unanswered `prefill` questions are filled from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from forms.definition import Field
from forms.periods.following import prefilled
from forms.periods.past import Past, folded


def recalls(each: Field) -> bool:
    """Whether items of this question are found again by their key, and something in them is copied then."""
    return bool(each.type.key) and any(inner.prefill for inner in each.fields)


def keys_of(groups: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, set[Any]]:
    """By group, the keys that its items have; to be taken down before what was sent is read."""
    return {
        group.name: {folded(item.get(group.type.key)) for item in answers.get(group.name) or ()} for group in groups
    }


def recall(
    groups: Iterable[Field], before: Mapping[str, set[Any]], answers: Mapping[str, Any], past: Past
) -> list[str]:
    """Fills in, in place, what is unanswered in items whose key has only now been given; the paths of those items."""
    found = []
    for group in groups:
        for index, item in enumerate(answers.get(group.name) or ()):
            key = folded(item.get(group.type.key))
            if key is None or key in before[group.name]:
                continue
            inside, filled = past.within(group, item), False
            for each in group.fields:
                if each.prefill and item.get(each.name) is None and (value := prefilled(each, inside)) is not None:
                    item[each.name], filled = value, True
            if filled:
                found.append(f"{group.name}-{index}")
    return found
