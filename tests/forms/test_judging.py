"""What does not pass, what a person is told about it, and where the message stands."""

from __future__ import annotations

import pytest

from tests.forms.definitions import fill, form_of, said

DATES = """
fields:
  - {name: od, type: date, label: Od, hint: x}
  - {name: do, type: date, label: Do, hint: x}
checks:
  - that: do >= od
    message: Data {do} jest wcześniejsza niż {od}.
    on: do
    code: DATA_KOLEJ
"""
WARNED = """
fields:
  - name: kwota
    type: money
    label: Kwota
    checks:
      - {that: kwota <= 100, message: To więcej niż 100 zł., level: warning, code: DUZO}
"""
GROUP = """
fields:
  - name: osoby
    type: group
    label: Osoby
    {keys}
    fields:
      - {{name: imie, type: text, label: Imię, required: true}}
      - {{name: od, type: integer, label: Od}}
      - {{name: do, type: integer, label: Do}}
"""


def group(keys: str) -> str:
    """A definition with a group of people that has these further keys."""
    return GROUP.format(keys=keys)


def test_a_check_that_fails_tells_its_values_at_its_field() -> None:
    failure = fill(form_of(DATES), {"od": "9.03.2027", "do": "8.03.2027"}).failures[0]
    assert (failure.path, failure.code, failure.kind, failure.stops) == ("do", "DATA_KOLEJ", "check", True)
    assert said(failure.text) == "Data 8 marca 2027 r. jest wcześniejsza niż 9 marca 2027 r.."


@pytest.mark.parametrize(
    "answers", [{}, {"od": "9.03.2027"}, {"do": "8.03.2027"}, {"od": "9.03.2027", "do": "9.03.2027"}]
)
def test_a_check_with_an_unanswered_operand_passes(answers: dict[str, str]) -> None:
    assert not fill(form_of(DATES), answers).failures


def test_a_check_that_fails_whatever_is_still_unanswered_is_told_at_once() -> None:
    form = form_of(DATES.replace("do >= od", "od > today and do >= od"))
    assert fill(form, {"od": "1.01.2026"}).failures


def test_a_warning_stops_until_it_is_explained() -> None:
    form = form_of(WARNED)
    warned = fill(form, {"kwota": "101"}).failures[0]
    assert (warned.level, warned.stops, warned.key) == ("warning", True, "DUZO@kwota")
    explained = fill(form, {"kwota": "101"}, {"DUZO@kwota": "Zakup dwóch sztuk."}).failures[0]
    assert explained.explained
    assert not explained.stops
    assert fill(form, {"kwota": "101"}, {"DUZO@kwota": "  "}).failures[0].stops
    assert not fill(form, {"kwota": "100"}).failures


def test_a_required_field_is_asked_for_by_its_label_unless_it_is_not_asked() -> None:
    form = form_of(
        """
fields:
  - {name: a, type: yes_no, label: A}
  - {name: b, type: text, label: Powód, required: a}
  - {name: c, type: text, label: C, required: true, when: a}
"""
    )
    assert fill(form, {"a": "nie"}).told == {}
    assert fill(form, {"a": "tak"}).told == {"b": "Uzupełnij pole: Powód.", "c": "Uzupełnij pole: C."}


def test_the_author_may_say_it_otherwise_for_every_mistake_or_for_one_kind() -> None:
    text = "fields:\n  - {name: a, type: integer, label: A, required: true, max: 5, message: %s}\n"
    every = form_of(text % "Podaj liczbę do 5.")
    assert {fill(every, answers).told["a"] for answers in ({}, {"a": "x"}, {"a": "6"})} == {"Podaj liczbę do 5."}
    one = form_of(text % "{max: Za dużo.}")
    assert fill(one, {"a": "6"}).told == {"a": "Za dużo."}
    assert fill(one, {}).told == {"a": "Uzupełnij pole: A."}


def test_what_was_typed_and_cannot_be_read_is_told_with_its_reason() -> None:
    assert fill(form_of("fields:\n  - {name: a, type: integer, label: A}\n"), {"a": "pięć"}).told == {
        "a": "Wpisz liczbę, na przykład 1 234,50."
    }


