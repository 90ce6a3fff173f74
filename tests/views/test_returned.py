"""Questions returned for correction: ticked by staff, answered on a page with nothing else, settled; and what goes with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from records.database import run
from records.people import Person
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.returns import CLOSED, FORM, answers, give_back, inputs, mails, page_of, sent, state

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"raport": FORM}


def test_a_returned_question_is_answered_after_the_form_has_closed_and_nothing_else_can_be(
    app: Flask, person: Person, clock: list[datetime], settings: Settings
) -> None:
    token, key = sent(app)
    before = answers(app, key)
    clock[0] = CLOSED
    beata = office.visitor(app, person)
    give_back(beata, key, {"koszt": "Kwota nie zgadza się z umową."})
    assert "Zwrócono do poprawy" in beata.page.text
    written = mails(app, settings)["Popraw odpowiedzi do 8 marca 2027 r. – RAPORT-2027-0001"]
    assert "- Koszt: Kwota nie zgadza się z umową." in written
    assert f"/z/{token}/do-poprawy" in written

    client = office.visitor(app)
    client.get(f"/z/{token}/")
    assert "Zwrócone do poprawy" in client.page.text
    assert "Popraw te odpowiedzi" in client.page.text
    client.get(f"/z/{token}/do-poprawy")
    assert inputs(client) == {"koszt"}
    assert "Kwota nie zgadza się z umową." in client.page.text
    data = {"koszt": "150", "plan": "1", "dotacja": "tak", "email": "kto@inny.example"}
    token_field = client.page.by_id("form")
    assert token_field is not None
    csrf = next(each.get("value", "") for each in token_field.iter("input") if each.get("name") == "csrf_token")
    client.post(f"/z/{token}/do-poprawy", data={**data, "csrf_token": csrf}, follow_redirects=True)
    assert "Poprawione odpowiedzi dotarły" in client.page.text
    assert answers(app, key) == before.replace('"koszt":"100.00"', '"koszt":"150.00"') != before
    assert state(app) == ["answered"]

    client.get(f"/z/{token}/do-poprawy", follow_redirects=True)
    assert "Zwrócone do poprawy" not in client.page.text
    beata.get(f"/biuro/odpowiedzi/{key}")
    assert "Poprawione, do sprawdzenia" in beata.page.text
    assert "Co zmieniła poprawka 1" in beata.page.text
    press(beata, "Sprawdzone")
    assert state(app) == ["done"]
    assert "poprawiono zwrócone pytania – osoba zgłaszająca" in beata.page.text


def test_whoever_leaves_the_answer_as_it_is_writes_why(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Sprawdź.", "plan": "Też sprawdź."})
    client = page_of(app, token)
    answer = client.send({"koszt": "120"})
    assert answer.status_code == 422
    assert "napisz tutaj, dlaczego" in client.page.text
    client.send({"_reply": "Plan jest dobry, zgodny z uchwałą."})
    assert state(app) == ["answered"]
    beata.get(f"/biuro/odpowiedzi/{key}")
    assert "Plan jest dobry, zgodny z uchwałą." in beata.page.text


def test_a_check_with_another_question_opens_that_one_and_a_new_question_comes_along(
    app: Flask, beata: Conscience
) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Za mało.", "dotacja": "Dotacja jest."})
    client = page_of(app, token)
    assert inputs(client) == {"koszt", "dotacja"}
    client.send({"koszt": "300", "dotacja": "tak"})
    assert inputs(client) == {"koszt", "dotacja", "plan", "zrodlo"}
    assert "Koszt nie może być wyższy niż plan." in client.page.text
    assert "Co się z tym łączy" in client.page.text
    client.send({"plan": "300", "zrodlo": "FENX"})
    assert state(app) == ["answered"]
    assert '"plan":"300.00","koszt":"300.00","dotacja":true,"zrodlo":"FENX"' in answers(app, key)


def test_new_questions_that_follow_are_asked_without_a_reproach(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"dotacja": "Dotacja jest."})
    client = page_of(app, token)
    answer = client.send({"dotacja": "tak"})
    assert answer.status_code == 200
    assert "pojawiło się 1 nowe pytanie" in client.page.text
    client.send({"zrodlo": "FENX"})
    assert state(app) == ["answered"]


def test_questions_in_items_tables_matrices_and_checklists_are_returned_too(app: Flask, beata: Conscience) -> None:
    token, key = sent(app, projects=2)
    remarks = {"projekty-1-wydatki": "Dużo.", "wskazniki": "B.", "zgoda": "Z drugim?", "ocena": "Drzwi?"}
    give_back(beata, key, remarks)
    client = page_of(app, token)
    assert inputs(client) == {"projekty-1-wydatki", "projekty", "wskazniki", "zgoda", "ocena"}  # projekty: which item
    assert "Projekt 2: Rynek" in client.page.text
    client.send({"projekty-1-wydatki": "8", "wskazniki--B.gmina": "6", "zgoda--b": "tak", "ocena--A02": "0"})
    assert state(app) == ["answered"]
    now = answers(app, key)
    assert '"projekty":[{"nazwa":"Park","wydatki":"10.00"},{"nazwa":"Rynek","wydatki":"8.00"}]' in now
    assert '"6"' in now or ":6" in now


def test_a_whole_list_is_returned_and_gets_a_further_item(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"projekty": "Brakuje rynku."})
    client = page_of(app, token)
    client.send({}, button="_add")
    client.send({"projekty-1-nazwa": "Rynek", "projekty-1-wydatki": "4"})
    assert state(app) == ["answered"]
    assert '{"nazwa":"Rynek","wydatki":"4.00"}' in answers(app, key)


def test_what_was_typed_is_kept_until_it_is_sent_and_the_page_of_the_form_stays_shut(
    app: Flask, person: Person, clock: list[datetime]
) -> None:
    token, key = sent(app)
    clock[0] = CLOSED
    give_back(office.visitor(app, person), key, {"koszt": "Za mało."})
    client = page_of(app, token)
    client.send({"koszt": "dużo"})
    assert "dużo" in page_of(app, token).page.by_id("koszt").get("value", "")  # type: ignore[union-attr]
    assert client.get(f"/z/{token}/krok/dane").status_code == 403
    assert client.get(f"/z/{token}/podsumowanie").status_code == 403


def test_after_its_day_nothing_can_be_answered_and_staff_see_it(
    app: Flask, person: Person, clock: list[datetime]
) -> None:
    token, key = sent(app)
    give_back(office.visitor(app, person), key, {"koszt": "Za mało."})
    client = page_of(app, token)
    clock[0] += timedelta(days=9)
    beata = office.visitor(app, person)
    client.send({"koszt": "150"})
    assert "termin ich poprawienia minął" in client.page.text
    client.get(f"/z/{token}/")
    assert "Termin poprawienia odpowiedzi (" in client.page.text
    beata.get(f"/biuro/odpowiedzi/{key}")
    assert "Nie poprawiono w terminie" in beata.page.text
    give_back(beata, key, {"koszt": "Jeszcze raz."})
    assert inputs(page_of(app, token)) == {"koszt"}


def test_a_reminder_comes_two_days_before_and_not_to_who_has_answered(
    app: Flask, beata: Conscience, clock: list[datetime], settings: Settings
) -> None:
    token, key = sent(app)
    _, other = sent(app, projects=0)
    give_back(beata, key, {"koszt": "Za mało."})
    give_back(beata, other, {"plan": "Za mało."})
    page_of(app, token).send({"koszt": "150"})
    clock[0] += timedelta(days=6)
    told = [
        text for subject, text in mails(app, settings).items() if subject.startswith("Przypomnienie: popraw odpowiedzi")
    ]
    assert len(told) == 1
    assert "Plan: Za mało." in told[0]


def test_an_ordinary_correction_of_just_these_answers_settles_it_and_another_does_not(
    app: Flask, beata: Conscience
) -> None:
    with app.app_context():
        run("UPDATE response SET edit_until = NULL")
    token, key = sent(app)
    with app.app_context():
        run("UPDATE response SET edit_until = '2027-02-01 00:00:00' WHERE key = ?", key)
    give_back(beata, key, {"koszt": "Za mało."})
    client = office.visitor(app)
    for name, value, state_ in (("plan", "400", "open"), ("koszt", "300", "answered")):
        client.get(f"/z/{token}/")
        press(client, "Popraw odpowiedzi")
        client.get(f"/z/{token}/krok/dane?zmiana=1")
        client.send({name: value})
        client.send()
        assert state(app) == [state_]
