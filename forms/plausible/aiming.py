"""Meeting a check between numbers or days by calculation: how far off it is, and what one answer must be to close the gap.

Chance never makes sources of money add up to an expense; a straight line through two tries does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from forms.answers import Outcome
from forms.definition import Field
from forms.expressions.compiling import closure
from forms.expressions.env import Env
from forms.expressions.tree import And, Call, Compare, Node, Not, Or
from forms.plausible.attempt import Attempt
from forms.plausible.reading import Rule
from forms.types.numbers import DecimalNumber, Number, trimmed
from forms.types.year import Year

MARGIN = Decimal("0.3")  # how far within an inequality to land, as a share of the larger side
STEP_DAYS = 400

Gap = Callable[[Env], Decimal | None]


def aim(attempt: Attempt, rule: Rule, places: Mapping[str, Field]) -> bool:
    """Sets one of the answers that the check reads to what meets one of its comparisons; False when none can."""
    comparisons = [each for each in _comparisons(rule.check.that.expression.node) if _gap(each) is not None]
    paths = [path for path in rule.paths(places) if _movable(attempt.value(path))]
    if not comparisons:
        return False
    comparison = attempt.rng.choice(comparisons)
    return any(_aim(attempt, rule, comparison, path, places[path]) for path in attempt.rng.sample(paths, len(paths)))


def _aim(attempt: Attempt, rule: Rule, comparison: Compare, path: str, each: Field) -> bool:
    """Sets one answer; False, and it stays as it was, when it has no bearing or its field would not take the value."""
    gap, holder = _gap(comparison), attempt.holder(path)
    if gap is None or holder is None:
        return False
    start = holder[each.name]

    def off(value: Any) -> tuple[Decimal | None, Outcome]:
        holder[each.name] = value
        found = attempt.walked()
        return gap(rule.env(found)), found

    step = Decimal(STEP_DAYS) if isinstance(start, date) else max(Decimal(1), abs(_number(start)) / 4)
    second, _ = off(_moved(each, start, step))
    first, found = off(start)
    if first is None or second is None or first == second:
        return False
    target = Decimal(0) if _within(comparison) else _target(comparison.op, first, attempt)
    value = _moved(each, start, (target - first) / ((second - first) / step))
    below_zero = not isinstance(value, date) and value < 0 <= start  # seldom meant where no limit says so
    if value == start or below_zero or each.type.verdict(value, each, found.env_at(path)) is not None:
        return False
    holder[each.name] = value
    return True


def _comparisons(node: Node) -> Iterator[Compare]:
    if isinstance(node, Compare):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from _comparisons(part)
    elif isinstance(node, Not):
        yield from _comparisons(node.of)


def _gap(node: Compare) -> Gap | None:
    """Left side less right side, in numbers or days; of `abs(x) <= y` only what stands in abs. None for other kinds."""
    if isinstance(node.left, Call) and _within(node):
        inner = closure(node.left.args[0])
        return lambda env: inner(env)
    if {node.left.kind.family, node.right.kind.family} - {"number", "date"}:
        return None
    left, right = closure(node.left), closure(node.right)

    def gap(env: Env) -> Decimal | None:
        one, other = left(env), right(env)
        return None if one is None or other is None else _number(one) - _number(other)

    return gap


def _within(node: Compare) -> bool:
    """Whether it asks two sides to be nearly equal: `abs(a - b) <= 0.01`."""
    return isinstance(node.left, Call) and node.left.name == "abs" and node.op in ("<", "<=", "==")


def _target(op: str, first: Decimal, attempt: Attempt) -> Decimal:
    """Where left less right should land."""
    if op == "==":
        return Decimal(0)
    inside = abs(first) * MARGIN * Decimal(attempt.rng.randint(0, 10)) / 10
    if op in ("<", ">"):
        inside += 1
    return -inside if op in ("<", "<=") else inside


def _number(value: Any) -> Decimal:
    if isinstance(value, datetime):
        value = value.date()
    return Decimal(value.toordinal()) if isinstance(value, date) else Decimal(value)


def _movable(value: Any) -> bool:
    return isinstance(value, int | Decimal | date) and not isinstance(value, bool)


def _moved(each: Field, value: Any, by: Decimal) -> Any:
    """The value so much higher, as its type keeps it."""
    if isinstance(value, date):
        days = max(-300_000, min(300_000, round(by)))
        return value + timedelta(days=days)
    if isinstance(value, int) or isinstance(each.type, Year):
        return round(value + by)
    places = 2
    if isinstance(each.type, DecimalNumber) and each.type.places is not None:
        places = each.type.places
    moved = trimmed((value + by).quantize(Decimal(1).scaleb(-places)))
    return each.type.accept(moved) if isinstance(each.type, Number) else moved