def test_a_group_has_the_right_number_of_items() -> None:
    form = form_of(group("min: 1\n    max: 2"))
    assert fill(form, {}).told == {"osoby": "Dodaj co najmniej 1 pozycję."}
    many = fill(form, {"osoby": [{"imie": name} for name in "abc"]})
    assert many.failures[0].kind == "max"
    assert many.failures[0].whole
    assert not fill(form, {"osoby": [{"imie": "a"}]}).failures


def test_a_mistake_in_an_item_has_the_path_of_its_input() -> None:
    assert fill(form_of(group("min: 1")), {"osoby": [{"imie": "Ewa"}, {}]}).told == {
        "osoby-1-imie": "Uzupełnij pole: Imię."
    }


def test_items_that_must_differ_are_compared_without_case_and_blanks() -> None:
    form = form_of(group('unique: [imie, od]\n    message: {unique: "Ta osoba jest już na liście ({n})."}'))
    people = [{"imie": "Anna Maria", "od": "1"}, {"imie": "ANNA  maria", "od": "1"}, {"imie": "Anna Maria", "od": "2"}]
    assert fill(form, {"osoby": people}).told == {"osoby-1-imie": "Ta osoba jest już na liście (1)."}


def test_items_whose_unique_answer_is_missing_do_not_repeat_each_other() -> None:
    form = form_of(group("unique: od"))
    assert not fill(form, {"osoby": [{"imie": "a"}, {"imie": "b"}]}).failures


@pytest.mark.parametrize(
    ("on", "path"), [("", "osoby-1-do"), (", on: od", "osoby-1-od"), (", on: osoby.od", "osoby-1-od")]
)
def test_a_check_of_a_group_that_reads_its_fields_is_made_for_each_item(on: str, path: str) -> None:
    form = form_of(group(f'checks: [{{that: "do >= od", message: "Pozycja {{n}}: odwrotnie."{on}}}]'))
    people = [{"imie": "a", "od": "1", "do": "2"}, {"imie": "b", "od": "3", "do": "2"}, {"imie": "c", "od": "3"}]
    assert fill(form, {"osoby": people}).told == {path: "Pozycja 2: odwrotnie."}


def test_a_check_of_a_group_within_a_group_is_made_for_each_item_too() -> None:
    form = form_of(
        """
fields:
  - name: zadania
    type: group
    label: Zadania
    fields:
      - {name: kwota, type: integer, label: Kwota}
      - name: zrodla
        type: group
        label: Źródła
        fields: [{name: kwota, type: integer, label: Kwota}]
        checks: [{that: kwota > 0, message: Więcej niż zero.}]
"""
    )
    filled = fill(form, {"zadania": [{"kwota": "0", "zrodla": [{"kwota": "1"}, {"kwota": "0"}]}]})
    assert filled.told == {"zadania-0-zrodla-1-kwota": "Więcej niż zero."}


def test_a_check_over_all_items_is_made_once_at_the_group() -> None:
    form = form_of(group('checks: [{that: "sum(osoby.od) <= 3", message: Razem najwyżej 3.}]'))
    filled = fill(form, {"osoby": [{"imie": "a", "od": "2"}, {"imie": "b", "od": "2"}]})
    assert filled.told == {"osoby": "Razem najwyżej 3."}
    assert len(filled.failures) == 1


def test_a_check_over_all_items_cannot_point_at_one_of_them() -> None:
    form = form_of(
        group("").rstrip() + '\nchecks: [{that: "sum(osoby.od) <= 3", message: Razem najwyżej 3., on: osoby.od}]\n'
    )
    failure = fill(form, {"osoby": [{"imie": "a", "od": "2"}, {"imie": "b", "od": "2"}]}).failures[0]
    assert (failure.path, failure.part, failure.whole) == ("osoby", "", True)


def test_a_check_at_a_question_that_is_not_asked_is_silent() -> None:
    form = form_of(
        """
fields:
  - {name: a, type: integer, label: A}
  - {name: b, type: integer, label: B, when: a > 5}
checks:
  - {that: a > 3, message: Więcej., on: b}
"""
    )
    assert not fill(form, {"a": "1"}).failures


def test_the_checks_of_the_whole_form_come_last() -> None:
    form = form_of(
        """
fields:
  - {name: a, type: integer, label: A}
  - {name: b, type: text, label: B, required: true}
checks:
  - {that: a > 3, message: Za mało.}
"""
    )
    assert [failure.path for failure in fill(form, {"a": "1"}).failures] == ["b", ""]
