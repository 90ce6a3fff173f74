"""A message from staff to those at an event: looked at first, sent once, to each with their own number and link."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from records.database import run
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.training import BIALOGARD, FORMS, RESKO
from views.mail import worker

ADDRESS = "/biuro/formularze/szkolenie/terminy/T1/wiadomosc"
GMINA = "{name: gmina, type: gmina, label: Gmina, required: true}"
TRAINING = FORMS["szkolenie"].replace(GMINA, GMINA + "\n      - {name: email, type: email, label: E-mail}")
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"szkolenie": TRAINING}


def register(app: Flask, gmina: str, email: str, *dates: str) -> None:
    """Somebody registers so many people, one for each date."""
    client = office.visitor(app)
    client.get("/f/szkolenie/wypelnij")
    client.send({"gmina": gmina, "email": email})
    for _ in dates[1:]:
        client.send(button="_add")
    answers: dict[str, str] = {}
    for index, date in enumerate(dates):
        answers |= {f"osoby-{index}-imie": f"Osoba {index}", f"osoby-{index}-termin": date}
    client.send(answers)
    client.send()


def letters(app: Flask) -> list[tuple[str, str]]:
    """(recipients, text) of the messages that staff wrote, as they went out."""
    with app.app_context():
        worker.turn(app)
        query = "SELECT recipients, text FROM message WHERE kind = 'message' ORDER BY id"
        return [(row[0], row[1]) for row in run(query).fetchall()]


def test_a_message_is_previewed_then_goes_once_to_each_response_with_its_own_number(
    app: Flask, beata: Conscience
) -> None:
    register(app, RESKO, "resko@gmina.example", "T1", "T1")
    register(app, BIALOGARD, "bialogard@gmina.example", "T1")
    beata.get(ADDRESS)
    body = "zaczynamy o **9:00**, zgłoszenie {reference}:\n\n{events}\n\n{nieznane} {link}"
    press(beata, "Pokaż podgląd", **{"temat": "Sala 12", "tresc": body})
    words = beata.page.text
    assert "resko@gmina.example" in words
    assert "zgłoszenie SZKOLENIE-2027-0001" in words
    assert "Wyślemy do 2 zgłosze" in words
    preview = beata.page
    press(beata, "Wyślij")
    assert "Wiadomość czeka na wysłanie do 2 zgłosze" in beata.page.text
    beata.page = preview
    press(beata, "Wyślij")
    (first, second) = letters(app)
    assert first[0] == "resko@gmina.example"
    assert "SZKOLENIE-2027-0001" in first[1]
    assert "Termin pierwszy" in first[1]
    assert "/z/" in first[1]
    assert "{nieznane}" in first[1]
    assert "SZKOLENIE-2027-0002" in second[1]


def test_only_the_states_that_were_chosen_are_written_to(app: Flask, beata: Conscience) -> None:
    register(app, RESKO, "resko@gmina.example", "T1", "T1")
    register(app, BIALOGARD, "bialogard@gmina.example", "T1", "T1")
    register(app, "3210013", "barlinek@gmina.example", "T1")
    beata.get(ADDRESS)
    press(beata, "Pokaż podgląd", **{"stan": ["waiting"], "temat": "Lista", "tresc": "czekamy"})
    press(beata, "Wyślij")
    assert {to for to, _ in letters(app)} == {"bialogard@gmina.example", "barlinek@gmina.example"}


def test_those_ticked_on_the_list_are_written_to(app: Flask, beata: Conscience) -> None:
    register(app, RESKO, "resko@gmina.example", "T1")
    register(app, BIALOGARD, "bialogard@gmina.example", "T1")
    beata.get("/biuro/formularze/szkolenie/terminy/T1")
    press(beata, "Napisz do zaznaczonych", **{"kto": ["2"]})
    press(beata, "Pokaż podgląd", **{"temat": "Sala", "tresc": "zmiana sali"})
    press(beata, "Wyślij")
    assert [to for to, _ in letters(app)] == ["bialogard@gmina.example"]


def test_nothing_goes_out_without_a_subject_a_text_and_somebody_to_write_to(app: Flask, beata: Conscience) -> None:
    register(app, RESKO, "", "T1")
    beata.get(ADDRESS)
    assert press(beata, "Pokaż podgląd").status_code == 422
    for text in ("Wpisz temat wiadomości.", "Wpisz treść wiadomości.", "Nie ma do kogo pisać"):
        assert text in beata.page.text
    assert letters(app) == []
