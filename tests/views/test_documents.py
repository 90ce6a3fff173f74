"""What anybody may take away: the blank form on paper, the schema; and the description from the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask import Flask

from config.settings import ROOT
from forms.schema import schema
from tests.conscience import Conscience
from tests.forms.test_describing import FORM
from tests.views import office

LISTS = """
title: Kontrola
fields:
  - {name: uwagi, type: note, text: Przeczytaj **uważnie**.}
  - {name: adres, type: address, label: Adres}
  - {name: opis, type: long_text, label: Opis, rows: 6}
  - {name: zgoda, type: consent, label: Zgoda, text: Treść zgody.}
  - {name: koszty, type: table, label: Koszty, rows: [Drogi, Parki], columns: [{name: kwota, type: money, label: Kwota}]}
  - name: oceny
    type: checklist
    label: Oceny
    scale: [{value: "1", label: spełnia, points: 1}, {value: "0", label: nie spełnia, points: 0}]
    areas: [{id: A, title: Wejście, items: [{id: A1, label: Drzwi, basis: art. 6, measure: {unit: cm, min: 90}}]}]
"""
CLOSED = "title: Zamknięty\nstate: archived\nfields: [{name: a, type: text, label: Pytanie}]"
DRAFT = "title: Przygotowywany\nstate: draft\nfields: [{name: a, type: text, label: Pytanie}]"


@pytest.fixture
def forms() -> dict[str, str | Path]:
    audit = ROOT / "config" / "forms" / "audyt-dostepnosci.yaml"
    return {"wyjazd": FORM, "kontrola": LISTS, "szkic": DRAFT, "zamkniety": CLOSED, "audyt": audit}


def boxes(client: Conscience) -> int:
    """How many boxes there are to tick."""
    return sum("box" in each.get("class", "").split() for each in client.page.elements)


def rules(client: Conscience) -> int:
    """How many lines there are to write on."""
    return sum("rule" in each.get("class", "").split() for each in client.page.elements)


def test_the_start_page_leads_to_the_form_on_paper(client: Conscience) -> None:
    client.get("/f/wyjazd")
    assert "Wydrukuj pusty formularz, żeby zebrać odpowiedzi" in client.page.text
    assert client.get("/f/wyjazd/druk").status_code == 200
    assert client.page.heading == "Wyjazd"
    assert "http://localhost/f/wyjazd" in client.page.text


def test_the_start_page_of_a_closed_form_offers_no_paper(client: Conscience) -> None:
    client.get("/f/zamkniety")
    assert "Wydrukuj" not in client.page.text


def test_conditions_stand_on_paper_as_sentences(client: Conscience) -> None:
    client.get("/f/wyjazd/druk")
    assert "Wypełnij, jeżeli Nocleg to tak i Liczba osób to więcej niż 1." in client.page.text
    assert "Wypełnij, jeżeli Dieta to inna." in client.page.text
    assert "Tę wartość wyliczy formularz na stronie." in client.page.text


def test_a_group_is_printed_twice_and_asks_for_further_sheets(client: Conscience) -> None:
    client.get("/f/wyjazd/druk")
    headings = [each.text for each in client.page.elements if each.tag == "h3"]
    assert headings == ["Goście – 1", "Goście – 2"]
    assert "Jeżeli pozycji jest więcej, dołącz kolejne kartki." in client.page.text


def test_each_kind_of_answer_has_its_place_on_paper(client: Conscience) -> None:
    client.get("/f/kontrola/druk")
    assert "Przeczytaj uważnie." in client.page.text
    assert "kod pocztowy" in client.page.text
    assert "A1. Drzwi art. 6; Pomiar: …… cm" in client.page.text
    assert boxes(client) == 1 + 2  # the consent, and a rating of the one item
    assert rules(client) == 4 + 6  # four parts of an address, six lines of a long text
    heads = [each.text for each in client.page.elements if each.tag == "th" and each.get("scope") == "col"]
    assert heads == ["Kwota (zł)", "spełnia", "nie spełnia", "Uwagi"]


def test_the_longest_form_of_the_office_is_sound_on_paper(client: Conscience) -> None:
    assert client.get("/f/audyt/druk").status_code == 200
    assert boxes(client) > 56 * 4


def test_only_staff_see_the_paper_of_a_form_in_preparation(app: Flask, client: Conscience) -> None:
    assert client.get("/f/szkic/druk").status_code == 404
    with app.app_context():
        anna = office.team()["Anna"]
    visitor = office.visitor(app, anna)
    assert visitor.get("/f/szkic/druk").status_code == 200
    visitor.get("/f/szkic")
    assert "Wydrukuj pusty formularz" in visitor.page.text


def test_staff_read_a_form_in_plain_words(app: Flask) -> None:
    with app.app_context():
        celina = office.team()["Celina"]
    client = office.visitor(app, celina)
    client.get("/biuro/formularze/wyjazd/raport")
    assert "/biuro/formularze/wyjazd/opis" in [each.get("href") for each in client.page.all("a")]
    client.get("/biuro/formularze/wyjazd/opis")
    assert client.page.heading == "Wyjazd"
    assert "Pytamy, jeżeli Dieta to inna." in client.page.text
    assert client.get("/biuro/formularze/nie-ma/opis").status_code == 404


def test_a_sentence_that_ends_with_an_abbreviation_has_one_full_stop(app: Flask) -> None:
    people = "{name: osoby, type: integer, label: Ile osób, min: 1, max: 10, unit: os.}"
    spent = "{name: koszt, type: money, label: Wydatki w 2025 r.}, {name: opis, type: text, label: Opis, when: answered(koszt)}"
    office.publish(app, "kropki", f"title: Kropki\nfields: [{people}, {spent}]\n")
    client = office.visitor(app, office.hire("Celina", "viewer"))
    client.get("/biuro/formularze/kropki/opis")
    assert "Wartość: od 1 os. do 10 os." in client.page.text
    assert "jeżeli podano Wydatki w 2025 r." in client.page.text
    assert ".." not in client.page.text
    client.get("/f/kropki/druk")
    assert "jeżeli podano Wydatki w 2025 r." in client.page.text
    assert ".." not in client.page.text


def test_paper_never_offers_anything_to_fill_in_on_the_screen(client: Conscience) -> None:
    client.get("/f/wyjazd/druk")
    assert [each for each in client.page.elements if each.tag in ("input", "select", "textarea")] == []


def test_the_schema_is_at_hand_for_editors(client: Conscience) -> None:
    response = client.get("/schemat/formularz.json")
    assert response.mimetype == "application/schema+json"
    assert json.loads(response.get_data()) == schema()
    assert "max-age" in response.headers["Cache-Control"]


def test_the_command_writes_the_same_schema(app: Flask, tmp_path: Path) -> None:
    out = tmp_path / "formularz.json"
    runner = app.test_cli_runner()
    assert runner.invoke(args=["forms", "schema", "--out", str(out)]).exit_code == 0
    assert json.loads(out.read_text("utf-8")) == schema()
    assert json.loads(runner.invoke(args=["forms", "schema"]).output) == schema()
    missing = runner.invoke(args=["forms", "schema", "--out", str(tmp_path / "nie" / "ma.json")])
    assert missing.exit_code == 1
    assert "Utwórz go" in missing.output


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("md", "- Pytamy, jeżeli *Dieta* to *inna*."),
        ("text", "• Pytamy, jeżeli „Dieta” to „inna”."),
        ("html", "<li>Pytamy, jeżeli <em>Dieta</em> to <em>inna</em>.</li>"),
    ],
)
def test_a_form_is_described_on_the_command_line(app: Flask, format: str, expected: str) -> None:
    result = app.test_cli_runner().invoke(args=["forms", "describe", "wyjazd", "--format", format])
    assert result.exit_code == 0, result.output
    assert expected in result.output
    assert not re.search(r"\n{3,}", result.output)


def test_describing_an_unknown_form_names_those_there_are(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["forms", "describe", "wycieczka"])
    assert result.exit_code == 1
    assert "Są: audyt, kontrola, szkic, wyjazd, zamkniety." in result.output
