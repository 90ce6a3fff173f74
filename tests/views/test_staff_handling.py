"""What staff do with one response: decide about it, see its places and messages, open it for correction, send its link."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from records.database import run
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.training import BIALOGARD, FORMS, RESKO, booked, others
from views import services

REQUEST = """
title: Doradztwo
review: staff
edit_until: never
fields:
  - {name: email, type: email, label: E-mail}
  - {name: temat, type: text, label: Temat, required: true}
"""
CLUB = FORMS["klub"] + "review: staff\n"
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"szkolenie": FORMS["szkolenie"], "doradztwo": REQUEST, "klub": CLUB}


def asked(app: Flask, slug: str = "doradztwo", **answers: str) -> str:
    """Somebody sends the form; the token of the private link."""
    client = office.visitor(app)
    client.get(f"/f/{slug}/wypelnij")
    token = client.send(answers).request.path.split("/")[2]
    client.send()
    return token


def state(app: Flask) -> str:
    with app.app_context():
        return str(run("SELECT state FROM response ORDER BY id DESC").fetchone()[0])


def letters(app: Flask) -> list[str]:
    with app.app_context():
        return [row[0] for row in run("SELECT kind FROM message ORDER BY id").fetchall()]


def test_a_response_without_places_is_accepted_once(app: Flask, beata: Conscience) -> None:
    key = asked(app, email="jan@gmina.example", temat="Gminny program").partition("-")[0]
    beata.get(f"/biuro/odpowiedzi/{key}")
    press(beata, "Przyjmij zgłoszenie")
    assert "Zgłoszenie jest przyjęte." in beata.page.text
    assert state(app) == "accepted"
    assert letters(app) == ["received", "accepted"]
    assert "Przyjmij zgłoszenie" not in beata.page.text


def test_rejecting_takes_a_reason_that_reaches_the_person(app: Flask, beata: Conscience) -> None:
    token = asked(app, email="jan@gmina.example", temat="Inny")
    key = token.partition("-")[0]
    beata.get(f"/biuro/odpowiedzi/{key}")
    press(beata, "Odrzuć i wyślij wiadomość")
    assert "Napisz powód odrzucenia" in beata.page.text
    assert state(app) == "submitted"
    press(beata, "Odrzuć i wyślij wiadomość", powod="Temat spoza programu.")
    assert state(app) == "rejected"
    assert letters(app) == ["received", "rejected"]


def test_what_somebody_else_has_decided_meanwhile_stays(app: Flask, beata: Conscience) -> None:
    key = asked(app, temat="Inny").partition("-")[0]
    beata.get(f"/biuro/odpowiedzi/{key}")
    page = beata.page
    press(beata, "Tak, wycofaj")
    beata.page = page
    press(beata, "Przyjmij zgłoszenie")
    assert "Nic się nie zmieniło" in beata.page.text
    assert state(app) == "withdrawn"


def test_accepting_a_response_accepts_its_places(app: Flask, beata: Conscience) -> None:
    key = asked(app, "klub", imie="Jan").partition("-")[0]
    beata.get(f"/biuro/odpowiedzi/{key}")
    assert "czeka na decyzję" in beata.page.text
    press(beata, "Przyjmij zgłoszenie")
    assert booked(app) == [("form", "", "accepted")]
    assert "przyjęto – Beata" in beata.page.text
    assert "wysłano – osoba zgłaszająca" in beata.page.text


def test_the_page_tells_the_places_why_one_waits_and_what_was_written(app: Flask, beata: Conscience) -> None:
    key = others(app, RESKO, "T1", "T1", "T1").partition("-")[0]
    beata.get(f"/biuro/odpowiedzi/{key}")
    words = beata.page.text
    assert "Osoba 3: Osoba 2" in words
    assert "1. na liście: limit gminy: 2 z 2" in words
    key = asked(app, email="jan@gmina.example", temat="Inny").partition("-")[0]
    beata.get(f"/biuro/odpowiedzi/{key}")
    assert "Potwierdzenie przyjęcia" in beata.page.text


def test_staff_let_one_response_be_corrected_for_longer(
    app: Flask, beata: Conscience, client: Conscience, clock: list[datetime]
) -> None:
    token = asked(app, temat="Inny")
    key = token.partition("-")[0]
    client.get(f"/z/{token}/")
    assert "Popraw odpowiedzi" not in client.page.text
    beata.get(f"/biuro/odpowiedzi/{key}")
    press(beata, "Zapisz", dzien="2027-01-19")
    assert "Podaj dzień od dziś" in beata.page.text
    press(beata, "Zapisz", dzien="25.01.2027")  # typed, where the browser has no calendar
    client.get(f"/z/{token}/")
    assert "Popraw odpowiedzi" in client.page.text
    clock[0] = datetime(2027, 1, 26, 0, 1, tzinfo=services.WARSAW)
    client.get(f"/z/{token}/")
    assert "Popraw odpowiedzi" not in client.page.text


def test_the_private_link_is_sent_again_once_for_a_double_click(app: Flask, beata: Conscience) -> None:
    key = asked(app, email="jan@gmina.example", temat="Inny").partition("-")[0]
    for _ in range(2):
        beata.get(f"/biuro/odpowiedzi/{key}")
        press(beata, "Wyślij link jeszcze raz")
    assert letters(app) == ["received", "link"]
    assert "Wysyłamy link" in beata.page.text


def test_without_an_address_there_is_no_button_for_the_link(app: Flask, beata: Conscience) -> None:
    key = asked(app, temat="Inny").partition("-")[0]
    beata.get(f"/biuro/odpowiedzi/{key}")
    assert "Wyślij link" not in beata.page.text


def test_who_only_looks_can_do_nothing(app: Flask) -> None:
    key = others(app, BIALOGARD, "T1").partition("-")[0]
    celina = office.visitor(app, office.hire("Celina", "viewer"))
    celina.get(f"/biuro/odpowiedzi/{key}")
    assert "miejsce potwierdzone" in celina.page.text
    assert not any("/biuro/odpowiedzi/" in form.get("action", "") for form in celina.page.forms())


def test_staff_find_what_waits_for_their_decision(app: Flask, beata: Conscience) -> None:
    first = asked(app, temat="Pierwszy").partition("-")[0]
    asked(app, temat="Drugi")
    beata.get(f"/biuro/odpowiedzi/{first}")
    press(beata, "Przyjmij zgłoszenie")
    beata.get("/biuro/formularze/doradztwo/odpowiedzi?state=submitted")
    assert "Do decyzji" in beata.page.text
    assert "DORADZTWO-2027-0002" in beata.page.text
    assert "DORADZTWO-2027-0001" not in beata.page.text
