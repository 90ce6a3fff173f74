"""Made-up answers with a mistake: good ones first, then one of them is spoilt in a way that the form must notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from forms.answers import holds
from forms.definition import Field
from forms.expressions import Env
from forms.judging import Failure, judge
from forms.plan import Plan
from forms.plausible.filling import Filled, Filling, Unfillable, chance
from forms.plausible.reading import Rule, leaves, rules_of
from forms.types.given import Refused
from forms.types.line import limit
from forms.wording import say

GARBAGE = "?!"  # what no type with a format reads as an answer
TRIES = 40  # of drawing answers until a check fails

Spoil = Callable[[], None]


def spoil(plan: Plan, env: Env, seed: int) -> Filled:
    """Answers of which one is missing, unreadable, out of its limits or against a check; `failures` says what is wrong.

    Raises Unfillable when nothing in the form can be answered wrongly.
    """
    rng = chance(plan, seed, "wrong")
    for kind in rng.sample(WAYS, len(WAYS)):
        filling = Filling(plan, env, chance(plan, seed))
        filling.solve()
        spoiling = _Spoiling(filling, rng)
        ways = list(kind(spoiling))
        for way in rng.sample(ways, min(len(ways), TRIES)):
            way()
            failures = spoiling.failures()
            if failures:
                return Filled(filling.working, filling.draw(), failures)
    raise Unfillable(say("W tym formularzu nie da się odpowiedzieć źle."))


@dataclass(frozen=True)
class _Spoiling:
    """A form filled in well, about to be spoilt."""

    filling: Filling
    rng: Random

    def failures(self) -> list[Failure]:
        """What stops the answers now."""
        failures = judge(self.filling.plan, self.filling.working, self.filling.draw())
        return [each for each in failures if each.level == "error" and not each.part]

    def places(self) -> Mapping[str, Field]:
        """The questions asked that take an answer of their own."""
        found = leaves(self.filling.plan, self.filling.draw())
        return {path: each for path, each in found.items() if each.type.asks and not each.fields}

    def missing(self) -> Iterator[Spoil]:
        """Leaves out what is required."""
        found = self.filling.draw()
        for path, each in self.places().items():
            if holds(each.required, found.env_at(path)):
                yield self.setting(path, each, None)

    def unreadable(self) -> Iterator[Spoil]:
        """Types what is no answer."""
        for path, each in self.places().items():
            if "" not in each.type.parts or each.type.uploads:
                continue
            try:
                each.type.parse({"": [GARBAGE]}, each)
            except Refused:
                yield self.typing(path, each)

    def outside(self) -> Iterator[Spoil]:
        """Goes beyond a limit."""
        found = self.filling.draw()
        for path, each in self.places().items():
            for name, way in (("min", -1), ("max", 1)):
                bound = limit(getattr(each.type, name, None), found.env_at(path))
                value = self.filling.value(path)
                if isinstance(value, date) and isinstance(bound, date):
                    yield self.setting(path, each, bound + timedelta(days=40 * way))
                elif isinstance(value, int | Decimal) and not isinstance(value, bool) and bound is not None:
                    yield self.setting(path, each, type(value)(bound + way))

    def against(self) -> Iterator[Spoil]:
        """Breaks a check, drawing what it reads until it fails."""
        plan, found = self.filling.plan, self.filling.draw()
        places = leaves(plan, found)
        for rule in rules_of(plan, found):
            if rule.check.level == "error" and rule.paths(places):
                yield self.breaking(rule, places)

    def setting(self, path: str, each: Field, value: Any) -> Spoil:
        """Gives one question this answer."""

        def act() -> None:
            holder = self.filling.holder(path)
            if holder is not None:
                holder[each.name] = value

        return act

    def typing(self, path: str, each: Field) -> Spoil:
        """Types what cannot be read into one question."""

        def act() -> None:
            self.setting(path, each, None)()
            self.filling.working.typed[path] = {"": [GARBAGE]}

        return act

    def breaking(self, rule: Rule, places: Mapping[str, Field]) -> Spoil:
        """Draws what a check reads until it fails."""

        def act() -> None:
            for _ in range(TRIES):
                path = self.rng.choice(rule.paths(places))
                if path in places:
                    self.filling.redraw(path, places[path], self.filling.draw())
                if rule.check.that.expression.fails(rule.env(self.filling.draw())):
                    return

        return act


WAYS: tuple[Callable[[_Spoiling], Iterator[Spoil]], ...] = (
    _Spoiling.missing,
    _Spoiling.unreadable,
    _Spoiling.outside,
    _Spoiling.against,
)
