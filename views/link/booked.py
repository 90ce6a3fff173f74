"""What became of the places that a response asked for, for its receipt and its private page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from forms.answers import Outcome
from forms.deadlines import allows, until
from forms.definition import Field, Form
from forms.events import Event
from forms.events.words import fixed, when_and_where
from forms.wording import Say, say
from records import obligations
from records.bookings import Booking, of_response, position
from records.bookings.lifecycle import (
    ACCEPTED,
    CODES,
    DECLINED,
    DROPPED,
    EXPIRED,
    LIVE,
    OFFERED,
    OVER,
    REJECTED,
    REPLACED,
    WAITING,
    WITHDRAWN,
)
from records.responses import Response
from records.shapes import SUBMITTED
from views import wording
from views.mail.texts import STATES
from views.markdown import typographic
from views.presenting import item_title
from views.services import now
from views.steps.places import NO_PLACES

KINDS = {"accepted": "good", "attended": "good", "waiting": "warning", "offered": "warning"}
DROPPABLE = (SUBMITTED, ACCEPTED, WAITING)
REASONS = {
    DROPPED: say("to miejsce zostało usunięte z odpowiedzi"),
    DECLINED: say("rezygnacja z proponowanego miejsca"),
    EXPIRED: say("miejsce nie zostało potwierdzone na czas"),
}


def may_withdraw(form: Form, response: Response, moment: datetime) -> bool:
    """Whether the person may still give up what was sent: until `withdraw_until`; what is over stays as it is."""
    if form.anonymous or response.reference is None or response.state in OVER:
        return False
    return allows(form, form.withdraw_until, moment)


def withdrawal(form: Form, response: Response, token: str) -> dict[str, Any]:
    """Where the whole response is withdrawn, and until when, as long as it may be."""
    if not may_withdraw(form, response, now()):
        return {"withdraw_url": "", "withdraw_until": ""}
    end = until(form, form.withdraw_until)
    told = str(say("Zrezygnować można do: {when}", when=wording.bound(end))) if end else ""
    return {"withdraw_url": url_for("withdrawing.withdraw", token=token), "withdraw_until": told}


def calendar_url(rows: Sequence[Mapping[str, Any]], token: str) -> str:
    """Where the dates of the rows are had for a calendar; "" when nobody has a place on a date."""
    dated = any(row["dated"] for row in rows)
    return url_for("confirming.calendar", token=token) if dated else ""


def correctable_until(form: Form, response: Response) -> datetime | None:
    """The last moment for corrections of a response that may be corrected; None where no moment ends them."""
    more = obligations.deadline(form.slug, response.gmina, response.period) if form.period is not None else None
    ends = [each for each in (response.edit_until, until(form, form.edit_until), more) if each is not None]
    return max(ends, default=None)


def may_replace(form: Form, response: Response, moment: datetime) -> bool:
    """Whether a participant may be replaced by a colleague: as long as a place may be given up, with no correction begun."""
    return may_withdraw(form, response, moment) and response.working is None


def participants(form: Form) -> list[Field]:
    """The groups whose items can be answered anew for another person on one page: no files and no groups within."""
    groups = [each for each in form.fields if each.fields and each.type.repeats]
    return [group for group in groups if not any(each.fields or each.type.attached for each in group.fields)]


def booked_rows(form: Form, found: Outcome, stored: Response, *, token: str = "") -> list[dict[str, Any]]:
    """Each place: what, for whom, when and where, its state, and why it is so; those handed to another person left out.

    With the `token` of the private link also where an offer is taken (`answer_url`), a place given up (`drop_url`) and,
    once for each participant, handed to a colleague (`replace_url`) or all of theirs given up (`leave_url`); "" where that
    cannot be done. Nothing, and no query, for a form without places.
    """
    if not form.places:
        return []
    told = [each for each in of_response(stored.id) if _told(each)]
    live = [each for each in told if each.state in LIVE]
    # With a single place the whole response is withdrawn instead.
    droppable = bool(token) and len(live) > 1 and may_withdraw(form, stored, now())
    replaceable = _replaceable(form, stored, told, token)
    leaving = _leaving(live, token) if droppable else {}
    rows = []
    for each in told:
        address = url_for("withdrawing.place", token=token, booking_id=each.id) if token else ""
        offered, held = each.state == OFFERED, each.state in DROPPABLE
        addresses = {
            "answer_url": address if offered else "",
            "drop_url": address if offered or (droppable and held) else "",
            "replace_url": replaceable.pop(each.item, "") if held else "",
            "leave_url": leaving.pop(each.item, "") if held else "",
        }
        rows.append({**_row(form, found, each), **addresses})
    return rows


def by_person(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows by whom they are for, in the order of who comes first; what can be done for the whole person beside them."""
    people: dict[Any, list[Mapping[str, Any]]] = {}
    for row in rows:
        people.setdefault(row["who"] or row["id"], []).append(row)
    return [
        {
            "who": theirs[0]["who"],
            "rows": theirs,
            "replace_url": next((row["replace_url"] for row in theirs if row["replace_url"]), ""),
            "leave_url": next((row["leave_url"] for row in theirs if row["leave_url"]), ""),
        }
        for theirs in people.values()
    ]


