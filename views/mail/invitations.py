"""The places of a response as messages and calendars tell them: a list in words, and iCalendar files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from flask import url_for

from forms.answers import Outcome
from forms.definition import Form
from forms.events import Event
from forms.events.words import when_and_where
from forms.spans import WARSAW
from records import access
from records.bookings import Booking
from records.calendar import Entry, cancellation, invitation
from records.outbox import Letter
from records.responses import Response
from views.mail.texts import STATES
from views.presenting import item_title
from views.services import now, services

TELLING = {"received", "accepted", "changed", "withdrawn", "rejected"}  # kinds of message that carry a calendar
TAKEN = ("accepted", "attended")
GONE = ("withdrawn", "replaced", "rejected")


def events_text(form: Form, found: Outcome, booked: Sequence[Booking], written: Callable[[str], str]) -> str:
    """The bookings as a Markdown list: the event with its dates and place, then each participant with the state."""
    lines = []
    for event in form.places.values():
        here = [each for each in booked if each.event == event.id]
        if not here:
            continue
        about = (f"**{written(event.title(found.env))}**", written(when_and_where(event)))
        heading = ", ".join(part for part in about if part)
        if event.online and any(each.state in TAKEN for each in here):
            heading += f", <{event.online}>"
        people = [(item_title(form, found, each.item), str(STATES[each.state])) for each in here]
        if len(people) == 1 and not people[0][0]:
            lines.append(f"- {heading}: {people[0][1]}")
            continue
        lines.append(f"- {heading}")
        lines += [f"  - {written(who)}: {state}" if who else f"  - {state}" for who, state in people]
    return "\n".join(lines)


def entries(
    form: Form, found: Outcome, stored: Response, booked: Sequence[Booking], states: Sequence[str]
) -> list[Entry]:
    """The events with a date of which the response holds bookings, told of those whose bookings are all in `states`."""
    host = urlsplit(services().settings.base_url).hostname or "localhost"
    token = access.token(stored, services().settings.secret_key)
    link = url_for("respondent.response", token=token, _external=True)
    told = []
    for event in form.events:
        here = [each for each in booked if each.event == event.id]
        if not here or event.starts is None or not _fits(here, states):
            continue
        told.append(
            Entry(
                uid=f"{stored.key}-{event.id}@{host}",
                # Each change of a booking raises its sequence, each new one adds to it, so the sum only ever grows.
                sequence=sum(each.sequence + 1 for each in here) - 1,
                starts=event.starts.astimezone(WARSAW),
                ends=event.ends.astimezone(WARSAW) if event.ends else None,
                summary=f"{event.title(found.env)} – {form.title(found.env)}",
                location=_location(event, found),
                description=f"{stored.reference}\n{link}",
                url=event.online,
            )
        )
    return told


def calendars(
    letter: Letter, stored: Response, form: Form, found: Outcome, booked: Sequence[Booking], to: Sequence[str]
) -> str | None:
    """What a message attaches: the events that hold, and those that no longer do; None when there is nothing to tell."""
    if letter.kind not in TELLING or not form.events:
        return None
    contact = services().site.get("contact") or {}
    organizer = (str(contact.get("name") or services().site["name"]), sender())
    holding = entries(form, found, stored, booked, TAKEN)
    gone = [each for each in entries(form, found, stored, booked, GONE) if each.sequence > 0]
    texts = []
    if holding:
        texts.append(invitation(holding, now(), organizer, to))
    if gone:
        texts.append(cancellation(gone, now(), organizer, to))
    return "".join(texts) or None


def sender() -> str:
    """The address that messages come from."""
    contact = services().site.get("contact") or {}
    return services().settings.mail_from or str(contact.get("email") or "nabor@localhost")


def _fits(here: Sequence[Booking], states: Sequence[str]) -> bool:
    """Holding: somebody has a place. Gone: nobody has, or waits for one."""
    if states is TAKEN:
        return any(each.state in TAKEN for each in here)
    return all(each.state in states for each in here)


def _location(event: Event, found: Outcome) -> str:
    return event.place(found.env) if event.place else event.online
