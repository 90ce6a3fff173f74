"""An export holds what was answered, each answer under its column."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.answers import EXPLAINED, dump
from records import responses, versions
from records.database import run
from records.export.exporter import FORMATS
from records.responses import Working
from tests.records.exports import EVERYTHING, answer, exported, files, forms, publish, rows
from tests.records.steps import NOW

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool)
SAID = st.fixed_dictionaries(
    {},
    optional={
        "nazwa": TEXTS | st.sampled_from(["=1+1", "0201", 'cudzysłów " i ; i ,', "-5"]),
        "opis": st.lists(TEXTS, min_size=1).map("\n".join),
        "telefon": st.sampled_from(["+48910000001", "+4930123456;ext=12"]),
        "liczba": st.integers(-(10**15), 10**15),
        "kwota": st.decimals(0, 10**9, places=2),
        "dzien": st.dates(),
        "godzina": st.times().map(lambda each: each.replace(second=0, microsecond=0)),
        "nocleg": st.booleans(),
        "dieta": st.sampled_from(["miesna", "weganska"]),
        "potrzeby": st.sampled_from([("wozek",), ("pjm",), ("wozek", "pjm")]),
    },
)


def back(row: dict[str, str]) -> dict[str, str]:
    """What a program finds in a row, without what was not answered."""
    return {name: cell for name, cell in row.items() if cell != ""}


def expected(said: dict[str, Any]) -> dict[str, str]:
    """The answers as the columns of a CSV for programs should give them."""
    made = {}
    for name, value in said.items():
        if name == "potrzeby":
            made[name] = "|".join(value)
            made |= {f"{name}.{each}": str(int(each in value)) for each in ("wozek", "pjm")}
        elif name == "godzina":
            made[name] = value.strftime("%H:%M")
        else:
            made[name] = {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SAID, min_size=1, max_size=5))
def test_a_csv_reads_back_as_the_answers(database: Any, all_said: list[dict[str, Any]]) -> None:
    version = publish(EVERYTHING)
    run("DELETE FROM response")
    for said in all_said:
        answer(version, **dump(forms[version].fields, said))
    fixed = ("reference", "correction", "state", "sent_at", "form_version")
    found = [{name: cell for name, cell in back(row).items() if name not in fixed} for row in rows(version)]
    assert found == [expected(said) for said in all_said]


def test_each_row_begins_with_what_identifies_the_response(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, nazwa="ROPS")
    (row,) = rows(version)
    assert list(row.items())[:6] == [
        ("reference", "SZK-2026-0001"),
        ("correction", "0"),
        ("state", "submitted"),
        ("sent_at", "2026-11-23T09:05:00+00:00"),
        ("form_version", versions.load(version).hash[:8]),
        ("nazwa", "ROPS"),
    ]
    assert list(row)[-1] == "explanations"


def test_an_own_answer_stands_beside_the_code(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, dieta="other:koszerna")
    assert (rows(version)[0]["dieta"], rows(version)[0]["dieta.other"]) == ("other", "koszerna")


def test_lines_of_a_csv_for_programs_end_as_rfc_4180_says_and_have_no_mark(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, opis="raz\ndwa")
    made = b"".join(exported("csv", version).chunks())
    assert made.startswith(b"reference,correction,")
    assert made.count(b"\r\n") == 2
    assert b'"raz\ndwa"' in made


def test_a_form_without_groups_is_one_file(database: Any) -> None:
    version = publish(EVERYTHING)
    assert [exported(format, version).ending for format in FORMATS] == ["csv", "csv", "xlsx", "jsonl", "jsonl", "zip"]


def test_an_unknown_format_is_refused(database: Any) -> None:
    version = publish(EVERYTHING)
    with pytest.raises(KeyError):
        exported("xls", version)


def test_the_codebook_says_what_each_code_means(database: Any) -> None:
    group = "  - {name: osoby, type: group, label: O, fields: [{name: a, type: text, label: A}]}\n"
    version = publish(EVERYTHING + group)
    book = {row["kolumna"]: row for row in files("csv-excel", version)["slownik.csv"]}
    assert book["dieta"]["odpowiedzi"] == "miesna = mięsna; weganska = wegańska"
    assert (book["kwota"]["pytanie"], book["kwota"]["rodzaj"]) == ("Kwota", "liczba")


def test_a_field_called_like_a_column_of_ours_keeps_its_own(database: Any) -> None:
    version = publish("title: T\nfields: [{name: state, type: text, label: Stan}]")
    answer(version, state="dobry")
    (row,) = rows(version)
    assert (row["state"], row["answers.state"]) == ("submitted", "dobry")


def test_explanations_of_warnings_stand_in_the_last_column(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, **{EXPLAINED: {"UDZIAL@liczba": "Dane z\nGUS", "B@nazwa": "tak"}})
    assert rows(version)[0]["explanations"] == "UDZIAL@liczba: Dane z\nGUS\nB@nazwa: tak"
    (row,) = files("csv-excel", version)["szkolenie.csv"]
    assert row["explanations"] == "UDZIAL@liczba: Dane z | GUS | B@nazwa: tak"


def test_drafts_are_not_exported(database: Any) -> None:
    version = publish(EVERYTHING)
    responses.begin("szkolenie", version, Working({"nazwa": "szkic"}), "pl", NOW)
    assert rows(version) == []


def test_amounts_keep_their_grosze(database: Any) -> None:
    version = publish(EVERYTHING)
    answer(version, kwota="1850000.00")
    assert Decimal(rows(version)[0]["kwota"]) == Decimal("1850000.00")
    assert rows(version)[0]["kwota"] == "1850000.00"
    assert files("csv-excel", version)["szkolenie.csv"][0]["kwota"] == "1850000,00"
