"""The table that staff see: found as people type, filtered by any answer, sorted as in Polish, paged and kept up to date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from config.settings import ROOT
from forms.polish import sort_key
from records import responses
from records.database import run
from records.desk import asking, columns, labels, table
from records.desk.asking import Answered, Asked
from records.desk.keys import order
from records.desk.paging import Order
from records.desk.questions import Questions
from records.desk.table import Wanted
from records.listing import Filter, iterate
from tests.forms.definitions import form_of
from tests.records.steps import LATER, NOW, counting, draft, send

SLUG = "szkolenie"
FORM = form_of(
    """
title: Szkolenie
fields:
  - {name: osoba, type: text, label: Osoba}
  - {name: dieta, type: choice, label: Dieta, options: [{miesna: mięsna}, {wege: wegetariańska}]}
  - {name: dni, type: choices, label: Dni, options: [{pn: poniedziałek}, {wt: wtorek}]}
  - {name: kwota, type: decimal, label: Kwota}
  - {name: dzien, type: date, label: Dzień}
  - {name: zdrowie, type: text, label: Zdrowie, sensitive: true}
"""
)
ANSWERS: tuple[dict[str, Any], ...] = (
    {"osoba": "Łucja Żabińska", "dieta": "wege", "dni": ["pn", "wt"], "kwota": "10.5", "dzien": "2027-03-09"},
    {"osoba": "Ala Ćma", "dieta": "miesna", "dni": ["wt"], "kwota": "9", "dzien": "2027-02-28"},
    {"osoba": "ala cma"},
    {"osoba": "Ąbrowska", "kwota": "-3"},
)
SAID = [
    ("3262011", "Urząd Miasta Łódź Żabińska"),
    ("3212022", "Gmina Bielice 50%"),
    (None, "Zażółć gęślą_jaźń"),
    ("3212022", "Nic"),
]


@pytest.fixture
def questions() -> Questions:
    return Questions(FORM, lambda version_id: FORM)


@pytest.fixture
def four(database: Any, version: int) -> list[str]:
    """Four sent responses (the oldest first) and a draft; their keys."""
    keys = []
    for n, (answers, (gmina, search)) in enumerate(zip(ANSWERS, SAID, strict=True)):
        begun = draft(version, **answers)
        send(begun, version, now=NOW + timedelta(days=n), gmina=gmina, search=search)
        keys.append(begun.key)
    draft(version)
    return keys


Found = Callable[..., list[int]]


@pytest.fixture
def found(four: list[str], questions: Questions) -> Found:
    """The numbers of the responses that match, in the order of the table; the newest first unless told otherwise."""

    def look(order: Order | None = None, gminy: tuple[str, ...] = (), **asked: Any) -> list[int]:
        wanted = Wanted(Asked(**asked), order or Order())
        return [int(row.reference[-4:]) for row in table.look(SLUG, wanted, questions, gminy).rows]

    return look


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lodz", [1]),
        ("  ŻABIŃSKA   urząd ", [1]),
        ("50%", [2]),
        ("%", [2]),
        ("_", [3]),
        ("!", []),
        ("gesla", [3]),
        ("szk-2026-0003", [3]),
        ("'; DROP TABLE response; --", []),
        ("\\", []),
        ("", [4, 3, 2, 1]),
    ],
)
def test_a_search_finds_what_people_mean(found: Found, typed: str, expected: list[int]) -> None:
    assert found(search=typed) == expected


@pytest.mark.parametrize(
    ("question", "how", "values", "several", "expected"),
    [
        ("osoba", asking.IS, ("ala ćma",), False, [3, 2]),
        ("osoba", asking.IS_NOT, ("ala ćma",), False, [4, 1]),
        ("osoba", asking.HAS, ("żab",), False, [1]),
        ("osoba", asking.FROM, ("Ć",), False, [1]),
        ("osoba", asking.TO, ("Ala",), False, [3, 2]),
        ("dieta", asking.IS, ("wege",), False, [1]),
        ("dieta", asking.EMPTY, (), False, [4, 3]),
        ("dieta", asking.FILLED, (), False, [2, 1]),
        ("dni", asking.IS, ("pn",), True, [1]),
        ("dni", asking.IS_NOT, ("wt",), True, [4, 3]),
        ("kwota", asking.IS, (Decimal("10.50"),), False, [1]),
        ("kwota", asking.FROM, (Decimal(9),), False, [2, 1]),
        ("kwota", asking.TO, (Decimal(9),), False, [4, 2]),
        ("dzien", asking.FROM, (date(2027, 3, 1),), False, [1]),
        ("dzien", asking.TO, (date(2027, 2, 28),), False, [2]),
        ("dieta", asking.IS, (), False, []),
    ],
)
def test_any_answer_narrows_the_table(
    found: Found, question: str, how: str, values: tuple[Any, ...], several: bool, expected: list[int]
) -> None:
    assert found(answered=(Answered(question, how, values, several),)) == expected


def test_conditions_hold_together(found: Found) -> None:
    assert found(gmina="3212022") == [4, 2]
    assert found(powiat="3212", search="nic") == [4]
    assert found(sent_from=NOW + timedelta(days=1), sent_until=NOW + timedelta(days=3)) == [3, 2]
    assert found(states=("submitted", "withdrawn"), powiat="3262") == [1]
    assert found(states=("withdrawn",)) == []


def test_texts_are_sorted_as_in_a_polish_dictionary_and_numbers_by_size(found: Found) -> None:
    ascending = Order("osoba", question=True, descending=False)
    assert found(ascending)[0] in (2, 3)
    assert found(ascending)[2:] == [4, 1], "ą after a, ł after everything here"
    assert found(Order("kwota", question=True, descending=False)) == [4, 2, 1, 3], "the unanswered last"
    assert found(Order("kwota", question=True)) == [1, 2, 4, 3], "the unanswered last"
    assert found(Order("kwota", question=True), powiat="3212") == [2, 4]
    assert found(Order("no such column")) == [4, 3, 2, 1]


def test_keys_sort_as_their_values_do() -> None:
    for values in (
        [Decimal("-10"), Decimal("-1.5"), 0, Decimal("0.25"), 2, 10, 1e6],
        ["Adam", "Ądam", "Bartek", "cebula", "ćma", "Łucja", "Lubin", "Żaba"],
        [date(2026, 12, 31), date(2027, 1, 2)],
    ):
        expected = sorted(values, key=sort_key) if isinstance(values[0], str) else values  # type: ignore[arg-type]
        assert sorted(values, key=order) == expected


def test_gminy_are_sorted_by_the_order_given_not_by_their_codes(found: Found) -> None:
    gminy = ("3262011", "3212022")
    assert found(Order("gmina", descending=False), gminy) == [1, 2, 4, 3]
    assert found(Order("gmina"), gminy) == [4, 2, 1, 3]
    assert found(Order("gmina"), gminy, states=("submitted",)) == [4, 2, 1, 3]


def test_the_gminy_that_occur_come_in_the_order_of_their_names(four: list[str]) -> None:
    names = {"3262011": "Ińsko", "3212022": "Świdwin"}
    assert table.occurring(SLUG, names.__getitem__) == ["3262011", "3212022"]
    assert table.occurring("inny", str) == []


@pytest.mark.parametrize("sort", ["reference", "gmina", "osoba"])
def test_pages_are_cut_and_one_that_does_not_exist_shows_the_nearest(
    four: list[str], questions: Questions, sort: str
) -> None:
    by = Order(sort, question=sort == "osoba")
    gminy = table.occurring(SLUG, str)
    seen = []
    for page in (1, 2):
        found = table.look(SLUG, Wanted(order=by, page=page, per_page=3), questions, gminy)
        assert (found.total, found.pages) == (4, 2)
        seen += [row.reference for row in found.rows]
    assert len(set(seen)) == 4
    last = table.look(SLUG, Wanted(order=by, page=9, per_page=3), questions, gminy)
    assert (last.page, [row.reference for row in last.rows]) == (2, seen[3:])
    assert table.look(SLUG, Wanted(page=-1, per_page=2), questions).page == 1
    assert table.look("inny", Wanted(), questions).pages == 1
    narrowed = Wanted(Asked(powiat="3212"), by, page=7, per_page=1)
    assert table.look(SLUG, narrowed, questions, gminy).page == 2


def test_a_correction_and_a_new_response_are_in_the_table_at_once(found: Found, four: list[str], version: int) -> None:
    wege = (Answered("dieta", asking.IS, ("wege",)),)
    assert found(answered=wege) == [1]
    send(responses.correct(four[2], LATER), version, answers={"osoba": "ala cma", "dieta": "wege"})
    send(draft(version, dieta="wege"), version)
    assert found(answered=wege) == [5, 3, 1]
    send(responses.correct(four[2], LATER), version, answers={"osoba": "ala cma"})
    assert found(answered=wege) == [5, 1]
    run("DELETE FROM response WHERE key = ?", four[0])
    assert found(answered=wege) == [5]


def test_a_question_whose_options_changed_is_read_anew(four: list[str], questions: Questions) -> None:
    by = Order("dieta", question=True, descending=False)
    ids = [row.id for row in table.look(SLUG, Wanted(order=by), questions).rows[:2]]
    relabelled = form_of(
        "title: Szkolenie\nfields:\n"
        "  - {name: dieta, type: choice, label: Dieta, options: [{miesna: zwykła}, {wege: bez mięsa}]}\n"
    )
    later = Questions(relabelled, lambda version_id: relabelled)
    assert [row.id for row in table.look(SLUG, Wanted(order=by), later).rows[:2]] == ids[::-1]


def test_a_column_is_complete_however_it_is_filled(
    four: list[str], questions: Questions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "BATCH", 1)
    columns.ready(SLUG, questions, ["osoba"])
    columns.ready(SLUG, questions, ["kwota", columns.SEARCH])
    assert [n for (n,) in run("SELECT COUNT(*) FROM listed_value GROUP BY column_id ORDER BY 1").fetchall()] == [
        3,
        4,
        4,
    ]
    assert run("SELECT COUNT(*) FROM response WHERE stale IS NOT NULL").fetchone()[0] == 0


def test_what_is_forgotten_leaves_the_columns_at_once(four: list[str], questions: Questions) -> None:
    columns.ready(SLUG, questions, ["zdrowie", "osoba", columns.SEARCH])
    (response_id,) = run("SELECT id FROM response WHERE key = ?", four[0]).fetchone()
    columns.forget(response_id)
    assert run("SELECT COUNT(*) FROM listed_value WHERE response_id = ?", response_id).fetchone()[0] == 0


def test_rows_bring_the_answers_and_labels_that_are_shown(four: list[str], questions: Questions) -> None:
    for label in ("pilne", "z telefonu"):
        labels.add([four[0]], label, "staff:1", NOW)
    wanted = Wanted(Asked(label="pilne"), shown=("dieta", "kwota", "zdrowie"), labels=True)
    (row,) = table.look(SLUG, wanted, questions).rows
    assert [cell.words for cell in row.cells] == ["wegetariańska", Decimal("10.5"), None]
    assert sorted(row.labels) == ["pilne", "z telefonu"]


def test_a_look_takes_few_queries_whatever_is_asked(four: list[str], questions: Questions, database: Any) -> None:
    answered = (Answered("dieta", asking.IS, ("wege",)), Answered("kwota", asking.FROM, (Decimal(1),)))
    wanted = Wanted(
        Asked(search="urzad", answered=answered, powiat="3262"),
        Order("osoba", question=True),
        shown=("dni",),
        labels=True,
    )
    table.look(SLUG, wanted, questions)
    with counting(database) as seen:
        assert len(table.look(SLUG, wanted, questions).rows) == 1
    assert len(seen) <= 9
    with counting(database) as seen:
        table.look(SLUG, Wanted(), questions)
    assert len(seen) == 3


def test_drafts_are_counted_and_never_shown(four: list[str], questions: Questions) -> None:
    found = table.look(SLUG, Wanted(Asked(states=("draft",))), questions)
    assert (found.total, found.rows) == (1, [])


def test_a_correction_in_progress_is_marked(four: list[str], questions: Questions) -> None:
    responses.correct(four[0], LATER)
    assert [row.correcting for row in table.look(SLUG, Wanted(), questions).rows] == [False, False, False, True]


def test_exports_read_just_what_matches(four: list[str], questions: Questions) -> None:
    where = table.condition(SLUG, Asked(search="urzad"), questions)
    narrowed = Filter(further=((where.sql, where.params),))
    assert [row.reference for row in iterate(SLUG, narrowed)] == ["SZK-2026-0001"]
    assert table.keys(SLUG, Asked(gmina="3212022"), questions, 10) == [four[1], four[3]]
    assert table.keys(SLUG, Asked(keys=(four[2],)), questions, 10) == [four[2]]
    assert table.count(SLUG, Asked(powiat="3212"), questions) == 2


def test_whoever_changes_answers_says_that_columns_are_stale() -> None:
    """A column that nobody told would show, sort and filter by what is not true any more."""
    writes = re.compile(r"UPDATE response SET[^;]*?WHERE", re.DOTALL)
    for path in (ROOT / "records").rglob("*.py"):
        for statement in writes.findall(path.read_text(encoding="utf-8")):
            if re.search(r"\b(answers|search) = ", statement):
                assert "stale" in statement, f"{path.name}: {statement}"
