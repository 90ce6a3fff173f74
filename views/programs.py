"""Programs that read through the API: who they are by their token, how often they may ask, how they are told of an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Response, abort, current_app, g, request
from flask.blueprints import BlueprintSetupState
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from records import tokens
from records.tokens import Token
from views.services import now

PREFIX = "/api/"
BY_TOKEN = parse("120 per minute")
BY_ADDRESS = parse("20 per minute")  # tries with a token that opens nothing
EXTENSION = "nabor-programs"
PROBLEM = "application/problem+json"


class Programs:
    """The mark of a route for programs that show a token."""


PROGRAMS = Programs()


@dataclass
class Pace:
    """How often each token, and each address without a good one, has asked of late; each server process counts alone."""

    limiter: FixedWindowRateLimiter = field(default_factory=lambda: FixedWindowRateLimiter(MemoryStorage()))


def start(state: BlueprintSetupState) -> None:
    """Each application counts for itself."""
    state.app.extensions[EXTENSION] = Pace()


def admit(named: Mapping[str, Any]) -> None:
    """Lets the program in whose token stands in the header, or aborts: 401 without a good one, 404 for a form that the
    token does not open (as for one that does not exist), 429 for who asks too often. `named` is what the address names.
    """
    limiter = cast(Pace, current_app.extensions[EXTENSION]).limiter
    address = request.remote_addr or ""
    if not limiter.test(BY_ADDRESS, address):
        abort(429)
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    found = tokens.find(secret.strip(), now()) if scheme.lower() == "bearer" else None
    if found is None:
        limiter.hit(BY_ADDRESS, address)
        abort(401)
    if not limiter.hit(BY_TOKEN, str(found.id)):
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
