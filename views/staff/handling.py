"""For staff: what is done with one response – accepted, rejected, withdrawn, opened for correction, its link sent again."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.answers import Outcome
from forms.definition import Form
from forms.events.words import fixed
from forms.spans import WARSAW
from forms.wording import Say, say
from records import audit, bookings, outbox
from records.bookings import Illegal
from records.bookings.lifecycle import LIVE, OVER, WAITING
from records.database import writing
from records.desk import asking
from records.responses import Response as Stored
from records.shapes import SUBMITTED
from views.access import Right, may, requires
from views.answered import sent_answers
from views.mail import letters
from views.mail.texts import STATES
from views.markdown import typographic
from views.pages import written
from views.presenting import item_title
from views.services import now, services
from views.staff.event import KINDS, NO_REASON, why
from views.staff.history import happened
from views.staff.messages import line
from views.staff.opened import back, sent_or_404

ACCEPT, REJECT, WITHDRAW = "accept", "reject", "withdraw"
TOLD: dict[str, tuple[str, Say]] = {  # what was done, as the address of the page tells it: kind of notice, words
    ACCEPT: ("success", say("Zgłoszenie jest przyjęte.")),
    REJECT: ("success", say("Zgłoszenie jest odrzucone.")),
    WITHDRAW: ("success", say("Zgłoszenie jest wycofane, a jego miejsca są wolne.")),
    "extend": ("success", say("Zapisano, do kiedy można poprawiać tę odpowiedź.")),
    "link": ("success", say("Wysyłamy link na adres podany w odpowiedzi.")),
    "illegal": ("warning", say("Nic się nie zmieniło: stan odpowiedzi na to nie pozwala. Sprawdź, jaki jest teraz.")),
    "reason": ("error", NO_REASON),
    "date": ("error", say("Podaj dzień od dziś, na przykład 20.02.2027, albo zostaw pole puste.")),
    "returned": ("success", say("Zwrócono do poprawy. Wysyłamy wiadomość z uwagami i linkiem do tych pytań.")),
    "returned-untold": (
        "warning",
        say("Zwrócono do poprawy, ale w odpowiedzi nie ma adresu e-mail. Przekaż prywatny link w inny sposób."),
    ),
    "return-checked": ("success", say("Poprawione odpowiedzi są sprawdzone.")),
    "return-cancel": ("success", say("Prośba o poprawę jest cofnięta. Link do tych pytań już nie działa.")),
    "office-reason": ("error", say("Podaj powód poprawki – zostanie w historii odpowiedzi.")),
    "office-typing": (
        "warning",
        say("Osoba, która wysłała odpowiedź, właśnie ją poprawia. Spróbuj za godzinę albo uzgodnij to z nią."),
    ),
    "office-busy": (
        "warning",
        say("Osoba, która wysłała odpowiedź, zaczęła ją poprawiać. Zaznacz, że porzucasz jej niewysłaną poprawkę."),
    ),
    "office-sent": ("success", say("Poprawka urzędu jest wysłana i jest w historii odpowiedzi.")),
    "office-told": (
        "success",
        say("Poprawka urzędu jest wysłana. Zawiadamiamy o niej osobę, która wysłała odpowiedź."),
    ),
    "office-dropped": ("success", say("Poprawka urzędu jest porzucona. Ważne jest to, co było wysłane.")),
    "note": ("success", say("Notatka jest zapisana.")),
    "note-empty": ("error", say("Wpisz treść notatki.")),
    "note-gone": ("success", say("Notatka jest usunięta.")),
    "label-empty": ("error", say("Wpisz nazwę etykiety.")),
    "nobody": ("warning", say("W tej odpowiedzi nie ma adresu e-mail, więc nie ma dokąd wysłać linku.")),
}


@requires(Right.DECIDE)
def decide(key: str) -> Response:
    """Accepts, rejects (with a reason) or withdraws the whole response."""
    stored, form = _open(key)
    action, reason = request.form.get("akcja", ""), written("powod", 500)
    if action == REJECT and not reason:
        return back(key, "reason")
    actor = audit.staff(g.person.id)
    try:
        if action == ACCEPT:
            bookings.accept(key, form, now(), actor)
        elif action == REJECT:
            bookings.reject(key, form, now(), actor, reason)
        elif action == WITHDRAW:
            bookings.withdraw(key, form, now(), actor, reason or None)
        else:
            abort(404)
    except Illegal:
        return back(key, "illegal")
    return back(stored.key, action)


@requires(Right.DECIDE)
def extend(key: str) -> Response:
    """Lets this one response be corrected to the end of a day; an empty date takes that back."""
    _, form = _open(key)
    day = request.form.get("dzien", "").strip()
    until = None
    if day:
        try:
            until = datetime.combine(asking.day(day), time(23, 59, 59), WARSAW)
        except ValueError:
            return back(key, "date")
        if until < now():
            return back(key, "date")
    bookings.extend(key, form, until, now(), audit.staff(g.person.id))
    return back(key, "extend")


@requires(Right.DECIDE)
def send_link(key: str) -> Response:
    """Puts the private link into the outbox again; a double click sends it once."""
    stored, _ = _open(key)
    form, _, found = sent_answers(stored)
    if form.anonymous or not letters.recipients(form, found):
        return back(key, "nobody")
    with writing():
        outbox.put(
            "link",
            once=f"{stored.key}:link:{now():%Y%m%d%H%M}",
            slug=stored.slug,
            response_id=stored.id,
            language=stored.language,
            facts={},
            now=now(),
        )
        audit.record(audit.staff(g.person.id), "link", stored.key, stored.slug, {}, now())
    return back(key, "link")


def handling(form: Form, stored: Stored, found: Outcome) -> dict[str, Any]:
    """What the page of a response shows besides the answers: its places, its messages, and what can be done."""
    decides = may(Right.DECIDE) and not form.anonymous
    booked = bookings.of_response(stored.id) if form.places else []
    live = [each for each in booked if each.state in LIVE]
    waits = SUBMITTED in {each.state for each in live} if live else stored.state == SUBMITTED and form.review == "staff"
    open_ = stored.state not in OVER
    told = TOLD.get(request.args.get("zrobiono", ""))
    letters_ = outbox.of_response(stored.id)
    until = stored.edit_until.astimezone(WARSAW) if stored.edit_until else None
    return {
        "done": {"kind": told[0], "text": str(told[1])} if told else None,
        "bookings": [_booking(form, found, each) for each in booked],
        "messages": [line(each) for each in letters_],
        "happened": [] if form.anonymous else happened(stored.key),
        "decide_url": url_for("staff.response_decide", key=stored.key) if decides and open_ else "",
        "may_accept": waits,
        "may_reject": waits or any(each.state == WAITING for each in live),
        "extend_url": url_for("staff.response_extend", key=stored.key) if decides and open_ else "",
        "edit_until": f"{until:%Y-%m-%d}" if until else "",
        "link_url": url_for("staff.response_link", key=stored.key)
        if decides and letters.recipients(form, found)
        else "",
    }


def _booking(form: Form, found: Outcome, booking: bookings.Booking) -> dict[str, Any]:
    event = form.places.get(booking.event)
    return {
        "who": typographic(item_title(form, found, booking.item)),
        "what": typographic(fixed(event.title)) if event is not None else booking.event,
        "url": url_for("staff.event", slug=form.slug, event=booking.event),
        "state": {"text": str(STATES[booking.state]), "kind": KINDS.get(booking.state, "plain")},
        "why": typographic(str(why(event, booking, bookings.position(booking)) or "")),
    }


def _open(key: str) -> tuple[Stored, Form]:
    """A response that was sent, and its form with the limits that hold now; else 404."""
    stored = sent_or_404(key)
    return stored, services().catalogue.get(stored.slug) or services().version(stored.slug, stored.version_id or 0)
