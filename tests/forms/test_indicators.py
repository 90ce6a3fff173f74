"""Indicators in YAML: read with places and did-you-mean, worked out in the version answered, with the reason for every gap."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from config.settings import ROOT
from forms.catalogue import Catalogue
from forms.codes import CODES
from forms.definition import Form
from forms.indicators import Indicators, Sheet
from forms.indicators.reader import FILE_KEYS, INDICATOR_KEYS, SCHEMA, TILE_KEYS, read_indicators, read_tiles
from forms.indicators.working_out import Formulas
from forms.reader import read_form
from tests.forms.definitions import AROUND, CATALOGUE
from tests.forms.yaml_core import load
from views.checking import check_all, check_files

FORM = """
title: Próba
privacy: rodo
period: {field: rok, every: year}
conditions: {duza: "ludnosc > 1000"}
steps:
  - id: kto
    title: Kto
    fields:
      - {name: rok, type: year, label: Rok}
      - {name: gmina, type: gmina, label: Gmina}
      - {name: ludnosc, type: integer, label: Ludność}
      - {name: dieta, type: integer, label: Dieta, sensitive: true}
  - id: dane
    title: Dane
    when: duza
    fields:
      - {name: koszt, type: money, label: Koszt}
      - {name: udzial, type: computed, label: Udział, value: koszt / ludnosc}
      - name: tabela
        type: table
        label: Dane
        no_data: true
        rows: [{value: S1, label: Bezrobotni}]
        columns: [{name: gmina, type: decimal, label: Gmina}]
      - {name: projekty, type: group, label: Projekty, fields: [{name: wydatki, type: money, label: Wydatki}]}
