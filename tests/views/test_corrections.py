"""A correction shows what it changes: before it is sent, to its author after, and to staff."""

from __future__ import annotations

import pytest
from flask import Flask

from records import responses
from tests.conscience import Conscience
from tests.views import office
from tests.views.reports import REPORT, begin

FORM = REPORT.replace("label: Opis,", "label: Opis, sensitive: true,").replace(
    "compare: true, prefill: previous", "max: 90"
)


@pytest.fixture
def forms() -> dict[str, str]:
    return {"raport": FORM}


def sent(client: Conscience) -> str:
    token = begin(client, 2025)
    client.send(button="projekty")
    client.send({"projekty-0-nr": "P1", "projekty-0-wydatki": "10"}, button="projekty")
    cells = {"wskazniki--S01.gmina": "5", "wskazniki--S02.gmina": "7"}
    client.send({"koszt": "100", "opis": "sekret", "projekty-1-nr": "P2", **cells})
    client.send()
    return token


def correct(client: Conscience, token: str) -> None:
    client.get(f"/z/{token}/")
    client.send(form="popraw")
    client.get(f"/z/{token}/krok/dane")
    client.send(button="projekty-0")
    client.get(f"/z/{token}/krok/dane")
    client.send(button="projekty")
    changes = {"koszt": "250,50", "opis": "inny", "wskazniki--S01.gmina": "6", "wskazniki--S02.gmina": "7"}
    client.send({**changes, "projekty-0-wydatki": "3", "projekty-1-nr": "P3"})


def rows(client: Conscience) -> list[tuple[str, ...]]:
    """The rows of the tables of differences, in plain blanks."""
    found = []
    for table in client.page.all("table"):
        if any("Było" in "".join(head.itertext()) for head in table.iter("th")):
            for row in table.iter("tr"):
                cells = ["".join(cell.itertext()).replace("\xa0", " ").strip() for cell in row.iter("td")]
                found += [tuple(cells)] if cells else []
    return found


CHANGED = [
    ("Koszt", "100,00 zł", "250,50 zł"),
    ("Opis", "sekret", "inny"),
    ("Wskaźniki", "Bezrobotni – W gminie: 5 os.", "Bezrobotni – W gminie: 6 os."),
    ("Projekt P2 – Wydatki", "brak odpowiedzi", "3,00 zł"),
    ("Projekt P3", "brak odpowiedzi", "dodana pozycja"),
    ("Projekt P3 – Numer", "brak odpowiedzi", "P3"),
    ("Projekt P1", "usunięta pozycja", "brak odpowiedzi"),
]


def test_its_author_sees_what_it_changes_before_sending_and_after(client: Conscience) -> None:
    token = sent(client)
    client.get(f"/z/{token}/")
    assert rows(client) == []
    correct(client, token)
    client.get(f"/z/{token}/podsumowanie")
    assert rows(client) == CHANGED
    assert "Co zmienia ta poprawka" in client.page.text
    client.send()
    client.get(f"/z/{token}/")
    assert rows(client) == CHANGED
    assert "Co zmieniła poprawka 1" in client.page.text


def test_staff_see_it_without_what_they_may_not_read(client: Conscience, app: Flask) -> None:
    token = sent(client)
    correct(client, token)
    client.get(f"/z/{token}/podsumowanie")
    client.send()
    with app.app_context():
        team = office.team()
        stored = responses.by_id(1)
    assert stored is not None
    for name, seen in (("Anna", CHANGED), ("Celina", [row for row in CHANGED if row[0] != "Opis"])):
        person = office.visitor(app, team[name])
        person.get(f"/biuro/odpowiedzi/{stored.key}")
        assert rows(person) == seen


def test_a_correction_that_changes_nothing_says_so(client: Conscience) -> None:
    token = sent(client)
    client.get(f"/z/{token}/")
    client.send(form="popraw")
    assert "Żadna odpowiedź nie jest inna niż przedtem." in client.page.text
