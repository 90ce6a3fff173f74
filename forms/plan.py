"""In which order a form's conditions and answers become known, and what depends on what: worked out once per form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from forms.definition import Check, Default, Field, Form, Formula, Step, Text

STEP = "step:"  # before the id of a step: the node of its `when`


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
    def order(self) -> tuple[str, ...]:
        """All nodes, each after those it depends on."""
        graph = depends(self.form)
        try:
            return tuple(TopologicalSorter(graph).static_order())
        except CycleError:  # reported by the linker; such a form is never served
            return tuple(graph)

    @cached_property
    def inner(self) -> Mapping[int, tuple[Field, ...]]:
        """For each group (by identity), its fields in the order in which they become known."""
        found: dict[int, tuple[Field, ...]] = {}

        def visit(group: Field) -> None:
            inside = {each.name: each for each in group.fields}
            graph = {name: _names(_before(each)) & inside.keys() - {name} for name, each in inside.items()}
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
        return {each.name: self._through(_names(each.reads)) for each in self.form.fields}

    @cached_property
    def watched(self) -> frozenset[str]:
        """Top-level names on which something on the page depends; a change of these is sent while filling in."""
        found: set[str] = set()
        for names in self.looks.values():
            found |= names
        for step in self.form.steps:
            found |= self._through(_names(_step_formulas(step)))
        found |= self._through(_names(check.that for check in self.form.checks if check.on))
        return frozenset(found & self.fields.keys())

    @cached_property
    def checks(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """For each check: the names it reads (through conditions too), and the fields at which it may speak."""
        found: list[tuple[frozenset[str], frozenset[str]]] = []

        def add(checks: Iterable[Check], here: str, inside: Iterable[Field] = ()) -> None:
            computed = {each.name: each for each in inside}
            for check in checks:
                way = (check.on or here).split(".")
                names = set(check.that.names)
                for name in check.that.names & computed.keys():
                    names |= _names(_before(computed[name]))
                found.append((self._through(names), frozenset((way[0], way[-1], here)) - {""}))

        def visit(fields: tuple[Field, ...]) -> None:
            for each in fields:
                add(each.checks, each.name, (*fields, *each.fields))
                visit(each.fields)

        for step in self.form.steps:
            visit(step.fields)
            add(step.checks, "")
        add(self.form.checks, "")
        return tuple(found)

    def speaking(self, names: Iterable[str]) -> frozenset[str]:
        """The fields (within groups too) at which a check that reads one of these names may speak."""
        changed = frozenset(names)
        return frozenset().union(*(at for reads, at in self.checks if reads & changed))

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
                waiting.extend(self.form.conditions[name].names)
            elif name in self.fields:
                waiting.extend(_names(_before(self.fields[name])))
        return frozenset(found)


def depends(form: Form) -> dict[str, set[str]]:
    """For each node, the nodes that must be known before it."""
    graph: dict[str, set[str]] = {name: set(formula.names) for name, formula in form.conditions.items()}
    for step in form.steps:
        node = STEP + step.id
        graph[node] = set(step.when.names) if step.when else set()
        for each in step.fields:
            graph[each.name] = {node, *_names(_before(each)), *_outer(each)}
    known = graph.keys()
    return {name: {other for other in needs if other in known} for name, needs in graph.items()}


def _before(field: Field) -> list[Formula]:
    """The formulas that must be worked out before the field's answer is known."""
    found = [field.when] if field.when else []
    found.extend(field.type.decides)
    found.extend(field.type.parted)
    if isinstance(field.default, Default) and field.default.formula is not None:
        found.append(field.default.formula)
    return found


def _outer(group: Field) -> set[str]:
    """What the fields within a group read from outside it."""
    inside = {each.name for each in group.fields}
    found: set[str] = set()
    for each in group.fields:
        found |= _names(_before(each)) | _outer(each)
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
