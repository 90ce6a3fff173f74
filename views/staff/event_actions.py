"""What the buttons under the list of an event do to those who are ticked, and how it is told what came of it."""

from __future__ import annotations

from typing import Any

from flask import request

from forms.definition import Form
from forms.events import Event
from forms.wording import Say, say, say_n
from records.bookings import deciding
from records.bookings.lifecycle import ABSENT, ACCEPTED, ATTENDED, REJECTED, WITHDRAWN
from views import guests
from views.mail.texts import STATES

ACTIONS: dict[str, tuple[Say, str]] = {  # what a button does to those who are ticked, and how it looks
    ACCEPTED: (say("Przyjmij"), ""),
    REJECTED: (say("Odrzuć"), "danger"),
    WITHDRAWN: (say("Wycofaj"), "danger"),
    deciding.FIRST: (say("Na początek listy"), "second"),
    deciding.LAST: (say("Według kolejności zgłoszeń"), "second"),
    ATTENDED: (say("Oznacz obecność"), "second"),
    ABSENT: (say("Oznacz nieobecność"), "second"),
}
MOST_NAMED = 50  # skipped ones told by name


def actions(form: Form, event: Event) -> list[dict[str, str]]:
    """The buttons that make sense for this event, besides those that end a registration."""
    wanted = [ACCEPTED] if form.review == "staff" else []
    if event.waiting_list:
        wanted += [deciding.FIRST, deciding.LAST]
    if event.starts is not None:
        wanted += [ATTENDED, ABSENT]
    return buttons(*wanted)


def buttons(*wanted: str) -> list[dict[str, str]]:
    """These actions as buttons."""
    return [{"value": each, "text": str(ACTIONS[each][0]), "kind": ACTIONS[each][1]} for each in wanted]


def done(form: Form) -> dict[str, Any] | None:
    """What the last button came to, as the address tells it; those skipped are told with how they stand now."""
    args = request.args
    if args.get("akcja") not in ACTIONS or not args.get("zrobiono", "").isdecimal():
        return None
    ids = [int(each) for each in args.get("pominieto", "").split("-") if each.isdecimal()]
    skipped = guests.chosen(form, ids[:MOST_NAMED])
    total = int(args["ile"]) if args.get("ile", "").isdecimal() else len(skipped)
    what, n = ACTIONS[args["akcja"]][0], int(args["zrobiono"])
    return {
        "text": str(say_n("{what}: {n} osoba.", "{what}: {n} osób.", n, what=what)),
        "skipped_title": str(say_n("Pominięto {n} osobę", "Pominięto {n} osób", total)) if skipped else "",
        "skipped": [
            str(say("{who} – stan „{state}” na to nie pozwala", who=each.name, state=STATES[each.booking.state]))
            for each in skipped
        ],
        "kind": "warning" if skipped else "success",
    }
