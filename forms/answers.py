"""What has been answered so far, which questions are asked, and what is computed: one walk, one result."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from forms.definition import Field, Form, Step
from forms.expressions import Env
from forms.formula import Default, Formula
from forms.news import News
from forms.periods.following import prefilled, published
from forms.periods.past import Past
from forms.plan import Plan
from forms.together import Together
from forms.types.given import Typed

EXPLAINED = "_explained"

Answers = dict[str, Any]
"""Field name to canonical value; a group's value is a list of such dicts (one dict when it does not repeat)."""


@dataclass
class Working:
    """A response while it is being filled in: what passes, what was typed that does not, and what was explained."""

    answers: Answers = field(default_factory=dict)
    typed: dict[str, Typed] = field(default_factory=dict)  # by path; only what could not be read as an answer
    seen: set[str] = field(default_factory=set)  # ids of the steps saved at least once
    explained: dict[str, str] = field(default_factory=dict)  # warning key → the respondent's explanation
    news: News = field(default_factory=News)  # what to tell of a form that has changed meanwhile
    period: str | None = None  # in a series: the one it was begun or sent for, which it may keep
    gmina: str | None = None  # of a response on the page of a gmina: the only one that it may name
    begins: bool = False  # a draft: a conditional question takes its default when it first appears
    together: Together = field(default_factory=Together)  # for several people in one draft

    def kept(self, form: Form) -> dict[str, Any]:
        """The answers as JSON values, explanations of warnings among them under a name no field can have."""
        answers = dump(form.fields, self.answers)
        if self.explained:
            answers[EXPLAINED] = self.explained
        return answers

    @classmethod
    def of(
        cls,
        form: Form,
        answers: Mapping[str, Any],
        typed: Mapping[str, Typed],
        seen: Iterable[str],
        news: Mapping[str, Any] | None = None,
    ) -> Working:
        """Back from JSON values, under this form; what no longer fits it is left out (see forms.moving for drafts)."""
        explained = dict(answers.get(EXPLAINED, {}))
        return cls(load(form.fields, answers), dict(typed), set(seen), explained, News.of(news) if news else News())


@dataclass
class Outcome:
    """What the walk found. Paths are like `uczestnicy-0-email`."""

    values: Answers  # of asked fields, with computed values and conditions: what expressions see
    asked: set[str]  # paths of the fields that are asked
    steps: tuple[Step, ...]  # the steps that are asked, in order
    env: Env
    items: dict[str, Env]  # the env of each group item, by its path (`uczestnicy-0`)
    copied: set[str] = field(default_factory=set)  # paths of answers that are those of the previous period
    begins: bool = False  # as in Working

    def env_at(self, path: str) -> Env:
        """The env for expressions at this path: that of the item it is in, else the form's."""
        while "-" in path:
            path = path.rpartition("-")[0]
            found = self.items.get(path)
            if found is not None:
                return found
        return self.env


def walk(plan: Plan, working: Working, env: Env) -> Outcome:
    """Works out conditions, defaults and computed values in the order of the plan.

    `env` brings today, limits and previous answers; its values are replaced. A field of a step that was never saved takes
    its default, and so does a question that is new to a draft, or a conditional one when it first appears there.
    """
    form = plan.form
    values: Answers = {}
    env = replace(env, values=values, item=None, n=None, outer=None)
    found = Outcome(values, set(), (), env, {}, begins=working.begins)
    asked_steps: set[str] = set()
    for name, step, each, condition in plan.nodes:
        if condition is not None:
            values[name] = bool(condition(env))
        elif step is None:
            continue
        elif each is None:
            if step.when is None or step.when(env):
                asked_steps.add(step.id)
        elif step.id in asked_steps:
            fresh = step.id not in working.seen or name in working.news.new
            _field(plan, each, name, working.answers, fresh, values, env, found)
    found.steps = tuple(step for step in form.steps if step.id in asked_steps)
    return found


def _field(
    plan: Plan,
    each: Field,
    path: str,
    answers: Mapping[str, Any],
    fresh: bool,
    values: Answers,
    env: Env,
    found: Outcome,
) -> None:
    if each.when is not None and not each.when(env):
        return
    found.asked.add(path)
    fresh = fresh or (found.begins and each.when is not None and each.name not in answers)
    if each.fields:
        _group(plan, each, path, answers.get(each.name), fresh, values, env, found)
        return
    if each.type.decides:
        value = each.type.decides[0](env)
    else:
        value = answers.get(each.name) if each.type.given is None else each.type.given
        if value is None and fresh and each.name not in answers:
            if each.followed and isinstance(env.previous, Past):
                value = prefilled(each, env.previous)
                found.copied.update({path} if value is not None else ())
            if value is None and each.prefill:
                value = published(each, env)
            if value is None and isinstance(each.default, Default):
                value = each.default(env)
    if value is not None:
        value = each.type.complete(value, env)
    if value is not None:
        values[each.name] = value


