"""What a form can never do is told its author: conditions, steps, options, limits, texts with a hole in them."""

from __future__ import annotations

import pytest

from tests.forms.definitions import codes, read

STEPS = """title: Próba
steps:
  - id: s1
    title: Pierwszy
    fields:
      - {name: wiek, type: integer, label: Wiek, min: 18, max: 99}
      - {name: nocleg, type: yes_no, label: Nocleg}
      - {name: zgoda, type: consent, label: Zgoda}
      - {name: dzien, type: date, label: Dzień, hint: h, min: 2027-01-01, max: 2027-12-31}
      - {name: dieta, type: choice, label: Dieta, options: [Mięsna, Inna], when: nocleg}
      - {name: opis, type: text, label: Opis diety, when: dieta == 'inna'}
      - {name: dni, type: choices, label: Dni, options: [Pierwszy, Drugi], max: 2}
      - name: osoby
        type: group
        label: Osoby
        max: 5
        fields:
          - {name: lata, type: integer, label: Lata, min: 0, max: 120}
          - {name: szkola, type: text, label: Szkoła, when: lata < 18}
"""
LAST = "  - {id: s2, title: Drugi, %sfields: [{name: b, type: text, label: B%s}]}\n"


def told(when: str = "", keys: str = "", before: str = "") -> list[str]:
    """The codes for the form above with a second step, asked on a condition, whose one field has further keys."""
    step = f'when: "{when}", ' if when else ""
    return codes(before + STEPS + LAST % (step, f", {keys}" if keys else ""))


@pytest.mark.parametrize(
    "when",
    [
        "wiek < 18",
        "wiek > 99",
        "wiek + wiek > 198",
        "wiek * 2 < 36",
        "not answered(nocleg) and nocleg",
        "dzien < 2027-01-01",
        "dzien > 2027-12-31",
        "zgoda == false",
        "count(dni) > 2",
        "count(osoby) > 5",
        "count(osoby) == 2 and count(osoby) > 2",
        "not nocleg and dieta == 'inna'",
        "answered(opis) and dieta == 'miesna'",
        "answered(opis) and nocleg == false",
        "dieta not in ('miesna', 'inna')",
        "dieta != 'miesna' and dieta != 'inna'",
        "wiek > 50 and wiek < 51",
        "wiek == 20.5",
        "opis == 'x' and not nocleg",
    ],
)
def test_a_step_that_nobody_can_reach_is_an_error(when: str) -> None:
    assert told(when) == ["unreachable-step"]


@pytest.mark.parametrize(
    "when",
    [
        "wiek < 19",
        "wiek >= 99",
        "wiek + wiek >= 198",
        "not answered(wiek)",
        "not (wiek > 18)",
        "not zgoda",
        "dzien == 2027-12-31",
        "count(dni) == 2",
        "count(osoby) == 0",
        "not answered(dieta) and not answered(opis)",
        "answered(opis) and nocleg",
        "dieta != 'miesna'",
        "not (dieta == 'miesna' or dieta == 'inna')",
        "wiek > 50 and wiek < 52",
        "count(osoby, lata > 18) > 0",
        "max(osoby.lata) > 99",
        "days(dzien, today) > 1000",
    ],
)
def test_a_step_that_can_be_reached_is_left_in_peace(when: str) -> None:
    assert told(when) == []


def test_a_step_after_a_condition_that_cannot_hold_is_told_once() -> None:
    third = '  - {id: s3, title: Trzeci, when: "answered(b)", fields: [{name: c, type: text, label: C}]}\n'
    text = STEPS + LAST % ('when: "wiek < 18", ', "") + third
    assert codes(text) == ["unreachable-step", "unreachable-step"]
    first, second = read(text).problems.errors
    assert "s2" in text.splitlines()[first.place.line - 1]
    assert "s3" in text.splitlines()[second.place.line - 1]


def test_what_stands_in_a_step_nobody_reaches_is_not_told_as_well() -> None:
    assert told("wiek < 18", "when: wiek > 99, checks: [{that: wiek > 200, message: 'x {opis}'}]") == [
        "unreachable-step"
    ]


