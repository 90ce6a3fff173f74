"""What stands on a page once and not twice, when it matters and not before, and in which language it is said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from forms.spans import WARSAW
from records import audit
from tests.conscience import Conscience
from tests.soundness import words
from views.services import now

GOES_TWICE = """
title: Zgłoszenie
closes: 2027-02-10
steps:
  - id: osoby
    title: Osoby
    fields:
      - {name: osoby, type: group, label: Osoby, min: 1, fields: [{name: imie, type: text, label: Imię, required: true}]}
      - {name: goscie, type: group, label: Goście, fields: [{name: imie, type: text, label: Imię}]}
"""
BOTH = "title: {pl: Pytanie, en: Question}\nsummary: {pl: Krótko, en: In short}\nlanguages: [pl, en]\nfields: [{name: a, type: text, label: {pl: A, en: A}}]"


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"zgloszenie": GOES_TWICE, "pytanie": BOTH}


def foreign(client: Conscience, tag: str) -> list[str]:
    """What is marked as Polish in elements of this kind, on a page in English."""
    return [words(each) for each in client.page.all(tag) if each.get("lang") == "pl"]


def test_a_group_named_as_its_page_is_not_headed_by_the_same_words_again(client: Conscience) -> None:
    client.get("/f/zgloszenie/wypelnij")
    legends = {words(each): each.get("class", "") for each in client.page.all("legend")}
    assert "field__label--again" in legends["Osoby"], "it is there for who hears the page, but not shown"
    assert "field__label--again" not in legends["Goście (nieobowiązkowe)"]


@pytest.mark.parametrize(("day", "told"), [(5, False), (20, True), (31, True)])
def test_how_many_days_are_left_is_said_in_the_last_thirty(
    client: Conscience, clock: list[datetime], day: int, told: bool
) -> None:
    clock[0] = datetime(2027, 1, day, 12, 0, tzinfo=WARSAW)
    client.get("/f/zgloszenie")
    assert any("tag--good" in each.get("class", "") for each in client.page.all("span")) is told


def test_a_form_that_is_over_says_so_once_and_not_how_long_it_takes(client: Conscience, clock: list[datetime]) -> None:
    clock[0] = datetime(2027, 3, 1, tzinfo=WARSAW)
    client.get("/f/zgloszenie")
    assert client.page.text.count("Zamknięto:") == 1
    assert "Czas wypełniania" not in client.page.text


def test_the_office_speaks_english_where_it_has_said_how(client: Conscience) -> None:
    client.get("/jezyk/en")
    client.get("/")
    assert client.page.heading == "Revitalisation Team"
    assert {"Privacy policy", "Help", "Cookies", "Accessibility statement"} <= {words(a) for a in client.page.all("a")}
    assert foreign(client, "h3") == ["Zgłoszenie"], "a form that speaks only Polish is marked, one in English is not"
    client.get("/strony/pomoc")
    assert client.page.heading == "Help"
    assert "How to fill in a form" in client.page.text
    client.get("/przepisy")
    assert foreign(client, "th"), "what the office says of the law is Polish, and marked"


def test_what_the_office_says_only_in_polish_is_marked_on_an_english_page(
    app: Flask, client: Conscience, config_dir: Path
) -> None:
    site = config_dir / "site.yaml"
    site.write_text(site.read_text("utf-8").partition("\nen:\n")[0] + "\n", encoding="utf-8")
    (config_dir / "texts" / "pomoc.en.md").unlink()
    client.get("/jezyk/en")
    client.get("/")
    assert foreign(client, "h1") == ["Zespół ds. rewitalizacji"]
    assert foreign(client, "a")[1:] == ["Polityka prywatności", "Pomoc", "Pliki cookie", "Deklaracja dostępności"]
    client.get("/strony/pomoc")
    assert any("Jak wypełnić formularz" in text for text in foreign(client, "div"))
    client.get("/jezyk/pl")
    client.get("/")
    assert not foreign(client, "h1")


def test_what_is_wrong_is_listed_as_it_stands_on_the_page(beata: Conscience) -> None:
    beata.get("/biuro/wykaz/nowy")
    beata.send(form="wpis")
    summary = beata.page.by_id("error-summary")
    assert summary is not None
    places: list[Element] = list(summary.iter("a"))
    assert [each.get("href") for each in places] == ["#gmina", "#title", "#basis", "#powod"]


def test_the_log_has_no_words_of_the_program(app: Flask, desk: Conscience) -> None:
    with app.app_context():
        audit.record(audit.SYSTEM, "register-imported", "register", None, {"new": 1}, now())
    desk.get("/biuro/dziennik")
    assert "register" not in desk.page.text
