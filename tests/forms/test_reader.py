"""From a file's text to a form: every mistake at its place with its cure, all of them at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from forms.problems import report
from forms.reader import reread
from forms.spans import Span
from tests.forms.definitions import AROUND, codes, form_of, read

SZKOLENIE = """title: Zgłoszenie
kind: registration
state: open
fields:
  - name: nip
    label: NIP
    hint: Na przykład 123-456-32-18.
    type: nipp
    etykieta: NIP
"""
FIELDS = "fields:\n  - {name: a, type: integer, label: A}\n  - {name: b, type: integer, label: B}\n"
STEPS = """
title: Kroki
steps:
  - {id: pierwszy, title: Pierwszy, fields: [%s]}
  - {id: drugi, title: Drugi, fields: [{name: b, type: integer, label: B}]}
"""


def test_a_misspelt_type_and_a_polish_key_are_reported_with_a_caret_and_a_cure() -> None:
    found = read(SZKOLENIE, "szkolenie.yaml")
    assert found.form is None
    assert report(found.problems, {"szkolenie.yaml": SZKOLENIE}).splitlines() == [
        "szkolenie.yaml:8:11: pole „nip”: nieznany typ „nipp” – czy chodziło o „nip”? [unknown-type]",
        "  8 |     type: nipp",
        "    |           ^~~~",
        "szkolenie.yaml:9:5: pole „nip”: nieznany klucz „etykieta” – ten klucz nazywa się „label” [unknown-key]",
        "  9 |     etykieta: NIP",
        "    |     ^~~~~~~~",
        "2 błędy",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"tytul: Próba\n{FIELDS}", "unknown-key"),
        (FIELDS, "missing-key"),
        ("title: Próba\n", "missing-key"),
        (f"title: Próba\nkind: ankieta\n{FIELDS}", "unknown-value"),
        (f"title: Próba\ncloses: jutro\n{FIELDS}", "not-a-moment"),
        (f"title: Próba\ncloses: 2027-02-30\n{FIELDS}", "not-a-moment"),
        (f"title: Próba\nopens: 2027-02-10\ncloses: 2027-02-09\n{FIELDS}", "closes-before-opens"),
        (f"title: Próba\ngrace: kwadrans\n{FIELDS}", "not-a-span"),
        (f"title: Próba\nanonymous: tak\n{FIELDS}", "not-a-boolean"),
        (f"title: Próba\nreference: SZK-{{rok}}\n{FIELDS}", "wrong-value"),
        (f"title: Próba\nprivacy: rodoo\n{FIELDS}", "unknown-text"),
        (f"title: Próba\none_per: [gmina]\n{FIELDS}", "unknown-name"),
        (f"title: Próba\nedit_until: potem\n{FIELDS}", "not-a-moment"),
        (f"title: {{pl: Próba}}\nlanguages: [pl, en]\n{FIELDS}", "missing-translation"),
        (f"title: Próba\nlanguages: [pl, en]\n{FIELDS}", "missing-translation"),
        (f"title: {{pl: Próba, de: Probe}}\n{FIELDS}", "unknown-language"),
        (f"title: Próba\nchecks: [{{that: a > c, message: X}}]\n{FIELDS}", "unknown-name"),
        (f"title: Próba\nchecks: [{{that: a > b, message: X, on: c}}]\n{FIELDS}", "unknown-name"),
        (f"title: Próba\nchecks: [{{that: \"a > 'x'\", message: X}}]\n{FIELDS}", "wrong-type"),
        (f"title: Próba\nchecks: [{{that: a > b}}]\n{FIELDS}", "missing-key"),
        (f"title: Próba\nconditions: {{a: b > 1}}\n{FIELDS}", "duplicate-name"),
        (f"title: Próba\nconditions: {{x: y, y: x}}\n{FIELDS}", "circle"),
        ("title: Próba\nfields: []\n", "no-fields"),
        (f"title: Próba\nsteps: []\n{FIELDS}", "steps-and-fields"),
        ("title: Próba\nfields:\n  - {name: a, type: email, label: A}\n", "no-privacy"),
        ("title: Próba\nfields:\n  - {name: a, type: text, label: 'A:'}\n", "label-colon"),
        ("title: Próba\nfields:\n  - {name: a, type: integer, label: A, default: pięć}\n", "wrong-default"),
        (
            "title: Próba\nfields:\n  - {name: a, type: text, label: A}\n  - {name: a, type: text, label: B}\n",
            "duplicate-name",
        ),
        ("title: Próba\nfields:\n  - {name: a, type: computed, label: A, value: a + 1}\n", "circle"),
        (
            "title: Próba\nfields:\n  - {name: a, type: group, label: A, unique: x, fields: [{name: b, type: text, label: B}]}\n",
            "unknown-name",
        ),
    ],
)
def test_each_mistake_has_its_code(text: str, code: str) -> None:
    assert code in codes(text)


def test_all_mistakes_of_a_file_come_at_once_in_their_order() -> None:
    text = "title: Próba\nkind: x\nfields:\n  - {name: A, type: tekst, label: 'A:'}\n  - {name: b, type: date, label: B, hint: C, when: c > 1}\n"
    assert codes(text) == ["unknown-value", "wrong-name", "unknown-type", "label-colon", "unknown-name"]


@pytest.mark.parametrize(
    "wrong", ["one_per: [gmia]", "checks: [{that: gmia > 1, message: X}]", "conditions: {x: gmia > 1}"]
)
def test_a_misspelt_name_is_answered_with_the_one_that_was_meant(wrong: str) -> None:
    errors = read(f"title: P\n{wrong}\n{FIELDS.replace('name: a', 'name: gmina')}").problems.errors
    assert [problem.code for problem in errors] == ["unknown-name"]
    assert "czy chodziło o „gmina”" in errors[0].line()


def test_a_reference_to_a_later_step_names_the_step() -> None:
    text = STEPS % "{name: a, type: integer, label: A, when: b > 1}"
    problem = read(text).problems.errors[0]
    assert problem.code == "later-step"
    assert str(problem.what) == "„b” jest dopiero w późniejszym kroku „Drugi”."
    assert text.splitlines()[problem.place.line - 1][problem.place.column - 1 :].startswith("b > 1")


def test_any_order_of_steps_may_refer_to_any_of_them() -> None:
    assert "later-step" not in codes("journey: tasks" + STEPS % "{name: a, type: integer, label: A, when: b > 1}")


def test_a_check_may_look_at_all_steps() -> None:
    text = STEPS % "{name: a, type: integer, label: A}" + "checks: [{that: a > b, message: Więcej., on: a}]\n"
    assert codes(text) == []


def test_a_circle_is_shown_as_the_way_round() -> None:
    text = "title: P\nfields:\n  - {name: a, type: text, label: A, when: answered(b)}\n  - {name: b, type: text, label: B, when: answered(a)}\n"
    circles = [problem for problem in read(text).problems if problem.code == "circle"]
    assert [str(problem.what) for problem in circles] == ["Te pola i warunki zależą od siebie w kółko: a → b → a."]


def test_a_step_that_depends_on_its_own_question_is_a_circle_at_its_condition() -> None:
    text = "title: Próba\nsteps:\n  - id: krok\n    title: Krok\n    when: answered(a)\n"
    found = read(f"{text}    fields: [{{name: a, type: text, label: A}}]\n").problems.errors
    assert [problem.line() for problem in found] == [
        "proba.yaml:5:11: krok „krok”: te pola i warunki zależą od siebie w kółko: krok → a → krok. [circle]"
    ]


def test_two_steps_cannot_have_one_id() -> None:
    assert "duplicate-step" in codes(
        (STEPS % "{name: a, type: integer, label: A}").replace("id: drugi", "id: pierwszy")
    )


def test_only_a_form_of_one_step_may_go_without_a_summary() -> None:
    assert "confirm-steps" in codes("confirm: false" + STEPS % "{name: a, type: integer, label: A}")
    assert codes(f"title: P\nconfirm: false\n{FIELDS}") == []


def test_a_text_without_words_needs_no_translation() -> None:
    fields = "fields:\n  - {name: a, type: integer, label: '1.'}\n  - {name: b, type: text, label: '{a}'}\n"
    assert codes(f"title: {{pl: Próba, en: Trial}}\nlanguages: [pl, en]\n{fields}") == []


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("gmina == '3201011'", []),
        ("gmina == '9999999'", ["not-an-option"]),
        ("gmina.powiat == 'białogardzki'", []),
        ("gmina.powiat == 'bialogardski'", ["not-an-option"]),
        ("gmina.powiat in ('białogardzki', 'nieznany')", ["not-an-option"]),
        ("gmina.label == 'jakakolwiek'", []),
    ],
)
def test_a_gmina_is_compared_only_with_what_the_list_has(when: str, expected: list[str]) -> None:
    gmina = "fields:\n  - {name: gmina, type: gmina, label: Gmina}\n"
    assert codes(f'title: P\n{gmina}  - {{name: a, type: text, label: A, when: "{when}"}}\n') == expected


def test_the_name_of_a_file_is_the_address_of_its_form() -> None:
    assert [p.code for p in read(f"title: P\n{FIELDS}", "Zgłoszenie 1.yaml").problems] == ["wrong-slug"]
    found = read(f"title: P\n{FIELDS}", "szkolenie-2027.yaml").form
    assert found is not None
    assert (found.slug, found.reference) == ("szkolenie-2027", "SZKOLENIE-2027-{year}-{number:04}")


def test_a_version_stored_before_a_judgement_was_made_is_still_read() -> None:
    fields = FIELDS.replace("label: A", "label: A, max: 5%s").replace("label: B", "label: B, when: a > 3")
    good = read(f"title: P\n{fields % ''}").form
    assert good is not None
    file = f"title: P\n{fields % ', default: 7'}".replace("a > 3", "a > 9")
    assert read(file).form is None
    assert [each.name for each in reread("proba", {**good.bundle, "file": file}, AROUND).fields] == ["a", "b"]


def test_scalars_stay_as_they_were_typed() -> None:
    form = form_of("fields:\n  - {name: a, type: choice, label: A, options: [{0201: no}, {1.10: 08:30}]}\n")
    assert [(o.value, str(o.label)) for o in next(form.fields).type.options.items] == [
        ("0201", "no"),
        ("1.10", "08:30"),
    ]  # type: ignore[attr-defined]


def test_a_form_is_open_between_its_dates_in_warsaw_and_a_little_longer_for_those_who_began() -> None:
    form = form_of(f"opens: 2027-01-15\ncloses: 2027-02-10\ngrace: 15 minutes\nretain: 5 years\n{FIELDS}")
    begins, ends = datetime(2027, 1, 14, 23, tzinfo=UTC), datetime(2027, 2, 10, 22, 59, 59, tzinfo=UTC)
    assert not form.open_at(begins - timedelta(seconds=1))
    assert form.open_at(begins)
    assert form.open_at(ends)
    assert form.over(ends + timedelta(minutes=1))
    assert not form.over(ends + timedelta(minutes=15), grace=True)
    assert form.over(ends + timedelta(minutes=16), grace=True)
    assert form.retain == Span(5, "years")


def test_the_same_text_is_the_same_version_and_reads_again_from_its_bundle() -> None:
    text = f"title: P\n{FIELDS}  - {{name: d, type: choice, label: D, options: {{list: dieta}}}}\n"
    first, second = read(text).form, read(text).form
    assert first is not None
    assert second is not None
    assert first.hash == second.hash
    assert list(first.bundle["lists"]) == ["dieta.yaml"]
    again = reread("proba", first.bundle, AROUND)
    assert again.hash == first.hash
    assert [each.name for each in again.fields] == ["a", "b", "d"]
    changed = read(text.replace("label: D", "label: Dieta")).form
    assert changed is not None
    assert changed.hash != first.hash


def test_a_stored_version_that_no_longer_reads_says_so() -> None:
    with pytest.raises(ValueError, match="does not read"):
        reread("proba", {"file": "title: [", "lists": {}}, AROUND)


def test_bytes_that_are_no_text_are_a_mistake_and_no_crash() -> None:
    assert read(b"title: \xff\xfe\nfields: []\n").problems.errors  # type: ignore[arg-type]
    assert read("").problems.errors
