"""Where each formula of a form stands, and what holds there because the question, step or option is asked at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forms.check import Check
from forms.definition import Field, Step
from forms.formula import Formula, Text
from forms.soundness.world import Guard, World

# What a formula is for.
WHEN, STEP, OPTION, WHERE, REQUIRED, CHECK, CONDITION, TEXT, OTHER = (
    "when", "step", "option", "where", "required", "check", "condition", "text", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """What a formula is for, and what is known to hold where it is looked at."""

    role: str
    given: tuple[Guard, ...] = ()
    field: Field | None = None


def spots(world: World) -> dict[int, Spot]:
    """The spot of every formula, by the formula's identity; of those inside a group, that of the inner field."""
    found: dict[int, Spot] = {}
    for formula in world.form.conditions.values():
        found[id(formula)] = Spot(CONDITION)
    for path, field in world.fields.items():
        for formula, spot in _field(field, path, world):
            found[id(formula)] = spot
    for step in world.form.steps:
        for formula, spot in _step(step):
            found[id(formula)] = spot
    _checks(world.form.checks, (), found)
    return found


def _step(step: Step) -> Iterator[tuple[Formula, Spot]]:
    given = (Guard(step.when),) if step.when is not None else ()
    if step.when is not None:
        yield step.when, Spot(STEP)
    checks: dict[int, Spot] = {}
    _checks(step.checks, given, checks)
    for check in step.checks:
        yield check.that, checks[id(check.that)]
        yield from _text(check.message, (*given, Guard(check.that, (), broken=True)))
    for text in (step.title, step.intro):
        yield from _text(text, given)


def _checks(checks: Iterable[Check], given: tuple[Guard, ...], found: dict[int, Spot]) -> None:
    for check in checks:
        found[id(check.that)] = Spot(CHECK, given)


def _field(field: Field, path: str, world: World) -> Iterator[tuple[Formula, Spot]]:
    if not field.reads:
        return
    given = world.guards[path]
    other = Spot(OTHER, given, field)
    for formula in field.reads:
        yield formula, other
    groups = tuple(path.split(".")[:-1])
    for check in field.checks:
        yield check.that, Spot(CHECK, given, field)
        inner = (*groups, field.name) if field.fields else groups
        yield from _text(check.message, (*given, Guard(check.that, inner, broken=True)))
    if len(field.reads) == len(field.checks):
        return
    texts = [field.label, field.hint, *field.messages.values()]
    if not field.fields:  # the heading of an item leaves out by itself what is not answered
        texts += (each for each in vars(field.type).values() if isinstance(each, Text))
    for text in texts:
        yield from _text(text, given)
    if field.when is not None:
        yield field.when, Spot(WHEN, given[:-1], field)
    if isinstance(field.required, Formula):
        yield field.required, Spot(REQUIRED, given, field)
    options = field.type.options
    if options.where is not None:
        yield options.where, Spot(WHERE, given, field)
    for option in options.items if not options.fixed else ():
        own = given
        if option.when is not None:
            yield option.when, Spot(OPTION, given, field)
            own = (*given, Guard(option.when, groups))
        for text in (option.label, option.hint):
            yield from _text(text, own)


def _text(text: Text | None, given: tuple[Guard, ...]) -> Iterator[tuple[Formula, Spot]]:
    if text is None or text.fixed:
        return
    for insert in text.inserts:
        yield insert.formula, Spot(TEXT, given)
