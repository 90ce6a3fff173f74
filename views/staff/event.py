"""For staff: one event – who has a place, who waits and why – and what is decided about those who are ticked."""

from __future__ import annotations

from collections import Counter
from typing import Any

from flask import Response, g, request, url_for

from forms.definition import Form
from forms.events import Event
from forms.events.words import fixed, when_and_where
from forms.polish import sort_key
from forms.wording import Say, say, say_n
from records import audit, bookings
from records.bookings import Booking, deciding
from records.bookings.lifecycle import (
    ABSENT,
    ACCEPTED,
    ATTENDED,
    CODES,
    HOLDING,
    LIVE,
    OFFERED,
    REJECTED,
    REPLACED,
    WAITING,
    WITHDRAWN,
)
from records.guests import chosen
from records.shapes import SUBMITTED
from views import guests, wording
from views.access import Right, may, requires
from views.guests import Guest, gmina_name
from views.link.booked import REASONS, why_waits
from views.mail.texts import STATES
from views.markdown import typographic
from views.pages import page, see, written
from views.security import csrf_token
from views.services import now
from views.staff.event_actions import ACTIONS, MOST_NAMED, actions, buttons, done
from views.staff.events import crumbs, event_of, taken_text
from views.staff.printing import papers

ORDER = (SUBMITTED, ACCEPTED, OFFERED, WAITING, ATTENDED, ABSENT, REJECTED, WITHDRAWN, REPLACED)
KINDS = {
    ACCEPTED: "good",
    ATTENDED: "good",
    SUBMITTED: "warning",
    OFFERED: "warning",
    WAITING: "warning",
    ABSENT: "bad",
}
NOBODY = say("Zaznacz co najmniej jedną osobę.")
NO_REASON = say("Napisz powód odrzucenia – osoba zgłoszona dostanie go w wiadomości.")
MOST_DIGITS = 10  # of an id


@requires(Right.READ_RESPONSES)
def event(slug: str, event: str) -> Response:
    """The participants of an event, of one state if asked."""
    form, found = event_of(slug, event)
    return _page(form, found, _state())


@requires(Right.DECIDE)
def decide(slug: str, event: str) -> Response:
    """What a button of the list says, done to those who are ticked, or to all whom the list shows."""
    form, found = event_of(slug, event)
    state, action = _state(), request.form.get("akcja", "")
    if "wszyscy" in request.form:
        listed = set(request.form.get("pokazano", "").split("-"))  # nobody who came after the page was drawn
        ids = [each.id for each in bookings.of_event(slug, event, _shown(state)) if str(each.id) in listed]
    else:
        asked = [int(each) for each in request.form.getlist("kto") if each.isdecimal() and len(each) < MOST_DIGITS]
        ids = [booking.id for booking, _ in chosen(slug, asked) if booking.event == event]
    reason = written("powod", 500)
    problem = NOBODY if not ids else NO_REASON if action == REJECTED and not reason else None
    if action not in ACTIONS or problem is not None:
        href = "#powod" if problem is NO_REASON else "#lista"
        return _page(form, found, state, problem=(href, str(problem or NOBODY)), ticked=frozenset(ids), reason=reason)
    actor = audit.staff(g.person.id)
    if action in (deciding.FIRST, deciding.LAST):
        came = deciding.put_first(ids, form, now(), actor, action)
    else:
        came = deciding.decide(ids, form, now(), actor, action, reason or None)
    skipped = "-".join(map(str, came.skipped[:MOST_NAMED])) or None
    told: dict[str, Any] = {
        "akcja": action,
        "zrobiono": came.done,
        "pominieto": skipped,
        "ile": len(came.skipped) or None,
    }
    return see(url_for("staff.event", slug=slug, event=event, stan=state or None, **told))


def row(form: Form, event: Event, guest: Guest, position: int | None) -> dict[str, Any]:
    """A participant in the list: who, from where, which response, how it stands and why."""
    booking = guest.booking
    return {
        "id": booking.id,
        "who": typographic(guest.title),
        "gmina": guest.gmina,
        "reference": guest.stored.reference,
        "url": url_for("staff.response", key=guest.stored.key),
        "state": {"text": str(STATES[booking.state]), "kind": KINDS.get(booking.state, "plain")},
        "why": typographic(str(why(event, booking, position) or "")),
        "when": wording.local(booking.booked_at),
    }


