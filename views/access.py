"""Who may see what: rights by role, the mark that each route carries, and the one function that decides.

A route says `@requires(Right.…)` or `@open_to_all`; whole blueprints for everyone stand in PUBLIC. A route that says
nothing is refused to everybody, and a test that walks all routes names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request, session, url_for
from flask.typing import ResponseReturnValue

from records import belonging, people
from records.accounts import ADMINISTRATOR
from records.export import jobs
from records.people import Person
from records.privacy import protocols
from views import again, programs
from views.pages import see
from views.programs import PROGRAMS, Programs
from views.services import now, services

View = TypeVar("View", bound=Callable[..., Any])

SESSION_LASTS = 12 * 60 * 60  # seconds: a working day
PUBLIC = frozenset(  # blueprints whose every route is for everyone
    {
        "public",
        "respondent",
        "returning",
        "withdrawing",
        "replacing",
        "confirming",
        "sharing",
        "finding",
        "certified",
        "surveys",
        "register",
        "gmina",  # lets in by itself who acts for a gmina: see views.gmina.admit
        "health",
    }
)
PUBLIC_FILES = frozenset({"static", "vendor"})  # endpoints that serve files of ours
SETTING_UP = frozenset({"staff.two_factor", "staff.sign_out"})  # what is left to whom a second factor is asked of
LOCAL_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")  # printable ASCII without a backslash, never `//another.host`


class Right(Enum):
    """What a member of staff may do."""

    SEE_FORMS = auto()
    READ_RESPONSES = auto()
    READ_SENSITIVE = auto()
    DECIDE = auto()
    EXPORT = auto()
    EDIT_FORMS = auto()
    KEEP_REGISTER = auto()
    MANAGE_STAFF = auto()
    PRIVACY = auto()
    OWN_ACCOUNT = auto()


RIGHTS: dict[str, frozenset[Right]] = {
    "administrator": frozenset(Right),
    "editor": frozenset({Right.OWN_ACCOUNT, Right.SEE_FORMS, Right.EDIT_FORMS}),
    "handler": frozenset(
        {
            Right.OWN_ACCOUNT,
            Right.SEE_FORMS,
            Right.READ_RESPONSES,
            Right.READ_SENSITIVE,
            Right.DECIDE,
            Right.EXPORT,
            Right.KEEP_REGISTER,
        }
    ),
    "viewer": frozenset({Right.OWN_ACCOUNT, Right.SEE_FORMS, Right.READ_RESPONSES}),
}


# What a part of an address says about the form it belongs to. A name that stands neither here nor below lets nobody
# through who is limited to some forms, and a test that walks all routes names it.
FORM_OF: dict[str, Callable[[Any], str | None]] = {
    "slug": str,
    "key": belonging.of_response,
    "message_id": belonging.of_message,
    "code": belonging.of_certificate,
    "job_id": jobs.form_of,
    "protocol_id": protocols.form_of,
}
OF_NO_FORM = frozenset(  # parts that mean something only within the form that the same address names, or belong to none
    {
        "text_hash",
        "event",
        "gmina",
        "booking_id",
        "file_id",
        "correction",
        "question",
        "format",
        "indicator",
        "token",
        "token_id",
        "person_id",
        "view_id",
        "note_id",
        "recommendation_id",
        "step_id",
        "entry",
    }
)


class Everyone:
    """The mark of a route that needs no account."""


EVERYONE = Everyone()


def for_programs(view: View) -> View:
    """Marks a view as one of the API, for programs that show a token."""
    view.access = PROGRAMS  # type: ignore[attr-defined]
    return view


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


def rule(app: Flask, endpoint: str) -> Right | Everyone | Programs | None:
    """What a route asks of whoever comes; None when it says nothing."""
    if endpoint in PUBLIC_FILES or endpoint.rpartition(".")[0] in PUBLIC:
        return EVERYONE
    return getattr(app.view_functions[endpoint], "access", None)


def rights(person: Person) -> frozenset[Right]:
    """What the person may do: what the role brings, sensitive answers by the account's own switch, and the register –
    which decides about every form – unless the person is limited to forms that have nothing to do with it."""
    of_role = RIGHTS[person.role]
    if person.forms is not None and not any(map(_about_register, person.forms)):
        of_role -= {Right.KEEP_REGISTER}
    if person.sensitive and Right.READ_RESPONSES in of_role:
        return of_role | {Right.READ_SENSITIVE}
    return of_role - {Right.READ_SENSITIVE}


def _about_register(slug: str) -> bool:
    """Whether entries of the Wykaz come from the answers of this form: who works with it may keep the register."""
    form = services().catalogue.get(slug)
    return form is not None and form.register is not None


def may(right: Right, slug: str | None = None) -> bool:
    """Whether the person who is signed in has the right (to this form); nobody signed in has none."""
    person: Person | None = g.get("person")
    if person is None or right not in rights(person):
        return False
    return slug is None or person.forms is None or slug in person.forms


def visible_slugs() -> frozenset[str] | None:
    """The forms that the person who is signed in works with, None for all; nobody signed in sees none.

    The one thing that pages and queries over several forms narrow by. Whoever asks for one form, response or other
    object by its address has been let through by `decide`.
    """
    person: Person | None = g.get("person")
    return frozenset() if person is None else person.forms


def decide() -> ResponseReturnValue | None:
    """Runs before each request: finds out who is here, and lets them in (None), or to sign in, or not at all (403).

    Who is limited to some forms gets 404 for everything of another, just as for what does not exist.
    """
    g.person = None
    if request.endpoint is None or request.endpoint in PUBLIC_FILES:
        return None
    wanted = rule(current_app, request.endpoint)
    if isinstance(wanted, Programs):
        programs.admit(request.view_args or {})
        return None
    g.person = _who()
    lacks = g.person is not None and not g.person.two_factor and wants_two_factor(g.person)
    if lacks and request.endpoint not in SETTING_UP:
        if not isinstance(wanted, Everyone):
            return see(url_for("staff.two_factor"))
        g.person = None
    if isinstance(wanted, Everyone):
        return None
    if wanted is not None and may(wanted):
        return None if _within(g.person, request.view_args or {}) else abort(404)
    if wanted is not None and g.person is None:
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return again.signed_out(url_for("staff.sign_in")) or see(url_for("staff.sign_in", next=back))
    abort(403)


def wants_two_factor(person: Person) -> bool:
    """Whether the office asks a second factor of this person (TWO_FACTOR); without one they do nothing but set it up."""
    wanted = services().settings.two_factor
    return wanted == "required" or (wanted == "administrators" and person.role == ADMINISTRATOR)


def _within(person: Person, named: Mapping[str, Any]) -> bool:
    """Whether all that an address names belongs to forms that the person works with. No query for who sees all."""
    if person.forms is None:
        return True
    return all(
        FORM_OF[name](value) in person.forms if name in FORM_OF else name in OF_NO_FORM for name, value in named.items()
    )


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
