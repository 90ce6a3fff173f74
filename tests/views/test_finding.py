"""The private link sent again: to the address on file and no other, and the page never tells whether it is known."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config.settings import Settings
from records import access
from records.database import run
from tests.conscience import Conscience
from tests.views import office
from views import services
from views.mail import worker

FORM = """
title: Zgłoszenie
reference: ZGL-{year}-{number:04}

fields:
  - {name: imie, type: text, label: Imię, required: true}
  - {name: email, type: email, label: E-mail, required: true}
  - {name: lekarz, type: email, label: Lekarz, sensitive: true}
  - name: osoby
    type: group
    label: Osoby
    fields: [{name: adres, type: email, label: Adres osoby}]
"""
ANNA = "anna@gmina.example"
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"zgloszenie": FORM, "ankieta": FORM.replace("ZGL", "ANK").replace("fields:", "anonymous: true\nfields:", 1)}


@pytest.fixture
def moment() -> datetime:
    return datetime(2026, 11, 23, 12, 0, tzinfo=services.WARSAW)


@pytest.fixture
def links(app: Flask, settings: Settings) -> Callable[[], list[tuple[str, str]]]:
    """(address, text) of each message with a link, after the worker has done what is due."""

    def read() -> list[tuple[str, str]]:
        worker.turn(app)
        worker.turn(app)
        files = (settings.data_dir / "mail").glob("*.eml")
        found: list[Any] = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
        wanted = [message for message in found if message["Subject"].startswith("Link do zgłoszenia")]
        return sorted((str(message["To"]), message.get_body(("plain",)).get_content()) for message in wanted)

    return read


def receive(app: Flask, address: str = ANNA, slug: str = "zgloszenie", **answers: Any) -> str:
    return office.receive(app, slug, imie="Anna", email=address, **answers).key


def ask(client: Conscience, address: str, reference: str = "") -> str:
    client.get("/link")
    client.send({"email": address, "reference": reference})
    return client.page.text


def test_the_link_comes_to_the_address_on_file(client: Conscience, app: Flask, links: Any) -> None:
    with app.app_context():
        key = receive(app)
        receive(app, "jan@gmina.example")
    ask(client, " Anna@Gmina.example ")
    [(to, text)] = links()
    assert to == ANNA
    assert f"/z/{key}-" in text


def test_the_page_says_the_same_of_a_known_and_an_unknown_address(client: Conscience, app: Flask, links: Any) -> None:
    with app.app_context():
        receive(app)
    assert ask(client, ANNA) == ask(client, "nikt@gmina.example")
    assert [to for to, _ in links()] == [ANNA]


def test_the_request_asks_the_database_nothing_about_responses(
    client: Conscience, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the request looked for responses")

    monkeypatch.setattr(access, "mentioning", refuse)
    assert "Sprawdź pocztę" in ask(client, ANNA)


def test_an_address_that_is_only_mentioned_gets_nothing(client: Conscience, app: Flask, links: Any) -> None:
    with app.app_context():
        receive(app, lekarz="lekarz@gmina.example", osoby=[{"adres": "osoba@gmina.example"}])
        receive(app, slug="ankieta", address="tajny@gmina.example")
    for address in ("lekarz@gmina.example", "osoba@gmina.example", "tajny@gmina.example", "%@gmina.example"):
        ask(client, address)
    assert links() == []


def test_a_number_narrows_it_to_one_response(client: Conscience, app: Flask, links: Any) -> None:
    with app.app_context():
        receive(app)
        second = receive(app)
    ask(client, ANNA, " zgl-2026-0002 ")
    [(_, text)] = links()
    assert f"/z/{second}-" in text


def test_asked_again_within_the_hour_one_message_goes_out_and_later_another(
    client: Conscience, app: Flask, links: Any, clock: list[datetime]
) -> None:
    with app.app_context():
        receive(app)
    ask(client, ANNA)
    assert len(links()) == 1
    ask(client, ANNA)
    assert len(links()) == 1
    clock[0] += timedelta(hours=1)
    ask(client, ANNA)
    assert len(links()) == 2


def test_a_withdrawn_response_is_not_sent_again_and_the_wish_is_forgotten(
    client: Conscience, app: Flask, links: Any
) -> None:
    with app.app_context():
        receive(app)
        run("UPDATE response SET state = 'withdrawn'")
    ask(client, ANNA)
    assert links() == []
    with app.app_context():
        assert run("SELECT COUNT(*) FROM message").fetchone()[0] == 0


def test_what_is_no_address_is_said_at_once(client: Conscience) -> None:
    client.get("/link")
    assert client.send({"email": "anna(at)gmina"}).status_code == 422
    assert client.page.by_id("email-error") is not None


def test_who_asks_too_often_is_told_to_wait(client: Conscience) -> None:
    for n in range(10):
        ask(client, f"osoba{n}@gmina.example")
    client.get("/link")
    assert client.send({"email": ANNA}).status_code == 429
    assert "Odczekaj" in client.page.text


def test_a_broken_link_leads_to_the_page_where_one_asks_for_it(client: Conscience) -> None:
    client.get("/z/zepsuty/")
    assert "/link" in [each.get("href") for each in client.page.all("a")]


def test_the_front_page_leads_to_what_is_for_everybody(client: Conscience) -> None:
    client.get("/")
    links = [str(each.get("href")) for each in client.page.all("a")]
    for address in ("/link", "/gmina/logowanie", "/wykaz", "/przepisy"):
        assert address in links
        assert client.get(address).status_code == 200