def why(event: Event | None, booking: Booking, position: int | None) -> Say | str | None:
    """Why somebody waits and where in the list, until when an offer holds, why a booking ended."""
    if booking.state == WAITING:
        what = say("{n}. na liście: {why}", n=position, why=why_waits(event, booking))
        return say("{what}, przesunięcie przez biuro", what=what) if booking.priority else what
    if booking.state == OFFERED and booking.offered_until is not None:
        return say("do potwierdzenia: {when}", when=wording.local(booking.offered_until))
    if booking.state in (WITHDRAWN, REJECTED) and booking.reason:
        return REASONS[booking.reason] if booking.reason in CODES else booking.reason
    return None


def _state() -> str:
    """The one state that the list shows; "" for all that are live."""
    wanted = request.args.get("stan", "")
    return wanted if wanted in ORDER else ""


def _shown(state: str) -> tuple[str, ...]:
    return (state,) if state else LIVE


def _page(
    form: Form,
    event: Event,
    state: str,
    *,
    problem: tuple[str, str] | None = None,
    ticked: frozenset[int] = frozenset(),
    reason: str = "",
) -> Response:
    counts = bookings.counts(form.slug).get(event.id, bookings.Counts({}))
    taken = sum(counts[each] for each in HOLDING)
    queue = [each.id for each in bookings.waiting(form.slug, event.id)]
    place = {booking_id: n for n, booking_id in enumerate(queue, start=1)}
    shown = guests.of_event(form, event.id, _shown(state))
    shown.sort(key=lambda each: (ORDER.index(each.booking.state), place.get(each.booking.id, 0)))
    return page(
        "staff/event.html",
        status=422 if problem else 200,
        crumbs=crumbs(form, event),
        title=typographic(fixed(event.title)),
        when=typographic(when_and_where(event)),
        taken=taken,
        places=event.places or 0,
        taken_text=taken_text(event, taken),
        facts=[
            {"label": str(STATES[each]), "text": str(counts[each])}
            for each in (WAITING, OFFERED, SUBMITTED)
            if counts[each] or each == WAITING
        ],
        shares=_shares(event, shown) if not state else [],
        filters=_filters(form, event, counts, state),
        rows=[row(form, event, each, place.get(each.booking.id)) for each in shown],
        listed="-".join(str(each.booking.id) for each in shown),
        count_text=str(say_n("{n} osoba", "{n} osób", len(shown))),
        decides=bool(shown) and may(Right.DECIDE),
        actions=actions(form, event),
        endings=buttons(REJECTED, WITHDRAWN),
        action_url=url_for("staff.event_decide", slug=form.slug, event=event.id, stan=state or None),
        compose_url=url_for("staff.compose", slug=form.slug, event=event.id),
        ticked=ticked,
        reason=reason,
        problems=[problem] if problem else [],
        done=done(form),
        links=_links(form, event),
        csrf=csrf_token(),
    )


def _links(form: Form, event: Event) -> list[dict[str, str]]:
    """What else can be done with the event."""
    links: list[tuple[Say, str]] = []
    if may(Right.DECIDE):
        links.append((say("Napisz wiadomość"), url_for("staff.compose", slug=form.slug, event=event.id)))
        if event.starts is not None:
            links.append((say("Odnotuj obecność"), url_for("staff.checkin", slug=form.slug, event=event.id)))
    return [{"text": str(text), "url": url} for text, url in (*links, *papers(form, event))]


def _filters(form: Form, event: Event, counts: bookings.Counts, state: str) -> list[dict[str, Any]]:
    def link(text: Say, value: str, n: int) -> dict[str, Any]:
        url = url_for("staff.event", slug=form.slug, event=event.id, stan=value or None)
        return {"text": str(text), "url": url, "n": n, "current": value == state}

    told = [link(STATES[each], each, counts[each]) for each in ORDER if counts[each] or each == state]
    return [link(say("aktualne"), "", sum(counts[each] for each in LIVE)), *told]


def _shares(event: Event, shown: list[Guest]) -> list[dict[str, Any]]:
    """What each gmina has of the event, the largest first."""
    has = Counter(each.booking.gmina for each in shown if each.booking.gmina and each.booking.state in HOLDING)
    waits = Counter(each.booking.gmina for each in shown if each.booking.gmina and each.booking.state == WAITING)
    limited = event.per_gmina is not None and (event.per_gmina_until is None or now() < event.per_gmina_until)
    return [
        {
            "gmina": gmina_name(code),
            "text": str(say("{taken} z {places}", taken=has[code], places=event.per_gmina)) if limited else has[code],
            "waiting": waits[code],
        }
        for code in sorted({*has, *waits}, key=lambda code: (-has[code], sort_key(gmina_name(code))))
    ]
