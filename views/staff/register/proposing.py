"""For staff: what a response proposes for the Wykaz, beside what is there, saved by one button."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, url_for

from forms.definition import Form
from forms.register import Register
from forms.wording import say
from records import register
from records.bookings.lifecycle import ACCEPTED, OVER
from records.register import AlreadyEntered, Programme, Stale
from records.register.comparing import whole
from records.register.proposing import Proposal, propose
from records.responses import Response as Stored
from views.access import Right, may, requires
from views.answered import sent_answers
from views.pages import page, see, sent
from views.register.searching import labels
from views.security import csrf_token
from views.services import now, services
from views.staff.opened import sent_or_404
from views.staff.register.editing import actor
from views.steps.drawing import static


@requires(Right.KEEP_REGISTER)
def proposal(key: str) -> Response:
    """The entry as it is and as the response would have it; sending the page saves that."""
    stored = sent_or_404(key)
    form, _, found = sent_answers(stored)
    mapping = _mapping(form)
    if mapping is None or stored.gmina is None or stored.state in OVER:
        abort(404)
    made = propose(mapping, found.env, stored.gmina, register.of_gmina(stored.gmina), now().date())
    if request.method == "GET":
        return _page(form, stored, made)
    if sent("widziane") != _seen(made):
        return _page(form, stored, made, again=True)
    if _stops(stored, made):
        return _page(form, stored, made)
    entry = _save(stored, made)
    return _page(form, stored, made, again=True) if entry is None else see(_saved(entry, made))


def link(form: Form, stored: Stored) -> dict[str, Any]:
    """The address of the proposal, for the page of a response; "" where the form or the person has nothing to do with it."""
    there = _mapping(form) is not None and stored.gmina is not None and stored.state not in OVER
    shown = there and may(Right.KEEP_REGISTER)
    return {"register_url": url_for("staff.register_proposal", key=stored.key) if shown else ""}


def _mapping(form: Form) -> Register | None:
    """What the version that was answered says of the register; of an older one, what the form says now."""
    current = services().catalogue.get(form.slug)
    return form.register or (current.register if current is not None else None)


def _seen(made: Proposal) -> str:
    return f"{made.base.entry}:{made.base.version}" if made.base is not None else "0"


def _stops(stored: Stored, made: Proposal) -> str:
    """Why nothing can be saved yet, in words; "" when it can."""
    if stored.state != ACCEPTED:
        return str(say("Najpierw przyjmij zgłoszenie – wtedy zapiszesz z niego wpis."))
    if made.strikes and made.base is None:
        return str(say("Gmina nie ma wpisu w Wykazie, więc nie ma czego wykreślić."))
    if not made.strikes and not made.programme["basis"]:
        return str(say("W zgłoszeniu nie ma podstawy programu. Dodaj wpis ręcznie."))
    odd = whole(made.programme.values)
    return str(odd[1]) if odd is not None else ""


def _save(stored: Stored, made: Proposal) -> int | None:
    """The number of the entry; None when the register changed in between."""
    why = str(say("Zgłoszenie {reference}", reference=stored.reference))
    try:
        if made.base is None:
            return register.add(made.programme, why, now(), actor(), source=register.RESPONSE, response=stored.key)
        register.change(made.base, made.programme, why, now(), actor(), source=register.RESPONSE, response=stored.key)
    except (Stale, AlreadyEntered):
        return None
    return made.base.entry


def _saved(entry: int, made: Proposal) -> str:
    what = "dodano" if made.base is None else "wykreslono" if made.strikes else "zmieniono"
    return url_for("staff.register_entry", entry=entry, zrobiono=what)


def _page(form: Form, stored: Stored, made: Proposal, *, again: bool = False) -> Response:
    title = str(say("Wpis do Wykazu ze zgłoszenia"))
    before = made.base.programme if made.base is not None else Programme(made.programme.gmina)
    return page(
        "staff/register/proposal.html",
        status=409 if again else 422 if request.method == "POST" else 200,
        title=title,
        crumbs=[
            {"title": str(say("Formularze")), "url": url_for("staff.forms")},
            {"title": static(form.title), "url": url_for("staff.responses", slug=stored.slug)},
            {"title": str(stored.reference), "url": url_for("staff.response", key=stored.key)},
            {"title": title, "url": ""},
        ],
        gmina=labels().get(made.programme.gmina, made.programme.gmina),
        what=_what(made),
        rows=[[str(column.label), was or "–", is_ or "–"] for column, was, is_ in made.differences],
        unfit=[[str(column.label), typed, str(text)] for column, typed, text in made.unfit],
        same=made.programme == before,
        again=again,
        stops=_stops(stored, made),
        entry_url=url_for("staff.register_entry", entry=made.base.entry) if made.base is not None else "",
        response_url=url_for("staff.response", key=stored.key),
        seen=_seen(made),
        action_url=url_for("staff.register_proposal", key=stored.key),
        csrf=csrf_token(),
    )


def _what(made: Proposal) -> str:
    if made.strikes:
        return str(say("Zgłoszenie prosi o wykreślenie wpisu."))
    if made.base is None:
        return str(say("Gmina nie ma wpisu w Wykazie. Zgłoszenie proponuje nowy."))
    return str(say("Zgłoszenie proponuje zmianę wpisu gminy."))
