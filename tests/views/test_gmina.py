"""The page of a gmina: who gets in, what stands on it, how steps are given, handed over and signed."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from config.settings import Settings
from records import access
from records.database import database, run
from records.gminy import people, work
from records.gminy.people import COLLEAGUE, COORDINATOR, Person
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from views import acting
from views.mail import worker
from views.services import now

BIALOGARD, KARLINO = "3201011", "3201033"
REPORT = """
title: Sprawozdanie roczne
audience: gminy
sign_off: two
journey: tasks
one_per: [gmina, rok]
period: {field: rok, every: year, open: 2025, due: 2099-03-31}
reference: SPR-{year}-{number:04}
steps:
  - id: kto
    title: Gmina
    fields:
      - {name: gmina, type: gmina, label: Gmina, required: true}
      - {name: rok, type: year, label: Rok, required: true}
      - {name: urzad, type: text, label: Kto składa}
  - id: liczby
    title: Liczby
    fields:
      - {name: wydatki, type: integer, label: Wydatki, required: true}
"""
TRIP = """
title: Wyjazd
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: imie, type: text, label: Imię, required: true}
"""
SECRET = """
title: Ankieta anonimowa
anonymous: true
fields:
  - {name: gmina, type: gmina, label: Gmina}
  - {name: opinia, type: text, label: Opinia}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"sprawozdanie": REPORT, "wyjazd": TRIP, "ankieta": SECRET}


@pytest.fixture
def anna(app: Flask) -> Person:
    """She coordinates in Białogard."""
    with app.app_context():
        return people.add(BIALOGARD, "Anna Nowak", "anna@bialogard.example", COORDINATOR, now(), "staff:1")


@pytest.fixture
def jan(app: Flask) -> Person:
    """He is her colleague."""
    with app.app_context():
        return people.add(BIALOGARD, "Jan Lis", "jan@bialogard.example", COLLEAGUE, now(), "gmina:1")


@pytest.fixture
def letters(app: Flask, settings: Settings) -> Callable[[], list[tuple[str, str]]]:
    """(address, text) of each message, after the worker has done what is due."""

    def read() -> list[tuple[str, str]]:
        worker.turn(app)
        worker.turn(app)
        files = sorted((settings.data_dir / "mail").glob("*.eml"))
        found: list[Any] = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]
        return [(str(message["To"]), message.get_body(("plain",)).get_content()) for message in found]

    return read


def inside(app: Flask, person: Person) -> Conscience:
    """A browser with this person signed in for the gmina."""
    client = office.visitor(app)
    with client.session_transaction() as session:
        session[acting.KEPT] = [person.id, person.session_epoch, int(now().timestamp())]
    return client


def begun(app: Flask, client: Conscience) -> str:
    """The report begun from the page of the gmina; the key of the draft."""
    worker.turn(app)
    client.get("/gmina")
    press(client, "Zacznij: Sprawozdanie roczne 2025")
    with app.app_context():
        return str(run("SELECT key FROM response ORDER BY id DESC LIMIT 1").fetchone()[0])


def test_the_link_goes_to_who_acts_for_the_gmina_and_the_page_never_tells(
    app: Flask, client: Conscience, anna: Person, letters: Any
) -> None:
    said = []
    for address in ("anna@bialogard.example", "nikt@bialogard.example"):
        client.get("/gmina")
        assert client.get("/gmina", follow_redirects=True).request.path == "/gmina/logowanie"
        client.send({"email": address})
        said.append(client.page.text)
    assert said[0] == said[1]
    ((to, text),) = letters()
    assert to == "anna@bialogard.example"
    link = re.search(r"http://localhost(/gmina/wejdz/[^\s>]+)", text)
    assert link is not None
    client.get(link[1])
    client.get(link[1])  # a program that checks mail
    client.send()
    assert client.page.heading == "Białogard (miasto)"
    assert office.visitor(app).get(link[1]).status_code == 410
    with app.app_context():
        assert run("SELECT COUNT(*) FROM message WHERE text LIKE '%wejdz%'").fetchone()[0] == 0


def test_whoever_asks_again_and_again_has_to_wait(client: Conscience) -> None:
    for _ in range(10):
        client.get("/gmina/logowanie")
        client.send({"email": "anna@bialogard.example"})
    client.get("/gmina/logowanie")
    assert client.send({"email": "anna@bialogard.example"}).status_code == 429


def test_an_obligation_is_begun_filled_in_and_sent_from_the_page(app: Flask, anna: Person) -> None:
    client = inside(app, anna)
    key = begun(app, client)
    client.get(f"/z/gmina-{key}/krok/kto")
    assert "gmina-" in (client.page.forms()[-1].get("action") or "")
    client.send({"urzad": "Urząd"})
    client.get(f"/z/gmina-{key}/krok/liczby")
    client.send({"wydatki": "5"})
    client.get(f"/z/gmina-{key}/podsumowanie")
    client.send()
    client.get("/gmina")
    assert "SPR-" in client.page.text
    client.get(f"/gmina/odpowiedzi/{key}")
    assert "Anna Nowak," in client.page.text


def test_what_a_stranger_sent_for_the_gmina_is_not_opened_from_its_page(app: Flask, anna: Person) -> None:
    with app.app_context():
        stranger = office.receive(app, "wyjazd", imie="Obcy", gmina=BIALOGARD)
        other = office.begin(app, "wyjazd", imie="Szkic obcego", gmina=BIALOGARD)
    client = inside(app, anna)
    client.get("/gmina")
    assert "Obcy" not in client.page.text
    assert stranger.key not in client.get("/gmina").text
    for key in (stranger.key, other.key):
        assert client.get(f"/gmina/odpowiedzi/{key}").status_code == 404
        assert client.get(f"/z/gmina-{key}/").status_code == 404
        assert client.get(f"/k/gmina-{key}/wyjazd").status_code == 404


