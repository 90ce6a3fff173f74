"""Signing in for a gmina without a password: a one-time link to an address that staff or a coordinator have entered.

What is answered does not depend on whether the address is known; the worker looks for it.
"""

from __future__ import annotations

import hmac

from flask import Response, abort, request, url_for

from forms.types.given import Refused
from forms.types.text import Email
from forms.wording import Say, language, say
from records import outbox
from records.gminy import people
from views import acting, pace, wording
from views.access import local_path
from views.pages import page, see
from views.security import csrf_token
from views.services import now, services
from views.telling import tell

WISH = "gmina-wish"  # in the outbox; it is never sent to anybody
BY_ADDRESS = "10 per 10 minutes"
TOO_MANY = say("Za dużo próśb z tego miejsca. Odczekaj 10 minut i spróbuj ponownie.")


def sign_in() -> Response:
    """The page where one asks for the link; who is signed in already goes on."""
    back = local_path(request.args.get("next", "")) or ""
    if request.method == "GET":
        if acting.who() is not None:
            return see(back or url_for("gmina.home"))
        return _page("", "")
    if not pace.hit(BY_ADDRESS, "gmina", request.remote_addr or ""):
        return _page("", TOO_MANY, 429)
    typed = request.form.get("email", "").strip()[:200]
    try:
        email = Email().read(typed) if typed else ""
    except Refused as wrong:
        return _page(typed, wrong.what, 422)
    if not email:
        return _page("", say("Podaj adres e-mail."), 422)
    moment = now()
    known = hmac.digest(services().settings.secret_key.encode(), f"gmina:{email.casefold()}".encode(), "sha256")
    outbox.put(
        WISH,
        once=f"{WISH}:{known.hex()[:32]}:{moment:%Y-%m-%dT%H:%M}"[:-1],  # at most one answer in ten minutes
        slug="",
        response_id=None,
        language=language.get(),
        facts={"email": email, "next": back},
        now=moment,
    )
    return see(url_for("gmina.asked"))


def asked() -> Response:
    """The same for everybody: what happens now if the address is known."""
    text = say(
        "Jeśli ten adres należy do osoby, która działa w imieniu gminy, w ciągu kilku minut wyślemy na niego link do "
        "zalogowania. Link działa 30 minut i tylko raz. Nie ma wiadomości? Sprawdź folder ze spamem albo napisz do nas – "
        "powiemy, kto koordynuje sprawy Twojej gminy."
    )
    return tell(
        say("Sprawdź pocztę"),
        text,
        (say("Spróbuj z innym adresem"), url_for("gmina.sign_in"), "second"),
        (say("Wszystkie formularze"), url_for("public.forms"), "quiet"),
    )


def enter(token: str) -> Response:
    """The one-time link: a button first, since programs that check mail open links too."""
    person = people.whose_link(token, now())
    if request.method == "POST":
        person = people.use_link(token, now())
        if person is not None:
            acting.let_in(person)
            return see(local_path(request.args.get("next", "")) or url_for("gmina.home"))
    if person is None:
        text = say("Link do zalogowania działa raz i przez krótki czas. Poproś o nowy.")
        again = (say("Poproś o nowy link"), url_for("gmina.sign_in"), "")
        return tell(say("Ten link już nie działa"), text, again, kind="warning", status=410)
    return page(
        "gmina/enter.html",
        name=person.name,
        gmina=acting.label(person.gmina),
        action=request.full_path.rstrip("?"),
        csrf=csrf_token(),
    )


def sign_out() -> Response:
    """Signs out on this browser."""
    acting.leave()
    return see(url_for("public.forms"))


def answer_wish(letter: outbox.Letter) -> None:
    """For the worker: a message with a link for each gmina that the address acts for; the wish is forgotten."""
    with outbox.fulfilling(letter):
        for person in people.with_address(str(letter.facts["email"])):
            outbox.put(
                "gmina-link",
                once=f"{letter.once}:{person.id}",
                slug="",
                response_id=None,
                language=letter.language,
                facts={"person": person.id, "next": letter.facts.get("next", "")},
                now=now(),
            )


def _page(email: str, error: Say | str, status: int = 200) -> Response:
    if status not in (200, 422, 429):
        abort(status)
    return page(
        "gmina/sign_in.html",
        status=status,
        action=request.full_path.rstrip("?"),
        email=email,
        error=str(error) if status == 422 else "",
        problems=[("#email" if status == 422 else "", str(error))] if error else [],
        problems_title=wording.problems_title(1) if status == 422 else str(say("Nie wysłaliśmy prośby")),
        csrf=csrf_token(),
        contact=wording.contact(None),
    )
