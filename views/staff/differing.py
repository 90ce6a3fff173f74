"""For staff: the sendings of a response – when, by whom and why each was made – and what differs between any two."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from flask import request

from forms.definition import Form
from forms.spans import WARSAW
from forms.wording import long_date, say
from records import responses
from records.desk import office
from records.responses import Response as Stored
from views import wording
from views.link.corrections import comparison, corrections
from views.staff.history import person_name


def differing(form: Form, stored: Stored, *, sensitive: bool) -> dict[str, Any]:
    """What the page of a response shows of its history; next to nothing where it was never corrected."""
    if not stored.correction or stored.sent_at is None:
        return {"corrections": [], "history": [], "compare": None, "compared": None}
    made, name = office.of(stored.id), cache(person_name)
    notes = {
        number: str(say("Poprawka urzędu: {who}. Powód: {reason}", who=name(each.person), reason=each.reason))
        for number, each in made.items()
    }
    one, other = request.args.get("od", ""), request.args.get("do", "")
    chosen = (int(one), int(other)) if one.isdecimal() and other.isdecimal() else None
    return {
        "corrections": corrections(form, stored, sensitive=sensitive, of_office=notes),
        "history": _history(form, stored, {number: name(each.person) for number, each in made.items()}),
        "compare": {
            "before": _options(stored, chosen[0] if chosen else 0),
            "after": _options(stored, chosen[1] if chosen else stored.correction),
        }
        if stored.correction > 1
        else None,
        "compared": comparison(form, stored, *chosen, sensitive=sensitive) if chosen else None,
    }


def moment(form: Form, at: datetime) -> str:
    """Of an anonymous response only the day is known."""
    return long_date(at.astimezone(WARSAW).date()) if form.anonymous else wording.local(at)


def _options(stored: Stored, chosen: int) -> list[dict[str, Any]]:
    return [{"value": n, "text": _what(n), "selected": n == chosen} for n in range(stored.correction + 1)]


def _history(form: Form, stored: Stored, who: dict[int, str]) -> list[dict[str, str]]:
    """The sendings, the newest first."""
    sendings = [(each.correction, each.sent_at) for each in responses.history(stored.id)]
    if stored.sent_at is not None:
        sendings.append((stored.correction, stored.sent_at))
    return [{"when": moment(form, at), "who": who.get(n, ""), "what": _what(n)} for n, at in reversed(sendings)]


def _what(correction: int) -> str:
    return str(say("Poprawka {n}", n=correction) if correction else say("Wysłano po raz pierwszy"))
