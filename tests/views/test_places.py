"""Places on the pages: what is left is told before, during and after, and nobody is refused without a way on."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from records import versions
from records.database import database
from tests.conscience import Conscience, filled
from tests.records.steps import counting
from tests.views import office
from tests.views.training import BARLINEK, BIALOGARD, FORMS, RESKO, booked, others, people, register
from views import services

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return dict(FORMS)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 2, day, hour, minute, tzinfo=services.WARSAW)


def test_the_start_page_lists_the_events_with_their_days_and_what_is_left(client: Conscience, app: Flask) -> None:
    client.get("/f/szkolenie")
    assert "wtorek, 9 marca – środa, 10 marca 2027 r., godz. 9:00–15:00, Szczecin" in client.page.text
    assert "Ostatnie miejsce" in client.page.text
    others(app, RESKO, "T1")
    client.get("/f/szkolenie")
    assert re.search(r"Pozosta\w+ 2 miejsc", client.page.text)
    others(app, BIALOGARD, "T1", "T1")
    client.get("/f/szkolenie")
    assert "Brak miejsc – zapisujemy na listę rezerwową" in client.page.text


def test_beside_each_answer_stands_what_is_left_for_the_gmina(client: Conscience, app: Flask) -> None:
    others(app, RESKO, "T1")
    client.get("/f/szkolenie/wypelnij")
    client.send({"gmina": RESKO})
    assert "dla Twojej gminy: 1 z 2" in client.page.text


def test_the_summary_and_the_receipt_say_who_waits_and_why(client: Conscience, app: Flask) -> None:
    token = people(client, RESKO, "T1", "T1", "T1")
    assert "Kto trafi na listę rezerwową" in client.page.text
    assert "Osoba 3: Osoba 2 – Termin pierwszy: lista rezerwowa (limit gminy: 2 z 2)" in client.page.text
    client.send()
    for address in (f"/z/{token}/wyslane", f"/z/{token}/"):
        client.get(address)
        assert client.page.text.count("miejsce potwierdzone") == 2
        assert "1. miejsce na liście rezerwowej: limit gminy: 2 z 2" in client.page.text
    assert [state for _, _, state in booked(app)] == ["accepted", "accepted", "waiting"]


def test_somebody_who_takes_no_place_is_not_booked(client: Conscience, app: Flask) -> None:
    register(client, RESKO, "", "T1")
    assert booked(app) == [("T1", "osoby-1", "accepted")]


def test_a_full_event_without_a_waiting_list_cannot_be_chosen(client: Conscience, app: Flask) -> None:
    others(app, RESKO, "T2")
    client.get("/f/szkolenie/wypelnij")
    token = client.send({"gmina": BIALOGARD}).request.path.split("/")[2]
    choice = client.page.by_id("osoby-0-termin--o2")
    assert choice is not None
    assert choice.get("disabled") is not None
    answer = client.send({"osoby-0-imie": "Jan", "osoby-0-termin": "T2"})
    assert answer.status_code == 422
    assert "Na ten termin nie ma już miejsc. Wybierz inny." in client.page.text
    client.get(f"/z/{token}/krok/osoby")
    name = client.page.by_id("osoby-0-imie")
    assert name is not None
    assert name.get("value") == "Jan"


def test_a_place_that_somebody_takes_meanwhile_is_refused_at_its_question_and_nothing_is_lost(
    client: Conscience, app: Flask
) -> None:
    token = people(client, BIALOGARD, "T2")
    others(app, RESKO, "T2")
    assert client.send().status_code == 422
    assert "Na ten termin nie ma już miejsc" in client.page.text
    assert "Osoba 0" in client.page.text
    client.get(f"/z/{token}/krok/osoby")
    client.send({"osoby-0-termin": "T1"})
    client.send()
    assert booked(app)[-1] == ("T1", "osoby-0", "accepted")


def test_a_correction_keeps_the_place_though_the_event_is_full(client: Conscience, app: Flask) -> None:
    token = register(client, BIALOGARD, "T2")
    client.get(f"/z/{token}/")
    client.send(button="Popraw odpowiedzi", form="/popraw")
    client.get(f"/z/{token}/krok/osoby")
    client.send({"osoby-0-imie": "Ewa"})
    assert client.send().status_code == 200
    assert [state for _, _, state in booked(app)] == ["accepted"]


def test_an_option_with_places_is_refused_when_it_is_gone(client: Conscience, app: Flask) -> None:
    client.get("/f/obiad/wypelnij")
    client.send({"imie": "Jan", "obiad": "ryba"})
    client.get("/f/obiad/wypelnij")
    assert "Brak miejsc" in client.page.text
    assert client.send({"imie": "Ewa", "obiad": "ryba"}).status_code == 422
    assert "miejsca się skończyły" in client.page.text
    client.send({"obiad": "sos"})
    assert [event for event, _, _ in booked(app)] == ["obiad=ryba"]


def test_the_places_of_the_form_itself_have_a_waiting_list(client: Conscience, app: Flask) -> None:
    for name in ("Jan", "Ewa"):
        client.get("/f/klub/wypelnij")
        client.send({"imie": name})
        if name == "Ewa":
            assert "Całe zgłoszenie trafi na listę rezerwową: wszystkie miejsca są zajęte" in client.page.text
        client.send()
    assert [state for _, _, state in booked(app)] == ["accepted", "waiting"]
    assert "1. miejsce na liście rezerwowej" in client.page.text


def test_a_form_that_is_full_and_keeps_no_list_says_so_and_keeps_the_draft(client: Conscience, app: Flask) -> None:
    for name in ("Jan", "Ewa"):
        client.get("/f/stolik/wypelnij")
        address = client.send({"imie": name}).request.path
        answer = client.post(address, data=filled(client.page.forms()[-1], {}))
    assert answer.status_code == 422
    assert "Wszystkie miejsca są już zajęte. Odpowiedzi zapisaliśmy jako szkic." in client.page.text
    assert len(booked(app)) == 1


def test_a_form_without_places_asks_the_database_nothing_about_them(client: Conscience, app: Flask) -> None:
    with counting(database) as asked:
        client.get("/f/spacer")
        client.get("/f/spacer/wypelnij")
        client.send({"imie": "Jan"})
        client.send()
    assert "Przyjęliśmy" in client.page.text
    assert [sql for sql in asked if re.search("place|booking|ledger", sql)] == []


def test_what_is_left_is_one_query_on_the_start_page_and_on_a_step(client: Conscience, app: Flask) -> None:
    with counting(database) as asked:
        client.get("/f/szkolenie")
    assert len([sql for sql in asked if re.search("place|booking", sql)]) == 1
    client.get("/f/szkolenie/wypelnij")
    client.send({"gmina": RESKO})
    address = client.page.forms()[-1].get("action", "")
    with counting(database) as asked:
        client.get(address)
    assert len([sql for sql in asked if re.search("place|booking", sql)]) == 1


def test_a_version_is_known_to_the_ledger_by_the_hash_under_which_it_is_stored(app: Flask) -> None:
    with app.app_context():
        found = services.services()
        form = found.catalogue.get("szkolenie")
        assert form is not None
        assert versions.load(found.version_id(form)).hash == form.hash


def test_the_note_follows_the_gmina_while_one_fills_in_a_page(client: Conscience, app: Flask) -> None:
    client.get("/f/strona/wypelnij")
    assert "Pozostało 30 miejsc" in client.page.text
    assert "dla Twojej gminy" not in client.page.text
    data = filled(client.page.forms()[0], {"gmina": RESKO})
    part = client.post("/f/strona/wypelnij", data=data, headers={"HX-Request": "true", "HX-Trigger": "f-gmina"})
    assert part.status_code == 200
    assert "dla Twojej gminy: 2 z 2" in client.page.text


# --- dates ---


def test_a_form_takes_nobody_before_it_opens_though_its_places_are_shown(
    client: Conscience, clock: list[datetime]
) -> None:
    clock[0] = datetime(2027, 1, 15, 7, 59, tzinfo=services.WARSAW)
    assert client.get("/f/szkolenie/wypelnij").status_code == 403
    client.get("/f/szkolenie")
    assert "Termin pierwszy" in client.page.text
    clock[0] = datetime(2027, 1, 15, 8, 0, tzinfo=services.WARSAW)
    assert client.get("/f/szkolenie/wypelnij").status_code == 200


def test_more_places_in_the_definition_are_offered_at_once_and_serve_those_who_wait(
    client: Conscience, app: Flask
) -> None:
    others(app, RESKO, "T1", "T1")
    others(app, BIALOGARD, "T1", "T1")
    office.publish(app, "szkolenie", FORMS["szkolenie"].replace("places: 3", "places: 5"))
    register(client, BARLINEK, "T1")
    assert [state for _, _, state in booked(app)] == ["accepted"] * 5


def test_fewer_places_than_are_taken_expel_nobody_and_take_nobody_new(client: Conscience, app: Flask) -> None:
    others(app, RESKO, "T1", "T1")
    fewer = FORMS["szkolenie"].replace("places: 3", "places: 1").replace("per_gmina: 2", "per_gmina: 1")
    office.publish(app, "szkolenie", fewer)
    client.get("/f/szkolenie")
    assert "Brak miejsc – zapisujemy na listę rezerwową" in client.page.text
    register(client, BARLINEK, "T1")
    assert [state for _, _, state in booked(app)] == ["accepted", "accepted", "waiting"]


def test_an_event_that_closed_is_no_longer_offered_but_an_existing_choice_stays(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    token = register(client, BIALOGARD, "T2")
    clock[0] = at(1, 12, 1)
    client.get("/f/szkolenie")
    assert "Zapisy zakończone" in client.page.text
    client.get(f"/z/{token}/")
    client.send(button="Popraw odpowiedzi", form="/popraw")
    assert client.send().status_code == 200
    assert [state for _, _, state in booked(app)] == ["accepted"]


def test_an_event_closes_with_the_grace_of_the_form_for_what_was_begun_in_time(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    clock[0] = at(1, 11, 59)
    people(client, BIALOGARD, "T2")
    clock[0] = at(1, 12, 10)
    assert client.send().status_code == 200
    assert len(booked(app)) == 1


def test_an_event_that_closes_while_someone_types_is_refused_after_the_grace(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    clock[0] = at(1, 11, 59)
    people(client, BIALOGARD, "T2")
    clock[0] = at(1, 12, 20)
    assert client.send().status_code == 422
    assert "Zapisy na ten termin już się zakończyły. Wybierz inny." in client.page.text
    assert booked(app) == []


def test_the_share_of_a_gmina_is_released_on_its_day(client: Conscience, app: Flask, clock: list[datetime]) -> None:
    others(app, RESKO, "T1", "T1")
    people(client, RESKO, "T1")
    assert "limit gminy: 2 z 2" in client.page.text
    clock[0] = at(5, 12, 1)
    client.get("/f/szkolenie")
    assert "Ostatnie miejsce" in client.page.text
    others(app, RESKO, "T1")
    assert [state for _, _, state in booked(app)] == ["accepted", "accepted", "accepted"]


def test_the_deadline_passes_while_someone_types_and_the_draft_stays(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    token = people(client, BARLINEK, "T1")
    clock[0] = at(10, 15, 20)
    assert client.send().status_code == 403
    assert booked(app) == []
    client.get(f"/z/{token}/")
    assert "Termin pierwszy" in client.page.text
    client.get("/f/szkolenie")
    assert client.page.text.count("Zapisy zakończone") == 2


def test_a_form_begun_in_time_takes_its_place_in_the_grace(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    people(client, BARLINEK, "T1")
    clock[0] = at(10, 15, 10)
    assert client.send().status_code == 200
    assert booked(app) == [("T1", "osoby-0", "accepted")]
