"""Questions returned again while they wait: the day and the remarks that hold are those told last, each told once."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from records import responses
from records.database import run
from records.desk import office as by_office
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.returns import FORM, answers, give_back, mails, page_of, sent
from views import services
from views.link import returning
from views.mail import NotSent, worker

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"raport": FORM}


def told(app: Flask) -> list[str]:
    with app.app_context():
        rows = run("SELECT text FROM message WHERE kind = 'returned' AND state = 'sent' ORDER BY id").fetchall()
    return [str(row[0]).replace("\xa0", " ") for row in rows]


def test_a_second_question_returned_within_the_same_minute_is_told_too(
    app: Flask, beata: Conscience, settings: Settings
) -> None:
    _, key = sent(app)
    give_back(beata, key, {"koszt": "Sprawdź kwotę."})
    mails(app, settings)
    give_back(beata, key, {"koszt": "Sprawdź kwotę.", "plan": "Plan też."})
    give_back(beata, key, {"koszt": "Sprawdź kwotę.", "plan": "Plan też."})  # a second click
    mails(app, settings)
    first, second = told(app)
    assert "Plan też." not in first
    assert "Plan też." in second


def test_a_reminder_never_tells_a_day_that_was_put_off(
    app: Flask, beata: Conscience, clock: list[datetime], settings: Settings
) -> None:
    _, key = sent(app)
    give_back(beata, key, {"koszt": "Sprawdź kwotę."})
    mails(app, settings)
    clock[0] += timedelta(days=1)
    ola = office.visitor(app, office.hire("Ola", "handler"))
    ola.get(f"/biuro/odpowiedzi/{key}/do-poprawy")
    ola.send({"pytanie": ["koszt"], "do": "2027-02-20"}, form="/do-poprawy")
    mails(app, settings)
    before = len(told(app))
    clock[0] += timedelta(days=5)  # two days before the first of the two days
    mails(app, settings)
    assert len(told(app)) == before
    clock[0] = datetime(2027, 2, 19, 12, tzinfo=services.WARSAW)
    mails(app, settings)
    (reminder,) = told(app)[before:]
    assert "20 lutego 2027" in reminder


def test_what_was_taken_back_is_not_sent_by_a_second_try(
    app: Flask, beata: Conscience, clock: list[datetime], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, key = sent(app)
    mails(app, settings)
    give_back(beata, key, {"koszt": "Sprawdź kwotę."})

    class Down:
        def deliver(self, message: object) -> None:
            raise NotSent("server-away", lasting=False)

    worker.turn(app, Down())
    beata.get(f"/biuro/odpowiedzi/{key}")
    press(beata, "Tak, cofnij")
    clock[0] += timedelta(hours=3)
    mails(app, settings)
    assert told(app) == []


def test_messages_go_out_whatever_is_wrong_with_one_form(
    app: Flask, beata: Conscience, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, key = sent(app)
    give_back(beata, key, {"koszt": "Sprawdź kwotę."})
    app.testing = False

    def broken(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(worker, "hide_from_search", broken)
    mails(app, settings)
    assert len(told(app)) == 1


def test_what_the_office_has_just_begun_to_correct_is_not_typed_over(
    app: Flask, beata: Conscience, monkeypatch: pytest.MonkeyPatch, clock: list[datetime]
) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Sprawdź kwotę."})
    page = page_of(app, token)
    asked_for = returning.request_of

    def begun_meanwhile(stored: responses.Response) -> object:
        found = asked_for(stored)
        by_office.begin(key, 1, "telefon", clock[0], tell=False, seen=[])
        return found

    monkeypatch.setattr(returning, "request_of", begun_meanwhile)
    assert page.send({"koszt": "150"}).status_code == 409
    assert "Urząd właśnie poprawia" in page.page.text
    with app.app_context():
        stored = responses.load(key)
    assert stored is not None
    assert stored.working is not None
    assert stored.working.answers["koszt"] == "100.00"
    assert '"koszt":"100.00"' in answers(app, key)


def test_a_text_of_many_lines_is_kept_whole_up_to_what_the_page_allows(app: Flask, beata: Conscience) -> None:
    _, key = sent(app)
    text = "\r\n".join(["wiersz " + "x" * 32] * 101)[: 4000 + 99]
    as_typed = text.replace("\r\n", "\n")
    assert len(as_typed) <= 4000 < len(text)
    beata.get(f"/biuro/odpowiedzi/{key}")
    beata.send({"notatka": text}, form="/notatki")
    with app.app_context():
        assert run("SELECT text FROM note").fetchone()[0] == as_typed.strip()
