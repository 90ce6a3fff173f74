"""The Flask-WTF form of one step: reads what was sent into the working copy and judges it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, ClassVar, cast

from flask_wtf import FlaskForm
from wtforms import Field as WTField
from wtforms.form import BaseForm

from forms.answers import Working, walk
from forms.definition import Field, Step
from forms.expressions import Env
from forms.gathering import Sent, take
from forms.judging import Failure, judge
from forms.periods.past import Past
from forms.periods.recalling import keys_of, recall, recalls
from forms.plan import Plan

EXPLANATION = "_why--"  # before a warning's key: the input of its explanation


class AnswerField(WTField):
    """One question of a step; a group is one field that reads all its items."""

    def __init__(self, definition: Field, **kwargs: Any) -> None:
        super().__init__(label=definition.name, **kwargs)
        self.definition = definition

    @property
    def data(self) -> Any:
        """The answer, as far as what was sent reads as one."""
        return self._form.working.answers.get(self.definition.name)

    @property
    def errors(self) -> Sequence[str]:
        """What does not pass, once the step has been judged."""
        name = self.definition.name
        return tuple(each.text for each in self._form.failures if each.path.partition("-")[0] == name)


class StepForm(FlaskForm):
    """A step as it was sent. After `validate`, `failures` lists what does not pass and `outcome` what is asked."""

    class Meta:
        csrf = False  # CSRFProtect checks every POST of the application

    questions: ClassVar[Mapping[str, Field]] = {}  # what is read, by name
    followed: ClassVar[Sequence[Field]] = ()  # those whose items the previous period may know by their key

    def __init__(self, plan: Plan, steps: Sequence[Step], working: Working, env: Env, sent: Sent) -> None:
        self.plan, self.steps, self.working, self.env = plan, steps, working, env
        self.failures: list[Failure] = []
        self.shown = frozenset(sent.getlist("_shown"))
        self.recalled: list[str] = []  # paths of items that were filled in from the previous period just now
        keys = keys_of(self.followed, working.answers) if self.followed else {}
        for name, question in self.questions.items():
            take(question, name, sent, working.answers, working.typed, self.shown)
        if keys and isinstance(env.previous, Past):
            self.recalled = recall(self.followed, keys, working.answers, env.previous)
        explain(sent, working.explained, self.questions)
        working.seen.update([step.id for step in steps])
        self.outcome = walk(plan, working, env)

    @cached_property
    def _fields(self) -> Mapping[str, WTField]:
        """WTForms' own fields, bound when somebody looks at one: to bind twenty costs more than to read and judge them."""
        bound = {name: AnswerField(each, name=name) for name, each in self.questions.items()}
        BaseForm.__init__(self, bound, meta=self._wtforms_meta())
        return cast(Mapping[str, WTField], self.__dict__["_fields"])

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Judges the step; True when nothing stops it."""
        self.failures = judge(
            self.plan, self.working, self.outcome, [step for step in self.outcome.steps if step in self.steps]
        )
        return not any(failure.stops for failure in self.failures)


def explain(sent: Any, explained: dict[str, str], here: Container[str]) -> None:
    """Puts the explanations of warnings that were sent into `explained`; `here` are the top-level questions of the page."""
    names: Iterable[str] = sent.keys() if hasattr(sent, "keys") else ()
    for name in names:
        if name.startswith(EXPLANATION):
            text = sent.getlist(name)[0].strip()[:2000]
            key = name[len(EXPLANATION) :]
            if (root := key.rpartition("@")[2].partition("-")[0]) and root not in here:
                continue  # a page explains what stands on it
            if text:
                explained[key] = text
            else:
                explained.pop(key, None)


@cache
def step_form(plan: Plan, step_ids: tuple[str, ...]) -> type[StepForm]:
    """The form class of a page (one step, or all of them where they share a page), made once per version."""
    steps = [step for step in plan.form.steps if step.id in step_ids]
    questions = {each.name: each for step in steps for each in step.fields if each.type.stores}
    followed = tuple(each for each in questions.values() if recalls(each))
    return type("StepForm", (StepForm,), {"questions": questions, "followed": followed})
