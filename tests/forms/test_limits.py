"""Numbers that the law sets: how they are written, and which one holds on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from config.settings import ROOT
from forms.limits import read_limits, rule_of, valid
from forms.problems import Problems

DATED = """
dni:
  label: Dni na uwagi
  values:
    - {value: 21, to: 2023-09-23, unit: dni, source: dawny art. 6}
    - {value: 35, from: 2023-09-24, to: 2025-12-31, unit: dni, source: art. 6 ust. 5}
"""


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2023, 9, 23), 21),
        (date(2023, 9, 24), 35),
        (date(2025, 12, 31), 35),
        (date(2026, 1, 1), None),
    ],
)
def test_a_number_holds_from_its_first_day_to_its_last(day: date, number: int | None) -> None:
    limits = read_limits(DATED, Problems("limits.yaml"))

    assert valid(limits, "dni", day) == (None if number is None else Decimal(number))


def test_a_number_brings_its_name_its_unit_and_its_source() -> None:
    rule = rule_of(read_limits(DATED, Problems("limits.yaml")), "dni", date(2024, 1, 1))

    assert rule is not None
    assert (rule.label, rule.unit, rule.source) == ("Dni na uwagi", "dni", "art. 6 ust. 5")


@pytest.mark.parametrize(
    "text", ["prog: 20", "prog: {value: 20}", "prog: [{value: 20}]", "prog: {label: Próg, values: [{value: 20}]}"]
)
def test_a_number_may_be_written_shortly_or_with_all_that_is_known_of_it(text: str) -> None:
    problems = Problems("limits.yaml")

    assert valid(read_limits(text, problems), "prog", date(2026, 1, 1)) == 20
    assert not problems.sorted()


def test_values_without_a_name_in_words_are_a_mistake() -> None:
    problems = Problems("limits.yaml")

    assert read_limits("prog: {values: [{value: 20}]}", problems)["prog"] == ()
    assert [problem.code for problem in problems.sorted()] == ["missing-key"]


def test_the_office_s_numbers_have_a_name_a_unit_and_a_source_each() -> None:
    problems = Problems("limits.yaml")
    limits = read_limits((ROOT / "config" / "limits.yaml").read_bytes(), problems)

    assert not problems.sorted()
    assert all(rule.label and rule.unit and rule.source for rules in limits.values() for rule in rules)
    assert valid(limits, "or_powierzchnia", date(2025, 6, 1)) == 20
    assert valid(limits, "or_ludnosc", date(2025, 6, 1)) == 30
    assert valid(limits, "ssr_lata", date(2025, 6, 1)) == 10
