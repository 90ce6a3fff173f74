"""Behind a private link, once a response is sent: give up a place or the whole response, answer an offered place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, Response, abort, g, request, url_for

from forms.definition import Form
from forms.wording import Say, say
from records import bookings, responses
from records.bookings import Booking, Illegal, Late
from records.bookings.lifecycle import CODES, LIVE, OFFERED
from views.answered import sent_answers
from views.link.booked import DROPPABLE, may_withdraw, named
from views.link.respondent import open_link
from views.pages import page, see
from views.security import csrf_token
from views.services import now, services
from views.steps.drawing import static
from views.telling import tell

withdrawing = Blueprint("withdrawing", __name__, url_prefix="/z/<token>")
withdrawing.url_value_preprocessor(open_link)

RESPONDENT = "respondent"
LONGEST_REASON = 500  # characters
TOO_LATE = say("Zrezygnować można było wcześniej. Teraz napisz albo zadzwoń do nas.")


@withdrawing.route("/wycofaj", methods=["GET", "POST"])
def withdraw() -> Response:
    """The whole response: asked first, then withdrawn; its places go to those who wait."""
    form = form_now()
    if not may_withdraw(form, g.response, now()):
        return refused(TOO_LATE)
    if request.method == "POST":
        return _done(lambda: bookings.withdraw(g.response.key, form, now(), RESPONDENT, _reason()))
    told = [each for each in bookings.of_response(g.response.id) if each.state in LIVE] if form.places else []
    text = say("Wycofanego zgłoszenia nie można już poprawić ani przywrócić.")
    if told:
        text = say(
            "Wycofanego zgłoszenia nie można już poprawić ani przywrócić. Miejsca dostaną osoby, które na nie czekają."
        )
    return _ask(form, say("Czy wycofać zgłoszenie?"), told, text, button=say("Tak, wycofaj zgłoszenie"))


@withdrawing.route("/osoba/<item>", methods=["GET", "POST"])
def participant(item: str) -> Response:
    """All places of one participant."""
    form = form_now()
    live = [each for each in bookings.of_response(g.response.id) if each.item == item and each.state in LIVE]
    theirs = [each for each in live if each.state in (*DROPPABLE, OFFERED)]
    if not theirs:
        abort(404)
    return _give_up(form, theirs, say("Czy zrezygnować ze wszystkich miejsc tej osoby?"))


@withdrawing.route("/miejsce/<int:booking_id>", methods=["GET", "POST"])
def place(booking_id: int) -> Response:
    """One place: taken or declined when it is offered, else given up; giving up is asked first."""
    form = form_now()
    booking = bookings.find(booking_id)
    if booking is None or booking.response_id != g.response.id:
        abort(404)
    answer = request.form.get("odpowiedz")
    if answer in ("tak", "nie"):
        return _done(lambda: bookings.answer_offer(booking.id, form, now(), RESPONDENT, take=answer == "tak"))
    if request.method == "GET" and booking.state == OFFERED:
        text = say("Miejsce dostanie następna osoba z listy rezerwowej.")
        title = say("Czy zrezygnować z proponowanego miejsca?")
        return _ask(form, title, [booking], text, hidden=[("odpowiedz", "nie")])
    return _give_up(form, [booking], say("Czy zrezygnować z tego miejsca?"))


def form_now() -> Form:
    """The form whose limits hold now; one that no longer serves, as it was answered."""
    stored: responses.Response = g.response
    if stored.version_id is None:
        abort(404)
    return services().catalogue.get(stored.slug) or services().version(stored.slug, stored.version_id)


def refused(text: Say) -> Response:
    """What cannot be done, and the way back."""
    back = (say("Zobacz swoje odpowiedzi"), url_for("respondent.response", token=g.token), "")
    return tell(say("Nic się nie zmieniło"), text, back, kind="warning", status=409)


def _give_up(form: Form, theirs: Sequence[Booking], title: Say) -> Response:
    """Asks, then gives up these places."""
    if not may_withdraw(form, g.response, now()):
        return refused(TOO_LATE)
    if request.method == "POST":
        ids = [each.id for each in theirs]
        return _done(lambda: bookings.withdraw_some(ids, form, now(), RESPONDENT, _reason()))
    text = say("Miejsce dostanie następna osoba. Odzyskać je można tylko z listy rezerwowej.")
    if len(theirs) > 1:
        text = say("Miejsca dostaną następne osoby. Odzyskać je można tylko z listy rezerwowej.")
    return _ask(form, title, theirs, text)


def _ask(
    form: Form,
    title: Say,
    theirs: Sequence[Booking],
    text: Say,
    *,
    hidden: Sequence[tuple[str, str]] = (),
    button: Say | None = None,
) -> Response:
    _, _, found = sent_answers(g.response)
    return page(
        "public/withdraw.html",
        form_title=static(form.title),
        title=str(title),
        places=[named(form, found, each) for each in theirs],
        text=str(text),
        ask=not hidden,
        hidden=hidden,
        action=request.path,
        csrf=csrf_token(),
        button=str(button or say("Tak, rezygnuję")),
        back_url=url_for("respondent.response", token=g.token),
    )


def _reason() -> str | None:
    """Why, in the person's words; never taken for one of the program's own codes."""
    text = " ".join(request.form.get("powod", "").split())[:LONGEST_REASON]
    return f"„{text}”" if text in CODES else text or None


def _done(act: Callable[[], None]) -> Response:
    try:
        act()
    except Late:
        return refused(say("Czas na potwierdzenie minął i miejsce dostała następna osoba. Napisz albo zadzwoń do nas."))
    except Illegal:
        return refused(say("Stan tego zgłoszenia zmienił się w międzyczasie. Sprawdź, co jest teraz."))
    return see(url_for("respondent.response", token=g.token))
