"""What expressions make of questions that nobody answered, and of answers that are not what they should be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from forms.expressions import Env
from tests.forms.expression_samples import ANSWERS, compiled, value


@pytest.mark.parametrize(
    "text",
    [
        "kwota == 3",
        "kwota != 3",
        "kwota < 3",
        "kwota >= 3",
        "kwota in (3, 4)",
        "kwota not in (3, 4)",
        "3 < kwota < 5",
        "'petla' in potrzeby",
        "'petla' not in potrzeby",
        "imie == uwagi",
        "zgoda == false",
        "od < do",
    ],
)
def test_a_comparison_with_something_unanswered_is_false(text: str) -> None:
    assert value(text, kwota=None, potrzeby=None, imie=None, zgoda=None, od=None) is False


@pytest.mark.parametrize(
    "text",
    [
        "kwota + 1",
        "1 - kwota",
        "-kwota",
        "kwota * 0",
        "abs(kwota)",
        "round(kwota, 2)",
        "days(od, do)",
        "od + 1 day",
        "length(imie)",
        "min(kwota)",
        "plural(kwota, 'a', 'b', 'c')",
        "limit('prog', od)",
        "change(kwota)",
        "year(od)",
        "gmina.powiat",
        "adres.numer",
        "previous(imie)",
        "zgoda",
        "1 / 0",
        "change(osoby)",
        "9999-12-31 + 1 day",
    ],
)
def test_what_rests_on_something_unanswered_is_unanswered(text: str) -> None:
    assert value(text, kwota=None, od=None, imie=None, gmina=None, zgoda=None) is None


def test_sums_and_counts_skip_what_is_unanswered() -> None:
    assert value("sum(kwota, osoby)", kwota=None) == 3
    assert value("sum(uczestnicy.koszt)", uczestnicy=None) == 0
    assert value("count(uczestnicy)", uczestnicy=None) == 0
    assert value("count(uczestnicy, nocleg == 'tak') > 0", uczestnicy=None) is False
    assert value("count(potrzeby)", potrzeby=None) == 0


def test_an_unanswered_yes_or_no_counts_as_false() -> None:
    assert value("not zgoda", zgoda=None) is True
    assert value("zgoda or osoby > 1", zgoda=None) is True
    assert value("zgoda and osoby > 1", zgoda=None) is False
    assert value("1 if zgoda else 2", zgoda=None) == 2


@pytest.mark.parametrize("empty", [None, "", (), []])
def test_nothing_typed_and_nothing_chosen_are_not_answered(empty: object) -> None:
    assert value("answered(imie)", imie=empty) is False
    assert value("answered(potrzeby)", potrzeby=empty) is False
    assert value("answered(uczestnicy)", uczestnicy=empty) is False


def test_no_is_an_answer() -> None:
    assert value("answered(zgoda)", zgoda=False) is True
    assert value("answered(kwota)", kwota=0) is True
    assert value("answered(adres)", adres={"miasto": None}) is False
    assert value("answered(previous(kwota))") is True


def test_an_answer_of_another_type_is_harmless() -> None:
    """A draft may have been begun under a definition in which the field was something else."""
    for stored in ("12", 3.5, True, ["a"], {"a": 1}, date(2020, 1, 1), Decimal("NaN")):
        assert value("kwota > 1", kwota=stored) is False
    assert value("'petla' in potrzeby or imie == 'x'", potrzeby="petla", imie=4) is False
    assert value("sum(uczestnicy.koszt)", uczestnicy=["x", {"koszt": "5"}, {"koszt": 5}]) == 5


def test_an_unanswered_attribute_in_a_list_is_skipped() -> None:
    assert value("count(uczestnicy.koszt)", uczestnicy=[{"koszt": None}, {"koszt": 1}]) == 1


@pytest.mark.parametrize(
    ("text", "changed", "fails"),
    [
        ("do >= od", {"do": date(2020, 1, 1)}, True),
        ("do >= od", {"do": None}, False),
        ("not (kwota > 10)", {}, True),
        ("not (kwota > 10)", {"kwota": None}, False),
        ("kwota > 100 or osoby > 100", {"kwota": None}, False),
        ("kwota > 100 or osoby > 100", {}, True),
        ("kwota > 100 and osoby > 100", {"kwota": None}, True),
        ("kwota > 1 and osoby > 1", {"kwota": None}, False),
        ("answered(uwagi) or nocleg == 'nie'", {}, True),
        ("osoby > 5 if kwota > 1 else osoby > 9", {"kwota": None}, False),
        ("sum(kwota, osoby) <= 2", {"kwota": None}, True),
        ("nocleg in ('nie',)", {"nocleg": None}, False),
        ("zgoda", {"zgoda": None}, False),
    ],
)
def test_a_check_fails_only_when_no_missing_answer_could_save_it(
    text: str, changed: dict[str, object], fails: bool
) -> None:
    assert compiled(text).fails(Env({**ANSWERS, **changed})) is fails