def test_who_holds_a_private_link_puts_the_response_on_the_page(app: Flask, anna: Person) -> None:
    with app.app_context():
        own = office.receive(app, "wyjazd", imie="Anna", gmina=BIALOGARD)
        foreign = office.receive(app, "wyjazd", imie="Ktoś", gmina=KARLINO)
        hidden = office.receive(app, "ankieta", opinia="tajne", gmina=BIALOGARD)
        secret = office.services(app).settings.secret_key
        links = [access.token(each, secret) for each in (own, foreign, hidden)]
    client = inside(app, anna)
    client.get(f"/z/{links[0]}/")
    press(client, "Dodaj do strony gminy")
    assert client.page.heading == "Wyjazd"
    client.get("/gmina")
    assert "Wyjazd" in client.page.text
    for link in links[1:]:
        assert "Dodaj do strony gminy" not in client.get(f"/z/{link}/").text
        client.get("/gmina/osoby")
        token = client.page.csrf
        assert client.post("/gmina/dodaj", data={"token": link, "csrf_token": token}).status_code == 409
    assert "Ankieta anonimowa" not in client.get("/gmina").text


def test_a_colleague_opens_the_steps_given_and_nothing_else(app: Flask, anna: Person, jan: Person) -> None:
    client, colleague = inside(app, anna), inside(app, jan)
    key = begun(app, client)
    assert colleague.get(f"/k/gmina-{key}/liczby").status_code == 404
    client.get(f"/gmina/odpowiedzi/{key}")
    give(client, "liczby", jan)
    assert "Jan Lis" in client.page.text
    colleague.get("/gmina")
    assert "Liczby" in colleague.page.text
    colleague.get(f"/k/gmina-{key}/liczby")
    colleague.send({"wydatki": "7"})
    for address in (
        f"/z/gmina-{key}/",
        f"/z/gmina-{key}/krok/liczby",
        f"/k/gmina-{key}/kto",
        f"/gmina/odpowiedzi/{key}",
        "/gmina/osoby",
    ):
        assert colleague.get(address).status_code == 404, address
    client.get(f"/gmina/odpowiedzi/{key}")
    assert "Jan Lis," in client.page.text
    press(client, "Zabierz: Liczby, Jan Lis")
    assert colleague.get(f"/k/gmina-{key}/liczby").status_code == 404


def give(client: Conscience, step: str, person: Person) -> None:
    """Gives a step of the response at hand to a person."""
    forms = [each for each in client.page.forms() if any(one.get("id") == f"osoba-{step}" for one in each.iter())]
    token = next(each.get("value") for each in forms[0].iter("input") if each.get("name") == "csrf_token")
    data = {"csrf_token": token, "krok": step, "osoba": str(person.id), "akcja": "daj"}
    client.post(forms[0].get("action", ""), data=data, follow_redirects=True)


def test_handing_the_page_over_lets_the_old_coordinator_out_at_once(app: Flask, anna: Person, letters: Any) -> None:
    client = inside(app, anna)
    key = begun(app, client)
    client.get("/gmina/osoby/przekaz")
    assert client.send({"name": "", "email": "ewa@"}, form="przekaz").status_code == 422
    client.send({"name": "Ewa Zych", "email": "ewa@bialogard.example"}, form="przekaz")
    old = inside(app, anna)
    for address in ("/gmina", f"/z/gmina-{key}/", f"/gmina/odpowiedzi/{key}"):
        assert old.get(address).status_code == 303, address
    (link,) = [text for to, text in letters() if to == "ewa@bialogard.example"]
    entered = re.search(r"http://localhost(/gmina/wejdz/[^\s>]+)", link)
    assert entered is not None
    new = office.visitor(app)
    new.get(entered[1])
    new.send()
    assert "Sprawozdanie roczne" in new.page.text
    assert new.get(f"/z/gmina-{key}/").status_code == 200


def test_the_last_coordinator_cannot_simply_leave(app: Flask, anna: Person, jan: Person) -> None:
    client = inside(app, anna)
    client.get("/gmina/osoby")
    token = client.page.csrf
    answer = client.post(f"/gmina/osoby/{anna.id}/zakoncz", data={"csrf_token": token})
    assert answer.status_code == 422
    press(client, "Zakończ dostęp: Jan Lis")
    assert inside(app, jan).get("/gmina").status_code == 303


def test_the_calendar_holds_what_is_due(app: Flask, anna: Person) -> None:
    client = inside(app, anna)
    worker.turn(app)
    assert "Wyślij: Sprawozdanie roczne" in client.get("/gmina/terminy.ics").text.replace("\r\n ", "")


def test_the_page_asks_the_same_number_of_questions_however_much_stands_on_it(app: Flask, anna: Person) -> None:
    client = inside(app, anna)
    worker.turn(app)

    def bring(n: int) -> int:
        with app.app_context():
            for _ in range(n):
                stored = office.receive(app, "wyjazd", imie="Anna", gmina=BIALOGARD)
                work.bring(stored.id, BIALOGARD, anna, work.TAKEN_OVER, now())
        client.get("/gmina")
        return counted(client)

    assert bring(1) == bring(12) <= 9


def counted(client: Conscience) -> int:
    """How many statements the page of the gmina runs."""
    chosen = database.obj
    seen: list[str] = []
    original = chosen.execute_sql

    def noted(sql: str, params: Any = None) -> Any:
        seen.append(sql)
        return original(sql, params)

    chosen.execute_sql = noted
    try:
        client.get("/gmina")
    finally:
        del chosen.execute_sql
    return len(seen)
