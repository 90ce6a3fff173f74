"""Questions as HTML: each field's template is rendered once per version, language and place, and filled per request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from flask import current_app
from markupsafe import Markup, escape

from forms.answers import Outcome, Working, holds
from forms.definition import Field, Formula, Step, Text
from forms.expressions import Env
from forms.judging import Failure
from forms.plan import Plan
from forms.types.base import Typed
from forms.wording import language, say
from views.markdown import markdown, typographic
from views.stencil import Fill, Stencil, cut

# A change of a question on which others depend is sent as its own; that of any other is sent by the form (step.html).
LIVE = Markup(' hx-post="" hx-trigger="change consume"')
MOST_KEPT, MOST_BLANK = 20_000, 1_000

_kept: dict[tuple[Any, ...], tuple[Stencil, bool]] = {}
_blank_steps: dict[tuple[str, ...], Markup] = {}


@dataclass(frozen=True)
class Facts:
    """What a field's template needs to know: finished values."""

    field: Field
    id: str
    label: str | Markup
    hint: Markup | None
    optional: bool
    watched: bool
    options: tuple[Any, ...] = ()
    items: tuple[Any, ...] = ()
    can_add: bool = False

    @property
    def type(self) -> Any:
        """The field's type with its keys."""
        return self.field.type

    @property
    def wrapper_id(self) -> str:
        """The id of the whole question."""
        return f"f-{self.id}"

    @property
    def hint_id(self) -> str:
        """The id of the hint."""
        return f"{self.id}--hint"

    @property
    def error_id(self) -> str:
        """The id of the place where errors stand."""
        return f"{self.id}--error"

    @property
    def live(self) -> Markup:
        """htmx attributes: a change of this question is sent at once."""
        return LIVE if self.watched else Markup("")

    @property
    def shown(self) -> Markup:
        """Says to the server that this conditional question was on the page."""
        if self.field.when is None:
            return Markup("")
        return Markup('<input type="hidden" name="_shown" value="{}">').format(self.id)

    @property
    def described(self) -> Markup:
        """What describes the input."""
        ids = f"{self.hint_id} {self.error_id}" if self.hint else self.error_id
        return Markup(' aria-describedby="{}"').format(ids)

    @property
    def described_wrong(self) -> Markup:
        """As `described`, for an input that is wrong; a fieldset cannot be marked invalid, its inputs are described."""
        return self.described if self.type.fieldset else Markup(' aria-invalid="true"') + self.described

    @property
    def autocomplete(self) -> Markup:
        """The HTML token for data about the person who is typing."""
        token = self.field.autocomplete
        return Markup(' autocomplete="{}"').format(token) if token else Markup("")

    @property
    def attributes(self) -> Markup:
        """Further attributes that the type wants."""
        return Markup("").join(Markup(' {}="{}"').format(name, value) for name, value in self.type.attributes.items())

    def part(self, name: str) -> str:
        """Id and name of a further input of the same answer."""
        return f"{self.id}--{name}"


