"""The first page of a form when it is not passed at once: what was begun goes on, what is new is not yet wrong."""

from __future__ import annotations

import pytest
from flask import Flask

from records.database import run
from tests.conscience import Conscience
from tests.views import office

ROOMS = """
title: Pokoje
fields:
  - {name: nocleg, type: yes_no, label: Nocleg, required: true}
  - {name: osoby, type: integer, label: Osoby, required: true}
  - name: pokoj
    type: group
    repeat: false
    label: Pokój
    when: nocleg
    fields: [{name: rodzaj, type: text, label: Rodzaj, required: true}]
"""


@pytest.fixture
def forms() -> dict[str, str]:
    return {"pokoje": ROOMS}


def test_a_first_page_that_does_not_pass_goes_on_with_the_draft_it_began(client: Conscience, app: Flask) -> None:
    client.get("/f/pokoje/wypelnij")
    assert client.send({"nocleg": "nie"}).status_code == 422
    assert client.send({"osoby": "dwie"}).status_code == 422
    client.send({"osoby": "2"})
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    with app.app_context():
        assert run("SELECT count(*) FROM response").fetchone()[0] == 1


def test_the_questions_of_a_group_that_has_just_appeared_are_not_yet_wrong(client: Conscience) -> None:
    client.get("/f/pokoje/wypelnij")
    response = client.send({"nocleg": "tak", "osoby": "2"})
    assert response.status_code == 200
    assert "pojawiło się 1 nowe pytanie" in client.page.text
    assert client.send({"nocleg": "tak"}).status_code == 422


def test_a_first_page_sent_again_with_other_answers_changes_the_draft_it_began(client: Conscience, app: Flask) -> None:
    client.get("/f/pokoje/wypelnij")
    inputs = client.page.forms()[0].iter("input")
    page = {each.get("name"): each.get("value") for each in inputs if each.get("type") == "hidden"}
    for osoby in ("2", "3"):
        client.post("/f/pokoje/wypelnij", data={**page, "nocleg": "nie", "osoby": osoby})
    with app.app_context():
        ((working,),) = run("SELECT working FROM response").fetchall()
    assert '"osoby":3' in working


def test_a_form_of_one_step_tells_its_title_once(client: Conscience) -> None:
    client.get("/f/pokoje/wypelnij")
    assert client.page.heading == "Pokoje"
    assert client.page.text.count("Pokoje") == 1


def test_a_form_that_is_put_back_to_an_earlier_text_asks_its_questions(client: Conscience, app: Flask) -> None:
    for text in (ROOMS, ROOMS.replace("title: Pokoje", "title: Noclegi"), ROOMS):
        office.publish(app, "pokoje", text)
        client.get("/f/pokoje/wypelnij")
        assert "Osoby" in client.page.text


def test_staff_see_what_a_form_being_prepared_is_and_can_try_it(client: Conscience, app: Flask) -> None:
    office.publish(app, "pokoje", ROOMS.replace("title: Pokoje", "title: Pokoje\nstate: draft\nopens: 2031-01-01"))
    assert client.get("/f/pokoje").status_code == 404
    with app.app_context():
        anna = office.team()["Anna"]
    desk = office.visitor(app, anna)
    desk.get("/f/pokoje")
    assert "Formularz jest przygotowywany – widzą go tylko pracownicy." in desk.page.text
    assert "nie przyjmuje" not in desk.page.text
    desk.get("/f/pokoje/wypelnij")
    desk.send({"nocleg": "nie", "osoby": "2"})
    assert desk.page.heading == "Sprawdź odpowiedzi i wyślij"
