"""How far somebody has come with a form: the share of its questions that are done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from forms.answers import Working, holds, walk
from forms.definition import Field
from forms.expressions import Env
from forms.plan import Plan


def share(plan: Plan, working: Working, env: Env) -> float:
    """Between 0 and 1. Done is a question that is answered, or may be left blank and stands on a step that was saved.

    Only the questions asked now count; those of steps nobody has saved yet are not done, whatever they begin with. One walk.
    """
    found = walk(plan, working, env)
    total = done = 0
    for step in found.steps:
        saved = step.id in working.seen
        for _, answered, required in questions(step.fields, "", found.values, found.asked, found.env, found.items):
            total += 1
            done += saved and (answered or not required)
    return done / total if total else 0.0


def questions(
    fields: Iterable[Field], path: str, values: Any, asked: set[str], env: Env, items: dict[str, Env]
) -> Iterator[tuple[Field, bool, bool]]:
    """Each question asked, in the items of groups too; whether it is answered, and whether it must be as things stand.

    `path` leads to these fields (with "-" at its end), `values` and `env` are theirs, `asked` and `items` those of the walk.
    """
    for each in fields:
        here = f"{path}{each.name}"
        if here not in asked:
            continue
        value = values.get(each.name)
        if not each.fields:
            if each.type.asks:
                yield each, value is not None, holds(each.required, env)
            continue
        for index, item in enumerate(value or ()) if each.type.repeats else [(None, value or {})]:
            inside = here if index is None else f"{here}-{index}"
            yield from questions(each.fields, f"{inside}-", item, asked, items.get(inside, env), items)
