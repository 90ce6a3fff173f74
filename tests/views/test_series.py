"""A form that a gmina fills in year after year: what it said a year ago stands beside what it says now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from records import series
from tests.conscience import Answer, Conscience
from tests.views import office
from tests.views.reports import REPORT, SWINOUJSCIE, begin, beside, going_on, live, report
from tests.views.test_moved_drafts import edit
from views import services

PROJECT = {"projekty-0-nr": "P1", "projekty-0-nazwa": "Park", "projekty-0-wydatki": "1000"}

ONE_PAGE = """
title: Jedna strona
period: {field: rok, every: year}
fields:
  - {name: rok, type: year, label: Rok}
  - {name: gmina, type: gmina, label: Gmina}
  - {name: koszt, type: money, label: Koszt, compare: true}
"""


@pytest.fixture
def forms() -> dict[str, str]:
    return {"raport": REPORT, "strona": ONE_PAGE}


@pytest.fixture
def client(client: Conscience, monkeypatch: pytest.MonkeyPatch) -> Conscience:
    """A visitor in spring 2027, when the years of these reports are over."""
    monkeypatch.setattr(services, "clock", lambda: datetime(2027, 3, 1, 12, tzinfo=services.WARSAW))
    return client


def value(client: Conscience, path: str) -> str | None:
    found = client.page.by_id(path)
    return None if found is None else found.get("value")


def with_projects(client: Conscience, year: int) -> str:
    """A report with one project, in which the social assistance table is filled in too."""
    token = begin(client, year)
    client.send(button="projekty")
    client.send({"koszt": "100", "wskazniki--S01.gmina": "50", **PROJECT})
    client.send()
    return token


def test_the_previous_value_and_its_change_stand_beside_the_question(client: Conscience) -> None:
    earlier = report(client, 2025, koszt="1 234,50", osoby="10", opis="Remont szkoły")
    token = begin(client, 2026, after=earlier)
    assert beside(client, "koszt") == "Poprzednio (2025): 1 234,50 zł"
    client.send({"koszt": "1 388,81"})
    client.get(f"/z/{token}/krok/dane")
    assert beside(client, "koszt") == "Poprzednio (2025): 1 234,50 zł – zmiana +12,5%"
    assert beside(client, "na_osobe") == "Poprzednio (2025): 123,45 – zmiana +12,5%"


def test_while_one_types_only_the_change_is_sent_back(client: Conscience) -> None:
    begin(client, 2026, after=report(client, 2025, koszt="100", osoby="10"))
    question = client.page.by_id("f-koszt")
    assert question is not None
    assert question.get("data-hx-post") is not None
    text = live(client, "koszt", koszt="90")
    assert '<div class="field__before" id="koszt--before" data-hx-swap-oob="true">' in text
    assert "Poprzednio (2025): 100,00 zł – zmiana −10%" in text
    assert 'id="f-koszt"' not in text


def test_another_gmina_the_same_year_or_a_later_report_is_nobodys_previous_one(client: Conscience) -> None:
    earlier = report(client, 2025, koszt="100")
    report(client, 2023, SWINOUJSCIE, koszt="200")
    report(client, 2026, SWINOUJSCIE, koszt="300")
    others = ((2024, office.BIALOGARD), (2025, SWINOUJSCIE), (2025, office.BIALOGARD), (2027, SWINOUJSCIE))
    for year, gmina in others:
        begin(client, year, gmina, after=earlier)
        assert beside(client, "koszt") == ""


def test_a_report_that_was_only_begun_does_not_count(client: Conscience) -> None:
    earlier = report(client, 2024, koszt="100")
    assert going_on(client, begin(client, 2025, after=earlier)) == ""
    client.get(going_on(client, earlier))
    client.send({"rok": "2026"})
    assert beside(client, "koszt") == "Poprzednio (2024): 100,00 zł"


def test_prefill_starts_with_the_previous_answer_until_the_step_is_saved(client: Conscience) -> None:
    token = begin(client, 2026, after=report(client, 2025, koszt="100", osoby="10", opis="Remont szkoły"))
    assert value(client, "osoby") == "10"
    assert value(client, "opis") == "Remont szkoły"
    assert beside(client, "osoby") == "Przepisane z 2025 – sprawdź."
    client.get(f"/z/{token}/podsumowanie")
    assert client.page.text.count("Przepisane z 2025 – sprawdź.") == 2
    client.get(f"/z/{token}/krok/dane")
    client.send({"osoby": "", "opis": "Nowa droga"})
    client.get(f"/z/{token}/krok/dane")
    assert value(client, "osoby") == ""
    assert beside(client, "osoby") == ""
    assert beside(client, "opis") == "Poprzednio (2025): Remont szkoły"


def test_too_great_a_change_is_explained_and_the_explanation_is_shown_a_year_later(client: Conscience) -> None:
    later = begin(client, 2025, after=report(client, 2024, koszt="100"))
    assert client.send({"koszt": "140"}).status_code == 422
    said = "Jest 140,00 zł, a poprzednio (2024) było 100,00 zł, zmiana +40%. Popraw albo wyjaśnij zmianę."
    assert said in client.page.text
    client.send({"_why--ZMIANA@koszt": "Drożej o prąd"})
    client.send()
    begin(client, 2026, after=later)
    assert beside(client, "koszt") == "Poprzednio (2025): 140,00 zł Wyjaśnienie z 2025: Drożej o prąd"


def test_a_warning_appears_while_one_types_and_goes_when_the_number_is_mended(client: Conscience) -> None:
    begin(client, 2026, after=report(client, 2025, koszt="100"))
    assert "zmiana +31%. Popraw albo wyjaśnij" in live(client, "koszt", koszt="131")
    assert "Popraw albo wyjaśnij" not in live(client, "koszt", koszt="130")


def test_cells_of_a_table_are_compared_by_row_and_column(client: Conscience) -> None:
    token = begin(client, 2026, after=with_projects(client, 2025))
    assert beside(client, "wskazniki--S01.gmina") == "Poprzednio (2025): 50 os."
    assert beside(client, "wskazniki--S01.obszar") == beside(client, "wskazniki--S02.gmina") == ""
    text = live(client, "wskazniki", **{"wskazniki--S01.gmina": "60"})
    # A selector of its own: in "#wskazniki--S01.gmina-before" a browser would read a class after the dot.
    assert "outerHTML:[id=&#39;wskazniki--S01.gmina-before&#39;]" in text
    assert "Poprzednio (2025): 50 os. – zmiana +20%" in text
    assert client.send({"wskazniki--S01.gmina": "100"}).status_code == 422
    assert "Bezrobotni – W gminie: jest 100 os., a poprzednio (2025) było 50 os." in client.page.text.replace(
        "\xa0", " "
    )
    client.send({"_why--ZMIANA@wskazniki.S01.gmina": "Zamknięto zakład"})
    client.get(f"/z/{token}/krok/dane")
    assert beside(client, "wskazniki--S01.gmina") == "Poprzednio (2025): 50 os. – zmiana +100%"


def test_a_cell_without_data_says_so_a_year_later(client: Conscience) -> None:
    none: dict[str, Answer] = {"wskazniki--S01.gmina.none": True, "wskazniki--S01.gmina.why": "PUP nie podał"}
    earlier = report(client, 2025, **none)
    begin(client, 2026, after=earlier)
    assert beside(client, "wskazniki--S01.gmina") == "Poprzednio (2025): brak danych – PUP nie podał"


def test_items_of_a_group_are_found_again_by_their_key(client: Conscience) -> None:
    token = begin(client, 2026, after=with_projects(client, 2025))
    assert (value(client, "projekty-0-nr"), value(client, "projekty-0-nazwa")) == ("P1", "Park")
    assert value(client, "projekty-0-wydatki") == ""
    assert beside(client, "projekty-0-nazwa") == "Przepisane z 2025 – sprawdź."
    assert beside(client, "projekty-0-wydatki") == "Poprzednio (2025): 1 000,00 zł"
    text = live(client, "projekty-0-nr", **{"projekty-0-nr": " p1 ", "projekty-0-wydatki": "1 500"})
    assert "zmiana +50%" in text
    assert "zmiana" not in live(client, "projekty-0-nr", **{"projekty-0-nr": "P2", "projekty-0-wydatki": "1 500"})
    client.get(f"/z/{token}/krok/dane")
    assert beside(client, "projekty-0-wydatki") == ""


def test_the_explanation_of_an_item_is_shown_a_year_later(client: Conscience) -> None:
    later = begin(client, 2025, after=with_projects(client, 2024))
    client.send({"projekty-0-wydatki": "2000"})
    client.send({"_why--ZMIANA@projekty-0-wydatki": "Druga część parku"})
    client.send()
    begin(client, 2026, after=later)
    assert beside(client, "projekty-0-wydatki").endswith("Wyjaśnienie z 2025: Druga część parku")


def test_answers_of_an_older_version_are_read_under_their_old_names(
    client: Conscience, app: Flask, config_dir: Path
) -> None:
    earlier = report(client, 2025, koszt="100")
    edit(
        app,
        config_dir,
        "raport",
        REPORT.replace("name: koszt,", "name: wydano, was: [koszt],").replace("koszt /", "wydano /"),
    )
    begin(client, 2026, after=earlier)
    assert beside(client, "wydano") == "Poprzednio (2025): 100,00 zł"


def test_a_correction_is_what_counts_and_is_compared_with_the_year_before_it(client: Conscience) -> None:
    earlier = report(client, 2024, koszt="100")
    token = report(client, 2025, office.BIALOGARD, earlier, koszt="110")
    client.get(f"/z/{token}/")
    client.send(form="popraw")
    client.get(f"/z/{token}/krok/dane")
    assert beside(client, "koszt") == "Poprzednio (2024): 100,00 zł – zmiana +10%"
    client.send({"koszt": "120"})
    client.send()
    begin(client, 2026, after=token)
    assert beside(client, "koszt") == "Poprzednio (2025): 120,00 zł"


def test_on_one_page_previous_values_come_as_soon_as_gmina_and_year_are_known(client: Conscience) -> None:
    client.get("/f/strona/wypelnij")
    earlier = client.send({"rok": "2025", "gmina": office.BIALOGARD, "koszt": "100"}).request.path.split("/")[2]
    client.send()
    client.get(going_on(client, earlier))
    assert (value(client, "rok"), beside(client, "koszt")) == ("2026", "Poprzednio (2025): 100,00 zł")
    assert "Poprzednio" not in live(client, "gmina", rok="2024", gmina=office.BIALOGARD)
    assert "Poprzednio (2025): 100,00 zł" in live(client, "gmina", rok="2026", gmina=office.BIALOGARD)
    other = live(client, "gmina", rok="2026", gmina=SWINOUJSCIE)
    assert '<div class="field__before" id="koszt--before" data-hx-swap-oob="true"></div>' in other


def test_a_form_without_periods_asks_the_database_for_nothing_more(
    client: Conscience, app: Flask, config_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("previous", "continued"):
        monkeypatch.setattr(series, name, lambda *_, **__: pytest.fail("nothing was asked for"))
    plain = "title: Ankieta\nfields:\n  - {name: gmina, type: gmina, label: Gmina}\n"
    edit(app, config_dir, "ankieta", plain)
    client.get("/f/ankieta/wypelnij")
    client.send({"gmina": office.BIALOGARD})
    assert client.page.by_id("gmina") is None


def test_an_item_added_by_hand_is_filled_in_from_the_previous_one_with_its_key(client: Conscience) -> None:
    token = begin(client, 2026, after=with_projects(client, 2025))
    client.send(button="_remove")
    client.get(f"/z/{token}/krok/dane")
    client.send(button="_add")
    text = live(client, "projekty-0-nr", **{"projekty-0-nr": "p1"})
    assert 'value="Park"' in text
    assert "Ta pozycja była w poprzednim okresie." in text
    client.get(f"/z/{token}/krok/dane")
    assert (value(client, "projekty-0-nazwa"), value(client, "projekty-0-wydatki")) == ("Park", "")
    client.send({"projekty-0-nazwa": ""})
    client.get(f"/z/{token}/krok/dane")
    assert value(client, "projekty-0-nazwa") == ""


def test_without_a_script_the_filled_in_item_is_shown_before_one_goes_on(client: Conscience) -> None:
    token = begin(client, 2026, after=with_projects(client, 2025))
    client.send(button="_remove")
    client.get(f"/z/{token}/krok/dane")
    client.send(button="_add")
    client.send({"projekty-0-nr": "P1"})
    assert "Ta pozycja była w poprzednim okresie." in client.page.text
    assert value(client, "projekty-0-nazwa") == "Park"
    client.send({"projekty-0-wydatki": "1000"})
    assert "podsumowanie" in client.page.text.lower() or client.page.by_id("projekty-0-nr") is None


def test_a_new_item_that_nobody_reported_before_stays_empty(client: Conscience) -> None:
    begin(client, 2026, after=with_projects(client, 2025))
    client.send(button="_add")
    client.send({"projekty-1-nr": "P9"})
    assert "Ta pozycja była" not in client.page.text


def test_who_goes_on_is_told_when_nothing_was_sent_for_a_period_before(client: Conscience) -> None:
    earlier = report(client, 2024, koszt="100")
    client.get(going_on(client, earlier))
    client.send({"rok": "2024"})
    assert "Za wcześniejsze okresy nie ma wysłanego formularza" in client.page.text
    begin(client, 2025, after=earlier)
    assert "nie ma wysłanego formularza" not in client.page.text
    begin(client, 2026)  # whoever does not go on from an earlier one learns nothing of whether there is one
    assert "nie ma wysłanego formularza" not in client.page.text
