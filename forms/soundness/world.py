"""What the answers of a form can be together: which values a question may get, and on what condition it is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from forms.definition import Field, Form
from forms.expressions.certainty import FREE, Demand, Skeleton, Subject, Trial, demand, slots
from forms.expressions.compiling import closure
from forms.expressions.domains import Domain
from forms.expressions.env import Env, Run
from forms.expressions.kinds import fold
from forms.expressions.tree import (
    And,
    Arithmetic,
    Attribute,
    Call,
    Compare,
    If,
    Member,
    Negative,
    Node,
    Not,
    Or,
    Read,
)
from forms.formula import Formula
from forms.soundness.extents import domain, strict

MOST_SUBJECTS = 24
NAMED = "="  # before the name of a condition, so that it is not taken for the path of a field
EITHER = Domain(values=(True, False), sure=True)  # a named condition holds or does not; it is never unanswered
NOTHING: Mapping[str, Node] = {}
ENOUGH = {True: frozenset((True,)), False: frozenset((True, False))}  # after what nothing new can be learnt


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition on which something is asked, and the groups among whose fields it is read.

    `broken`: a check that must fail instead, as for its own message to be read.
    """

    formula: Formula
    groups: tuple[str, ...] = ()
    broken: bool = False


class World:
    """All that is known of the answers of one form. A field's path is its name after those of the groups around it."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.fields: dict[str, Field] = {}
        self.guards: dict[str, tuple[Guard, ...]] = {}
        self.known: dict[tuple[frozenset[str], tuple[str, ...]], bool] = {}
        self.resolved: dict[tuple[int, tuple[str, ...]], Node] = {}
        self.free: set[str] = set()  # conditions that were found wrong: nothing is concluded from what they say
        for step in form.steps:
            self._add(step.fields, (), (Guard(step.when),) if step.when is not None else ())

    def _add(self, fields: Iterable[Field], groups: tuple[str, ...], outer: tuple[Guard, ...]) -> None:
        for each in fields:
            path = ".".join((*groups, each.name))
            guards = (*outer, Guard(each.when, groups)) if each.when is not None else outer
            self.fields[path], self.guards[path] = each, guards
            self._add(each.fields, (*groups, each.name), guards)

    def path(self, name: str, groups: tuple[str, ...]) -> str | None:
        """The path of the field that a name means among the fields of these groups; None when it is no field."""
        for depth in range(len(groups), -1, -1):
            path = ".".join((*groups[:depth], name))
            if path in self.fields:
                return path
        return None

    def matters(self, names: frozenset[str], groups: tuple[str, ...]) -> bool:
        """Whether more is known of one of these names than its kind."""
        if (names, groups) not in self.known:
            self.known[names, groups] = any(self._restricted(path) for path in self._paths(names, groups))
        return self.known[names, groups]

    def _paths(self, names: Iterable[str], groups: tuple[str, ...]) -> Iterator[str]:
        """The paths of the fields that names mean, those that named conditions read among them."""
        seen: set[str] = set()
        waiting = [(name, groups) for name in names]
        while waiting:
            name, inside = waiting.pop()
            path = self.path(name, inside)
            if path is not None:
                yield path
            elif name in self.form.conditions and name not in seen:
                seen.add(name)
                waiting += [(other, ()) for other in self.form.conditions[name].names]

    def _restricted(self, path: str) -> bool:
        kind = self.fields[path].type
        known = self.guards[path] or kind.only or kind.conditional or kind.fields
        return bool(known) or kind.extent != (None, None) or kind.kind.base == "choices"

    def outcomes(
        self,
        node: Node | None,
        *,
        given: Collection[Guard] = (),
        groups: tuple[str, ...] = (),
        instead: Mapping[str, Node] = NOTHING,
        unknown: bool | None = False,
    ) -> set[bool | None] | None:
        """What a condition may give while all that is given holds; True without a condition, nothing when none of it can.

        None when that is too much to try out. `instead` has what stands for names that are no answers.
        """
        skeleton = Skeleton(self._domain)
        condition = FREE
        if node is not None:
            condition = demand(skeleton.of(self.resolve(node, groups, instead)), unknown=unknown)
        demands = [self._given(each, skeleton) for each in given]
        enough = ENOUGH[node is None]
        few, essential = list(skeleton.subjects.values()), list(demands)
        known = {id(each.formula) for each in given}
        for subject in _growing(skeleton):
            demands += self._implied(subject, skeleton, known)
        found = Trial(list(skeleton.subjects.values()), demands, condition, enough).outcomes()
        if found is None and len(demands) > len(essential):
            return Trial(few, essential, condition, enough).outcomes()
        return found

    def _domain(self, node: Node) -> Domain:
        return EITHER if isinstance(node, Read) and node.name.startswith(NAMED) else domain(node, self.fields)

    def _given(self, guard: Guard, skeleton: Skeleton) -> Demand:
        reduced = skeleton.of(self.resolve(guard.formula.expression.node, guard.groups))
        if not guard.broken:
            return demand(reduced)
        check = demand(reduced, unknown=None)
        return Demand(lambda env: check.run(env) is False, check.slots)

    def _implied(self, subject: Subject, skeleton: Skeleton, given: Collection[int]) -> Iterable[Demand]:
        """What must hold where a subject has a value: that its fields are asked, that its option is offered."""
        if isinstance(subject.node, Read) and subject.node.name.startswith(NAMED):
            name = subject.node.name.removeprefix(NAMED)
            if name not in self.free:
                named = skeleton.of(self.resolve(self.form.conditions[name].expression.node, ()))
                yield _same(subject.slot, demand(named))
            return
        certain = isinstance(subject.node, Call) and subject.node.name == "answered"
        there = (lambda value: value is True) if certain else (lambda value: value is not None)
        needed = strict(subject.node) if not isinstance(subject.node, Member) else strict(_whole(subject.node))
        seen = set(given)
        for path in sorted(needed):
            for guard in self.guards.get(path, ()):
                if id(guard.formula) not in seen:
                    seen.add(id(guard.formula))
                    reduced = skeleton.of(self.resolve(guard.formula.expression.node, guard.groups))
                    yield _where(subject.slot, there, reduced)
        if isinstance(subject.node, Read) and subject.node.name in self.fields:
            groups = tuple(subject.node.name.split(".")[:-1])
            for value, formula in self.fields[subject.node.name].type.conditional.items():
                reduced = skeleton.of(self.resolve(formula.expression.node, groups))
                yield _where(subject.slot, _is(value), reduced)

    def resolve(self, node: Node, groups: tuple[str, ...], instead: Mapping[str, Node] = NOTHING) -> Node:
        """The same condition with the paths of fields for their names, and conditions marked by `NAMED`."""
        if instead:
            return self._resolve(node, groups, instead)
        key = id(node), groups  # the nodes live as long as the form does
        if key not in self.resolved:
            self.resolved[key] = self._resolve(node, groups, instead)
        return self.resolved[key]

    def _resolve(self, node: Node, groups: tuple[str, ...], instead: Mapping[str, Node]) -> Node:
        def of(each: Node) -> Node:
            return self._resolve(each, groups, instead)

        kind, start, end = node.kind, node.start, node.end
        match node:
            case Read(name=name, own=False):
                return instead[name] if name in instead else self._name(node, name, groups)
            case Attribute():
                inner, last = of(node.of), node.path.rpartition(".")[2]
                path = f"{inner.name}.{last}" if isinstance(inner, Read) else ""
                if path in self.fields and inner.kind.base == "one":
                    return Read(kind, start, end, path)
                return Attribute(kind, start, end, inner, node.path, node.get)
            case And(parts=parts):
                return And(kind, start, end, tuple(map(of, parts)))
            case Or(parts=parts):
                return Or(kind, start, end, tuple(map(of, parts)))
            case Not():
                return Not(kind, start, end, of(node.of))
            case Negative():
                return Negative(kind, start, end, of(node.of))
            case If():
                return If(kind, start, end, of(node.test), of(node.then), of(node.other))
            case Compare(op=op):
                return Compare(kind, start, end, op, of(node.left), of(node.right))
            case Arithmetic(op=op):
                return Arithmetic(kind, start, end, op, of(node.left), of(node.right))
            case Member():
                container = None if node.container is None else of(node.container)
                return Member(kind, start, end, of(node.item), tuple(map(of, node.options)), container, node.negated)
            case Call(name=name):
                return Call(kind, start, end, name, tuple(map(of, node.args)))
        return node

    def _name(self, node: Read, name: str, groups: tuple[str, ...]) -> Node:
        path = self.path(name, groups)
        if path is not None:
            return Read(node.kind, node.start, node.end, path)
        return replace(node, name=NAMED + name) if name in self.form.conditions else node


def _growing(skeleton: Skeleton) -> Iterable[Subject]:
    """Every subject, those too that come to be meanwhile, up to a number that can be tried out."""
    done = 0
    while done < len(skeleton.subjects) <= MOST_SUBJECTS:
        subject = list(skeleton.subjects.values())[done]
        done += 1
        yield subject


def _whole(node: Member) -> Node:
    """The set of answers in which something is looked for."""
    return node.container if node.container is not None else node.item


def _is(value: str) -> Callable[[Any], bool]:
    folded = fold(value)
    return lambda found: isinstance(found, str) and fold(found) == folded


def _same(slot: str, condition: Demand) -> Demand:
    """That the value of a slot is whether a condition holds."""
    run = condition.run
    return Demand(lambda env: env.values[slot] is bool(run(env)), frozenset((slot, *condition.slots)))


def _where(slot: str, applies: Callable[[Any], bool], then: Node) -> Demand:
    """That a condition over slots holds where the value of a slot is such."""
    run: Run = closure(then)

    def holds(env: Env) -> bool:
        return not applies(env.values[slot]) or bool(run(env))

    return Demand(holds, frozenset((slot, *slots(then))))
