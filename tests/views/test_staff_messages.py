"""The page of messages: what was written, how far it came, and never the private link that it carried."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from records import outbox
from records.database import run
from tests.conscience import Conscience
from tests.views import office
from views.mail import worker

FORM = """
title: Pytanie
confirm: false
fields:
  - {name: email, type: email, label: E-mail, required: true}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"pytanie": FORM}


@pytest.fixture
def written(client: Conscience, app: Flask) -> int:
    """The id of a message that has gone out."""
    client.get("/f/pytanie/wypelnij")
    client.send({"email": "anna@gmina.example"})
    worker.turn(app)
    with app.app_context():
        return outbox.recent()[0].id


def test_staff_see_what_was_sent_to_whom_but_not_the_private_link(app: Flask, written: int) -> None:
    viewer = office.visitor(app, office.hire("Celina", "viewer"))
    viewer.get(f"/biuro/wiadomosci/{written}")
    assert "anna@gmina.example" in viewer.page.text
    assert "[link prywatny]" in viewer.page.text
    assert "/z/" not in viewer.page.text


def test_a_message_that_failed_is_sent_again_by_whoever_may_decide(app: Flask, written: int) -> None:
    with app.app_context():
        run("UPDATE message SET state = 'failed', error = 'smtp-550'")
    viewer = office.visitor(app, office.hire("Celina", "viewer"))
    viewer.get(f"/biuro/wiadomosci/{written}")
    assert "smtp-550" in viewer.page.text
    assert "Wyślij jeszcze raz" not in viewer.page.text
    handler = office.visitor(app, office.hire("Beata", "handler"))
    handler.get(f"/biuro/wiadomosci/{written}")
    handler.send(form=f"/biuro/wiadomosci/{written}/ponow")
    with app.app_context():
        assert outbox.counts() == {"waiting": 1}


def test_the_list_shows_one_state_when_asked(app: Flask, written: int) -> None:
    viewer = office.visitor(app, office.hire("Celina", "viewer"))
    viewer.get("/biuro/wiadomosci?state=sent")
    assert "1 wiadomość" in viewer.page.text
    viewer.get("/biuro/wiadomosci?state=failed")
    assert "0 wiadomości" in viewer.page.text
