"""Whether a condition always or never holds, as far as that can be seen without answers.

Each question that the condition asks about is given every answer that could make a difference (each value it is
compared with, values between and beyond, none at all), and the condition is tried on all combinations by the very code
that will run. What cannot be tried out is taken to be free, so a condition that can hold is never said not to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise, product
from math import prod
from typing import Any

from forms.expressions.compiling import closure
from forms.expressions.env import Env
from forms.expressions.functions import wall
from forms.expressions.kinds import BOOLEAN, fold
from forms.expressions.tree import And, Call, Compare, If, Literal, Member, Node, Not, Or, Read, constant

MOST_COMBINATIONS = 1500
TRIED = frozenset({"number", "text", "date", "boolean"})
NEVER_NEGATIVE = frozenset({"count", "length"})
ANY_MOMENT = datetime(2000, 1, 1)  # stands for all dates where a condition asks only whether there is one


@dataclass(slots=True)
class _Subject:
    """Something a condition asks about, and the values it is compared with."""

    node: Node
    name: str
    values: set[Any] = field(default_factory=set)

    def candidates(self) -> list[Any]:
        """Answers that stand for all answers."""
        found = {"number": self._numbers, "date": self._dates, "text": self._texts}.get(self.node.kind.family)
        return [None, *(found() if found else (True, False))]

    def _numbers(self) -> Iterable[Any]:
        least = Decimal(0) if isinstance(self.node, Call) and self.node.name in NEVER_NEGATIVE else None
        marks = sorted(self.values)
        between = [(a + b) / 2 for a, b in pairwise(marks)]
        beyond = [marks[0] - 1, marks[-1] + 1] if marks else [Decimal(0)]
        return [x for x in (*marks, *between, *beyond, least) if x is not None and (least is None or x >= least)]

    def _dates(self) -> Iterable[Any]:
        steps = [timedelta(0), timedelta(days=1), timedelta(days=-1)]
        if self.node.kind.base == "datetime":
            steps += [timedelta(seconds=1), timedelta(seconds=-1), timedelta(hours=12)]
        values = self.values or {ANY_MOMENT}
        found = {moved for value in values for step in steps if (moved := _moved(wall(value), step)) is not None}
        return found if self.node.kind.base == "datetime" else {moment.date() for moment in found}

    def _texts(self) -> Iterable[Any]:
        kind = self.node.kind
        if kind.base != "choice" or kind.other:
            return [*self.values, "\0"]
        named = {fold(value) for value in self.values}
        unnamed = [option for option in kind.values if fold(option) not in named]
        return [option for option in kind.values if fold(option) in named] + unnamed[:1]


class _Skeleton:
    """The condition with every subject replaced by a name."""

    def __init__(self) -> None:
        self.subjects: dict[Node, _Subject] = {}

    def of(self, node: Node) -> Node:
        match node:
            case Literal():
                return node
            case And(parts=parts) | Or(parts=parts):
                return replace(node, parts=tuple(map(self.of, parts)))
            case Not(of=of):
                return replace(node, of=self.of(of))
            case If(test=test, then=then, other=other):
                return replace(node, test=self.of(test), then=self.of(then), other=self.of(other))
            case Compare(left=left, right=right) if constant(left) and constant(right):
                return node
            case Compare(left=left, right=right) if constant(right) and left.kind.family in TRIED:
                return replace(node, left=self.subject(left, [right]))
            case Compare(left=left, right=right) if constant(left) and right.kind.family in TRIED:
                return replace(node, right=self.subject(right, [left]))
            case Member(item=item, options=options, container=None) if all(map(constant, options)):
                if item.kind.family in TRIED and not constant(item):
                    return replace(node, item=self.subject(item, options))
            case Member():
                slot = self.subject(replace(node, negated=False), [])
                return Compare(BOOLEAN, node.start, node.end, "!=" if node.negated else "==", slot, _true(node))
            case Call(name="answered", args=(asked,)) if asked.kind.family in TRIED:
                return replace(node, args=(self.subject(asked, []),))
        return self.subject(node, [])

    def subject(self, node: Node, against: Iterable[Node]) -> Node:
        subject = self.subjects.setdefault(node, _Subject(node, str(len(self.subjects))))
        subject.values |= {value for other in against if (value := closure(other)(Env({}))) is not None}
        return Read(node.kind, node.start, node.end, subject.name)


def always(node: Node) -> bool | None:
    """True when the condition holds whatever is answered, False when it never can, None when that depends."""
    skeleton = _Skeleton()
    reduced = skeleton.of(node)
    names = [subject.name for subject in skeleton.subjects.values()]
    candidates = [subject.candidates() for subject in skeleton.subjects.values()]
    if prod(map(len, candidates)) > MOST_COMBINATIONS:
        return None
    return _verdict(_outcomes(reduced, names, candidates))


def _outcomes(node: Node, names: list[str], candidates: list[list[Any]]) -> Iterator[bool]:
    run = closure(node)
    for combination in product(*candidates):
        yield bool(run(Env(dict(zip(names, combination, strict=True)), today=date.min)))


def _verdict(outcomes: Iterator[bool]) -> bool | None:
    first = next(outcomes)
    return first if all(outcome == first for outcome in outcomes) else None


def _true(node: Node) -> Literal:
    return Literal(BOOLEAN, node.start, node.end, True)


def _moved(moment: datetime, step: timedelta) -> datetime | None:
    try:
        return moment + step
    except OverflowError:
        return None
