"""What a person does with places after sending: gives one up, withdraws everything, answers an offer, sends a colleague."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from records.database import run
from tests.conscience import Conscience
from tests.views import office
from tests.views.training import BARLINEK, BIALOGARD, FORMS, RESKO, booked, others, register
from views import services

SEVERAL = """
title: Cały dzień
events: [{id: R, title: Rano, places: 5}, {id: W, title: Wieczór, places: 5}]
fields:
  - {name: email, type: email, label: E-mail, required: true}
  - name: osoby
    type: group
    label: Osoby
    item: "{imie}"
    fields:
      - {name: imie, type: text, label: Imię}
      - {name: rano, type: event, label: Rano, events: [R], none: nie}
      - {name: wieczor, type: event, label: Wieczór, events: [W], none: nie}
"""


TALK = "title: Rozmowa\nfields: [{name: email, type: email, label: E-mail, required: true}]"
NIGHT = """
title: Nocleg
events: [{id: R, title: Rano, places: 5}]
fields:
  - name: osoby
    type: group
    label: Osoby
    item: "{imie}"
    unique: [imie]
    fields:
      - {name: imie, type: text, label: Imię, required: true}
      - {name: rano, type: event, label: Rano, events: [R], none: nie}
      - {name: nocleg, type: yes_no, label: Czy nocleg?, required: true}
      - {name: pokoj, type: choice, label: Pokój, options: [{jeden: Jeden}, {dwa: Dwa}], when: nocleg, required: true}
      - {name: dieta, type: choice, label: Dieta, options: [{zwykla: zwykła}, {inna: inna}], sensitive: true, required: true}
      - {name: dieta_opis, type: text, label: Jaka dieta?, when: "dieta == 'inna'", sensitive: true, required: true}
