"""Mistakes told apart in the error summary, and groups that do not claim to be optional when what they ask is not."""

from __future__ import annotations

import pytest

from tests.conscience import Conscience
from tests.soundness import words

TEXT = """
title: Ankieta
fields:
  - {name: a, type: text, label: Pierwsze pytanie, required: true, message: {required: Zaznacz odpowiedź.}}
  - {name: b, type: text, label: Drugie pytanie, required: true, message: {required: Zaznacz odpowiedź.}}
  - {name: c, type: text, label: Trzecie pytanie, required: true, message: {required: Podaj trzecią.}}
  - name: osoby
    type: group
    label: Osoba
    min: 2
    max: 3
    fields: [{name: imie, type: text, label: Imię, required: true, message: {required: Podaj imię.}}]
  - name: adres
    type: group
    label: Adres
    repeat: false
    fields: [{name: ulica, type: text, label: Ulica, required: true, message: {required: Podaj ulicę.}}]
"""
APART = [
    "Zaznacz odpowiedź – Pierwsze pytanie",
    "Zaznacz odpowiedź – Drugie pytanie",
    "Podaj trzecią.",
    "Podaj imię – Osoba 1",
    "Podaj imię – Osoba 2",
    "Podaj ulicę.",
]
WALK = """
title: Obchód
fields:
  - name: oceny
    type: checklist
    label: Oceny
    required: true
    scale: [{value: "1", label: tak, points: 1}, {value: "0", label: nie, points: 0}]
    areas:
      - {id: wejscie, title: Wejście, items: [{id: W1, label: Schody}, {id: W2, label: Drzwi}, {id: W3, label: Domofon}]}
"""


@pytest.fixture
def forms() -> dict[str, str]:
    return {"ankieta": TEXT, "obchod": WALK}


def listed(client: Conscience) -> list[str]:
    """The links of the error summary."""
    summary = client.page.by_id("error-summary")
    assert summary is not None
    return [words(each) for each in summary.iter("a")]


def test_the_same_words_about_several_questions_come_with_each_question(client: Conscience) -> None:
    client.get("/f/ankieta/wypelnij")
    client.send()
    assert listed(client) == APART
    at = client.page.by_id("a--error")
    assert at is not None
    assert words(at) == "Błąd: Zaznacz odpowiedź.", "at the question itself nothing more is said"


def test_a_group_that_does_not_repeat_is_not_called_optional(client: Conscience) -> None:
    client.get("/f/ankieta/wypelnij")
    legends = [words(each) for each in client.page.all("legend")]
    assert "Adres" in legends
    assert "Adres (nieobowiązkowe)" not in legends


def test_what_is_missing_in_many_rows_is_said_once_and_leads_to_the_first_of_them(client: Conscience) -> None:
    client.get("/f/obchod/wypelnij")
    client.send()
    assert listed(client) == ["Oceń każdą pozycję listy."]
    client.send({"oceny--W1": "1"})
    assert listed(client) == ["Oceń wszystkie pozycje. Brakuje 2: W2, W3."]
    summary = client.page.by_id("error-summary")
    assert summary is not None
    assert [link.get("href") for link in summary.iter("a")] == ["#oceny--W2"]
    at = client.page.by_id("oceny--W3-error")
    assert at is not None
    assert words(at) == "Błąd: Oceń tę pozycję.", "at each of them it says what to do"
