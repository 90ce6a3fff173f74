"""The JSON Schema says of a definition what the reader says: right ones pass, wrong ones do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from config.settings import ROOT
from forms.fields import FIELD_KEYS
from forms.form_keys import FORM_KEYS, STEP_KEYS
from forms.schema import schema
from forms.types.base import REGISTRY
from tests.forms.definitions import read
from tests.forms.yaml_core import load

SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA)
GOOD = sorted([*(ROOT / "config" / "forms").glob("*.yaml"), *(Path(__file__).parent / "types").glob("*.yaml")])

WRONG_FORMS = {
    "no title": "fields: [{name: a, type: text, label: A}]",
    "no questions": "title: Próba",
    "steps and fields": "title: P\nsteps: [{id: a, title: A, fields: [{name: a, type: text, label: A}]}]\nfields: [{name: b, type: text, label: B}]",
    "a list instead of a form": "[title, fields]",
    "an empty list of questions": "title: P\nfields: []",
    "questions that are no list": "title: P\nfields: {name: a, type: text, label: A}",
    "a question that is a text": "title: P\nfields: [imie]",
    "a Polish key": "tytul: P\nfields: [{name: a, type: text, label: A}]",
    "an empty title": "title: ''\nfields: [{name: a, type: text, label: A}]",
    "a title in an unknown language": "title: {de: P}\nfields: [{name: a, type: text, label: A}]",
    "a step without a title": "title: P\nsteps: [{id: a, fields: [{name: a, type: text, label: A}]}]",
    "a step with an unknown key": "title: P\nsteps: [{id: a, title: A, name: x, fields: [{name: a, type: text, label: A}]}]",
    "an id of a step with a blank": "title: P\nsteps: [{id: a b, title: A, fields: [{name: a, type: text, label: A}]}]",
}
WRONG_KEYS = {
    "kind": "wniosek",
    "state": "closed",
    "audience": "[gminy]",
    "journey": "wizard",
    "languages": "[pl, de]",
    "opens": "10.02.2027",
    "closes": "2027",
    "retain": "5 lat",
    "grace": "15",
    "edit_until": "zawsze",
    "anonymous": "tak",
    "confirm": "no",
    "contact": "{mail: a@b.pl}",
    "reference": "'{n}'",
    "privacy": "Klauzula RODO",
    "checks": "[{that: a == 1}]",
    "conditions": "{'Z noclegiem': answered(a)}",
}
WRONG_FIELDS = {
    "no name": "type: text, label: A",
    "no type": "name: a, label: A",
    "no label": "name: a, type: text",
    "an unknown type": "name: a, type: nipp, label: A",
    "a name with a capital letter": "name: Imie, type: text, label: A",
    "a name that is a number": "name: 1, type: text, label: A",
    "a key of another type": "name: a, type: text, label: A, options: [b, c]",
    "a misspelt key": "name: a, type: text, lable: A",
    "options that are a text": "name: a, type: choice, label: A, options: Tak",
    "no options": "name: a, type: choice, label: A",
    "an empty list of options": "name: a, type: choice, label: A, options: []",
    "an option with a misspelt key": "name: a, type: choice, label: A, options: [{value: b, lable: B}]",
    "an option without a label": "name: a, type: choice, label: A, options: [{value: b}]",
    "an unknown look": "name: a, type: choice, label: A, options: [b, c], as: dropdown",
    "a group without questions": "name: a, type: group, label: A",
    "a wrong question in a group": "name: a, type: group, label: A, fields: [{name: b, type: tekst, label: B}]",
    "a maximum of nothing": "name: a, type: group, label: A, max: 0, fields: [{name: b, type: text, label: B}]",
    "a size without a unit": "name: a, type: file, label: A, max_size: 20",
    "an unknown kind of file": "name: a, type: file, label: A, accept: [exe]",
    "rows without an id": "name: a, type: matrix, label: A, options: [b, c], rows: [{label: A, hint: B}]",
    "a table without columns": "name: a, type: table, label: A, rows: [b]",
    "an area without items": "name: a, type: checklist, label: A, scale: [{value: 1, label: B, points: 1}], areas: [{id: A, title: A}]",
    "a check of an unknown level": "name: a, type: text, label: A, checks: [{that: a == 'x', message: M, level: info}]",
    "a message for an unknown mistake": "name: a, type: text, label: A, message: {brak: M, format: N}",
    "an unknown token of autocomplete": "name: a, type: text, label: A, autocomplete: imie",
    "a hidden field that is required by word": "name: a, type: hidden, value: x, sensitive: tak",
}
WRONG = {
    **WRONG_FORMS,
    **{
        f"a wrong {key}": f"title: P\n{key}: {value}\nfields: [{{name: a, type: text, label: A}}]"
        for key, value in WRONG_KEYS.items()
    },
    **{why: f"title: P\nfields:\n  - {{{keys}}}" for why, keys in WRONG_FIELDS.items()},
}


def faults(text: str) -> list[str]:
    """What the schema finds wrong with a definition."""
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(load(text))]


def test_the_schema_is_a_sound_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_definition_that_reads_passes_the_schema(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize("why", WRONG)
def test_a_wrong_definition_is_refused_by_the_schema_and_by_the_reader(why: str) -> None:
    assert faults(WRONG[why]) != []
    assert read(WRONG[why]).problems.errors != []


@pytest.mark.parametrize(
    "keys",
    [
        "name: a, type: text, label: 2027",
        "name: a, type: text, label: true",
        "name: a, type: text, label: 0201",
        "name: a, type: choice, label: A, options: [{value: 0201, label: 12}, {value: 1.10, label: no}]",
        "name: a, type: choice, label: A, options: [true, false, 3]",
        "name: a, type: choice, label: A, options: [{2025: 2025}]",
        "name: a, type: gmina, label: A, region: 32",
        "name: a, type: hidden, value: 0201",
        "name: a, type: integer, label: A, min: 1, max: '10'",
        "name: a, type: time, label: A, min: 08:30",
        "name: a, type: text, label: {pl: A, en: B}, min: 1, default: 5",
    ],
)
def test_scalars_that_yaml_takes_for_numbers_are_texts_where_a_text_is_meant(keys: str) -> None:
    text = f"title: P\nfields:\n  - {{{keys}}}"
    assert read(text).problems.errors == []
    assert faults(text) == []


def test_every_key_of_form_step_field_and_type_is_in_the_schema_with_its_description() -> None:
    found = {
        "form": (FORM_KEYS, SCHEMA["properties"]),
        "step": (STEP_KEYS, SCHEMA["$defs"]["step"]["properties"]),
        "field": (FIELD_KEYS, SCHEMA["$defs"]["field"]["properties"]),
        **{name: (kind.keys, SCHEMA["$defs"][f"field-{name}"]["properties"]) for name, kind in REGISTRY.items()},
    }
    for where, (keys, properties) in found.items():
        silent = [name for name, key in keys.items() if properties[name]["description"] != key.doc or not key.doc]
        assert silent == [], where


def test_an_editor_is_told_what_each_type_is_for() -> None:
    offered = SCHEMA["$defs"]["field"]["properties"]["type"]
    assert offered["enum"] == sorted(REGISTRY)
    assert all(text.endswith(".") for text in offered["enumDescriptions"])
