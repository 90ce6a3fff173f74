"""Public statistics for staff and beside questions: read, compared, kept; shown with source and date, and filled in where asked for."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from records import gus
from tests.conscience import Conscience
from tests.views import office
from tests.views.owing import FORM
from tests.views.pressing import press
from tests.views.test_indicators import rows

PAGE = "/biuro/statystyki"
CSV = '"Kod";"Nazwa";"ogółem;2024;[osoba]";"ogółem;2025;[osoba]"\n"3216011";"Świdwin";"15000";"14893"\n"3200000";"ZP";"1";"2"\n'
YEARLY = FORM.replace(
    "      - {name: koszt",
    "      - {name: ludnosc, type: integer, label: {pl: Ludność, en: People}, statistics: ludnosc, prefill: statistics}\n"
    "      - {name: bezrobotni, type: integer, label: {pl: Bezrobotni, en: Jobless}, statistics: bezrobotni}\n"
    "      - {name: koszt",
)


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"monitoring": YEARLY}


def compared(client: Conscience, text: str, variable: str = "ludnosc", **more: str) -> None:
    client.get(PAGE)
    file = (io.BytesIO(text.encode()), "bdl.csv")
    answers: dict[str, Any] = {"plik": file, "zmienna": variable, "zrodlo": "GUS BDL", "stan": "2026-05-31"}
    press(client, "Porównaj", **{**answers, **more})


def test_a_file_is_compared_and_kept_only_when_that_is_confirmed(app: Flask, beata: Conscience) -> None:
    compared(beata, CSV)
    assert "2 wartości" in beata.page.text
    assert "Pominięto 1 kod" in beata.page.text
    with app.app_context():
        assert gus.known() == []
    press(beata, "Zapisz")
    assert "Zapisano: ludnosc." in beata.page.text
    assert "31.05.2026" in beata.page.text
    compared(beata, CSV.replace("14893", "14900"))
    assert rows(beata, "Wartości, które się zmienią") == [["Świdwin (miasto)", "2025", "14 893", "14 900"]]


def test_a_name_that_no_form_asks_for_is_doubted_before_it_is_kept(beata: Conscience) -> None:
    beata.get("/biuro/statystyki")
    assert "Formularze pytają o: bezrobotni, ludnosc." in beata.page.text.replace("\u00a0", " ")
    compared(beata, CSV, "ludnosci")
    assert "Żaden formularz nie pyta o zmienną „ludnosci”." in beata.page.text.replace("\u00a0", " ")
    compared(beata, CSV)
    assert "Żaden formularz" not in beata.page.text


def test_what_is_wrong_is_said_at_its_input_and_nothing_typed_is_lost(beata: Conscience) -> None:
    compared(beata, "Nazwa;2025\nŚwidwin;1\n", "Ludność", stan="wczoraj")
    for words in ("Brakuje kolumny „Kod”", "Podaj nazwę z liter a–z", "Podaj dzień"):
        assert words in beata.page.text
    names = {each.get("name"): each.get("value") for each in beata.page.elements if each.get("name")}
    assert (names["zmienna"], names["zrodlo"]) == ("Ludność", "GUS BDL")


def test_the_number_stands_beside_the_question_and_fills_it_in(app: Flask, beata: Conscience) -> None:
    for variable in ("ludnosc", "bezrobotni"):
        compared(beata, CSV, variable)
        press(beata, "Zapisz")
    client = office.visitor(app)
    client.get("/f/monitoring/wypelnij")
    client.send({"gmina": "3216011", "email": ""})
    values = {each.get("name"): each.get("value") for each in client.page.elements if each.get("name")}
    assert (values["ludnosc"] or "").replace("\u00a0", " ") == "14 893"
    assert not values["bezrobotni"]
    assert client.page.text.count("GUS BDL, stan na 31 maja 2026 r.: 14 893") == 2
    assert client.page.text.count("Wpisane ze statystyki publicznej – sprawdź.") == 1


def test_a_gmina_of_which_nothing_is_known_sees_nothing(app: Flask, beata: Conscience) -> None:
    compared(beata, CSV)
    press(beata, "Zapisz")
    client = office.visitor(app)
    client.get("/f/monitoring/wypelnij")
    client.send({"gmina": "3216022", "email": ""})
    assert "GUS BDL" not in client.page.text


def test_the_command_says_what_changes_and_keeps_nothing_in_a_dry_run(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "bdl.csv"
    file.write_text(CSV, encoding="utf-8")
    runner = app.test_cli_runner()
    asked = ["statistics", "import", str(file), "--variable", "ludnosc", "--as-of", "2026-05-31"]
    assert "Nowe: 2, zmienione: 0, bez zmian: 0." in runner.invoke(args=[*asked, "--dry-run"]).output
    assert "Nowe: 2" in runner.invoke(args=asked).output
    assert "bez zmian: 2" in runner.invoke(args=asked).output
    file.write_text("Kod;2025\n3216011;dużo\n", encoding="utf-8")
    failed = runner.invoke(args=asked)
    assert failed.exit_code == 1
    assert "Wiersz 2: „dużo” nie jest liczbą." in failed.output
