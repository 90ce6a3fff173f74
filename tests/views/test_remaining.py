"""What remains, how long it takes, what to have at hand, and until when a draft is kept: said on the way."""

from __future__ import annotations

import pytest

from tests.conscience import Conscience
from tests.soundness import words

TRIP = """
title: Wyjazd
steps:
  - id: kto
    title: Kto jedzie
    fields:
      - {name: imie, type: text, label: Imię, required: true}
      - {name: uwagi, type: text, label: Uwagi}
      - {name: auto, type: yes_no, label: Czy jedziesz autem?, required: true}
      - {name: numer, type: text, label: Numer auta, when: auto, required: true}
  - id: co
    title: Co zabierasz
    fields:
      - {name: uchwala, type: file, label: Uchwała o programie, accept: [pdf], required: true}
      - {name: opis, type: text, label: Opis, required: true}
      - {name: dwa, type: note, text: Uwaga}
  - id: koniec
    title: Koniec
    fields:
      - {name: tak, type: text, label: Czy wszystko?, required: true}
      - {name: kiedy, type: text, label: Kiedy wracasz?, required: true}
      - {name: skad, type: text, label: Skąd?, required: true}
"""
LISTS = """
title: Sprawozdanie
journey: tasks
steps:
  - id: program
    title: Program
    fields:
      - {name: rodzaj, type: choice, label: Rodzaj, options: [GPR, PR], required: true}
      - {name: uchwala, type: text, label: Uchwała, required: "rodzaj == 'GPR'"}
      - name: zmiany
        type: group
        label: Zmiany
        min: 0
        fields:
          - {name: numer, type: text, label: Numer, required: true}
          - {name: dzien, type: text, label: Dzień, required: true}
  - {id: koniec, title: Koniec, fields: [{name: uwagi, type: text, label: Uwagi}]}
"""
LATER = "title: Będzie\nopens: 2096-01-01\nfields: [{name: a, type: text, label: Pytanie}]"
BEFORE = "title: Było\ncloses: 2026-01-01\nfields: [{name: a, type: text, label: Pytanie}]"
SHORT = "title: Krótki\nconfirm: false\nfields: [{name: a, type: text, label: Pytanie}]"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"wyjazd": TRIP, "krotki": SHORT, "roczne": LISTS, "bedzie": LATER, "bylo": BEFORE}


def test_the_start_page_says_how_long_it_takes_and_what_to_prepare(client: Conscience) -> None:
    client.get("/f/wyjazd")
    assert "około 3 minut" in client.page.text
    assert "Przygotuj Poprosimy o pliki." in client.page.text
    assert "Uchwała o programie" in client.page.text
    client.get("/f/krotki")
    assert "około 1 minuty" in client.page.text
    assert "Przygotuj" not in client.page.text


def test_what_remains_shrinks_with_each_answer_and_counts_what_is_asked(client: Conscience) -> None:
    client.get("/f/wyjazd/wypelnij")
    assert "Zostało 8 pytań, około 3 minut" in client.page.text
    client.send({"imie": "Anna", "auto": ["tak"]}, button="Dalej")
    assert "Zostało 6 pytań" in client.page.text  # the car's number is asked now; what was optional was passed over
    client.send({"numer": "ZS 12345"}, button="Dalej")
    assert client.page.heading == "Co zabierasz"
    assert "Zostało 5 pytań" in client.page.text


def test_nothing_remains_of_a_saved_step_whose_list_stays_empty_and_whose_condition_asks_for_no_more(
    client: Conscience,
) -> None:
    client.get("/f/roczne/wypelnij")
    assert "Zostało 5 pytań" in client.page.text
    client.send({"rodzaj": "pr"})
    assert "Gotowy 1 krok z 2 Zostało 1 pytanie" in client.page.text


def test_a_draft_says_until_when_it_is_kept(client: Conscience) -> None:
    client.get("/f/wyjazd/wypelnij")
    client.send({"imie": "Anna", "auto": ["nie"]}, button="Dalej")
    assert "Szkic zapisany:" in client.page.text
    assert "Przechowamy go do" in client.page.text


def test_what_can_be_filled_in_now_comes_first_then_what_will_open_then_what_was(client: Conscience) -> None:
    client.get("/")
    titles = [words(each) for each in client.page.all("h3")]
    assert titles == ["Krótki", "Sprawozdanie", "Wyjazd", "Będzie", "Było"]


def test_a_table_in_a_text_of_the_office_becomes_cards_on_a_narrow_screen(client: Conscience) -> None:
    client.get("/strony/pliki-cookie")
    table = client.page.all("table")[0]
    assert table.get("class") == "stacks"
    heads = [words(each) for each in client.page.all("th")]
    assert [each.get("data-label") for each in client.page.all("td")][: len(heads)] == heads