"""


def form(text: str = FORM) -> Form:
    found = read_form("proba.yaml", text, AROUND).form
    assert found is not None
    return found


def sheet(*formulas: str, of: Form | None = None) -> Sheet:
    """The indicators w0, w1 … with these formulas."""
    lines = [f'  - {{name: w{n}, label: Wskaźnik, formula: "{formula}"}}' for n, formula in enumerate(formulas)]
    found = read_indicators("indicators/proba.yaml", "\n".join(["indicators:", *lines]), of or form(), ["proba"], ())
    assert not found.problems, [problem.line() for problem in found.problems]
    return found


def worked_out(formula: str, version: Form | None = None, **kept: Any) -> tuple[Decimal | None, str]:
    """The value and the note of one formula, of these stored answers to a version."""
    known = tuple(sheet(formula).indicators.values())
    made = Formulas(version or form(), form(), known, lambda name, day: None)
    ((_, value, note),) = made.values(kept, date(2026, 11, 20))
    return value, note


def mistakes(text: str, file: str = "indicators/proba.yaml", of: Form | None = None) -> list[tuple[str, int]]:
    found = read_indicators(file, text, of, ["proba"], ())
    assert all(problem.level == CODES[problem.code].level for problem in found.problems)
    return [(problem.code, problem.place.line) for problem in found.problems]


def test_the_offices_own_files_have_no_mistakes_and_follow_the_schema() -> None:
    known = Indicators(ROOT / "config", CATALOGUE)
    assert [problems for _, _, problems in known.files() if problems] == []
    own = known.sheet("monitoring")
    assert own is not None
    assert 10 <= len(own.indicators) <= 20
    assert {tile.powiat for tile in known.tiles} == {row["powiat"] for row in (CATALOGUE.rows("gminy") or exit()).rows}
    Draft202012Validator.check_schema(SCHEMA)
    assert list(Draft202012Validator(SCHEMA).iter_errors(load(own.text))) == []
    assert list(Draft202012Validator(SCHEMA).iter_errors(load("indicators: [{nam: a}]"))) != []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("indicators:\n  - {name: a, label: A, formula: kosz}", "unknown-name", 2),
        ("indicators:\n  - {name: a, label: A, formula: gmina.powiat}", "wrong-type", 2),
        ("indicators:\n  - {name: a, label: A}", "missing-key", 2),
        ("indicators:\n  - {name: a, label: A, formula: koszt, uni: zł}", "unknown-key", 2),
        ("indicators:\n  - {name: Koszt, label: A, formula: koszt}", "wrong-value", 2),
        ("indicators:\n  - {name: a, label: A, formula: koszt, direction: upp}", "unknown-value", 2),
        (
            "indicators:\n  - {name: a, label: A, formula: koszt}\n  - {name: a, label: A, formula: koszt}",
            "duplicate-name",
            3,
        ),
        ('indicators:\n  - {name: a, label: A, formula: "previous(koszt)"}', "past-in-indicator", 2),
        ("shown: tak\nindicators: []", "not-a-boolean", 1),
        ("indicators: koszt", "not-a-list", 1),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, code: str, line: int) -> None:
    assert (code, line) in mistakes(text, of=form())


def test_a_file_of_no_form_and_of_a_form_without_periods_is_told_so() -> None:
    text = "indicators:\n  - {name: a, label: A, formula: a}\n"
    assert ("unknown-form", 1) in mistakes(text, "indicators/prob.yaml")
    broken = read_indicators("indicators/proba.yaml", text, None, ["proba"], ()).problems
    assert "Formularz „proba” ma błędy" in str(broken[0].what), "not whether „proba” was meant"
    once = form("title: Raz\nfields: [{name: a, type: integer, label: A}]\n")
    assert ("no-period", 1) in mistakes(text, of=once)


def test_two_tiles_in_one_place_are_a_mistake() -> None:
    tiles, problems = read_tiles(
        "tiles.yaml", "tiles:\n  - {powiat: a, row: 1, column: 1}\n  - {powiat: b, row: 1, column: 1}\n"
    )
    assert (tiles, [problem.code for problem in problems]) == ((), ["duplicate-tile"])


def test_values_are_exact_and_read_conditions_groups_and_cells() -> None:
    projects = [{"wydatki": "10.10"}, {"wydatki": "20.20"}, {}]
    assert worked_out("sum(projekty.wydatki)", ludnosc=2000, projekty=projects) == (Decimal("30.30"), "")
    assert worked_out("count(projekty, wydatki > 15)", ludnosc=2000, projekty=projects)[0] == 1
    assert worked_out("tabela.S1.gmina * 2", tabela={"S1": {"gmina": "2.5"}})[0] == 5
    assert worked_out("1 if duza else 0", ludnosc=2000)[0] == 1
    assert worked_out("udzial", ludnosc=2000, koszt="100.00", udzial="0.05")[0] == Decimal("0.05")


@pytest.mark.parametrize(
    ("formula", "kept", "note"),
    [
        ("koszt", {"ludnosc": 2000}, "unanswered: Koszt"),
        ("koszt", {"ludnosc": 5}, "not-asked: Koszt"),
        (
            "tabela.S1.gmina",
            {"ludnosc": 2000, "tabela": {"S1": {"gmina": {"none": "PUP nie podaje"}}}},
            "no-data: PUP nie podaje",
        ),
        ("tabela.S1.gmina", {"ludnosc": 2000, "tabela": {}}, "unanswered: Bezrobotni"),
        ("udzial", {"ludnosc": 2000}, "unanswered: Koszt"),
        ("count(projekty)", {"ludnosc": 5}, "not-asked: Projekty"),
        ("koszt / ludnosc", {"ludnosc": 0, "koszt": "5.00"}, "no-result"),
        ("dieta", {"dieta": "7", "ludnosc": 5}, "unanswered: Dieta"),
    ],
)
def test_every_gap_says_why(formula: str, kept: dict[str, Any], note: str) -> None:
    assert worked_out(formula, **kept) == (None, note)


def test_an_older_version_with_another_name_is_read_through_was() -> None:
    older = form(FORM.replace("name: koszt", "name: cena").replace("value: koszt", "value: cena"))
    newest = form(FORM.replace("name: koszt, type: money", "name: koszt, was: [cena], type: money"))
    (indicator,) = sheet("koszt", of=newest).indicators.values()
    made = Formulas(older, newest, (indicator,), lambda name, day: None)
    ((_, value, _),) = made.values({"ludnosc": 2000, "cena": "7.00"}, date(2026, 11, 20))
    assert value == 7
    assert made.made_of(indicator) != indicator.hash  # worked out anew when the form changes


def test_a_broken_file_takes_down_only_itself_and_the_last_good_one_goes_on(tmp_path: Path) -> None:
    for folder in ("forms", "indicators"):
        (tmp_path / folder).mkdir()
    (tmp_path / "forms" / "proba.yaml").write_text("title: P\nperiod: {field: rok}\nfields:\n  - {name: rok, type: year, label: Rok}\n", "utf-8")  # fmt: skip
    file = tmp_path / "indicators" / "proba.yaml"
    file.write_text("indicators: [{name: a, label: A, formula: b}]", "utf-8")
    found = [problem.code for problem in check_all(tmp_path, "32").problems]
    assert "unknown-form" in found or "unknown-name" in found
    assert [problem.file for problem in check_files(tmp_path, "32", [file]).problems] == [file.as_posix()]
    known = Indicators(ROOT / "config", Catalogue(ROOT / "config", region="32"))
    before = known.sheet("monitoring")
    assert before is not None
    assert known.sheet("monitoring") is before  # not read again while nothing changes


def test_every_key_is_in_the_document_and_its_example_reads() -> None:
    text = (ROOT / "docs" / "indicators.md").read_text("utf-8")
    for key in (*INDICATOR_KEYS, *FILE_KEYS, *TILE_KEYS):
        assert f"`{key}`" in text or f"{key}:" in text
    example = text.split("```yaml\n")[1].split("```")[0]
    read = read_indicators("indicators/monitoring.yaml", example, CATALOGUE.get("monitoring"), (), ())
    assert [problem.line() for problem in read.problems] == []
