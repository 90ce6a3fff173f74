"""A gmina sees its own indicators beside the median of its kind, and never another gmina's value."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from records import access
from records.gminy import people
from records.gminy.people import COLLEAGUE, COORDINATOR, Person
from tests.conscience import Conscience
from tests.views import office
from tests.views.indicated import BRZEZNO, INDICATORS, MONITORING, SWIDWIN, report, written
from tests.views.owing import turn
from tests.views.test_gmina import inside
from tests.views.test_indicators import rows
from views.services import now

RURAL = ("3201022", "3202012", "3202042", "3203052", "3204052", BRZEZNO)


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"monitoring": MONITORING.replace("region: '3216', ", "")}


def coordinator(app: Flask, gmina: str, role: str = COORDINATOR) -> Person:
    with app.app_context():
        return people.add(gmina, "Ewa Kruk", f"ewa{role}@gmina.example", role, now(), "staff:1")


def test_the_median_of_its_kind_stands_beside_the_value_of_the_gmina(app: Flask, config_dir: Path) -> None:
    written(config_dir)
    for cost, gmina in enumerate(RURAL[:4] + RURAL[5:], 1):
        report(app, gmina, 2025, koszt=f"{cost * 1111}.00")
    report(app, SWIDWIN, 2025, koszt="777.00")
    turn(app)
    client = inside(app, coordinator(app, BRZEZNO))
    client.get("/gmina/wskazniki")
    assert "Mediana gmin wiejskich" in client.page.text
    assert rows(client, "Wskaźniki")[0][1:] == ["5 555 zł", "3 333 zł"]
    for other in ("1111", "1 111", "2222", "2 222", "777"):
        assert other not in client.page.text


def test_the_median_of_fewer_than_five_is_not_told(app: Flask, config_dir: Path) -> None:
    written(config_dir)
    for cost, gmina in enumerate((*RURAL[:3], BRZEZNO), 1):
        report(app, gmina, 2025, koszt=f"{cost * 1111}.00")
    turn(app)
    client = inside(app, coordinator(app, BRZEZNO))
    client.get("/gmina/wskazniki")
    assert "Mniej niż 5 gmin" in client.page.text
    assert "4 444 zł" in client.page.text


def test_a_colleague_and_an_office_that_does_not_show_them_have_no_such_page(app: Flask, config_dir: Path) -> None:
    written(config_dir)
    assert inside(app, coordinator(app, BRZEZNO, COLLEAGUE)).get("/gmina/wskazniki").status_code == 404
    written(config_dir, INDICATORS.replace("shown: true", "shown: false"))
    client = inside(app, coordinator(app, BRZEZNO))
    client.get("/gmina")
    assert "Wskaźniki" not in client.page.text


def test_the_private_page_of_a_report_tells_what_it_comes_to(app: Flask, config_dir: Path, client: Conscience) -> None:
    written(config_dir)
    stored = report(app, BRZEZNO, 2025, koszt="4444.00")
    with app.app_context():
        link = f"/z/{access.token(stored, office.services(app).settings.secret_key)}/"
    client.get(link)
    assert "Wskaźniki Twojej gminy" in client.page.text
    assert "zwykle po kilku sekundach" in client.page.text
    turn(app)
    client.get(link)
    assert rows(client, "Wskaźniki")[0][1:] == ["4 444 zł", "Mniej niż 5 gmin, więc jej nie podajemy."]
    written(config_dir, INDICATORS.replace("shown: true", "shown: false"))
    client.get(link)
    assert "Wskaźniki Twojej gminy" not in client.page.text
