"""The description of the API as OpenAPI 3.1, made from the table of its routes."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from flask import Response, jsonify

from views.access import open_to_all
from views.api.parameters import Parameter
from views.api.routes import ROUTES, Route
from views.programs import PROBLEM

ABOUT = (
    "Reads what was sent to forms; changes nothing. A token is made by an administrator of the office, for some forms or "
    "all, with or without sensitive answers, until a day. Each reading of responses is in the office's audit log."
)
ERRORS = {
    "400": "What was asked makes no sense; `detail` says how to mend it",
    "401": "No token, or one that has ended",
    "404": "No such form, or not one that the token opens",
    "429": "Too many requests; wait for the seconds in Retry-After",
}
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "reference": {"type": "string"},
    },
}
HEADERS = {
    "ETag": {"description": "For If-None-Match: 304 as long as nothing has changed", "schema": {"type": "string"}},
    "Link": {"description": 'Where the next responses are, with rel="next"', "schema": {"type": "string"}},
}


@open_to_all
def openapi() -> Response:
    """The whole description."""
    return jsonify(described())


@cache
def described() -> dict[str, Any]:
    """The same for every office: the table of routes as OpenAPI has it."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Nabór", "version": "1.0.0", "description": ABOUT},
        "servers": [{"url": "/api/v1"}],
        "security": [{"token": []}],
        "paths": {re.sub(r"<(\w+)>", r"{\1}", route.path): {"get": _operation(route)} for route in ROUTES},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Problem": PROBLEM_SCHEMA},
        },
    }


def _operation(route: Route) -> dict[str, Any]:
    names = re.findall(r"<(\w+)>", route.path)
    content = {name: {"schema": schema} for name, schema in route.answers.items()}
    found = {"description": route.summary, "headers": HEADERS if route.parameters else {}, "content": content}
    return {
        "operationId": route.view.__name__,
        "summary": route.summary,
        "parameters": [*map(_in_path, names), *map(_in_query, route.parameters)],
        "responses": {
            "200": found,
            "304": {"description": "Nothing has changed"},
            **{code: _error(text) for code, text in ERRORS.items()},
        },
    }


def _in_path(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _in_query(each: Parameter) -> dict[str, Any]:
    return {"name": each.name, "in": "query", "description": each.description, "schema": each.schema}


def _error(text: str) -> dict[str, Any]:
    return {"description": text, "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
