"""What a Polish Excel shows after a double click is what was answered, and none of it runs."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import forms.types.all  # noqa: F401 – registers all types
from forms.lists import read_list
from forms.problems import Problems
from forms.reader import Surroundings, read_form
from forms.types.base import REGISTRY
from records.export import excel
from records.export.delimited import canonical

TYPES = Path(__file__).parents[1] / "forms" / "types"


@pytest.mark.parametrize(
    "text",
    ["=1+1", '=HYPERLINK("x","y")', "+48 5", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "＝1+1", "\x00=1", "-5"],
)
def test_a_text_never_runs_as_a_formula(text: str) -> None:
    assert excel.cell(text).startswith("'")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        *("0201", "007", "00", "12345678901234", "61109010140000071219812874"),
        *("1-2", "1/2", "3.04", "1.10", "12.2028", "2028-12", "2027-03-09", "9.03.2027", "31.12.99"),
        *("500 000 001", "1 234", "1\u00a0234,50", "1,50", "12%", "5 zł", "1e5", "12E3", "(5)", "1 1/2"),
        *("08:30", "8:30:15", "9 p", "maj 2027", "3 maja", "LIS 2", "12-gru", "1 mar 2027", "2027-03-09 10:00"),
        *("prawda", "FAŁSZ", "true", " 0201"),
    ],
)
def test_a_text_that_excel_would_take_for_something_else_is_marked_as_text(text: str) -> None:
    assert excel.cell(text) == text + "\t"


@pytest.mark.parametrize(
    "text",
    [
        *("91 000 00 01", "70-540", "3218043", "1234563218", "2027", "12", "Resko", "Maj", "Lis", "Marek 2", "art. 6"),
        *("12 osób", "XXXIII/271/2021", "12/III/24", "a@b.example", "5a", "ul. 3 Maja 5", "", "Prawda i fałsz"),
    ],
)
def test_a_text_that_excel_leaves_alone_is_left_alone(text: str) -> None:
    assert excel.cell(text) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-5, "-5"),
        (25, "25"),
        (Decimal("-1234.50"), "-1234,50"),
        (Decimal("1E+3"), "1000"),
        (True, "Tak"),
        (False, "Nie"),
        (date(2027, 3, 9), "2027-03-09"),
        (time(9, 30), "09:30"),
        (datetime(2027, 3, 9, 8, 0, tzinfo=UTC), "2027-03-09 09:00"),
        ("raz\r\ndwa\ntrzy", "raz | dwa | trzy"),
        ("a\u2028b", "a | b"),
    ],
)
def test_numbers_days_and_lines_are_written_as_excel_reads_them(value: Any, written: str) -> None:
    assert str(excel.cell(value)) == written


def sample(name: str) -> Any:
    """The field of the tiny definition of a type."""
    path = TYPES / f"{name}.yaml"
    gminy = "value,label,name,type,powiat\n3218043,Resko,Resko,miejsko-wiejska,łobeski\n"
    rows = read_list("gminy.csv", gminy, Problems("gminy.csv"))
    read = read_form(
        path.name.replace("_", "-"), path.read_text("utf-8"), Surroundings(lists=lambda _: rows, texts={"rodo"})
    )
    assert read.form is not None, [str(problem.what) for problem in read.problems.sorted()]
    return next(field for field in read.form.fields if field.type.name == name)


@pytest.mark.parametrize("name", sorted(path.stem for path in TYPES.glob("*.yaml")))
def test_a_type_called_plain_needs_no_loading_to_be_exported(name: str) -> None:
    assert name in REGISTRY
    field = sample(name)
    if not field.type.plain or not field.type.example or not field.type.asks:
        return
    offered = getattr(field.type, "values", ())  # an example may be an option of another form
    value = field.type.parse({"": [offered[0] if offered else field.type.example]}, field)
    kept = field.type.dump(value)
    (cell,) = field.type.cells(field.type.load(kept))
    assert str(canonical(cell)) == str(canonical(kept))
