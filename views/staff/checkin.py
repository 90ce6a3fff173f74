"""For staff on the day: who is there, half-day by half-day, on a telephone; by a list with search, or from a badge's code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.definition import Form
from forms.events import Event
from forms.events.words import fixed, when_and_where
from forms.polish import fold
from forms.wording import say, say_n
from records import audit, bookings
from records.bookings import attendance
from records.bookings.attendance import EXPECTED
from records.bookings.lifecycle import ATTENDED, Illegal
from records.shapes import Missing
from views import guests
from views.access import Right, requires
from views.guests import Guest
from views.mail.texts import STATES
from views.markdown import typographic
from views.pages import page, see, wants_part
from views.security import csrf_token
from views.services import now
from views.staff.event import KINDS
from views.staff.events import crumbs, event_of
from views.staff.printing import day_text

HALVES = {"1": say("przed południem"), "2": say("po południu")}


@requires(Right.DECIDE)
def checkin(slug: str, event: str) -> Response:
    """Everybody with a place, in the order of names; a search for a part of a name or of a gmina."""
    form, found = event_of(slug, event)
    q = request.args.get("q", "").strip()[:100]
    people = guests.by_name(guests.of_event(form, found.id, EXPECTED))
    anybody = any(each.booking.state == ATTENDED for each in people)
    shown = [each for each in people if fold(q) in fold(f"{each.name} {each.unit} {each.gmina}")]
    noted = attendance.of_bookings([each.booking.id for each in shown])
    return page(
        "staff/checkin.html",
        part="staff/_checkin_rows.html",
        crumbs=crumbs(form, found, say("Obecność")),
        title=typographic(fixed(found.title)),
        when=typographic(when_and_where(found)),
        q=q,
        url=url_for("staff.checkin", slug=slug, event=event),
        there_text=_there(form, found),
        count_text=str(say_n("{n} osoba na liście", "{n} osób na liście", len(shown))),
        rows=[_row(form, found, each, noted.get(each.booking.id, {}), q) for each in shown],
        close_url=url_for("staff.checkin_close", slug=slug, event=event) if anybody else "",
        csrf=csrf_token(),
    )


@requires(Right.DECIDE)
def checkin_one(slug: str, event: str, booking_id: int) -> Response:
    """One person, as the code of a badge opens it; a press of a button notes whether they are there."""
    form, found = event_of(slug, event)
    if request.method == "POST":
        part, _, present = request.form.get("czesc", "").partition("=")
        try:
            attendance.note(booking_id, form, part, present == "1", now(), audit.staff(g.person.id))
        except Missing:
            abort(404)
        except Illegal:
            pass  # the place was given up meanwhile: the page that follows says how it stands
        if not wants_part():
            return _back(slug, event, booking_id)
    guest = next(iter(guests.chosen(form, [booking_id])), None)
    if guest is None or guest.booking.event != found.id:
        abort(404)
    noted = attendance.of_bookings([booking_id]).get(booking_id, {})
    return page(
        "staff/checkin_one.html",
        part="staff/_checkin_swap.html",
        crumbs=[*crumbs(form, found), {"title": guest.name, "url": ""}],
        title=typographic(guest.name),
        list_url=url_for("staff.checkin", slug=slug, event=event),
        row=_row(form, found, guest, noted, request.form.get("q", ""), alone=request.form.get("lista") != "1"),
        there_text=_there(form, found) if request.form.get("lista") == "1" else "",
        csrf=csrf_token(),
    )


@requires(Right.DECIDE)
def close(slug: str, event: str) -> Response:
    """The end of the list: who was never there is absent."""
    form, found = event_of(slug, event)
    attendance.close(form, found, now(), audit.staff(g.person.id))
    return see(url_for("staff.checkin", slug=slug, event=event))


def _there(form: Form, event: Event) -> str:
    """How many of those with a place have come."""
    counts = bookings.counts(form.slug).get(event.id, bookings.Counts({}))
    return str(say("Obecni: {there} z {all}", there=counts[ATTENDED], all=sum(counts[each] for each in EXPECTED)))


def _back(slug: str, event: str, booking_id: int) -> Response:
    if request.form.get("lista") == "1":
        url = url_for("staff.checkin", slug=slug, event=event, q=request.form.get("q") or None)
        return see(url, anchor=f"osoba-{booking_id}")
    return see(url_for("staff.checkin_one", slug=slug, event=event, booking_id=booking_id))


def _row(
    form: Form, event: Event, guest: Guest, noted: Mapping[str, bool], q: str, *, alone: bool = False
) -> dict[str, Any]:
    booking = guest.booking
    parts = attendance.parts(event) if booking.state in EXPECTED else ()
    today = [part for part in parts if part.startswith(f"{now().date()}/")]
    return {
        "id": booking.id,
        "name": typographic(guest.name),
        "unit": typographic(guest.unit),
        "url": url_for("staff.checkin_one", slug=form.slug, event=event.id, booking_id=booking.id),
        "state": {"text": str(STATES[booking.state]), "kind": KINDS.get(booking.state, "plain")},
        "parts": [_part(part, noted.get(part, False)) for part in today or parts],
        "others": [_part(part, noted.get(part, False)) for part in parts if today and part not in today],
        "q": q,
        "alone": alone,
    }


def _part(part: str, present: bool) -> dict[str, Any]:
    """A button for one half-day: pressed it says the opposite of what is noted."""
    day, _, half = part.partition("/")
    return {
        "id": part.replace("/", "-"),
        "text": f"{day_text(date.fromisoformat(day))}, {HALVES[half]}",
        "value": f"{part}={0 if present else 1}",
        "present": present,
    }
