"""What staff find in the morning: each thing that waits with a link that opens exactly it, of their own forms only."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from records import editing
from records.database import database, run
from tests.conscience import Conscience
from tests.records.steps import counting
from tests.soundness import words
from tests.views import office
from tests.views.training import FORMS
from views import services

TODAY = "/biuro/dzis"
REQUEST = """
title: Doradztwo
review: staff
closes: 2027-01-25 15:00
fields:
  - {name: gmina, type: gmina, label: Gmina}
  - {name: temat, type: text, label: Temat}
"""
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"doradztwo": REQUEST, "szkolenie": FORMS["szkolenie"], "zla": office.BROKEN}


def lists(client: Conscience) -> dict[str, list[str]]:
    """The lists of the page: title to lines."""
    found: dict[str, list[str]] = {}
    for section in client.page.all("section"):
        title = next(words(each) for each in section.iter("h2"))
        found[title] = [words(each) for each in section.iter("li")]
    return found


def follow(client: Conscience, text: str) -> None:
    (link,) = [each for each in client.page.all("a") if words(each) == text and "/biuro/" in each.get("href", "")][:1]
    client.get(link.get("href", ""))


def references(client: Conscience) -> list[str]:
    return [words(cell)[-4:] for cell in client.page.all("th") if cell.get("scope") == "row"]


def test_what_is_new_since_the_last_visit_opens_as_just_those(
    app: Flask, beata: Conscience, clock: list[datetime]
) -> None:
    office.receive(app, "doradztwo", at=clock[0] - timedelta(days=2), temat="Stara")
    beata.get(TODAY)
    assert lists(beata)["Nowe odpowiedzi"] == ["Doradztwo 1 nowa"]
    clock[0] += timedelta(hours=2)
    office.receive(app, "doradztwo", at=clock[0] - timedelta(hours=1), temat="Nowa")
    for _ in range(2):  # coming back to the page within a visit takes nothing away
        beata.get(TODAY)
        assert lists(beata)["Nowe odpowiedzi"] == ["Doradztwo 1 nowa"]
        clock[0] += timedelta(minutes=10)
    (link,) = [a for a in beata.page.all("a") if "from=" in a.get("href", "")]
    beata.get(link.get("href", ""))
    assert references(beata) == ["0002"]
    clock[0] += timedelta(hours=3)
    beata.get(TODAY)
    assert "Nowe odpowiedzi" not in lists(beata)


def test_what_waits_for_a_decision_opens_as_just_those(app: Flask, beata: Conscience) -> None:
    office.receive(app, "doradztwo", temat="a")
    office.receive(app, "doradztwo", temat="b")
    run("UPDATE response SET state = 'accepted' WHERE number = 1")
    beata.get(TODAY)
    assert lists(beata)["Do decyzji"] == ["Doradztwo 1 odpowiedź"]
    (link,) = [a for a in beata.page.all("a") if "state=submitted" in a.get("href", "")]
    beata.get(link.get("href", ""))
    assert references(beata) == ["0002"]


def test_mistakes_failed_messages_deadlines_and_missing_gminy_are_told(app: Flask, beata: Conscience) -> None:
    sent = office.receive(app, "doradztwo", gmina=office.BIALOGARD, temat="a")
    moment = "2027-01-20 10:00:00"
    run(
        "INSERT INTO message (once, slug, response_id, kind, language, facts, state, attempts, repeated, due_at, created_at) "
        "VALUES ('x', 'doradztwo', ?, 'received', 'pl', '{}', 'failed', 5, 0, ?, ?)",
        *(sent.id, moment, moment),
    )
    beata.get(TODAY)
    found = lists(beata)
    assert found["Formularze z błędami"] == ["zla 1 błąd"]
    assert found["Wiadomości, które nie wyszły"] == ["Zobacz i wyślij ponownie 1 wiadomość"]
    assert found["Terminy w najbliższych 7 dniach"] == ["Doradztwo zamknięcie: 25 stycznia 2027 r., godz. 15:00"]
    (missing,) = found["Gminy, których brakuje"]
    assert missing.startswith("Doradztwo brakuje ")
    follow(beata, "Zobacz i wyślij ponownie")
    assert beata.page.heading == "Wiadomości"


def test_a_waiting_list_that_moved_is_told_with_offers_that_lapse(app: Flask, beata: Conscience) -> None:
    sent = office.receive(app, "doradztwo", temat="a")
    event = next(iter(office.services(app).catalogue.get("szkolenie").places))  # type: ignore[union-attr]
    booking = (
        "INSERT INTO booking (response_id, slug, event, item, person, state, priority, sequence, offered_until, booked_at, "
        "changed_at) VALUES (?, 'szkolenie', ?, ?, '', ?, 0, ?, ?, '2027-01-19 09:00:00', ?)"
    )
    new, old = "2027-01-20 10:00:00", "2026-12-20 10:00:00"
    rows: list[tuple[Any, ...]] = [
        ("accepted", 1, None, new),
        ("accepted", 0, None, new),  # got a place at once
        ("accepted", 1, None, old),  # got one before the last visit
        ("offered", 1, "2027-01-22 10:00:00", old),
    ]
    for n, (state, sequence, until, changed) in enumerate(rows):
        run(booking, sent.id, event, f"osoby-{n}", state, sequence, until, changed)
    beata.get(TODAY)
    (line,) = lists(beata)["Listy rezerwowe"]
    assert line.endswith("1 osoba dostała miejsce, 1 osoba ma potwierdzić")
    assert any("propozycja miejsca wygasa" in each for each in lists(beata)["Terminy w najbliższych 7 dniach"])


def test_it_is_calm_when_there_is_nothing(app: Flask, config_dir: Path, clock: list[datetime]) -> None:
    for name in ("doradztwo", "zla", "szkolenie"):
        (config_dir / "forms" / f"{name}.yaml").unlink()
    office.services(app).catalogue.refresh(now=True)
    client = office.visitor(app, office.hire("Beata", "handler"))
    client.get(TODAY)
    assert lists(client) == {}
    assert "Nic na Ciebie nie czeka" in client.page.text


def test_who_is_limited_to_some_forms_hears_of_no_other(app: Flask) -> None:
    office.receive(app, "doradztwo", temat="a")
    client = office.visitor(app, office.limit(office.hire("Beata", "handler"), "szkolenie"))
    client.get(TODAY)
    assert "Doradztwo" not in client.page.text
    assert "zla" not in str(lists(client))


def test_an_editor_sees_what_concerns_forms_and_nothing_of_responses(app: Flask) -> None:
    office.receive(app, "doradztwo", temat="a")
    client = office.visitor(app, office.hire("Edyta", "editor"))
    client.get(TODAY)
    assert set(lists(client)) == {"Formularze z błędami", "Terminy w najbliższych 7 dniach"}


def test_who_only_looks_is_not_told_of_what_others_decide(app: Flask, clock: list[datetime]) -> None:
    office.receive(app, "doradztwo", at=clock[0] - timedelta(hours=1), temat="a")
    client = office.visitor(app, office.hire("Celina", "viewer"))
    client.get(TODAY)
    assert "Nowe odpowiedzi" in lists(client)
    assert "Do decyzji" not in lists(client)


def test_an_editor_is_reminded_of_what_they_have_written_and_not_published(app: Flask) -> None:
    edyta, other = office.hire("Edyta", "editor"), office.hire("Ewa", "editor")
    for slug, text in (("doradztwo", REQUEST + "# i dalej"), ("nowy", "title: Nowy")):
        editing.begin(slug, edyta.id, text, "", services.now())
    client = office.visitor(app, edyta)
    client.get(TODAY)
    texts = lists(client)["Twoje nieopublikowane teksty"]
    assert sorted(each.split()[0] for each in texts) == ["Doradztwo", "nowy"]
    follow(client, "Doradztwo")
    assert client.page.by_id("tekst") is not None
    ewa = office.visitor(app, other)
    ewa.get(TODAY)
    assert "Twoje nieopublikowane teksty" not in lists(ewa)


def test_the_page_asks_as_much_for_thirty_forms_as_for_three(app: Flask, beata: Conscience, config_dir: Path) -> None:
    for n in range(30):
        (config_dir / "forms" / f"nowy-{n}.yaml").write_text(REQUEST, encoding="utf-8")
    office.services(app).catalogue.refresh(now=True)
    for n in range(30):
        office.receive(app, f"nowy-{n}", temat="a")
    with counting(database) as seen:
        beata.get(TODAY)
    assert len(seen) <= 12, seen
    assert "i jeszcze 20" in beata.page.text
    assert len(lists(beata)["Do decyzji"]) == 30, "those not in sight are a click away"


def test_signing_in_leads_here_and_it_is_the_first_entry_of_the_menu(app: Flask, beata: Conscience) -> None:
    beata.get("/biuro/")
    menu = [words(a) for a in beata.page.all("a") if a.get("href", "").startswith("/biuro/")]
    assert menu[0] == "Dziś"