def _replaceable(form: Form, stored: Response, told: Sequence[Booking], token: str) -> dict[str, str]:
    """By item of a group, the page on which a colleague takes over its places."""
    if not token or not may_replace(form, stored, now()):
        return {}
    groups = {each.name for each in participants(form)}
    items = {each.item for each in told if each.item.rpartition("-")[0] in groups}
    return {item: url_for("replacing.colleague", token=token, item=item) for item in items}


def named(form: Form, found: Outcome, booking: Booking) -> str:
    """A place in one line: for whom, what, when and where."""
    row = _row(form, found, booking)
    return ", ".join(row[part] for part in ("who", "what", "when") if row[part])


def _leaving(live: Sequence[Booking], token: str) -> dict[str, str]:
    """By item of a group, the page on which all its places are given up: where it has several, and others have some too."""
    counts = Counter(each.item for each in live)
    wanted = (item for item, n in counts.items() if item and 1 < n < len(live))
    return {item: url_for("withdrawing.participant", token=token, item=item) for item in wanted}


def _told(booking: Booking) -> bool:
    return booking.state != REPLACED and not (booking.state == WITHDRAWN and booking.reason == DROPPED)


def _row(form: Form, found: Outcome, booking: Booking) -> dict[str, Any]:
    event = form.places.get(booking.event)
    online = event.online if event is not None and KINDS.get(booking.state) == "good" else ""
    return {
        "id": booking.id,
        "live": booking.state in LIVE,
        "dated": event is not None and event.starts is not None and KINDS.get(booking.state) == "good",
        "what": typographic(fixed(event.title)) if event is not None else booking.event,
        "who": typographic(item_title(form, found, booking.item)),
        "when": typographic(when_and_where(event)) if event is not None else "",
        "online": online,
        "state": str(STATES[booking.state]),
        "kind": KINDS.get(booking.state, "plain"),
        "detail": typographic(str(_detail(event, booking) or "")),
    }


def _detail(event: Event | None, booking: Booking) -> Say | str | None:
    """Why somebody waits and where in the list, until when an offer holds, why a booking ended."""
    if booking.state == WAITING:
        place = position(booking)
        return say("{n}. miejsce na liście rezerwowej: {why}", n=place, why=why_waits(event, booking))
    if booking.state == OFFERED and booking.offered_until is not None:
        return say("Potwierdź do: {when}.", when=wording.local(booking.offered_until))
    if booking.state in (WITHDRAWN, REJECTED) and booking.reason:
        return REASONS[booking.reason] if booking.reason in CODES else booking.reason
    return None


def why_waits(event: Event | None, booking: Booking) -> Say:
    """Which limit keeps somebody on the waiting list: „limit gminy: 2 z 2”, or that all places are taken."""
    if event is not None and event.per_gmina is not None and "@" in (booking.waits_for or ""):
        return say("limit gminy: {share} z {share}", share=event.per_gmina)
    return NO_PLACES
