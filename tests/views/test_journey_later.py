"""What time does to a form being filled in: deadlines, changed definitions, a server that starts again; and files."""

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
from tests.views import office
from tests.views.small import ALL, SMALL, begin, finish, sent_responses
from views import services


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return dict(ALL)


@pytest.fixture
def moment() -> datetime:
    return datetime(2027, 2, 10, 12, 0, tzinfo=services.WARSAW)


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


def test_a_draft_moves_to_the_changed_form_with_what_still_fits(client: Conscience, app: Flask) -> None:
    token = begin(client)
    office.publish(app, "zgloszenie", SMALL.replace("name: imie,", "name: pierwsze_imie, was: [imie],"))
    client.get(f"/z/{token}/krok/kto")
    assert "Formularz zmienił się" in client.page.text
    field = client.page.by_id("pierwsze_imie")
    assert field is not None
    assert field.get("value") == "Anna"


def test_a_sent_response_is_shown_in_the_version_that_it_answered(client: Conscience, app: Flask) -> None:
    token = begin(client)
    finish(client)
    office.publish(app, "zgloszenie", SMALL.replace("label: Imię", "label: Nazwisko"))
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


def test_a_change_that_arrives_after_sending_leads_to_where_sending_led(client: Conscience) -> None:
    token = begin(client)
    csrf = client.page.csrf
    client.send({"osoby": "2"})
    client.send()
    late = client.post(f"/z/{token}/krok/ile", data={"csrf_token": csrf, "osoby": "3"})
    assert late.location.endswith(f"/z/{token}/wyslane")
