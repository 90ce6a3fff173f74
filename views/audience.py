"""Whom a form lets in: staff who have signed in, those with the link for the invited, everybody else's forms everybody."""

from __future__ import annotations

import base64
import hmac
from functools import lru_cache

from flask import abort, request, session, url_for
from markupsafe import Markup, escape

from forms.definition import Form
from forms.wording import say
from views.access import Right, may
from views.services import services

STAFF_ONLY, INVITED_ONLY = "staff-form", "invited-form"  # why the page says 403; errors.py has the words
OF_ADDRESS = "z"  # what the secret part is called in the address
KEPT = "invited"  # in the session: slugs of the forms whose link for the invited was opened in this browser
MOST_KEPT = 20
SIGNATURE_LENGTH = 22  # of base64: 132 bits
DECLARE = say("Złóż deklarację udziału")


def admit(form: Form) -> None:
    """Ends the request with 403 when this person may not open the form. Staff who have signed in may open every form they see."""
    if form.audience not in ("staff", "invited") or may(Right.SEE_FORMS, form.slug):
        return
    if form.audience == "staff":
        abort(403, STAFF_ONLY)
    kept: list[str] = session.get(KEPT, [])
    if form.slug in kept:
        return
    given = request.args.get(OF_ADDRESS, "")
    if not given.isascii() or not hmac.compare_digest(given, _signature(form.slug, services().settings.secret_key)):
        abort(403, INVITED_ONLY)
    session[KEPT] = [form.slug, *kept][:MOST_KEPT]


def address(form: Form, *, external: bool = False, endpoint: str = "public.start", **more: str) -> str:
    """Where a form begins, or another page of it (`endpoint`, `more` for its address).

    For a form of the invited with its secret part, so only for pages of those who may have it.
    """
    secret = _signature(form.slug, services().settings.secret_key) if form.audience == "invited" else None
    parts = {**more, OF_ADDRESS: secret} if secret else more
    return url_for(endpoint, slug=form.slug, _external=external, **parts)


def way_out() -> Markup:
    """For a gmina that may not take part yet: the link to the declaration that site.yaml names; empty without one."""
    form = services().catalogue.get(services().site.get("declaration_form"))
    if form is None or form.state != "open":
        return Markup("")
    return Markup(f'<p><a href="{escape(address(form))}">{escape(DECLARE)}</a></p>')


@lru_cache(maxsize=256)
def _signature(slug: str, secret_key: str) -> str:
    """The same each time, so that one link serves all who are invited; another name of the file makes another."""
    digest = hmac.digest(secret_key.encode(), f"invited-form:{slug}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode()[:SIGNATURE_LENGTH]
