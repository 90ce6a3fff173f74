"""Answers as a person reads them back: what can be changed, and what the page has said already."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.wording import NBSP
from tests.conscience import Conscience
from tests.soundness import words
from translations.catalogues import texts

RECKONING = """
title: Rozliczenie
fields:
  - {name: kwota, type: money, label: Kwota, required: true}
  - {name: razem, type: computed, label: Razem z podatkiem, value: kwota * 1.23}
  - name: osoby
    type: group
    label: Osoby
    fields: [{name: imie, type: text, label: Imię}]
"""

CHOICE = """
title: Wybór
fields:
  - {name: temat, type: choices, label: Temat, options: [diagnoza i wskaźniki, obszary w gminie]}
  - {name: droga, type: choice, label: Droga, options: [auto], other: true}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"rozliczenie": RECKONING, "wybor": CHOICE}


def headings(client: Conscience) -> list[str]:
    return [words(element) for element in client.page.all("h1", "h2")]


@pytest.fixture
def summary(client: Conscience) -> Conscience:
    client.get("/f/rozliczenie/wypelnij")
    client.send({"kwota": "100"})
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    return client


def test_what_is_worked_out_offers_no_change(summary: Conscience) -> None:
    assert "Razem z podatkiem 123" in summary.page.text
    changes = [words(link) for link in summary.page.all("a") if words(link).startswith("Zmień")]
    assert [each for each in changes if "Kwota" in each]
    assert not [each for each in changes if "Razem" in each]


def test_a_form_of_one_step_does_not_say_its_title_twice(summary: Conscience) -> None:
    assert "Rozliczenie" not in headings(summary)
    assert "Odpowiedzi" in headings(summary)
    summary.send()
    kept = summary.page.by_id("private-link")
    assert kept is not None
    summary.get(kept.get("value") or words(kept))
    assert headings(summary).count("Rozliczenie") == 1


def test_the_way_back_is_a_text_that_can_be_translated() -> None:
    known = {text for _, ids in texts() for text in ([ids] if isinstance(ids, str) else ids)}
    assert {"Wstecz", "około {n} minuty", "Gotowych {n} kroków z {total}"} <= known


def test_an_answer_in_the_words_of_the_form_is_set_and_what_was_typed_is_not(client: Conscience) -> None:
    client.get("/f/wybor/wypelnij")
    answer = client.send(
        {"temat": ["diagnoza_i_wskazniki", "obszary_w_gminie"], "droga": "other", "droga--other": "pociąg i autobus"}
    )
    assert f"diagnoza i{NBSP}wskaźniki, obszary w{NBSP}gminie" in answer.text
    assert "pociąg i autobus" in answer.text
