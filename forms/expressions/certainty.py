"""Whether a condition can hold and can fail: tried out on every answer that could make a difference.

Each question that the condition asks about is given every answer that matters to it (each value it is compared with,
values between and beyond, none at all), and the condition is tried on the combinations by the very code that will run.
What cannot be tried out is taken to be free, so a condition that can hold is never said not to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from forms.expressions.compiling import closure
from forms.expressions.domains import OPEN, Domain, candidates
from forms.expressions.env import Env, Run
from forms.expressions.kinds import BOOLEAN, NUMBER
from forms.expressions.tree import (
    And,
    Arithmetic,
    Call,
    Compare,
    If,
    Literal,
    Member,
    Node,
    Not,
    Or,
    Read,
    children,
    constant,
)

MOST_TRIES = 3000
TRIED = frozenset({"number", "text", "date", "boolean"})
SIGNED = frozenset({"number", "date", "time", "text", "boolean"})
FLIPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
ZERO = Decimal(0)

Domains = Callable[[Node], Domain]


@dataclass(slots=True)
class Subject:
    """Something a condition asks about, the slot that stands for it, and the values it is compared with."""

    node: Node
    slot: str
    domain: Domain
    values: set[Any] = field(default_factory=set)


class Skeleton:
    """Conditions with everything that they ask about replaced by slots; the same question gets the same slot."""

    def __init__(self, domains: Domains = lambda node: OPEN) -> None:
        self.domains = domains
        self.subjects: dict[Node, Subject] = {}

    def of(self, node: Node) -> Node:
        """The condition over slots."""
        match node:
            case Literal():
                return node
            case And(parts=parts):
                return And(BOOLEAN, node.start, node.end, tuple(map(self.of, parts)))
            case Or(parts=parts):
                return Or(BOOLEAN, node.start, node.end, tuple(map(self.of, parts)))
            case Not(of=of):
                return Not(BOOLEAN, node.start, node.end, self.of(of))
            case If(test=test, then=then, other=other):
                return If(node.kind, node.start, node.end, self.of(test), self.of(then), self.of(other))
            case Compare():
                return self._compare(node)
            case Member(item=item, options=options, container=None) if all(map(constant, options)):
                if item.kind.family in TRIED and not constant(item):
                    slot = self.subject(item, *options)
                    return Member(BOOLEAN, node.start, node.end, slot, options, None, node.negated)
            case Call(name="answered", args=(asked,)) if asked.kind.family in TRIED:
                return Call(BOOLEAN, node.start, node.end, "answered", (self.subject(asked),))
        if isinstance(node, Member):
            plain = Member(BOOLEAN, node.start, node.end, node.item, node.options, node.container, False)
            slot = self.subject(plain)
            truth = Literal(BOOLEAN, node.start, node.end, True)
            return Compare(BOOLEAN, node.start, node.end, "!=" if node.negated else "==", slot, truth)
        return self.subject(node)

    def _compare(self, node: Compare) -> Node:
        left, right = node.left, node.right
        fixed_left, fixed_right = constant(left), constant(right)
        if fixed_left and fixed_right:
            return node
        if fixed_right and left.kind.family in TRIED:
            return Compare(BOOLEAN, node.start, node.end, node.op, self.subject(left, right), right)
        if fixed_left and right.kind.family in TRIED:
            return Compare(BOOLEAN, node.start, node.end, node.op, left, self.subject(right, left))
        if left.kind.family not in SIGNED or right.kind.family not in SIGNED:
            return self.subject(node)
        # Two answers compared: all that matters is which is greater, and the other way round it is the same question.
        key, op = Arithmetic(NUMBER, node.start, node.end, "-", left, right), node.op
        mirrored = Arithmetic(NUMBER, node.start, node.end, "-", right, left)
        if mirrored in self.subjects:
            key, op = mirrored, FLIPPED[op]
        zero = Literal(NUMBER, node.start, node.end, ZERO)
        return Compare(BOOLEAN, node.start, node.end, op, self.subject(key, zero), zero)

    def subject(self, node: Node, *against: Node) -> Node:
        """The slot that stands for a node, which is compared with these constants."""
        subject = self.subjects.get(node)
        if subject is None:
            subject = self.subjects[node] = Subject(node, str(len(self.subjects)), self.domains(node))
        for other in against:
            value = other.value if isinstance(other, Literal) else closure(other)(Env({}))
            if value is not None:
                subject.values.add(value)
        return Read(node.kind, node.start, node.end, subject.slot)


@dataclass(frozen=True, slots=True)
class Demand:
    """A condition over slots, and the slots on which it depends."""

    run: Run
    slots: frozenset[str]


FREE = Demand(lambda env: True, frozenset())


def demand(node: Node, *, unknown: bool | None = False) -> Demand:
    """A condition over slots, ready to be tried. `unknown` is as in `closure`."""
    return Demand(closure(node, unknown), frozenset(slots(node)))


def slots(node: Node) -> Iterator[str]:
    """The slots that a condition over slots reads."""
    if isinstance(node, Read):
        yield node.name
    elif not isinstance(node, Literal):
        for part in children(node):
            yield from slots(part)


@dataclass(slots=True)
class Trial:
    """The search for assignments of values to slots that meet all demands, and for what the condition gives there."""

    subjects: list[Subject]
    demands: list[Demand]
    condition: Demand = FREE
    enough: frozenset[bool | None] = frozenset((True, False))
    seen: set[bool | None] = field(default_factory=set)
    tries: int = 0

    def outcomes(self) -> set[bool | None] | None:
        """What the condition may give; looks no further when `enough` is seen. None when that takes too many tries."""
        order = {subject.slot: index for index, subject in enumerate(self.subjects, 1)}
        due: list[list[Run]] = [[] for _ in range(len(self.subjects) + 1)]
        for each in self.demands:
            due[max((order[slot] for slot in each.slots), default=0)].append(each.run)
        decided = max((order[slot] for slot in self.condition.slots), default=0)
        offered = [(each.slot, candidates(each.node, each.domain, each.values)) for each in self.subjects]
        values: dict[str, Any] = {}
        self._search(0, Env(values, today=date.min), values, offered, due, decided, None)
        return None if self.tries > MOST_TRIES else self.seen

    def _search(
        self,
        depth: int,
        env: Env,
        values: dict[str, Any],
        offered: list[tuple[str, list[Any]]],
        due: list[list[Run]],
        decided: int,
        outcome: bool | None,
    ) -> bool:
        """Whether the search may leave the condition's slots as they are: their outcome is seen, or all is."""
        for run in due[depth]:
            if not run(env):
                return False
        if depth == decided:
            given = self.condition.run(env)
            outcome = None if given is None else bool(given)
            if outcome in self.seen:
                return False
        if depth == len(offered):
            self.seen.add(outcome)
            return True
        slot, possible = offered[depth]
        for value in possible:
            self.tries += 1
            if self.tries > MOST_TRIES:
                return True
            values[slot] = value
            found = self._search(depth + 1, env, values, offered, due, decided, outcome)
            if found and (depth >= decided or self.tries > MOST_TRIES or self.seen >= self.enough):
                return True
        return False


def always(node: Node) -> bool | None:
    """True when the condition holds whatever is answered, False when it never can, None when that depends."""
    if _single(node):
        return None
    skeleton = Skeleton()
    condition = demand(skeleton.of(node))
    seen = Trial(list(skeleton.subjects.values()), [], condition).outcomes()
    seen = {bool(outcome) for outcome in seen} if seen is not None else {True, False}
    return seen.pop() if len(seen) == 1 else None


def _single(node: Node) -> bool:
    """Whether this is a single question that is free to be answered either way, as most conditions are."""
    if isinstance(node, Compare):
        free = node.op == "==" or node.left.kind.base in ("number", "date", "text")
        return free and isinstance(node.left, Read) and isinstance(node.right, Literal)
    return isinstance(node, Read)
