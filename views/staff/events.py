"""For staff: what takes place – the events of one form, and of all forms – with what is taken and who waits."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, url_for

from forms.definition import Form
from forms.events import Event
from forms.events.words import fixed, when_and_where
from forms.wording import Say, say, say_n
from records import bookings
from records.bookings import Counts, Lowered, places
from records.bookings.lifecycle import ABSENT, ATTENDED, HOLDING, OFFERED, WAITING
from records.shapes import SUBMITTED
from views.access import Right, requires
from views.guests import gmina_name
from views.markdown import typographic
from views.pages import page
from views.services import now, services
from views.staff import ways
from views.staff.feed import feed_address
from views.staff.overview import visible_entries
from views.steps.drawing import static

NONE = Counts({})


@requires(Right.READ_RESPONSES)
def all_events() -> Response:
    """What takes place from today on, whatever form it belongs to, the soonest first; then what is over."""
    found = [
        (event, form)
        for entry in visible_entries()
        if (form := entry.form) is not None
        for event in form.events
        if event.starts is not None
    ]
    found.sort(key=lambda each: (each[0].starts, each[1].slug))
    counts = {form.slug: bookings.counts(form.slug) for _, form in found}
    today = now().date()
    coming: list[dict[str, Any]] = []
    past: list[dict[str, Any]] = []
    for event, form in found:
        ends = event.ends or event.starts
        row = line(form, event, counts[form.slug].get(event.id, NONE))
        (past if ends is not None and ends.date() < today else coming).append(row)
    return page(
        "staff/all_events.html",
        coming=coming,
        past=past[::-1],
        feed_url=feed_address(g.person),
    )


@requires(Right.READ_RESPONSES)
def events(slug: str) -> Response:
    """Everything that a form limits: its events, options and places, each with what is taken, waits and is offered."""
    form = form_with_places(slug)
    counts = bookings.counts(slug)
    title = static(form.title)
    return page(
        "staff/events.html",
        form_title=title,
        crumbs=crumbs(form),
        lowered=[_lowered(form, each) for each in places.lowered(form, now())],
        rows=[line(form, event, counts.get(event.id, NONE)) for event in form.places.values()],
        links=_links(form),
    )


def form_with_places(slug: str) -> Form:
    """The form as it serves now, if it has places; else 404."""
    form = services().catalogue.get(slug)
    if form is None or not form.places:
        abort(404)
    return form


def event_of(slug: str, event: str) -> tuple[Form, Event]:
    """A form and one of its events (or options, or places); else 404."""
    form = form_with_places(slug)
    found = form.places.get(event)
    if found is None:
        abort(404)
    return form, found


def crumbs(form: Form, event: Event | None = None, last: Say | None = None) -> list[dict[str, str]]:
    """Where a page about the events of a form stands: the form's list, the event, the page itself."""
    steps = [(str(say("Terminy")), url_for("staff.events", slug=form.slug))]
    if event is not None:
        steps.append((fixed(event.title), url_for("staff.event", slug=form.slug, event=event.id)))
    if last is not None:
        steps.append((str(last), ""))
    return ways.crumbs(form.slug, static(form.title), *steps)


def line(form: Form, event: Event, counts: Counts) -> dict[str, Any]:
    """An event in a table: what and when, how full it is, who waits."""
    taken = sum(counts[state] for state in HOLDING)
    return {
        "title": typographic(fixed(event.title)),
        "id": event.id if event.kind == "event" else "",
        "form_title": static(form.title),
        "when": typographic(when_and_where(event)),
        "url": url_for("staff.event", slug=form.slug, event=event.id),
        "taken": taken,
        "places": event.places or 0,
        "taken_text": taken_text(event, taken),
        "waiting": counts[WAITING],
        "offered": counts[OFFERED],
        "submitted": counts[SUBMITTED],
        "attended": counts[ATTENDED] if counts[ATTENDED] + counts[ABSENT] else None,
    }


def taken_text(event: Event, taken: int) -> str:
    """`28 z 30`, or how many came where nothing is limited."""
    if event.places is None:
        return str(say_n("{n} osoba", "{n} osób", taken))
    return str(say("{taken} z {places}", taken=taken, places=event.places))


def _lowered(form: Form, each: Lowered) -> str:
    """A limit below what is taken, in numbers."""
    event = form.places.get(each.event)
    what = fixed(event.title) if event is not None else each.event
    if each.gmina:
        return str(
            say(
                "{what}, {gmina}: limit gminy {declared}, zajęte {used}.",
                what=what,
                gmina=gmina_name(each.gmina),
                declared=each.declared,
                used=each.used,
            )
        )
    return str(say("{what}: miejsc {declared}, zajęte {used}.", what=what, declared=each.declared, used=each.used))


def _links(form: Form) -> list[dict[str, str]]:
    """What else there is about the events of a form."""
    links = [{"text": str(say("Odpowiedzi")), "url": url_for("staff.responses", slug=form.slug)}]
    if form.certificate is not None:
        links.append({"text": str(say("Zaświadczenia")), "url": url_for("staff.certificates", slug=form.slug)})
    return links
