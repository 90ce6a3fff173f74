"""A report says what the answers come to, over all versions, on both databases."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from records import responses
from records.database import run
from records.reporting.parts import Bars, Figures, Grid, Question, Report, Sums
from records.reporting.reading import read
from records.reporting.report import Axis, report
from records.reporting.selecting import Wanted, answered
from records.responses import Working
from tests.records.exports import GROUPS, PERSON, answer, forms, publish
from tests.records.steps import NOW
from tests.records.test_export_steady import many, peak

SURVEY = """
title: Ankieta
fields:
  - {name: dieta, type: choice, label: Dieta, other: true, options: [Mięsna, Wegańska]}
  - {name: potrzeby, type: choices, label: Potrzeby, options: [Wózek, Pętla]}
  - {name: nocleg, type: yes_no, label: Nocleg}
  - {name: ocena, type: scale, label: Ocena, low: źle, high: dobrze}
  - {name: kwota, type: money, label: Kwota}
  - {name: dzien, type: date, label: Dzień}
  - {name: uwagi, type: long_text, label: Uwagi}
  - {name: email, type: email, label: E-mail}
  - {name: zgody, type: matrix, label: Zgody, rows: [{id: r1, label: Raz}, {id: r2, label: Dwa}], options: [Tak, Nie]}
  - name: koszty
    type: table
    label: Koszty
    rows: [{id: a, label: A}]
    columns: [{name: zl, type: money, label: Złote}]
  - name: oceny
    type: checklist
    label: Audyt
    scale: [{value: "2", label: spełnia, points: 2}, {value: "0", label: nie, points: 0}]
    areas: [{id: A, title: Wejście, items: [{id: A01, label: Drzwi, critical: true}, {id: A02, label: Próg}]}]
