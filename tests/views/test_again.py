"""What somebody has typed is not lost when the session ends or the token expires while they write."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from records import responses
from records.database import run
from records.gminy import people
from tests.conscience import Conscience
from tests.views import office
from views import acting
from views.services import now

REPORT = """
title: Sprawozdanie
audience: gminy
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: opis, type: long_text, label: Opis}
"""
OURS = {"Origin": "http://localhost"}
TYPED = "Drugi dzień pisania\noświadczenia o remoncie"


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"sprawozdanie": REPORT, "szkolenie": office.TRAINING}


@pytest.fixture
def anna(app: Flask) -> Conscience:
    return office.visitor(app, office.team()["Anna"])


def note(client: Conscience, key: str, **more: str) -> dict[str, str]:
    """What the page sends for a note."""
    client.get(f"/biuro/odpowiedzi/{key}")
    form = next(each for each in client.page.forms() if each.get("action", "").endswith("/notatki"))
    hidden = {str(each.get("name")): each.get("value", "") for each in form.iter("input")}
    (area,) = (str(each.get("name")) for each in form.iter("textarea"))
    return {**hidden, area: TYPED, **more}


def count(table: str) -> int:
    return int(run(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


def test_a_note_comes_back_when_the_session_of_staff_has_ended(app: Flask, anna: Conscience) -> None:
    stored = office.receive(app, gmina=office.BIALOGARD)
    data, url = note(anna, stored.key), f"/biuro/odpowiedzi/{stored.key}/notatki"
    with anna.session_transaction() as session:
        person = session.pop("person")
    assert anna.post(url, data=data, headers=OURS).status_code == 403
    assert anna.page.heading == "Sesja się skończyła"
    assert "oświadczenia o remoncie" in anna.page.text
    assert "/biuro/logowanie" in [each.get("href") for each in anna.page.all("a")]
    assert count("note") == 0
    with anna.session_transaction() as session:
        session["person"] = person  # signed in again in another tab
    anna.send()
    assert count("note") == 1
    assert run("SELECT text FROM note").fetchone()[0].split() == TYPED.split()


def test_a_note_comes_back_when_its_token_has_expired(app: Flask, anna: Conscience) -> None:
    stored = office.receive(app, gmina=office.BIALOGARD)
    data, url = note(anna, stored.key, csrf_token="stary"), f"/biuro/odpowiedzi/{stored.key}/notatki"
    assert anna.post(url, data=data, headers=OURS).status_code == 400
    assert count("note") == 0
    anna.send()
    assert count("note") == 1


def test_what_another_site_makes_a_browser_send_is_not_offered_to_be_sent(app: Flask, anna: Conscience) -> None:
    stored = office.receive(app, gmina=office.BIALOGARD)
    data, url = note(anna, stored.key, csrf_token=""), f"/biuro/odpowiedzi/{stored.key}/notatki"
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {}, {"Referer": "https://localhost.evil/"}):
        assert anna.post(url, data=data, headers=headers).status_code == 400
        assert "remoncie" not in anna.page.text


def test_passwords_are_never_given_back(client: Conscience) -> None:
    said = client.post("/biuro/logowanie", data={"email": "a@b.example", "password": "tajne hasło"}, headers=OURS)
    assert said.status_code == 400
    assert "tajne" not in said.text


def test_the_text_of_a_gmina_comes_back_when_its_session_has_ended(app: Flask) -> None:
    with app.app_context():
        ewa = people.add(office.BIALOGARD, "Ewa", "ewa@gmina.example", people.COORDINATOR, now(), "staff:1")
    client = office.visitor(app)
    since = int(now().timestamp())
    with client.session_transaction() as session:
        session[acting.KEPT] = [ewa.id, ewa.session_epoch, since]
    client.get("/gmina")
    client.post("/gmina/zacznij", data={"slug": "sprawozdanie", "csrf_token": client.page.csrf}, follow_redirects=True)
    form = client.page.forms()[-1]
    data = {str(each.get("name")): each.get("value", "") for each in form.iter("input")}
    with client.session_transaction() as session:
        session[acting.KEPT] = [ewa.id, ewa.session_epoch, since - acting.SESSION_LASTS]
    url, data = form.get("action", ""), {**data, "gmina": office.BIALOGARD, "opis": TYPED}
    assert client.post(url, data=data, headers={**OURS, "HX-Request": "true"}).status_code == 403
    assert client.post(url, data=data, headers=OURS).status_code == 403
    assert "Białogard" not in client.page.text, "nothing that is kept is shown to who has not signed in"
    with client.session_transaction() as session:
        session[acting.KEPT] = [ewa.id, ewa.session_epoch, int(now().timestamp())]
    client.send()
    with app.app_context():
        stored = responses.load(run("SELECT key FROM response").fetchone()[0])
    assert stored is not None
    assert stored.working is not None
    assert stored.working.answers["opis"].split() == TYPED.split()
