"""The full circle of monitoring: 113 gminy, five years, the whole form – and every figure equal when it is worked out anew."""

from __future__ import annotations

import csv
import io
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from forms.types.choices import Choice
from records import obligations, responses
from records.database import database
from records.export.exporter import export
from records.obligations.timeliness import timeliness
from records.reporting.parts import Bars, Figures, Sums
from records.reporting.report import report
from records.reporting.selecting import Wanted
from tests.records.circle import SLUG, YEARS, Circle, connected, leaves, stored_circle
from tests.records.steps import counting

Tables = Mapping[str, list[dict[str, str]]]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def circle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Circle]:
    with connected(request, tmp_path_factory.mktemp("circle")):
        yield stored_circle()


def exported(circle: Circle) -> Tables:
    """The exported CSV as anybody reads it: by the group that a file holds ("" for the responses)."""
    found = {}
    for name, pieces in export(SLUG, circle.newest, circle.version, "csv").files():
        rows = csv.DictReader(io.StringIO(b"".join(pieces).decode(), newline=""))
        found[name.removeprefix(SLUG).removesuffix(".csv").removeprefix("_")] = list(rows)
    return found


def column(tables: Tables, key: str) -> list[str]:
    """What stands in the column of a question, without empty cells."""
    group, _, rest = key.partition(".")
    rows, name = (tables[group], rest) if group in tables and rest != "count" else (tables[""], key)
    return [row[name] for row in rows if row[name] != ""]


def numbers(values: list[Any]) -> list[Fraction]:
    return sorted(Fraction(Decimal(str(each))) for each in values)


def figures_of(values: list[Fraction]) -> tuple[Any, ...]:
    """Count, mean, median, quartiles, extremes, sum – by Python's own library, in exact fractions."""
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    mean = sum(values) / len(values)
    return len(values), mean, statistics.median(values), (low, high), (values[0], values[-1]), sum(values)


def close(one: Any, other: Any) -> bool:
    """Equal but for the last of the 28 digits that a Decimal keeps."""
    if isinstance(one, tuple):
        return all(close(*pair) for pair in zip(one, other, strict=True))
    one, other = Fraction(one), Fraction(other)
    return bool(abs(one - other) <= abs(one) * Fraction(1, 10**24))


def parts(circle: Circle, kind: type[Any]) -> Iterator[tuple[str, Any, Any]]:
    """(key, field, part) of every part of the report of this kind."""
    for question in report(SLUG, circle.newest, circle.version, Wanted()).questions:
        yield from ((question.key, question.field, part) for part in question.parts if isinstance(part, kind))


def test_every_figure_of_the_report_is_what_the_exported_csv_comes_to(circle: Circle) -> None:
    tables = exported(circle)
    seen = 0
    for key, field, part in parts(circle, Figures):
        values = numbers(column(tables, f"{key}.count" if field.fields else key))
        told = (part.count, part.mean, part.median, part.quartiles, part.extremes, part.total)
        assert close(told, figures_of(values)), key
        seen += 1
    assert seen > 40


def test_every_sum_of_a_table_is_what_the_exported_csv_comes_to(circle: Circle) -> None:
    tables = exported(circle)
    seen = 0
    for key, field, part in parts(circle, Sums):
        for row, (_, cells) in zip(field.type.rows, part.rows, strict=True):
            for one, cell in zip(field.type.cols, cells, strict=True):
                values = numbers(column(tables, f"{key}.{row.id}.{one.name}"))
                expected = (len(values), sum(values), sum(values) / len(values)) if values else None
                assert (cell is None) == (expected is None), key
                assert cell is None or close(cell, expected), key
                seen += 1
    assert seen > 50


def test_every_count_of_an_option_is_what_the_exported_csv_comes_to(circle: Circle) -> None:
    tables = exported(circle)
    seen = 0
    for key, field, part in parts(circle, Bars):
        if isinstance(field.type, Choice):
            counts = Counter(column(tables, key))
            labels = {str(each.label): counts[each.value] for each in field.type.options.items}
            assert dict(part.rows) == labels, key
            seen += 1
    assert seen > 5


def test_every_number_in_the_csv_is_one_that_was_sent(circle: Circle) -> None:
    tables = exported(circle)
    for key, field, _ in parts(circle, Figures):
        if field.type.asks and not field.fields:
            sent = [value for kept in circle.answers.values() for value in leaves(kept, *key.split("."))]
            assert numbers(column(tables, key)) == numbers(sent), key
    years = Counter(row["rok"] for row in tables[""])
    assert years == Counter(str(year) for _, year in circle.answers)
    assert {row["gmina"] for row in tables[""]} == {gmina for gmina, _ in circle.answers}


def test_the_board_of_each_year_knows_every_gmina(circle: Circle) -> None:
    assert len(circle.gminy) == 113
    for year in YEARS:
        form = circle.forms[year]
        assert form.due is not None
        found = {each.gmina: each for each in obligations.board(form, str(year), form.due)}
        assert sorted(found) == sorted(circle.gminy)
        for gmina, one in found.items():
            whose = (gmina, year)
            if whose in circle.missing:
                expected = obligations.EXCUSED if whose in circle.excused else obligations.NOT_BEGUN
            else:
                expected = obligations.ACCEPTED if whose in circle.accepted else obligations.SENT
            assert (one.state, one.late) == (expected, whose in circle.late), whose


def test_timeliness_over_the_years_counts_first_sendings(circle: Circle) -> None:
    form = circle.newest
    assert form.due is not None
    for found in timeliness(SLUG, form.due.replace(year=form.due.year + 1)):
        year = int(found.period)
        of = {name: sum(about == year for _, about in getattr(circle, name)) for name in ("late", "missing", "excused")}
        sent = sum(about == year for _, about in circle.answers)
        assert (found.late, found.missing) == (of["late"], of["missing"] - of["excused"])
        assert (found.on_time, found.owed) == (sent - of["late"], 113 - of["excused"])


def test_a_corrected_report_keeps_what_stood_before_and_both_can_be_compared(circle: Circle) -> None:
    assert len(circle.first) > 50
    for whose, before in circle.first.items():
        response = responses.load(circle.keys[whose])
        assert response is not None
        (earlier,) = responses.history(response.id)
        assert (response.correction, response.answers, earlier.answers) == (1, circle.answers[whose], before)
        assert before != circle.answers[whose]


def test_a_correction_of_an_accepted_report_has_to_be_accepted_again(circle: Circle) -> None:
    whose = next(iter(sorted(circle.accepted - set(circle.first))))
    form = circle.forms[whose[1]]
    assert form.due is not None
    with database.atomic() as undone:  # the other tests see it as it was
        response = responses.correct(circle.keys[whose], form.due)
        responses.send(
            response.key,
            version_id=response.version_id or 0,
            answers=dict(circle.answers[whose]),
            revision=response.revision,
            number=lambda year, n: "",
            now=form.due,
            gmina=whose[0],
            period=str(whose[1]),
        )
        (one,) = [each for each in obligations.board(form, str(whose[1]), form.due) if each.gmina == whose[0]]
        assert (one.state, one.reference) == (obligations.SENT, response.reference)
        undone.rollback()


def test_the_board_and_the_years_cost_three_queries(circle: Circle) -> None:
    form = circle.newest
    assert form.due is not None
    with counting(database.obj) as statements:
        obligations.board(form, "2025", form.due)
        timeliness(SLUG, form.due)
    assert len(statements) == 3
