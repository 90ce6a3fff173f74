"""A draft under a changed form: what is taken over, what is read again, and what its author is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from forms.answers import Working, walk
from forms.definition import Form
from forms.moving import follow, move
from forms.news import News
from forms.plan import Plan
from tests.forms.definitions import CATALOGUE, env, fill, form_of
from tests.journeys import samples

NAME = "{name: imie, type: text, label: Imię}"


def form(*fields: str) -> Form:
    return form_of("fields:\n" + "".join(f"  - {each}\n" for each in fields))


def moved(old: Form, new: Form, answers: dict[str, Any], typed: Any = None, seen: bool = True) -> Working:
    pages = [step.id for step in old.steps] if seen else []
    return move(old, new, answers, typed or {}, pages, {})


def field(keys: str) -> Form:
    return form(f"{{name: pole, label: Pole, {keys}}}")


OPTIONS = "options: [{a: Ala}, {b: Bela}]"


@pytest.mark.parametrize(
    ("old", "new", "kept", "value"),
    [
        ("type: text", "type: integer", "12", 12),
        ("type: integer", "type: text", 1234, "1 234"),
        ("type: integer", "type: decimal", 12, 12),
        (f"type: choice, {OPTIONS}", f"type: choices, {OPTIONS}", "a", ("a",)),
        (f"type: choice, {OPTIONS}", "type: text", "a", "Ala"),
        ("type: text", "type: email, hint: x", "jan@GMINA.pl", "jan@gmina.pl"),
        ("type: text", "type: long_text", "Tak", "Tak"),
        ("type: yes_no", "type: choice, options: [{tak: Tak}, {nie: Nie}]", True, "tak"),
    ],
)
def test_an_answer_is_read_again_by_the_new_type(old: str, new: str, kept: Any, value: Any) -> None:
    working = moved(field(old), field(new), {"pole": kept})
    found = working.answers["pole"]
    assert (found.replace("\u00a0", " ") if isinstance(found, str) else found) == value
    assert not working.news


def test_what_cannot_be_read_is_put_back_into_the_input_to_be_looked_at() -> None:
    working = moved(field("type: text"), field("type: integer"), {"pole": "dwanaście"})
    assert working.answers == {"pole": None}
    assert working.typed == {"pole": {"": ["dwanaście"]}}
    assert working.news.look == ["pole"]


def test_a_dropped_option_goes_and_the_others_stay() -> None:
    old = field("type: choices, options: [{a: A}, {b: B}, {c: C}]")
    working = moved(old, field("type: choices, options: [{a: A}, {c: C}]"), {"pole": ["a", "b", "c"]})
    assert working.answers == {"pole": ("a", "c")}
    assert working.news.look == ["pole"]


def test_an_answer_whose_options_all_stay_needs_no_look() -> None:
    old = field("type: choices, options: [{a: A}, {b: B}, {c: C}]")
    working = moved(old, field("type: choices, options: [{a: A}, {c: C}]"), {"pole": ["a", "c"]})
    assert (working.answers, working.news.look) == ({"pole": ("a", "c")}, [])


def test_a_renamed_answer_and_what_was_typed_in_its_place_go_along() -> None:
    new = form("{name: nazwisko, was: imie, type: text, label: Imię}")
    assert moved(form(NAME), new, {"imie": "Anna"}).answers == {"nazwisko": "Anna"}
    old, new = field("type: email, hint: x"), form("{name: adres, was: pole, type: email, label: Pole, hint: x}")
    working = moved(old, new, {"pole": None}, {"pole": {"": ["jan"]}})
    assert working.typed == {"adres": {"": ["jan"]}}
    assert not working.news


def test_the_author_is_told_of_questions_that_came_and_of_answers_that_went() -> None:
    old = form(NAME, "{name: dieta, type: text, label: Dieta}", "{name: uwagi, type: text, label: Uwagi}")
    working = moved(old, form(NAME, "{name: nocleg, type: yes_no, label: Nocleg}"), {"imie": "Anna", "dieta": "wege"})
    assert working.news.kept() == {"new": ["nocleg"], "gone": ["Dieta"]}


def test_questions_of_a_page_nobody_has_been_on_are_not_called_new() -> None:
    new = form(NAME, "{name: nocleg, type: yes_no, label: Nocleg}")
    assert not moved(form(NAME), new, {"imie": "Anna"}, seen=False).news


def test_items_of_a_group_are_moved_one_by_one() -> None:
    old = form("{name: g, type: group, label: G, fields: [{name: a, type: text, label: A}]}")
    inner = "{name: b, was: a, type: integer, label: A}, {name: c, type: text, label: C}"
    new = form(f"{{name: g, type: group, label: G, fields: [{inner}]}}")
    working = moved(old, new, {"g": [{"a": "1"}, {"a": "dwa"}]})
    assert working.answers == {"g": [{"b": 1}, {"b": None}]}
    assert working.news.kept() == {"new": ["g.c"], "look": ["g-1-b"]}
    assert [working.news.mark(path) for path in ("g-0-c", "g-1-b", "g-0-b")] == ["new", "look", ""]


def test_what_was_not_seen_yet_stays_told_when_the_form_changes_again() -> None:
    first, second = form(NAME), form(NAME, "{name: b, type: text, label: B}")
    third = form(NAME, "{name: b, type: text, label: B}", "{name: c, type: text, label: C}")
    once = moved(first, second, {"imie": "Anna"})
    again = move(second, third, once.kept(second), {}, ["formularz"], once.news.kept())
    assert again.news.new == ["b", "c"]
    again.news.seen(["b"])
    assert again.news.kept() == {"new": ["c"]}


def written(value: Any) -> Any:
    """A sample as a person types it."""
    if isinstance(value, dict):
        return {key: written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [written(each) for each in value]
    if isinstance(value, bool):
        return "tak" if value else "nie"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


@pytest.mark.parametrize("sample", samples("valid"), ids=lambda sample: str(sample["form"]))
def test_a_draft_of_the_office_moves_to_a_form_that_says_the_same_as_it_is(sample: dict[str, Any]) -> None:
    found = CATALOGUE.get(sample["form"])
    assert found is not None
    working = fill(found, written(sample["answers"])).working
    kept = json.loads(json.dumps(working.kept(found)))
    again = move(found, found, kept, working.typed, working.seen, {})
    assert (again.answers, again.typed, again.news) == (working.answers, working.typed, News())


def test_a_new_question_of_a_page_already_saved_starts_with_its_default() -> None:
    new = form(NAME, "{name: osoby, type: integer, label: Ile osób, default: 2}")
    working = moved(form(NAME), new, {"imie": "Anna"})
    assert walk(Plan(new), working, env()).values == {"imie": "Anna", "osoby": 2}


@pytest.mark.parametrize(
    ("path", "now"),
    [("plan", "program"), ("g-0-plik", "osoby-0-zalacznik"), ("osoby-2-plik", "osoby-2-zalacznik"), ("inny", "inny")],
)
def test_the_path_of_a_file_follows_the_names_of_its_question(path: str, now: str) -> None:
    inner = "{name: zalacznik, was: plik, type: text, label: Plik}"
    new = form(
        "{name: program, was: plan, type: text, label: Plan}",
        f"{{name: osoby, was: [g], type: group, label: G, fields: [{inner}]}}",
    )
    assert follow(new, path) == now
