"""For staff: a response opened by its key, and the way back to its page with what was done."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Response, abort, g, request, url_for

from forms.answers import Outcome
from forms.questions import questions
from records import audit, responses
from records.responses import Response as Stored
from views.access import Right, may
from views.pages import see
from views.services import now

TOLD = "zrobiono"  # in the address of the page: what was done


def sent_or_404(key: str) -> Stored:
    """The response with this key, if it was sent: nobody but its author sees a draft."""
    stored = responses.load(key)
    if stored is None or stored.answers is None or stored.version_id is None:
        abort(404)
    return stored


def asks_sensitive(found: Outcome) -> bool:
    """Whether some of the questions that were asked are sensitive."""
    return any(each.sensitive for each in questions(found))


def look(found: Outcome, stored: Stored) -> bool:
    """Whether this person may read sensitive answers; a look at some is put into the log."""
    sensitive = may(Right.READ_SENSITIVE)
    if sensitive and asks_sensitive(found):
        audit.record(audit.staff(g.person.id), "read-sensitive", stored.key, stored.slug, {}, now())
    return sensitive


def back(key: str, told: str, *, anchor: str = "") -> Response:
    """To the page of the response, which says what was done (a word of views.staff.handling.TOLD).

    Whoever came from that page, or one below it, keeps the place in the list that its address named.
    """
    address, came = url_for("staff.response", key=key), urlsplit(request.referrer or "")
    from_here = came.path == address or came.path.startswith(f"{address}/")
    kept = _place(came.query) if from_here else []
    query = urlencode([*kept, *([(TOLD, told)] if told else [])])
    return see(f"{address}?{query}" if query else address, anchor=anchor)


def keeping_place(address: str) -> str:
    """The address of a page below that of the response, with the place in the list that this page's address names."""
    query = urlencode(_place(request.query_string.decode()))
    return f"{address}?{query}" if query else address


def _place(query: str) -> list[tuple[str, str]]:
    return [each for each in parse_qsl(query) if each[0] != TOLD]
