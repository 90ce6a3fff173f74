"""An expression means the same wherever it stands: in `when`, in a check, computed, within a text and in an example."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.answers import dump
from forms.examples.trying import attempt, run
from forms.expressions import Env
from forms.plan import Plan
from forms.plausible.filling import fill
from forms.writing import write
from tests.forms.definitions import CATALOGUE, TODAY, form_of, read

QUESTIONS = """
fields:
  - {name: a, type: integer, label: A, min: 0, max: 9}
  - {name: b, type: decimal, label: B, min: -3, max: 9, places: 1}
  - {name: c, type: choice, label: C, options: [{x: X}, {y: Y}]}
  - {name: d, type: yes_no, label: D}
  - {name: e, type: choices, label: E, options: [{x: X}, {y: Y}, {z: Z}]}
  - {name: t, type: text, label: T}
  - {name: dzien, type: date, label: Dzień, hint: Dzień., max: today}
  - {name: g, type: group, label: G, max: 3, fields: [{name: k, type: money, label: K}, {name: l, type: yes_no, label: L}]}
"""
NUMBERS = st.recursive(
    st.sampled_from(
        ["a", "b", "count(g)", "sum(g.k)", "count(e)", "length(t)", "3", "year(dzien)", "days(dzien, today)"]
    ),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner)
        | st.builds("round({}, 1)".format, inner)
        | st.builds("min({}, {})".format, inner, inner)
    ),
    max_leaves=3,
)
CONDITIONS = st.recursive(
    st.builds("{} {} {}".format, NUMBERS, st.sampled_from(["<", "<=", "==", "!=", ">="]), NUMBERS)
    | st.sampled_from(["d", "c == 'x'", "c in ('x', 'y')", "'z' in e", "answered(t)", "count(g, l and k > 5) > 0"]),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner)
        | st.builds("not ({})".format, inner)
    ),
    max_leaves=4,
)


def everywhere(expression: str) -> dict[str, Any]:
    """The questions, and the expression in all its places."""
    form: dict[str, Any] = {"title": "Wszędzie", **yaml.safe_load(QUESTIONS)}
    form["conditions"] = {"warunek": expression}
    form["fields"] += [
        {"name": "wynik", "type": "computed", "label": "Wynik", "value": expression},
        {"name": "dalej", "type": "yes_no", "label": "Dalej", "when": expression},
        {"name": "tekst", "type": "note", "text": f"{{{expression}}}"},
    ]
    form["checks"] = [{"that": expression, "message": "Nie.", "code": "NIE"}]
    return form


@given(expression=CONDITIONS, seed=st.integers(0, 50))
@settings(max_examples=60, deadline=None, derandomize=True, database=None)
def test_an_expression_has_one_value_in_all_its_places(expression: str, seed: int) -> None:
    definition = everywhere(expression)
    found = read(yaml.safe_dump(definition, sort_keys=False, width=10_000))
    if found.form is None:  # one that can never hold is refused before it stands anywhere
        assert {problem.code for problem in found.problems.errors} <= {"never-holds", "always-holds"}
        return
    form = found.form
    plain = form_of(QUESTIONS)
    answers = dump(plain.fields, fill(Plan(plain), Env({}, today=TODAY), seed).working.answers)
    trial = {"name": "próba", "today": TODAY.isoformat(), "answers": answers, "expect": {"values": {}}}
    tried = _tried(definition, trial)
    values, asked = tried.found.values, tried.found.asked
    held = values["warunek"]
    assert bool(values.get("wynik")) is held
    assert ("dalej" in asked) is held
    broken = "NIE" in {failure.code for failure in tried.failures}
    assert not (broken and held)
    note = next(each for each in form.fields if each.name == "tekst")
    assert "".join(str(text) for _, text in note.type.shows(None, tried.found.env)).casefold() == write(held)
    definition["examples"] = [{**trial, "expect": {"values": {expression: held, "warunek": held}}}]
    again = form_of(yaml.safe_dump(json.loads(json.dumps(definition)), sort_keys=False, width=10_000))
    assert [problem.line() for problem in run(Plan(again), "proba.yaml", CATALOGUE.limit, TODAY)] == []


def _tried(definition: dict[str, Any], trial: dict[str, Any]) -> Any:
    from_text = form_of(
        yaml.safe_dump(json.loads(json.dumps({**definition, "examples": [trial]})), sort_keys=False, width=10_000)
    )
    return attempt(Plan(from_text), from_text.examples[0], CATALOGUE.limit, TODAY)
