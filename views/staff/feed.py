"""For staff: a calendar to subscribe to, with every event of every form that the person works with. Its address is the key to it, as programs need."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from urllib.parse import urlsplit

from flask import Response, abort, current_app, url_for

from forms.events.words import fixed
from forms.spans import WARSAW
from records import people
from records.bookings import Counts, counts
from records.bookings.lifecycle import HOLDING, WAITING
from records.calendar import Entry
from records.calendar import feed as calendar
from records.people import Person
from views.access import Right, open_to_all, rights
from views.services import now, services
from views.steps.drawing import static

SIGNATURE_LENGTH = 22  # of base64: 132 bits


@open_to_all
def feed(token: str) -> Response:
    """The calendar, for whoever has the address of somebody who still works here; it holds no names of participants."""
    person = _whose(token)
    if person is None:
        abort(404)
    answer = current_app.response_class(
        calendar(_entries(person), now(), str(services().site["name"])), mimetype="text/calendar"
    )
    answer.headers["Cache-Control"] = "private, max-age=900"
    return answer


def feed_address(person: Person) -> str:
    """The person's own address of the calendar; a new password or a closed account makes it useless."""
    return url_for("staff.feed", token=f"{person.id}-{_signature(person)}", _external=True)


def _whose(token: str) -> Person | None:
    """Who has this address and may read it: still here, with the right, and of this session epoch."""
    number, _, signature = token.partition("-")
    if not (number.isascii() and number.isdecimal() and len(number) < 10) or len(signature) != SIGNATURE_LENGTH:
        return None
    person = people.get(int(number))
    if person is None or not person.active or Right.READ_RESPONSES not in rights(person):
        return None
    genuine = signature.isascii() and hmac.compare_digest(signature, _signature(person))
    return person if genuine else None


def _signature(person: Person) -> str:
    text = f"calendar:{person.id}:{person.session_epoch}"
    digest = hmac.digest(services().settings.secret_key.encode(), text.encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode()[:SIGNATURE_LENGTH]


def _entries(person: Person) -> list[Entry]:
    host = urlsplit(services().settings.base_url).hostname or "localhost"
    found = []
    for entry in services().catalogue.entries():
        form = entry.form
        if form is None or not form.events or (person.forms is not None and form.slug not in person.forms):
            continue
        taken = counts(form.slug)
        for event in form.events:
            if event.starts is None:
                continue
            here = taken.get(event.id, Counts({}))
            n, waits = sum(here[state] for state in HOLDING), here[WAITING]
            found.append(
                Entry(
                    uid=f"{form.slug}-{event.id}@{host}",
                    sequence=0,
                    starts=_local(event.starts),
                    ends=_local(event.ends) if event.ends else None,
                    summary=f"{fixed(event.title)} – {static(form.title)}",
                    location=fixed(event.place) or event.online,
                    description=f"{n}/{event.places or '–'} (+{waits})",
                    url=url_for("staff.event", slug=form.slug, event=event.id, _external=True),
                )
            )
    return found


def _local(moment: datetime) -> datetime:
    return moment.astimezone(WARSAW)
