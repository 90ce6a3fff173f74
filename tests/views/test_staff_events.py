"""The events at the desk: who has a place and who waits and why, and deciding about several at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from records import audit, people
from records.database import run
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.training import BARLINEK, BIALOGARD, FORMS, RESKO, booked, others

LIST = "/biuro/formularze/szkolenie/terminy/T1"
STAFF = FORMS["szkolenie"].replace("closes: 2027-02-10 15:00", "closes: 2027-02-10 15:00\nreview: staff", 1)
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {**FORMS, "decyzje": STAFF}


def states(app: Flask) -> list[str]:
    return [state for _, _, state in booked(app)]


def tick(client: Conscience, button: str, *ids: int, **more: str) -> int:
    """Ticks these bookings on the list at hand and presses a button; the status of what comes."""
    return press(client, button, kto=[str(each) for each in ids], **more).status_code


def ticked(client: Conscience) -> list[str | None]:
    """The bookings of the list, in its order."""
    return [each.get("value") for each in client.page.all("input") if each.get("name") == "kto"]


def registered(app: Flask, slug: str, *gminy: str) -> None:
    """One person of each gmina registers for T1 on a form like the training."""
    for gmina in gminy:
        client = office.visitor(app)
        client.get(f"/f/{slug}/wypelnij")
        client.send({"gmina": gmina})
        client.send({"osoby-0-imie": "Jan", "osoby-0-termin": "T1"})
        client.send()


def test_the_events_of_a_form_show_what_is_taken_and_who_waits(app: Flask, beata: Conscience) -> None:
    others(app, RESKO, "T1", "T1", "T1")
    beata.get("/biuro/formularze/szkolenie/terminy")
    assert "Termin pierwszy" in beata.page.text
    assert "2 z 3" in beata.page.text
    beata.get("/biuro/terminy")
    assert "wtorek, 9 marca – środa, 10 marca 2027 r." in beata.page.text


def test_an_event_lists_people_with_their_gmina_number_and_why_they_wait(app: Flask, beata: Conscience) -> None:
    others(app, RESKO, "T1", "T1", "T1")
    beata.get(LIST)
    words = beata.page.text
    assert "Osoba 3: Osoba 2" in words
    assert "Resko" in words
    assert "SZKOLENIE-2027-0001" in words
    assert "1. na liście: limit gminy: 2 z 2" in words
    beata.get(f"{LIST}?stan=accepted")
    assert "Osoba 3" not in beata.page.text


def test_withdrawing_several_at_once_is_one_message_and_serves_the_list(app: Flask, beata: Conscience) -> None:
    others(app, RESKO, "T1", "T1", "T1")
    beata.get(LIST)
    assert tick(beata, "Wycofaj", 1, 2, powod="Zgłoszenie wpłynęło dwa razy.") == 200
    assert states(app) == ["withdrawn", "withdrawn", "accepted"]
    assert "Wycofaj: 2 os" in beata.page.text
    with app.app_context():
        kinds = [row[0] for row in run("SELECT kind FROM message ORDER BY id").fetchall()]
    assert len([kind for kind in kinds if kind in ("withdrawn", "accepted")]) <= 2


def test_whoever_has_moved_on_meanwhile_is_skipped_and_named(app: Flask, beata: Conscience) -> None:
    registered(app, "decyzje", RESKO, BIALOGARD)
    beata.get("/biuro/formularze/decyzje/terminy/T1")
    form = beata.page
    tick(beata, "Przyjmij", 1)
    assert states(app) == ["accepted", "submitted"]
    beata.page = form
    tick(beata, "Przyjmij", 1, 2)
    assert states(app) == ["accepted", "accepted"]
    assert "Pominięto 1 osob" in beata.page.text
    assert "Jan – stan „miejsce potwierdzone” na to nie pozwala" in beata.page.text


def test_whoever_has_left_the_list_that_was_open_is_told_too(app: Flask, beata: Conscience) -> None:
    registered(app, "decyzje", RESKO, BIALOGARD)
    beata.get("/biuro/formularze/decyzje/terminy/T1?stan=submitted")
    form = beata.page
    tick(beata, "Przyjmij", 1)
    beata.page = form
    tick(beata, "Przyjmij", 1)
    assert "Pominięto 1 osob" in beata.page.text
    assert states(app) == ["accepted", "submitted"]


def test_rejecting_needs_a_reason_and_keeps_the_ticks(app: Flask, beata: Conscience) -> None:
    registered(app, "decyzje", RESKO)
    beata.get("/biuro/formularze/decyzje/terminy/T1")
    assert tick(beata, "Odrzuć", 1) == 422
    assert "Napisz powód odrzucenia" in beata.page.text
    box = beata.page.by_id("kto-1")
    assert box is not None
    assert box.get("checked") is not None
    assert tick(beata, "Odrzuć", 1, powod="Gmina nie ma programu.") == 200
    assert states(app) == ["rejected"]


def test_nobody_ticked_is_said_and_changes_nothing(app: Flask, beata: Conscience) -> None:
    others(app, RESKO, "T1")
    beata.get(LIST)
    assert tick(beata, "Wycofaj") == 422
    assert "Zaznacz co najmniej jedną osobę." in beata.page.text
    assert states(app) == ["accepted"]


def test_everybody_whom_the_list_shows_can_be_meant(app: Flask, beata: Conscience) -> None:
    registered(app, "decyzje", RESKO, BIALOGARD)
    beata.get("/biuro/formularze/decyzje/terminy/T1?stan=submitted")
    tick(beata, "Przyjmij", wszyscy="1")
    assert states(app) == ["accepted", "accepted"]


def test_whoever_came_after_the_list_was_drawn_is_not_meant(app: Flask, beata: Conscience) -> None:
    registered(app, "decyzje", RESKO)
    beata.get("/biuro/formularze/decyzje/terminy/T1")
    registered(app, "decyzje", BIALOGARD)
    tick(beata, "Odrzuć", wszyscy="1", powod="Poza regionem")
    assert sorted(states(app)) == ["rejected", "submitted"]


def test_staff_put_somebody_first_and_back(app: Flask, beata: Conscience) -> None:
    others(app, RESKO, "T1", "T1")
    others(app, BARLINEK, "T1", "T1", "T1")
    beata.get(f"{LIST}?stan=waiting")
    assert ticked(beata) == ["4", "5"]
    tick(beata, "Na początek listy", 5)
    assert ticked(beata) == ["5", "4"]
    assert "przesunięcie przez biuro" in beata.page.text
    tick(beata, "Według kolejności zgłoszeń", 5)
    assert ticked(beata) == ["4", "5"]


def test_a_booking_of_another_event_is_not_touched_by_this_list(app: Flask, beata: Conscience) -> None:
    others(app, RESKO, "T2")
    others(app, RESKO, "T1")
    beata.get(LIST)
    tick(beata, "Wycofaj", 1)
    assert states(app) == ["accepted", "accepted"]


def test_a_limit_lowered_below_what_is_taken_is_told_in_numbers(
    app: Flask, beata: Conscience, config_dir: Path
) -> None:
    others(app, RESKO, "T1", "T1")
    file = config_dir / "forms" / "szkolenie.yaml"
    lower = file.read_text(encoding="utf-8").replace("places: 3", "places: 1").replace("per_gmina: 2", "per_gmina: 1")
    office.publish(app, "szkolenie", lower)
    beata.get("/biuro/formularze/szkolenie/terminy")
    assert "Termin pierwszy: miejsc 1, zajęte 2." in beata.page.text
    assert "Termin pierwszy, Resko: limit gminy 1, zajęte 2." in beata.page.text
    assert states(app) == ["accepted", "accepted"]


def test_who_only_looks_gets_no_buttons_and_is_refused(app: Flask) -> None:
    others(app, RESKO, "T1")
    celina = office.visitor(app, office.hire("Celina", "viewer"))
    celina.get(LIST)
    assert not any(form.get("action", "").split("?")[0].endswith("/decyzja") for form in celina.page.forms())


def test_an_option_with_places_has_its_list_too(app: Flask, beata: Conscience) -> None:
    client = office.visitor(app)
    client.get("/f/obiad/wypelnij")
    client.send({"imie": "Jan", "obiad": "ryba"})
    beata.get("/biuro/formularze/obiad/terminy")
    beata.get("/biuro/formularze/obiad/terminy/obiad=ryba")
    tick(beata, "Wycofaj", 1)
    assert states(app) == ["withdrawn"]


def test_what_was_decided_stands_in_the_audit_log_under_the_name_of_who_did_it(app: Flask, beata: Conscience) -> None:
    registered(app, "decyzje", RESKO)
    beata.get("/biuro/formularze/decyzje/terminy/T1")
    tick(beata, "Przyjmij", 1)
    with app.app_context():
        last = audit.recent(1)[0]
        assert last.action == "accepted"
        person = people.find("beata@urzad.example")
        assert person is not None
        assert last.actor == audit.staff(person.id)


def test_the_calendar_of_a_person_opens_without_signing_in_until_the_password_changes(app: Flask) -> None:
    person = office.hire("Beata", "handler")
    beata = office.visitor(app, person)
    beata.get("/biuro/terminy")
    address = next(each for each in beata.page.text.split() if "/kalendarz/" in each).removeprefix("http://localhost")
    answer = app.test_client().get(address)
    assert answer.mimetype == "text/calendar"
    assert answer.text.count("BEGIN:VEVENT") == 4  # two forms with two dates each
    assert "DTSTART;TZID=Europe/Warsaw:20270309T090000" in answer.text
    with app.app_context():
        people.set_password(person, office.PASSWORD)
    assert app.test_client().get(address).status_code == 404
    assert app.test_client().get("/biuro/kalendarz/1-x.ics").status_code == 404
