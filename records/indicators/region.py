"""What the values of gminy come to: sums, means, medians and quartiles, of all or of those of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from records.indicators.values import Value
from records.reporting.statistics import Spread

LEAST = 5  # gminy whose median is told to one of them: with fewer it could be read whose values they are
LOW, HALF, HIGH = Decimal("0.25"), Decimal("0.5"), Decimal("0.75")


@dataclass(frozen=True, slots=True)
class Figures:
    """Values in a nutshell; quartiles are linear between neighbours (R's type 7, Excel's QUARTILE.INC).

    `count` are those that have a value, of `of` gminy; all else is None without any.
    """

    of: int
    count: int = 0
    total: Decimal | None = None
    mean: Decimal | None = None
    median: Decimal | None = None
    quartiles: tuple[Decimal, Decimal] | None = None
    extremes: tuple[Decimal, Decimal] | None = None


def figures(values: Iterable[Value]) -> Figures:
    """The figures of these values; those without one are only counted."""
    known = list(values)
    numbers = [each.value for each in known if each.value is not None]
    if not numbers:
        return Figures(len(known))
    spread = Spread(Counter(numbers))
    return Figures(
        len(known),
        spread.count,
        spread.total,
        spread.mean,
        spread.quantile(HALF),
        (spread.quantile(LOW), spread.quantile(HIGH)),
        spread.extremes,
    )


def by(key: Callable[[str], str], values: Iterable[Value]) -> Mapping[str, list[Value]]:
    """The values by what `key` says of their gmina: its kind, its powiat."""
    found: dict[str, list[Value]] = {}
    for each in values:
        found.setdefault(key(each.gmina), []).append(each)
    return found


def peers(values: Iterable[Value], alike: Collection[str]) -> Decimal | None:
    """The median of these gminy, itself among them; None while fewer than LEAST have a value."""
    found = figures(each for each in values if each.gmina in alike)
    return found.median if found.count >= LEAST else None
