"""One thing done to many responses: ticked or all that match, asked again where it matters, the skipped told by number."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from records import audit, bookings, outbox
from records.database import run
from tests.conscience import Answer, Conscience
from tests.soundness import words
from tests.views import office
from views.staff.table import bulk, bulk_words

TABLE = "/biuro/formularze/doradztwo/odpowiedzi"
BULK = f"{TABLE}/razem"
REQUEST = """
title: Doradztwo
review: staff
fields:
  - {name: email, type: email, label: E-mail}
  - {name: temat, type: text, label: Temat, required: true}
"""


@pytest.fixture
def forms() -> dict[str, str]:
    return {
        "doradztwo": REQUEST,
        "anonimowa": "title: Anonimowa\nanonymous: true\nfields:\n  - {name: a, type: text, label: A}\n",
    }


@pytest.fixture
def keys(app: Flask) -> list[str]:
    """Four responses, the third without an address, the fourth accepted already."""
    found = []
    for n in range(4):
        address: dict[str, Any] = {} if n == 2 else {"email": f"osoba{n}@gmina.example"}
        found.append(office.receive(app, "doradztwo", temat=f"Temat {n}", **address).key)
    with app.app_context():
        form = office.services(app).catalogue.get("doradztwo")
        assert form is not None
        bookings.accept(found[3], form, office.SENT, "staff:1")
    return found


def states() -> list[str]:
    return [row[0] for row in run("SELECT state FROM response ORDER BY id").fetchall()]


def tick(client: Conscience, keys: list[str], button: str, address: str = TABLE) -> None:
    """Ticks these on the table and presses the button under it."""
    client.get(address)
    go(client, {"kto": keys}, button)


def go(client: Conscience, answers: dict[str, Answer] | None = None, button: str | None = None) -> TestResponse:
    """Sends the form of the page that does something to many."""
    (action,) = [form.get("action", "") for form in client.page.forms() if BULK in form.get("action", "")]
    return client.send(answers, button=button, form=action)


def test_those_ticked_are_accepted_and_the_skipped_are_told_with_their_state(
    beata: Conscience, keys: list[str]
) -> None:
    tick(beata, [keys[0], keys[3]], "Przyjmij")
    assert "Przyjęto 1 odpowiedź." in beata.page.text
    assert "Pominięto 1 odpowiedź" in beata.page.text
    assert "0004 – stan „Przyjęte” na to nie pozwala" in beata.page.text
    assert states() == ["accepted", "submitted", "submitted", "accepted"]
    assert len([each for each in audit.recent() if each.action == "accepted" and each.subject == keys[0]]) == 1


def test_all_that_match_are_meant_not_all_that_are_shown(app: Flask, beata: Conscience, keys: list[str]) -> None:
    for n in range(30):
        office.receive(app, "doradztwo", temat=f"Inne {n}")
    beata.get(f"{TABLE}?state=submitted&per_page=25&pole=temat&jak=zawiera&wart=inne")
    go(beata, {"wszyscy": True}, "Przyjmij")
    assert beata.page.heading == "Przyjmij odpowiedzi", "more than 20 are asked about again"
    assert "30 odpowiedzi" in beata.page.text
    assert "i jeszcze 20" in beata.page.text
    go(beata)
    assert "Przyjęto 30 odpowiedzi." in beata.page.text
    assert "Żadna odpowiedź nie pasuje do filtrów" in beata.page.text, "the table is as it was: none is left to decide"
    assert states().count("accepted") == 31


def test_whoever_has_decided_all_is_told_and_led_back_to_today(beata: Conscience, keys: list[str]) -> None:
    beata.get(f"{TABLE}?state=submitted")
    go(beata, {"wszyscy": True}, "Przyjmij")
    go(beata)
    assert "Nic już nie czeka na decyzję." in beata.page.text
    assert [a.get("href") for a in beata.page.all("a") if "Wróć do strony" in (a.text or "")] == ["/biuro/dzis"]


def test_a_rejection_needs_a_reason_that_goes_into_the_message(beata: Conscience, keys: list[str]) -> None:
    tick(beata, keys[:2], "Odrzuć…")
    assert beata.page.heading == "Odrzuć odpowiedzi"
    assert go(beata, {"powod": " "}).status_code == 422
    assert "Napisz powód odrzucenia" in beata.page.text
    go(beata, {"powod": "Brak podpisu."})
    assert "Odrzucono 2 odpowiedzi." in beata.page.text
    assert states() == ["rejected", "rejected", "submitted", "accepted"]
    reasons = {letter.facts.get("reason") for letter in outbox.recent() if letter.kind == "rejected"}
    assert reasons == {"Brak podpisu."}


def test_a_message_is_looked_at_before_it_goes_and_goes_once(beata: Conscience, keys: list[str]) -> None:
    tick(beata, keys[:3], "Napisz wiadomość…")
    assert go(beata, {"temat": "", "tresc": "Prosimy o telefon."}).status_code == 422
    go(beata, {"temat": "W sprawie {reference}", "tresc": "Prosimy o telefon."}, "Pokaż podgląd")
    assert "osoba0@gmina.example" in beata.page.text
    assert "Wyślemy do 2 zgłoszeń." in beata.page.text
    before = beata.page
    go(beata, button="wyslij")
    assert "Wiadomość czeka na wysłanie do 2 zgłoszeń." in beata.page.text
    assert "0003 – brak adresu e-mail" in beata.page.text
    beata.page = before
    go(beata, button="wyslij")
    assert len([letter for letter in outbox.recent() if letter.kind == "message"]) == 2


def test_labels_are_put_on_and_taken_off(beata: Conscience, keys: list[str]) -> None:
    tick(beata, keys[:2], "Dodaj etykietę…")
    assert go(beata, {"etykieta": ""}).status_code == 422
    go(beata, {"etykieta": "do wyjaśnienia"})
    assert "Dodano etykietę do 2 odpowiedzi." in beata.page.text
    beata.get(f"{TABLE}?label=do+wyjaśnienia")
    assert len([cell for cell in beata.page.all("th") if cell.get("scope") == "row"]) == 2
    tick(beata, keys[:1], "Zdejmij etykietę…")
    go(beata, {"etykieta": "do wyjaśnienia"})
    assert run("SELECT COUNT(*) FROM response_label").fetchone()[0] == 1


def test_an_export_takes_just_those_ticked_or_all_that_match(beata: Conscience, keys: list[str]) -> None:
    tick(beata, [keys[1]], "Eksportuj")
    assert beata.page.heading.startswith("Eksport")
    csv = beata.get(f"/biuro/formularze/doradztwo/eksport/csv?kto={keys[1]}").text
    assert "Temat 1" in csv
    assert "Temat 0" not in csv


def test_nobody_ticked_and_too_many_are_told(
    beata: Conscience, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(beata, [], "Przyjmij")
    assert "Zaznacz co najmniej jedną odpowiedź." in beata.page.text
    monkeypatch.setattr(bulk, "MOST_KEYS", 2)
    beata.get(TABLE)
    go(beata, {"wszyscy": True}, "Przyjmij")
    assert "Naraz można zająć się najwyżej 2 odpowiedziami" in beata.page.text
    assert states().count("accepted") == 1


def test_that_there_are_too_many_is_said_at_the_table_before_anybody_tries(
    beata: Conscience, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    beata.get(TABLE)
    assert "Naraz można zająć się" not in beata.page.text
    monkeypatch.setattr(bulk_words, "MOST_KEYS", 2)
    beata.get(TABLE)
    assert "Naraz można zająć się najwyżej 2 odpowiedziami" in beata.page.text
    assert "Eksport obejmie wszystkie." in beata.page.text
    tick(beata, keys[:2], "Przyjmij")
    assert states().count("accepted") == 3, "the two, and the one before"


def test_what_another_form_or_a_draft_holds_is_never_touched(app: Flask, beata: Conscience, keys: list[str]) -> None:
    other = office.receive(app, "anonimowa", a="x")
    draft = office.begin(app, "doradztwo", temat="Szkic")
    beata.get(TABLE)
    assert go(beata, {"kto": [other.key, draft.key, "nie-ma"]}, "Przyjmij").status_code == 422
    assert states() == ["submitted", "submitted", "submitted", "accepted", "submitted", "draft"]


def test_nobody_decides_on_anonymous_answers(app: Flask, beata: Conscience, keys: list[str]) -> None:
    office.receive(app, "anonimowa", a="x")
    beata.get("/biuro/formularze/anonimowa/odpowiedzi")
    buttons = [words(button) for button in beata.page.all("button")]
    assert "Dodaj etykietę…" in buttons
    assert not {"Przyjmij", "Odrzuć…", "Napisz wiadomość…"} & set(buttons)


def test_who_only_looks_is_offered_nothing_to_do(app: Flask, keys: list[str]) -> None:
    celina = office.visitor(app, office.hire("Celina", "viewer"))
    celina.get(TABLE)
    assert [box for box in celina.page.all("input") if box.get("name") == "kto"] == []
    assert celina.post(BULK, data={"akcja": "przyjmij", "kto": keys}).status_code in (400, 403)
    assert states().count("accepted") == 1


def test_what_came_after_the_look_is_looked_at_before_it_is_decided(
    app: Flask, beata: Conscience, keys: list[str]
) -> None:
    beata.get(TABLE)
    go(beata, {"wszyscy": True}, "Odrzuć…")
    office.receive(app, "doradztwo", temat="Nowe")
    assert go(beata, {"powod": "Poza regionem"}).status_code == 422
    assert "Lista zmieniła się" in beata.page.text
    assert "Poza regionem" in beata.page.text, "what was typed stays"
    assert states().count("rejected") == 0
    go(beata)
    assert states().count("rejected") == 4
