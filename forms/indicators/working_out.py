"""An indicator worked out of one report, in the version that it answered – and why there is no value where there is none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from forms.answers import load
from forms.definition import Field, Form
from forms.expressions import Env, Expression, ExpressionErrors
from forms.expressions.tree import Attribute, Node, Read, children
from forms.indicators.definition import Indicator
from forms.indicators.reader import compiled
from forms.plan import Plan
from forms.secrecy import without_sensitive

NO_DATA, UNANSWERED, NOT_ASKED, NO_QUESTION, NO_RESULT = (
    "no-data",
    "unanswered",
    "not-asked",
    "no-question",
    "no-result",
)
"""Why there is no value; after `: ` in a note stand the gmina's reason, or the question."""

NONE = "none"  # of a cell without data: the key under which its reason stands


@dataclass(frozen=True)
class Formulas:
    """The indicators of a form as they are worked out of reports of one version. Worked out once for each version.

    A formula that does not fit the version (a question has another name now) is worked out of its answers as `newest` reads
    them, which follows `was`; `direct` tells those that fit.
    """

    version: Form
    newest: Form
    indicators: tuple[Indicator, ...]
    limits: Callable[[str, date], Decimal | None]
    direct: Mapping[str, Expression] = field(init=False)
    _conditions: Mapping[str, tuple[tuple[str, Any], ...]] = field(init=False)

    def __post_init__(self) -> None:
        fits: dict[str, Expression] = {}
        known = {name for each in self.indicators for name in each.formula.expression.limits}
        for each in self.indicators:
            if (expression := _fitting(each, self.version, known)) is not None:
                fits[each.name] = expression
        object.__setattr__(self, "direct", fits)
        object.__setattr__(self, "_conditions", {form.hash: _conditions(form) for form in (self.version, self.newest)})

    def made_of(self, indicator: Indicator) -> str:
        """The hash of all that the value depends on besides the answers."""
        return made_of(indicator, None if indicator.name in self.direct else self.newest)

    def values(self, kept: Mapping[str, Any], sent: date) -> Iterator[tuple[Indicator, Decimal | None, str]]:
        """(indicator, value, note) of each, of stored answers (JSON values); `today` in a formula is the day of sending."""
        read: dict[str, tuple[Form, Mapping[str, Any], Env]] = {}
        for each in self.indicators:
            form = self.version if each.name in self.direct else self.newest
            if form.hash not in read:
                answers = _answers(self.version, form, kept)
                values = {**answers}
                env = Env(values, today=sent, limits=self.limits)
                for name, condition in self._conditions[form.hash]:
                    values[name] = bool(condition(env))  # a later condition may read this one
                read[form.hash] = form, answers, env
            expression = self.direct.get(each.name) or each.formula.expression
            yield (each, *_value(expression, *read[form.hash]))


def made_of(indicator: Indicator, newest: Form | None) -> str:
    """The hash of an indicator worked out in the version answered (None), or through the form as it is now."""
    return indicator.hash if newest is None else f"{indicator.hash}:{newest.hash}"


def _fitting(indicator: Indicator, form: Form, limits: Collection[str]) -> Expression | None:
    try:
        return compiled(indicator.formula.text, form, limits)
    except ExpressionErrors:
        return None


def _conditions(form: Form) -> tuple[tuple[str, Any], ...]:
    return tuple((name, condition) for name, _, _, condition in Plan(form).nodes if condition is not None)


def _answers(version: Form, form: Form, kept: Mapping[str, Any]) -> Mapping[str, Any]:
    """Canonical answers without those that are sensitive."""
    told = without_sensitive(version.fields, kept, form.fields)
    return _complete(form.fields, load(form.fields, told))


def _complete(fields: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in fields:
        value = answers.get(each.name)
        if value is None:
            continue
        if not each.fields:
            found[each.name] = each.type.complete(value)
        elif each.type.repeats:
            found[each.name] = [_complete(each.fields, item) for item in value]
        else:
            found[each.name] = _complete(each.fields, value)
    return found


def _value(expression: Expression, form: Form, answers: Mapping[str, Any], env: Env) -> tuple[Decimal | None, str]:
    """The value, or why there is none. A group that was not asked counts nothing: neither a sum of zero nor a count of zero."""
    fields = {each.name: each for each in form.fields}
    for name in sorted(expression.names & fields.keys()):
        if fields[name].type.repeats and name not in answers:
            return None, _why_of(form, fields, name, answers, env)
    value = expression(env)
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value), ""
    notes = [_why_of(form, fields, path, answers, env) for path in _paths(expression.node, fields)]
    notes = [note for note in dict.fromkeys(notes) if note]
    order = (NO_DATA, NOT_ASKED, UNANSWERED, NO_QUESTION)
    return None, min(notes, key=lambda note: order.index(note.partition(":")[0]), default=NO_RESULT)


def _paths(node: Node, fields: Mapping[str, Field], depth: int = 0) -> Iterator[str]:
    """The answers that a formula reads, by their dotted paths; of a computed one what that reads."""
    if isinstance(node, Read | Attribute):
        name = node.path.partition(".")[0]
        decides = fields[name].type.decides if name in fields else ()
        if decides and depth < len(fields):
            yield from _paths(decides[0].expression.node, fields, depth + 1)
        else:
            yield node.path
        return
    for each in children(node):
        yield from _paths(each, fields, depth)


def _why_of(form: Form, fields: Mapping[str, Field], path: str, answers: Mapping[str, Any], env: Env) -> str:
    """Why this answer gives no number; "" where it does."""
    name, *rest = path.split(".")
    found = fields.get(name)
    if found is None:
        return "" if name in form.conditions else NO_QUESTION
    value: Any = answers.get(name)
    if value is None:
        step = next(step for step in form.steps if found in step.fields)
        asked = (step.when is None or step.when(env)) and (found.when is None or found.when(env))
        return f"{UNANSWERED if asked else NOT_ASKED}: {_label(found, rest)}"
    for part in rest:
        value = value.get(part) if isinstance(value, Mapping) else value
    if isinstance(value, Mapping) and NONE in value:
        return f"{NO_DATA}: {value[NONE]}"
    return f"{UNANSWERED}: {_label(found, rest)}" if value is None else ""


def _label(found: Field, rest: list[str]) -> str:
    """The innermost question that a path names, a row of a table among them."""
    label = str(found.label)
    for part in rest:
        inner = next((each for each in found.fields if each.name == part), None)
        row = next((each for each in getattr(found.type, "rows", ()) if each.id == part), None)
        if inner is not None:
            found, label = inner, str(inner.label)
        elif row is not None:
            return str(row.label)
    return label
