"""A public number beside a question, and as what it starts with: `statistics`, `prefill: statistics`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from forms.answers import Working, walk
from forms.expressions import Env
from forms.plan import Plan
from tests.forms.definitions import TODAY, codes, form_of

SERIES = """
title: Próba
privacy: rodo
period: {{field: rok, every: year}}
steps:
  - id: kto
    title: Kto
    fields:
      - {{name: rok, type: year, label: Rok}}
      - {{name: gmina, type: gmina, label: Gmina}}
  - id: dane
    title: Dane
    fields:
      - {{name: ludnosc, type: integer, label: Ludność, {}}}
"""


@dataclass(frozen=True)
class Told:
    value: Decimal
    source: str = "GUS BDL"
    as_of: date = date(2026, 5, 31)


def started(keys: str, value: str, **answers: object) -> object:
    """What the question holds before anybody has seen it, when a public source says this."""
    form = form_of(SERIES.format(keys))
    env = Env({}, today=TODAY, statistics=lambda variable: Told(Decimal(value)) if variable == "ludnosc" else None)
    return walk(Plan(form), Working({"rok": 2025, "gmina": "3216011", **answers}), env).values.get("ludnosc")


def test_a_question_with_prefill_starts_with_the_public_number() -> None:
    assert started("statistics: ludnosc, prefill: statistics", "14893") == 14893


def test_without_prefill_and_where_somebody_has_answered_it_does_not() -> None:
    assert started("statistics: ludnosc", "14893") is None
    assert started("statistics: ludnosc, prefill: statistics", "14893", ludnosc=Decimal(5)) == 5
    assert started("statistics: ludnosc, prefill: statistics", "14893", ludnosc=None) is None  # cleared by hand


def test_a_number_that_the_question_does_not_take_and_a_variable_that_is_not_there_fill_nothing() -> None:
    assert started("statistics: ludnosc, prefill: statistics", "14893.5") is None
    assert started("statistics: inna, prefill: statistics", "14893") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SERIES.format("prefill: statistics"), "wrong-compare"),
        (SERIES.format("statistics: Ludność"), "wrong-value"),
        (SERIES.format("prefill: statistic"), "unknown-value"),
        (SERIES.format("statistics: ludnosc").replace("type: integer", "type: text"), "wrong-compare"),
        ("title: Próba\nfields:\n  - {name: a, type: integer, label: A, statistics: ludnosc}\n", "no-period"),
    ],
)
def test_what_makes_no_sense_is_told_to_the_author(text: str, code: str) -> None:
    assert code in codes(text)


def test_in_a_group_that_repeats_there_is_no_one_number() -> None:
    inner = "[{name: ludnosc, type: integer, label: L, statistics: ludnosc}]"
    plain = "{name: ludnosc, type: integer, label: Ludność, x}"
    group = SERIES.format("x").replace(plain, f"{{name: obszary, type: group, label: Obszary, fields: {inner}}}")
    assert "wrong-compare" in codes(group)
