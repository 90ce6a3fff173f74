"""The way through a form, and what may go wrong on it: double clicks, two tabs, deadlines, a form that changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from records.database import run
from tests.conscience import Conscience
from tests.views.small import ALL, begin, finish, reference, sent_responses


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return dict(ALL)


def test_an_answer_that_brings_a_new_question_shows_it_before_going_on(client: Conscience) -> None:
    client.get("/f/zgloszenie/wypelnij")
    response = client.send({"imie": "Anna", "nocleg": "tak"})
    assert response.status_code == 200
    assert "pojawiło się" in client.page.text
    assert client.page.by_id("noce") is not None
    client.send({"noce": "2"})
    assert client.page.heading == "Ile osób"


def test_what_does_not_pass_is_kept_as_it_was_typed(client: Conscience) -> None:
    token = begin(client)
    assert client.send({"osoby": "dwie"}).status_code == 422
    client.get(f"/z/{token}/krok/ile")
    field = client.page.by_id("osoby")
    assert field is not None
    assert field.get("value") == "dwie"


def test_a_warning_is_sent_once_it_is_explained_and_the_explanation_is_kept(client: Conscience, app: Flask) -> None:
    begin(client)
    assert client.send({"osoby": "1", "koszt": "500"}).status_code == 422
    why = next(each.get("name", "") for each in client.page.all("textarea"))
    client.send({why: "Drogi dojazd."})
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    client.send()
    assert reference(client) == "ZGL-2026-0001" or reference(client).startswith("ZGL-")
    with app.app_context():
        (answers,) = run("SELECT answers FROM response").fetchone()
    assert "Drogi dojazd." in answers


def test_two_clicks_on_send_give_one_response(client: Conscience, app: Flask) -> None:
    token = begin(client)
    client.send({"osoby": "2"})
    form = client.page.forms()[0]
    data = {each.get("name"): each.get("value") for each in form.iter("input")}
    first = client.post(f"/z/{token}/podsumowanie", data=data)
    second = client.post(f"/z/{token}/podsumowanie", data=data, follow_redirects=True)
    assert first.status_code == 303
    assert second.status_code == 200
    assert len(sent_responses(app)) == 1


def test_two_clicks_on_the_first_page_begin_one_draft(client: Conscience, app: Flask) -> None:
    client.get("/f/zgloszenie/wypelnij")
    form = client.page.forms()[0]
    data = {each.get("name"): each.get("value") for each in form.iter("input") if each.get("type") == "hidden"}
    for _ in range(2):
        client.post("/f/zgloszenie/wypelnij", data={**data, "imie": "Anna", "nocleg": "nie"})
    with app.app_context():
        assert run("SELECT COUNT(*) FROM response").fetchone()[0] == 1


def test_a_form_without_summary_sent_twice_from_the_same_page_is_one_response(client: Conscience, app: Flask) -> None:
    client.get("/f/pytanie/wypelnij")
    form = client.page.forms()[0]
    data = {each.get("name"): each.get("value") for each in form.iter("input") if each.get("type") == "hidden"}
    for _ in range(2):
        client.post("/f/pytanie/wypelnij", data={**data, "gmina": "3218043", "tresc": "Kiedy?"}, follow_redirects=True)
    assert [row[0] for row in sent_responses(app)] == [reference(client)]


def test_two_tabs_on_different_steps_lose_nothing(client: Conscience) -> None:
    token = begin(client)
    client.send({"osoby": "2"})
    client.get(f"/z/{token}/krok/kto")
    first = client.page
    client.get(f"/z/{token}/krok/ile")
    client.send({"osoby": "7"})
    client.page = first
    client.send({"imie": "Barbara"})
    client.get(f"/z/{token}/podsumowanie")
    assert "Barbara" in client.page.text
    assert "7" in client.page.text


def test_the_back_button_after_sending_leads_to_the_receipt(client: Conscience, app: Flask) -> None:
    token = begin(client)
    number = finish(client)
    response = client.get(f"/z/{token}/krok/kto", follow_redirects=True)
    assert response.status_code == 200
    assert number in client.page.text
    assert len(sent_responses(app)) == 1


def test_an_expired_page_stores_nothing_and_gives_back_what_was_typed(client: Conscience, app: Flask) -> None:
    client.get("/f/zgloszenie/wypelnij")
    response = client.post("/f/zgloszenie/wypelnij", data={"imie": "Anna", "csrf_token": "stary"})
    assert response.status_code == 400
    assert "otwarta zbyt długo" in client.page.text
    with app.app_context():
        assert run("SELECT COUNT(*) FROM response").fetchone()[0] == 0
    client.send({"nocleg": "nie"})
    assert client.page.heading == "Ile osób"
    client.send({"osoby": "1"})
    assert "Anna" in client.page.text


def test_a_correction_keeps_the_number_and_the_earlier_answers(client: Conscience, app: Flask) -> None:
    token = begin(client)
    number = finish(client)
    client.get(f"/z/{token}/")
    client.send(form="popraw")
    client.get(f"/z/{token}/krok/ile")
    client.send({"osoby": "5"})
    client.send()
    assert reference(client) == number
    assert sent_responses(app) == [(number, 1)]
    with app.app_context():
        assert '"osoby":2' in run("SELECT answers FROM sent_version").fetchone()[0]


def test_a_second_live_response_of_one_gmina_is_not_taken_and_nobody_is_named(client: Conscience, app: Flask) -> None:
    for text in ("Pierwsze", "Drugie"):
        client.get("/f/pytanie/wypelnij")
        client.send({"gmina": "3218043", "tresc": text})
    assert len(sent_responses(app)) == 1
    assert "Nie możemy teraz przyjąć" in client.page.text
    assert "Resk" not in client.page.text.split("Nie możemy teraz przyjąć")[1].split("Gmina")[0]
