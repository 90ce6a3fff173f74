"""What is filled in on the page of a gmina is about that gmina, whoever writes in it and by whichever way they came."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from records import access, audits, responses
from records.database import run
from records.gminy import people, work
from records.gminy.people import COORDINATOR, Person
from records.gminy.work import BEGUN
from tests.conscience import Conscience
from tests.views.audited import FORM, LIFT, audit
from tests.views.pressing import press
from tests.views.test_gmina import BIALOGARD, KARLINO, REPORT, begun, inside
from tests.views.test_moved_drafts import edit
from views.mail import worker
from views.services import now, services

TOLD = (
    "Ta odpowiedź stoi na stronie gminy Białogard (miasto), więc może dotyczyć tylko jej. Wybierz: Białogard (miasto)."
)
PARTNER = """
title: Współpraca
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: partner, type: gmina, label: Gmina partnerska}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"sprawozdanie": REPORT, "wspolpraca": PARTNER, "audyt": FORM}


@pytest.fixture
def anna(app: Flask) -> Person:
    """She coordinates in Białogard."""
    with app.app_context():
        return people.add(BIALOGARD, "Anna Nowak", "anna@bialogard.example", COORDINATOR, now(), "staff:1")


def words(client: Conscience) -> str:
    return client.page.text.replace("\xa0", " ")


def test_another_gmina_is_refused_on_the_step_and_nothing_typed_is_lost(app: Flask, anna: Person) -> None:
    client = inside(app, anna)
    key = begun(app, client)
    client.get(f"/z/gmina-{key}/krok/kto")
    assert client.send({"gmina": KARLINO, "urzad": "Urząd"}).status_code == 422
    assert TOLD in words(client)
    office_name = client.page.by_id("urzad")
    assert office_name is not None
    assert office_name.get("value") == "Urząd"
    client.send({"gmina": BIALOGARD})
    assert TOLD not in words(client)


def test_neither_is_it_sent_by_the_private_link_of_the_same_draft(app: Flask, anna: Person, client: Conscience) -> None:
    key = begun(app, inside(app, anna))
    with app.app_context():
        stored = responses.load(key)
        assert stored is not None
        token = access.token(stored, services().settings.secret_key)
    client.get(f"/z/{token}/krok/liczby")
    client.send({"wydatki": "5"})
    client.get(f"/z/{token}/krok/kto")
    client.send({"gmina": KARLINO})
    client.get(f"/z/{token}/podsumowanie")
    assert client.send().status_code == 422
    assert TOLD in words(client)
    with app.app_context():
        assert run("SELECT COUNT(*) FROM response WHERE reference IS NOT NULL").fetchone()[0] == 0


def test_a_second_question_about_some_gmina_takes_any(app: Flask, anna: Person) -> None:
    client = inside(app, anna)
    client.get("/gmina")
    press(client, "Zacznij: Współpraca")
    assert client.send({"partner": KARLINO}).status_code == 200
    assert TOLD not in words(client)
    client.send()
    with app.app_context():
        assert run("SELECT gmina FROM response WHERE reference IS NOT NULL").fetchall() == [(BIALOGARD,)]


def test_a_draft_begun_elsewhere_and_brought_to_the_page_is_the_report_that_is_owed(
    app: Flask, anna: Person, client: Conscience
) -> None:
    worker.turn(app)
    coordinator = inside(app, anna)
    assert "Zacznij: Sprawozdanie" in _home(coordinator)
    client.get("/f/sprawozdanie/wypelnij")
    client.send({"gmina": BIALOGARD, "rok": "2025", "urzad": "Urząd"})
    with app.app_context():
        key = run("SELECT key FROM response").fetchone()[0]
        stored = responses.load(key)
        assert stored is not None
        token = access.token(stored, services().settings.secret_key)
    coordinator.get(f"/z/{token}/")
    press(coordinator, "Dodaj do strony gminy")
    assert "Zacznij: Sprawozdanie" not in _home(coordinator)


def test_each_year_is_called_as_it_was_answered_whatever_the_form_is_called_by_now(
    app: Flask, anna: Person, config_dir: Path
) -> None:
    client = inside(app, anna)
    key = begun(app, client)
    client.get(f"/z/gmina-{key}/krok/liczby")
    client.send({"wydatki": "5"})
    client.get(f"/z/gmina-{key}/podsumowanie")
    client.send()
    new = REPORT.replace("Sprawozdanie roczne", "Sprawozdanie za 2026").replace("open: 2025", "open: 2026")
    edit(app, config_dir, "sprawozdanie", new)
    worker.turn(app)
    text = _home(client)
    assert "Sprawozdanie roczne (2025)" in text
    assert "Sprawozdanie za 2026 (2026)" in text
    assert "Sprawozdanie za 2026 (2025)" not in text
    client.get(f"/gmina/odpowiedzi/{key}")
    assert client.page.heading == "Sprawozdanie roczne (2025)"


def test_what_an_audit_asks_for_stands_among_what_is_to_be_done_with_its_day(app: Flask, anna: Person) -> None:
    ahead = {**LIFT, "pozycja": "K01", "termin": "2099-01"}
    stored = audit(app, "2026-10-14", LIFT, ahead)
    client = inside(app, anna)
    assert "Rekomendacje z audytu" not in _home(client), "it does not stand on the page of the gmina"
    with app.app_context():
        work.bring(stored.id, BIALOGARD, anna, BEGUN, now())
    worker.turn(app)
    text = _home(client)
    assert "Rekomendacje z audytu: Urząd Miasta 2 do wykonania 1 po terminie" in text
    assert "31 stycznia 2099" in text
    old = audit(app, "2024-10-14", LIFT)  # which the newer one says anew
    with app.app_context():
        work.bring(old.id, BIALOGARD, anna, BEGUN, now())
    worker.turn(app)
    assert _home(client).count("Rekomendacje z audytu: Urząd Miasta 2 do wykonania 1 po terminie") == 1
    assert "1 do wykonania" not in _home(client)
    with app.app_context():
        done = run("SELECT MIN(id) FROM recommendation WHERE item = 'A01'").fetchone()[0]
        audits.follow(stored.id, done, audits.DONE, "Wyrównano w listopadzie.", people.actor(anna), now())
    assert "1 do wykonania" in _home(client)
    assert "1 po terminie" not in _home(client)
    assert "Urząd Miasta" in client.get("/gmina/terminy.ics").get_data(as_text=True).replace("\r\n ", "")


def _home(client: Conscience) -> str:
    client.get("/gmina")
    return " ".join(words(client).split())
