"""Whatever an author writes as an answer in an example is an answer or a mistake of the example, never a crash."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.definition import Form
from forms.examples.answers import agrees
from forms.examples.keys import Example, Expected
from forms.examples.trying import attempt, compare
from forms.plan import Plan
from forms.source import Mapping
from forms.types.base import REGISTRY
from tests.forms.definitions import CATALOGUE, NOWHERE, TODAY, form_of, node

TINY = Path(__file__).parent / "types"
SCALARS = st.sampled_from(
    [
        "",
        "tak",
        "1.234",
        "-5",
        "2027-03-09",
        "9.03.2027",
        "08:30",
        "other:coś",
        "other",
        "none",
        "?!",
        "a@b.pl",
        "3218043",
        "\x00",
        "1e9",
    ]
)
KEYS = st.sampled_from(["r1", "A04", "rating", "remark", "measure", "none", "why", "budzet", "plan", "street", "city", "imie", "id"])  # fmt: skip
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=6
)
ANSWERED = sorted(name for name, kind in REGISTRY.items() if kind.stores and name != "computed")


@cache
def tiny(name: str) -> Form:
    return form_of((TINY / f"{name}.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", ANSWERED)
@given(value=VALUES)
@settings(max_examples=25, deadline=None, derandomize=True, database=None)
def test_any_value_is_read_as_an_answer_or_judged_as_a_mistake(name: str, value: Any) -> None:
    form = tiny(name)
    answers = node({each.name: value for each in form.fields if each.type.name == name})
    assert isinstance(answers, Mapping)
    expected = Expected(valid=(True, NOWHERE), errors=Mapping(NOWHERE, ()))
    trial = attempt(Plan(form), Example(("dowolny", NOWHERE), expected, answers), CATALOGUE.limit, TODAY)
    assert all(str(what) for _, what in compare(form, trial))
    assert {agrees(each, node(value)) for each in (*trial.found.values.values(), None)} <= {True, False}
