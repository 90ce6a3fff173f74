"""Audits in the form language: what the key `audit` takes, what one audit found, how two of them differ."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from forms.answers import Working, walk
from forms.auditing.comparing import BETTER, GONE, NEW, SAME, WORSE, compare
from forms.auditing.reading import Findings, findings
from forms.expressions import Env
from forms.plan import Plan
from tests.forms.definitions import TODAY, read
from tests.views.audited import FORM, LIFT, rated
from views.auditing import drawing


def codes(text: str) -> list[str]:
    return [each.code for each in read(text, "audyt.yaml").problems.errors]


def found(*advice: dict[str, Any], text: str = FORM, **ratings: str) -> Findings:
    form = read(text, "audyt.yaml").whole
    assert form is not None
    assert form.audit is not None
    answers = {"gmina": "3201011", "obiekt": " Urząd  Miasta ", "dzien": "2026-10-14", "oceny": rated(**ratings)}
    working = Working.of(form, {**answers, "zalecenia": list(advice)}, {}, [step.id for step in form.steps])
    result = findings(form, walk(Plan(form), working, Env({}, today=TODAY)), form.audit)
    assert result is not None
    return result


def test_an_audit_is_its_scores_barriers_and_recommendations() -> None:
    audit = found(
        LIFT, {"pozycja": "a01", "opis": "Oznaczyć."}, {"pozycja": "", "opis": ""}, A01="0", A02="2", K01="nd"
    )
    assert (audit.building, audit.day, audit.barriers) == ("Urząd Miasta", date(2026, 10, 14), ("A01",))
    assert [(each.id, each.score) for each in audit.areas] == [("A", Decimal("25.0")), ("K", None)]
    assert (audit.score, audit.grade) == (Decimal("25.0"), "niska")
    first, second = audit.recommendations
    assert (first.path, first.rank, first.cost, first.due) == ("A01", 0, Decimal("240000.00"), date(2026, 10, 31))
    assert (second.path, second.item, second.due) == ("A01-2", "A01", None)
    nd = audit.item("K01")
    assert nd is not None
    assert (nd.points, nd.remark) == (None, "nie ma")


def test_where_a_barrier_lowers_the_class_it_is_known_which_one_the_score_alone_would_give() -> None:
    lenient = FORM.replace("from: 70, label: dobra", "from: 50, label: dobra")
    lowered = found(text=lenient, A01="2", A02="2", K01="0")
    assert (lowered.score, lowered.grade, lowered.earned) == (Decimal("57.1"), "niska", "dobra")
    assert "Sam wynik dałby klasę „dobra”." in drawing.result(lowered)["lowered"]
    low = found(A01="2", A02="2", K01="0")
    assert (low.grade, low.earned, drawing.result(low)["lowered"]) == ("niska", "", "")


def test_two_audits_are_compared_by_points_and_what_does_not_apply_is_neither_better_nor_worse() -> None:
    before, after = found(A01="0", A02="2", K01="2"), found(A01="2", A02="0", K01="nd")
    changes = compare(before, after)
    assert {each.id: each.how for each in changes.items} == {"A01": BETTER, "A02": WORSE, "K01": GONE}
    assert (changes.removed, changes.added, changes.lasting) == (("A01",), (), ())
    back = compare(after, before)
    assert {each.id: each.how for each in back.items} == {"A01": WORSE, "A02": BETTER, "K01": NEW}
    assert back.added == ("A01",)
    same = compare(before, before)
    assert same.count(SAME) == 3
    assert same.lasting == ("A01",)
    assert [(area.id, was) for area, was in changes.areas] == [("A", Decimal("25.0")), ("K", Decimal("100.0"))]


@pytest.mark.parametrize(
    ("wrong", "cured", "code"),
    [
        ("ratings: obiekt", "ratings: oceny", "wrong-audit"),
        ("ratings: ocena", "ratings: oceny", "unknown-name"),
        ("building: dzien", "building: obiekt", "wrong-audit"),
        ("date: obiekt", "date: dzien", "wrong-audit"),
        ("group: oceny", "group: zalecenia", "wrong-audit"),
        ("cost: opis", "cost: koszt", "wrong-audit"),
        ("due: terminy", "due: termin", "unknown-name"),
        ("file: opis", "file: plik", "wrong-audit"),
        ("anonymous: true\nkind: audit", "kind: audit", "wrong-audit"),
    ],
)
def test_a_question_that_cannot_serve_is_named(wrong: str, cured: str, code: str) -> None:
    assert cured in FORM
    clean = codes(FORM)
    assert code not in clean
    assert code in codes(FORM.replace(cured, wrong, 1))
