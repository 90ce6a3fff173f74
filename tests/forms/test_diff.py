"""What an edit of a form does to stored answers: one tiny edit for each kind of change."""

from __future__ import annotations

import re
from typing import Any

import pytest

from config.settings import ROOT
from forms.diff import Change, Effect, compare, worst
from forms.diff.parts import GONE
from forms.diff.whole import SERIES
from forms.reader import reread
from forms.wording import speaking
from tests.forms.definitions import CATALOGUE, form_of, said


def differ(old: str, new: str) -> list[Change]:
    """The changes between two forms, each given by its fields."""
    return compare(form_of(f"fields:\n{old}"), form_of(f"fields:\n{new}"))


def one(old: str, new: str) -> Change:
    """The one change between two versions of the field `pole`."""
    found = differ(*(f"  - {{name: pole, {keys}}}" for keys in (old, new)))
    assert len(found) == 1, [str(change) for change in found]
    return found[0]


TEXT = "type: text, label: Pole"
NUMBER = "type: integer, label: Pole"
CHOICE = "type: choice, label: Pole, options: [{a: Ala}, {b: Bela}]"


@pytest.mark.parametrize(
    ("old", "new", "kind", "effect"),
    [
        (TEXT, f"{TEXT}, required: true", "required-added", Effect.REVIEW),
        (f"{TEXT}, required: true", TEXT, "required-removed", Effect.NONE),
        (TEXT, TEXT.replace("Pole", "Inne"), "label-changed", Effect.REVIEW),
        (TEXT, f"{TEXT}, hint: Na przykład tak.", "text-changed", Effect.NONE),
        (TEXT, f"{TEXT}, default: Tak", "default-changed", Effect.NONE),
        (TEXT, f"{TEXT}, sensitive: true", "sensitive-changed", Effect.REVIEW),
        (TEXT, f"{TEXT}, retain: 30 days", "retain-changed", Effect.REVIEW),
        (TEXT, f"{TEXT}, max: 10", "limit-tightened", Effect.REVIEW),
        (f"{TEXT}, max: 10", f"{TEXT}, max: 20", "limit-loosened", Effect.NONE),
        (f"{NUMBER}, min: 1", f"{NUMBER}, min: 2", "limit-tightened", Effect.REVIEW),
        (f"{NUMBER}, min: 1", NUMBER, "limit-loosened", Effect.NONE),
        (f"{NUMBER}, unit: ha", f"{NUMBER}, unit: m²", "meaning-changed", Effect.LOSS),
        (NUMBER, "type: decimal, label: Pole", "field-retyped", Effect.REVIEW),
        (TEXT, NUMBER, "field-retyped", Effect.LOSS),
        (CHOICE, CHOICE.replace("choice", "choices"), "field-retyped", Effect.REVIEW),
        (CHOICE, CHOICE.replace("{b: Bela}", "{b: Bela}, {c: Cela}"), "option-added", Effect.NONE),
        (CHOICE, CHOICE.replace(", {b: Bela}", ""), "option-removed", Effect.LOSS),
        (CHOICE, CHOICE.replace("Bela", "Beata"), "option-relabelled", Effect.REVIEW),
        (CHOICE, CHOICE.replace("{b: Bela}", "{value: b, label: Bela, retired: true}"), "option-retired", Effect.REVIEW),
        (f"{CHOICE}, other: true", CHOICE, "option-removed", Effect.LOSS),
        (f"{CHOICE}, as: radio", f"{CHOICE}, as: select", "setting-changed", Effect.NONE),
        ("type: scale, label: Pole, to: 5", "type: scale, label: Pole, to: 10", "meaning-changed", Effect.LOSS),
        ("type: computed, label: Pole, value: 1 + 1", "type: computed, label: Pole, value: 1 + 2", "formula-changed", Effect.LOSS),
    ],
)  # fmt: skip
def test_each_edit_of_a_field_is_told_with_its_effect(old: str, new: str, kind: str, effect: Effect) -> None:
    change = one(old, new)
    assert (change.kind, change.path, change.effect) == (kind, "pole", effect)
    assert said(change).startswith("pole „")


KEYS = "fields: [{name: gmina, type: gmina, label: Gmina}]"


