"""Ties a form's expressions to its names, once all names are known, and checks what only then can be seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from forms.definition import Default, Field, Form, Formula
from forms.expressions import ExpressionErrors, Kind, compile_expression
from forms.plan import depends
from forms.problems import Place
from forms.reading import Pending, Reading
from forms.source import Node, nearest
from forms.types.base import Refused
from forms.wording import say
from forms.writing import writer


class Unlinked(RuntimeError):
    """The kind of a name is not known yet: it depends on an expression that is not linked."""


class Names:
    """What the names of a form mean in expressions; inside groups their own fields come first."""

    def __init__(
        self, form: Form, groups: tuple[str, ...], extra: Mapping[str, Kind], unread: Collection[str], *, final: bool
    ) -> None:
        self.unread = unread
        self.form_fields = {each.name: each for each in form.fields}
        self.conditions = form.conditions
        self.extra = extra
        self.final = final
        self.inner: list[dict[str, Field]] = []
        fields = self.form_fields
        for group in groups:
            holder = fields.get(group)
            if holder is None:
                break
            fields = {each.name: each for each in holder.fields}
            self.inner.insert(0, fields)

    def field(self, name: str) -> Field | None:
        """The field a name stands for, or None."""
        for fields in (*self.inner, self.form_fields):
            if name in fields:
                return fields[name]
        return None

    def kind(self, name: str) -> Kind | None:
        """The kind of a name, or None when there is no such name."""
        if name in self.extra:
            return self.extra[name]
        field = self.field(name)
        if field is None and name in self.unread:
            return Kind.ANY
        if field is None:
            return Kind.BOOLEAN if name in self.conditions else None
        if not field.type.stores:
            return None
        try:
            return field.type.kind
        except RuntimeError as unlinked:
            if self.final:
                return Kind.ANY
            raise Unlinked from unlinked

    def names(self) -> Iterator[str]:
        """Every name that may be used."""
        yield from self.extra
        for fields in (*self.inner, self.form_fields):
            yield from (name for name, each in fields.items() if each.type.stores)
        yield from self.conditions


def link(form: Form, reading: Reading, limits: Collection[str]) -> None:
    """Compiles every formula of the form; all mistakes go to the reading's problems."""
    waiting = list(reading.pending)
    final = False
    while waiting:
        postponed = []
        for pending in waiting:
            try:
                _link(pending, Names(form, pending.groups, pending.extra, reading.unread, final=final), reading, limits)
            except Unlinked:
                postponed.append(pending)
        final = len(postponed) == len(waiting)
        waiting = postponed
    if any(not pending.formula.linked for pending in reading.pending):
        return
    for default, groups in _defaults(form.fields, ()):
        _resolve(default, Names(form, groups, {}, reading.unread, final=True), reading, limits)
    _targets(form, reading)
    if not reading.problems.errors:
        _order(form, reading)


def _link(pending: Pending, names: Names, reading: Reading, limits: Collection[str]) -> None:
    try:
        expression = compile_expression(
            pending.formula.text, names, wants=pending.wants, limits=limits, in_group=bool(pending.groups)
        )
    except ExpressionErrors as errors:
        for mistake in errors.mistakes:
            place = _place(pending, mistake.start, mistake.end)
            reading.problems.add(place, mistake.code, mistake.what, pending.thing)
        return
    pending.formula.link(expression)
    if pending.insert is not None:
        pending.insert.show.append(writer(pending.formula.text, expression.kind, names.field))
    for mistake in expression.warnings:
        place = _place(pending, mistake.start, mistake.end)
        reading.problems.add(place, mistake.code, mistake.what, pending.thing, "warning")


def _place(pending: Pending, start: int, end: int) -> Place:
    first = pending.node.at(pending.offset + start)
    last = pending.node.at(pending.offset + max(start, end - 1))
    return Place(first.line, first.column, last.column + 1 if last.line == first.line else first.column + 1)


def _defaults(
    fields: Iterable[Field], groups: tuple[str, ...]
) -> Iterator[tuple[tuple[Field, Default], tuple[str, ...]]]:
    for each in fields:
        if isinstance(each.default, Default):
            yield (each, each.default), groups
        yield from _defaults(each.fields, (*groups, each.name))


