"""Checking in on the day: by the list, by a badge's code, with and without a script, and ending the list."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.conscience import Conscience, filled
from tests.views import office
from tests.views.pressing import press
from tests.views.staffed import TRAINING, person, register
from tests.views.training import BIALOGARD, booked
from views import services
from views.mail import worker

LIST = "/biuro/terminy/szkolenie/M1/obecnosc"
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"szkolenie": TRAINING}


@pytest.fixture
def beata(app: Flask) -> Conscience:
    register(app, person("Jan", "Nowak"))
    register(app, person("Anna", "Żółć"), gmina=BIALOGARD)
    return office.visitor(app, office.hire("Beata", "handler"))


def states(app: Flask) -> list[str]:
    return [state for _, _, state in booked(app)]


def test_somebody_is_found_and_noted_for_a_half_day_and_the_mistake_is_taken_back(
    app: Flask, beata: Conscience
) -> None:
    beata.get(f"{LIST}?q=nowak")
    assert "Żółć" not in beata.page.text
    press(beata, "wtorek, 9 marca, przed południem: Jan Nowak")
    assert states(app) == ["attended", "accepted"]
    assert "Obecni: 1 z 2" in beata.page.text
    assert "Żółć" not in beata.page.text  # the search stays
    press(beata, "✓ wtorek, 9 marca, przed południem: Jan Nowak")
    assert states(app) == ["accepted", "accepted"]


def test_people_are_found_by_their_gmina_without_polish_letters(beata: Conscience) -> None:
    beata.get(f"{LIST}?q=bialogard")
    assert "Anna Żółć" in beata.page.text
    assert "Jan Nowak" not in beata.page.text


def test_htmx_gets_only_the_row_that_changed(app: Flask, beata: Conscience) -> None:
    beata.get(LIST)
    row = next(form for form in beata.page.forms() if form.get("action", "").endswith("/obecnosc/1"))
    data = {**filled(row, {}), "czesc": ["2027-03-10/2=1"]}
    answer = beata.post(row.get("action", ""), data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert 'id="osoba-1"' in answer.text
    assert "<html" not in answer.text
    assert "Obecni: 1 z\xa02" in answer.text
    assert 'id="osoba-2"' not in answer.text
    assert states(app)[0] == "attended"


def test_the_code_of_a_badge_opens_one_person(app: Flask, beata: Conscience) -> None:
    beata.get(f"{LIST}/2")
    assert beata.page.heading.replace("\u00a0", " ") == "Anna Żółć"
    press(beata, "środa, 10 marca, po południu: Anna Żółć")
    assert states(app) == ["accepted", "attended"]
    assert beata.page.heading.replace("\u00a0", " ") == "Anna Żółć"


def test_ending_the_list_makes_the_others_absent(app: Flask, beata: Conscience) -> None:
    beata.get(LIST)
    assert "Zakończ listę" not in beata.page.text
    press(beata, "wtorek, 9 marca, przed południem: Jan Nowak")
    press(beata, "Zakończ listę i oznacz nieobecnych")
    assert states(app) == ["attended", "absent"]


def test_a_half_day_or_a_person_that_there_is_not_is_not_found(beata: Conscience) -> None:
    beata.get(LIST)
    row = next(form for form in beata.page.forms() if form.get("action", "").endswith("/obecnosc/1"))
    for address, part in ((f"{LIST}/1", "2027-01-01/1=1"), (f"{LIST}/99", "2027-03-09/1=1")):
        assert beata.post(address, data={**filled(row, {}), "czesc": part}).status_code == 404
    assert beata.get("/biuro/terminy/szkolenie/M2/obecnosc/1").status_code == 404


def test_on_the_day_its_own_half_days_come_first_and_the_others_are_folded_away(
    beata: Conscience, clock: list[datetime]
) -> None:
    clock[0] = datetime(2027, 3, 10, 9, 0, tzinfo=services.WARSAW)
    client = office.visitor(beata.application, office.hire("Celina", "handler"))
    client.get(f"{LIST}/1")
    buttons = [each for each in client.page.all("button") if each.get("name") == "czesc"]
    assert [each.get("value") for each in buttons] == [f"2027-03-{part}=1" for part in ("10/1", "10/2", "09/1", "09/2")]
    folded = {each.get("value") for details in client.page.all("details") for each in details.iter("button")}
    assert folded == {"2027-03-09/1=1", "2027-03-09/2=1"}


def test_a_day_after_the_end_the_worker_closes_a_list_that_somebody_kept(
    app: Flask, beata: Conscience, clock: list[datetime]
) -> None:
    clock[0] = datetime(2027, 3, 12, 9, 0, tzinfo=services.WARSAW)
    worker.daily(app)
    assert states(app) == ["accepted", "accepted"]
    client = office.visitor(app, office.hire("Celina", "handler"))
    client.get(LIST)
    press(client, "wtorek, 9 marca, przed południem: Jan Nowak")
    worker.daily(app)
    assert states(app) == ["attended", "absent"]
