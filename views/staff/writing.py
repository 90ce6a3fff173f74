"""For staff: a message to those who have, or wait for, a place at an event – written, looked at, then sent once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Response, g, request, url_for

from forms.definition import Form
from forms.events import Event
from forms.events.words import fixed
from forms.wording import Say, say, say_n
from records import audit, bookings, outbox
from records.bookings.lifecycle import ABSENT, ACCEPTED, ATTENDED, LIVE, OFFERED, WAITING
from records.database import writing
from records.outbox import Letter
from records.shapes import SUBMITTED
from views import guests, wording
from views.access import Right, requires
from views.guests import Guest
from views.mail import letters
from views.mail.texts import STATES
from views.markdown import paragraphs, typographic
from views.pages import page, see, written
from views.security import csrf_token
from views.services import now
from views.staff.events import crumbs, event_of

ORDER = (ACCEPTED, SUBMITTED, OFFERED, WAITING, ATTENDED, ABSENT)
MOST = {"temat": 150, "tresc": 10_000}  # characters
NOBODY = say("Nie ma do kogo pisać: żadne z wybranych zgłoszeń nie ma adresu e-mail. Wybierz inne stany.")


@requires(Right.DECIDE)
def compose(slug: str, event: str) -> Response:
    """The message as it is written; with `krok` also its preview for the first recipient, or sending it."""
    form, found = event_of(slug, event)
    if request.method == "GET":
        return _page(form, found, (), [ACCEPTED], {"temat": "", "tresc": ""})
    ids = [int(each) for each in request.form.getlist("kto") if each.isdecimal()]
    states = [each for each in ORDER if each in request.form.getlist("stan")]
    text = {name: written(name, most) for name, most in MOST.items()}
    step = request.form.get("krok", "")
    if not step:  # those who were ticked on the list of the event
        return _page(form, found, ids, states or [ACCEPTED], text)
    people = _recipients(form, found, ids, states)
    problems = _problems(text, people)
    if problems or step != "wyslij":
        return _page(form, found, ids, states, text, people, problems)
    _send(form, found, people, text, request.form.get("raz", ""), now())
    return see(url_for("staff.compose", slug=slug, event=event, wyslano=len(people)))


def _recipients(form: Form, event: Event, ids: Sequence[int], states: Sequence[str]) -> dict[int, list[Guest]]:
    """By response, the guests it is about: those ticked, else those in the states; only where there is an address."""
    here = guests.of_event(form, event.id, LIVE if ids else states) if ids or states else []
    people: dict[int, list[Guest]] = {}
    for each in here:
        if (not ids or each.booking.id in ids) and letters.recipients(each.form, each.found):
            people.setdefault(each.stored.id, []).append(each)
    return people


def _problems(text: dict[str, str], people: dict[int, list[Guest]]) -> list[tuple[str, str]]:
    found: list[tuple[str, Say]] = []
    if not people:
        found.append(("#stan", NOBODY))
    if not text["temat"]:
        found.append(("#temat", say("Wpisz temat wiadomości.")))
    if not text["tresc"]:
        found.append(("#tresc", say("Wpisz treść wiadomości.")))
    return [(href, str(what)) for href, what in found]


def _facts(text: dict[str, str], people: Sequence[Guest]) -> dict[str, Any]:
    return {"subject": text["temat"], "body": text["tresc"], "bookings": [each.booking.id for each in people]}


def _send(
    form: Form, event: Event, people: dict[int, list[Guest]], text: dict[str, str], once: str, moment: datetime
) -> None:
    """All messages in one transaction; sent again from the same page (`once`), they stay as they are."""
    with writing():
        for some in people.values():
            stored = some[0].stored
            outbox.put(
                "message",
                once=f"{stored.key}:message:{once}",
                slug=form.slug,
                response_id=stored.id,
                language=stored.language,
                facts=_facts(text, some),
                now=moment,
            )
        details = {"event": event.id, "messages": len(people)}
        audit.record(audit.staff(g.person.id), "message", form.slug, form.slug, details, moment)


def _preview(people: dict[int, list[Guest]], text: dict[str, str]) -> dict[str, Any] | None:
    """The message as the first recipient will get it."""
    if not people:
        return None
    some = next(iter(people.values()))
    stored, moment = some[0].stored, now()
    letter = Letter(
        id=0, once="", slug=stored.slug, response_id=stored.id, kind="message", language=stored.language,
        facts=_facts(text, some), state=outbox.WAITING, attempts=0, repeated=False, due_at=moment, created_at=moment,
        sent_at=None, error=None, recipients=(), subject=None, text=None, html=None, calendar=None,
    )  # fmt: skip
    written = letters.write(letter)
    if written is None:
        return None
    return {"to": ", ".join(written.recipients), "subject": written.subject, "text": paragraphs(written.text)}


def _page(
    form: Form,
    event: Event,
    ids: Sequence[int],
    states: Sequence[str],
    text: dict[str, str],
    people: dict[int, list[Guest]] | None = None,
    problems: Sequence[tuple[str, str]] = (),
) -> Response:
    counts = bookings.counts(form.slug).get(event.id, bookings.Counts({}))
    sent = request.args.get("wyslano", "")
    checked = people is not None and not problems
    wrong = dict(problems)
    return page(
        "staff/compose.html",
        status=422 if problems else 200,
        crumbs=crumbs(form, event, say("Wiadomość")),
        title=typographic(fixed(event.title)),
        problems=list(problems),
        problems_title=wording.problems_title(len(problems)),
        done=str(say_n("Wiadomość czeka na wysłanie do {n} zgłoszenia.", "Wiadomość czeka na wysłanie do {n} zgłoszeń.", int(sent)))
        if sent.isdecimal() and len(sent) < 7
        else "",
        ids=list(ids),
        chosen=str(say_n("{n} wybrana osoba", "{n} wybranych osób", len(ids))) if ids else "",
        states=[
            {"value": each, "text": str(STATES[each]), "n": counts[each], "checked": each in states}
            for each in ORDER
            if counts[each] or each in states
        ],
        subject=text["temat"],
        body=text["tresc"],
        errors={name: wrong.get(f"#{name}", "") for name in ("stan", "temat", "tresc")},
        once=request.form.get("raz") or secrets.token_urlsafe(12),
        preview=_preview(people or {}, text) if checked else None,
        count_text=str(say_n("Wyślemy do {n} zgłoszenia.", "Wyślemy do {n} zgłoszeń.", len(people or {}))),
        action_url=url_for("staff.compose", slug=form.slug, event=event.id),
        messages_url=url_for("staff.messages"),
        csrf=csrf_token(),
    )  # fmt: skip
