"""The Flask-WTF form of a step: what was sent is read at once, WTForms' own fields are there for whoever asks."""

from __future__ import annotations

from flask import Flask
from werkzeug.datastructures import MultiDict

from forms.answers import Working
from forms.builder import StepForm, step_form
from forms.plan import Plan
from tests.forms.definitions import env, form_of

QUESTIONS = """
title: Próba
fields:
  - {name: imie, type: text, label: Imię, required: true}
  - {name: osoby, type: integer, label: Osoby, max: 5}
  - {name: validate, type: text, label: Sprawdzenie}
  - {name: uwaga, type: note, text: Tekst.}
"""


def filled(**sent: str) -> StepForm:
    form = form_of(QUESTIONS)
    plan = Plan(form)
    make = step_form(plan, tuple(step.id for step in form.steps))
    with Flask("próba").app_context():
        made = make(plan, form.steps, Working(), env(), MultiDict(sent))
        assert [field.name for field in made] == ["imie", "osoby", "validate"]
        return made


def test_each_question_that_is_answered_is_a_field_with_its_answer() -> None:
    form = filled(imie=" Anna ", osoby="3")
    assert form["imie"].data == "Anna"
    assert form["osoby"].data == 3
    assert form["validate"].data is None


def test_what_does_not_pass_stands_at_its_field_once_the_step_is_judged() -> None:
    form = filled(osoby="7")
    assert form.errors == {}
    assert form.validate() is False
    assert set(form.errors) == {"imie", "osoby"}
    assert form["osoby"].errors == ("Wpisz liczbę nie większą niż 5.",)


def test_a_question_may_be_called_as_something_in_wtforms() -> None:
    form = filled(imie="Anna", validate="tak")
    assert form.validate() is True
    assert form["validate"].data == "tak"
