"""In which order a form's conditions and answers become known, and what depends on what: worked out once per form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from forms.check import Check
from forms.definition import Field, Form, Step
from forms.formula import Default, Formula, Text

STEP = "step:"  # before the id of a step: the node of its `when`


class Node(NamedTuple):
    """What the walk comes to: a step, a field with the step it stands in, or a condition."""

    name: str
    step: Step | None
    field: Field | None
    condition: Formula | None


@dataclass(frozen=True, eq=False)
class Plan:
    """The order of one form. Nodes are names of fields and conditions, and `step:<id>`."""

    form: Form

    @cached_property
    def step_of(self) -> Mapping[str, Step]:
        """The step each top-level field stands in."""
        return {each.name: step for step in self.form.steps for each in step.fields}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Top-level fields by name."""
        return {each.name: each for each in self.form.fields}

    @cached_property
    def conditional(self) -> bool:
        """Whether any question, in a group too, is asked under a condition."""
        return any(each.when is not None for each in _all(self.form.fields))

    @cached_property
    def uploads(self) -> bool:
        """Whether any question, in a group too, is answered with files, or in part with them."""
        return any(each.type.attached for each in _all(self.form.fields))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """All nodes, each after those it depends on."""
        graph = depends(self.form)
        try:
            return tuple(TopologicalSorter(graph).static_order())
        except CycleError:  # reported by the linker; such a form is never served
            return tuple(graph)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The same with what each name stands for."""
        steps = {STEP + step.id: step for step in self.form.steps}
        return tuple(
            Node(name, steps.get(name) or self.step_of.get(name), self.fields.get(name), self.form.conditions.get(name))
            for name in self.order
        )

    @cached_property
    def inner(self) -> Mapping[int, tuple[Field, ...]]:
        """For each group (by identity), its fields in the order in which they become known."""
        found: dict[int, tuple[Field, ...]] = {}

        def visit(group: Field) -> None:
            inside = {each.name: each for each in group.fields}
            graph = {name: _names(decided_by(each)) & inside.keys() - {name} for name, each in inside.items()}
            found[id(group)] = tuple(inside[name] for name in TopologicalSorter(graph).static_order())
            for each in group.fields:
                if each.fields:
                    visit(each)

        for each in self.form.fields:
            if each.fields:
                visit(each)
        return found

    @cached_property
    def looks(self) -> Mapping[str, frozenset[str]]:
        """For each top-level field, every name on which its look on the page may depend (through conditions too)."""
        return {
            each.name: self._through(_names(each.reads) | self._shares(each) | self._past(each))
            for each in self.form.fields
        }

    @cached_property
    def watched(self) -> frozenset[str]:
        """Top-level names on which something on the page depends; a change of these is sent while filling in."""
        found: set[str] = set()
        for names in self.looks.values():
            found |= names
        for step in self.form.steps:
            found |= self._through(self._names(_step_formulas(step)))
        found |= self._through(self._names(check.that for check in self.form.checks if check.on))
        found |= {each.name for each in self.form.fields if each.followed}
        return frozenset(found & self.fields.keys())

    @cached_property
    def checks(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """For each check: the names it reads (through conditions too), and the fields at which it may speak."""
        found: list[tuple[frozenset[str], frozenset[str]]] = []

        def add(checks: Iterable[Check], here: str, inside: Iterable[Field] = ()) -> None:
            computed = {each.name: each for each in inside}
            for check in checks:
                way = (check.on or here).split(".")
                names = self._names([check.that])
                for name in check.that.names & computed.keys():
                    names |= _names(decided_by(computed[name]))
                found.append((self._through(names), frozenset((way[0], way[-1], here)) - {""}))

        def visit(fields: tuple[Field, ...]) -> None:
            for each in fields:
                add(each.checks, each.name, (*fields, *each.fields))
                if each.followed:
                    found.append((frozenset({each.name}) | self._series, frozenset({each.name})))
                visit(each.fields)

        for step in self.form.steps:
            visit(step.fields)
            add(step.checks, "")
        add(self.form.checks, "")
        return tuple(found)

    @cached_property
    def laws(self) -> Mapping[str, tuple[str, ...]]:
        """For each step that has any, by its id: the limits of the law that its checks hold answers against."""
        found = {step.id: dict.fromkeys(_limits(step.checks, step.fields)) for step in self.form.steps}
        return {step_id: tuple(names) for step_id, names in found.items() if names}

    def speaking(self, names: Iterable[str]) -> frozenset[str]:
        """The fields (within groups too) at which a check that reads one of these names may speak."""
        changed = frozenset(names)
        return frozenset().union(*(at for reads, at in self.checks if reads & changed))

    @cached_property
    def _series(self) -> frozenset[str]:
        """The questions that say which response of the previous period is looked up."""
        if self.form.period is None:
            return frozenset()
        return frozenset({self.form.period.field, *(each.name for each in self.form.fields if each.type.names_gmina)})

    def _names(self, formulas: Iterable[Formula]) -> set[str]:
        """What formulas read; those that ask for the previous period read what says which that is."""
        known = list(formulas)
        return _names(known) | (self._series if any(True for each in known for _ in each.expression.past) else set())

    def _past(self, each: Field) -> frozenset[str]:
        """What the previous answers beside a question, or within it, depend on."""
        if self._series and (any(one.followed for one in _all((each,))) or self._names(each.reads) >= self._series):
            return self._series
        return frozenset()

    def _shares(self, each: Field) -> set[str]:
        """The gmina, where what is left of a question's places depends on it."""
        if not any(event.per_gmina for event in self.form.places.values()) or not _seated(each):
            return set()
        return {other.name for other in self.form.fields if other.type.names_gmina}

    def _through(self, names: Iterable[str]) -> frozenset[str]:
        """The names, and what the conditions and computed values among them read."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            if name in self.form.conditions:
                waiting.extend(self._names([self.form.conditions[name]]))
            elif name in self.fields:
                waiting.extend(_names(decided_by(self.fields[name])))
        return frozenset(found)


def _seated(each: Field) -> bool:
    """Whether a question, or one within it, offers places."""
    return bool(each.type.seats(each.name)) or any(_seated(inner) for inner in each.fields)


def depends(form: Form) -> dict[str, set[str]]:
    """For each node, the nodes that must be known before it."""
    graph: dict[str, set[str]] = {name: set(formula.names) for name, formula in form.conditions.items()}
    for step in form.steps:
        node = STEP + step.id
        graph[node] = set(step.when.names) if step.when else set()
        for each in step.fields:
            graph[each.name] = {node, *_names(decided_by(each)), *_outer(each)}
    known = graph.keys()
    return {name: {other for other in needs if other in known} for name, needs in graph.items()}


def decided_by(field: Field) -> list[Formula]:
    """The formulas that must be worked out before the field's answer is known."""
    found = [field.when] if field.when else []
    found.extend(field.type.decides)
    found.extend(field.type.parted)
    if isinstance(field.default, Default) and field.default.formula is not None:
        found.append(field.default.formula)
    return found


def _all(fields: Iterable[Field]) -> Iterator[Field]:
    for each in fields:
        yield each
        yield from _all(each.fields)


def _limits(checks: Iterable[Check], fields: Iterable[Field]) -> Iterator[str]:
    for check in checks:
        yield from check.that.expression.limits
    for each in fields:
        yield from _limits(each.checks, each.fields)


def _outer(group: Field) -> set[str]:
    """What the fields within a group read from outside it."""
    inside = {each.name for each in group.fields}
    found: set[str] = set()
    for each in group.fields:
        found |= _names(decided_by(each)) | _outer(each)
    return found - inside - {group.name}


def _step_formulas(step: Step) -> Iterable[Formula]:
    if step.when:
        yield step.when
    for check in step.checks:
        yield check.that
    for text in (step.title, step.intro):
        if isinstance(text, Text):
            yield from (insert.formula for insert in text.inserts)


def _names(formulas: Iterable[Formula]) -> set[str]:
    found: set[str] = set()
    for formula in formulas:
        found |= formula.names
    return found
