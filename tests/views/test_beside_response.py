"""What stands beside a response: notes that only staff see, labels, other responses of the same gmina."""

from __future__ import annotations

import pytest
from flask import Flask

from records.database import database, run
from records.desk import labels, notes
from records.people import Person
from tests.conscience import Conscience
from tests.records.steps import counting
from tests.views import office
from tests.views.pressing import press


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": office.TRAINING, "wizyta": office.TRAINING.replace("Szkolenie", "Wizyta")}


@pytest.fixture
def team(app: Flask) -> dict[str, Person]:
    return office.team()


@pytest.fixture
def people(app: Flask, team: dict[str, Person]) -> dict[str, Conscience]:
    return {name: office.visitor(app, person) for name, person in team.items()}


def test_notes_are_written_shown_and_taken_away_by_their_author_only(app: Flask, people: dict[str, Conscience]) -> None:
    key = office.receive(app, gmina=office.BIALOGARD, osoba="Jan").key
    anna, beata, celina = people.values()
    beata.get(f"/biuro/odpowiedzi/{key}")
    press(beata, "Dodaj notatkę", notatka="Dzwonić po 12.\nPani Ewa.")
    assert "Notatka jest zapisana." in beata.page.text
    assert "Dzwonić po 12." in beata.page.text
    for client in (anna, celina):
        client.get(f"/biuro/odpowiedzi/{key}")
        assert "Pani Ewa." in client.page.text
        assert "Usuń notatkę" not in client.page.text
    assert "Nowa notatka" not in celina.page.text
    token = anna.page.csrf
    assert anna.post(f"/biuro/odpowiedzi/{key}/notatki/1/usun", data={"csrf_token": token}).status_code == 404
    press(beata, "Usuń notatkę")
    assert "Pani Ewa." not in beata.page.text
    with app.app_context():
        entries = run("SELECT action, details FROM audit_entry WHERE action LIKE 'note%'").fetchall()
    assert [tuple(row) for row in entries] == [("note-added", "{}"), ("note-removed", "{}")]


def test_an_empty_note_is_refused_in_words(app: Flask, people: dict[str, Conscience]) -> None:
    key = office.receive(app, gmina=office.BIALOGARD, osoba="Jan").key
    people["Beata"].get(f"/biuro/odpowiedzi/{key}")
    press(people["Beata"], "Dodaj notatkę", notatka=" ")
    assert "Wpisz treść notatki." in people["Beata"].page.text


def test_labels_are_put_on_and_taken_off_and_the_log_does_not_quote_them(
    app: Flask, people: dict[str, Conscience]
) -> None:
    key = office.receive(app, gmina=office.BIALOGARD, osoba="Jan").key
    beata = people["Beata"]
    for name in ("pilne", "Ćwierć  drogi", "pilne"):
        beata.get(f"/biuro/odpowiedzi/{key}")
        press(beata, "Dodaj etykietę", etykieta=name)
    assert "Zdejmij: Ćwierć drogi" in beata.page.text
    with app.app_context():
        assert sorted(labels.of_form("szkolenie")) == [("pilne", 1), ("Ćwierć drogi", 1)]
    press(beata, "Zdejmij: pilne")
    assert "Zdejmij: pilne" not in beata.page.text
    people["Celina"].get(f"/biuro/odpowiedzi/{key}")
    assert "Ćwierć drogi" in people["Celina"].page.text
    assert "Nowa etykieta" not in people["Celina"].page.text
    with app.app_context():
        log = str(run("SELECT action, details FROM audit_entry").fetchall())
    assert "labelled" in log
    assert "pilne" not in log


def test_other_responses_of_the_gmina_are_those_of_forms_that_one_sees(
    app: Flask, team: dict[str, Person], people: dict[str, Conscience]
) -> None:
    key = office.receive(app, gmina=office.BIALOGARD, osoba="Jan").key
    other = office.receive(app, "wizyta", gmina=office.BIALOGARD, osoba="Ewa").reference
    foreign = office.receive(app, "wizyta", gmina=office.SWINOUJSCIE, osoba="Iza").reference
    beata = people["Beata"]
    beata.get(f"/biuro/odpowiedzi/{key}")
    assert "Z tej samej gminy" in beata.page.text
    assert str(other) in beata.page.text
    assert str(foreign) not in beata.page.text
    with app.app_context():
        run("INSERT INTO person_form (person_id, slug) VALUES (?, 'szkolenie')", team["Beata"].id)
    beata.get(f"/biuro/odpowiedzi/{key}")
    assert str(other) not in beata.page.text


