"""Photographs as part of a checklist's answer: read, judged, shown, kept, moved, forgotten, and made up."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest

from forms.describing.outline import describe_form
from forms.diff import compare
from forms.expressions import Env
from forms.forgetting import ALL, forget
from forms.moving import follow, move
from forms.plausible.samples import sample
from forms.types.file import LONGEST_ALT
from forms.types.given import Refused
from tests.forms.composites import computed, judged, read

FILE = {"id": "7", "name": "schody.jpg", "size": 1_200, "type": "image/jpeg"}
STEEP = {**FILE, "alt": "Strome schody"}
SCALE = '[{value: "2", label: tak, points: 2}, {value: "0", label: nie, points: 0}]'


def form(item: str = "{id: A01, label: Schody, photo: true}", keys: str = "", more: str = "") -> Any:
    return read(
        f"title: Audyt\nfields:\n  - {{name: oceny, type: checklist, label: Ocena, {keys} scale: {SCALE}, "
        f"areas: [{{id: A, title: Wejście, items: [{item}, {{id: A02, label: Drzwi}}]}}]}}\n{more}"
    )


def field(keys: str = "") -> Any:
    return next(form(keys=keys).fields)


def test_photographs_are_read_beside_the_rating_and_kept() -> None:
    found = field()
    value = found.type.parse({"A01": ["2"], "A01.photo": [json.dumps(STEEP)]}, found)
    assert value == {"A01": {"rating": "2", "photo": (STEEP,)}}
    assert found.type.load(found.type.dump(value)) == value
    assert found.type.parse(found.type.typed(value), found) == value
    assert "zdjęcia: schody.jpg" in dict(found.type.details(value))["A01. Schody"]
    assert "Strome schody" in dict(found.type.details(value))["A01. Schody"]


def test_the_key_of_the_whole_list_stands_for_every_item() -> None:
    assert list(field().type.attached) == ["A01.photo"]
    assert list(field("photo: true,").type.attached) == ["A01.photo", "A02.photo"]


@pytest.mark.parametrize(
    ("photos", "part", "code"),
    [
        ((FILE,), "A01.photo.alt0", "PLIK_OPIS"),
        ((STEEP, {**STEEP, "alt": "x" * (LONGEST_ALT + 1)}), "A01.photo.alt1", ""),
        ((STEEP,) * 4, "A01.photo", ""),
    ],
)
def test_what_is_wrong_with_a_photograph_is_said_at_it(photos: Any, part: str, code: str) -> None:
    failures = judged(form(), {"oceny": {"A01": {"photo": photos}}})
    assert [(each.part, each.code) for each in failures if each.part] == [(part, code)]


def test_an_export_has_the_names_and_the_descriptions() -> None:
    found = field()
    row = dict(
        zip(
            [column.key for column in found.type.columns(found)],
            found.type.cells({"A01": {"photo": (STEEP, {**STEEP, "name": "b.png", "alt": "Próg"})}}),
            strict=True,
        )
    )
    assert (row["A01.photo"], row["A01.photo.alt"]) == ("schody.jpg | b.png", "Strome schody | Próg")
    assert "A02.photo" not in row


def test_a_condition_may_ask_whether_there_is_a_photograph_and_what_was_remarked() -> None:
    more = """
  - {name: jest, type: computed, label: Jest, value: "'tak' if answered(oceny.A01.photo) else 'nie'"}
  - {name: uwaga, type: computed, label: Uwaga, value: oceny.A01.remark}
  - {name: ocena, type: computed, label: Ocena, value: "1 if oceny.A01.rating == oceny.A01 else 0"}
"""
    answers = {"oceny": {"A01": {"rating": "0", "remark": "Stromo.", "photo": (STEEP,)}}}
    values = computed(form(more=more), answers)
    assert (values["jest"], values["uwaga"], values["ocena"]) == ("tak", "Stromo.", 1)
    assert computed(form(more=more), {"oceny": {}})["jest"] == "nie"


def test_an_item_that_takes_no_photograph_has_none_to_ask_about() -> None:
    with pytest.raises(AssertionError, match="po kropce może stać: rating, remark"):
        form(more="  - {name: jest, type: computed, label: Jest, value: oceny.A02.photo}")


def test_ratings_and_photographs_follow_an_item_with_another_id() -> None:
    old, new = form(), form("{id: B01, label: Schody, photo: true, was: [A01]}")
    moved = move(old, new, {"oceny": {"A01": {"rating": "2", "photo": [STEEP]}}}, {}, [], {})
    assert moved.answers["oceny"] == {"B01": {"rating": "2", "photo": (STEEP,)}}
    assert follow(new, "oceny--A01.photo") == "oceny--B01.photo"
    assert follow(new, "oceny--A02.photo") == "oceny--A02.photo"
    assert [change.kind for change in compare(old, new)] == ["row-renamed"]


def test_photographs_and_their_descriptions_are_forgotten_with_what_people_wrote() -> None:
    kept = forget(form(), {"oceny": {"A01": {"rating": "2", "remark": "Stromo.", "photo": [STEEP]}}}, [ALL])
    assert kept == {"oceny": {"A01": {"rating": "2"}}}


def test_made_up_photographs_pass() -> None:
    found = field("photo: true,")
    values = [sample(found.type, found, Env({}), Random(seed)) for seed in range(20)]
    photographed = [value for value in values if any("photo" in entry for entry in (value or {}).values())]
    assert photographed
    assert [found.type.verdict(value, found, Env({})) for value in photographed] == [None] * len(photographed)


def test_staff_are_told_where_photographs_may_be_attached() -> None:
    told = str(describe_form(form()))
    assert "można dołączyć zdjęcia z opisem" in told
    assert "Do każdej pozycji można dołączyć zdjęcia" in str(describe_form(form(keys="photo: true,")))


def test_a_file_of_another_shape_is_no_photograph() -> None:
    found = field()
    with pytest.raises(ValueError, match="stored file"):
        found.type.load({"A01": {"photo": [{"name": "a"}]}})
    with pytest.raises(Refused):
        found.type.parse({"A01.photo": ["nie json"]}, found)
