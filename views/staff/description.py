"""For staff: a form told in plain words, for those who do not read its file."""

from __future__ import annotations

from flask import Response, abort, url_for

from forms.describing.outline import describe_form
from forms.wording import say
from views.access import Right, requires
from views.describing import body
from views.markdown import typographic
from views.pages import page
from views.services import services
from views.staff.ways import crumbs


@requires(Right.SEE_FORMS)
def form_description(slug: str) -> Response:
    """Questions, conditions, limits and checks as sentences, and the way to the blank form on paper."""
    form = services().catalogue.get(slug)
    if form is None:
        abort(404)
    found = describe_form(form)
    title = typographic(found.title)
    return page(
        "staff/form_description.html",
        form_title=title,
        summary=typographic(found.summary),
        body=body(found),
        poster_url=url_for("staff.poster", slug=slug),
        paper_url=url_for("documents.paper", slug=slug),
        crumbs=crumbs(slug, title, (str(say("Opis")), "")),
    )
