"""The report of a form: shown to those who read responses, filtered by its address, fit to be published when asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from records import audit
from records.database import run
from records.people import Person
from records.reporting import reading
from tests.conscience import Conscience
from tests.soundness import words
from tests.views import office
from tests.views.registered import enter
from tests.views.reports import REPORT

FORM = """
title: Szkolenie
privacy: rodo-szkolenia
fields:
  - {name: gmina, type: gmina, label: Gmina, required: true}
  - {name: posilek, type: choice, label: Posiłek, options: [Mięsny, Wegański]}
  - {name: nocleg, type: yes_no, label: Nocleg}
  - {name: wiek, type: integer, label: Wiek}
  - {name: uwagi, type: text, label: Uwagi}
  - {name: potrzeby, type: text, label: Szczególne potrzeby, sensitive: true}
  - {name: zgody, type: matrix, label: Zdania, rows: [{id: r1, label: Raz}], options: [Tak, Nie]}
"""
HERE = "/biuro/formularze/szkolenie/raport"


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": FORM, "raport": REPORT}


@pytest.fixture
def team(app: Flask) -> dict[str, Person]:
    made = office.team()
    for n in range(8):
        office.receive(
            app,
            gmina=office.BIALOGARD if n else office.SWINOUJSCIE,
            posilek="weganski" if n == 7 else "miesny",
            nocleg=n % 2 == 0,
            wiek=20 + n,
            uwagi=f"uwaga numer {n}",
            potrzeby="pętla indukcyjna",
            zgody={"r1": "tak"},
            at=office.SENT + timedelta(days=n),
        )
    return made


def cells(client: Conscience, caption: str) -> dict[str, str]:
    """The table with this caption on the page: the head of each row, and what stands beside it."""
    table = next(each for each in client.page.all("table") if caption in words(each.find("caption")))
    rows = [words(each).split() for each in table.iter() if each.tag.endswith("tr")]
    return {row[0]: " ".join(row[1:]) for row in rows[1:]}


def text(client: Conscience) -> str:
    return words(client.page.all("main")[0])


def test_every_question_has_its_counts_in_a_table(app: Flask, team: dict[str, Person]) -> None:
    celina = office.visitor(app, team["Celina"])
    assert celina.get(HERE).status_code == 200
    assert "Raport z 8 odpowiedzi." in text(celina)
    assert cells(celina, "Rodzaj gminy")["miejska"] == "8 (100%)"
    assert "Mediana 23,5" in text(celina)
    assert "1 z 1 (100%)" in cells(celina, "według powiatów")["Świnoujście"]
    assert "Szczecinek" in text(celina), "the gminy that are missing"


def test_a_bar_is_as_long_as_the_share_beside_it(app: Flask, team: dict[str, Person]) -> None:
    celina = office.visitor(app, team["Celina"])
    celina.get(HERE)
    table = next(each for each in celina.page.all("table") if "Mięsny" in words(each))
    drawn = [each.get("width") for each in table.iter() if str(each.tag).endswith("rect")]
    assert drawn == ["100%", "87.50%", "100%", "12.50%"]  # each on a track that is the whole


def test_the_address_filters_by_powiat_and_by_day(app: Flask, team: dict[str, Person]) -> None:
    anna = office.visitor(app, team["Anna"])
    anna.get(f"{HERE}?powiat=białogardzki")
    assert "Raport z 7 odpowiedzi." in text(anna)
    anna.get(f"{HERE}?od=2026-11-22&do=2026-11-23")
    assert "Raport z 2 odpowiedzi. Wysłane od dnia: 22.11.2026. Wysłane do dnia: 23.11.2026." in text(anna)
    anna.get(f"{HERE}?stan=withdrawn&od=wczoraj")
    assert "Nie ma odpowiedzi, które pasują do filtrów." in text(anna)


def test_narrowed_to_a_powiat_no_other_gminy_are_told_to_be_missing(app: Flask, team: dict[str, Person]) -> None:
    anna = office.visitor(app, team["Anna"])
    anna.get(HERE)
    assert "2 z 113 gmin" in anna.page.text
    anna.get(f"{HERE}?powiat=białogardzki")
    assert "1 z 4 gmin (25%)" in anna.page.text
    assert list(cells(anna, "według powiatów")) == ["białogardzki"]
    assert "Świnoujście" not in words(next(each for each in anna.page.all("dl") if "Karlino" in words(each)))


def test_two_questions_can_be_put_against_each_other(app: Flask, team: dict[str, Person]) -> None:
    anna = office.visitor(app, team["Anna"])
    anna.get(f"{HERE}?wiersze=posilek&kolumny=gmina:powiat")
    assert cells(anna, "Posiłek × Gmina")["Mięsny"] == "6 (85,7%) 1 (14,3%)"


def test_gminy_are_told_apart_by_how_they_stand_in_the_register_and_not_by_the_list(
    app: Flask, team: dict[str, Person]
) -> None:
    enter(app, office.SWINOUJSCIE)
    anna = office.visitor(app, team["Anna"])
    anna.get(HERE)
    assert "1 (12,5%)" in cells(anna, "Stan w Wykazie dziś")["w"]
    assert cells(anna, "Program w Wykazie dziś") == {"GPR": "1 (12,5%)", "bez": "programu 7 (87,5%)"}
    anna.get(f"{HERE}?wiersze=posilek&kolumny=gmina:program")
    assert "program w Wykazie dziś" in text(anna)
    assert cells(anna, "Posiłek × Gmina")["Mięsny"] == "1 (14,3%) 6 (85,7%)"


def test_the_report_of_a_series_tells_of_one_year_unless_all_are_asked_for(app: Flask, team: dict[str, Person]) -> None:
    for year, cost in ((2024, "100.00"), (2025, "30.00"), (2025, "40.00")):
        sent = office.receive(app, "raport", rok=year, gmina=office.BIALOGARD, koszt=cost)
        with app.app_context():
            run("UPDATE response SET period = ? WHERE key = ?", str(year), sent.key)
    anna = office.visitor(app, team["Anna"])
    for asked, found in (
        ("", "Raport z 2 odpowiedzi. Okres: 2025."),
        ("?okres=2024", "Raport z 1 odpowiedzi. Okres: 2024."),
        ("?okres=wszystkie", "Raport z 3 odpowiedzi. Okres: wszystkie razem."),
        ("?okres=1999", "Raport z 2 odpowiedzi. Okres: 2025."),
    ):
        anna.get(f"/biuro/formularze/raport/raport{asked}")
        assert found in text(anna)
    anna.get(HERE)
    assert "Okres" not in text(anna), "a form without periods"


def test_answers_in_words_are_read_on_a_page_of_their_own(
    app: Flask, team: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PER_PAGE", 5)
    anna = office.visitor(app, team["Anna"])
    anna.get(HERE)
    link = next(each for each in anna.page.all("a") if "Czytaj odpowiedzi: Uwagi" in words(each))
    anna.get(link.get("href", ""))
    assert "uwaga numer 4" in text(anna)
    assert "uwaga numer 7" not in text(anna)
    assert "8 odpowiedzi" in text(anna)
    following = next(each for each in anna.page.all("a") if words(each) == "Następna")
    anna.get(following.get("href", ""))
    assert "uwaga numer 7" in text(anna)
    assert "Strona 2 z 2" in text(anna)
    assert anna.get(f"{HERE}/wiek").status_code == 404


def test_what_is_to_be_published_has_no_small_count_no_text_and_no_extreme(app: Flask, team: dict[str, Person]) -> None:
    anna = office.visitor(app, team["Anna"])
    anna.get(f"{HERE}?publikacja=1&wrazliwe=1")
    assert "Raport do publikacji" in text(anna)
    assert set(cells(anna, "Posiłek").values()) == {"ukryte"}
    assert "Najmniej" not in text(anna)
    assert "Szczególne potrzeby" not in text(anna)
    assert "Czytaj odpowiedzi" not in text(anna)
    assert "Szczecinek" not in text(anna)
    assert anna.get(f"{HERE}/uwagi?publikacja=1").status_code == 404


def test_sensitive_questions_are_shown_on_request_to_whom_they_may_be_and_it_is_written_down(
    app: Flask, team: dict[str, Person]
) -> None:
    beata, celina = (office.visitor(app, team[name]) for name in ("Beata", "Celina"))
    before = audit.count()
    for client, address in ((beata, HERE), (celina, f"{HERE}?wrazliwe=1")):
        client.get(address)
        assert "Szczególne potrzeby" not in text(client)
    assert celina.get(f"{HERE}/potrzeby?wrazliwe=1").status_code == 404
    assert audit.count() == before
    beata.get(f"{HERE}?wrazliwe=1")
    assert "Szczególne potrzeby" in text(beata)
    beata.get(f"{HERE}/potrzeby?wrazliwe=1")
    assert "pętla indukcyjna" in text(beata)
    newest, _ = audit.recent(2)
    assert (newest.action, newest.actor, newest.slug) == ("read-sensitive", audit.staff(team["Beata"].id), "szkolenie")


def test_an_unknown_form_has_no_report(app: Flask, team: dict[str, Person]) -> None:
    anna = office.visitor(app, team["Anna"])
    assert anna.get("/biuro/formularze/nie-ma/raport").status_code == 404
