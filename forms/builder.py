"""The Flask-WTF form of one step: reads what was sent into the working copy and judges it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from flask_wtf import FlaskForm
from wtforms import Field as WTField
from wtforms.form import BaseForm

from forms.answers import Outcome, Working, walk
from forms.definition import Field, Step
from forms.expressions import Env
from forms.gathering import Sent, take
from forms.judging import Failure, judge
from forms.plan import Plan

# What WTForms works out for a field, by the unbound field of a form class (which `step_form` makes once per version).
_made: WeakKeyDictionary[Any, dict[str, Any]] = WeakKeyDictionary()

EXPLANATION = "_why--"  # before a warning's key: the input of its explanation


class AnswerField(WTField):
    """One question of a step; a group is one field that reads all its items."""

    def __init__(self, definition: Field, **kwargs: Any) -> None:
        # A label of our own: without one WTForms makes one from the name and reads its translations for it, every time.
        super().__init__(label=definition.name, **kwargs)
        self.definition = definition

    def read(self, sent: Sent, working: Working, shown: Iterable[str]) -> None:
        """Takes the answer from what was sent."""
        name = self.definition.name
        take(self.definition, name, sent, working.answers, working.typed, frozenset(shown))
        self.data = working.answers.get(name)


class StepForm(FlaskForm):
    """A step as it was sent. After `validate`, `failures` lists what does not pass and `outcome` what is asked."""

    class Meta:
        csrf = False  # CSRFProtect checks every POST of the application

        def bind_field(self, form: BaseForm, unbound_field: Any, options: dict[str, Any]) -> WTField:
            """A copy of the field as it was made for the first such form: to make twenty anew costs more than to read them."""
            made = _made.get(unbound_field)
            if made is None:
                field = unbound_field.bind(form=form, **options)
                made = _made[unbound_field] = {**vars(field), "_form": None, "meta": None}
            again = object.__new__(unbound_field.field_class)  # the class's own __new__ would give an unbound field
            vars(again).update(made, _form=form, meta=self)
            return again

    def __init__(self, plan: Plan, steps: Sequence[Step], working: Working, env: Env, sent: Sent) -> None:
        super().__init__(formdata=None)
        self.plan, self.steps, self.working, self.env = plan, steps, working, env
        self.outcome: Outcome
        self.failures: list[Failure] = []
        shown = frozenset(sent.getlist("_shown"))
        for field in self:
            if isinstance(field, AnswerField):
                field.read(sent, working, shown)
        self._explanations(sent)
        working.seen.update(step.id for step in steps)
        self.outcome = walk(plan, working, env)
        self.shown = shown

    def _explanations(self, sent: Any) -> None:
        names: Iterable[str] = sent.keys() if hasattr(sent, "keys") else ()
        for name in names:
            if name.startswith(EXPLANATION):
                text = sent.getlist(name)[0].strip()[:2000]
                key = name[len(EXPLANATION) :]
                if text:
                    self.working.explained[key] = text
                else:
                    self.working.explained.pop(key, None)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Judges the step; True when nothing stops it."""
        self.failures = judge(
            self.plan, self.working, self.outcome, [step for step in self.outcome.steps if step in self.steps]
        )
        for failure in self.failures:
            field = self._fields.get(failure.path.partition("-")[0])
            if field is not None:
                field.errors = [*field.errors, failure.text]
        return not any(failure.stops for failure in self.failures)


@cache
def step_form(plan: Plan, step_ids: tuple[str, ...]) -> type[StepForm]:
    """The form class of a page (one step, or all of them where they share a page), made once per version."""
    steps = [step for step in plan.form.steps if step.id in step_ids]
    fields = {
        each.name: AnswerField(each, name=each.name) for step in steps for each in step.fields if each.type.stores
    }
    return type("StepForm", (StepForm,), fields)
