"""What every page of a gmina has around it: whose it is, where one goes from here, the way out."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from forms.definition import Form
from forms.wording import say
from records.gminy.people import Person
from views import acting
from views.markdown import typographic
from views.pages import page
from views.security import csrf_token
from views.services import services
from views.steps.drawing import static


def here() -> Person:
    """Who is here, on a page that lets nobody else in."""
    person = acting.who()
    if person is None:
        raise RuntimeError("a page of a gmina without anybody signed in")
    return person


def framed(template: str, *, status: int = 200, **context: Any) -> Response:
    """A page of the gmina, with its menu."""
    person = here()
    entries = [("gmina.home", say("Strona gminy"))]
    if person.coordinates:
        if any(sheet.shown for sheet in services().indicators.sheets()):
            entries.append(("gmina.indicators", say("Wskaźniki")))
        entries.append(("gmina.people", say("Osoby")))
    menu = [
        {"title": str(title), "url": url_for(endpoint), "current": request.endpoint == endpoint}
        for endpoint, title in entries
    ]
    return page(
        template,
        status=status,
        gmina=acting.label(person.gmina),
        name=person.name,
        coordinates=person.coordinates,
        menu=menu,
        leave_url=url_for("gmina.sign_out"),
        csrf=csrf_token(),
        **context,
    )


def title_of(slug: str, version_id: int) -> str:
    """What the form was called in the version that was answered, since it may name a year."""
    form: Form | None
    try:
        form = services().version(slug, version_id)
    except ValueError:  # today's rules of the language refuse that version
        form = services().catalogue.get(slug)
    return typographic(static(form.title)) if form is not None else slug
