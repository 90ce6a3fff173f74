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


@pytest.fixture
def forms() -> dict[str, str]:
    return {"ankieta": TEXT}


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
