"""The first page of a form when it is not passed at once: what was begun goes on, what is new is not yet wrong."""

from __future__ import annotations

import pytest
from flask import Flask

from records.database import run
from tests.conscience import Conscience

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
