"""`flask forms fill` and `flask forms check --coverage`: made-up answers printed or sent, conditions nobody tried."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import Result
from flask import Flask

from config.settings import ROOT
from records import files, listing
from records.database import run as query

COSTS = """
title: Koszty
privacy: rodo-szkolenia
fields:
  - {name: ile, type: integer, label: Ile, required: true, min: 1, max: 9}
  - {name: dlaczego, type: text, label: Dlaczego, required: true, when: ile > 5}
examples:
  - {name: mało, answers: {ile: 2}, expect: {valid: true, not_asked: [dlaczego]}}
"""


@pytest.fixture
def forms() -> dict[str, str | Path]:
    own = ROOT / "config" / "forms"
    return {"koszty": COSTS, "wpis-do-wykazu": own / "wpis-do-wykazu.yaml", "szkolenie": own / "szkolenie.yaml"}


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["forms", *arguments])


def test_answers_are_printed_as_examples_in_yaml_or_json_and_are_the_same_each_time(app: Flask) -> None:
    printed = run(app, "fill", "koszty", "--count", "3", "--seed", "7")
    assert printed.exit_code == 0, printed.output
    examples = yaml.safe_load(printed.output)
    assert [example["name"] for example in examples] == ["koszty 7", "koszty 8", "koszty 9"]
    assert all(example["expect"] == {"valid": True} for example in examples)
    assert json.loads(run(app, "fill", "koszty", "--count", "3", "--seed", "7", "--format", "json").output) == examples
    assert listing.counts() == {}


def test_invalid_answers_say_what_is_wrong_with_them(app: Flask) -> None:
    examples = yaml.safe_load(run(app, "fill", "koszty", "--count", "5", "--invalid").output)
    assert all(example["expect"]["valid"] is False and example["expect"]["errors"] for example in examples)


def test_sent_answers_have_numbers_and_their_files_are_kept(app: Flask) -> None:
    result = run(app, "fill", "wpis-do-wykazu", "--count", "4", "--send")
    assert result.output.strip() == "Wysłano 4 odpowiedzi.", result.output
    assert listing.counts()["wpis-do-wykazu"] == {"submitted": 4}
    rows = query("SELECT id, answers FROM response").fetchall()
    kept = {str(file.id) for file in files.of_responses([row[0] for row in rows])}
    named = {file["id"] for row in rows for file in json.loads(row[1])["plik_uchwaly"]}
    assert named
    assert named <= kept


def test_registrations_are_sent_through_the_same_door(app: Flask) -> None:
    assert "Wysłano 3 odpowiedzi." in run(app, "fill", "szkolenie", "--count", "3", "--send").output
    assert query("SELECT count(*) FROM response WHERE reference LIKE 'SZK-%'").fetchone()[0] == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["fill", "kosztorys"], "Nie ma formularza „kosztorys”. Są: koszty, szkolenie, wpis-do-wykazu."),
        (["fill", "koszty", "--invalid", "--send"], "Wysłać można tylko poprawne odpowiedzi"),
        (["fill", "koszty", "--count", "0"], "0"),
    ],
)
def test_what_cannot_be_made_up_is_told(app: Flask, arguments: list[str], told: str) -> None:
    result = run(app, *arguments)
    assert result.exit_code != 0
    assert told in result.output


def test_checking_with_coverage_names_the_conditions_that_no_example_tries(app: Flask, config_dir: Path) -> None:
    result = run(app, "check", "--coverage", str(config_dir / "forms" / "koszty.yaml"))
    assert result.exit_code == 0, result.output
    assert "gdy ten warunek jest spełniony: ile > 5 [not-covered]" in result.output
    assert "gdy ten warunek nie jest spełniony" not in result.output
    assert "przykłady: 1, warunki: 1, sprawdzono 50% wyników." in result.output


def test_a_failing_example_fails_the_check_at_its_line(app: Flask, config_dir: Path) -> None:
    file = config_dir / "forms" / "koszty.yaml"
    file.write_text(COSTS.replace("answers: {ile: 2}", "answers: {ile: 6}"), encoding="utf-8")
    result = run(app, "check", str(file))
    assert result.exit_code == 1
    line = COSTS.splitlines().index(next(each for each in COSTS.splitlines() if "mało" in each)) + 1
    assert f"koszty.yaml:{line}:53: przykład „mało”: te odpowiedzi powinny przejść, a nie przechodzą" in result.output
    assert "[example-failed]" in result.output
