"""For staff: a poster of a form to print, with its QR code."""

from __future__ import annotations

from flask import Response, url_for

from forms.wording import say
from views import audience, wording
from views.access import Right, requires
from views.markdown import typographic
from views.pages import page
from views.staff.ways import crumbs
from views.steps import journey
from views.steps.drawing import static


@requires(Right.SEE_FORMS)
def poster(slug: str) -> Response:
    """What the form is for, until when, and the way to it: for a notice board."""
    form = journey.form_or_404(slug)
    title = typographic(static(form.title))
    address = audience.address(form, external=True)
    return page(
        "staff/poster.html",
        crumbs=crumbs(
            slug, title, (str(say("Opis")), url_for("staff.form_description", slug=slug)), (str(say("Plakat")), "")
        ),
        title=title,
        summary=typographic(static(form.summary)),
        when=wording.window(form),
        qr_url=url_for("images.qr_code", slug=slug),
        address=address.partition("://")[2],
        contact=wording.contact(form),
    )