@pytest.mark.parametrize(
    ("when", "keys", "expected"),
    [
        ("nocleg", "when: not nocleg", ["never-holds"]),
        ("dieta == 'inna'", "when: not nocleg", ["never-holds"]),
        ("", "when: wiek < 10", ["never-holds"]),
        ("", "required: wiek < 10", ["never-holds"]),
        ("", "checks: [{that: wiek < 10, message: X}]", ["never-holds"]),
        ("", "checks: [{that: wiek >= 18, message: X}]", ["always-holds"]),
        ("nocleg", "checks: [{that: nocleg, message: X}]", ["always-holds"]),
        ("nocleg", "when: nocleg", []),
        ("nocleg", "required: dieta == 'inna'", []),
        ("", "checks: [{that: wiek > 20, message: X}]", []),
        ("", "checks: [{that: answered(b) or answered(opis), message: X}]", []),
        ("", "when: not (wiek < 18)", ["always-holds"]),
        ("", "when: wiek > 20 or not (wiek > 20)", ["always-holds"]),
    ],
)
def test_a_condition_is_judged_where_it_stands(when: str, keys: str, expected: list[str]) -> None:
    assert told(when, keys) == expected


def test_a_named_condition_that_never_holds_is_told_where_it_is_defined_and_not_where_it_is_used() -> None:
    text = STEPS.replace("steps:", "conditions: {mlody: wiek < 18}\nsteps:", 1) + LAST % ("when: mlody or nocleg, ", "")
    assert codes(text) == ["never-holds"]
    assert read(text).problems.errors[0].place.line == 2


def test_a_named_condition_that_nothing_uses_is_a_warning() -> None:
    assert told(before="conditions: {mlody: wiek < 30}\n") == ["unused-condition"]
    assert told("mlody", before="conditions: {mlody: wiek < 30}\n") == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("[{value: x, label: X, when: wiek < 18}, Y]", ["option-never-offered"]),
        ("[{value: x, label: X, when: wiek < 20}, Y]", []),
        ("{list: gminy, where: powiat == 'nie ma takiego'}", ["option-never-offered"]),
        ("{list: gminy, where: powiat == b}", []),
        ("{list: gminy, where: powiat == 'szczecinecki'}", []),
        ("{list: gminy, where: powiat == 'szczecinecki' and wiek < 18}", ["option-never-offered"]),
    ],
)
def test_an_option_that_is_never_offered_is_an_error(options: str, expected: list[str]) -> None:
    field = f"- {{name: wybor, type: choice, label: Wybór, options: {options}}}"
    assert codes(f"{STEPS}{LAST % ('', '')}".replace("- {name: nocleg", f"{field}\n      - {{name: nocleg", 1)
                 .replace("- {name: wiek", "- {name: b0, type: text, label: B}\n      - {name: wiek", 1)
                 .replace("powiat == b}", "powiat == b0}")) == expected  # fmt: skip


def test_choosing_an_option_says_that_its_condition_holds() -> None:
    choice = "- {name: wybor, type: choice, label: W, options: [{value: x, label: X, when: nocleg}, Y, Z]}"
    text = STEPS.replace("- {name: dieta", f"{choice}\n      - {{name: dieta", 1)
    assert codes(text + LAST % ("when: wybor == 'x' and not nocleg, ", "")) == ["unreachable-step"]
    assert codes(text + LAST % ("when: wybor == 'y' and not nocleg, ", "")) == []
    assert codes(text + LAST % ("when: \"wybor not in ('y', 'z') and nocleg\", ", "")) == []


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("type: date, min: today, max: today - 3 days", ["min-over-max"]),
        ("type: date, min: today, max: today + 3 days", []),
        ("type: date, min: today - 1 month, max: today - 31 days", []),
        ("type: date, min: today - 1 month, max: today - 32 days", ["min-over-max"]),
        ("type: date, min: dzien, max: 2026-12-31", ["min-over-max"]),
        ("type: date, min: dzien, max: 2027-01-01", []),
        ("type: integer, min: wiek, max: 17", ["min-over-max"]),
        ("type: integer, min: wiek, max: 18", []),
        ("type: integer, min: 100, max: wiek", ["min-over-max"]),
        ("type: integer, min: 5, max: 3", ["min-over-max"]),
        ("type: date, min: 2027-02-01, max: 2027-01-01", ["min-over-max"]),
        ("type: text, min: 5, max: 3", ["min-over-max"]),
        ("type: choices, options: [A, B], min: 3", ["min-over-max"]),
    ],
)
def test_limits_that_leave_no_value_are_an_error(keys: str, expected: list[str]) -> None:
    field = f"- {{name: x, label: X, hint: h, {keys}}}"
    assert codes(STEPS.replace("- {name: nocleg", f"{field}\n      - {{name: nocleg", 1).replace(
        "- {name: dzien", "- {name: dzien0", 1).replace(
        "- {name: wiek", "- {name: dzien, type: date, hint: h, label: D, min: 2027-01-01}\n      - {name: wiek", 1)
    ) == expected  # fmt: skip


