"""From a sent form to a message in somebody's inbox: who gets it, what it says, what it never says."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config.settings import Settings
from records import outbox
from records.database import run
from tests.conscience import Conscience
from views.mail import NotSent, worker

PLAIN = """
title: Zgłoszenie *pilne*
reference: ZGL-{year}-{number:04}
notify: [biuro@urzad.example]
languages: [pl, en]
fields:
  - {name: imie, type: text, label: {pl: Imię, en: Name}, required: true}
  - {name: email, type: email, label: {pl: E-mail, en: Email}, required: true}
  - {name: kopia, type: email, label: {pl: Kopia, en: Copy}}
  - {name: lekarz, type: email, label: {pl: Lekarz, en: Doctor}, sensitive: true}
"""
OWN = (
    PLAIN
    + """
emails:
  received:
    subject: "{imie}, mamy zgłoszenie"
    body: "Witaj, **{imie}**! Numer: {reference}. [Zgłoszenie]({link})"
"""
)
ANONYMOUS = """
title: Ankieta
anonymous: true
notify: [biuro@urzad.example]
fields:
  - {name: email, type: email, label: E-mail}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    yearly = PLAIN.replace("Zgłoszenie *pilne*", "Ankieta za 2025 r.").replace("ZGL", "ANK")
    return {"zgloszenie": PLAIN, "wlasne": OWN, "ankieta": ANONYMOUS, "roczna": yearly}


@pytest.fixture
def inbox(app: Flask, settings: Settings) -> Iterator[Any]:
    """What has gone out so far, after a turn of the worker: a function."""

    def read() -> dict[str, EmailMessage]:
        with app.app_context():
            worker.turn(app)
        files = (settings.data_dir / "mail").glob("*.eml")
        found: list[Any] = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
        return {str(message["To"]): message for message in found}

    return read


def text(message: EmailMessage, kind: str = "plain") -> str:
    part: Any = message.get_body((kind,))
    return str(part.get_content())


def fill(client: Conscience, slug: str = "zgloszenie", **answers: str) -> None:
    client.get(f"/f/{slug}/wypelnij")
    client.send({"imie": "Anna", "email": "anna@gmina.example", **answers})
    client.send()


def test_a_confirmation_goes_to_every_address_outside_lists_but_never_to_a_sensitive_one(
    client: Conscience, inbox: Any
) -> None:
    fill(client, kopia="zastepca@gmina.example", lekarz="lekarz@przychodnia.example")
    sent = inbox()
    assert set(sent) == {"anna@gmina.example, zastepca@gmina.example", "biuro@urzad.example"}
    message = sent["anna@gmina.example, zastepca@gmina.example"]
    assert message["Subject"] == "Mamy Twoje zgłoszenie ZGL-2026-0001"
    assert "/z/" in text(message)
    assert "**" not in text(message)
    html = text(message, "html").replace("&nbsp;", " ").replace("\u00a0", " ")
    assert "<strong>ZGL-2026-0001</strong> – Zgłoszenie *pilne*" in html


def test_a_title_that_ends_with_a_full_stop_ends_the_sentence_too(client: Conscience, inbox: Any) -> None:
    fill(client, "roczna")
    assert "Ankieta za 2025 r.\n" in text(inbox()["anna@gmina.example"]).replace("\r", "").replace("\xa0", " ")


def test_staff_are_told_that_something_came_but_not_what(client: Conscience, inbox: Any) -> None:
    fill(client)
    note = text(inbox()["biuro@urzad.example"])
    assert "ZGL-2026-0001" in note
    assert "/biuro/odpowiedzi/" in note
    assert "Anna" not in note
    assert "anna@" not in note


def test_the_forms_own_words_are_used_and_what_was_answered_is_never_markup(client: Conscience, inbox: Any) -> None:
    fill(client, "wlasne", imie="[Kliknij](http://zle.example) **tu**")
    message = inbox()["anna@gmina.example"]
    html = text(message, "html")
    assert message["Subject"] == "[Kliknij](http://zle.example) tu, mamy zgłoszenie"
    assert 'href="http://zle.example"' not in html
    assert '">Zgłoszenie</a>' in html
    assert "Zgłoszenie: http://localhost/z/" in text(message)


def test_a_message_speaks_the_language_of_the_response(client: Conscience, inbox: Any) -> None:
    client.get("/jezyk/en?na=/f/zgloszenie/wypelnij")
    fill(client)
    message = inbox()["anna@gmina.example"]
    assert message["Content-Language"] == "en"
    assert "Dzień dobry" not in text(message)


def test_of_a_correction_the_message_tells_which_questions_changed(client: Conscience, inbox: Any) -> None:
    fill(client)
    inbox()
    link = next(each.get("href", "") for each in client.page.all("a") if "/z/" in each.get("href", ""))
    home = f"/z/{link.split('/z/')[1].split('/')[0]}/"
    client.get(home)
    client.send(form="popraw")
    client.get(f"{home}krok/formularz")
    client.send({"email": "hanna@gmina.example"})
    client.send()
    message = inbox()["hanna@gmina.example"]
    assert message["Subject"] == "Zmiany w zgłoszeniu ZGL-2026-0001"
    assert "- E-mail\r\n" in text(message)
    assert "- Imię" not in text(message)


def test_an_anonymous_answer_is_written_about_to_nobody(client: Conscience, app: Flask) -> None:
    client.get("/f/ankieta/wypelnij")
    client.send({"email": "anna@gmina.example"})
    client.send()
    with app.app_context():
        assert run("SELECT COUNT(*) FROM response WHERE reference IS NOT NULL").fetchone()[0] == 1
        assert outbox.recent() == []


class Broken:
    """A mail server that takes nothing."""

    def deliver(self, message: EmailMessage) -> None:
        raise NotSent("smtp-451", lasting=False)


def test_a_server_that_is_down_loses_nothing_and_stops_nobody(client: Conscience, app: Flask, inbox: Any) -> None:
    fill(client)
    with app.app_context():
        worker.turn(app, Broken())
        assert outbox.counts() == {"waiting": 2}
        run("UPDATE message SET due_at = '2026-01-01 00:00:00'")
    assert len(inbox()) == 2


def test_a_message_is_the_same_when_it_is_sent_again_though_the_response_has_changed(
    client: Conscience, app: Flask, inbox: Any
) -> None:
    fill(client)
    with app.app_context():
        worker.turn(app, Broken())
        run("UPDATE response SET answers = REPLACE(answers, 'anna@', 'ewa@')")
        run("UPDATE message SET due_at = '2026-01-01 00:00:00'")
    assert "anna@gmina.example" in inbox()


def test_once_a_day_what_may_not_be_kept_is_erased(client: Conscience, app: Flask) -> None:
    client.get("/f/zgloszenie/wypelnij")
    client.send({"imie": "Anna", "email": "anna@gmina.example"})
    with app.app_context():
        run("UPDATE response SET saved_at = '2020-01-01 00:00:00'")
    worker.daily(app)
    with app.app_context():
        assert run("SELECT COUNT(*) FROM response").fetchone()[0] == 0
