"""Periods: what a definition may say about them, how they follow, and how an answer finds the one before it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from config.settings import ROOT
from docs.reference import PERIODS
from forms.answers import Outcome, Working, clean, dump, load, walk
from forms.definition import Field, Form
from forms.describing.outline import describe_form
from forms.diff import Effect, compare
from forms.examples.trying import run
from forms.judging import judge
from forms.periods.following import compared, signed
from forms.periods.past import CHANGED, Before, Past
from forms.periods.series import Period, spoken
from forms.plan import Plan
from forms.plausible.filling import fill as made_up
from forms.wording import speaking
from tests.forms.definitions import CATALOGUE, TODAY, codes, env, fill, form_of, read, said

HEAD = "title: Raport\nperiod: {field: rok, every: year}\nsteps:\n  - id: gmina\n    title: Gmina\n    fields:\n"
ROK = "      - {name: rok, type: year, label: Rok}\n"
GMINA = "      - {name: gmina, type: gmina, label: Gmina}\n"
DANE = "  - id: dane\n    title: Dane\n    fields:\n"
TABLE = (
    "      - {name: t, type: table, label: T, rows: [{value: r, label: Rząd}], "
    "columns: [{name: k, type: decimal, label: K, KEYS}]}\n"
)
GROUP = (
    "      - {name: g, type: group, label: G, key: nr, fields: [{name: nr, type: text, label: Nr}, "
    "{name: k, type: money, label: K, KEYS}]}\n"
)


def report(*fields: str) -> str:
    return HEAD + ROK + GMINA + DANE + "".join(f"      - {{name: {each}, label: Pole}}\n" for each in fields)


def now(
    form: Form, before: dict[str, Any] | None, answers: dict[str, Any], seen: bool = True
) -> tuple[Working, Outcome]:
    """The form as it is filled in now, a period after these answers (typed like those of now)."""
    working = fill(form, answers, seen=seen).working
    around = env()
    if before is not None:
        said_then = Before("2025", fill(form, before).working.answers)
        around.previous = Past(form.fields, lambda: said_then)
    return working, walk(Plan(form), working, around)


@pytest.mark.parametrize(
    ("every", "value", "text", "before"),
    [
        ("year", 2027, "2027", "2026"),
        ("year", Decimal(2027), "2027", "2026"),
        ("year", "2027", "2027", "2026"),
        ("year", date(2027, 5, 1), "2027", "2026"),
        ("quarter", date(2027, 5, 1), "2027-Q2", "2027-Q1"),
        ("quarter", "2027-Q1", "2027-Q1", "2026-Q4"),
        ("quarter", "2027k3", "2027-Q3", "2027-Q2"),
        ("month", date(2027, 5, 1), "2027-05", "2027-04"),
        ("month", "2027-01", "2027-01", "2026-12"),
    ],
)
def test_an_answer_names_a_period_and_each_period_has_one_before_it(
    every: str, value: Any, text: str, before: str
) -> None:
    period = Period("rok", every)
    assert period.of(value) == text
    assert period.before(text) == before
    assert period.after(before) == text


@pytest.mark.parametrize("value", [None, 12, "wiosna", "2027-13", True])
def test_what_names_no_period_is_none(value: Any) -> None:
    assert Period("rok", "month").of(value) is None


def test_a_period_is_spoken_of_in_both_languages() -> None:
    assert [str(spoken(each)) for each in ("2027", "2027-Q1", "2027-03")] == ["2027", "I kwartał 2027", "marzec 2027"]
    with speaking("en"):
        assert str(spoken("2027-03")) == "March 2027"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (report("a, type: integer").replace("field: rok", "field: rk"), "unknown-name"),
        (report("a, type: integer").replace("every: year", "every: quarter"), "wrong-period"),
        (report("a, type: integer").replace("type: year", "type: choice, options: [wiosna]"), "wrong-period"),
        (HEAD + ROK, "period-without-gmina"),
        (f"anonymous: true\n{report('a, type: integer')}", "anonymous-period"),
        ("title: A\nfields: [{name: a, type: integer, label: A, warn_change: 30}]", "no-period"),
        ("title: A\nfields: [{name: a, type: integer, label: A, when: previous(a) > 3}]", "no-period"),
        (report("a, type: email, hint: Na przykład a@b.pl., compare: true") + "privacy: rodo\n", "wrong-compare"),
        (report("a, type: text, sensitive: true, compare: true"), "wrong-compare"),
        (report("a, type: text, warn_change: 5"), "wrong-compare"),
        (report("a, type: file, prefill: previous"), "wrong-compare"),
        (report("a, type: computed, value: 1 + 1, prefill: previous"), "wrong-compare"),
        (report() + GROUP.replace("key: nr, ", "").replace("KEYS", "compare: true"), "wrong-compare"),
        (report() + GROUP.replace("key: nr, ", "prefill: previous, ").replace(", KEYS", ""), "wrong-compare"),
        (report("a, type: text").replace("label: Rok", "label: Rok, compare: true"), "wrong-compare"),
        (HEAD + ROK + GMINA + "      - {name: a, type: text, label: A, prefill: previous}\n", "early-prefill"),
        (f"journey: page\n{report('a, type: text, prefill: previous')}", "early-prefill"),
    ],
)
def test_what_cannot_be_meant_is_told(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        report(
            "a, type: money, compare: true, prefill: previous, warn_change: 30", "b, type: computed, value: change(a)"
        ),
        report() + TABLE.replace("KEYS", "compare: true, prefill: previous, warn_change: 10"),
        report()
        + GROUP.replace("KEYS", "compare: true, warn_change: 10").replace("key: nr", "key: nr, prefill: previous"),
        report("a, type: integer").replace("type: year", "type: choice, options: ['2026', '2027']"),
        report("a, type: integer")
        .replace("type: year", "type: month, hint: x")
        .replace("every: year", "every: quarter"),
    ],
)
def test_what_can_be_meant_is_not(text: str) -> None:
    assert [problem.line() for problem in read(text).problems.sorted()] == []


def test_expressions_see_the_previous_answers_those_of_the_same_item_first() -> None:
    form = form_of(
        report(
            "a, type: integer", "x, type: computed, value: change(a)", "s, type: computed, value: sum(previous(g.k))"
        )
        + GROUP.replace("KEYS", "compare: true").replace(
            "]}\n", ", {name: z, type: computed, label: Z, value: change(k) + previous(a)}]}\n"
        )
    )
    before = {"a": 200, "g": [{"nr": "P1", "k": 10}, {"nr": "P2", "k": 100}]}
    _, found = now(form, before, {"a": 150, "g": [{"nr": "p2 ", "k": 150}, {"nr": "P3", "k": 5}]})
    assert (found.values["x"], found.values["s"]) == (Decimal(-25), Decimal(110))
    assert [item.get("z") for item in found.values["g"]] == [Decimal(250), None]


def test_a_name_of_old_finds_its_answer_and_what_is_about_a_person_is_not_told() -> None:
    form = form_of(report("a, type: integer, was: [stare]", "kto, type: text, sensitive: true"))
    answers = load(form.fields, {"stare": 7, "kto": "Jan"})
    past = Past(form.fields, lambda: Before("2025", answers))
    assert (past("a"), past("kto"), past("nic")) == (Decimal(7), None, None)


def test_a_change_beyond_the_limit_asks_for_an_explanation() -> None:
    form = form_of(report("a, type: money, warn_change: 30"))
    for value, told in (("130", []), ("131", ["a"]), ("70", []), ("69", ["a"])):
        working, found = now(form, {"a": 100}, {"a": value})
        failures = judge(Plan(form), working, found)
        assert [failure.path for failure in failures] == told
        assert all(failure.code == CHANGED and failure.stops for failure in failures)
    working.explained = {"ZMIANA@a": "Remont"}
    assert not any(failure.stops for failure in judge(Plan(form), working, found))


def test_nothing_is_asked_where_there_was_nothing_before_or_it_was_zero() -> None:
    form = form_of(report("a, type: money, warn_change: 30"))
    for before in (None, {}, {"a": 0}):
        working, found = now(form, before, {"a": 100})
        assert judge(Plan(form), working, found) == []


def test_what_nobody_has_answered_starts_with_the_previous_answer_rather_than_the_default() -> None:
    form = form_of(
        report("a, type: integer, prefill: previous, default: 1", "b, type: integer, default: 1")
        + TABLE.replace("KEYS", "prefill: previous")
    )
    _, found = now(form, {"a": 5, "b": 5, "t": {"r": {"k": 3}}}, {}, seen=False)
    assert (found.values["a"], found.values["b"], found.values["t"]) == (5, 1, {"r": {"k": Decimal(3)}})
    assert found.copied == {"a", "t"}
    _, found = now(form, {"a": 5}, {"a": 6})
    assert (found.values["a"], found.copied) == (6, set())


def test_changes_are_written_with_a_sign() -> None:
    assert [said(signed(Decimal(each))) for each in ("12.46", "-3", "0", "1200")] == ["+12,5%", "−3%", "0%", "+1 200%"]


def test_leaving_the_series_is_told_as_a_loss_and_new_words_are_not() -> None:
    text = report("a, type: integer")
    found = compare(form_of(text), form_of(text.replace("period: {field: rok, every: year}\n", "")))
    assert [(change.kind, change.effect) for change in found] == [("period-changed", Effect.LOSS)]
    assert compare(form_of(text), form_of(f"# uwaga\n{text}")) == []


def test_an_example_may_say_what_was_answered_a_period_ago() -> None:
    example = "examples: [{{name: x, previous: {{a: 100}}, answers: {{a: {}}}, expect: {{errors: {{a: ZMIANA}}}}}}]\n"
    for value, wrong in ((131, []), (130, ["example-failed"])):
        form = form_of(report("a, type: money, warn_change: 30") + example.format(value))
        assert [problem.code for problem in run(Plan(form), "x.yaml", CATALOGUE.limit, TODAY)] == wrong
    assert codes("fields: [{name: a, type: money, label: A}]\ntitle: A\n" + example.format(1)) == ["no-period"]


def test_staff_read_in_plain_words_that_a_form_is_a_series() -> None:
    text = str(describe_form(form_of(report("a, type: money, prefill: previous, warn_change: 30"))))
    assert "Wypełniany co rok;" in text
    assert "Na początku: odpowiedź z poprzedniego okresu, do sprawdzenia." in text
    assert "Zmiana o więcej niż 30%, licząc od poprzedniego okresu, wymaga wyjaśnienia." in text


def test_the_example_of_the_reference_is_a_series_without_mistakes() -> None:
    example = PERIODS.split("```yaml\n")[1].split("```")[0]
    assert [problem.line() for problem in read(example).problems.sorted()] == []


MONITORING = form_of(
    (ROOT / "config" / "forms" / "monitoring.yaml")
    .read_text("utf-8")
    .replace("privacy: rodo-monitoring", "privacy: rodo")
)


@pytest.mark.parametrize("seed", range(6))
def test_the_same_answers_a_year_later_have_changed_by_nothing(seed: int) -> None:
    plan = Plan(MONITORING)
    first = made_up(plan, env(), seed).working
    stored = dump(MONITORING.fields, clean(MONITORING, walk(plan, first, env())))
    around = env()
    around.previous = past = Past(MONITORING.fields, lambda: Before("2024", load(MONITORING.fields, stored)))
    found = walk(plan, first, around)
    assert [each.code for each in judge(plan, first, found) if each.code == CHANGED] == []
    seen = [one for each, value, past in followed(MONITORING, found, past) for one in compared(each, value, past)]
    assert {one.change for one in seen} <= {None, Decimal(0)}
    assert all(one.shown(one.value) == one.shown(one.previous) for one in seen if one.value is not None)
    fresh = walk(plan, Working({each: stored[each] for each in ("gmina",)}, seen={"gmina"}), around)
    assert len(fresh.values.get("przedsiewziecia", ())) in (0, len(stored.get("przedsiewziecia", ())))


def followed(form: Form, found: Outcome, past: Past) -> list[tuple[Field, Any, Past]]:
    """Every followed question with its answer and the past as its item sees it."""
    result: list[tuple[Field, Any, Past]] = []

    def visit(fields: Any, values: Any, past: Past) -> None:
        for each in fields:
            value = values.get(each.name)
            if each.fields:
                for item in (value or ()) if each.type.repeats else [value or {}]:
                    visit(each.fields, item, past.within(each, item))
            elif each.followed:
                result.append((each, value, past))

    visit(form.fields, found.values, past)
    return result


def test_in_a_text_what_was_answered_a_period_ago_is_written_as_its_question_writes_it() -> None:
    check = 'checks: [{that: "a >= previous(a)", message: "{a} to mniej niż {previous(a)}.", code: MNIEJ}]'
    form = form_of(report("a, type: money").replace("type: money,", f"type: money, {check},"))
    whose = {"gmina": "3216011"}
    working, found = now(form, {**whose, "rok": "2025", "a": "1400000"}, {**whose, "rok": "2026", "a": "1300000"})
    texts = [str(each.text).replace("\xa0", " ") for each in judge(Plan(form), working, found)]
    assert texts == ["1 300 000,00 zł to mniej niż 1 400 000,00 zł."]
