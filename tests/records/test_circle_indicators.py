"""Indicators over the full circle, 113 gminy × 5 years: every figure equal when it is worked out anew from the exported CSV."""

from __future__ import annotations

import csv
import io
import math
import statistics
import time
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from config.settings import ROOT
from forms.indicators import Indicator, Indicators
from forms.types.gmina import Gmina
from records import indicators, responses
from records.database import database, run
from records.indicators.region import by
from tests.forms.definitions import CATALOGUE
from tests.records.circle import SLUG, YEARS, Circle, connected, stored_circle
from tests.records.steps import counting
from tests.records.test_circle import Tables, close, exported

SHEET = Indicators(ROOT / "config", CATALOGUE).sheet(SLUG)
Cells = Mapping[tuple[str, str, str], tuple[str, str]]  # (indicator, gmina, year) → value and note


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def circle(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Circle]:
    with connected(request, tmp_path_factory.mktemp("indicators")):
        made = stored_circle()
        assert compute(made) == len(made.answers)
        yield made


def all_indicators() -> tuple[Indicator, ...]:
    assert SHEET is not None
    return tuple(SHEET.indicators.values())


def one(name: str) -> Indicator:
    return next(each for each in all_indicators() if each.name == name)


def compute(circle: Circle) -> int:
    return indicators.compute(all_indicators(), circle.newest, circle.version, CATALOGUE.limit)


def kinds(circle: Circle) -> Mapping[str, str]:
    """The kind of each gmina, as the list says."""
    field = next(each for each in circle.newest.fields if isinstance(each.type, Gmina))
    assert isinstance(field.type, Gmina)
    return {code: field.type.attribute(code, "type") or "" for code in circle.gminy}


def published(circle: Circle) -> Cells:
    """The panel as anybody reads it."""
    found = indicators.values(all_indicators(), circle.newest, circle.gminy)
    made = indicators.panel(SLUG, "", all_indicators(), found, lambda gmina, column: gmina, lambda each: each.note)
    rows = csv.DictReader(io.StringIO(made.csv().decode(), newline=""))
    return {(row["indicator"], row["gmina"], row["year"]): (row["value"], row["note"]) for row in rows}


def recomputed(tables: Tables) -> Mapping[tuple[str, str, str], Fraction]:
    """The same from the exported CSV of the responses, by nothing of ours: fractions, and the rules of the office in words."""
    projects: dict[str, list[dict[str, str]]] = {}
    for row in tables["przedsiewziecia"]:
        projects.setdefault(row["reference"], []).append(row)
    found = {}
    for row in tables[""]:
        for name, value in of_row(row, projects.get(row["reference"], [])).items():
            if value is not None:
                found[name, row["gmina"], row["rok"]] = value
    return found


def of_row(row: Mapping[str, str], projects: list[dict[str, str]]) -> dict[str, Fraction | None]:
    def cell(name: str) -> Fraction | None:
        try:
            return Fraction(row[name])
        except ValueError:  # an empty cell, or the reason why there are no data
            return None

    asked = row["przedsiewziecia.count"] != ""
    spent = (
        sum((Fraction(each["wydatki_rok"]) for each in projects if each["wydatki_rok"]), Fraction(0)) if asked else None
    )

    def share(part: str, whole: str) -> Fraction | None:
        most, some = cell(whole), cell(part)
        return some / most * 100 if some is not None and most else None

    people, helped = cell("obszar.ludnosc_rewitalizacji"), cell("wskazniki_spoleczne.S04.obszar")
    return {
        "ma_gpr": Fraction(row["program.rodzaj"] == "GPR"),
        "powierzchnia_obszaru": cell("obszar.pow_rewitalizacji_ha"),
        "ludnosc_obszaru": people,
        "udzial_powierzchni": share("obszar.pow_rewitalizacji_ha", "obszar.pow_gminy_ha"),
        "udzial_ludnosci": share("obszar.ludnosc_rewitalizacji", "obszar.ludnosc_gminy"),
        "wydatki": spent,
        "wydatki_na_mieszkanca": spent / people if spent is not None and people else None,
        "przedsiewziecia": Fraction(len(projects)) if asked else None,
        "zakonczone": Fraction(sum(each["status"] == "zakonczone" for each in projects)) if asked else None,
        "posiedzenia_komitetu": cell("komitet.posiedzenia_w_roku"),
        "bezrobocie": cell("wskazniki_spoleczne.S02.obszar"),
        "pomoc_spoleczna": Fraction(math.floor(helped / people * 10_000 + Fraction(1, 2)), 10)
        if helped is not None and people
        else None,
        "przestepstwa": cell("wskazniki_spoleczne.S07.obszar"),
        "organizacje": cell("wskazniki_spoleczne.S09.gmina"),
        "podmioty": cell("wskazniki_gospodarcze.E01.obszar"),
        "puste_lokale": cell("wskazniki_gospodarcze.E04.obszar"),
        "kotly_wymienione": cell("wskazniki_srodowiskowe.Z02B.obszar"),
        "przestrzenie": cell("wskazniki_przestrzenne.P05.obszar"),
        "obiekty_bez_barier": cell("wskazniki_przestrzenne.P08.obszar"),
        "zly_stan": cell("wskazniki_techniczne.T02.obszar"),
    }