@pytest.mark.parametrize(
    ("old", "new", "kind", "effect"),
    [
        ("", "one_per: [gmina]", "one-per-changed", Effect.REVIEW),
        ("", "reference: ABC-{year}-{number}", "reference-changed", Effect.REVIEW),
        ("", "privacy: rodo", "privacy-changed", Effect.REVIEW),
        ("", "anonymous: true", "anonymous-changed", Effect.LOSS),
        ("", "languages: [pl, en]", "languages-changed", Effect.NONE),
        ("closes: 2027-02-10", "closes: 2027-03-10", "setting-changed", Effect.NONE),
        ("", "summary: Jedno zdanie", "text-changed", Effect.NONE),
        ("places: 20", "places: 30", "places-changed", Effect.REVIEW),
        ("", "checks: [{that: answered(gmina), message: Wybierz gminę.}]", "check-added", Effect.REVIEW),
    ],
)
def test_each_edit_of_the_form_itself_is_told_with_its_effect(old: str, new: str, kind: str, effect: Effect) -> None:
    found = compare(form_of(f"title: Próba\n{old}\n{KEYS}"), form_of(f"title: Próba\n{new}\n{KEYS}"))
    assert [(change.kind, change.effect) for change in found] == [(kind, effect)]


@pytest.mark.parametrize(
    "form", [entry.form for entry in CATALOGUE.entries() if entry.form], ids=lambda form: form.slug
)
def test_a_form_of_the_office_does_not_differ_from_itself(form: Any) -> None:
    assert compare(form, reread(form.slug, form.bundle, CATALOGUE.surroundings())) == []


A, B, C = (f"  - {{name: {name}, type: text, label: {name.upper()}}}\n" for name in "abc")


def test_a_renamed_field_keeps_its_answers_only_with_was() -> None:
    renamed = B.replace("label", "was: a, label")
    assert {change.kind for change in differ(A, renamed)} == {"field-renamed", "label-changed"}
    lost, added = differ(A, B.replace("label: B", "label: A"))
    assert (lost.kind, lost.effect, added.kind) == ("field-removed", Effect.LOSS, "field-added")
    assert "was: [a]" in str(lost)


def test_a_removed_field_loses_answers_and_a_new_one_does_not() -> None:
    found = {change.path: change for change in differ(A + B, A + C)}
    assert (found["b"].effect, found["c"].effect) == (Effect.LOSS, Effect.NONE)
    required = differ(A, A + C.replace("label", "required: true, label"))
    assert worst(required) is Effect.REVIEW


def test_a_field_that_moves_to_another_step_keeps_its_answers_one_that_moves_into_a_group_does_not() -> None:
    steps = "steps:\n- {{id: x, title: X, fields: [{}]}}\n- {{id: y, title: Y, fields: [{}]}}"
    a, b, c = ("{name: %s, type: text, label: Pole}" % name for name in "abc")  # noqa: UP031 – braces
    moved = compare(form_of(steps.format(f"{a}, {b}", c)), form_of(steps.format(a, f"{b}, {c}")))
    assert [(change.kind, change.path, change.effect) for change in moved] == [("field-moved", "b", Effect.NONE)]
    into = differ(A + B, A + "  - {name: g, type: group, label: G, fields: [{name: b, type: text, label: B}]}\n")
    assert [(change.kind, change.effect) for change in into] == [
        ("field-relocated", Effect.LOSS),
        ("field-added", Effect.NONE),
    ]


def test_a_changed_condition_is_told_in_plain_polish_and_in_english() -> None:
    fields = "  - {{name: nocleg, type: yes_no, label: Nocleg}}\n  - {{name: noce, type: integer, label: Ile nocy, when: {}}}"
    change = differ(fields.format("nocleg"), fields.format("not nocleg"))[0]
    assert str(change) == (
        "pole „Ile nocy” (noce): teraz pytane, jeżeli „Nocleg” to nie „tak”; dotąd, jeżeli „Nocleg” to „tak”."
    )
    with speaking("en"):
        assert str(change)


def test_a_check_is_the_same_one_by_its_code_and_a_changed_rule_is_to_be_looked_at() -> None:
    form = "fields: [{{name: a, type: text, label: A}}]\nchecks: [{{that: {}, message: {}, code: KOD}}]"
    same_rule = compare(form_of(form.format("answered(a)", "Jeden.")), form_of(form.format("answered(a)", "Dwa.")))
    assert [(change.kind, change.effect) for change in same_rule] == [("check-changed", Effect.NONE)]
    other_rule = compare(form_of(form.format("answered(a)", "Jeden.")), form_of(form.format("a == 'x'", "Jeden.")))
    assert [(change.kind, change.effect) for change in other_rule] == [("check-changed", Effect.REVIEW)]


TABLE = "  - {{name: t, type: table, label: T, rows: [{}], columns: [{}]}}"
COLUMN = "{{name: {}, type: integer, label: Liczba}}"


