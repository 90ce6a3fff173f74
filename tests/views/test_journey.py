"""The way through a form, and what may go wrong on it: double clicks, two tabs, deadlines, a form that changes."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from config.settings import Settings
from records.database import run
from tests.conscience import Conscience
from views import services

SMALL = """
title: Zgłoszenie
closes: 2027-02-10 15:00
grace: 15 minutes
reference: ZGL-{year}-{number:04}
steps:
  - id: kto
    title: Kto się zgłasza
    fields:
      - {name: imie, type: text, label: Imię, required: true}
      - {name: nocleg, type: yes_no, label: Czy potrzebny jest nocleg?, required: true}
      - {name: noce, type: integer, label: Ile nocy?, required: true, when: nocleg, min: 1, max: 3}
  - id: ile
    title: Ile osób
    fields:
      - {name: osoby, type: integer, label: Ile osób?, required: true, min: 1}
      - name: koszt
        type: money
        label: Koszt
        checks:
          - {that: koszt <= osoby * 100, level: warning, code: DROGO, message: "To więcej niż {osoby * 100} zł."}
"""

ONE = """
title: Pytanie
confirm: false
one_per: [gmina]
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: tresc, type: long_text, label: Treść, required: true}
"""

HIDDEN = """
title: Ankieta
steps:
  - id: jeden
    title: Pierwszy
    fields: [{name: ocena, type: scale, label: Ocena, from: 1, to: 5, required: true}]
  - id: dwa
    title: Drugi
    fields:
      - {name: termin, type: hidden, from_query: termin}
      - {name: edycja, type: hidden, value: E3}
      - {name: uwagi, type: text, label: Uwagi}
"""

FILES = """
title: Pismo
fields:
  - {name: pismo, type: file, label: Pismo, accept: [pdf], required: true}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"zgloszenie": SMALL, "pytanie": ONE, "pismo": FILES, "ankieta": HIDDEN}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment it is, to be moved: `clock[0] = …`."""
    moments = [datetime(2027, 2, 10, 12, 0, tzinfo=services.WARSAW)]
    monkeypatch.setattr(services, "clock", lambda: moments[0])
    return moments


def sent_responses(app: Flask) -> list[tuple[str, int]]:
    with app.app_context():
        rows = run(
            "SELECT reference, correction FROM response WHERE reference IS NOT NULL ORDER BY reference"
        ).fetchall()
    return [tuple(row) for row in rows]


def reference(client: Conscience) -> str:
    return next(each.text for each in client.page.elements if "sent__number" in each.get("class", "")) or ""


def begin(client: Conscience, **answers: str) -> str:
    """Fills in the first step; the private link's token."""
    client.get("/f/zgloszenie/wypelnij")
    response = client.send({"imie": "Anna", "nocleg": "nie", **answers})
    return response.request.path.split("/")[2]


def finish(client: Conscience, osoby: str = "2") -> str:
    client.send({"osoby": osoby})
    client.send()
    return reference(client)


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


def test_a_form_begun_in_time_may_be_sent_in_the_grace_after_it_closes(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    begin(client)
    client.send({"osoby": "2"})
    clock[0] = datetime(2027, 2, 10, 15, 10, tzinfo=services.WARSAW)
    client.send()
    assert len(sent_responses(app)) == 1


def test_after_the_grace_a_draft_is_kept_but_not_taken(client: Conscience, app: Flask, clock: list[datetime]) -> None:
    token = begin(client)
    client.send({"osoby": "2"})
    clock[0] += timedelta(hours=5)
    assert client.send().status_code == 403
    assert sent_responses(app) == []
    assert client.get(f"/z/{token}/").status_code == 200


def test_a_closed_form_cannot_be_begun(client: Conscience, clock: list[datetime]) -> None:
    clock[0] = datetime(2027, 2, 10, 15, 1, tzinfo=services.WARSAW)
    assert client.get("/f/zgloszenie/wypelnij").status_code == 403
    assert "nie przyjmuje już odpowiedzi" in client.page.text


def test_a_draft_moves_to_the_changed_form_with_what_still_fits(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    token = begin(client)
    file = config_dir / "forms" / "zgloszenie.yaml"
    file.write_text(SMALL.replace("name: imie,", "name: pierwsze_imie, was: [imie],"), encoding="utf-8")
    with app.app_context():
        services.services().catalogue.refresh(now=True)
    client.get(f"/z/{token}/krok/kto")
    assert "Formularz zmienił się" in client.page.text
    field = client.page.by_id("pierwsze_imie")
    assert field is not None
    assert field.get("value") == "Anna"


def test_a_sent_response_is_shown_in_the_version_that_it_answered(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    token = begin(client)
    finish(client)
    file = config_dir / "forms" / "zgloszenie.yaml"
    file.write_text(SMALL.replace("label: Imię", "label: Nazwisko"), encoding="utf-8")
    with app.app_context():
        services.services().catalogue.refresh(now=True)
    client.get(f"/z/{token}/")
    assert "Imię" in client.page.text
    assert "Nazwisko" not in client.page.text


def test_a_file_is_checked_by_what_it_holds_and_given_back_as_a_download(client: Conscience) -> None:
    client.get("/f/pismo/wypelnij")
    fake = client.send({"pismo--upload": (io.BytesIO(b"MZ\x90 not a pdf"), "pismo.pdf")})
    assert fake.status_code == 422
    client.send({"pismo--upload": (io.BytesIO(b"%PDF-1.7\n%%EOF\n"), "pismo.pdf")})
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    token = next(
        re.findall(r"/z/([^/]+)/", each.get("action", ""))
        for each in client.page.forms()
        if "/z/" in each.get("action", "")
    )[0]
    client.send()
    client.get(f"/z/{token}/")
    link = next(each.get("href", "") for each in client.page.all("a") if "/plik/" in each.get("href", ""))
    kept = client.get(link)
    assert kept.data.startswith(b"%PDF")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert kept.headers["X-Content-Type-Options"] == "nosniff"


def test_a_private_link_that_opens_nothing_tells_nothing(client: Conscience) -> None:
    token = begin(client)
    wrong = token[:-1] + ("a" if token[-1] != "a" else "b")
    for link in (wrong, "abc", f"{'a' * 10}-{'b' * 22}"):
        assert client.get(f"/z/{link}/").status_code == 404
        assert "Ten link nie działa" in client.page.text


def test_the_gmina_of_a_response_is_known_to_staff(client: Conscience, app: Flask) -> None:
    client.get("/f/pytanie/wypelnij")
    client.send({"gmina": "3218043", "tresc": "Kiedy?"})
    with app.app_context():
        assert run("SELECT gmina FROM response").fetchone()[0] == "3218043"


def test_a_draft_begun_before_the_server_started_again_is_not_called_changed(
    client: Conscience, settings: Settings
) -> None:
    token = begin(client)
    again = create_app(settings)
    again.testing = True
    again.test_client_class = Conscience
    visitor = again.test_client()
    assert isinstance(visitor, Conscience)
    visitor.get(f"/z/{token}/krok/kto")
    assert "Formularz zmienił się" not in visitor.page.text


def test_hidden_fields_take_what_the_address_and_the_definition_give(client: Conscience, app: Flask) -> None:
    client.get("/f/ankieta/wypelnij?termin=M1-T1")
    client.send({"ocena": "5"})
    client.send({"uwagi": "dobrze"})
    client.send()
    with app.app_context():
        (answers,) = run("SELECT answers FROM response").fetchone()
    assert '"termin":"M1-T1"' in answers
    assert '"edycja":"E3"' in answers
