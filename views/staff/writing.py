"""For staff: a message to those who have, or wait for, a place at an event – written, looked at, then sent once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, g, request, url_for

from forms.definition import Form
from forms.events import Event
from forms.events.words import fixed
from forms.wording import number, say, say_n
from records import audit, bookings
from records.bookings.lifecycle import ABSENT, ACCEPTED, ATTENDED, LIVE, OFFERED, WAITING
from records.desk import messages
from records.shapes import SUBMITTED
from views import guests
from views.access import Right, requires
from views.guests import Guest
from views.mail import letters
from views.mail.texts import STATES
from views.markdown import typographic
from views.pages import page, see
from views.security import csrf_token
from views.services import now
from views.staff import messaging
from views.staff.events import crumbs, event_of

ORDER = (ACCEPTED, SUBMITTED, OFFERED, WAITING, ATTENDED, ABSENT)
NOBODY = say("Nie ma do kogo pisać: żadne z wybranych zgłoszeń nie ma adresu e-mail. Wybierz inne stany.")


@requires(Right.DECIDE)
def compose(slug: str, event: str) -> Response:
    """The message as it is written; with `krok` also its preview for the first recipient, or sending it."""
    form, found = event_of(slug, event)
    if request.method == "GET":
        return _page(form, found, (), [ACCEPTED])
    ids = [int(each) for each in request.form.getlist("kto") if each.isdecimal()]
    states = [each for each in ORDER if each in request.form.getlist("stan")]
    if not request.form.get("krok"):  # those who were ticked on the list of the event
        return _page(form, found, ids, states or [ACCEPTED])
    people, text = _recipients(form, found, ids, states), messaging.typed()
    problems = ([] if people else [("#stan", str(NOBODY))]) + messaging.problems(text)
    if problems or not messaging.confirmed():
        return _page(form, found, ids, states, people, problems)
    letters_ = [(some[0].stored, _facts(text, some)) for some in people.values()]
    messages.send(slug, letters_, messaging.once(), now(), audit.staff(g.person.id), {"event": found.id})
    return see(url_for("staff.compose", slug=slug, event=event, wyslano=len(people)))


def _recipients(form: Form, event: Event, ids: Sequence[int], states: Sequence[str]) -> dict[int, list[Guest]]:
    """By response, the guests it is about: those ticked, else those in the states; only where there is an address."""
    here = guests.of_event(form, event.id, LIVE if ids else states) if ids or states else []
    people: dict[int, list[Guest]] = {}
    for each in here:
        if (not ids or each.booking.id in ids) and letters.recipients(each.form, each.found):
            people.setdefault(each.stored.id, []).append(each)
    return people


def _facts(text: dict[str, str], people: Sequence[Guest]) -> dict[str, Any]:
    return {**messaging.facts(text), "bookings": [each.booking.id for each in people]}


def _preview(people: dict[int, list[Guest]], text: dict[str, str]) -> dict[str, str] | None:
    some = next(iter(people.values()))
    stored = some[0].stored
    return messaging.preview(stored.slug, stored.id, stored.language, _facts(text, some))


def _page(
    form: Form,
    event: Event,
    ids: Sequence[int],
    states: Sequence[str],
    people: dict[int, list[Guest]] | None = None,
    problems: messaging.Problems | None = None,
) -> Response:
    counts = bookings.counts(form.slug).get(event.id, bookings.Counts({}))
    sent = messaging.told()
    return page(
        "staff/compose.html",
        status=422 if problems else 200,
        crumbs=crumbs(form, event, say("Wiadomość")),
        title=typographic(fixed(event.title)),
        **messaging.shown(problems or [], "stan"),
        done=str(say_n("Wiadomość czeka na wysłanie do {n} zgłoszenia.", "Wiadomość czeka na wysłanie do {n} zgłoszeń.", sent))
        if sent is not None
        else "",
        ids=list(ids),
        chosen=str(say_n("{n} wybrana osoba", "{n} wybranych osób", len(ids))) if ids else "",
        states=[
            {"value": each, "text": f"{STATES[each]} ({number(counts[each])})", "checked": each in states}
            for each in ORDER
            if counts[each] or each in states
        ],
        preview=_preview(people, messaging.typed()) if people and not problems else None,
        count_text=str(say_n("Wyślemy do {n} zgłoszenia.", "Wyślemy do {n} zgłoszeń.", len(people or {}))),
        action_url=url_for("staff.compose", slug=form.slug, event=event.id),
        messages_url=url_for("staff.messages"),
        csrf=csrf_token(),
    )  # fmt: skip