def test_rows_and_columns_of_a_table_are_parts_of_their_own() -> None:
    old = TABLE.format("{id: r1, label: Jeden}, {id: r2, label: Dwa}", COLUMN.format("k1") + ", " + COLUMN.format("k2"))
    new = TABLE.format("{id: r1, label: Jeden}", COLUMN.format("k1"))
    lost = differ(old, new)
    assert [(change.kind, change.path) for change in lost] == [("row-removed", "t"), ("field-removed", "t.k2")]
    answers = [{"t": {"r1": {"k1": 1}}}, {"t": {"r2": {"k1": 1}}}, {"t": {"r1": {"k2": 1}}}, {}]
    assert [[bool(change.touch and change.touch(each)) for each in answers] for change in lost] == [
        [False, True, False, False],
        [False, False, True, False],
    ]


EVENTS = """title: Próba
events:
  - {{id: E1, title: Pierwszy, starts: {starts}, ends: 2027-03-10 15:00, place: Szczecin, places: 30, group: E}}
  - {{id: E2, title: Drugi, starts: 2027-03-16 09:00, ends: 2027-03-17 15:00, place: Koszalin, places: {places}, group: E}}
fields: [{{name: termin, type: event, label: Termin, group: E}}]
"""


def test_events_are_told_once_and_a_removed_one_is_looked_for_in_all_answers() -> None:
    old = form_of(EVENTS.format(starts="2027-03-09 09:00", places=30))
    moved = compare(old, form_of(EVENTS.format(starts="2027-03-08 09:00", places=20)))
    assert {change.kind for change in moved} == {"event-changed", "places-changed"}
    less = EVENTS.format(starts="2027-03-09 09:00", places=30)
    (gone,) = compare(old, form_of(less[: less.index("  - {id: E2")] + less[less.index("fields") :]))
    assert (gone.kind, gone.effect) == ("event-removed", Effect.LOSS)
    assert gone.touch is not None
    assert [gone.touch(each) for each in ({"termin": "E2"}, {"termin": "E1"}, {"g": [{"t": "E2"}]})] == [
        True,
        False,
        True,
    ]


GROUP = "  - {{name: g, type: group, label: G, fields: [{}]}}"


@pytest.mark.parametrize(
    ("old", "new", "felt", "not_felt"),
    [
        (A + B, A, {"b": "x"}, {"a": "x"}),
        (A, "  - {name: x, was: [a], type: integer, label: A}", {"a": "dwa"}, {"a": "12"}),
        ("  - {name: p, " + CHOICE + "}", "  - {name: p, " + CHOICE.replace(", {b: Bela}", "") + "}", {"p": "b"}, {"p": "a"}),
        ("  - {name: p, " + TEXT + "}", "  - {name: p, " + TEXT + ", max: 3}", {"p": "cztery"}, {"p": "dwa"}),
        ("  - {name: p, " + TEXT + "}", "  - {name: p, " + TEXT + ", required: true}", {}, {"p": "dwa"}),
        (
            GROUP.format("{name: d, type: choices, label: D, options: [{a: A}, {b: B}]}"),
            GROUP.format("{name: d, type: choices, label: D, options: [{a: A}]}"),
            {"g": [{"d": ["a"]}, {"d": ["a", "b"]}]},
            {"g": [{"d": ["a"]}, {}]},
        ),
    ],
)  # fmt: skip
def test_a_change_knows_which_stored_answers_feel_it(old: str, new: str, felt: Any, not_felt: Any) -> None:
    touches = [change.touch for change in differ(old, new) if change.touch is not None and change.effect]
    assert [any(touch(answers) for touch in touches) for answers in (felt, not_felt)] == [True, False]


def test_answers_kept_by_older_versions_under_older_names_are_counted_too() -> None:
    old = "  - {name: b, was: [a], type: text, label: A}\n" + C
    (change,) = differ(old, C)
    assert change.touch is not None
    assert (change.touch({"a": "x"}), change.touch({"b": "x"}), change.touch({"c": "x"})) == (True, True, False)


SOURCES = "".join(path.read_text("utf-8") for path in sorted((ROOT / "forms" / "diff").glob("*.py")))
NAMED = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', SOURCES))
OF_PARTS = {f"{sort}{end}" for sort in GONE for end in re.findall(r'f"\{sort\}(-[a-z-]+)"', SOURCES)}
OF_SERIES = {f"{key.replace('_', '-')}-changed" for key in SERIES}


@pytest.mark.parametrize("kind", sorted(NAMED | OF_PARTS | OF_SERIES))
def test_every_kind_of_change_is_documented(kind: str) -> None:
    assert f"`{kind}`" in (ROOT / "docs" / "changes.md").read_text("utf-8")
