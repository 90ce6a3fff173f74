"""What others owe the office, as staff find it in the morning: questions nobody answered in time, gminy that are missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from records.database import run
from tests.conscience import Conscience
from tests.views import office, owing, returns
from tests.views.test_staff_today import TODAY, lists

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"raport": returns.FORM, "monitoring": owing.FORM}


def test_what_was_returned_and_not_answered_in_time_is_told(
    app: Flask, beata: Conscience, clock: list[datetime]
) -> None:
    _, key = returns.sent(app)
    returns.give_back(beata, key, {"koszt": "Sprawdź kwotę."})
    title = "Zwrócone i niepoprawione w terminie"
    beata.get(TODAY)
    assert title not in lists(beata), "there is still time"
    clock[0] += timedelta(hours=1, days=8)
    staff = office.visitor(app, office.hire("Ola", "handler"))
    staff.get(TODAY)
    (line,) = lists(staff)[title]
    assert "Sprawozdanie" in line
    other = office.visitor(app, office.limit(office.hire("Iga", "handler"), "monitoring"))
    other.get(TODAY)
    assert title not in lists(other)


def test_a_gmina_that_withdrew_its_report_is_missing_again(
    app: Flask, beata: Conscience, clock: list[datetime]
) -> None:
    owing.turn(app)
    owing.report(app, owing.SWIDWIN)
    clock[0] = owing.at(2027, 3, 28)
    client = office.visitor(app, office.hire("Ola", "handler"))
    client.get(TODAY)
    (line,) = lists(client)["Gminy, których brakuje"]
    assert f"brakuje {owing.COUNT - 1} gmin" in line.replace("\xa0", " ")
    with app.app_context():
        run("UPDATE response SET state = 'withdrawn'")
    client.get(TODAY)
    (line,) = lists(client)["Gminy, których brakuje"]
    assert f"brakuje {owing.COUNT} gmin" in line.replace("\xa0", " ")
