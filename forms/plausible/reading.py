"""What the checks and conditions of a form read, so that a filler knows which answers to draw again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from forms.answers import Outcome
from forms.check import Check
from forms.definition import Field
from forms.expressions import Env
from forms.expressions.tree import Attribute, Node, Read, children
from forms.formula import Formula
from forms.judging import Failure
from forms.plan import Plan


@dataclass(frozen=True)
class Rule:
    """A check that fails at one place: in the env of an item (`base` is its path) or of the form (base "")."""

    check: Check
    base: str
    words: frozenset[str]

    def env(self, found: Outcome) -> Env:
        """What the check sees."""
        return found.items.get(self.base, found.env)

    def paths(self, places: Mapping[str, Field]) -> list[str]:
        """The answers that it reads: fields of its words, those of other items only where it counts over items."""
        named = [path for path, each in places.items() if each.name in self.words and not _gives(each)]
        own = [path for path in named if self.base and path.startswith(f"{self.base}-")]
        outer = [path for path in named if not any(part.isdecimal() for part in path.split("-"))]
        return [*own, *outer] if own else named


def _gives(each: Field) -> bool:
    """Whether the field's answer is given by something else."""
    return (
        bool(each.type.decides) or not (each.type.asks or each.fields) or (bool(each.fields) and not each.type.repeats)
    )


def leaves(plan: Plan, found: Outcome) -> dict[str, Field]:
    """Every field that is asked, groups too, by path, in the order of the form."""
    places: dict[str, Field] = {}

    def visit(fields: Iterable[Field], path: str) -> None:
        for each in fields:
            here = f"{path}{each.name}"
            if here not in found.asked:
                continue
            places[here] = each
            if each.fields and not each.type.repeats:
                visit(each.fields, f"{here}-")
            index = 0
            while each.fields and each.type.repeats and f"{here}-{index}" in found.items:
                visit(each.fields, f"{here}-{index}-")
                index += 1

    visit(plan.form.fields, "")
    return places


def rules_of(plan: Plan, found: Outcome) -> Iterator[Rule]:
    """Every check of what is asked, once for each place where it is made."""
    for check, bases in _checks(plan, found):
        words = words_of(plan, (check.that,))
        yield from (Rule(check, base, words) for base in bases)


def broken(plan: Plan, found: Outcome, failure: Failure) -> list[Rule]:
    """The checks behind a failure: those of its code or text that fail somewhere now."""
    key = failure.key.rpartition("@")[0]
    rules = [
        rule
        for rule in rules_of(plan, found)
        if (rule.check.code or rule.check.that.text) == key and rule.check.that.expression.fails(rule.env(found))
    ]
    near = [rule for rule in rules if rule.base and f"{failure.path}-".startswith(f"{rule.base}-")]
    return near or rules


def _checks(plan: Plan, found: Outcome) -> Iterator[tuple[Check, list[str]]]:
    """Each check with the items (or "" for the form) in which it may be made."""
    places = leaves(plan, found)
    for path, each in places.items():
        if not each.checks:
            continue
        items: list[str] = []
        while each.fields and (item := f"{path}-{len(items)}") in found.items:
            items.append(item)
        if path in found.items:
            items = [path]
        outer = path.rpartition("-")[0]
        for check in each.checks:
            inside = {inner.name for inner in each.fields}
            yield check, items if items and check.that.names & inside else [outer]
    for step in found.steps:
        yield from ((check, [""]) for check in step.checks)
    yield from ((check, [""]) for check in plan.form.checks)


@lru_cache(maxsize=2_000)
def words_of(plan: Plan, formulas: tuple[Formula, ...]) -> frozenset[str]:
    """Every name in the formulas, attributes too, and in the conditions and computed fields that they read."""
    computed = {each.name: each for each in _all(plan.form.fields) if each.type.decides}
    found: set[str] = set()
    waiting = list(formulas)
    while waiting:
        for name in _words(waiting.pop().expression.node):
            if name in found:
                continue
            found.add(name)
            if name in plan.form.conditions:
                waiting.append(plan.form.conditions[name])
            elif name in computed:
                waiting.extend(computed[name].type.decides)
    return frozenset(found)


def _words(node: Node) -> Iterator[str]:
    if isinstance(node, Read):
        yield node.name
    elif isinstance(node, Attribute):
        yield node.path.rpartition(".")[2]
    for child in children(node):
        yield from _words(child)


def _all(fields: Iterable[Field]) -> Iterator[Field]:
    for each in fields:
        yield each
        yield from _all(each.fields)
