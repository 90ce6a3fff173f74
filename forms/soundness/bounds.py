"""A `min` that is above its `max` whatever is answered, where at least one of them is an expression."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from forms.expressions.compiling import closure
from forms.expressions.env import Env
from forms.expressions.functions import wall
from forms.expressions.tree import Arithmetic, Node, Read, Today
from forms.formula import Formula
from forms.reading import Pending
from forms.soundness.extents import Extent, extent
from forms.soundness.spots import Spot
from forms.soundness.world import World
from forms.wording import Say, say

FOUR_YEARS = [date(2024, 1, 1) + timedelta(days=day) for day in range(1461)]  # every length of month and year
ABOVE = say("„min” jest zawsze większe niż „max” – zamień je albo popraw.")


def contradictions(
    world: World, pendings: Iterable[Pending], spots: Mapping[int, Spot]
) -> Iterator[tuple[Pending, Say]]:
    """The bounds that leave no value, each told once, at the expression that comes last."""
    for pending in pendings:
        spot = spots.get(id(pending.formula))
        if pending.role != "bound" or spot is None or spot.field is None:
            continue
        least, most = (getattr(spot.field.type, key, None) for key in ("min", "max"))
        last = most if isinstance(most, Formula) else least
        if pending.formula is last and least is not None and most is not None and _above(least, most, pending, world):
            yield pending, ABOVE


def _above(least: Any, most: Any, pending: Pending, world: World) -> bool:
    (start, _), low_node = _bound(least, pending, world)
    (_, end), high_node = _bound(most, pending, world)
    if start is not None and end is not None:
        return bool(_comparable(start) > _comparable(end))
    if low_node is None or high_node is None:
        return False
    bases = {_base(low_node), _base(high_node)}
    base = bases.pop()
    if bases or base is None or base.kind.base != "date":
        return False
    return all(_later(low_node, high_node, base, day) for day in FOUR_YEARS)


def _bound(bound: Any, pending: Pending, world: World) -> tuple[Extent, Node | None]:
    """Between which values a bound lies, and its expression."""
    if not isinstance(bound, Formula):
        return (bound, bound), None
    node = world.resolve(bound.expression.node, pending.groups)
    return extent(node, world.fields), node


def _comparable(value: Any) -> Any:
    return wall(value) if isinstance(value, date) else value


def _base(node: Node) -> Node | None:
    """The one date from which an expression counts days, months or years; None when it is anything else."""
    if isinstance(node, (Read, Today)):
        return node
    return _base(node.left) if isinstance(node, Arithmetic) else None


def _later(low: Node, high: Node, base: Node, day: date) -> bool:
    values = {base.name: day} if isinstance(base, Read) else {}
    env = Env(values, today=day)
    least, most = closure(low)(env), closure(high)(env)
    return least is not None and most is not None and _comparable(least) > _comparable(most)
