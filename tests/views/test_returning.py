"""Staff return questions: what the page offers them, what it says when something is missing, and what they see of it later."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from config.settings import Settings
from records.database import run
from records.desk import returned
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.returns import FORM, give_back, mails, page_of, sent, state

UNTIL = "2027-03-20"
ONE_PERSON = """
title: Wniosek
fields:
  - name: osoba
    type: group
    repeat: false
    label: Kto pisze
    fields: [{name: imie, type: text, label: Imię}, {name: nazwisko, type: text, label: Nazwisko}]
"""
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"raport": FORM, "wniosek": ONE_PERSON}


def test_staff_take_back_what_they_have_returned(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Za mało."})
    press(beata, "Tak, cofnij")
    assert state(app) == ["cancelled"]
    client = office.visitor(app)
    client.get(f"/z/{token}/do-poprawy", follow_redirects=True)
    assert "Zwrócone do poprawy" not in client.page.text


def test_what_staff_typed_stays_while_something_is_missing(app: Flask, beata: Conscience) -> None:
    _, key = sent(app)
    address = f"/biuro/odpowiedzi/{key}/do-poprawy"
    beata.get(address)
    answer = beata.send({"do": "2026-01-01", "uwaga--plan": "Zostaje."}, form="/do-poprawy")
    assert answer.status_code == 422
    for text in ("Zaznacz co najmniej jedno pytanie.", "Podaj dzień od dziś", "Zostaje."):
        assert text in beata.page.text
    beata.send({"do": UNTIL, "pytanie": ["koszt"]}, form="/do-poprawy")
    assert "Napisz, co poprawić w odpowiedzi „Koszt”." in beata.page.text
    assert state(app) == []


def test_a_group_of_one_item_is_returned_question_by_question_and_a_list_also_whole(
    app: Flask, beata: Conscience
) -> None:
    _, key = sent(app)
    one = office.receive(app, "wniosek", osoba={"imie": "Anna", "nazwisko": "Nowak"})
    beata.get(f"/biuro/odpowiedzi/{one.key}/do-poprawy")
    offered = [each.get("value") for each in beata.page.all("input") if each.get("name") == "pytanie"]
    assert offered == ["osoba-imie", "osoba-nazwisko"]
    beata.get(f"/biuro/odpowiedzi/{key}/do-poprawy")
    assert "Projekt (cała lista)" in beata.page.text


def test_who_may_not_read_sensitive_answers_does_not_see_them_there(app: Flask) -> None:
    person = office.hire("Dorota", "handler")
    with app.app_context():
        run("UPDATE person SET sensitive = ? WHERE id = ?", False, person.id)
    dorota = office.visitor(app, person)
    _, key = sent(app)
    dorota.get(f"/biuro/odpowiedzi/{key}/do-poprawy")
    assert dorota.page.by_id("p-koszt") is not None
    assert dorota.page.by_id("p-dochod") is None
    assert "7,00" not in dorota.page.text


def test_what_is_written_about_a_sensitive_answer_is_for_those_who_may_read_it(
    app: Flask, settings: Settings, beata: Conscience
) -> None:
    token, key = sent(app)
    give_back(beata, key, {"dochod": "Siedem złotych to za mało.", "koszt": "Sprawdź."})
    assert "Siedem złotych" in beata.page.text
    celina = office.visitor(app, office.hire("Celina", "viewer"))
    celina.get(f"/biuro/odpowiedzi/{key}")
    assert "Sprawdź." in celina.page.text
    assert "Siedem złotych" not in celina.page.text
    written = next(text for subject, text in mails(app, settings).items() if subject.startswith("Popraw"))
    assert "- Dochód: uwagę przeczytasz pod linkiem\r\n- Koszt: Sprawdź." in written
    assert "Siedem złotych" in page_of(app, token).page.text


def test_lists_of_what_waits_and_of_what_was_answered_keep_to_the_forms_that_one_sees(
    app: Flask, beata: Conscience
) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Za mało."})
    with app.app_context():
        assert [each.key for each in returned.waiting(None)] == [key]
        assert returned.waiting(frozenset()) == returned.waiting({"papiery"}) == returned.answered(None) == []
    page_of(app, token).send({"koszt": "150"})
    with app.app_context():
        assert returned.waiting(None) == []
        assert [each.key for each in returned.answered({"raport"})] == [key]
