"""Which answers a question may get, and the few among them that stand for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor
from typing import Any

from forms.expressions.functions import wall
from forms.expressions.kinds import fold
from forms.expressions.tree import Call, Node

ANY_MOMENT = datetime(2000, 1, 1)  # stands for all dates where a condition asks only whether there is one
NEVER_NEGATIVE = frozenset({"count", "length"})
NEVER_UNANSWERED = frozenset({"count", "sum", "answered"})


@dataclass(frozen=True, slots=True)
class Domain:
    """The answers that are possible: from `least` to `most` (None: no limit), only whole numbers, or just `values`.

    `every`: each option may matter by itself, so none of them stands for others. `sure`: it is never unanswered.
    """

    least: Any = None
    most: Any = None
    whole: bool = False
    values: tuple[Any, ...] = ()
    every: bool = False
    sure: bool = False


OPEN = Domain()


def candidates(node: Node, domain: Domain, against: Iterable[Any]) -> list[Any]:
    """Answers that stand for all answers to a question which is compared with the values `against`; None is no answer."""
    if domain.values:
        found: Iterable[Any] = domain.values
    elif node.kind.family == "number":
        found = _numbers(domain, against, node)
    elif node.kind.family == "date":
        found = _dates(domain, against, node.kind.base == "datetime")
    elif node.kind.family == "text":
        found = _texts(domain, against, node)
    else:
        found = (True, False)
    sure = isinstance(node, Call) and node.name in NEVER_UNANSWERED
    return list(found) if sure or domain.sure else [None, *found]


def _numbers(domain: Domain, against: Iterable[Any], node: Node) -> Iterable[Any]:
    counted = isinstance(node, Call) and node.name in NEVER_NEGATIVE
    least, most = domain.least, domain.most
    if counted:
        least = Decimal(0) if least is None else max(least, Decimal(0))
    marks = sorted({Decimal(value) for value in (*against, least, most) if value is not None})
    if not marks:
        return [Decimal(0)]
    if domain.whole or counted:
        near = {Decimal(n) for mark in marks for n in (floor(mark) - 1, floor(mark), ceil(mark), floor(mark) + 1)}
        found: Iterable[Decimal] = sorted(near)
    else:
        found = [*marks, *((a + b) / 2 for a, b in pairwise(marks)), marks[0] - 1, marks[-1] + 1]
    return [x for x in found if (least is None or x >= least) and (most is None or x <= most)]


def _dates(domain: Domain, against: Iterable[Any], moments: bool) -> Iterable[Any]:
    steps = [timedelta(0), timedelta(days=1), timedelta(days=-1)]
    if moments:
        steps += [timedelta(seconds=1), timedelta(seconds=-1), timedelta(hours=12)]
    limits = [wall(value) if value is not None else None for value in (domain.least, domain.most)]
    marks = {wall(value) for value in (*against, *limits) if value is not None} or {ANY_MOMENT}
    found = {moved for mark in marks for step in steps if (moved := _moved(mark, step)) is not None}
    if not moments:
        found = {datetime(moment.year, moment.month, moment.day) for moment in found}
    least, most = limits
    inside = (x for x in found if (least is None or x >= least) and (most is None or x <= most))
    return [moment if moments else moment.date() for moment in sorted(inside)]


def _texts(domain: Domain, against: Iterable[Any], node: Node) -> Iterable[Any]:
    kind = node.kind.of if node.kind.part and node.kind.of is not None else node.kind
    if kind.base != "choice" or kind.other:
        return [*sorted(against), "\0"]
    named = {fold(value) for value in against}
    unnamed = [option for option in kind.values if fold(option) not in named]
    return [*(option for option in kind.values if fold(option) in named), *(unnamed if domain.every else unnamed[:1])]


def _moved(moment: date, step: timedelta) -> datetime | None:
    try:
        return wall(moment) + step
    except OverflowError:
        return None
