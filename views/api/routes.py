"""The routes of the API: address, view, what may be asked, what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response

from views.api import reading
from views.api.parameters import PARAMETERS, Parameter

TEXT: dict[str, Any] = {"type": "string"}
MOMENT = {"type": "string", "format": "date-time"}
VERSION = {
    "type": "object",
    "required": ["hash", "stored_at", "responses"],
    "properties": {"hash": TEXT, "stored_at": MOMENT, "responses": {"type": "integer", "minimum": 0}},
}
FORM: dict[str, Any] = {
    "type": "object",
    "required": ["slug", "title", "state", "version", "responses"],
    "properties": {
        "slug": TEXT,
        "title": TEXT,
        "state": {"enum": ["draft", "open", "archived"]},
        "version": TEXT,
        "responses": {"type": "integer", "minimum": 0},
    },
}
TABLE = {
    "type": "object",
    "required": ["name", "schema"],
    "properties": {"name": TEXT, "schema": {"type": "object", "description": "Table Schema (datapackage.org)"}},
}


def _list(name: str, of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": [name], "properties": {name: {"type": "array", "items": of}}}


@dataclass(frozen=True, slots=True)
class Route:
    """One address. `answers` are schemas by media type."""

    path: str
    view: Callable[..., Response]
    summary: str
    answers: Mapping[str, Mapping[str, Any]]
    parameters: tuple[Parameter, ...] = ()


ROUTES = (
    Route("/forms", reading.forms, "The forms that the token opens", {"application/json": _list("forms", FORM)}),
    Route(
        "/forms/<slug>",
        reading.form,
        "One form: its tables and their columns, with types, questions and options",
        {"application/json": {**FORM, "properties": {**FORM["properties"], **_list("tables", TABLE)["properties"]}}},
    ),
    Route(
        "/forms/<slug>/versions",
        reading.form_versions,
        "The versions of a form and how many responses answered each",
        {"application/json": _list("versions", VERSION)},
    ),
    Route(
        "/forms/<slug>/responses",
        reading.rows,
        "The responses of a form: the same rows, columns and bytes as its export",
        {"application/jsonl": TEXT, "text/csv": TEXT},
        PARAMETERS,
    ),
)
