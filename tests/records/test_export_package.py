"""A data package says of itself what it holds, and the validator of the standard agrees."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import frictionless
import pytest

from forms.answers import EXPLAINED
from tests.records.exports import EVERYTHING, GROUPS, PERSON, answer, exported, publish

MORE = """
  - {name: moment, type: datetime, label: Moment}
  - {name: miesiac, type: month, label: Miesiąc}
  - {name: rok, type: year, label: Rok}
  - {name: ocena, type: scale, label: Ocena}
  - {name: wiek, type: integer, label: Wiek, min: 18, max: 99}
  - {name: udzial, type: percent, label: Udział}
  - {name: zgody, type: matrix, label: Zgody, rows: [{id: r1, label: Raz}], options: [Tak, Nie]}
"""
FULL = {
    "nazwa": 'cudzysłów " i , i | i =1+1',
    "opis": "raz\ndwa",
    "telefon": "+48910000001",
    "liczba": -5,
    "kwota": "12.50",
    "dzien": "2027-03-09",
    "godzina": "08:30",
    "nocleg": False,
    "dieta": "other:koszerna",
    "potrzeby": ["wozek", "pjm"],
    "moment": "2027-03-09T10:00",
    "miesiac": "2027-03",
    "rok": 2027,
    "ocena": 5,
    "wiek": 44,
    "udzial": "12.5",
    "zgody": {"r1": "tak"},
}


def unpacked(version: int, folder: Path, **more: Any) -> dict[str, Any]:
    """The descriptor of a package that now lies in the folder."""
    with zipfile.ZipFile(io.BytesIO(b"".join(exported("datapackage", version, **more).chunks()))) as archive:
        archive.extractall(folder)
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text())
    return found


def complaints(folder: Path) -> list[str]:
    """What the validator finds wrong with the package."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.stats["tasks"] >= 2, "the tables were looked at"
    return [": ".join(map(str, found)) for found in report.flatten(["type", "fieldName", "note"])]


def fields(package: dict[str, Any], resource: int = 0) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in package["resources"][resource]["schema"]["fields"]}


def test_the_validator_accepts_every_kind_of_answer(database: Any, tmp_path: Path) -> None:
    version = publish(EVERYTHING + MORE)
    answer(version, **FULL, **{EXPLAINED: {"A@nazwa": "bo\ntak"}})
    answer(version)
    unpacked(version, tmp_path)
    assert complaints(tmp_path) == []


def test_the_validator_accepts_groups_within_groups_and_follows_their_keys(database: Any, tmp_path: Path) -> None:
    version = publish(GROUPS)
    answer(version, jednostka="ROPS", osoby=[PERSON, {"imie": "Jan"}, PERSON])
    answer(version, osoby=[PERSON])
    package = unpacked(version, tmp_path, sensitive=True)
    assert complaints(tmp_path) == []
    nights = package["resources"][2]["schema"]
    assert nights["primaryKey"] == ["reference", "osoby.lp", "lp"]
    assert nights["foreignKeys"] == [
        {
            "fields": ["reference", "osoby.lp"],
            "reference": {"resource": "szkolenie_osoby", "fields": ["reference", "lp"]},
        }
    ]
    (tmp_path / "szkolenie.csv").write_text((tmp_path / "szkolenie.csv").read_text().replace("-0002", "-0003"))
    assert any(each.startswith("foreign-key") for each in complaints(tmp_path)), "the validator follows the keys"


def test_columns_say_what_they_hold(database: Any, tmp_path: Path) -> None:
    version = publish(EVERYTHING + MORE)
    found = fields(unpacked(version, tmp_path))
    assert (found["dzien"]["type"], found["nocleg"]["type"], found["kwota"]["type"]) == ("date", "boolean", "number")
    assert (found["wiek"]["type"], found["wiek"]["constraints"]) == ("integer", {"minimum": 18, "maximum": 99})
    assert found["dieta"]["constraints"] == {"enum": ["miesna", "weganska", "other"]}
    assert found["dieta"]["categories"][0] == {"value": "miesna", "label": "mięsna"}
    assert found["potrzeby"]["constraints"]["pattern"] == r"(?:wozek|pjm)(?:\|(?:wozek|pjm))*"
    assert found["kwota"]["title"] == "Kwota"


def test_what_an_older_version_allowed_is_still_valid(database: Any, tmp_path: Path) -> None:
    head = "title: T\nfields:\n"
    option = "  - {name: dieta, type: choice, label: D, options: [miesna, weganska]}\n"
    old = publish(
        head + option + "  - {name: wiek, type: integer, label: W, min: 1}\n  - {name: x, type: date, label: X}"
    )
    answer(old, dieta="weganska", wiek=5, x="2027-01-01")
    option = "  - {name: dieta, type: choice, label: D, options: [miesna, bezglutenowa]}\n"
    new = publish(
        head + option + "  - {name: wiek, type: integer, label: W, min: 18}\n  - {name: x, type: text, label: X}"
    )
    answer(new, dieta="bezglutenowa", wiek=20, x="kiedyś")
    found = fields(unpacked(new, tmp_path))
    assert complaints(tmp_path) == []
    assert found["dieta"]["constraints"]["enum"] == ["miesna", "bezglutenowa", "weganska"]
    assert (found["wiek"]["constraints"], found["x"]["type"]) == ({"minimum": 1}, "string")


@pytest.mark.parametrize("name", ["slownik.csv", "slownik.md"])
def test_a_codebook_in_polish_lies_beside_the_tables(database: Any, tmp_path: Path, name: str) -> None:
    version = publish(GROUPS)
    unpacked(version, tmp_path)
    book = (tmp_path / name).read_text()
    assert "Imię" in book
    assert "szkolenie_osoby.csv" in book


def test_the_descriptor_is_the_same_as_long_as_nothing_changes(database: Any, tmp_path: Path) -> None:
    version = publish(GROUPS)
    answer(version, osoby=[PERSON])
    package = unpacked(version, tmp_path)
    assert package == unpacked(version, tmp_path)
    assert package["resources"][0]["bytes"] == (tmp_path / "szkolenie.csv").stat().st_size
