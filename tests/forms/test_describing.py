"""A form is told in sentences that staff and lawyers understand."""

from __future__ import annotations

import pytest

from forms.describing.outline import Description, Question, describe_form
from forms.types.base import REGISTRY
from forms.wording import speaking
from tests.forms.definitions import CATALOGUE, form_of, said

FORM = """
title: Wyjazd
audience: gminy
closes: 2027-02-10 15:00
grace: 15 minutes
one_per: [gmina]
edit_until: closes + 3 days
withdraw_until: 2027-03-01
privacy: rodo-szkolenia
retain: 5 years
conditions: {z_noclegiem: "nocleg and osoby > 1"}
steps:
  - id: kto
    title: Kto jedzie
    fields:
      - {name: gmina, type: gmina, label: Gmina, required: true}
      - {name: osoby, type: integer, label: Liczba osób, min: 1, max: 4, required: true}
      - {name: nocleg, type: yes_no, label: Nocleg}
      - {name: zrodlo, type: hidden, value: strona}
  - id: reszta
    title: Nocleg
    when: z_noclegiem
    fields:
      - name: goscie
        type: group
        label: Goście
        min: 1
        max: 5
        fields:
          - {name: dieta, type: choice, label: Dieta, options: [zwykła, inna], other: true, default: zwykla}
          - {name: opis, type: text, label: "Gość {n}: opis", when: "dieta == 'inna'", required: "not z_noclegiem", max: 80}
        checks: [{that: "length(opis) > 3", message: Napisz więcej.}]
      - {name: koszt, type: money, label: Koszt, default: osoby * 100}
      - {name: razem, type: computed, label: Razem, value: koszt + 1}
    checks:
      - {that: count(goscie) <= osoby, message: "Zmień {osoby}.", level: warning}
"""


@pytest.fixture(scope="module")
def described() -> Description:
    return describe_form(form_of(FORM))


def question(described: Description, name: str) -> Question:
    found = [q for section in described.sections for q in section.questions]
    return next(q for q in (*found, *(inner for each in found for inner in each.items)) if q.name == name)


def test_the_rules_of_a_form_are_sentences(described: Description) -> None:
    assert [said(fact) for fact in described.facts] == [
        "Dla gmin.",
        "Zamknięcie: 10 lutego 2027 r., godz. 15:00.",
        "Rozpoczęty w terminie można wysłać jeszcze przez: 15 minut.",
        "Najwyżej jedna odpowiedź na: Gmina.",
        "Poprawianie po wysłaniu: do zamknięcia formularza i jeszcze 3 dni.",
        "Wycofanie po wysłaniu: do 1 marca 2027 r.",
        "Przed wysłaniem pokazujemy klauzulę „rodo-szkolenia”.",
        "Odpowiedzi są anonimizowane po czasie: 5 lat.",
    ]


def test_a_named_condition_is_told_by_what_it_says(described: Description) -> None:
    assert described.sections[1].when == "*Nocleg* to *tak* i *Liczba osób* to więcej niż *1*"
    nested = question(described, "opis").required
    assert nested == "Obowiązkowe, jeżeli nieprawda, że (*Nocleg* to *tak* i *Liczba osób* to więcej niż *1*)."


def test_a_condition_names_questions_and_options_by_their_labels(described: Description) -> None:
    assert question(described, "opis").when == "*Dieta* to *inna*"


def test_what_is_asked_is_numbered_through_the_steps_and_what_is_hidden_is_not(described: Description) -> None:
    numbers = [(q.number, q.name) for section in described.sections for q in section.questions]
    assert numbers == [
        ("1", "gmina"), ("2", "osoby"), ("3", "nocleg"), ("", "zrodlo"), ("4", "goscie"), ("5", "koszt"), ("6", "razem"),
    ]  # fmt: skip
    assert [(q.number, q.label) for q in question(described, "goscie").items] == [
        ("4.1", "Dieta"), ("4.2", "Gość ……: opis"),
    ]  # fmt: skip


def test_limits_defaults_and_formulas_are_told(described: Description) -> None:
    assert question(described, "osoby").facts == ("Wartość: od 1 do 4.",)
    assert question(described, "opis").facts == ("Liczba znaków: najwyżej 80.",)
    assert question(described, "goscie").facts == ("Liczba pozycji: od 1 do 5.",)
    assert question(described, "dieta").facts == ("Na początku: zwykła.",)
    assert question(described, "koszt").facts[-1] == "Na początku: *Liczba osób* × *100*."
    assert question(described, "razem").facts == ("Formularz wylicza: *Koszt* + *1*.",)
    assert [tick.label for tick in question(described, "dieta").drawn.ticks] == ["zwykła", "inna", "Inne – jakie?"]


def test_checks_are_told_with_their_message(described: Description) -> None:
    assert question(described, "goscie").checks == (
        "Musi być tak, że liczba znaków w *Gość ……: opis* to więcej niż *3*. W przeciwnym razie: „Napisz więcej.”",
    )
    assert described.sections[1].checks == (
        "Jeżeli nie jest tak, że liczba pozycji w *Goście* to co najwyżej *Liczba osób*, "
        "prosimy o poprawę albo wyjaśnienie: „Zmień …….”",
    )


@pytest.mark.parametrize("slug", [entry.slug for entry in CATALOGUE.entries() if entry.form])
@pytest.mark.parametrize("lang", ["pl", "en"])
def test_every_form_of_the_office_can_be_told(slug: str, lang: str) -> None:
    form = CATALOGUE.get(slug)
    assert form is not None
    with speaking(lang):
        told = describe_form(form)
    assert len(told.sections) == len(form.steps)
    assert all(q.label for section in told.sections for q in section.questions if q.number)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_type_says_in_a_sentence_what_it_is(name: str) -> None:
    assert REGISTRY[name].doc.endswith(".")
