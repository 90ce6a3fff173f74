"""Fields for the tests of field types: read from the tiny definitions in `types/`, or from a few keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import forms.types
from forms.definition import Field, Form
from forms.expressions import Env
from forms.lists import Rows, load_list
from forms.problems import Problems
from forms.reader import Read, Surroundings, read_form
from forms.types.base import REGISTRY, Refused, Typed

HERE = Path(__file__).parent / "types"
LISTS = Path(__file__).parent.parent.parent / "config" / "lists"
TODAY = date(2026, 11, 23)
TYPES = {name: REGISTRY[name] for name in sorted(REGISTRY)} if forms.types else {}


def lists(name: str) -> Rows | None:
    """A list of the office."""
    return load_list(LISTS, name, Problems())


def read(text: str) -> Read:
    """The reading of a definition."""
    return read_form("proba.yaml", text, Surroundings(lists, ("rodo",), (), "32"))


@cache
def form(name: str) -> Form:
    """The form of `types/<name>.yaml`; its first mistake fails the test."""
    found = read((HERE / f"{name}.yaml").read_text("utf-8"))
    assert found.form is not None, [problem.line() for problem in found.problems]
    return found.form


def example(name: str) -> Field:
    """The last field of that type in `types/<name>.yaml`."""
    return [field for field in form(name).fields if field.type.name == name][-1]


@cache
def field(name: str, keys: str = "", before: str = "") -> Field:
    """A field of a type with these further keys, in YAML's short form; `before` are fields above it."""
    more = f", {keys}" if keys else ""
    above = f"  - {{{before}}}\n" if before else ""
    found = read(f"title: Próba\nprivacy: rodo\nfields:\n{above}  - {{name: pole, type: {name}, label: Pole{more}}}\n")
    assert found.form is not None, [problem.line() for problem in found.problems]
    return list(found.form.fields)[-1]


def problems(name: str, keys: str = "") -> list[str]:
    """The codes of the mistakes in a field of that type with these keys."""
    more = f", {keys}" if keys else ""
    found = read(f"title: Próba\nprivacy: rodo\nfields:\n  - {{name: pole, type: {name}, label: Pole{more}}}\n")
    return [problem.code for problem in found.problems.errors]


def env(values: Mapping[str, Any] | None = None) -> Env:
    """What expressions look at in these tests, on 23 November 2026."""
    return Env(values or {}, today=TODAY)


def as_typed(text: str | Typed) -> Typed:
    """A text as typed into the main input."""
    return {"": [text]} if isinstance(text, str) else text


def accepted(field: Field, text: str | Typed, values: Mapping[str, Any] | None = None) -> Any:
    """The value of what was typed, within its limits."""
    value = field.type.parse(as_typed(text), field)
    refused = field.type.verdict(value, field, env(values))
    assert refused is None, str(refused.what)
    return value


def message(field: Field, text: str | Typed, values: Mapping[str, Any] | None = None) -> str:
    """What a person is told about what was typed; "" when it passes."""
    try:
        value = field.type.parse(as_typed(text), field)
    except Refused as refused:
        return str(refused.what)
    found = field.type.verdict(value, field, env(values))
    return "" if found is None else str(found.what)


def round_trip(field: Field, value: Any) -> Any:
    """The value after being kept, loaded, put back into the inputs and read again."""
    kept = field.type.load(field.type.dump(value))
    assert kept == value
    return field.type.parse(field.type.typed(kept), field)