def _resolve(found: tuple[Field, Default], names: Names, reading: Reading, limits: Collection[str]) -> None:
    """A default is a value of the type where it can be one; an expression where it names something (or the value fails)."""
    field, default = found
    node = default.node
    text = getattr(node, "text", "")
    expression = None
    errors: ExpressionErrors | None = None
    try:
        expression = compile_expression(text, names, limits=limits)
    except ExpressionErrors as failed:
        errors = failed
    try:
        default.value = field.type.parse(field.type.literal(node), field)
        literal = True
    except Refused:
        literal = False
    if expression is not None and (expression.names or not literal):
        default.value = None
        default.formula = Formula(text, node.place)
        default.formula.link(expression)
    elif not literal:
        with reading.within(say("pole „{name}”", name=field.name)):
            what = errors.mistakes[0].what if errors else say("Wartość domyślna nie pasuje do typu pola.")
            reading.problem(node, "wrong-default", what)


def _targets(form: Form, reading: Reading) -> None:
    """`on` of checks and `unique`, `key` of groups name fields that exist."""

    def known(name: str, fields: Mapping[str, Field], at: Node | Place) -> None:
        parts = name.split(".")
        for part in parts:
            if part in fields:
                fields = {each.name: each for each in fields[part].fields}
                continue
            if part is parts[-1] and len(parts) > 1:
                return  # a cell or an item of a composite answer
            close = nearest(part, fields)
            what = say("Nie ma pola „{name}”.", name=name)
            if close:
                what = say("Nie ma pola „{name}” – czy chodziło o „{close}”?", name=name, close=close)
            reading.problem(at, "unknown-name", what)
            return

    top = {each.name: each for each in form.fields}
    for check in (*form.checks, *(check for step in form.steps for check in step.checks)):
        if check.on:
            known(check.on, top, check.that.place)
    for field in form.fields:
        _inner_targets(field, top, known)


def _inner_targets(field: Field, outer: Mapping[str, Field], known: Any) -> None:
    inner = {each.name: each for each in field.fields}
    for check in field.checks:
        if check.on:
            known(check.on, {**outer, **inner}, check.that.place)
    for name in getattr(field.type, "unique", ()):
        known(name, inner, field.place)
    for each in field.fields:
        _inner_targets(each, {**outer, **inner}, known)


def _order(form: Form, reading: Reading) -> None:
    """No reference to a later step, and no circle among conditions and computed values."""
    position = {each.name: index for index, step in enumerate(form.steps) for each in step.fields}
    for pending in reading.pending:
        here = _step_of(pending, form, position)
        if here is None or form.journey != "pages" or pending.role in ("check", "condition"):
            continue
        for name in sorted(pending.formula.names):
            if position.get(name, here) > here:
                step = form.steps[position[name]]
                what = say("„{name}” jest dopiero w późniejszym kroku „{step}”.", name=name, step=str(step.title))
                reading.problems.add(_place(pending, 0, len(pending.formula.text)), "later-step", what, pending.thing)
    graph = depends(form)
    for name, circle in _circles(graph):
        field = next((each for each in form.fields if each.name == name), None)
        at = field.place if field else form.conditions[name].place
        what = say("Te pola i warunki zależą od siebie w kółko: {names}.", names=" → ".join(circle))
        thing = say("pole „{name}”", name=name) if field else say("warunek „{name}”", name=name)
        reading.problems.add(at, "circle", what, thing)


def _step_of(pending: Pending, form: Form, position: Mapping[str, int]) -> int | None:
    line = pending.formula.place.line
    if pending.groups:
        return position.get(pending.groups[0])
    best = None
    for each in form.fields:
        if each.place.line <= line and (best is None or each.place.line >= best.place.line):
            best = each
    return position[best.name] if best is not None else None


def _circles(graph: Mapping[str, Collection[str]]) -> Iterator[tuple[str, list[str]]]:
    """Each circle once, as the name where it was found and the way round."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> Iterator[tuple[str, list[str]]]:
        if name in way:
            circle = way[way.index(name) :]
            if not done.intersection(circle):
                yield name, [*circle, name]
            done.update(circle)
            return
        if name in done:
            return
        for other in sorted(graph.get(name, ())):
            yield from walk(other, [*way, name])
        done.add(name)

    for name in graph:
        yield from walk(name, [])
