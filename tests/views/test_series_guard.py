"""Who sees what a gmina said a year ago: whoever goes on from its private page, staff who may read, and nobody else."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from records import access
from records.database import run
from tests.conscience import Conscience
from tests.views import office
from tests.views.reports import BIALOGARD, REPORT, SWINOUJSCIE, begin, beside, going_on, live, report
from tests.views.test_moved_drafts import edit
from views import services

QUARTERS = """
title: Kwartalnie
kind: monitoring
period: {field: kwartal, every: quarter}
opens: 2027-02-01
closes: 2027-03-31
fields:
  - {name: kwartal, type: choice, label: Kwartał, options: [{value: 2026-Q4, label: IV}, {value: 2027-Q1, label: I}]}
  - {name: gmina, type: gmina, label: Gmina}
  - {name: koszt, type: money, label: Koszt, compare: true}
"""
PLAIN = "title: Zwykły\nfields:\n  - {name: gmina, type: gmina, label: Gmina}\n"
CHANGE = "{name: zmiana, type: computed, label: Zmiana, value: change(koszt)}"
CHANGING = REPORT.replace("- {name: na_osobe", f"- {CHANGE}\n      - {{name: na_osobe")
OWN = r'name="(csrf_token|_seen)"[^>]*>'  # the token of a page, and how often the draft was saved before it
SEEN = "Poprzednio (2025): 100,00 zł"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"raport": CHANGING, "inny": REPORT, "kwartal": QUARTERS, "zwykly": PLAIN}


@pytest.fixture
def moment() -> datetime:
    return datetime(2027, 3, 1, 12, tzinfo=services.WARSAW)


@pytest.fixture
def client(client: Conscience, clock: list[datetime]) -> Conscience:
    return client


def chosen(client: Conscience) -> str:
    """The gmina that stands on the page."""
    found = client.page.by_id("gmina")
    if found is None:
        return ""
    marked = [each.get("value", "") for each in found.iter("option") if each.get("selected") is not None]
    return found.get("value", "") or "".join(marked)


def plain(client: Conscience, address: str) -> str:
    """A page without what is new on every page whatever it says."""
    return re.sub(OWN, "", client.get(address).get_data(as_text=True))


def pages(client: Conscience, token: str) -> list[str]:
    """All that somebody sees of a draft, whole pages and what comes back while one types."""
    client.get(f"/z/{token}/krok/dane")
    step = client.page
    typed = live(client, "koszt", koszt="500")
    client.page = step
    return [
        re.sub(OWN, "", typed),
        *(plain(client, f"/z/{token}/{path}") for path in ("krok/gmina", "krok/dane", "podsumowanie", "")),
    ]


def test_a_stranger_sees_the_same_page_whether_or_not_there_is_an_earlier_report(
    client: Conscience, app: Flask
) -> None:
    stranger = office.visitor(app)
    token = begin(stranger, 2026)
    before = pages(stranger, token)
    report(client, 2025, koszt="100", osoby="10", opis="Remont szkoły")
    assert pages(stranger, token) == before
    stranger.get(f"/z/{token}/krok/dane")
    assert stranger.send({"koszt": "500"}).status_code == 200  # a change that whoever goes on would have to explain


def test_what_a_stranger_has_sent_tells_nothing_of_the_year_before(client: Conscience, app: Flask) -> None:
    stranger = office.visitor(app)
    token = report(stranger, 2026, koszt="500")
    before = plain(stranger, f"/z/{token}/")
    earlier = report(client, 2025, koszt="100")
    assert plain(stranger, f"/z/{token}/") == before
    begin(client, 2026, after=earlier)
    client.send({"koszt": "110"})
    assert "Zmiana 10" in client.page.text


def test_the_private_page_leads_to_the_next_report_with_its_gmina_and_year(client: Conscience) -> None:
    address = going_on(client, report(client, 2025, koszt="100"))
    assert "Złóż zgłoszenie na następny okres (2026)" in client.page.text
    client.get(address)
    year = client.page.by_id("rok")
    assert year is not None
    assert (year.get("value"), chosen(client)) == ("2026", BIALOGARD)
    client.send()
    assert beside(client, "koszt") == SEEN


def test_a_first_page_that_does_not_pass_still_goes_on_from_the_earlier_report(client: Conscience) -> None:
    client.get(going_on(client, report(client, 2025, koszt="100")))
    assert client.send({"rok": "za rok"}).status_code == 422
    client.send({"rok": "2026"})
    assert beside(client, "koszt") == SEEN


def test_a_forged_or_foreign_address_gives_the_form_as_everybody_gets_it(client: Conscience) -> None:
    token = report(client, 2025, koszt="100")
    po = going_on(client, token).partition("po=")[2]
    forged = po[:-1] + ("A" if po[-1] != "A" else "B")
    for slug, given in (("raport", forged), ("raport", token), ("raport", "ż"), ("raport", ""), ("inny", po)):
        assert client.get(f"/f/{slug}/wypelnij", query_string={"po": given}).status_code == 200
        assert chosen(client) == ""
        client.send({"rok": "2026", "gmina": BIALOGARD})
        assert beside(client, "koszt") == ""
        assert client.page.by_id("koszt") is not None


def test_the_address_of_the_next_report_does_not_open_the_earlier_one(client: Conscience) -> None:
    po = going_on(client, report(client, 2025)).partition("po=")[2]
    assert client.get(f"/z/{po}/").status_code == 404


def test_revoking_the_private_link_ends_it_for_drafts_too(client: Conscience, app: Flask) -> None:
    earlier = report(client, 2025, koszt="100")
    address = going_on(client, earlier)
    draft = begin(client, 2026, after=earlier)
    assert beside(client, "koszt") == SEEN
    with app.app_context():
        access.revoke(earlier.partition("-")[0])
    client.get(f"/z/{draft}/krok/dane")
    assert beside(client, "koszt") == ""
    client.get(address)
    assert chosen(client) == ""


def test_a_withdrawn_report_gives_nothing(client: Conscience, app: Flask) -> None:
    earlier = report(client, 2025, koszt="100")
    address = going_on(client, earlier)
    draft = begin(client, 2026, after=earlier)
    with app.app_context():
        run("UPDATE response SET state = 'withdrawn' WHERE key = ?", earlier.partition("-")[0])
    client.get(f"/z/{draft}/krok/dane")
    assert beside(client, "koszt") == ""
    client.get(address)
    assert chosen(client) == ""
    assert going_on(client, earlier) == ""


def test_a_later_report_counts_only_when_it_went_on_from_the_same_one(client: Conscience) -> None:
    first = report(client, 2024, koszt="90")
    report(client, 2025, BIALOGARD, first, koszt="100")
    begin(client, 2026, after=first)
    assert beside(client, "koszt") == SEEN
    other = report(client, 2024, SWINOUJSCIE, koszt="90")
    report(client, 2025, SWINOUJSCIE, koszt="100")
    begin(client, 2026, SWINOUJSCIE, after=other)
    assert beside(client, "koszt") == "Poprzednio (2024): 90,00 zł"


def test_staff_who_may_read_responses_see_previous_values_and_other_staff_do_not(
    client: Conscience, app: Flask
) -> None:
    report(client, 2025, koszt="100")
    with app.app_context():
        team = office.team()
        author = office.hire("Edyta", "editor")
    for person, seen in ((team["Celina"], SEEN), (author, "")):
        visitor = office.visitor(app, person)
        begin(visitor, 2026)
        assert beside(visitor, "koszt") == seen


def test_the_next_period_may_be_an_option_and_the_button_goes_when_the_form_closes(
    client: Conscience, clock: list[datetime]
) -> None:
    client.get("/f/kwartal/wypelnij")
    token = client.send({"kwartal": "2026-Q4", "gmina": BIALOGARD, "koszt": "100"}).request.path.split("/")[2]
    client.send()
    address = going_on(client, token)
    assert "Złóż sprawozdanie za następny okres (I kwartał 2027)" in client.page.text
    client.get(address)
    assert beside(client, "koszt") == "Poprzednio (IV kwartał 2026): 100,00 zł"
    clock[0] = datetime(2027, 4, 1, 12, tzinfo=services.WARSAW)
    assert going_on(client, token) == ""


def test_a_form_that_does_not_take_the_next_year_offers_no_report_on_it(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    earlier = report(client, 2025, koszt="100")
    address = going_on(client, earlier)
    edit(app, config_dir, "raport", REPORT.replace("label: Rok,", "label: Rok, max: 2025,"))
    assert going_on(client, earlier) == ""
    client.get(address)
    year = client.page.by_id("rok")
    assert year is not None
    assert (year.get("value"), chosen(client)) == ("", BIALOGARD)


@pytest.mark.parametrize(
    ("every", "typed", "following"), [("quarter", "12.2026", "01.2027"), ("month", "12.2026", "01.2027")]
)
def test_a_month_may_name_the_next_quarter_or_month(
    client: Conscience, app: Flask, config_dir: Path, every: str, typed: str, following: str
) -> None:
    text = QUARTERS.replace("quarter", every).replace("kwartal", "miesiac")
    lines = [line for line in text.splitlines() if "options" not in line]
    lines.insert(6, "fields:\n  - {name: miesiac, type: month, label: Miesiąc}")
    edit(app, config_dir, "kwartal", "\n".join(line for line in lines if line != "fields:"))
    client.get("/f/kwartal/wypelnij")
    token = client.send({"miesiac": typed, "gmina": BIALOGARD, "koszt": "100"}).request.path.split("/")[2]
    client.send()
    client.get(going_on(client, token))
    month = client.page.by_id("miesiac")
    assert month is not None
    assert month.get("value") == following
    assert beside(client, "koszt").endswith("100,00 zł")


def test_the_start_page_of_a_series_says_where_to_begin_and_no_other_does(client: Conscience) -> None:
    client.get("/f/raport")
    assert "Zacznij od jego prywatnego linku" in client.page.text
    assert any(each.get("href") == "/link" for each in client.page.all("a"))
    client.get("/f/zwykly")
    assert "prywatnego linku" not in client.page.text
