"""Means, quartiles and bins of numbers and days that are given as {value: how often}."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from itertools import accumulate
from typing import Any

from forms.wording import month_name, number, say, short_date

MOST_BARS = 12  # different whole numbers that get a bar each
WIDTHS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))  # of bins, times a power of ten
MOST_DAYS, MOST_MONTHS = 31, 36  # between the first and the last, for bars by day and by month


class Spread:
    """Numbers in order, for their mean and what lies where."""

    def __init__(self, counts: Mapping[Decimal, int]) -> None:
        self.values = sorted(counts, key=float)  # a hundred thousand Decimals: four times as fast as they compare
        self._ends = list(accumulate(map(counts.__getitem__, self.values), initial=0))
        self.count = self._ends[-1]
        self.total = sum((value * times for value, times in counts.items()), Decimal(0))

    @property
    def mean(self) -> Decimal:
        """The arithmetic mean."""
        return self.total / self.count

    @property
    def extremes(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest."""
        return self.values[0], self.values[-1]

    def quantile(self, share: Decimal) -> Decimal:
        """The value below which this share lies; linear between neighbours (R's type 7, Excel's QUARTILE.INC)."""
        position = share * (self.count - 1)
        below = int(position)
        low, high = self._at(below), self._at(min(below + 1, self.count - 1))
        return low + (high - low) * (position - below)

    def below(self, value: Decimal) -> int:
        """How many are less than this."""
        return self._ends[bisect_left(self.values, value)]

    def _at(self, index: int) -> Decimal:
        return self.values[bisect_right(self._ends, index) - 1]


def bins(found: Spread) -> list[tuple[str, int]]:
    """A histogram: a bar for each of a few whole numbers, else up to about twelve bins of a round width."""
    least, most = found.extremes
    if most - least < MOST_BARS and all(value == int(value) for value in found.values):
        steps = range(int(least), int(most) + 1)
        return [(number(step), found.below(Decimal(step + 1)) - found.below(Decimal(step))) for step in steps]
    width = _width((most - least) / (MOST_BARS - 2))
    made = []
    start = (least / width).to_integral_value(ROUND_FLOOR) * width
    while start <= most:
        end = start + width
        label = str(say("od {a} do poniżej {b}", a=number(start), b=number(end)))
        made.append((label, found.below(end) - found.below(start)))
        start = end
    return made


def _width(least: Decimal) -> Decimal:
    """The smallest round number that is not below."""
    power = Decimal(1).scaleb(least.adjusted()) if least else Decimal(1)
    return next(each * power for each in WIDTHS if each * power >= least)


def days(counts: Mapping[date, int]) -> list[tuple[str, int]]:
    """Days in order: by day, by month or by year, as far as they lie apart."""
    first, last = min(counts), max(counts)
    if (last - first).days < MOST_DAYS:
        return [(short_date(day), counts[day]) for day in sorted(counts)]
    if (last.year - first.year) * 12 + last.month - first.month < MOST_MONTHS:
        return _grouped(counts, lambda day: date(day.year, day.month, 1), month_name)
    return _grouped(counts, lambda day: day.year, str)


def _grouped(
    counts: Mapping[date, int], group: Callable[[date], Any], named: Callable[[Any], str]
) -> list[tuple[str, int]]:
    found: dict[Any, int] = {}
    for day, times in counts.items():
        found[group(day)] = found.get(group(day), 0) + times
    return [(named(each), found[each]) for each in sorted(found)]
