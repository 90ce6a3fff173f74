"""A form tried out before anybody fills it in: many made-up responses at once, and which questions they met."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.definition import Field, Form
from forms.expressions import Env
from forms.plan import Plan
from forms.plausible.filling import Filled, Unfillable, fill
from forms.wording import Say


@dataclass
class Rehearsal:
    """What came of it: the responses that pass by their seed, why others could not be made, and counts by question.

    Questions are counted by path without the numbers of items (`uczestnicy-email`): once for each response.
    """

    made: dict[int, Filled] = field(default_factory=dict)
    refused: dict[int, Say] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    in_time: bool = True  # False: the seconds given were over before the last seed


def rehearse(plan: Plan, env: Env, seeds: Iterable[int], seconds: float) -> Rehearsal:
    """Fills the form in once for each seed, within about so many seconds; nothing is stored."""
    found, until = Rehearsal(), time.monotonic() + seconds
    for seed in seeds:
        if time.monotonic() > until:
            found.in_time = False
            break
        try:
            filled = fill(plan, env, seed)
        except Unfillable as unfillable:
            found.refused[seed] = unfillable.what
            continue
        found.made[seed] = filled
        found.asked.update({place(path) for path in filled.found.asked})
        found.answered.update(set(_answered(plan.form.fields, filled.found.values, "")))
    return found


def questions(form: Form) -> Iterator[tuple[str, Field]]:
    """Every question that people answer, in order, with its path without the numbers of items."""

    def within(fields: Iterable[Field], before: str) -> Iterator[tuple[str, Field]]:
        for each in fields:
            if each.type.asks or each.fields:
                yield f"{before}{each.name}", each
            yield from within(each.fields, f"{before}{each.name}-")

    return within(form.fields, "")


def place(path: str) -> str:
    """A path without the numbers of items."""
    return "-".join(part for part in path.split("-") if not part.isdecimal())


def _answered(fields: Iterable[Field], values: Mapping[str, Any], before: str) -> Iterator[str]:
    for each in fields:
        value = values.get(each.name)
        if value is None or value == []:
            continue
        yield f"{before}{each.name}"
        if each.fields:
            for item in value if each.type.repeats else [value]:
                yield from _answered(each.fields, item, f"{before}{each.name}-")
