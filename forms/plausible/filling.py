"""Filling in a whole form with made-up answers that pass: draw what is asked, judge, draw again what does not pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from forms.answers import Answers, Outcome, Working, holds
from forms.definition import Field
from forms.examples.trying import dotted
from forms.expressions import Env
from forms.judging import Failure, judge
from forms.plan import Plan
from forms.plausible.aiming import aim
from forms.plausible.attempt import Attempt
from forms.plausible.reading import Rule, broken, leaves, words_of
from forms.plausible.samples import sample
from forms.wording import Say, say

ANSWERED = 0.65  # how many of the questions that may be left blank are answered
ROUNDS = 12  # answers make further questions appear; no form asks in more rounds than this
AT_ONCE = 4  # attempts in which everything that does not pass is drawn again
ATTEMPTS = 600
AIMED = 0.9  # how often a check between numbers or days is met by calculation; otherwise by chance
WORSE = 0.05  # how often a change is kept that makes more fail: the way out of a dead end
EXPLANATION = "Sprawdziliśmy, tak jest w dokumentach."


class Unfillable(Exception):
    """No answers were found that pass; `what` names the check that stayed in the way."""

    def __init__(self, what: Say) -> None:
        super().__init__(str(what))
        self.what = what


@dataclass
class Filled:
    """A form filled in: the working copy, what the walk found, and what does not pass (nothing, unless it was spoilt)."""

    working: Working
    found: Outcome
    failures: list[Failure] = field(default_factory=list)


def fill(plan: Plan, env: Env, seed: int) -> Filled:
    """Answers that pass, always the same for one seed. Raises Unfillable when none were found."""
    return Filling(plan, env, chance(plan, seed)).solve()


def chance(plan: Plan, seed: int, what: str = "") -> Random:
    """The same throws of the dice for the same form, seed and purpose."""
    return Random(f"{plan.form.slug}-{seed}-{what}")  # noqa: S311 – nothing here is secret


@dataclass
class Filling(Attempt):
    """One form being filled in."""

    decided: set[str] = field(default_factory=set)  # paths that hold an answer or were left blank on purpose

    def __post_init__(self) -> None:
        self.working.seen = {step.id for step in self.plan.form.steps}

    def solve(self) -> Filled:
        """Draws, judges and repairs until everything passes."""
        found = self.draw()
        failures = self.failures(found)
        for attempt in range(ATTEMPTS):
            if not failures:
                return Filled(self.working, found)
            before = _copy(self.working.answers), set(self.decided)
            for failure in failures if attempt < AT_ONCE else [self.rng.choice(failures)]:
                self.repair(failure, found)
            again = self.draw()
            left = self.failures(again)
            if len(left) > len(failures) and attempt >= AT_ONCE and self.rng.random() > WORSE:
                self.working.answers, self.decided = before
                found = self.draw()
            else:
                found, failures = again, left
        raise Unfillable(_told(failures[0]))

    # --- drawing ---

    def draw(self) -> Outcome:
        """Answers every question asked that has not been decided on, those too that these answers make appear."""
        for _ in range(ROUNDS):
            found = self.walked()
            before = len(self.decided)
            for name in self.plan.order:
                each = self.plan.fields.get(name)
                if each is not None:
                    self.field(each, name, self.working.answers, found.values, found.env, found)
            if len(self.decided) == before:
                return found
        return self.walked()

    def field(self, each: Field, path: str, answers: Answers, values: Answers, env: Env, found: Outcome) -> None:
        """Decides on one field and all within it."""
        if path not in found.asked:
            return
        if each.fields:
            self.group(each, path, answers, values, env, found)
        elif path not in self.decided and each.type.asks:
            self.decided.add(path)
            if holds(each.required, env) or self.rng.random() < ANSWERED:
                self.answer(each, answers, values, env)

    def answer(self, each: Field, answers: Answers, values: Any, env: Env) -> None:
        """Draws an answer; what is drawn after it in the same round sees it."""
        drawn = sample(each.type, each, env, self.rng)
        answers[each.name] = drawn
        if drawn is not None:
            values[each.name] = drawn

    def group(self, group: Field, path: str, answers: Answers, values: Answers, env: Env, found: Outcome) -> None:
        """Decides how many items there are, and on the fields of those that the walk has seen."""
        if not group.type.repeats:
            inner = answers.setdefault(group.name, {})
            seen = found.items[path]
            for each in self.plan.inner[id(group)]:
                self.field(each, f"{path}-{each.name}", inner, values[group.name], seen, found)
            return
        if path not in self.decided:
            self.decided.add(path)
            self.count(group, answers, max(group.type.least, int(holds(group.required, env))))
            return
        for index, item in enumerate(answers.get(group.name) or ()):
            here = f"{path}-{index}"
            if here in found.items:
                for each in self.plan.inner[id(group)]:
                    self.field(each, f"{here}-{each.name}", item, values[group.name][index], found.items[here], found)

    def count(self, group: Field, answers: Answers, least: int) -> None:
        """Draws a number of items; those that are there already stay."""
        count = min(group.type.most, self.rng.randint(least, max(least + 2, 3)))
        items = list(answers.get(group.name) or ())[:count]
        answers[group.name] = items + [{} for _ in range(count - len(items))]

    # --- judging and repairing ---

    def failures(self, found: Outcome) -> list[Failure]:
        """What stops the answers; warnings are explained, as a person would."""
        failures = judge(self.plan, self.working, found)
        for failure in failures:
            if failure.level == "warning":
                self.working.explained[failure.key] = EXPLANATION
        return [each for each in failures if each.level == "error" and not each.part]

    def repair(self, failure: Failure, found: Outcome) -> None:
        """Changes something on which a failure depends."""
        places = leaves(self.plan, found)
        if failure.kind == "check":
            rules = broken(self.plan, found, failure)
            if rules and self.rng.random() < AIMED and aim(self, self.rng.choice(rules), places):
                return
            self.redraw_one(rules, failure, places)
            return
        here = places.get(failure.path)
        if here is None:
            return
        if here.fields and here.type.repeats:
            self.recount(here, failure.path, found)
        elif self.rng.random() < 0.6:
            self.redraw(failure.path, here, found)
        else:
            words = words_of(self.plan, here.reads)
            near = [path for path in places if path.rpartition("-")[2] in words]
            path = self.rng.choice(near) if near else failure.path
            self.redraw(path, places[path], found)

    def redraw_one(self, rules: Iterable[Rule], failure: Failure, places: Mapping[str, Field]) -> None:
        """Draws again one of the answers that the broken checks read."""
        near = [path for rule in rules for path in rule.paths(places)] or [failure.path]
        path = self.rng.choice(near)
        if path in places:
            self.redraw(path, places[path], self.walked())

    def redraw(self, path: str, each: Field, found: Outcome) -> None:
        """Another answer to one question; seldom none, where none is needed."""
        if path not in found.asked:
            return
        if each.fields and each.type.repeats:
            self.recount(each, path, found)
            return
        holder = self.holder(path)
        if holder is None or each.fields:
            return
        env = found.env_at(path)
        if holds(each.required, env) or self.rng.random() < 0.8:
            self.answer(each, holder, {}, env)
        else:
            holder[each.name] = None

    def recount(self, group: Field, path: str, found: Outcome) -> None:
        """Another number of items."""
        holder = self.holder(path)
        if holder is not None:
            before = len(holder.get(group.name) or ())
            self.count(group, holder, max(group.type.least, int(holds(group.required, found.env_at(path)))))
            if len(holder[group.name]) == before and before < group.type.most:
                holder[group.name].append({})
            kept = tuple(f"{path}-{index}-" for index in range(min(before, len(holder[group.name]))))
            gone = {each for each in self.decided if each.startswith(f"{path}-") and not each.startswith(kept)}
            self.decided -= gone


def _copy(answers: Any) -> Any:
    """Groups and items copied; the answers in them are never changed, only replaced."""
    if isinstance(answers, dict):
        return {name: _copy(value) for name, value in answers.items()}
    return [_copy(item) for item in answers] if isinstance(answers, list) else answers


def _told(failure: Failure) -> Say:
    code, where = failure.code or failure.kind, dotted(failure.path) or failure.step or say("cały formularz")
    return say("Nie udało się spełnić: „{text}” [{code}] – {where}.", text=failure.text, code=code, where=where)
