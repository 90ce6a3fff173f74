"""Completeness for staff: who has sent and who has not, more time for one gmina, a message to those missing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask

from records import obligations
from records.database import database, run
from tests.conscience import Conscience
from tests.records.steps import counting
from tests.views import office
from tests.views.owing import BOARD, BRZEZNO, COUNT, FORM, POLCZYN, SWIDWIN, at, begin, messages, report, turn
from tests.views.pressing import press
from tests.views.test_moved_drafts import edit
from views import services


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"monitoring": FORM}


class Clock:
    """What time it is, until it is moved."""

    moment = at(2027, 3, 1)

    def move(self, moment: datetime) -> None:
        self.moment = moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(services, "clock", lambda: found.moment)
    return found


@pytest.fixture
def beata(app: Flask, clock: Clock) -> Conscience:
    turn(app)
    return office.visitor(app, office.hire("Beata", "handler"))


def gminy(client: Conscience) -> list[str]:
    table = client.page.by_id("rows")
    assert table is not None
    return [str(each.text) for each in table.findall(".//tbody//th/a")]


def test_the_worker_opens_the_period_and_the_board_shows_every_gmina(app: Flask, beata: Conscience) -> None:
    beata.get(BOARD)
    assert len(gminy(beata)) == COUNT
    assert "Wysłały 0 z 6 (0%)" in beata.page.text
    assert "Termin: 31 marca 2027" in beata.page.text


def test_each_state_is_told_with_how_far_a_draft_is(app: Flask, beata: Conscience) -> None:
    begin(app, BRZEZNO)
    report(app, SWIDWIN)
    run("UPDATE response SET state = 'accepted' WHERE gmina = ?", SWIDWIN)
    beata.get(BOARD)
    words = beata.page.text
    assert "szkic, gotowe 60%" in words
    assert "Wysłały 1 z 6 (17%)" in words
    assert "MONITORING-2027-0001" in words


def test_an_accepted_report_is_told_so_and_not_that_it_has_a_place(app: Flask, beata: Conscience) -> None:
    report(app, SWIDWIN, "swidwin@gmina.example")
    key = run("SELECT key FROM response WHERE gmina = ?", SWIDWIN).fetchone()[0]
    beata.get(f"/biuro/odpowiedzi/{key}")
    press(beata, "Przyjmij zgłoszenie")
    beata.get(f"{BOARD}?stan=accepted")
    assert gminy(beata) == ["Świdwin (miasto)"]
    ((_, subject, text),) = messages(app, "accepted")
    assert subject == "Przyjęte: MONITORING-2027-0001"
    assert "miejsce" not in text


def test_filters_narrow_the_table_and_stay_in_the_address(app: Flask, beata: Conscience) -> None:
    report(app, SWIDWIN)
    beata.get(f"{BOARD}?okres=2025&stan=missing")
    assert len(gminy(beata)) == COUNT - 1
    beata.get(f"{BOARD}?okres=2025&stan=sent&powiat=świdwiński")
    assert gminy(beata) == ["Świdwin (miasto)"]
    beata.get(f"{BOARD}?okres=1999&stan=bzdura&powiat=kosmos")
    assert gminy(beata) == []


def test_more_time_lets_one_gmina_begin_send_and_correct_after_the_form_has_closed(app: Flask, clock: Clock) -> None:
    turn(app)
    late = report(app, POLCZYN)
    clock.move(at(2027, 4, 5))
    beata = office.visitor(app, office.hire("Beata", "handler"))
    beata.get(f"{BOARD}/gmina/{BRZEZNO}")
    link = beata.page.by_id("link")
    assert link is not None
    address = str(link.text).removeprefix("http://localhost")
    visitor = office.visitor(app)
    assert visitor.get(address).status_code == 403
    press(beata, "Przedłuż termin", dzien="2027-04-20", powod="Awaria")
    assert "Zapisano nowy termin" in beata.page.text
    assert "20.04.2027" in beata.page.text
    assert "Awaria" in beata.page.text
    assert visitor.get(address).status_code == 200
    assert visitor.page.by_id("gmina") is not None
    token = visitor.send({}).request.path.split("/")[2]
    visitor.send({"koszt": "5"})
    visitor.send()
    beata.get(BOARD)
    assert "MONITORING-2027-0002" in beata.page.text
    visitor.get(f"/z/{token}/")
    assert "Popraw" in visitor.page.text
    visitor.get(f"/z/{late}/")
    assert "Popraw odpowiedzi" not in visitor.page.text
    clock.move(at(2027, 4, 21))
    assert office.visitor(app).get(address).status_code == 403


def test_a_report_of_last_year_is_corrected_though_the_form_collects_the_next(
    app: Flask, clock: Clock, config_dir: Path
) -> None:
    token = report(app, SWIDWIN)
    edit(app, config_dir, "monitoring", FORM.replace("open: 2025", "open: 2026"))
    client = office.visitor(app)
    client.get(f"/z/{token}/")
    client.send(form="popraw")
    client.get(f"/z/{token}/krok/gmina")
    assert client.send({}).status_code == 200
    client.send({"koszt": "120"})
    client.send()
    row = run("SELECT period, correction FROM response WHERE gmina = ?", SWIDWIN).fetchone()
    assert row == ("2025", 1)
    client.get("/f/monitoring/wypelnij")
    asked = client.page.by_id("rok")
    assert asked is not None
    assert asked.get("value") == "2026"
    assert client.send({"rok": "2025", "gmina": BRZEZNO}).status_code == 422


def test_a_link_of_another_form_or_made_up_fills_in_nothing(app: Flask, beata: Conscience) -> None:
    client = office.visitor(app)
    client.get("/f/monitoring/wypelnij?za=abc.1.def")
    chosen = client.page.by_id("gmina")
    assert chosen is not None
    assert not [each for each in chosen if each.get("selected") is not None and each.get("value")]


def test_more_time_needs_a_day_to_come_and_a_reason(app: Flask, beata: Conscience) -> None:
    beata.get(f"{BOARD}/gmina/{BRZEZNO}")
    press(beata, "Przedłuż termin", dzien="2020-01-01", powod="")
    assert beata.page.by_id("dzien-error") is not None
    assert beata.page.by_id("powod-error") is not None


def test_a_gmina_that_was_let_off_is_not_missing_until_that_is_taken_back(app: Flask, beata: Conscience) -> None:
    beata.get(f"{BOARD}/gmina/{BRZEZNO}")
    press(beata, "Zwolnij", **{"powod-zwolnienia": "Połączona"})
    assert "zwolniona" in beata.page.text
    assert len(obligations.missing("monitoring", "2025")) == COUNT - 1
    press(beata, "Przywróć wspólny termin")
    assert len(obligations.missing("monitoring", "2025")) == COUNT


def test_a_period_is_opened_by_hand_and_a_gmina_added(app: Flask, beata: Conscience) -> None:
    beata.get(f"{BOARD}/okresy?okres=2025")
    press(beata, "Otwórz okres", nowy="rok 24")
    assert beata.page.by_id("nowy-error") is not None
    press(beata, "Otwórz okres", nowy="2024", termin="2026-03-31")
    assert "Dopisano okres 6 gminom." in beata.page.text
    press(beata, "Dopisz gminę", gmina=BRZEZNO, powod="Prosi")
    assert "Ta gmina ma już ten okres" in beata.page.text
    beata.get(f"{BOARD}?okres=2024")
    assert "6 0 0 6 0%" in beata.page.text


def test_the_table_goes_out_as_csv_and_into_the_log(app: Flask, beata: Conscience) -> None:
    report(app, SWIDWIN)
    response = beata.get(f"{BOARD}.csv?okres=2025")
    lines = response.get_data().decode("utf-8-sig").splitlines()
    assert len(lines) == COUNT + 1
    row = next(line for line in lines if line.startswith(SWIDWIN))
    assert row == "3216011;Świdwin (miasto);świdwiński;2025;wysłane;Nie;100;2027-03-31;2027-03-01;MONITORING-2027-0001"
    assert run("SELECT COUNT(*) FROM audit_entry WHERE action = 'export'").fetchone()[0] == 1


def test_a_message_goes_to_those_missing_that_can_be_reached(app: Flask, beata: Conscience, clock: Clock) -> None:
    begin(app, BRZEZNO, "brzezno@gmina.example")
    sent = report(app, POLCZYN, "polczyn@gmina.example")
    beata.get(f"{BOARD}/wiadomosc?okres=2025")
    assert "Bez adresu e-mail" in beata.page.text
    assert POLCZYN not in str(beata.page.text)
    press(beata, "Pokaż podgląd", temat="", tresc="")
    assert beata.page.by_id("temat-error") is not None
    press(beata, "Pokaż podgląd", temat="Czekamy", tresc="do {until} czekamy na gminę **{gmina}**.")
    press(beata, "Wyślij")
    assert "Wiadomość czeka na wysłanie do 1 gminy." in beata.page.text
    found = messages(app, "owed")
    assert [(to, subject) for to, subject, _ in found] == [("brzezno@gmina.example", "Czekamy")]
    assert "do 31 marca 2027 r. czekamy na gminę Brzeżno." in found[0][2].replace("\u00a0", " ")
    assert sent


def test_the_board_asks_the_database_no_more_for_more_gminy(app: Flask, beata: Conscience) -> None:
    for gmina in (SWIDWIN, BRZEZNO, POLCZYN):
        report(app, gmina)
    with counting(database.obj) as statements:
        beata.get(BOARD)
    assert len(statements) <= 6
