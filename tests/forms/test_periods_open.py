"""`period: {open: …}`: the period that a form collects now – what its question takes, and what a correction may keep."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from forms.answers import Working, walk
from forms.definition import Form
from forms.diff import Effect, compare
from forms.judging import judge
from forms.plan import Plan
from forms.plausible.filling import fill as made_up
from forms.progress import share
from tests.forms.definitions import codes, env, form_of

GMINA = "  - {name: gmina, type: gmina, label: Gmina}\n"


def text(period: str, field: str, before: str = "") -> str:
    return f"title: Raport\n{before}period: {{{period}}}\nfields:\n  - {{name: okres, label: Okres, {field}}}\n{GMINA}"


YEAR = text("field: okres, every: year, open: 2025", "type: year")


def kinds(form: Form, period: str | None = None, **answers: Any) -> list[str]:
    """What does not pass; `period` is the one that the response was sent for."""
    plan, working = Plan(form), Working({"gmina": "3216011", **answers}, period=period)
    return [each.kind for each in judge(plan, working, walk(plan, working, env()))]


@pytest.mark.parametrize(
    ("period", "field", "good", "bad"),
    [
        ("field: okres, open: 2025", "type: year", 2025, 2024),
        ("field: okres, open: 2025", "type: integer, min: 2000", Decimal(2025), Decimal(2026)),
        ("field: okres, every: quarter, open: 2025-Q2", "type: month, hint: x", date(2025, 5, 1), date(2025, 7, 1)),
        ("field: okres, every: month, open: 2025-12", "type: month, hint: x", date(2025, 12, 1), date(2025, 11, 1)),
        ("field: okres, every: quarter, open: 2025q1", "type: choice, options: [2025-Q1, 2025-Q2]", "2025_q1", "2025_q2"),
    ],
)  # fmt: skip
def test_the_question_takes_the_open_period_and_no_other(period: str, field: str, good: Any, bad: Any) -> None:
    form = form_of(text(period, field))
    assert kinds(form, okres=good) == []
    assert len(kinds(form, okres=bad)) == 1


def test_the_question_begins_with_the_open_period() -> None:
    form = form_of(YEAR)
    assert walk(Plan(form), Working(), env()).values["okres"] == 2025
    assert form.period is not None
    assert form.period.open == "2025"


def test_a_correction_keeps_the_period_it_was_sent_for_and_may_not_take_another() -> None:
    form = form_of(YEAR)
    assert kinds(form, "2023", okres=2023) == []
    assert kinds(form, "2023", okres=2022) == ["min"]
    assert kinds(form, None, okres=2023) == ["min"]


def test_made_up_answers_are_about_the_open_period() -> None:
    form = form_of(YEAR.replace("type: year", "type: year, required: true"))
    assert {made_up(Plan(form), env(), seed).working.answers["okres"] for seed in range(5)} == {2025}


def test_the_day_is_the_one_given_else_when_the_form_closes() -> None:
    closes = "closes: 2026-05-31\n"
    own = form_of(text("field: okres, open: 2025, due: 2026-03-31", "type: year", closes))
    assert own.due == datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC)
    closing = form_of(text("field: okres, open: 2025", "type: year", closes))
    assert closing.due == closing.closes
    assert form_of(YEAR).due is None


@pytest.mark.parametrize(
    ("period", "field", "code"),
    [
        ("field: okres, open: wiosna", "type: year", "wrong-period"),
        ("field: okres, open: 2025-Q1", "type: year", "wrong-period"),
        ("field: okres, open: 2025", "type: year, max: 2024", "wrong-period"),
        ("field: okres, open: 2027", "type: choice, options: ['2025', '2026']", "wrong-period"),
        ("field: okres, due: 2026-03-31", "type: year", "due-without-open"),
    ],
)
def test_what_cannot_be_meant_is_told(period: str, field: str, code: str) -> None:
    assert codes(text(period, field)) == [code]


@pytest.mark.parametrize(
    ("due", "found"), [("2026-04-01", ["due-after-closes"]), ("2026-03-31", []), ("2026-03-30", [])]
)
def test_a_day_after_the_form_has_closed_is_told_since_nobody_could_send_by_then(due: str, found: list[str]) -> None:
    assert codes(text(f"field: okres, open: 2025, due: {due}", "type: year", "closes: 2026-03-31\n")) == found


def test_the_next_period_breaks_no_series_but_another_length_does() -> None:
    old = form_of(text("field: okres, every: year, open: 2025", "type: choice, options: ['2025', '2026']"))
    new = form_of(text("field: okres, every: year, open: 2026", "type: choice, options: ['2025', '2026']"))
    assert Effect.LOSS not in {each.effect for each in compare(old, new)}
    other = form_of(text("field: gmina2, every: year", "type: year") + "  - {name: gmina2, type: year, label: Rok}\n")
    assert Effect.LOSS in {each.effect for each in compare(old, other)}


def test_how_far_a_draft_is_counts_what_was_answered_or_left_blank_on_a_saved_step() -> None:
    form = form_of(
        "title: A\nsteps:\n"
        "  - {id: a, title: A, fields: [{name: x, type: text, label: X, required: true}, {name: y, type: text, label: Y}]}\n"
        "  - {id: b, title: B, fields: [{name: z, type: integer, label: Z, default: 5}, "
        "{name: g, type: group, label: G, fields: [{name: w, type: text, label: W}]}]}\n"
    )
    plan = Plan(form)
    assert share(plan, Working(), env()) == 0
    assert share(plan, Working({"y": "jest"}, seen={"a"}), env()) == pytest.approx(1 / 3)
    assert share(plan, Working({"x": "jest"}, seen={"a"}), env()) == pytest.approx(2 / 3)
    assert share(plan, Working({"x": "jest", "g": [{}, {"w": "1"}]}, seen={"a", "b"}), env()) == 1
