"""Who may see what: rights by role, the mark that each route carries, and the one function that decides.

A route says `@requires(Right.…)` or `@open_to_all`; whole blueprints for everyone stand in PUBLIC. A route that says
nothing is refused to everybody, and a test that walks all routes names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request, session, url_for
from flask.typing import ResponseReturnValue

from records import people
from records.people import Person
from views.pages import see
from views.services import now

View = TypeVar("View", bound=Callable[..., Any])

SESSION_LASTS = 12 * 60 * 60  # seconds: a working day
PUBLIC = frozenset(  # blueprints whose every route is for everyone
    {
        "public",
        "respondent",
        "withdrawing",
        "replacing",
        "confirming",
        "sharing",
        "finding",
        "certified",
        "surveys",
        "health",
    }
)
PUBLIC_FILES = frozenset({"static", "vendor"})  # endpoints that serve files of ours
LOCAL_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")  # printable ASCII without a backslash, never `//another.host`


class Right(Enum):
    """What a member of staff may do."""

    SEE_FORMS = auto()
    READ_RESPONSES = auto()
    READ_SENSITIVE = auto()
    DECIDE = auto()
    EXPORT = auto()
    EDIT_FORMS = auto()
    MANAGE_STAFF = auto()


RIGHTS: dict[str, frozenset[Right]] = {
    "administrator": frozenset(Right),
    "editor": frozenset({Right.SEE_FORMS, Right.EDIT_FORMS}),
    "handler": frozenset({Right.SEE_FORMS, Right.READ_RESPONSES, Right.READ_SENSITIVE, Right.DECIDE, Right.EXPORT}),
    "viewer": frozenset({Right.SEE_FORMS, Right.READ_RESPONSES}),
}


class Everyone:
    """The mark of a route that needs no account."""


EVERYONE = Everyone()


def requires(right: Right) -> Callable[[View], View]:
    """Marks a view as one for staff with this right."""

    def mark(view: View) -> View:
        view.access = right  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(view: View) -> View:
    """Marks a view as one for everyone."""
    view.access = EVERYONE  # type: ignore[attr-defined]
    return view


def rule(app: Flask, endpoint: str) -> Right | Everyone | None:
    """What a route asks of whoever comes; None when it says nothing."""
    if endpoint in PUBLIC_FILES or endpoint.rpartition(".")[0] in PUBLIC:
        return EVERYONE
    return getattr(app.view_functions[endpoint], "access", None)


def may(right: Right) -> bool:
    """Whether the person who is signed in has the right; nobody signed in has none."""
    person: Person | None = g.get("person")
    return person is not None and right in RIGHTS[person.role]


def decide() -> ResponseReturnValue | None:
    """Runs before each request: finds out who is here, and lets them in (None), or to sign in, or not at all (403)."""
    g.person = None
    if request.endpoint is None or request.endpoint in PUBLIC_FILES:
        return None
    g.person = _who()
    wanted = rule(current_app, request.endpoint)
    if isinstance(wanted, Everyone) or (wanted is not None and may(wanted)):
        return None
    if wanted is not None and g.person is None:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return see(url_for("staff.sign_in", next=back))
    abort(403)


def let_in(person: Person) -> None:
    """Signs the person in, in a new session: of what the old one held only the language goes with them."""
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
    session["person"] = [person.id, person.session_epoch, int(now().timestamp())]


def local_path(target: str) -> str | None:
    """The address if it is one of this site's own, so that nobody is led away after signing in."""
    return target if LOCAL_PATH.fullmatch(target) else None


def _who() -> Person | None:
    """The person of the session; a closed account, a new password or a day's end signs out. No session, no query."""
    kept = session.get("person")
    if kept is None:
        return None
    person_id, epoch, since = kept
    person = people.get(person_id)
    fresh = now().timestamp() - since < SESSION_LASTS
    if person is None or not person.active or person.session_epoch != epoch or not fresh:
        session.pop("person")
        return None
    return person