def test_what_stands_beside_never_leaves_the_office(app: Flask, people: dict[str, Conscience]) -> None:
    key = office.receive(app, gmina=office.BIALOGARD, osoba="Jan").key
    beata = people["Beata"]
    beata.get(f"/biuro/odpowiedzi/{key}")
    press(beata, "Dodaj notatkę", notatka="Sekretna uwaga")
    press(beata, "Dodaj etykietę", etykieta="Sekretna etykieta")
    with app.test_request_context():
        from records import access, responses

        stored = responses.load(key)
        assert stored is not None
        token = access.token(stored, office.services(app).settings.secret_key)
    client = office.visitor(app)
    client.get(f"/z/{token}/")
    assert "Sekretna" not in client.page.text


def test_one_goes_on_to_the_next_response_of_the_list_one_came_from(app: Flask, people: dict[str, Conscience]) -> None:
    for name in ("Ala", "Ewa", "Ola", "Iza"):
        office.receive(app, gmina=office.BIALOGARD if name != "Ola" else office.SWINOUJSCIE, osoba=name)
    celina = people["Celina"]
    celina.get(f"/biuro/formularze/szkolenie/odpowiedzi?gmina={office.BIALOGARD}&order=asc")
    links = [each.get("href", "") for each in celina.page.all("a") if "/odpowiedzi/" in each.get("href", "")]
    assert len(links) == 3
    celina.get(links[0])
    seen = [celina.page.heading]
    while following := next((each.get("href") for each in celina.page.all("a") if each.get("rel") == "next"), None):
        celina.get(following)
        seen.append(celina.page.heading)
    assert seen == ["SZKOLENIE-2026-0001", "SZKOLENIE-2026-0002", "SZKOLENIE-2026-0004"]
    assert "3 z 3" in celina.page.text
    previous = next(each.get("href", "") for each in celina.page.all("a") if each.get("rel") == "prev")
    celina.get(previous)
    assert celina.page.heading == seen[1]
    back = next(each.get("href", "") for each in celina.page.all("a") if "".join(each.itertext()) == "Wróć do listy")
    assert f"gmina={office.BIALOGARD}" in back
    celina.get(links[0].partition("?")[0])
    assert "Wróć do listy" not in celina.page.text


def test_what_is_done_to_a_response_keeps_the_place_in_the_list(app: Flask, people: dict[str, Conscience]) -> None:
    key = office.receive(app, gmina=office.BIALOGARD, osoba="Jan").key
    beata = people["Beata"]
    beata.get(f"/biuro/odpowiedzi/{key}")
    csrf = beata.page.csrf
    for came, kept in ((f"/biuro/odpowiedzi/{key}?q=jan&nr=1&zrobiono=note", "?q=jan&nr=1&"), ("/biuro/?q=x", "?")):
        answer = beata.post(
            f"/biuro/odpowiedzi/{key}/notatki",
            data={"csrf_token": csrf, "notatka": "Tak."},
            headers={"Referer": f"http://localhost{came}"},
        )
        assert answer.location == f"/biuro/odpowiedzi/{key}{kept}zrobiono=note#notatki"
    beata.get(f"/biuro/odpowiedzi/{key}/do-poprawy?q=jan&nr=1")
    beata.send({"pytanie": ["osoba"], "uwaga--osoba": ""}, form="/do-poprawy?q=jan&nr=1")
    assert "Napisz, co poprawić" in beata.page.text
    beata.send({"pytanie": ["osoba"], "uwaga--osoba": "Popraw."}, form="/do-poprawy?q=jan&nr=1")
    assert "Zwrócono do poprawy" in beata.page.text


def test_the_page_asks_no_more_for_many_notes_and_requests_than_for_few(
    app: Flask, people: dict[str, Conscience]
) -> None:
    few, many = (office.receive(app, gmina=office.BIALOGARD, osoba="Jan") for _ in range(2))
    with app.app_context():
        for response, n in ((few, 1), (many, 12)):
            for _ in range(n):
                notes.add(response.key, "Tak.", 1, office.SENT)
                labels.add([response.key], f"etykieta {_}", "staff:1", office.SENT)
    asked = []
    for response in (few, many):
        with counting(database) as seen:
            people["Beata"].get(f"/biuro/odpowiedzi/{response.key}")
        asked.append(len(seen))
    assert asked[0] == asked[1]
    assert asked[0] <= 25