"""


def made(version: int, wanted: Wanted | None = None, crossing: tuple[Axis, Axis] | None = None, **more: Any) -> Report:
    return report("szkolenie", forms[version], forms.__getitem__, wanted or Wanted(), crossing=crossing, **more)


def question(version: int, key: str, **more: Any) -> Question:
    (found,) = [each for each in made(version, **more).questions if each.key == key]
    return found


def test_choices_are_counted_with_those_nobody_chose(database: Any) -> None:
    version = publish(SURVEY)
    for dieta in ("miesna", "miesna", "other:koszerna"):
        answer(version, dieta=dieta, potrzeby=["wozek"], nocleg=True)
    answer(version)
    (diets,) = question(version, "dieta").parts
    assert diets == Bars("", (("Mięsna", 2), ("Wegańska", 0), ("Inne", 1)), 3)
    (needs,) = question(version, "potrzeby").parts
    assert needs == Bars("", (("Wózek", 3), ("Pętla", 0)), 3, apart=False)
    assert question(version, "nocleg").parts == (Bars("", (("Tak", 3), ("Nie", 0)), 3),)
    assert (question(version, "dieta").answered, question(version, "dieta").of) == (3, 4)


def test_numbers_have_a_mean_a_median_and_quartiles_as_in_a_spreadsheet(database: Any) -> None:
    version = publish(SURVEY)
    for kwota in ("1.00", "2.00", "3.00", "10.00"):
        answer(version, kwota=kwota)
    figures, bars = question(version, "kwota").parts
    assert isinstance(figures, Figures)
    assert isinstance(bars, Bars)
    assert (figures.mean, figures.median, figures.total) == (4, Decimal("2.5"), 16)
    assert figures.quartiles == (Decimal("1.75"), Decimal("4.75"))
    assert figures.extremes == (1, 10)
    assert sum(count or 0 for _, count in bars.rows) == 4


def test_a_scale_has_all_its_points_and_a_mean(database: Any) -> None:
    version = publish(SURVEY)
    answer(version, ocena=5)
    answer(version, ocena=2)
    bars, figures = question(version, "ocena").parts
    assert bars == Bars("", (("1 – źle", 0), ("2", 1), ("3", 0), ("4", 0), ("5 – dobrze", 1)), 2)
    assert isinstance(figures, Figures)
    assert (figures.mean, figures.total) == (Decimal("3.5"), None)


def test_days_far_apart_are_counted_by_month(database: Any) -> None:
    version = publish(SURVEY)
    for dzien in ("2027-01-05", "2027-01-09", "2027-04-01"):
        answer(version, dzien=dzien)
    assert question(version, "dzien").parts == (Bars("", (("styczeń 2027", 2), ("kwiecień 2027", 1)), 3),)


def test_years_stand_each_by_itself_and_without_a_mean(database: Any) -> None:
    version = publish("title: T\nfields: [{name: rok, type: year, label: Rok}]")
    for rok in (2027, 2025, 2027):
        answer(version, rok=rok)
    assert question(version, "rok").parts == (Bars("", (("2025", 1), ("2027", 2)), 3),)


def test_a_matrix_a_table_and_a_checklist_tell_of_their_parts(database: Any) -> None:
    version = publish(SURVEY)
    answer(version, zgody={"r1": "tak", "r2": "nie"}, koszty={"a": {"zl": "10.00"}}, oceny={"A01": {"rating": "0"}})
    answer(version, zgody={"r1": "tak"}, koszty={"a": {"zl": "20.00"}}, oceny={"A01": {"rating": "2"}})
    assert question(version, "zgody").parts == (Grid("", ("Tak", "Nie"), (("Raz", (2, 0)), ("Dwa", (0, 1)))),)
    assert question(version, "koszty").parts == (Sums("", ("Złote",), (("A", ((2, Decimal(30), Decimal(15)),)),)),)
    score, spread, barriers, ratings = question(version, "oceny").parts
    assert isinstance(score, Figures)
    assert isinstance(spread, Bars)
    assert score.mean == 50
    assert barriers == Bars("Bariery krytyczne", (("A01. Drzwi", 1),), 2, apart=False)
    assert ratings == Grid("Oceny pozycji", ("spełnia", "nie"), (("A01. Drzwi", (1, 1)), ("A02. Próg", (0, 0))))


def test_items_of_groups_are_counted_one_by_one(database: Any) -> None:
    version = publish(GROUPS)
    answer(version, osoby=[PERSON, {"imie": "Jan"}], siedziba={"dostepna": True})
    answer(version, osoby=[PERSON])
    figures, _ = question(version, "osoby").parts
    assert isinstance(figures, Figures)
    assert figures.total == 3
    name = question(version, "osoby.imie")
    assert (name.answered, name.of, name.groups) == (3, 3, ("Osoby",))
    assert question(version, "osoby.noce.dzien").answered == 4
    assert question(version, "siedziba.dostepna").answered == 1


def test_sensitive_questions_are_there_only_when_asked_for(database: Any) -> None:
    version = publish(GROUPS)
    assert "osoby.dieta" not in [each.key for each in made(version).questions]
    assert "osoby.dieta" in [each.key for each in made(version, sensitive=True).questions]


def test_a_renamed_question_is_one_and_old_options_keep_their_words(database: Any) -> None:
    old = publish("title: T\nfields: [{name: posilek, type: choice, label: P, options: [miesny, postny]}]")
    answer(old, posilek="postny")
    new = publish(
        "title: T\nfields: [{name: dieta, type: choice, label: D, was: [posilek], options: [miesny, sojowy]}]"
    )
    answer(new, dieta="sojowy")
    (found,) = made(new).questions
    assert found.parts == (Bars("", (("miesny", 0), ("sojowy", 1), ("postny", 1)), 2),)


def test_two_questions_are_put_against_each_other(database: Any) -> None:
    version = publish(SURVEY)
    answer(version, dieta="miesna", nocleg=True)
    answer(version, dieta="miesna", nocleg=False)
    answer(version, dieta="weganska", nocleg=None)
    grid = made(version, crossing=(("dieta", ""), ("nocleg", ""))).crossed
    assert grid == Grid("Dieta × Nocleg", ("Tak", "Nie"), (("Mięsna", (1, 1)), ("Wegańska", (0, 0)), ("Inne", (0, 0))))
    assert made(version, crossing=(("dieta", ""), ("nie-ma", ""))).crossed is None


def test_filters_leave_out_other_states_days_and_gminy(database: Any) -> None:
    version = publish(SURVEY)
    for number in range(4):
        answer(version, dieta="miesna")
        run("UPDATE response SET gmina = ? WHERE number = ?", f"320{number}", number + 1)
    run("UPDATE response SET state = 'withdrawn' WHERE number = 1")
    responses.begin("szkolenie", version, Working({"dieta": "miesna"}), "pl", NOW)
    assert made(version).total == 3, "neither the draft nor what was withdrawn"
    assert made(version, Wanted(state="withdrawn")).total == 1
    assert made(version, Wanted(gminy={"3202", "3203"})).total == 2
    assert made(version, Wanted(gminy=set())).total == 0
    assert made(version, Wanted(since=NOW + timedelta(days=1))).total == 0
    assert made(version, Wanted(until=NOW + timedelta(days=1))).total == 3
    assert answered("szkolenie", Wanted()) == {"3201", "3202", "3203"}


def test_answers_in_words_are_read_a_page_at_a_time(database: Any) -> None:
    version = publish(SURVEY)
    for n in range(51):
        answer(version, uwagi=f"uwaga {n}", dieta="other:koszerna" if n == 7 else "miesna", email="a@b.pl")
    form = forms[version]
    found = read("szkolenie", form, forms.__getitem__, Wanted(), "uwagi", 2)
    assert found is not None
    assert ([text for _, _, text in found.texts], found.total, found.pages) == (["uwaga 50"], 51, 2)
    own = read("szkolenie", form, forms.__getitem__, Wanted(), "dieta", 1)
    assert own is not None
    assert [text for _, _, text in own.texts] == ["koszerna"]
    assert read("szkolenie", form, forms.__getitem__, Wanted(), "email", 1) is None, "an address tells who it was"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_memory_does_not_grow_with_the_number_of_responses(database: Any) -> None:
    version = publish(GROUPS)
    many(version, 6_000)
    made(version)
    few = peak(lambda: made(version))
    many(version, 14_000)
    assert peak(lambda: made(version)) < few * 1.1 + 100_000
