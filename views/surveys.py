"""A link from an invitation to a survey: it opens the form, counts once, and leaves nothing in the answer.

Which invitation it was stands in the browser's own signed cookie until the answer is sent, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, abort, session, url_for

from forms.answers import Outcome
from forms.definition import Form
from forms.wording import say
from records import surveys as invitations
from records.bookings import Booking
from records.outbox import Letter
from records.responses import Response as Stored
from views.audience import address
from views.guests import Guest
from views.languages import speak_for
from views.pages import see
from views.services import services
from views.steps.drawing import static
from views.telling import tell

surveys = Blueprint("surveys", __name__, url_prefix="/a")

KEPT = "surveys"  # in the session: slug of a survey to the token it was opened with


@surveys.get("/<token>")
def invitation(token: str) -> Response:
    """On to the survey; where the answer is here already, it says so."""
    found = invitations.find(token)
    form = services().catalogue.get(found.slug) if found else None
    if found is None or form is None or form.state == "draft":
        abort(404, description="link")
    speak_for(form)
    if found.used:
        return _answered(form)
    session[KEPT] = {**session.get(KEPT, {}), found.slug: token}
    return see(address(form))


@surveys.after_request
def hide(response: Response) -> Response:
    """The link is one person's."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def answered(form: Form, moment: datetime) -> None:
    """Marks the invitation as used that this browser came with, if any; in the transaction of sending. Raises Used."""
    token = session.get(KEPT, {}).get(form.slug) if form.anonymous else None
    if token:
        invitations.use(token, form.slug, moment)


def forget(form: Form) -> None:
    """The answer is sent: this browser keeps nothing of the invitation."""
    kept = session.get(KEPT)
    if kept and form.slug in kept:
        session[KEPT] = {slug: token for slug, token in kept.items() if slug != form.slug}


def link(letter: Letter) -> str:
    """The address that an invitation gives to its participant."""
    booking_id, slug = letter.facts["bookings"][0], letter.facts["survey"]
    token = invitations.token(booking_id, slug, services().settings.secret_key)
    return url_for("surveys.invitation", token=token, _external=True)


def addresses(letter: Letter, stored: Stored, form: Form, found: Outcome, booked: Sequence[Booking]) -> tuple[str, ...]:
    """The participant's own addresses; none where there are none, or the invitation was used meanwhile."""
    booking = next((each for each in booked if each.id == letter.facts["bookings"][0]), None)
    return Guest(booking, stored, form, found).emails if booking is not None else ()


def waits(letter: Letter) -> bool:
    """Whether the invitation of this message still waits for an answer."""
    slug = letter.facts["survey"]
    found = invitations.find(invitations.token(letter.facts["bookings"][0], slug, services().settings.secret_key))
    return found is not None and not found.used


def _answered(form: Form) -> Response:
    text = say(
        "Dziękujemy za odpowiedź na ankietę „{title}”. Z tego linku można odpowiedzieć raz.", title=static(form.title)
    )
    back = (say("Lista formularzy"), url_for("public.forms"), "second")
    return tell(say("Twoja odpowiedź już tu jest"), text, back, kind="success")
