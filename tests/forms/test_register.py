"""The key `register` and the standing of a gmina in expressions: what a form says, and what is known today."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from forms.answers import Working, walk
from forms.definition import Form
from forms.expressions import Env
from forms.lists import read_list
from forms.plan import Plan
from forms.problems import Problems
from forms.reader import Read, Surroundings, read_form
from forms.standing import DECLARED, ENTERED, NEITHER, Standing, listed
from forms.wording import say

GMINY = (
    "value,label,name,type,powiat,wykaz,program\n3201011,A,A,miejska,p,w_wykazie,PR\n3201022,B,B,wiejska,p,brak,brak\n"
)
TODAY = {
    "3201011": Standing(NEITHER, NEITHER, say("Program gminy wykreślono.")),
    "3201022": Standing(ENTERED, "GPR", say("W Wykazie: program GPR")),
}
ASKS = """
fields:
  - {name: gmina, type: gmina, label: Gmina, hint: Wpisz.}
  - {name: ma, type: computed, label: Ma, value: "'tak' if gmina.wykaz == 'w_wykazie' else 'nie'"}
  - {name: jaki, type: computed, label: Jaki, value: gmina.program}
  - {name: dlaczego, type: computed, label: Dlaczego, value: gmina.stan}
  - {name: ile, type: computed, label: Ile, value: "count(inne, gmina.wykaz == 'w_wykazie')"}
  - {name: inne, type: group, label: Inne, fields: [{name: gmina, type: gmina, label: Gmina, hint: Wpisz.}]}
"""

TEXT = """
register: {title: tytul, strike: "koniec == 'tak'"}
fields:
  - {name: tytul, type: text, label: Tytuł}
  - {name: koniec, type: choice, label: Koniec, options: [Tak, Nie]}
"""


def read(text: str) -> Read:
    rows = read_list("gminy.csv", GMINY, Problems("gminy.csv"))
    return read_form("x.yaml", f"title: X\n{text}", Surroundings(lists={"gminy": rows}.get, region="32"))


def form_of(text: str) -> Form:
    found = read(text)
    assert found.form is not None, [str(each) for each in found.problems.errors]
    return found.form


def values(env: Env, answers: dict[str, Any]) -> dict[str, Any]:
    form = form_of(ASKS)
    return dict(walk(Plan(form), Working.of(form, answers, {}, [step.id for step in form.steps]), env).values)


def test_an_expression_sees_what_is_known_today_over_what_the_list_says() -> None:
    by_list, today = Env({}), Env({}, standing=TODAY.get)
    assert [values(by_list, {"gmina": code})["ma"] for code in TODAY] == ["tak", "nie"]
    assert [values(today, {"gmina": code})["ma"] for code in TODAY] == ["nie", "tak"]
    assert values(today, {"gmina": "3201022"})["jaki"] == "GPR"
    assert values(today, {"gmina": "3201022"})["dlaczego"] == "W Wykazie: program GPR"
    assert values(by_list, {"gmina": "3201011"})["dlaczego"] == "Program gminy jest w Wykazie programów rewitalizacji."


def test_also_in_the_items_of_a_group_and_inside_count() -> None:
    both = {"inne": [{"gmina": "3201011"}, {"gmina": "3201022"}, {"gmina": "3201022"}]}
    assert (values(Env({}), both)["ile"], values(Env({}, standing=TODAY.get), both)["ile"]) == (1, 2)


def test_a_gmina_of_whom_nothing_is_known_stands_as_the_list_says() -> None:
    assert values(Env({}, standing=lambda code: None), {"gmina": "3201011"})["ma"] == "tak"


def test_nobody_is_asked_about_a_gmina_that_no_expression_names() -> None:
    form = form_of("fields: [{name: gmina, type: gmina, label: Gmina, hint: Wpisz.}]")
    env = Env({}, standing=lambda code: pytest.fail("asked"))
    walk(Plan(form), Working.of(form, {"gmina": "3201011"}, {}, ["formularz"]), env)


def test_a_state_that_the_list_does_not_have_yet_may_be_named_and_a_misspelt_one_is_a_mistake() -> None:
    assert not read(ASKS.replace("'w_wykazie' else", "'deklaracja' else")).problems.errors
    misspelt = read(ASKS.replace("'w_wykazie' else", "'deklarcja' else")).problems.errors
    assert [each.code for each in misspelt] == ["not-an-option"]


def test_only_who_stands_well_today_passes_a_form_for_programmes() -> None:
    form = form_of("audience: programme\nfields: [{name: gmina, type: gmina, label: Gmina, hint: Wpisz.}]")
    field = next(iter(form.fields))
    said = {code: field.type.verdict(code, field, Env({}, standing=TODAY.get)) for code in TODAY}
    assert said["3201022"] is None
    assert said["3201011"] is not None
    assert str(said["3201011"].what).startswith("Program gminy wykreślono. Najpierw złóż deklarację udziału")


def test_what_a_list_does_not_say_is_no_programme() -> None:
    assert (listed(None, None).wykaz, listed("dziwne", "PR").wykaz, listed(DECLARED, "").program) == (
        NEITHER,
        NEITHER,
        NEITHER,
    )


def test_the_register_is_read_as_expressions_over_the_answers() -> None:
    found = form_of(TEXT).register
    assert found is not None
    assert found.columns["title"](Env({"tytul": "Centrum"})) == "Centrum"
    assert found.strike is not None
    assert found.strike(Env({"koniec": "tak"})) is True
    assert [each.code for each in read(TEXT.replace("tytul", "tytol", 1)).problems.errors] == ["unknown-name"]
    assert [each.code for each in read(TEXT.replace("title", "tittle")).problems.errors] == ["unknown-key"]
    assert replace(form_of(TEXT), register=None).register is None
