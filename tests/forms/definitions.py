"""What tests of the form language stand on: small definitions in the office's own surroundings, answers as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import forms.types.all  # noqa: F401 – registers the field types
from config.settings import ROOT
from forms.answers import Answers, Outcome, Working, walk
from forms.catalogue import Catalogue
from forms.codes import CODES
from forms.definition import Field, Form
from forms.expressions import Env
from forms.judging import Failure, judge
from forms.plan import Plan
from forms.problems import Place
from forms.reader import Read, Surroundings, read_form
from forms.types.given import Refused, Typed
from forms.wording import NBSP
from forms.yaml.nodes import Entry, Node, Scalar, Sequence
from forms.yaml.nodes import Mapping as MappingNode

TODAY = date(2026, 11, 23)
CATALOGUE = Catalogue(ROOT / "config", region="32")
CATALOGUE.refresh()
AROUND: Surroundings = replace(CATALOGUE.surroundings(), texts={"rodo", "rodo-szkolenia"})
NOWHERE = Place(1, 1, 2)


def read(text: str, file: str = "proba.yaml") -> Read:
    """A definition read among the lists and limits of the office."""
    return read_form(file, text, AROUND)


def form_of(text: str) -> Form:
    """The form of a definition without errors; `title` is added where it is missing."""
    found = read(text if "title:" in text.split("fields:")[0].split("steps:")[0] else f"title: Próba\n{text}")
    assert found.form is not None, [problem.line() for problem in found.problems.errors]
    return found.form


def codes(text: str) -> list[str]:
    """The codes of all mistakes and warnings of a definition, in their order on the page."""
    found = read(text).problems.sorted()
    for problem in found:
        assert problem.level == CODES[problem.code].level, f"{problem.code} is registered otherwise in forms/codes.py"
    return [problem.code for problem in found]


def field_of(keys: str) -> Field:
    """A field of these keys (`type: nip, required: true`), named `pole` and labelled „Pole”."""
    return next(form_of(f"fields:\n  - {{name: pole, label: Pole, {keys}}}").fields)


def env() -> Env:
    """The surroundings of an expression on the day of the tests."""
    return Env({}, today=TODAY, limits=CATALOGUE.limit)


def said(text: object) -> str:
    """A message with plain blanks, so that tests may write it as it looks."""
    return str(text).replace(NBSP, " ")


def answer(field: Field, text: str | Typed) -> Any:
    """The canonical value of what was typed into a field. Raises Refused, for its limits too."""
    value = field.type.parse({"": [text]} if isinstance(text, str) else text, field)
    refused = field.type.verdict(value, field, env())
    if refused is not None:
        raise refused
    return value


def refusal(field: Field, text: str | Typed) -> tuple[str, str]:
    """Kind and words of the refusal that typing this gets."""
    try:
        value = answer(field, text)
    except Refused as refused:
        return refused.kind, said(refused.what)
    raise AssertionError(f"{text!r} was accepted as {value!r}")


@dataclass
class Filled:
    """A form that was filled in: its working copy, what the walk found, and what does not pass."""

    form: Form
    working: Working
    found: Outcome
    failures: list[Failure]

    @property
    def told(self) -> dict[str, str]:
        """Message by path, in plain blanks."""
        return {failure.path: said(failure.text) for failure in self.failures}


def fill(
    form: Form, answers: Mapping[str, Any], explained: Mapping[str, str] | None = None, seen: bool = True
) -> Filled:
    """Fills a form with answers as people type them (texts, lists, dicts), walks it and judges it.

    With `seen` all steps count as saved, so that defaults no longer fill what was left blank.
    """
    working = Working(explained=dict(explained or {}))
    working.answers = _answers(form.fields, answers, "", working.typed)
    if seen:
        working.seen = {step.id for step in form.steps}
    plan = Plan(form)
    found = walk(plan, working, env())
    return Filled(form, working, found, judge(plan, working, found))


def _answers(fields: Iterable[Field], raw: Mapping[str, Any], path: str, typed: dict[str, Typed]) -> Answers:
    answers: Answers = {}
    for each in fields:
        if each.name not in raw:
            continue
        value, here = raw[each.name], f"{path}{each.name}"
        if not each.fields:
            sent = _parts(value) if isinstance(value, Mapping) else each.type.literal(node(value))
            try:
                answers[each.name] = each.type.parse(sent, each)
            except Refused:
                typed[here] = sent
        elif each.type.repeats:
            answers[each.name] = [_answers(each.fields, item, f"{here}-{i}-", typed) for i, item in enumerate(value)]
        else:
            answers[each.name] = _answers(each.fields, value, f"{here}-", typed)
    return answers


def _parts(value: Mapping[str, Any], path: str = "") -> dict[str, list[str]]:
    """What is typed into the parts of a composite answer: `{A04: {rating: 2, measure: 1.5}}` fills `A04` and `A04.measure`."""
    sent: dict[str, list[str]] = {}
    for key, each in value.items():
        part = f"{path}.{key}".removeprefix(".")
        if isinstance(each, Mapping):
            sent.update(_parts(each, part))
        elif key == "none":
            sent.update({part: ["1"], f"{path}.why": [each]})
        else:
            text = str(each)
            sent[part.removesuffix(".rating")] = [text.replace(".", ",") if re.fullmatch(r"\d+\.\d+", text) else text]
    return sent


def node(value: Any) -> Node:
    """A YAML node that holds the value, as an author would have written it."""
    if isinstance(value, Mapping):
        return MappingNode(NOWHERE, tuple(Entry(Scalar(NOWHERE, key), node(each)) for key, each in value.items()))
    if isinstance(value, list | tuple):
        return Sequence(NOWHERE, tuple(node(each) for each in value))
    return Scalar(NOWHERE, str(value))