def test_every_published_value_is_what_the_exported_csv_comes_to(circle: Circle) -> None:
    told, expected = published(circle), recomputed(exported(circle))
    assert {name for name, _, _ in told} == {each.name for each in all_indicators()}
    assert len(told) == 113 * 5 * len(all_indicators())
    assert {key for key, (value, _) in told.items() if value} == set(expected)
    for key, value in expected.items():
        assert close(Fraction(told[key][0]), value), key


def test_every_gap_has_its_reason_and_nothing_that_was_not_sent_has_a_value(circle: Circle) -> None:
    told = published(circle)
    for (name, gmina, year), (value, note) in told.items():
        assert bool(value) != bool(note), (name, gmina, year)
        if (gmina, int(year)) in circle.missing:
            excused = (gmina, int(year)) in circle.excused
            assert note == (indicators.EXCUSED if excused else indicators.NOTHING_SENT)
    assert any(note.startswith("no-data: ") for _, note in told.values())
    assert any(note.startswith("not-asked: ") for _, note in told.values())


def test_every_regional_figure_is_what_pythons_own_library_comes_to(circle: Circle) -> None:
    expected, kind = recomputed(exported(circle)), kinds(circle)
    seen = 0
    for each in all_indicators():
        for year in map(str, YEARS):
            found = [value for value in indicators.values([each], circle.newest, circle.gminy) if value.period == year]
            groups = {"": found, **by(kind.__getitem__, found)}
            for name, values in groups.items():
                told = indicators.figures(values)
                own = sorted(
                    expected[each.name, gmina, year]
                    for gmina in circle.gminy
                    if (each.name, gmina, year) in expected and name in ("", kind[gmina])
                )
                assert (told.count, told.of) == (len(own), len(values))
                if len(own) > 1:
                    low, half, high = statistics.quantiles(own, n=4, method="inclusive")
                    assert close(
                        (told.total, told.mean, told.median, told.quartiles),
                        (sum(own), sum(own) / len(own), half, (low, high)),
                    )
                    seen += 1
    assert seen > 200  # fmt: skip


def test_the_region_costs_three_queries_and_little_time(circle: Circle) -> None:
    begun = time.process_time()
    with counting(database.obj) as statements:
        found = indicators.values([one("wydatki")], circle.newest, circle.gminy)
    for year in map(str, YEARS):
        indicators.figures(each for each in found if each.period == year)
    assert len(statements) == 3
    assert time.process_time() - begun < 0.1


def test_a_correction_makes_values_stale_until_they_are_worked_out_again(circle: Circle) -> None:
    whose = sorted(circle.accepted)[0]
    form = circle.forms[whose[1]]
    assert form.due is not None
    with database.atomic() as undone:  # the other tests see it as it was
        response = responses.correct(circle.keys[whose], form.due)
        answers = {**circle.answers[whose], "program": {"rodzaj": "brak"}}
        responses.send(
            response.key,
            version_id=response.version_id or 0,
            answers=answers,
            revision=response.revision,
            number=lambda year, n: "",
            now=form.due,
            gmina=whose[0],
            period=str(whose[1]),
        )
        (before,) = [
            each
            for each in indicators.values([one("ma_gpr")], circle.newest, gmina=whose[0])
            if each.period == str(whose[1])
        ]
        assert (before.value, before.stale, indicators.waiting(all_indicators(), circle.newest)) == (None, True, 1)
        assert compute(circle) == 1
        (after,) = [
            each
            for each in indicators.values([one("ma_gpr")], circle.newest, gmina=whose[0])
            if each.period == str(whose[1])
        ]
        assert (after.value, after.stale, after.accepted) == (Decimal(0), False, False)
        assert compute(circle) == 0
        undone.rollback()  # fmt: skip


def test_a_report_that_was_withdrawn_counts_no_more(circle: Circle) -> None:
    whose = sorted(circle.accepted)[1]
    with database.atomic() as undone:
        run("UPDATE response SET state = 'withdrawn' WHERE key = ?", circle.keys[whose])
        (found,) = [
            each
            for each in indicators.values([one("ma_gpr")], circle.newest, circle.gminy)
            if (each.gmina, each.period) == (whose[0], str(whose[1]))
        ]
        assert (found.value, found.note) == (None, indicators.NOTHING_SENT)
        undone.rollback()  # fmt: skip