@pytest.mark.parametrize(
    ("when", "label", "expected"),
    [
        ("", "Opis {opis}", ["maybe-unasked"]),
        ("", "Wiek {wiek}", []),
        ("dieta == 'inna'", "Opis {opis}", []),
        ("nocleg", "Dieta {dieta}", []),
        ("wiek > 30", "Dieta {dieta}", ["maybe-unasked"]),
        ("", "Opis {opis if dieta == 'inna' else 'brak'}", []),
        ("answered(opis)", "Opis {opis}", []),
    ],
)
def test_a_text_that_shows_an_answer_that_may_be_unasked_is_a_warning(
    when: str, label: str, expected: list[str]
) -> None:
    text = STEPS + LAST % (f'when: "{when}", ' if when else "", "")
    assert codes(text.replace("label: B", f'label: "{label}"')) == expected


def test_the_message_of_a_check_is_read_only_when_the_check_fails() -> None:
    assert told(keys="checks: [{that: wiek > 30 or dieta == 'inna', message: 'Dieta {dieta}.'}]") == []
    assert told(keys="checks: [{that: wiek > 30, message: 'Dieta {dieta}.'}]") == ["maybe-unasked"]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("nocleg or wiek < 18", ["dead-part"]),
        ("nocleg or (wiek > 50 and (wiek < 18 or answered(dieta)))", ["dead-part"]),
        ("not (wiek > 50 or dieta == 'inna' and not nocleg)", ["dead-part"]),
        ("nocleg or wiek < 19", []),
        ("false or nocleg", []),
    ],
)
def test_an_alternative_that_can_never_hold_is_a_warning_at_its_place(when: str, expected: list[str]) -> None:
    assert told(when) == expected


def test_a_chain_of_conditions_longer_than_the_stack_is_deep_is_read() -> None:
    links = "".join(f"  c{n}: c{n + 1} and a == '{n}'\n" for n in range(900))
    text = f"title: P\nconditions:\n{links}  c900: a == 'x'\nfields:\n  - {{name: a, type: text, label: A}}\n"
    assert codes(text + "  - {name: b, type: text, label: B, when: not c0}\n") == []


def test_fields_of_an_item_are_looked_at_within_the_item() -> None:
    assert codes(STEPS.replace("when: lata < 18", "when: lata < 0")) == ["never-holds"]
    assert codes(STEPS.replace("label: Szkoła", "label: 'Szkoła ({lata})'")) == []
    nested = STEPS.replace(
        "when: lata < 18}", "when: lata < 18}\n          - {name: klasa, type: text, label: '{szkola}'}"
    )
    assert codes(nested) == ["maybe-unasked"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("type: integer, max: 5, default: 7", ["wrong-default"]),
        ("type: integer, max: 5, default: 5", []),
        ("type: date, hint: h, min: 2027-01-01, default: 2026-12-31", ["wrong-default"]),
        ("type: text, max: 3, default: tekst", ["wrong-default"]),
        ("type: choice, options: [A, B], default: c", ["wrong-default"]),
        ("type: choice, options: [A, {value: b, label: B, retired: true}], default: b", ["wrong-default"]),
        ("type: choices, options: [A, B, C], max: 1, default: [a, b]", ["wrong-default"]),
        ("type: integer, max: today, default: 7", ["wrong-type"]),
    ],
)
def test_a_default_keeps_to_the_limits_of_its_field(keys: str, expected: list[str]) -> None:
    assert codes(f"title: P\nfields:\n  - {{name: a, label: A, {keys}}}\n") == expected
