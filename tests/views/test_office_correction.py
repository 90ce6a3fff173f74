"""A response corrected by the office: with a reason, on the pages of its form, told or not; and nobody's typing is lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from records.database import run
from records.people import Person
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.returns import CLOSED, FORM, answers, give_back, inputs, sent, state

PLACES = """
title: Warsztat
places: 1
edit_until: never
fields:
  - {name: email, type: email, label: E-mail, required: true}
  - {name: uwagi, type: text, label: Uwagi}
"""
REASON = "Pomyłka w kwocie, potwierdzona telefonicznie."
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"raport": FORM.replace("edit_until: never", "edit_until: closes"), "warsztat": PLACES}


def begin(beata: Conscience, key: str, **more: bool | str) -> None:
    beata.get(f"/biuro/odpowiedzi/{key}")
    press(beata, "Zacznij poprawkę", powod=REASON, **more)


def messages(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(row[0], row[1]) for row in run("SELECT kind, facts FROM message ORDER BY id").fetchall()]


def test_the_office_corrects_one_answer_and_it_is_kept_who_and_why(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    before = answers(app, key)
    begin(beata, key)
    assert "w imieniu urzędu" in beata.page.text
    assert answers(app, key) == before
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/krok/dane?zmiana=1")
    assert f"/z/{token}" not in "".join(each.get("href", "") for each in beata.page.all("a"))
    beata.send({"koszt": "120"})
    assert beata.page.heading == "Sprawdź odpowiedzi i wyślij"
    assert "Co zmienia ta poprawka" in beata.page.text
    told = len(messages(app))
    beata.send()
    assert "Poprawka urzędu jest wysłana i jest w historii odpowiedzi." in beata.page.text
    assert answers(app, key) == before.replace('"koszt":"100.00"', '"koszt":"120.00"') != before
    assert f"Poprawka urzędu: Beata. Powód: {REASON}" in beata.page.text
    assert "poprawiono w imieniu urzędu – Beata" in beata.page.text
    assert len(messages(app)) == told

    client = office.visitor(app)
    client.get(f"/z/{token}/")
    assert "Poprawił urząd." in client.page.text
    assert REASON not in client.page.text


def test_whoever_sent_it_is_told_what_changed_and_why_if_staff_say_so(app: Flask, beata: Conscience) -> None:
    _, key = sent(app)
    begin(beata, key, zawiadom=True)
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/krok/dane?zmiana=1")
    beata.send({"koszt": "120"})
    beata.send()
    kind, facts = messages(app)[-1]
    assert kind == "changed"
    assert '"changed":["koszt"]' in facts
    assert REASON in facts
    assert "Zawiadamiamy o niej" in beata.page.text


def test_a_reason_must_be_given(app: Flask, beata: Conscience) -> None:
    _, key = sent(app)
    beata.get(f"/biuro/odpowiedzi/{key}")
    press(beata, "Zacznij poprawkę", powod="  ")
    assert "Podaj powód poprawki" in beata.page.text
    assert beata.get(f"/biuro/odpowiedzi/{key}/poprawka/podsumowanie").status_code == 303


def test_while_the_office_corrects_nobody_else_does_and_what_is_given_up_leaves_nothing(
    app: Flask, beata: Conscience
) -> None:
    token, key = sent(app)
    before = answers(app, key)
    begin(beata, key)
    client = office.visitor(app)
    client.get(f"/z/{token}/")
    assert "Urząd właśnie poprawia tę odpowiedź." in client.page.text
    assert "Popraw odpowiedzi" not in client.page.text
    for address in ("krok/dane", "podsumowanie", "dalej"):
        assert client.get(f"/z/{token}/{address}").status_code == 303
    beata.get(f"/biuro/odpowiedzi/{key}")
    assert "Dokończ poprawkę urzędu" in beata.page.text
    press(beata, "Tak, porzuć")
    assert answers(app, key) == before
    client.get(f"/z/{token}/")
    assert "Popraw odpowiedzi" in client.page.text


def test_what_a_respondent_has_begun_is_not_taken_away_unasked(
    app: Flask, beata: Conscience, clock: list[datetime]
) -> None:
    token, key = sent(app)
    client = office.visitor(app)
    client.get(f"/z/{token}/")
    press(client, "Popraw odpowiedzi")
    client.get(f"/z/{token}/krok/dane?zmiana=1")
    client.send({"koszt": "111"})
    beata.get(f"/biuro/odpowiedzi/{key}")
    press(beata, "Zacznij poprawkę", powod=REASON, porzuc=True)
    assert "właśnie ją poprawia" in beata.page.text
    clock[0] += timedelta(hours=2)
    press(beata, "Zacznij poprawkę", powod=REASON)
    assert "Zaznacz, że porzucasz" in beata.page.text
    client.get(f"/z/{token}/krok/dane?zmiana=1")
    assert client.page.by_id("koszt").get("value") == "111,00"  # type: ignore[union-attr]
    press(beata, "Zacznij poprawkę", powod=REASON, porzuc=True)
    assert beata.page.heading == "Sprawdź odpowiedzi i wyślij"
    assert "111,00" not in beata.page.text


def test_it_goes_with_questions_that_are_returned_meanwhile(app: Flask, beata: Conscience) -> None:
    token, key = sent(app)
    give_back(beata, key, {"koszt": "Za mało."})
    begin(beata, key)
    client = office.visitor(app)
    assert client.get(f"/z/{token}/do-poprawy").status_code == 303
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/krok/dane?zmiana=1")
    beata.send({"plan": "500"})
    beata.send()
    client.get(f"/z/{token}/do-poprawy")
    assert inputs(client) == {"koszt"}
    client.send({"koszt": "450"})
    assert '"plan":"500.00","koszt":"450.00"' in answers(app, key)


def test_old_answers_that_a_rule_of_today_forbids_do_not_stand_in_the_way(app: Flask, beata: Conscience) -> None:
    _, key = sent(app)
    with app.app_context():
        text = answers(app, key).replace('"plan":"200.00"', '"plan":"20.00"')
        run("UPDATE response SET answers = ? WHERE key = ?", text, key)
    begin(beata, key)
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/krok/dane?zmiana=1")
    beata.send({"projekty-0-nazwa": "Skwer"})
    assert beata.page.heading == "Sprawdź odpowiedzi i wyślij"
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/krok/dane?zmiana=1")
    assert beata.send({"koszt": "21"}).status_code == 422
    beata.send({"koszt": "100"})
    beata.send()
    assert "Skwer" in answers(app, key)


def test_places_stay_with_a_correction_by_the_office(app: Flask, person: Person, beata: Conscience) -> None:
    client = office.visitor(app)
    client.get("/f/warsztat/wypelnij")
    key = client.send({"email": "a@gmina.example"}).request.path.split("/")[2].partition("-")[0]
    client.send()
    begin(beata, key)
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/krok/{step_of(app)}?zmiana=1")
    beata.send({"uwagi": "wózek"})
    beata.send()
    with app.app_context():
        rows = run("SELECT state FROM booking").fetchall()
        log = run("SELECT actor FROM audit_entry WHERE action = 'office-corrected'").fetchall()
    assert [row[0] for row in rows] == ["accepted"]
    assert [row[0] for row in log] == [f"staff:{person.id}"]


def step_of(app: Flask) -> str:
    form = office.services(app).catalogue.get("warsztat")
    assert form is not None
    return form.steps[0].id


def test_a_form_that_is_closed_is_corrected_all_the_same(app: Flask, person: Person, clock: list[datetime]) -> None:
    _, key = sent(app)
    clock[0] = CLOSED
    beata = office.visitor(app, person)
    begin(beata, key)
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/krok/dane?zmiana=1")
    beata.send({"koszt": "120"}, button="Zapisz i dokończ później")
    assert "Dokończ poprawkę urzędu" in beata.page.text
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/podsumowanie")
    beata.send()
    assert '"koszt":"120.00"' in answers(app, key)


def test_any_two_sendings_are_compared(app: Flask, beata: Conscience) -> None:
    _, key = sent(app)
    for cost in ("110", "120"):
        begin(beata, key)
        beata.get(f"/biuro/odpowiedzi/{key}/poprawka/krok/dane?zmiana=1")
        beata.send({"koszt": cost})
        beata.send()
    beata.get(f"/biuro/odpowiedzi/{key}?od=2&do=0")
    assert "Różnice: pierwsze wysłanie i poprawka 2" in beata.page.text
    cells = [" ".join("".join(each.itertext()).split()) for each in beata.page.all("td")]
    at = cells.index("Koszt")
    assert cells[at : at + 3] == ["Koszt", "100,00 zł", "120,00 zł"]
    assert beata.get(f"/biuro/odpowiedzi/{key}?od=0&do=9").status_code == 200


def test_who_may_not_read_sensitive_answers_cannot_correct_a_response_that_has_some(app: Flask) -> None:
    person = office.hire("Dorota", "handler")
    _, key = sent(app)
    with app.app_context():
        run("UPDATE person SET sensitive = ? WHERE id = ?", False, person.id)
    dorota = office.visitor(app, person)
    dorota.get(f"/biuro/odpowiedzi/{key}")
    assert "Popraw w imieniu urzędu" not in dorota.page.text


def test_what_was_accepted_stays_so_when_the_office_corrects_it(app: Flask, beata: Conscience) -> None:
    _, key = sent(app)
    with app.app_context():
        run("UPDATE response SET state = 'accepted' WHERE key = ?", key)
    begin(beata, key)
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/krok/dane?zmiana=1")
    beata.send({"koszt": "120"})
    beata.send()
    with app.app_context():
        assert run("SELECT state FROM response WHERE key = ?", key).fetchone()[0] == "accepted"


def test_a_question_whose_item_the_office_takes_away_is_answered_by_that_and_the_log_says_by_whom(
    app: Flask, beata: Conscience
) -> None:
    _, key = sent(app, projects=2)
    give_back(beata, key, {"projekty-1-nazwa": "Takiego projektu nie ma."})
    begin(beata, key)
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/krok/dane?zmiana=1")
    beata.send(button="projekty-1")
    beata.get(f"/biuro/odpowiedzi/{key}/poprawka/podsumowanie")
    beata.send()
    assert state(app) == ["answered"]
    with app.app_context():
        actors = run("SELECT actor FROM audit_entry WHERE action = 'returned-answered'").fetchall()
    assert [actor.partition(":")[0] for (actor,) in actors] == ["staff"]
