"""Which conditions of a form its examples have seen hold and not hold: what `flask forms check --coverage` tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from forms.answers import Outcome
from forms.check import Check
from forms.definition import Field
from forms.examples.trying import Limits, attempt
from forms.expressions import Env
from forms.formula import Formula
from forms.plan import Plan
from forms.problems import Problem
from forms.wording import Say, say

CODE = "not-covered"
NEVER_TRUE = say("Żaden przykład nie sprawdza, co się dzieje, gdy ten warunek jest spełniony: {text}")
NEVER_FALSE = say("Żaden przykład nie sprawdza, co się dzieje, gdy ten warunek nie jest spełniony: {text}")


@dataclass
class Seen:
    """A condition, what it belongs to, and how it came out so far."""

    formula: Formula
    thing: Say
    outcomes: set[bool] = field(default_factory=set)


@dataclass(frozen=True)
class Coverage:
    """How many outcomes of how many conditions the examples reach, and what they do not."""

    conditions: int
    reached: int  # of twice as many outcomes
    gaps: tuple[Problem, ...]

    @property
    def percent(self) -> int:
        """The share of outcomes reached, rounded down; a form without conditions is covered."""
        return 100 if not self.conditions else self.reached * 100 // (2 * self.conditions)


def coverage(plan: Plan, file: str, limits: Limits, today: date) -> Coverage:
    """What all the examples of a form reach together."""
    seen = {id(each.formula): each for each in _conditions(plan)}
    for example in plan.form.examples:
        found = attempt(plan, example, limits, today).found
        _Watching(seen, found).form(plan)
    gaps = []
    for each in seen.values():
        if True not in each.outcomes:
            gaps.append(Problem(file, each.formula.place, CODE, _gap(NEVER_TRUE, each), each.thing, "warning"))
        if False not in each.outcomes:
            gaps.append(Problem(file, each.formula.place, CODE, _gap(NEVER_FALSE, each), each.thing, "warning"))
    return Coverage(len(seen), sum(len(each.outcomes) for each in seen.values()), tuple(sorted(gaps)))


def _gap(what: Say, seen: Seen) -> Say:
    return say(what.text, text=seen.formula.text)


def _conditions(plan: Plan) -> Iterator[Seen]:
    """Every condition of the form; one that a definition fixes (`required: true`) is none."""
    for name, formula in plan.form.conditions.items():
        yield Seen(formula, say("warunek „{name}”", name=name))

    def within(fields: Iterable[Field]) -> Iterator[Seen]:
        for each in fields:
            thing = say("pole „{name}”", name=each.name)
            own = [each.when, each.required, *_parts(each), *(check.that for check in each.checks)]
            yield from (Seen(formula, thing) for formula in own if isinstance(formula, Formula))
            yield from within(each.fields)

    for step in plan.form.steps:
        thing = say("krok „{name}”", name=step.id)
        yield from (Seen(formula, thing) for formula in [step.when, *(c.that for c in step.checks)] if formula)
        yield from within(step.fields)
    yield from (Seen(check.that, say("formularz")) for check in plan.form.checks)


def _parts(each: Field) -> Iterator[Formula]:
    """The conditions of what a field is made of: rows, items, options."""
    yield from each.type.parted
    yield from (option.when for option in each.type.options.items if option.when is not None)


@dataclass(frozen=True)
class _Watching:
    """One filled form, looked at condition by condition; what is not reached there says nothing."""

    seen: dict[int, Seen]
    found: Outcome

    def form(self, plan: Plan) -> None:
        """All its conditions."""
        for formula in plan.form.conditions.values():
            self._holds(formula, self.found.env)
        for step in plan.form.steps:
            if step.when is not None:
                self._holds(step.when, self.found.env)
            if step in self.found.steps:
                self._fields(step.fields, "", self.found.env)
                self._checks(step.checks, self.found.env)
        self._checks(plan.form.checks, self.found.env)

    def _fields(self, fields: Iterable[Field], path: str, env: Env) -> None:
        for each in fields:
            here = f"{path}{each.name}"
            if each.when is not None:
                self._holds(each.when, env)
            if here not in self.found.asked:
                continue
            if isinstance(each.required, Formula):
                self._holds(each.required, env)
            for formula in _parts(each):
                self._holds(formula, env)
            items = list(self._items(each, here))
            inside = {inner.name for inner in each.fields}
            for check in each.checks:
                reads_items = bool(items) and bool(check.that.names & inside)
                for _, at in items if reads_items else [(here, env)]:
                    self._checks((check,), at)
            for item, at in items:
                self._fields(each.fields, f"{item}-", at)

    def _items(self, group: Field, path: str) -> Iterator[tuple[str, Env]]:
        if group.fields and not group.type.repeats:
            yield path, self.found.items[path]
        index = 0
        while group.fields and group.type.repeats and (item := f"{path}-{index}") in self.found.items:
            yield item, self.found.items[item]
            index += 1

    def _holds(self, formula: Formula, env: Env) -> None:
        self.seen[id(formula)].outcomes.add(bool(formula(env)))

    def _checks(self, checks: Iterable[Check], env: Env) -> None:
        for check in checks:
            if check.that.expression.fails(env):
                self.seen[id(check.that)].outcomes.add(False)
            elif check.that(env):
                self.seen[id(check.that)].outcomes.add(True)
