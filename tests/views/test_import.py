"""The command `forms import`, and the form that comes of it: filled in from the first page to the reference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from forms.importing import import_xlsform
from tests.conscience import Conscience
from tests.forms.definitions import AROUND
from tests.journeys import Journey, changed
from tests.workbooks import row, visit, workbook
from views.services import Services

ANSWERS: dict[str, Any] = {
    "gmina": "Karlino", "powiat": "x1", "miasto": "k", "osoba": "Anna Lis", "poczta": "anna@karlino.example",
    "telefon": "500 000 001", "tytul": "Rynek od nowa", "opis": "Odnowa rynku.", "od": "01.03.2027", "do": "30.06.2027",
    "koszt": "100 000", "wklad": "60 000", "temat": ["diagnoza", "dostepnosc"], "temat_opis": "Audyt ulic.",
    "ile": "2", "osoby": [{"imie": "Jan", "wiek": "17", "nocleg": "tak", "zgoda_opiekuna": "Ewa Lis"},
                          {"imie": "Ola", "wiek": "40", "nocleg": "nie"}],
    "oceny": {"o_plan": "dobrze", "o_zespol": "slabo"}, "pewnosc": "4", "zgoda": "tak",
}  # fmt: skip


@pytest.fixture
def forms() -> dict[str, str | Path]:
    return {"wizyta": import_xlsform(visit(), "wizyta.xlsx", AROUND, "wizyta").text}


def filled(app: Flask, client: Conscience, changes: dict[str, Any]) -> Conscience:
    """The imported form, filled in as far as it lets the answers through."""
    services: Services = app.extensions["nabor"]
    form = services.catalogue.get("wizyta")
    assert form is not None
    Journey(client, form, changed(ANSWERS, changes)).fill()
    return client


def test_an_imported_form_is_filled_in_from_the_first_page_to_the_reference(app: Flask, client: Conscience) -> None:
    filled(app, client, {})
    assert client.page.heading == "Sprawdź odpowiedzi i wyślij"
    assert "Ewa Lis" in client.page.text
    assert "Udział wkładu w procentach 60" in client.page.text
    assert "Liczba noclegów 1" in client.page.text
    client.send()
    number = next(each for each in client.page.elements if "sent__number" in each.get("class", ""))
    assert number.text == "WIZYTA-2026-0001"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"do": "01.02.2027"}, "Koniec nie może być przed początkiem."),
        ({"wklad": "200 000"}, "Wkład nie może przekroczyć kosztu."),
        ({"koszt": "0", "wklad": None}, "Podaj kwotę do miliona."),
        ({"powiat": None}, "Wybierz powiat."),
        ({"ile": "3"}, "Dodaj tyle pozycji, ile wynika z poprzednich odpowiedzi."),
        ({"ile": "9"}, "Od 1 do 3 osób."),
        ({"osoby.0.zgoda_opiekuna": None}, "Kto jest opiekunem?"),
        ({"poczta": "anna"}, "Podaj pełny adres e-mail."),
    ],
)
def test_an_imported_rule_is_kept_and_says_its_message(
    changes: dict[str, Any], said: str, app: Flask, client: Conscience
) -> None:
    filled(app, client, changes)
    assert client.page.heading != "Sprawdź odpowiedzi i wyślij"
    assert said in client.page.text


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["forms", "import", *arguments])


def saved(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_a_form_turned_in_full_is_written_and_exits_with_0(app: Flask, tmp_path: Path, config_dir: Path) -> None:
    out = config_dir / "forms" / "nowa.yaml"
    result = run(app, saved(tmp_path, "a.xlsx", visit()), "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Zapisano" in result.stderr
    services: Services = app.extensions["nabor"]
    services.catalogue.refresh(now=True)
    assert services.catalogue.get("nowa") is not None


def test_remarks_go_to_standard_error_and_the_exit_code_is_3(app: Flask, tmp_path: Path) -> None:
    data = workbook([row("text", "q"), row("geopoint", "gps")])
    result = run(app, saved(tmp_path, "ankieta.xlsx", data))
    assert result.exit_code == 3
    assert result.stdout.startswith("# Z pliku ankieta.xlsx (XLSForm).")
    assert "ankieta.xlsx: survey!A3 (type): mapy" in result.stderr
    assert "1 uwaga." in result.stderr


def test_a_file_of_no_use_exits_with_2_and_one_sentence(app: Flask, tmp_path: Path) -> None:
    result = run(app, saved(tmp_path, "a.xlsx", b"nic"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr.strip() == "a.xlsx: To nie jest plik .xlsx. Zapisz arkusz w formacie .xlsx i spróbuj jeszcze raz."
    )


@pytest.mark.parametrize(("out", "said"), [("wizyta.yaml", "już jest"), ("Moja Ankieta.yaml", "małymi literami"),
                                           ("nie/ma.yaml", "Utwórz go"), ("a.txt", "małymi literami")])  # fmt: skip
def test_nothing_is_overwritten_and_a_name_that_cannot_serve_is_refused(
    out: str, said: str, app: Flask, tmp_path: Path, config_dir: Path
) -> None:
    before = (config_dir / "forms" / "wizyta.yaml").read_bytes()
    result = run(app, saved(tmp_path, "a.xlsx", visit()), "--out", str(config_dir / "forms" / out))
    assert result.exit_code == 2
    assert said in result.stderr
    assert (config_dir / "forms" / "wizyta.yaml").read_bytes() == before
