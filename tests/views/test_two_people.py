"""Two people in one draft: what one writes is put together with what the other has written, and nothing is lost unseen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from records import responses
from records.database import run
from tests.conscience import Conscience, filled
from tests.views import office

REPORT = """
title: Sprawozdanie
steps:
  - id: liczby
    title: Liczby
    fields:
      - {name: opis, type: text, label: Opis}
      - {name: kwota, type: money, label: Kwota}
      - {name: rodzaj, type: choice, label: Rodzaj, options: [{a: Jeden}, {b: Drugi}, {c: Trzeci}]}
      - {name: cele, type: choices, label: Cele, options: [{x: Pierwszy}, {y: Drugi}, {z: Trzeci}]}
      - {name: uwagi, type: long_text, label: Uwagi}
      - name: tabela
        type: table
        label: Tabela
        rows: [{id: r1, label: Woda}, {id: r2, label: Prąd}]
        columns:
          - {name: ile, type: integer, label: Ile}
          - {name: koszt, type: money, label: Koszt}
      - name: osoby
        type: group
        label: Osoby
        fields:
          - {name: imie, type: text, label: Imię}
          - {name: wiek, type: integer, label: Wiek}
  - id: koniec
    title: Koniec
    fields:
      - {name: data, type: date, label: Data}
