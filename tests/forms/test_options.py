"""Options of a choice: every way to write them, what is offered when, and what is said of mistakes."""

from __future__ import annotations

import pytest

from forms.expressions import Env
from forms.options import Options, slug
from forms.polish import fold, sort_key
from tests.forms.definitions import TODAY, codes, field_of, form_of, read


def options(text: str) -> Options:
    """The options of a choice whose `options` are written like this."""
    found = field_of(f"type: choice, options: {text}").type
    return found.options  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("[Tak, Nie]", ["tak", "nie"]),
        ("[Bez laktozy, 'Ósmy, ł – 2']", ["bez_laktozy", "osmy_l_2"]),
        ("[{tak: Tak}, {M1-T1: Termin 1}]", ["tak", "M1-T1"]),
        ("[{value: 2027-03-09, label: 9 marca}, {label: Drugi}]", ["2027-03-09", "drugi"]),
        ("[01, 1.10, no]", ["01", "1_10", "no"]),
    ],
)
def test_options_may_be_written_in_short(written: str, values: list[str]) -> None:
    assert list(options(written).values) == values


def test_a_list_of_the_office_gives_options_with_their_rows() -> None:
    found = options("{list: gminy}")
    resko = found.get("3218043")
    assert resko is not None
    assert (str(resko.label), (resko.row or {})["powiat"]) == ("Resko", "łobeski")
    assert found.fixed


def test_where_chooses_among_the_rows_by_columns_and_answers() -> None:
    form = form_of(
        "fields:\n"
        "  - {name: jaki, type: text, label: Powiat}\n"
        "  - {name: gdzie, type: choice, label: Gdzie, options: {list: gminy, where: \"powiat == jaki and type == 'miejska'\"}}"
    )
    found = list(form.fields)[1].type.options  # type: ignore[attr-defined]
    assert [option.value for option in found.offered(Env({"jaki": "białogardzki"}, today=TODAY))] == ["3201011"]
    assert found.offered(Env({}, today=TODAY)) == ()
    assert not found.fixed


def test_an_option_is_offered_while_its_condition_holds() -> None:
    form = form_of(
        "fields:\n"
        "  - {name: nocleg, type: yes_no, label: Nocleg}\n"
        "  - {name: obiad, type: choice, label: Obiad, options: [Tak, {value: kolacja, label: Kolacja, when: nocleg}]}"
    )
    found = list(form.fields)[1].type
    assert [option.value for option in found.offered(Env({"nocleg": True}, today=TODAY))] == ["tak", "kolacja"]
    assert [option.value for option in found.offered(Env({"nocleg": False}, today=TODAY))] == ["tak"]
    assert not found.options_fixed


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("[Tak, tak]", "duplicate-option"),
        ("[{a: A}, {a: B}]", "duplicate-option"),
        ("[]", "empty-options"),
        ("Tak", "not-a-list"),
        ("{tak: Tak}", "not-a-list"),
        ("[[Tak]]", "not-an-option"),
        ("['±']", "no-value"),
        ("[{value: a|b, label: A}]", "wrong-value"),
        ("[{value: a}]", "missing-key"),
        ("[{value: a, label: A, etykieta: B}]", "unknown-key"),
        ("{list: nie-ma-takiej}", "unknown-list"),
        ("{list: gminy, where: powat == 'x'}", "unknown-name"),
    ],
)
def test_each_mistake_in_options_has_its_code(written: str, code: str) -> None:
    assert code in codes(f"title: Próba\nfields:\n  - {{name: pole, label: Pole, type: choice, options: {written}}}")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gminki", "Nie ma listy „gminki” w config/lists – czy chodziło o „gminy”?"),
        ("zupelnie-inna", "Nie ma listy „zupelnie-inna” w config/lists."),
    ],
)
def test_an_unknown_list_is_named_and_answered_with_the_one_that_was_meant(name: str, told: str) -> None:
    found = read(f"title: Próba\nfields:\n  - {{name: pole, label: Pole, type: choice, options: {{list: {name}}}}}")
    assert [str(problem.what) for problem in found.problems.errors] == [told]


def test_a_slug_is_made_of_plain_letters() -> None:
    assert slug(" Zażółć gęślą jaźń! ") == "zazolc_gesla_jazn"
    assert slug("a" * 100) == "a" * 60


def test_polish_words_are_sorted_by_the_polish_alphabet() -> None:
    words = ["Żary", "Zalew", "Łobez", "Lubań", "ósmy", "osa", "Ćma", "cis", "Świdwin", "Szczecin", "1 Maja", "źdźbło"]
    ordered = [
        "1 Maja",
        "cis",
        "Ćma",
        "Lubań",
        "Łobez",
        "osa",
        "ósmy",
        "Szczecin",
        "Świdwin",
        "Zalew",
        "źdźbło",
        "Żary",
    ]
    assert sorted(words, key=sort_key) == ordered
    assert fold("ŚWIDWIN Łobez") == "swidwin lobez"
