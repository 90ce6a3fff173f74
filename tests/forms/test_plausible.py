"""Made-up answers: they pass, they look as they should, they are the same again, and spoilt ones fail as they say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from config.settings import ROOT
from forms.answers import Working, clean, dump, walk
from forms.definition import Field, Form
from forms.examples.trying import run
from forms.judging import judge
from forms.plan import Plan
from forms.plausible.filling import Filled, Unfillable, fill
from forms.plausible.samples import sample
from forms.plausible.spoiling import spoil
from forms.plausible.writing import as_example
from forms.reader import read_form
from forms.types.base import REGISTRY
from forms.types.given import Refused
from tests.forms.definitions import CATALOGUE, TODAY, env, form_of, said

TINY = Path(__file__).parent / "types"
OFFICE = sorted(path.stem for path in (ROOT / "config" / "forms").glob("*.yaml"))
ASKED = sorted(name for name, kind in REGISTRY.items() if kind.asks and name != "group")


def office(slug: str) -> Form:
    form = CATALOGUE.get(slug)
    assert form is not None
    return form


def again(form: Form, filled: Filled) -> list[Any]:
    """What does not pass once the answers have been to disk and back."""
    kept = filled.working.kept(form)
    working = Working.of(form, kept, filled.working.typed, filled.working.seen)
    plan = Plan(form)
    return [failure for failure in judge(plan, working, walk(plan, working, env())) if failure.stops]


@pytest.mark.parametrize("name", ASKED)
def test_a_sample_of_every_type_is_an_answer_that_its_field_accepts(name: str) -> None:
    form = form_of((TINY / f"{name}.yaml").read_text("utf-8"))
    found: list[tuple[Field, Any]] = []
    for each in form.fields:
        found += [(each, sample(each.type, each, env(), Random(seed))) for seed in range(12)]
    answered = [(each, value) for each, value in found if value is not None and each.type.name == name]
    assert answered
    for each, value in answered:
        refused: Refused | None = each.type.verdict(value, each, env())
        assert refused is None, f"{value}: {refused and refused.what}"
        assert each.type.load(each.type.dump(value)) == value
        if not each.type.attached:
            assert each.type.parse(each.type.typed(value), each) == value


@pytest.mark.parametrize("slug", OFFICE)
def test_the_forms_of_the_office_are_filled_in_so_that_everything_passes(slug: str) -> None:
    form = office(slug)
    plan = Plan(form)
    filled = [fill(plan, env(), seed) for seed in range(5)]
    assert [again(form, each) for each in filled] == [[]] * 5
    assert len({str(each.working.answers) for each in filled}) == 5


@pytest.mark.parametrize("slug", OFFICE)
def test_what_is_printed_is_an_example_that_comes_out_as_it_says(slug: str) -> None:
    form = office(slug)
    plan = Plan(form)
    examples = [as_example(form, fill(plan, env(), seed), f"dobry {seed}") for seed in range(3)]
    examples += [as_example(form, spoil(plan, env(), seed), f"zły {seed}") for seed in range(5)]
    assert {bool(example["expect"]["valid"]) for example in examples} == {True, False}
    own = form.bundle["file"].split("\nexamples:")[0]
    text = f"{own}\n{yaml.safe_dump({'examples': examples}, allow_unicode=True, sort_keys=False)}"
    again = read_form(f"{slug}.yaml", text, CATALOGUE.surroundings())
    assert again.form is not None, [problem.line() for problem in again.problems.errors]
    assert [problem.line() for problem in run(Plan(again.form), slug, CATALOGUE.limit, TODAY)] == []


def test_the_same_seed_gives_the_same_answers_in_another_process() -> None:
    code = (
        "from tests.forms.test_plausible import *\n"
        "f = office('wizyta-studyjna'); print([fill(Plan(f), env(), seed).working.answers for seed in (1, 2, 3)])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_numbers_that_must_add_up_and_days_that_must_follow_one_another_do() -> None:
    form = form_of("""
fields:
  - {name: razem, type: money, label: Razem, required: true, min: 5000}
  - {name: a, type: money, label: A, required: true}
  - {name: b, type: money, label: B, required: true}
  - {name: suma, type: computed, label: Suma, value: a + b}
  - {name: od, type: date, label: Od, required: true, min: 2026-01-01, max: 2030-12-31}
  - {name: do, type: date, label: Do, required: true, min: 2026-01-01, max: 2030-12-31}
checks:
  - {that: suma == razem, message: Suma, code: SUMA}
  - {that: "abs(a - 2 * b) <= 0.02", message: Połowa, code: POLOWA}
  - {that: "days(od, do) == 30", message: Miesiąc, code: MIESIAC}
""")
    for seed in range(5):
        values = fill(Plan(form), env(), seed).found.values
        assert values["a"] + values["b"] == values["razem"]
        assert (values["do"] - values["od"]).days == 30


def test_items_questions_and_options_that_appear_later_are_answered_too() -> None:
    form = form_of("""
fields:
  - name: osoby
    type: group
    label: Osoby
    min: 2
    max: 4
    unique: [email]
    fields:
      - {name: email, type: email, label: E-mail, required: true}
      - {name: nocleg, type: yes_no, label: Nocleg, required: true}
      - {name: noce, type: choices, label: Noce, required: true, when: nocleg, options: [{value: a, label: A, when: "email != ''"}, B]}
  - {name: pokoje, type: integer, label: Pokoje, required: true, when: "count(osoby, nocleg) > 0"}
checks:
  - {that: "pokoje <= count(osoby, nocleg)", message: Za dużo pokoi., code: POKOJE}
  - {that: "count(osoby, nocleg) >= 2", message: Za mało noclegów., code: MALO}
""")
    for seed in range(5):
        values = fill(Plan(form), env(), seed).found.values
        assert 0 <= values["pokoje"] <= sum(item["nocleg"] for item in values["osoby"])


def test_a_check_that_nothing_can_meet_is_named() -> None:
    form = form_of("""
fields: [{name: a, type: integer, label: A, required: true, min: 1, max: 5}]
checks: [{that: "a * a == 7", message: Pierwiastek., code: SIEDEM}]
""")
    with pytest.raises(Unfillable) as caught:
        fill(Plan(form), env(), 1)
    assert said(caught.value.what) == "Nie udało się spełnić: „Pierwiastek.” [SIEDEM] – cały formularz."


def test_a_spoilt_form_is_stopped_by_what_it_names_and_by_nothing_before() -> None:
    form = form_of("""
fields:
  - {name: a, type: integer, label: A, required: true, min: 1, max: 5}
  - {name: b, type: integer, label: B, required: true}
  - {name: email, type: email, label: E-mail}
checks: [{that: "b > a", message: Więcej., on: b, code: WIECEJ}]
""")
    kinds = set()
    for seed in range(30):
        filled = spoil(Plan(form), env(), seed)
        assert {failure.key for failure in again(form, filled)} == {failure.key for failure in filled.failures}
        kinds |= {failure.code or failure.kind for failure in filled.failures}
    assert {"required", "format", "min", "max", "WIECEJ"} <= kinds


def test_what_is_filled_in_survives_being_stored_and_read() -> None:
    form = office("monitoring")
    filled = fill(Plan(form), env(), 4)
    stored = dump(form.fields, clean(form, filled.found))
    assert Working.of(form, stored, {}, ()).answers