"""
STEP = "liczby"


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"sprawozdanie": REPORT}


@pytest.fixture
def anna(client: Conscience) -> Conscience:
    return client


@pytest.fixture
def jan(app: Flask) -> Conscience:
    return office.visitor(app)


def begun(anna: Conscience, jan: Conscience, **answers: str) -> str:
    """A draft that both have open at its first step; the address of that step."""
    anna.get("/f/sprawozdanie/wypelnij")
    sent = anna.send({"opis": "Wspólny", "kwota": "100", **answers}, button="_later")
    url = f"/z/{sent.request.path.split('/')[2]}/krok/{STEP}"
    for each in (anna, jan):
        each.get(url)
    return url


def kept(app: Flask) -> dict[str, Any]:
    """What the draft says."""
    with app.app_context():
        stored = responses.load(run("SELECT key FROM response").fetchone()[0])
        assert stored is not None
        assert stored.working is not None
        return stored.working.answers


def test_different_questions_are_put_together(app: Flask, anna: Conscience, jan: Conscience) -> None:
    begun(anna, jan)
    anna.send({"opis": "Od Anny"})
    jan.send({"kwota": "250"})
    assert jan.page.heading == "Koniec"
    assert (kept(app)["opis"], kept(app)["kwota"]) == ("Od Anny", "250.00")


def test_the_same_question_answered_by_both_is_a_choice(app: Flask, anna: Conscience, jan: Conscience) -> None:
    url = begun(anna, jan)
    anna.send({"opis": "Od Anny"})
    assert jan.send({"opis": "Od Jana"}).status_code == 422
    assert kept(app)["opis"] == "Od Anny"
    assert "„Od Anny”" in jan.page.text
    assert "„Od Jana”" in jan.page.text
    anna.get(url)
    assert "„Od Jana”" in anna.page.text
    assert jan.send().status_code == 422
    (name,) = {each.get("name") for each in jan.page.all("input") if (each.get("name") or "").startswith("_choose")}
    jan.send({str(name): "take"})
    assert jan.page.heading == "Koniec"
    assert kept(app)["opis"] == "Od Jana"
    assert "_choose" not in anna.get(url).text


def test_what_both_wrote_alike_is_no_choice(app: Flask, anna: Conscience, jan: Conscience) -> None:
    begun(anna, jan)
    anna.send({"kwota": "1 234,50"})
    assert jan.send({"kwota": "1234,5"}).status_code != 422
    assert kept(app)["kwota"] == "1234.50"


def test_a_cleared_answer_is_not_brought_back(app: Flask, anna: Conscience, jan: Conscience) -> None:
    begun(anna, jan)
    anna.send({"opis": ""})
    jan.send({"kwota": "5"})
    assert kept(app)["opis"] is None


def test_a_choice_waits_before_sending(anna: Conscience, jan: Conscience) -> None:
    url = begun(anna, jan)
    anna.send({"opis": "Od Anny"})
    jan.send({"opis": "Od Jana"})
    anna.get(url.rpartition("/krok/")[0] + "/podsumowanie")
    assert "Wybierz, która odpowiedź zostaje: Opis" in anna.page.text
    assert anna.send().status_code == 422


def test_cells_of_a_table_are_put_together(app: Flask, anna: Conscience, jan: Conscience) -> None:
    begun(anna, jan)
    anna.send({"tabela--r1.ile": "3"})
    jan.send({"tabela--r1.koszt": "7", "tabela--r2.ile": "9"})
    assert kept(app)["tabela"] == {"r1": {"ile": 3, "koszt": "7.00"}, "r2": {"ile": 9}}


def test_items_are_known_by_more_than_their_place(app: Flask, anna: Conscience, jan: Conscience) -> None:
    url = begun(anna, jan)
    for name in ("Ala", "Basia", "Celina"):
        anna.send(button="osoby")
        anna.send({f"osoby-{('Ala', 'Basia', 'Celina').index(name)}-imie": name}, button="_later")
        anna.get(url)
    jan.get(url)
    anna.send(button="osoby-0")
    jan.send({"osoby-1-wiek": "40"})
    assert kept(app)["osoby"] == [{"imie": "Basia", "wiek": 40}, {"imie": "Celina", "wiek": None}]


def test_an_item_that_somebody_writes_in_is_not_removed_unseen(app: Flask, anna: Conscience, jan: Conscience) -> None:
    url = begun(anna, jan)
    anna.send(button="osoby")
    anna.send({"osoby-0-imie": "Ala"}, button="_later")
    for each in (anna, jan):
        each.get(url)
    jan.send({"osoby-0-wiek": "40"})
    anna.send(button="osoby-0")
    assert "zmienił w tym czasie ktoś inny" in anna.page.text
    assert kept(app)["osoby"] == [{"imie": "Ala", "wiek": 40}]
    jan.get(url)
    anna.send(button="osoby-0")
    assert kept(app)["osoby"] == []
    jan.send({"osoby-0-wiek": "41"})
    assert kept(app)["osoby"] == [{"imie": "Ala", "wiek": 41}]


def test_both_may_add_an_item(app: Flask, anna: Conscience, jan: Conscience) -> None:
    url = begun(anna, jan)
    anna.send(button="osoby")
    anna.send({"osoby-0-imie": "Ala"}, button="_later")
    jan.send(button="osoby")
    jan.send({"osoby-1-imie": "Basia"}, button="_later")
    anna.get(url)
    assert [each["imie"] for each in kept(app)["osoby"]] == ["Ala", "Basia"]


@pytest.mark.parametrize("other", ["before", "between", "never"])
def test_nobody_clashes_with_what_they_have_written_themselves(
    app: Flask, anna: Conscience, jan: Conscience, other: str
) -> None:
    url = begun(anna, jan)
    form = anna.page.by_id("form")
    assert form is not None
    seen = filled(form, {})["_seen"]
    if other == "before":
        jan.send({"opis": "Od Jana"}, button="_later")
    for text in ("120", "130", "1 500"):  # kept as 120,00: what the page shows reads otherwise than the draft
        data = {**filled(form, {"kwota": text}), "_seen": seen}
        part = anna.post(url, data=data, headers={"HX-Request": "true", "HX-Trigger": "f-kwota"}).text
        seen = re.findall(r'id="seen" value="([^"]*)"', part)
        assert "_choose--" not in part
        if other == "between" and text == "120":
            jan.send({"opis": "Od Jana"}, button="_later")
    assert kept(app)["kwota"] == "1500.00"


def test_what_the_other_writes_over_a_saved_answer_is_still_a_choice(
    app: Flask, anna: Conscience, jan: Conscience
) -> None:
    url = begun(anna, jan)
    form = anna.page.by_id("form")
    assert form is not None
    headers = {"HX-Request": "true", "HX-Trigger": "f-kwota"}
    part = anna.post(url, data=filled(form, {"kwota": "120"}), headers=headers).text
    seen = re.findall(r'id="seen" value="([^"]*)"', part)
    jan.get(url)
    jan.send({"kwota": "200"}, button="_later")
    untouched = {**filled(form, {"kwota": "120", "opis": "Nowy"}), "_seen": seen}
    part = anna.post(url, data=untouched, headers={**headers, "HX-Trigger": "f-opis"}).text
    assert "_choose--" not in part
    assert kept(app)["kwota"] == "200.00", "who leaves it alone takes over what the other wrote"
    seen = re.findall(r'id="seen" value="([^"]*)"', part)
    part = anna.post(url, data={**untouched, "kwota": "130", "_seen": seen}, headers=headers).text
    assert "_choose--" in part
    assert kept(app)["kwota"] == "200.00"
