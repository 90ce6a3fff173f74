"""The survey after an event: to whom the link goes, that it counts once, and that the answer tells nothing of whose it is."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config.settings import Settings
from records import outbox
from records.bookings import attendance
from records.database import run
from tests.conscience import Conscience
from tests.views import office
from tests.views.staffed import TRAINING, person, register
from views import services
from views.mail import NotSent, worker

SURVEY = """
title: Ankieta po szkoleniu
anonymous: true
confirm: false
fields:
  - {name: ocena, type: integer, label: Ocena, required: true}
"""
AFTER = datetime(2027, 3, 10, 16, 0, tzinfo=services.WARSAW)
Mails = Callable[[], dict[str, str]]

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"szkolenie": f"survey: ankieta\n{TRAINING}", "ankieta": SURVEY}


@pytest.fixture
def mails(app: Flask, settings: Settings, clock: list[datetime]) -> Mails:
    """Jan, with an address of his own, and Ewa, without one, were there; what a turn of the worker sends: address to text."""
    register(app, person("Jan", "Nowak", adres="jan@gmina.example"), person("Ewa", "Lis"), person("Iga", "Maj"))
    with app.app_context():
        worker.turn(app)
        form = office.services(app).catalogue.get("szkolenie")
        assert form is not None
        clock[0] = AFTER
        for booking in (1, 2):
            attendance.note(booking, form, "2027-03-09/1", True, AFTER, "staff:1")

    def turn() -> dict[str, str]:
        folder = settings.data_dir / "mail"
        seen = set(folder.glob("*.eml"))
        with app.app_context():
            worker.turn(app)
        found: dict[str, str] = {}
        for file in set(folder.glob("*.eml")) - seen:
            message: Any = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            found[str(message["To"])] = f"{message['Subject']}\n{message.get_body(('plain',)).get_content()}"
        return found

    return turn


def link(text: str) -> str:
    found = re.search(r"http://localhost(/a/[\w-]+)", text)
    assert found is not None
    return found[1]


def answers(app: Flask) -> int:
    with app.app_context():
        query = "SELECT COUNT(*) FROM response WHERE slug = 'ankieta' AND reference IS NOT NULL"
        return int(run(query).fetchone()[0])


def fill(client: Conscience, rating: str = "5") -> None:
    client.get("/f/ankieta/wypelnij")
    client.send({"ocena": rating})


def test_each_who_was_there_gets_a_link_at_their_own_address_else_at_that_of_the_response(mails: Mails) -> None:
    sent = mails()
    assert set(sent) == {"jan@gmina.example", "urzad@gmina.example"}
    assert link(sent["jan@gmina.example"]) != link(sent["urzad@gmina.example"])
    assert "Jak było? Krótka ankieta – Szkolenie" in sent["jan@gmina.example"]
    assert "Moduł 1" in sent["jan@gmina.example"]
    assert "/z/" not in sent["jan@gmina.example"]  # never the private link of the whole response
    assert mails() == {}


def test_a_link_counts_once_and_the_second_time_says_calmly_that_the_answer_is_here(
    app: Flask, mails: Mails, client: Conscience
) -> None:
    address = link(mails()["jan@gmina.example"])
    client.get(address, follow_redirects=True)
    assert client.page.heading == "Ankieta po szkoleniu"
    fill(client)
    assert answers(app) == 1
    again = office.visitor(app)
    assert again.get(address).status_code == 200
    assert again.page.heading == "Twoja odpowiedź już tu jest"
    assert client.get("/a/nieznany").status_code == 404
    assert client.page.heading == "Ten link nie działa"


def test_of_two_browsers_with_the_same_link_only_the_first_is_taken(app: Flask, mails: Mails) -> None:
    address = link(mails()["jan@gmina.example"])
    first, second = office.visitor(app), office.visitor(app)
    for each in (first, second):
        each.get(address)
    fill(first)
    fill(second, "1")
    assert "Odpowiedź z tego zaproszenia już do nas dotarła" in second.page.text
    assert answers(app) == 1


def test_nothing_leads_from_the_answer_to_the_invitation_or_back(app: Flask, mails: Mails, client: Conscience) -> None:
    address = link(mails()["jan@gmina.example"])
    client.get(address)
    fill(client)
    with app.app_context():
        answer = run("SELECT * FROM response WHERE slug = 'ankieta'").fetchone()
        used = run("SELECT * FROM invitation WHERE used_on IS NOT NULL").fetchone()
        shared = {str(each) for each in answer} & {str(each) for each in used}
        assert shared <= {"ankieta", "1", "2", "2027-03-09 23:00:00"}  # the form, small numbers, the day
        assert address.removeprefix("/a/") not in str(run("SELECT * FROM message").fetchall())
    with client.session_transaction() as session:
        assert address.removeprefix("/a/") not in str(dict(session))


class Broken:
    """A mail server that takes nothing."""

    def deliver(self, message: Any) -> None:
        raise NotSent("smtp-451", lasting=False)


def test_a_message_that_must_be_tried_again_has_the_same_link_and_its_text_is_never_kept(
    app: Flask, mails: Mails, clock: list[datetime]
) -> None:
    with app.app_context():
        worker.turn(app, Broken())
        waiting = [each for each in outbox.recent() if each.kind == "survey"]
        assert [(each.state, each.text, each.html) for each in waiting] == [("waiting", None, None)] * 2
        assert {each.recipients for each in waiting} == {("jan@gmina.example",), ("urzad@gmina.example",)}
    clock[0] = AFTER + timedelta(minutes=5)
    address = link(mails()["jan@gmina.example"])
    assert office.visitor(app).get(address).status_code == 303
    beata = office.visitor(app, office.hire("Beata", "handler"))
    beata.get(f"/biuro/wiadomosci/{waiting[0].id}")
    assert "Treści nie przechowujemy" in beata.page.text


def test_a_week_later_only_who_has_not_answered_is_reminded(
    mails: Mails, client: Conscience, clock: list[datetime]
) -> None:
    first = mails()
    client.get(link(first["jan@gmina.example"]))
    fill(client)
    clock[0] = AFTER + timedelta(days=7)
    again = mails()
    assert set(again) == {"urzad@gmina.example"}
    assert "Przypomnienie: ankieta" in again["urzad@gmina.example"]
    assert link(again["urzad@gmina.example"]) == link(first["urzad@gmina.example"])
    clock[0] = AFTER + timedelta(days=20)
    assert mails() == {}


def test_a_survey_that_takes_no_answers_is_not_sent(app: Flask, mails: Mails) -> None:
    office.publish(app, "ankieta", f"closes: 2027-03-01\n{SURVEY}")
    assert mails() == {}
