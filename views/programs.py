"""Programs that read through the API: who they are by their token, how often they may ask, how they are told of an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from flask import Response, abort, current_app, g, request

from records import tokens
from records.tokens import Token
from views import pace
from views.services import now

PREFIX = "/api/"
BY_PROGRAM = "120 per minute"
BY_ADDRESS = "20 per minute"  # tries with a token that opens nothing
PROBLEM = "application/problem+json"


class Programs:
    """The mark of a route for programs that show a token."""


PROGRAMS = Programs()


def admit(named: Mapping[str, Any]) -> None:
    """Lets the program in whose token stands in the header, or aborts: 401 without a good one, 404 for a form that the
    token does not open (as for one that does not exist), 429 for who asks too often. `named` is what the address names.
    """
    address = request.remote_addr or ""
    if not pace.allowed(BY_ADDRESS, "api", address):
        abort(429)
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = tokens.find(secret.strip(), now()) if scheme.lower() == "bearer" else None
    if found is None:
        pace.hit(BY_ADDRESS, "api", address)
        abort(401)
    if not pace.hit(BY_PROGRAM, "api-token", str(found.id)):
        abort(429)
    if "slug" in named and not found.reads(named["slug"]):
        abort(404)
    g.token = found


def token() -> Token:
    """The token that let this request in."""
    return cast(Token, g.token)


def asks() -> bool:
    """Whether a program asks, and not a person."""
    return request.path.startswith(PREFIX)


def problem(code: int, title: str, detail: str, reference: str = "") -> Response:
    """An error as programs read it (RFC 9457)."""
    told: dict[str, Any] = {"type": "about:blank", "title": title, "status": code, "detail": detail}
    if reference:
        told["reference"] = reference
    response = current_app.response_class(current_app.json.dumps(told), code, content_type=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    if code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if code == 429:
        response.headers["Retry-After"] = "60"
    return response