"""
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    offers = FORMS["szkolenie"].replace("waiting_list: true", "waiting_list: true\n    offer_for: 48 hours")
    return {**FORMS, "szkolenie": offers, "kilka": SEVERAL, "nocleg": NIGHT, "rozmowa": TALK}


def states(app: Flask) -> list[str]:
    return [state for _, _, state in booked(app)]


def waits(app: Flask, client: Conscience) -> tuple[str, str]:
    """Others have the three places of T1 and the client waits: the links of two of the others and of the client."""
    first = others(app, RESKO, "T1", "T1")
    others(app, BIALOGARD, "T1")
    token = register(client, BARLINEK, "T1")
    return first, token


def give_up(app: Flask, token: str) -> None:
    """Whoever has this link withdraws."""
    other = office.visitor(app)
    other.get(f"/z/{token}/wycofaj")
    other.send(form="/wycofaj")


def test_one_place_is_given_up_and_the_other_stays(client: Conscience, app: Flask) -> None:
    token = register(client, RESKO, "T1", "T1")
    client.get(f"/z/{token}/miejsce/1")
    assert "Osoba 1: Osoba 0, Termin pierwszy" in client.page.text
    client.send(form="/miejsce/1")
    assert states(app) == ["withdrawn", "accepted"]
    assert "wycofane" in client.page.text
    assert not links(client, "/miejsce/")  # one place is all of it


def test_everything_is_withdrawn_and_the_person_may_register_again(client: Conscience, app: Flask) -> None:
    token = register(client, RESKO, "T1")
    client.get(f"/z/{token}/wycofaj")
    client.send(form="/wycofaj")
    assert states(app) == ["withdrawn"]
    assert "Wycofane" in client.page.text
    assert not any("/popraw" in form.get("action", "") for form in client.page.forms())
    register(client, RESKO, "T1")
    assert states(app) == ["withdrawn", "accepted"]


def test_an_offered_place_is_confirmed_by_a_button(client: Conscience, app: Flask) -> None:
    first, token = waits(app, client)
    assert states(app)[-1] == "waiting"
    give_up(app, first)
    client.get(f"/z/{token}/")
    words = client.page.text
    assert "Potwierdź do: 22 stycznia 2027 r., godz. 12:00." in words
    client.post(f"/z/{token}/miejsce/4", data={"odpowiedz": "tak", "csrf_token": client.page.csrf})
    assert states(app) == ["withdrawn", "withdrawn", "accepted", "accepted"]


def test_an_offer_that_ran_out_says_so_and_changes_nothing(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    first, token = waits(app, client)
    give_up(app, first)
    client.get(f"/z/{token}/")
    clock[0] += timedelta(hours=49)
    data = {"odpowiedz": "tak", "csrf_token": client.page.csrf}
    assert client.post(f"/z/{token}/miejsce/4", data=data).status_code == 409
    assert "Czas na potwierdzenie minął" in client.page.text
    assert states(app)[-1] == "withdrawn"


def test_a_colleague_takes_over_the_place_in_one_correction(client: Conscience, app: Flask) -> None:
    token = register(client, RESKO, "T2")
    client.get(f"/z/{token}/")
    client.send(form="/popraw")
    client.get(f"/z/{token}/krok/osoby")
    client.send({"osoby-0-imie": "Ewa", "osoby-0-email": "ewa@gmina.example"})
    client.send()
    client.get(f"/z/{token}/")
    assert "Osoba 1: Ewa" in client.page.text
    assert states(app) == ["replaced", "accepted"]


def test_a_colleague_takes_over_on_one_page_also_when_answers_can_no_longer_be_corrected(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    later = FORMS["szkolenie"].replace("grace:", "withdraw_until: 2027-03-01\ngrace:")
    office.publish(app, "szkolenie", later)
    token = register(client, RESKO, "T1", "T1")
    others(app, BIALOGARD, "T1")
    others(app, BARLINEK, "T1")  # waits
    clock[0] = datetime(2027, 2, 20, 12, 0, tzinfo=services.WARSAW)
    client.get(f"/z/{token}/")
    assert not any("/popraw" in form.get("action", "") for form in client.page.forms())
    client.get(f"/z/{token}/zamien/osoby-1")
    assert "Zamiast: Osoba 2: Osoba 1." in client.page.text
    assert client.send({"osoby-1-imie": ""}).status_code == 422
    client.send({"osoby-1-imie": "Ewa", "osoby-1-email": "ewa@gmina.example"})
    assert "Osoba 2: Ewa" in client.page.text
    assert states(app) == ["accepted", "replaced", "accepted", "waiting", "accepted"]
    assert booked(app)[-1] == ("T1", "osoby-1", "accepted")


def test_nobody_is_replaced_where_nobody_is_booked(client: Conscience, app: Flask) -> None:
    token = register(client, RESKO, "T1", "")
    assert client.get(f"/z/{token}/zamien/osoby-1").status_code == 404
    assert client.get(f"/z/{token}/zamien/osoby").status_code == 404
    assert client.get(f"/z/{token}/zamien/gmina-0").status_code == 404


def test_after_withdraw_until_nothing_is_offered_and_nothing_is_taken(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    token = register(client, RESKO, "T1")
    client.get(f"/z/{token}/")
    data = {"csrf_token": client.page.csrf}
    clock[0] = datetime(2027, 2, 10, 15, 1, tzinfo=services.WARSAW)
    client.get(f"/z/{token}/")
    assert not links(client, "/wycofaj")
    assert client.get(f"/z/{token}/wycofaj").status_code == 409
    assert client.post(f"/z/{token}/wycofaj", data=data).status_code == 409
    assert states(app) == ["accepted"]


def test_a_booking_of_somebody_else_cannot_be_touched(client: Conscience, app: Flask) -> None:
    others(app, RESKO, "T1")
    token = register(client, BIALOGARD, "T1")
    client.get(f"/z/{token}/")
    assert client.post(f"/z/{token}/miejsce/1", data={"csrf_token": client.page.csrf}).status_code == 404
    assert states(app) == ["accepted", "accepted"]


def test_the_reason_is_kept_and_one_that_sounds_like_a_code_stays_a_reason(client: Conscience, app: Flask) -> None:
    token = register(client, RESKO, "T1", "T1")
    client.get(f"/z/{token}/miejsce/1")
    client.send({"powod": "  choroba\n dziecka "})
    assert "choroba dziecka" in client.page.text
    client.get(f"/z/{token}/wycofaj")
    client.send({"powod": "expired"})
    with app.app_context():
        assert [row[0] for row in run("SELECT reason FROM booking ORDER BY id")] == ["choroba dziecka", "„expired”"]


def test_one_participant_leaves_all_dates_at_once_and_one_message_tells_it(client: Conscience, app: Flask) -> None:
    client.get("/f/kilka/wypelnij")
    client.send({"email": "anna@gmina.example"}, button="_add")
    client.send(button="_add")
    people = {f"osoby-{n}-{name}": date for n in (0, 1) for name, date in (("rano", "R"), ("wieczor", "W"))}
    client.send({**people, "osoby-0-imie": "Jan", "osoby-1-imie": "Ewa"})
    token = client.send().request.path.split("/")[2]
    client.get(f"/z/{token}/")
    assert links(client, "/osoba/") == [f"/z/{token}/osoba/osoby-0", f"/z/{token}/osoba/osoby-1"]
    client.get(links(client, "/osoba/")[1])
    client.send()
    assert states(app) == ["accepted", "accepted", "withdrawn", "withdrawn"]
    with app.app_context():
        told = [row[0] for row in run("SELECT kind FROM message ORDER BY id")]
    assert told == ["accepted", "withdrawn"]
    assert client.get(f"/z/{token}/osoba/osoby-1").status_code == 404


def test_declining_an_offer_is_asked_first_and_possible_after_withdraw_until(
    client: Conscience, app: Flask, clock: list[datetime]
) -> None:
    first, token = waits(app, client)
    clock[0] = datetime(2027, 2, 10, 14, 59, tzinfo=services.WARSAW)
    give_up(app, first)
    clock[0] += timedelta(hours=1)
    client.get(f"/z/{token}/")
    [link] = set(links(client, "/miejsce/"))
    client.get(link)
    assert "proponowanego" in client.page.heading
    assert states(app)[-1] == "offered"
    client.send()
    assert states(app)[-1] == "withdrawn"


def links(client: Conscience, part: str) -> list[str]:
    """The addresses on the page that hold this."""
    return [each.get("href", "") for each in client.page.all("a") if part in each.get("href", "")]


def test_a_colleague_keeps_what_was_picked_and_is_asked_what_is_personal(client: Conscience, app: Flask) -> None:
    client.get("/f/nocleg/wypelnij")
    client.send(button="_add")
    answers = {"imie": "Jan", "rano": "R", "nocleg": "tak", "dieta": "inna"}
    client.send({f"osoby-0-{name}": value for name, value in answers.items()})
    client.send({"osoby-0-pokoj": "dwa", "osoby-0-dieta_opis": "bez orzechów"})
    token = client.send().request.path.split("/")[2]
    address = f"/z/{token}/zamien/osoby-0"
    html = client.get(address).text
    assert "Jan" not in html.partition("<form")[2]
    assert "orzech" not in html
    assert 'value="dwa" checked' in html
    data = {"csrf_token": client.page.csrf, "osoby-0-imie": "Ewa", "osoby-0-dieta": "inna", "osoby-0-nocleg": "nie"}
    headers = {"HX-Request": "true", "HX-Trigger": "f-osoby-0-dieta"}
    piece = client.post(address, data=data, headers=headers).text
    assert "Jaka dieta?" in piece
    assert "f-osoby-0-rano" not in piece
    client.get(address)
    client.send({"osoby-0-imie": "Ewa", "osoby-0-dieta": "zwykla"})
    assert states(app) == ["replaced", "accepted"]
    with app.app_context():
        kept = json.loads(run("SELECT answers FROM response").fetchone()[0])["osoby"][0]
    assert kept == {"imie": "Ewa", "rano": "R", "nocleg": True, "pokoj": "dwa", "dieta": "zwykla"}


def test_a_form_without_places_is_withdrawn_too_and_the_reason_goes_into_the_message(
    client: Conscience, app: Flask
) -> None:
    client.get("/f/rozmowa/wypelnij")
    client.send({"email": "anna@gmina.example"})
    token = client.send().request.path.split("/")[2]
    client.get(f"/z/{token}/wycofaj")
    client.send({"powod": "Już nie trzeba."})
    assert "Wycofane" in client.page.text
    assert client.get(f"/z/{token}/wycofaj").status_code == 409
    with app.app_context():
        kind, facts = run("SELECT kind, facts FROM message ORDER BY id DESC LIMIT 1").fetchone()
    assert (kind, json.loads(facts)["reason"]) == ("withdrawn", "Już nie trzeba.")
