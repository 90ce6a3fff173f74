"""What was sent leaves as a file: from the buttons of the staff pages and from the command, for those who may."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from flask import Flask

from records import audit
from records.people import Person
from tests.conscience import Conscience
from tests.soundness import words
from tests.views import office

# With a group there are two tables, and so two files in a ZIP.
GROUP = """
  - {name: osoby, type: group, label: Osoby, fields: [{name: imie, type: text, label: Imię}]}
"""
FORMATS = {
    "Excel": "xlsx",
    "CSV dla Excela": "csv-excel",
    "CSV": "csv",
    "JSON": "jsonl",
    "Pakiet danych": "datapackage",
}


@pytest.fixture
def forms() -> dict[str, str]:
    return {"szkolenie": office.TRAINING + GROUP}


@pytest.fixture
def team(app: Flask) -> dict[str, Person]:
    return office.team()


@pytest.fixture
def sent(app: Flask) -> list[str]:
    """The numbers of two responses; the third is a draft and stays at home."""
    first = office.receive(app, gmina=office.SWINOUJSCIE, osoba="Zofia Żabińska", dieta="bez glutenu")
    second = office.receive(app, gmina=office.BIALOGARD, osoba="=HYPERLINK(0)", at=office.SENT + timedelta(days=1))
    office.begin(app, osoba="Szkic Szkicowski")
    return [str(first.reference), str(second.reference)]


def download(client: Conscience, format: str) -> bytes:
    """What the page of exports gives in this format; its name in the folder of downloads is checked too."""
    client.get(f"/biuro/formularze/szkolenie/eksport?format={format}")
    link = next(link for link in client.page.all("a") if words(link) == "Pobierz plik")
    response = client.get(link.get("href", ""))
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"].startswith('attachment; filename="szkolenie-20')
    return response.data


def table(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_csv_gives_every_sent_response_and_no_draft(app: Flask, team: dict[str, Person], sent: list[str]) -> None:
    files = contents(download(office.visitor(app, team["Anna"]), "csv"))
    rows = table(files["szkolenie.csv"].decode("utf-8-sig"))
    assert [row["reference"] for row in rows] == sent
    assert rows[0]["osoba"] == "Zofia Żabińska"


def test_excel_gives_a_workbook(app: Flask, team: dict[str, Person], sent: list[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(download(office.visitor(app, team["Anna"]), "xlsx")))
    assert [row[0] for row in book["Odpowiedzi"].iter_rows(min_row=2, values_only=True)] == sent


def test_an_export_is_in_the_audit_log(app: Flask, team: dict[str, Person], sent: list[str]) -> None:
    office.visitor(app, team["Anna"]).get("/biuro/formularze/szkolenie/eksport/xlsx")
    (entry,) = audit.recent(1)
    assert (entry.actor, entry.action, entry.slug) == (audit.staff(team["Anna"].id), "export", "szkolenie")
    assert entry.details == {"format": "xlsx"}


def test_the_csv_for_excel_is_a_zip_whose_table_excel_opens_in_columns(
    app: Flask, team: dict[str, Person], sent: list[str]
) -> None:
    made = contents(download(office.visitor(app, team["Anna"]), "csv-excel"))["szkolenie.csv"]
    assert made.startswith("\ufeff".encode()), "Excel takes it for UTF-8 only with this mark"
    rows = table(made.decode("utf-8-sig"), ";")
    assert {"Zofia Żabińska"} <= set(rows[0].values())
    assert not any(str(value).startswith("=") for row in rows for value in row.values())


def test_json_gives_the_same_responses(app: Flask, team: dict[str, Person], sent: list[str]) -> None:
    made = download(office.visitor(app, team["Anna"]), "jsonl").decode("utf-8")
    found = [json.loads(line) for line in made.splitlines()]
    assert [each["reference"] for each in found] == sent


@pytest.mark.parametrize("format", FORMATS.values())
def test_sensitive_answers_stay_out_of_every_export(
    app: Flask, team: dict[str, Person], sent: list[str], format: str
) -> None:
    made = contents(office.visitor(app, team["Anna"]).get(f"/biuro/formularze/szkolenie/eksport/{format}").data)
    assert b"Zofia" in b"".join(made.values())
    assert b"bez glutenu" not in b"".join(made.values())


@pytest.mark.parametrize("format", FORMATS.values())
def test_who_only_looks_takes_nothing_home(app: Flask, team: dict[str, Person], sent: list[str], format: str) -> None:
    celina = office.visitor(app, team["Celina"])
    celina.get("/biuro/formularze/szkolenie/odpowiedzi")
    assert not [link for link in celina.page.all("a") if "eksport" in link.get("href", "")]
    assert celina.get(f"/biuro/formularze/szkolenie/eksport/{format}").status_code == 403


def test_an_unknown_format_or_form_is_not_found(app: Flask, team: dict[str, Person]) -> None:
    anna = office.visitor(app, team["Anna"])
    assert anna.get("/biuro/formularze/szkolenie/eksport/exe").status_code == 404
    assert anna.get("/biuro/formularze/nie-ma/eksport/csv").status_code == 404


@pytest.mark.parametrize("format", FORMATS.values())
def test_the_command_writes_what_the_button_gives(
    app: Flask, team: dict[str, Person], sent: list[str], format: str, tmp_path: Path
) -> None:
    out = tmp_path / "wszystkie.zip"
    arguments = ["forms", "export", "szkolenie", "--format", format, "--out", str(out)]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0, result.output
    made = office.visitor(app, team["Anna"]).get(f"/biuro/formularze/szkolenie/eksport/{format}").data
    assert out.read_bytes() == made


def contents(made: bytes) -> dict[str, bytes]:
    """The files in a ZIP, or the one file."""
    if not made.startswith(b"PK"):
        return {"": made}
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_command_names_the_forms_there_are_and_leaves_no_file(app: Flask, tmp_path: Path) -> None:
    result = app.test_cli_runner().invoke(args=["forms", "export", "szkolenia", "--out", str(tmp_path / "x.csv")])
    assert result.exit_code == 1
    assert "Są: szkolenie" in result.output
    assert list(tmp_path.glob("*x.csv*")) == []
