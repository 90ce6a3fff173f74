"""Groups are files of their own, and what is sensitive stays out of all files."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from forms.answers import EXPLAINED
from records.export.exporter import FORMATS
from tests.records.exports import GROUPS, PERSON, answer, exported, files, objects, publish, whole


def test_each_group_is_a_file_whose_rows_say_where_they_belong(database: Any) -> None:
    version = publish(GROUPS)
    answer(version, osoby=[PERSON, {"imie": "Jan"}], siedziba={"miejscowosc": "Resko", "dostepna": False})
    answer(version, osoby=[{"imie": "Ewa", "noce": [{"dzien": "2027-03-11"}]}])
    found = files("csv", version)
    assert list(found) == ["szkolenie.csv", "szkolenie_osoby.csv", "szkolenie_osoby_noce.csv"]
    first, second = found["szkolenie.csv"]
    columns = ("osoby.count", "siedziba.miejscowosc", "siedziba.dostepna")
    assert [first[name] for name in columns] == ["2", "Resko", "false"]
    assert [second[name] for name in columns] == ["1", "", ""]
    people = [tuple(row.values()) for row in found["szkolenie_osoby.csv"]]
    assert people == [
        ("SZK-2026-0001", "1", "Anna", "2"),
        ("SZK-2026-0001", "2", "Jan", ""),
        ("SZK-2026-0002", "1", "Ewa", "1"),
    ]
    nights = found["szkolenie_osoby_noce.csv"]
    assert list(nights[0]) == ["reference", "osoby.lp", "lp", "dzien"]
    assert [tuple(row.values())[1:] for row in nights] == [
        ("1", "1", "2027-03-09"),
        ("1", "2", "2027-03-10"),
        ("1", "1", "2027-03-11"),
    ]


def test_several_files_come_in_a_zip_with_a_codebook_for_people(database: Any) -> None:
    version = publish(GROUPS)
    answer(version, osoby=[PERSON])
    made = exported("csv-excel", version)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(made.chunks())))
    assert made.ending == "zip"
    assert archive.testzip() is None
    assert archive.namelist() == ["szkolenie.csv", "szkolenie_osoby.csv", "szkolenie_osoby_noce.csv", "slownik.csv"]
    book = archive.read("slownik.csv").decode("utf-8-sig")
    assert "szkolenie_osoby_noce.csv;dzien;Dzień;data;" in book


@pytest.mark.parametrize("format", FORMATS)
def test_sensitive_answers_are_left_out_unless_asked_for(database: Any, format: str) -> None:
    version = publish(GROUPS + "  - {name: potrzeby, type: text, label: Potrzeby, sensitive: true}\n")
    explained = {"DIETA@osoby-0-dieta": "bo zdrowie", "ILE@osoby": "bo tak"}
    answer(version, osoby=[PERSON], potrzeby="winda", **{EXPLAINED: explained})

    for secret in ("koszerna", "winda", "bo zdrowie", "dieta"):
        assert secret not in whole(format, version)
        assert secret in whole(format, version, sensitive=True)
    assert "bo tak" in whole(format, version)


def test_json_keeps_groups_within_the_response_and_values_as_stored(database: Any) -> None:
    version = publish(GROUPS)
    answer(version, jednostka="ROPS", osoby=[PERSON], siedziba={"dostepna": True}, **{EXPLAINED: {"K@osoby": "bo"}})
    (made,) = objects(version, sensitive=True)
    assert made["answers"] == {"jednostka": "ROPS", "osoby": [PERSON], "siedziba": {"dostepna": True}}
    assert (made["reference"], made["explanations"]) == ("SZK-2026-0001", {"K@osoby": "bo"})