@dataclass
class Drawing:
    """One step as it stands now: draws its questions."""

    plan: Plan
    outcome: Outcome
    working: Working
    failures: list[Failure] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_path: dict[str, list[Failure]] = {}
        for failure in self.failures:
            self._by_path.setdefault(failure.path, []).append(failure)

    def step(self, step: Step) -> Markup:
        """All questions of a step; one that is not asked now leaves its place."""
        if self.failures or self.working.typed or any(each.name in self.outcome.values for each in step.fields):
            return Markup("\n".join(self.top(each) for each in step.fields))
        return self._blank(step)

    def _blank(self, step: Step) -> Markup:
        """A step with nothing answered: where no question of it depends on others, the same for everybody."""
        key = (self.plan.form.hash, language.get(), step.id)
        html = _blank_steps.get(key)
        if html is None:
            html = Markup("\n".join(self.top(each) for each in step.fields))
            if all(_alike(each, self.outcome.env) for each in step.fields):
                if len(_blank_steps) >= MOST_BLANK:
                    _blank_steps.clear()
                _blank_steps[key] = html
        return html

    def top(self, each: Field) -> Markup:
        """A question of a step."""
        return self.field(each, each.name, self.outcome.values, self.outcome.env, each.name in self.plan.watched)

    def field(self, each: Field, path: str, values: Mapping[str, Any], env: Env, watched: bool) -> Markup:
        """A question at a path, with its answer and what is wrong with it."""
        if path not in self.outcome.asked:
            return Markup('<div id="f-{}" hidden></div>').format(path)
        if each.fields:
            return self._group(each, path, values.get(each.name), env, watched)
        optional = each.type.asks and not holds(each.required, env)
        offered = each.type.offered(env)
        stencil, simple = self._stencil(each, path, optional, watched, offered)
        value = values.get(each.name)
        if simple and value is None and path not in self.working.typed and path not in self._by_path:
            return stencil.blank
        return Markup(stencil.fill(self._fills(each, path, value, env)))

    def _stencil(
        self, each: Field, path: str, optional: bool, watched: bool, offered: tuple[Any, ...]
    ) -> tuple[Stencil, bool]:
        """The stencil of a question, and whether it is blank as long as nothing is answered or wrong."""
        changing = tuple(option.value for option in offered) if offered and not each.type.options_fixed else None
        key = (self.plan.form.hash, language.get(), path, optional, changing)
        kept = _kept.get(key)
        if kept is None:
            facts = self._facts(each, path, optional, watched, offered)
            template = current_app.jinja_env.get_template(each.type.template)
            stencil = cut(lambda slots: template.render(f=facts, slot=slots))
            if len(_kept) >= MOST_KEPT:
                _kept.clear()
            kept = _kept[key] = (stencil, _alike(each, self.outcome.env))
        return kept

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
        return Facts(each, path, label, hint, optional, watched, options, **more)

    def _fills(self, each: Field, path: str, value: Any, env: Env) -> Iterator[Fill]:
        if not each.label.fixed:
            yield "label", typographic(each.label(env))
        if each.hint is not None and not each.hint.fixed:
            yield "hint", markdown(each.hint(env))
        typed: Typed | None = self.working.typed.get(path)
        if typed is None and value is not None:
            typed = each.type.typed(value)
        if typed:
            yield from each.type.fills(typed)
        for name, text in each.type.shows(value, env):
            yield name, markdown(text) if isinstance(text, str) else text
        failures = self._by_path.get(path)
        if failures:
            yield from self._wrong(failures)

    def said(self, path: str) -> Markup:
        """What stands at a question's place for errors."""
        failures = self._by_path.get(path, ())
        return Markup("").join(message(each, self.working.explained.get(each.key, "")) for each in failures)

    def _wrong(self, failures: list[Failure]) -> Iterator[Fill]:
        whole = [failure for failure in failures if not failure.part or failure.level == "warning"]
        if any(failure.level == "error" for failure in failures):
            yield "wrong", True
            yield "described", True
        if whole:
            yield (
                "error",
                Markup("".join(message(failure, self.working.explained.get(failure.key, "")) for failure in whole)),
            )
        for failure in failures:
            if failure.part and failure.level == "error":
                yield f"error:{failure.part}", message(failure)
                yield f"wrong:{failure.part}", True

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
        optional = not holds(group.required, env) and not group.type.least
        can_add = group.type.repeats and len(items) < group.type.most
        facts = self._facts(group, path, optional, False, (), items=tuple(items), can_add=can_add)
        slots = _Filled(dict(self._fills(group, path, None, env)))
        template = current_app.jinja_env.get_template(group.type.template)
        return Markup(template.render(f=facts, slot=slots))


def _alike(each: Field, env: Env) -> bool:
    """Whether a question looks the same to everybody who has not answered it: nothing but its checks reads answers."""
    checks = [formula for check in each.checks for formula in (check.that, *_inserted(check.message))]
    fixed = all(any(formula is known for known in checks) for formula in each.reads)
    return fixed and each.type.asks and not each.fields and not list(each.type.shows(None, env))


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


def inner_watched(group: Field) -> frozenset[str]:
    """Fields of a group on which others of the same group depend."""
    names = {each.name for each in group.fields}
    found: set[str] = set()
    for each in group.fields:
        for formula in each.reads:
            found |= formula.names & names - {each.name}
    return frozenset(found)


def message(failure: Failure, why: str = "") -> Markup:
    """What is wrong at a field; a warning brings the place for an explanation."""
    text = typographic(failure.text)
    if failure.level == "error":
        spoken = escape(say("Błąd:"))
        return Markup(f'<p class="error"><span class="visually-hidden">{spoken}</span> {escape(text)}</p>')
    template = current_app.jinja_env.get_template("_warning.html")
    return Markup(template.render(text=text, key=failure.key, id=f"why-{crc32(failure.key.encode()):x}", why=why))


def static(text: Text | None) -> str:
    """A text where no answers are at hand: inserts stay empty."""
    return "" if text is None else "".join(part for part in text.parts if isinstance(part, str))