def _group(
    plan: Plan, group: Field, path: str, kept: Any, fresh: bool, values: Answers, env: Env, found: Outcome
) -> None:
    repeats = group.type.repeats
    items = list(kept or ()) if repeats else [kept or {}]
    if repeats and fresh and kept is None:
        before = env.previous.keys(group) if group.prefill and isinstance(env.previous, Past) else ()
        items = [*before] or [{} for _ in range(max(group.type.least, 1 if group.required is True else 0))]
    own = [each.name for each in group.fields]
    results: list[Answers] = []
    values[group.name] = results
    for index, answers in enumerate(items):
        item: Answers = {}
        results.append(item)
        item_path = f"{path}-{index}" if repeats else path
        # A field of the item hides an outer one of the same name also while it is unanswered.
        seen = ChainMap(item, dict.fromkeys(own), *(() if env.item is None else (env.item,)))
        past = env.previous.within(group, answers) if isinstance(env.previous, Past) else env.previous
        inside = Env(env.values, seen, index + 1, env.today, env.limits, past, None, env.standing, env.statistics)
        found.items[item_path] = inside
        for each in plan.inner[id(group)]:
            _field(plan, each, f"{item_path}-{each.name}", answers, fresh or not answers, item, inside, found)
    if not repeats:
        values[group.name] = results[0]


def clean(form: Form, outcome: Outcome) -> Answers:
    """The answers to store at sending: of the fields asked, in the order of the form, without what is not stored."""

    def pick(fields: Iterable[Field], values: Mapping[str, Any]) -> Answers:
        kept: Answers = {}
        for each in fields:
            value = values.get(each.name)
            if value is None or not each.type.stores:
                continue
            if not each.fields:
                kept[each.name] = value
            elif each.type.repeats:
                kept[each.name] = [pick(each.fields, item) for item in value]
            else:
                kept[each.name] = pick(each.fields, value)
        return kept

    return pick(form.fields, outcome.values)


def dump(fields: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as JSON keeps them. A name that is kept with no answer (None) says that the answer was cleared."""
    kept: dict[str, Any] = {}
    for each in fields:
        if each.name not in answers or not each.type.stores:
            continue
        value = answers[each.name]
        if value is None:
            kept[each.name] = None
        elif not each.fields:
            kept[each.name] = each.type.dump(value)
        elif each.type.repeats:
            kept[each.name] = [dump(each.fields, item) for item in value]
        else:
            kept[each.name] = dump(each.fields, value)
    return kept


def load(fields: Iterable[Field], kept: Mapping[str, Any]) -> Answers:
    """Answers from JSON, under these fields: old names (`was`) are followed, what is not of the type any more is left out."""
    answers: Answers = {}
    for each in fields:
        name = each.name if each.name in kept else next((old for old in each.was if old in kept), None)
        if name is None or not each.type.stores:
            continue
        value = kept[name]
        if value is None:
            answers[each.name] = None
            continue
        try:
            if not each.fields:
                answers[each.name] = each.type.load(value)
            elif each.type.repeats and isinstance(value, list):
                answers[each.name] = [load(each.fields, item) for item in value if isinstance(item, dict)]
            elif not each.type.repeats and isinstance(value, dict):
                answers[each.name] = load(each.fields, value)
        except (ValueError, TypeError, KeyError):
            continue
    return answers


def leaves(fields: Iterable[Field], answers: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Field, Any]]:
    """(path, field, value) of every field that is not a group, items in order; value None when unanswered."""
    for each in fields:
        here = f"{path}{each.name}"
        value = answers.get(each.name)
        if not each.fields:
            yield here, each, value
        elif each.type.repeats:
            for index, item in enumerate(value or ()):
                yield from leaves(each.fields, item, f"{here}-{index}-")
        else:
            yield from leaves(each.fields, value or {}, f"{here}-")


def gmina_of(form: Form, values: Mapping[str, Any]) -> str | None:
    """The TERYT code of the gmina that a response comes from: the first that it names outside groups."""
    for each in form.fields:
        value = values.get(each.name)
        code = each.type.gmina(value) if value is not None and not each.fields else None
        if code:
            return code
    return None


def holds(formula: Formula | bool, env: Env) -> bool:
    """A condition that is either known from the start or computed."""
    return formula if isinstance(formula, bool) else bool(formula(env))
