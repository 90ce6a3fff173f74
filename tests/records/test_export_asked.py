"""An export holds what was asked: some questions, some responses, words or codes, one version; on both databases."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from records import people
from records.database import run
from records.export import jobs
from records.export.asked import Asked, Responses, stamp
from records.export.exporter import FORMATS, export
from records.listing import START, Filter
from tests.records.exports import (
    EVERYTHING,
    GROUPS,
    PERSON,
    answer,
    exported,
    files,
    forms,
    objects,
    publish,
    rows,
    whole,
)
from tests.records.steps import NOW


def chosen(*names: str) -> dict[str, Any]:
    return {"columns": frozenset(names)}


def present(version: int) -> list[dict[str, str]]:
    """The rows of what was answered in this version, which serves."""
    made = export("szkolenie", forms[version], forms.__getitem__, "csv", Asked(newest=True)).chunks()
    return list(csv.DictReader(io.StringIO(b"".join(made).decode(), newline="")))


def test_only_the_questions_that_were_chosen_and_the_number_stand_in_the_file(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, nazwa="ROPS", opis="x", dieta="weganska", liczba=3)
    (row,) = rows(version, **chosen("nazwa", "dieta", "state"))
    assert list(row) == ["reference", "state", "nazwa", "dieta", "dieta.other"]
    (found,) = objects(version, **chosen("nazwa", "dieta", "state"))
    assert list(found) == ["reference", "state", "answers"]
    assert found["answers"] == {"nazwa": "ROPS", "dieta": "weganska"}


def test_a_group_of_which_nothing_was_chosen_has_no_table(database: Any) -> None:
    version = publish(GROUPS)
    answer(version, jednostka="OPS", osoby=[PERSON])
    assert list(files("csv", version, **chosen("jednostka"))) == ["szkolenie.csv"]
    counted = files("csv", version, **chosen("osoby"))
    assert list(counted) == ["szkolenie.csv"]
    assert [list(row.values())[-2:] for row in counted["szkolenie.csv"]] == [["SZK-2026-0001", "1"]]


def test_a_question_inside_groups_brings_the_tables_that_lead_to_it(database: Any) -> None:
    version = publish(GROUPS)
    answer(version, jednostka="OPS", osoby=[PERSON])
    made = files("csv", version, **chosen("osoby.noce.dzien", "siedziba.miejscowosc"))
    assert {name: list(found[0]) for name, found in made.items()} == {
        "szkolenie.csv": ["reference", "siedziba.miejscowosc"],
        "szkolenie_osoby.csv": ["reference", "lp"],
        "szkolenie_osoby_noce.csv": ["reference", "osoby.lp", "lp", "dzien"],
    }
    assert objects(version, **chosen("osoby.noce.dzien"))[0]["answers"] == {"osoby": [{"noce": PERSON["noce"]}]}


@pytest.mark.parametrize("format", FORMATS)
def test_a_sensitive_question_is_not_to_be_had_by_choosing_it(database: Any, format: str) -> None:
    version = publish(GROUPS)
    answer(version, jednostka="OPS", osoby=[PERSON])
    assert "koszerna" not in whole(format, version, **chosen("osoby.dieta", "osoby.imie"))


@pytest.mark.parametrize(
    ("format", "words", "cell"),
    [
        ("csv", None, "weganska"),
        ("csv", True, "wegańska"),
        ("csv-excel", None, "wegańska"),
        ("csv-excel", False, "weganska"),
    ],
)
def test_labels_and_codes_in_either_csv(database: Any, format: str, words: bool | None, cell: str) -> None:
    version = publish(EVERYTHING)
    answer(version, dieta="weganska", nocleg=True)
    ((row,),) = files(format, version, words=words).values()
    assert row["dieta"] == cell


def test_a_workbook_with_codes(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, dieta="weganska")
    made = whole("xlsx", version, words=False)
    assert "submitted" in made
    assert "Wysłane" not in made
    assert "Wysłane" in whole("xlsx", version)


def test_only_what_was_answered_in_the_version_that_serves(database: Any) -> None:
    old = publish(
        "title: Szkolenie\nfields:\n  - {name: a, type: text, label: A}\n  - {name: b, type: text, label: B}\n"
    )
    answer(old, a="1", b="2")
    new = publish("title: Szkolenie\nfields:\n  - {name: a, type: text, label: A}\n")
    assert present(new) == []
    answer(new, a="3")
    (row,) = present(new)
    assert (row["a"], "b" in row) == ("3", False)
    assert [row["a"] for row in rows(new)] == ["1", "3"]


def test_responses_are_read_in_pages_and_counted(database: Any) -> None:
    version = publish(EVERYTHING)
    sent = [answer(version, nazwa=str(n)) for n in range(5)]
    found: list[str] = []
    after = START
    while True:
        page = Responses("szkolenie", Asked(after=after), None)
        last = page.last_of(2)
        asked = Asked(after=after, until=last)
        found += [each.reference for batch in Responses("szkolenie", asked, None).batches() for each in batch]
        if last is None:
            break
        after = last
    assert found == sent
    assert Responses("szkolenie", Asked(), None).count() == 5
    assert Responses("szkolenie", Asked(filter=Filter(state="accepted")), None).count() == 0
    assert Responses("szkolenie", Asked(since=NOW), None).count() == 5


def test_how_many_have_been_read_is_told(database: Any) -> None:
    version = publish(EVERYTHING)
    for n in range(3):
        answer(version, nazwa=str(n))
    heard: list[int] = []
    b"".join(export("szkolenie", forms[version], forms.__getitem__, "xlsx", None, heard.append).chunks())
    assert heard == [3]


def test_the_stamp_of_a_form_changes_with_every_change(database: Any) -> None:
    version = publish(EVERYTHING)
    stamps = [stamp("szkolenie")[0]]
    for change in (
        lambda: answer(version, nazwa="1"),
        lambda: run("UPDATE response SET state = 'accepted', changed_at = '2027-01-01 00:00:00'"),
        lambda: run("UPDATE response SET answers = '{}', revision = revision + 1"),  # as retention erases
        lambda: run("DELETE FROM response"),
    ):
        change()
        stamps.append(stamp("szkolenie")[0])
    assert len(set(stamps[:4])) == 4
    assert stamps[4] == stamps[0], "nothing again"


def test_the_stamp_does_not_care_for_drafts(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, nazwa="1")
    before = stamp("szkolenie")
    run("UPDATE response SET working = '{}' WHERE number IS NULL")
    assert stamp("szkolenie") == before


def test_of_two_workers_one_makes_the_export(database: Any) -> None:
    person = people.add("Anna", "anna@urzad.example", "handler")
    job_id = jobs.ask("szkolenie", person.id, "csv", "", 1, NOW)
    first, second = jobs.claim(NOW), jobs.claim(NOW)
    assert first is not None
    assert (first.id, second) == (job_id, None)
    assert jobs.beat(first, 1, NOW)
    assert jobs.finish(first, "1.csv", 10, 1, NOW)
    found = jobs.get(job_id)
    assert found is not None
    assert (found.state, found.file, found.size) == (jobs.DONE, "1.csv", 10)
    assert jobs.form_of(job_id) == "szkolenie"
    assert jobs.files() == {"1.csv"}
    assert jobs.forget(NOW + jobs.KEPT) == []
    assert jobs.forget(NOW + jobs.KEPT * 2) == ["1.csv"]


def test_columns_of_a_sheet_with_nothing_chosen_are_as_always(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, nazwa="ROPS")
    made = b"".join(exported("csv", version).chunks()).decode()
    assert next(csv.reader(io.StringIO(made)))[:6] == [
        *("reference", "correction", "state", "sent_at", "form_version", "nazwa")
    ]


def test_a_condition_in_sql_narrows_what_is_read_and_counted(database: Any) -> None:
    version = publish(EVERYTHING)
    sent = [answer(version, nazwa=str(n)) for n in range(3)]
    condition = "id IN (SELECT id FROM response WHERE reference LIKE ? ESCAPE '!') AND year IS NOT NULL"
    asked = Asked(filter=Filter(further=((condition, ("%2",)),)))
    read = Responses("szkolenie", asked, None)
    assert [each.reference for batch in read.batches() for each in batch] == sent[1:2]
    assert read.count() == 1
