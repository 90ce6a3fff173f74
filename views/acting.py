"""Who of a gmina is here, and which responses are open to them: in place of the private link, as long as they act for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from flask import Response as Answer
from flask import abort, g, request, session, url_for

from forms.lists import Rows
from records import responses
from records.gminy import people, work
from records.gminy.people import Person
from records.responses import Response
from views import again
from views.pages import see
from views.services import now, services

KEPT = "gmina"  # in the session: person, epoch, since when
SESSION_LASTS = 12 * 60 * 60  # seconds: a working day
PREFIX = "gmina-"  # begins what stands in an address where others have the token of a private link


def who() -> Person | None:
    """Who has signed in for a gmina; nobody once they no longer act for it, or after a day. No session, no query."""
    if "gmina_person" not in g:
        g.gmina_person = _who()
    return cast(Person | None, g.gmina_person)


def let_in(person: Person) -> None:
    """Signs the person in; who is signed in as staff stays so."""
    session.pop("csrf_token", None)
    session[KEPT] = [person.id, person.session_epoch, int(now().timestamp())]


def to_sign_in() -> Answer:
    """Where somebody goes who has to sign in first; what they have just sent comes back to them."""
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return again.signed_out(url_for("gmina.sign_in")) or see(url_for("gmina.sign_in", next=back))


def leave() -> None:
    """Signs the person out."""
    session.pop(KEPT, None)


def token(key: str) -> str:
    """What stands in an address in place of the token of a private link."""
    return f"{PREFIX}{key}"


def open_response(named: str) -> Response | None:
    """The whole response, for a coordinator on whose page it stands; None for anybody else. To sign in, where nobody is."""
    person = _here()
    stored = responses.load(named.removeprefix(PREFIX))
    if stored is None or not person.coordinates or not of_page(stored, person):
        return None
    _enter(person, named)
    return stored


def open_step(named: str, step_id: str) -> Response | None:
    """The response of which somebody was given this step; None for anybody else. To sign in, where nobody is."""
    person = _here()
    stored = responses.load(named.removeprefix(PREFIX))
    if stored is None or not of_page(stored, person):
        return None
    if not person.coordinates and (stored.id, step_id) not in work.given_to(person):
        return None
    _enter(person, named)
    return stored


def of_page(stored: Response, person: Person) -> bool:
    """Whether the response stands on the page of this person's gmina; an anonymous one never does."""
    form = services().catalogue.get(stored.slug)
    return stored.page == person.gmina and not (form is not None and form.anonymous)


def inside() -> str:
    """The token under which this request has opened a response for a gmina; "" where it came by a private link."""
    return str(g.get("gmina_token", ""))


def note(stored: Response, steps: Iterable[str]) -> None:
    """Remembers who of the gmina has saved these steps; nothing where it is not known."""
    if inside():
        for step in steps:
            work.note(stored.id, step, g.gmina_person, now())


def label(gmina: str) -> str:
    """What a gmina (TERYT code) is called."""
    rows = gminy()
    row = rows.by_value.get(gmina) if rows is not None else None
    return row["label"] if row is not None else gmina


def gminy() -> Rows | None:
    """The list of gminy as it stands; None where it cannot be read."""
    services().catalogue.refresh()
    return services().catalogue.rows("gminy")


def _enter(person: Person, named: str) -> None:
    g.gmina_token, g.gmina_name = named, person.name


def _here() -> Person:
    person = who()
    if person is None:
        abort(to_sign_in())
    return person


def _who() -> Person | None:
    kept = session.get(KEPT)
    if kept is None:
        return None
    person_id, epoch, since = kept
    person = people.get(person_id)
    if person is None or not person.active or person.session_epoch != epoch:
        person = None
    if person is None or now().timestamp() - since >= SESSION_LASTS:
        session.pop(KEPT)
        return None
    return person
