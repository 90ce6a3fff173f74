"""The numbers of the law in words: each with its source and the days between which it holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from forms.definition import Step
from forms.limits import Rule, rule_of
from forms.plan import Plan
from forms.wording import Said, long_date, number, say
from views.services import now, services


class Line(NamedTuple):
    """One number: what it limits, the number with its unit, whether it holds today, from when to when, by what rule."""

    label: str
    value: str
    holds: bool
    days: str
    source: str


def of_step(plan: Plan, steps: Iterable[Step]) -> tuple[Line, ...]:
    """The numbers that hold today, of the limits by which the checks of these steps go; those without a source are not law."""
    names = dict.fromkeys(name for step in steps for name in plan.laws.get(step.id, ()))
    if not names:
        return ()
    limits, today = services().catalogue.limits, now().date()
    rules = (rule_of(limits, name, today) for name in names)
    return tuple(_line(rule, today) for rule in rules if rule is not None and rule.source)


def every() -> list[tuple[str, list[Line]]]:
    """(what it limits, its values, the newest first) of every limit that has a name in words; by that name."""
    today = now().date()
    found: list[tuple[str, list[Line]]] = []
    for rules in services().catalogue.limits.values():
        if rules and rules[0].label:
            lines = [_line(rule, today) for rule in sorted(rules, key=_since, reverse=True)]
            found.append((Said(rules[0].label), lines))
    return found


def _since(rule: Rule) -> date:
    return rule.starts or date.min


def _line(rule: Rule, today: date) -> Line:
    holds = _since(rule) <= today <= (rule.ends or date.max)
    unit = rule.unit if rule.unit == "%" else f" {rule.unit}" if rule.unit else ""
    return Line(Said(rule.label), number(rule.value) + unit, holds, _days(rule), Said(rule.source))


def _days(rule: Rule) -> str:
    if rule.starts and rule.ends:
        return str(say("od {start} do {end}", start=long_date(rule.starts), end=long_date(rule.ends)))
    if rule.starts:
        return str(say("od {start}", start=long_date(rule.starts)))
    return str(say("do {end}", end=long_date(rule.ends))) if rule.ends else str(say("bez daty"))
