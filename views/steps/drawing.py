"""Questions as HTML: each field's template is rendered once per version, language and place, and filled per request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from markupsafe import Markup

from forms.answers import Outcome, Working, holds
from forms.definition import Field, Step
from forms.expressions import Env
from forms.formula import Formula, Text
from forms.judging import CONFLICT, Failure
from forms.plan import Plan
from forms.types.base import FieldType
from forms.types.given import Typed
from forms.wording import Said, language
from views.markdown import markdown, typographic
from views.steps import beside, clashing
from views.steps.facts import Facts
from views.steps.mistakes import message
from views.steps.places import Seats
from views.steps.stencil import Fill, Stencil, cut

MOST_KEPT, MOST_FACES, MOST_BLANK = 20_000, 100, 1_000

UNTYPED: Typed = {}
WRONG: tuple[Fill, ...] = (("wrong", True), ("described", True))

_looks: dict[tuple[Any, ...], Look] = {}
_blank_steps: dict[tuple[Any, ...], Markup] = {}


@dataclass(slots=True)
class Look:
    """What is known of a question before anybody answers it; made once per version, language and place."""

    alike: bool  # it looks the same to everybody who has not answered it
    changes: bool  # its words, or what it shows, depend on answers
    stencil: Stencil | None = None  # where there is only one
    stencils: dict[tuple[Any, ...], Stencil] = field(default_factory=dict)  # by whether optional, and what is offered
    _wrong: tuple[Stencil, Stencil] | None = None

    def wrong(self, stencil: Stencil) -> Stencil:
        """The stencil with the marks of an answer that is wrong."""
        if self._wrong is None or self._wrong[0] is not stencil:
            self._wrong = (stencil, stencil.settled(WRONG))
        return self._wrong[1]


@dataclass
class Drawing:
    """One step as it stands now: draws its questions."""

    plan: Plan
    outcome: Outcome
    working: Working
    failures: list[Failure] = field(default_factory=list)
    seats: Seats | None = None

    def __post_init__(self) -> None:
        self.drawn: dict[str, Typed] = {}  # by path: the texts put into the inputs
        self._by_path: dict[str, list[Failure]] = {}
        for failure in self.failures:
            self._by_path.setdefault(failure.path, []).append(failure)

    def step(self, step: Step) -> Markup:
        """All questions of a step; one that is not asked now leaves its place."""
        if self.failures or self.working.typed or any(each.name in self.outcome.values for each in step.fields):
            return Markup("\n".join([self._top(each) for each in step.fields]))
        return self._blank(step)

    def _blank(self, step: Step) -> Markup:
        """A step with nothing answered: where no question of it depends on others, the same for everybody."""
        key = (self.plan.form.version, language.get(), step.id)
        html = _blank_steps.get(key)
        if html is None:
            html = Markup("\n".join(self.top(each) for each in step.fields))
            if all(alike(each) for each in step.fields):
                if len(_blank_steps) >= MOST_BLANK:
                    _blank_steps.clear()
                _blank_steps[key] = html
        return html

    def top(self, each: Field) -> Markup:
        """A question of a step."""
        return Markup(self._top(each))

    def _top(self, each: Field) -> str:
        return self._field(each, each.name, self.outcome.values, self.outcome.env, each.name in self.plan.watched)

    def field(self, each: Field, path: str, values: Mapping[str, Any], env: Env, watched: bool) -> Markup:
        """A question at a path, with its answer and what is wrong with it."""
        return Markup(self._field(each, path, values, env, watched))

    def _field(self, each: Field, path: str, values: Mapping[str, Any], env: Env, watched: bool) -> str:
        if path not in self.outcome.asked:
            return f'<div id="f-{path}" hidden></div>'
        if each.fields:
            return self._group(each, path, values.get(each.name), env, watched)
        look = self._look(each, path, env, watched)
        stencil = look.stencil
        if stencil is None:
            stencil = self._stencil(look, each, path, env, watched)
        value, typed, failures = values.get(each.name), self.working.typed.get(path), self._by_path.get(path)
        if typed is None and value is not None:
            typed = each.type.typed(value)
        self.drawn[path] = typed or UNTYPED
        if look.alike and typed is None and failures is None:
            return stencil.blank
        fills: list[Fill] = [] if typed is None else [*each.type.fills(typed)]
        if look.changes:
            fills += _texts(each, value, env)
        if each.followed:
            fills += beside.fills(each, path, value, env, self.outcome)
        if self.seats is not None:
            fills += self.seats.fills(each, path, value)
        if failures is None:
            return stencil.fill(fills)
        if len(failures) == 1 and failures[0].level == "error" and not failures[0].part:
            fills.append(("error", message(failures[0])))
            return look.wrong(stencil).fill(fills)
        return stencil.fill([*fills, *self._wrong(failures)])

    def _look(self, each: Field, path: str, env: Env, watched: bool) -> Look:
        key = (self.plan.form.version, language.get(), path, watched)
        look = _looks.get(key)
        if look is None:
            if len(_looks) >= MOST_KEPT:
                _looks.clear()
            look = _looks[key] = Look(alike(each), _changes(each))
            if isinstance(each.required, bool) and each.type.options_fixed:
                look.stencil = self._stencil(look, each, path, env, watched)
        return look

    def _stencil(self, look: Look, each: Field, path: str, env: Env, watched: bool) -> Stencil:
        """The stencil of a question as it is asked now: whether it is optional and what it offers may change."""
        optional = each.type.asks and not each.type.marked and not holds(each.required, env)
        offered = each.type.offered(env)
        key = (optional, tuple(option.value for option in offered))
        stencil = look.stencils.get(key)
        if stencil is None:
            facts = self._facts(each, path, optional, watched, offered)
            template = current_app.jinja_env.get_template(each.type.template)
            if len(look.stencils) >= MOST_FACES:
                look.stencils.clear()
            stencil = look.stencils[key] = cut(lambda slots: template.render(f=facts, slot=slots))
        return stencil

    def _facts(
        self, each: Field, path: str, optional: bool, watched: bool, offered: Iterable[Any], **more: Any
    ) -> Facts:
        options = tuple(
            {
                "value": option.value,
                "label": typographic(static(option.label)),
                "hint": markdown(static(option.hint)) if option.hint else None,
            }
            for option in offered
        )
        hint = markdown(static(each.hint)) if each.hint is not None else None
        label = typographic(static(each.label))
        again = not optional and any(each is own for step in self._headed(label) for own in step.fields)
        return Facts(each, path, label, hint, optional, watched, options, again=again, **more)

    def _headed(self, label: str) -> list[Step]:
        """The steps on pages of their own whose heading says what this label says."""
        steps = self.plan.form.steps if self.plan.form.journey != "page" else ()
        return [step for step in steps if typographic(static(step.title)) == label]

    def said(self, path: str) -> Markup:
        """What stands at a question's place for errors."""
        failures = self._by_path.get(path, ())
        return Markup("").join(self._said(each) for each in failures)

    def _said(self, failure: Failure) -> Markup:
        if failure.level == CONFLICT:
            return clashing.drawn(failure, self.plan, self.working)
        return message(failure, self.working.explained.get(failure.key, ""))

    def _wrong(self, failures: list[Failure]) -> Iterator[Fill]:
        """Slots for what is wrong with a question and with parts of its answer."""
        whole: list[Markup] = []
        for failure in failures:
            if failure.part and failure.level == "error":
                yield f"error:{failure.part}", message(failure)
                yield f"wrong:{failure.part}", True
            else:
                whole.append(self._said(failure))
        if any(failure.level == "error" for failure in failures):
            yield from WRONG
        if whole:
            yield "error", whole[0] if len(whole) == 1 else Markup("".join(whole))

    def _group(self, group: Field, path: str, value: Any, env: Env, watched: bool) -> Markup:
        inner = inner_watched(group)
        items = []
        entries = list(value or ()) if group.type.repeats else [value or {}]
        for index, item in enumerate(entries):
            place = f"{path}-{index}" if group.type.repeats else path
            inside = self.outcome.items[place]
            body = Markup("\n").join(
                self.field(each, f"{place}-{each.name}", item, inside, watched or each.name in inner)
                for each in group.fields
            )
            wrong = Markup("").join(message(failure) for failure in self._by_path.get(place, ()))
            title = group.type.title(group, inside) if group.type.repeats else ""
            items.append(
                {
                    "index": index,
                    "path": place,
                    "title": typographic(title),
                    "body": body,
                    "error": wrong,
                    "remove": place,
                }
            )
        # What is asked in a group that does not repeat says itself whether it must be answered.
        optional = group.type.repeats and not holds(group.required, env) and not group.type.least
        can_add = group.type.repeats and len(items) < group.type.most
        facts = self._facts(group, path, optional, False, (), items=tuple(items), can_add=can_add)
        slots = _Filled(dict([*_texts(group, None, env), *self._wrong(self._by_path.get(path, []))]))
        template = current_app.jinja_env.get_template(group.type.template)
        return Markup(template.render(f=facts, slot=slots))


