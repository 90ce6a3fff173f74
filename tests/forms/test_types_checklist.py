"""Checklists: ratings, measures, remarks, scores and classes, from typing to export."""

from __future__ import annotations

from decimal import Decimal

import pytest

from forms.answers import Working, walk
from forms.expressions import Env
from forms.plan import Plan
from forms.reader import Surroundings, read_form
from tests.forms.composites import (
    HERE,
    computed,
    field_of,
    form_of,
    judged,
    plain,
    read,
)

# --- checklist ---

ALL_BEST = {item: {"rating": "2"} for item in ("A01", "A04", "K05", "P03")}


def test_missing_ratings_are_counted_and_named() -> None:
    value = {item: ALL_BEST[item] for item in ("A01", "A04")}
    whole, *parts = judged(form_of("checklist"), {"obiekt": True, "oceny": value})
    assert (whole.text, whole.code) == ("Oceń wszystkie pozycje. Brakuje 2: K05, P03.", "OCENA_BRAK")
    assert [failure.part for failure in parts] == ["K05", "P03"]


def test_a_measure_outside_its_limits_contradicts_the_best_rating() -> None:
    value = {**ALL_BEST, "A04": {"rating": "2", "measure": Decimal(82)}}
    *_, failure = judged(form_of("checklist"), {"obiekt": True, "oceny": value})
    assert (failure.part, failure.code) == ("A04", "POMIAR_SPRZ")
    assert plain(failure.text) == (
        "Szerokość drzwi 82 cm jest mniejsza niż 90 cm, więc pozycja A04 nie może mieć oceny „spełnia”. "
        "Popraw pomiar albo ocenę."
    )


@pytest.mark.parametrize(("rating", "measure"), [("2", "90"), ("1", "82"), ("0", "10")])
def test_a_measure_within_its_limits_or_beside_a_lower_rating_passes(rating: str, measure: str) -> None:
    value = {**ALL_BEST, "A04": {"rating": rating, "measure": Decimal(measure)}}
    assert judged(form_of("checklist"), {"obiekt": True, "oceny": value}) == []


@pytest.mark.parametrize(("remark", "passes"), [("", False), ("Za krótko", False), ("Nie ma drzwi", True)])
def test_not_applicable_needs_a_remark(remark: str, passes: bool) -> None:
    value = {**ALL_BEST, "A04": {"rating": "nd", **({"remark": remark} if remark else {})}}
    failures = judged(form_of("checklist"), {"obiekt": True, "oceny": value})
    assert [failure.code for failure in failures] == ([] if passes else ["ND_UZAS", "ND_UZAS"])


def test_an_item_that_is_not_asked_needs_no_rating() -> None:
    value = {item: ALL_BEST[item] for item in ("A04", "K05", "P03")}
    assert judged(form_of("checklist"), {"obiekt": False, "oceny": value}) == []


@pytest.mark.parametrize(
    ("ratings", "score", "area", "grade", "barriers"),
    [
        ({"A01": "2", "A04": "2", "K05": "2", "P03": "2"}, "100", "100", "wysoka", 0),
        ({"A01": "2", "A04": "0", "K05": "2", "P03": "2"}, "83.3", "75", "dobra", 0),  # 10 of 12 points, 6 of 8
        ({"A01": "1", "A04": "nd", "K05": "nd", "P03": "nd"}, "50", "50", "częściowa", 0),
        ({"A01": "0", "A04": "2", "K05": "2", "P03": "2"}, "50", "25", "częściowa", 1),
        ({"A01": "0", "A04": "0", "K05": "0", "P03": "1"}, "8.3", "0", "niska", 1),
    ],
)
def test_the_score_weighs_the_rated_items(
    ratings: dict[str, str], score: str, area: str, grade: str, barriers: int
) -> None:
    value = {item: {"rating": rating} for item, rating in ratings.items()}
    found = computed(form_of("checklist"), {"obiekt": True, "oceny": value})
    assert (found["wynik"], found["wynik_a"]) == (Decimal(score), Decimal(area))
    assert (found["klasa"], found["bariery"]) == (grade, barriers)


def test_a_critical_barrier_caps_a_class_that_would_be_better() -> None:
    text = (HERE / "checklist.yaml").read_text(encoding="utf-8").replace("weight: 3, critical", "weight: 0.1, critical")
    value = {**ALL_BEST, "A01": {"rating": "0"}}
    found = computed(read(text), {"obiekt": True, "oceny": value})
    assert found["wynik"] > 90
    assert found["klasa"] == "częściowa"


def test_an_item_is_a_name_in_expressions() -> None:
    form = form_of("checklist")
    plan = Plan(form)
    for rating, asked in (("0", True), ("2", False)):
        answers = {"obiekt": True, "oceny": {"A01": {"rating": rating}}}
        assert ("wejscie" in walk(plan, Working(answers), Env({})).asked) is asked


@pytest.mark.parametrize(
    ("entry", "width", "partly"),
    [
        ({"rating": "1", "measure": Decimal(82)}, Decimal(82), True),
        ({"rating": "1"}, None, True),
        ({"measure": Decimal(82)}, Decimal(82), None),
    ],
)
def test_what_was_measured_is_a_name_in_expressions_whether_the_item_is_rated_or_not(
    entry: object, width: Decimal | None, partly: bool | None
) -> None:
    more = """
  - {name: szerokosc, type: computed, label: Szerokość, value: oceny.A04.measure}
  - {name: czesciowo, type: computed, label: Częściowo, value: "true if oceny.A04 == '1' else false"}
"""
    form = read((HERE / "checklist.yaml").read_text(encoding="utf-8").rstrip() + more)
    found = computed(form, {"obiekt": True, "oceny": {"A04": entry}})
    assert (found.get("szerokosc"), found.get("czesciowo") or None) == (width, partly)


def test_a_checklist_is_exported_with_its_score() -> None:
    field = field_of("checklist")
    value = {**ALL_BEST, "A01": {"rating": "0", "remark": "Schody."}, "A04": {"rating": "2", "measure": Decimal(92)}}
    row = dict(zip([column.key for column in field.type.columns(field)], field.type.words(value), strict=True))
    assert (row["A01"], row["A01.remark"], row["A04.measure"]) == ("nie spełnia", "Schody.", Decimal(92))
    assert (row["A.score"], row["score"]) == (Decimal(25), Decimal(50))
    assert (row["class"], row["barriers"]) == ("częściowa", "A01")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("critical_caps: częściowa|critical_caps: czesciowa", "unknown-value"),
        ("id: K05|id: A04", "duplicate-name"),
        ("id: K05|id: score", "reserved-name"),
    ],
)
def test_a_mistake_in_a_checklist_is_reported(change: str, code: str) -> None:
    old, new = change.split("|")
    text = (HERE / "checklist.yaml").read_text(encoding="utf-8").replace(old, new)
    assert code in {each.code for each in read_form("proba.yaml", text, Surroundings()).problems.errors}
