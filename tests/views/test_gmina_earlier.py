"""A year that a gmina still owes when the form already collects the next one: it is begun, filled in and sent for that year."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from records.database import run
from records.gminy.people import Person
from tests.conscience import Conscience
from tests.views import office
from tests.views.pressing import press
from tests.views.test_gmina import BIALOGARD, REPORT, anna, inside
from tests.views.test_moved_drafts import edit
from views.mail import worker

__all__ = ["anna"]

NEXT = REPORT.replace("open: 2025", "open: 2026")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"sprawozdanie": REPORT}


def roll_over(app: Flask, config_dir: Path) -> None:
    """Both periods have been opened; the form collects the second."""
    worker.turn(app)
    edit(app, config_dir, "sprawozdanie", NEXT)
    worker.turn(app)


def sent(app: Flask, client: Conscience, token: str) -> tuple[str, str]:
    """The gmina and the period of the report once the rest of it is filled in and sent."""
    client.get(f"/z/{token}/krok/liczby")
    client.send({"wydatki": "5"})
    client.get(f"/z/{token}/podsumowanie")
    client.send()
    with app.app_context():
        (row,) = run("SELECT gmina, period FROM response WHERE reference IS NOT NULL").fetchall()
    return row[0], row[1]


def test_it_is_begun_on_the_page_of_the_gmina(app: Flask, anna: Person, config_dir: Path) -> None:
    roll_over(app, config_dir)
    client = inside(app, anna)
    client.get("/gmina")
    assert "Zacznij: Sprawozdanie roczne 2026" in client.page.text
    token = press(client, "Zacznij: Sprawozdanie roczne 2025").request.path.split("/")[2]
    assert client.page.heading == "Sprawozdanie roczne (2025)"
    assert sent(app, client, token) == (BIALOGARD, "2025")


def test_the_link_that_staff_give_begins_that_year(app: Flask, client: Conscience, config_dir: Path) -> None:
    roll_over(app, config_dir)
    staff = office.visitor(app, office.hire("Olga", "handler"))
    staff.get(f"/biuro/formularze/sprawozdanie/kompletnosc/gmina/{BIALOGARD}?okres=2025")
    (link,) = {word for word in staff.page.text.split() if "?za=" in word}
    client.get(link.removeprefix("http://localhost"))
    token = client.send().request.path.split("/")[2]
    assert sent(app, client, token) == (BIALOGARD, "2025")


def test_a_draft_begun_in_time_is_sent_for_its_own_year_and_for_no_year_that_nobody_asked_for(
    app: Flask, client: Conscience, config_dir: Path
) -> None:
    client.get("/f/sprawozdanie/wypelnij")
    token = client.send({"gmina": BIALOGARD, "rok": "2025"}).request.path.split("/")[2]
    roll_over(app, config_dir)
    client.get(f"/z/{token}/krok/kto")
    assert client.send({"rok": "2024"}).status_code == 422
    client.send({"rok": "2025"})
    assert sent(app, client, token) == (BIALOGARD, "2025")


def test_whoever_begins_without_such_a_link_reports_the_year_that_is_collected(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    roll_over(app, config_dir)
    client.get("/f/sprawozdanie/wypelnij")
    assert client.send({"gmina": BIALOGARD, "rok": "2025"}).status_code == 422