def alike(each: Field) -> bool:
    """Whether a question looks the same to everybody who has not answered it: nothing but its checks reads answers."""
    checks = [formula for check in each.checks for formula in (check.that, *_inserted(check.message))]
    fixed = all(any(formula is known for known in checks) for formula in each.reads)
    return (
        fixed
        and each.type.asks
        and each.type.options_fixed
        and not each.fields
        and not each.followed
        and not each.type.seats(each.name)  # what is left of places changes by itself
        and not [*each.type.shows(None, Env({}))]
    )


def _changes(each: Field) -> bool:
    """Whether `_texts` may have something to say."""
    texts = [text for text in (each.label, each.hint) if text is not None]
    return type(each.type).shows is not FieldType.shows or not all(text.fixed for text in texts)


def _texts(each: Field, value: Any, env: Env) -> Iterator[Fill]:
    """Slots for words into which values are put, and for what is shown and never typed."""
    if not each.label.fixed:
        yield "label", typographic(each.label(env))
    if each.hint is not None and not each.hint.fixed:
        yield "hint", markdown(each.hint(env))
    for name, text in each.type.shows(value, env):
        yield name, markdown(text) if isinstance(text, str) else text


def _inserted(text: Text) -> Iterator[Formula]:
    return (insert.formula for insert in text.inserts)


class _Filled:
    """Stands in for `Slots` where a template is rendered for one request: prints what would be filled."""

    def __init__(self, fills: Mapping[str, Any]) -> None:
        self.fills = fills

    def __call__(self, name: str, default: Any = "", on: Any = "") -> Any:
        found = self.fills.get(name)
        if found is None:
            return default
        return on if found is True else found


def forget(version: tuple[str, str]) -> None:
    """Lets go of what was made for a version that serves nobody, such as one being written."""
    for kept in (_looks, _blank_steps):
        for key in [key for key in list(kept) if key[0] == version]:
            kept.pop(key, None)


def inner_watched(group: Field) -> frozenset[str]:
    """Fields of a group on which others of the same group depend."""
    names = {each.name for each in group.fields}
    found: set[str] = set()
    for each in group.fields:
        for formula in each.reads:
            found |= formula.names & names - {each.name}
        if each.followed:
            found |= {each.name, group.type.key}
    return frozenset(found)


def static(text: Text | None) -> str:
    """A text where no answers are at hand: inserts stay empty."""
    return Said("" if text is None else "".join(part for part in text.parts if isinstance(part, str)))
