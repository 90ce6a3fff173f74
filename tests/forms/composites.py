"""The tiny definitions of the composite types, and how tests type into them and judge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import forms.types.all  # noqa: F401  registers the types
from forms.answers import Working, walk
from forms.definition import Field, Form
from forms.expressions import Env
from forms.judging import Failure, judge
from forms.plan import Plan
from forms.reader import Surroundings, read_form
from forms.types.given import Refused, Typed

HERE = Path(__file__).parent / "types"
COMPOSITE = ("address", "file", "matrix", "table", "checklist")
PDF = {"id": "a1", "name": "uchwała.pdf", "size": 1_300_000, "type": "application/pdf"}


def read(text: str) -> Form:
    """The form of this text, which has no mistakes."""
    found = read_form("proba.yaml", text, Surroundings(region="32"))
    assert not found.problems.errors, [str(each.what) for each in found.problems.errors]
    assert found.form is not None
    return found.form


def form_of(name: str) -> Form:
    """The tiny definition of a type."""
    return read((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def field_of(name: str) -> Field:
    """The field of that type in its tiny definition."""
    return next(each for each in form_of(name).fields if each.type.name == name)


def texts(**parts: str) -> Typed:
    """What was typed, one text in each part; `__` stands for a dot."""
    return {part.replace("__", "."): [text] for part, text in parts.items()}


def refusal(field: Field, typed: Typed) -> Refused:
    """Why it is not an answer."""
    with pytest.raises(Refused) as caught:
        field.type.parse(typed, field)
    return caught.value


def plain(text: Any) -> str:
    """A message with ordinary blanks."""
    return str(text).replace("\u00a0", " ")


def judged(form: Form, answers: dict[str, Any]) -> list[Failure]:
    """What does not pass in the whole form."""
    plan, working = Plan(form), Working(answers, seen={step.id for step in form.steps})
    return judge(plan, working, walk(plan, working, Env({})))


def computed(form: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """The values that expressions see."""
    return walk(Plan(form), Working(answers), Env({})).values
