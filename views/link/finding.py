"""„Wyślij mi link jeszcze raz”: the private link sent again to the address on file, without telling whether it is known.

The request only puts the wish into the outbox, whoever asks and for whatever address; the worker looks for responses.
"""

from __future__ import annotations

import hmac
from itertools import islice

from flask import Blueprint, Response, request, url_for
from flask_wtf import FlaskForm
from wtforms import Field as Input
from wtforms import StringField
from wtforms.validators import InputRequired, ValidationError

from forms.types.given import Refused
from forms.types.text import Email
from forms.wording import Say, language, say
from records import access, outbox, responses
from records.outbox import Letter
from views import pace, wording
from views.answered import sent_answers
from views.mail.letters import recipients
from views.pages import page, see
from views.security import csrf_token
from views.services import now, services
from views.telling import tell

finding = Blueprint("finding", __name__, url_prefix="/link")

KIND = "find"  # of the wish in the outbox; it is never sent to anybody
MOST = 20  # responses in answer to one wish
BY_ADDRESS = "10 per 10 minutes"
TOO_MANY = say("Za dużo próśb z tego miejsca. Odczekaj 10 minut i spróbuj ponownie.")


class Wish(FlaskForm):
    """Whose link, and of which response where there are several."""

    email = StringField(validators=[InputRequired(say("Podaj adres e-mail."))])
    reference = StringField()

    def validate_email(self, field: Input) -> None:
        """An address as the forms take it; a likely slip is asked about."""
        try:
            field.data = Email().read(field.data.strip())
        except Refused as wrong:
            raise ValidationError(wrong.what) from wrong


@finding.route("", methods=["GET", "POST"])
def ask() -> Response:
    """The page where one asks; what is answered does not depend on what is known of the address."""
    form = Wish()
    if request.method == "GET":
        return _page(form, [])
    if not pace.hit(BY_ADDRESS, "link", request.remote_addr or ""):
        return _page(form, [("", TOO_MANY)], 429)
    if not form.validate():
        return _page(form, [("#email", text) for text in form.email.errors], 422)
    email, reference = form.email.data or "", (form.reference.data or "").strip()[:100]
    moment = now()
    secret = services().settings.secret_key.encode()
    who = hmac.digest(secret, f"find:{email.casefold()} {reference.casefold()}".encode(), "sha256").hex()[:32]
    outbox.put(
        KIND,
        once=f"find:{who}:{moment:%Y-%m-%dT%H}",  # at most one answer an hour
        slug="",
        response_id=None,
        language=language.get(),
        facts={"email": email, "reference": reference},
        now=moment,
    )
    return see(url_for(".asked"))


@finding.get("/wyslane")
def asked() -> Response:
    """The same for everybody: what happens now if the address is known."""
    return tell(
        say("Sprawdź pocztę"),
        say(
            "Jeśli mamy zgłoszenie z tym adresem, w ciągu kilku minut wyślemy na niego prywatny link. "
            "Nie ma wiadomości? Sprawdź folder ze spamem i adres, który był podany w zgłoszeniu."
        ),
        (say("Spróbuj z innym adresem"), url_for(".ask"), "second"),
        (say("Wszystkie formularze"), url_for("public.forms"), "quiet"),
    )


def answer_wish(letter: Letter) -> None:
    """For the worker: a message with the link for each live response that goes by the address; the wish is forgotten."""
    email, reference = str(letter.facts["email"]).casefold(), str(letter.facts["reference"]).casefold()
    with outbox.fulfilling(letter):
        named = (stored for stored in access.mentioning(email) if _is(stored, reference))
        for stored in islice((each for each in named if email in _known(each)), MOST):
            outbox.put(
                "link",
                once=f"{letter.once}:{stored.key}",
                slug=stored.slug,
                response_id=stored.id,
                language=stored.language,
                facts={},
                now=now(),
            )


def _is(stored: responses.Response, reference: str) -> bool:
    return not reference or (stored.reference or "").casefold() == reference


def _known(stored: responses.Response) -> set[str]:
    """The addresses that a response goes by; none for one that nobody may be told of, or whose form cannot be read."""
    try:
        form, _, found = sent_answers(stored)
    except ValueError:
        return set()
    return set() if form.anonymous else {address.casefold() for address in recipients(form, found)}


def _page(form: Wish, problems: list[tuple[str, Say | str]], status: int = 200) -> Response:
    told = [(href, str(text)) for href, text in problems]
    return page(
        "public/find.html",
        status=status,
        problems_title=wording.problems_title(len(told)) if status == 422 else str(say("Nie wysłaliśmy prośby")),
        problems=told,
        error=told[0][1] if told and status == 422 else "",
        email=form.email.data or "",
        reference=form.reference.data or "",
        action=request.path,
        csrf=csrf_token(),
        contact=wording.contact(None),
    )
