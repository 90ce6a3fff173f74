"""Ties a form's expressions to its names, once all names are known, and checks what only then can be seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from forms.definition import Field, Form
from forms.expressions import Env, Expression, ExpressionErrors, Kind, compile_expression
from forms.formula import Default, Formula
from forms.periods.checks import check_series
from forms.plan import STEP, depends
from forms.problems import Place
from forms.reading import AFTERWARDS, Pending, Reading
from forms.soundness import examine
from forms.source import Node, nearest
from forms.types.given import Refused
from forms.wording import say
from forms.writing import writer

NEVER = {"step": "unreachable-step", "option": "option-never-offered"}


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

        self.compiled: dict[tuple[str, Kind | None], Expression] = {}  # the same text in the same place means the same

    def compile(self, text: str, wants: Kind | None, limits: Collection[str], in_group: bool) -> Expression:
        """The expression that a text means among these names. Raises ExpressionErrors, Unlinked."""
        found = self.compiled.get((text, wants))
        if found is None:
            found = compile_expression(text, self, wants=wants, limits=limits, in_group=in_group)
            self.compiled[text, wants] = found
        return found

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


def link(form: Form, reading: Reading, limits: Collection[str]) -> bool:
    """Compiles every formula of the form, and tells whether all of them do; mistakes go to the reading's problems."""
    waiting = list(reading.pending)
    final = False
    while waiting:
        postponed = []
        scopes: dict[tuple[str, ...], Names] = {}
        for pending in waiting:
            names = scopes.get(pending.groups) if not pending.extra else None
            if names is None:
                names = Names(form, pending.groups, pending.extra, reading.unread, final=final)
            if not pending.extra:
                scopes[pending.groups] = names
            try:
                _link(pending, names, reading, limits)
            except Unlinked:
                postponed.append(pending)
        final = len(postponed) == len(waiting)
        waiting = postponed
    if any(not pending.formula.linked for pending in reading.pending):
        return False
    for default, groups in _defaults(form.fields, ()):
        _resolve(default, Names(form, groups, {}, reading.unread, final=True), reading, limits)
    _targets(form, reading)
    check_series(form, reading, _place)
    if not reading.problems.errors:
        _order(form, reading)
    if not reading.problems.errors:
        examine(form, reading, _place)
    return True


def _link(pending: Pending, names: Names, reading: Reading, limits: Collection[str]) -> None:
    try:
        expression = names.compile(pending.formula.text, pending.wants, limits, bool(pending.groups))
    except ExpressionErrors as errors:
        for mistake in errors.mistakes:
            place = _place(pending, mistake.start, mistake.end)
            code = NEVER.get(pending.role, mistake.code) if mistake.code == "never-holds" else mistake.code
            reading.problems.add(place, code, mistake.what, pending.thing)
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
    elif literal:
        _within_limits(field, default, reading)
    else:
        with reading.within(say("pole „{name}”", name=field.name)):
            what = errors.mistakes[0].what if errors else say("Wartość domyślna nie pasuje do typu pola.")
            reading.problem(node, "wrong-default", what)


def _within_limits(field: Field, default: Default, reading: Reading) -> None:
    """A fixed default keeps to limits that are fixed too."""
    if not field.type.options_fixed or any(isinstance(value, Formula) for value in vars(field.type).values()):
        return
    refused = field.type.verdict(default.value, field, Env({}))
    if refused is not None:
        with reading.within(say("pole „{name}”", name=field.name)):
            what = say("Wartość domyślna nie przejdzie: {why}", why=refused.what)
            reading.problem(default.node, "wrong-default", what)


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
    for name in field.type.unique:
        known(name, inner, field.place)
    for each in field.fields:
        _inner_targets(each, {**outer, **inner}, known)


def _order(form: Form, reading: Reading) -> None:
    """No reference to a later step, and no circle among conditions and computed values."""
    position = {each.name: index for index, step in enumerate(form.steps) for each in step.fields}
    ordered = form.journey == "pages" and len(form.steps) > 1
    for pending in reading.pending if ordered else ():
        here = _step_of(pending, form, position)
        if here is None or pending.role in ("check", "condition", AFTERWARDS):
            continue
        for name in sorted(pending.formula.names):
            if position.get(name, here) > here:
                title = str(form.steps[position[name]].title)
                what = say("„{name}” jest dopiero w późniejszym kroku „{step}”.", name=name, step=title)
                reading.problems.add(_place(pending, 0, len(pending.formula.text)), "later-step", what, pending.thing)
    graph = depends(form)
    for name, circle in _circles(graph):
        field = next((each for each in form.fields if each.name == name), None)
        step = next((each for each in form.steps if name == f"{STEP}{each.id}"), None)
        what = say(
            "Te pola i warunki zależą od siebie w kółko: {names}.",
            names=" → ".join(each.removeprefix(STEP) for each in circle),
        )
        if step is not None and step.when is not None:
            at, thing = step.when.place, say("krok „{name}”", name=step.id)
        elif field is not None:
            at, thing = field.place, say("pole „{name}”", name=name)
        else:
            at, thing = form.conditions[name].place, say("warunek „{name}”", name=name)
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
    for first in graph:
        way: list[str] = []
        ahead: list[Iterator[str]] = [iter((first,))]  # a chain may be longer than Python's stack is deep
        while ahead:
            name = next(ahead[-1], None)
            if name is None:
                ahead.pop()
                done.update(way[-1:])
                del way[-1:]
            elif name in way:
                circle = way[way.index(name) :]
                if not done.intersection(circle):
                    yield name, [*circle, name]
                done.update(circle)
            elif name not in done:
                way.append(name)
                ahead.append(iter(sorted(graph.get(name, ()))))
