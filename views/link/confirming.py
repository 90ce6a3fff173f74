"""What a person takes away from the private link: the dates for a calendar, and a confirmation to print or to keep."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, g, url_for

from forms.answers import Outcome
from forms.definition import Form
from forms.wording import NBSP, say
from records import bookings, certificates, responses
from records.calendar import Entry, feed
from views import wording
from views.answered import sent_answers
from views.auditing.paper import report
from views.auditing.reading import read
from views.certificate_papers import file_name, printable, printed
from views.link.booked import booked_rows
from views.link.respondent import open_link
from views.mail.invitations import TAKEN, entries
from views.markdown import typographic
from views.pages import page
from views.papers import paper
from views.services import now
from views.steps.drawing import static

confirming = Blueprint("confirming", __name__, url_prefix="/z/<token>")
confirming.url_value_preprocessor(open_link)


@confirming.get("/terminy.ics")
def calendar() -> Response:
    """The events at which somebody of the response has a place, for any calendar."""
    form, found = _sent()
    told = dates(form, found, g.response)
    if not told:
        abort(404)
    answer = current_app.response_class(feed(told, now(), static(form.title)), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'attachment; filename="{_file_name()}.ics"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@confirming.get("/potwierdzenie")
def confirmation() -> Response:
    """That something arrived, when, under which number, and which places it has: to print."""
    form, found = _sent()
    return page(
        "public/confirmation.html",
        **_facts(form, found),
        pdf_url=url_for(".confirmation_pdf", token=g.token),
        back_url=url_for("respondent.response", token=g.token),
    )


@confirming.get("/potwierdzenie.pdf")
def confirmation_pdf() -> Response:
    """The same as a PDF that anybody can read (PDF/UA-1)."""
    form, found = _sent()
    facts = _facts(form, found)
    return paper("confirmation", _file_name(), facts.pop("heading"), **facts)


@confirming.get("/audyt.pdf")
def audit() -> Response:
    """The report of an audit that was sent: scores, barriers, recommendations, photographs."""
    _sent()
    found = read(g.response)
    return report(g.response, found) if found is not None else abort(404)


@confirming.get("/zaswiadczenie/<code>.pdf")
def certificate(code: str) -> Response:
    """The certificate of somebody of this response, as long as it holds."""
    found = certificates.find(code)
    if found is None or found.response_id != g.response.id or not printable(found):
        abort(404)
    return printed([found], file_name(found), f"{found.facts['title']} {found.number}")


def dates(form: Form, found: Outcome, stored: responses.Response) -> list[Entry]:
    """The events for a calendar; none, and no query, for a form without any."""
    if not form.events:
        return []
    return entries(form, found, stored, bookings.of_response(stored.id), TAKEN)


def _sent() -> tuple[Form, Outcome]:
    """The response as it was sent; nothing was sent, or nobody may know by whom: 404."""
    stored: responses.Response = g.response
    if stored.reference is None or stored.version_id is None:
        abort(404)
    form, _, found = sent_answers(stored)
    if form.anonymous:
        abort(404)
    return form, found


def _facts(form: Form, found: Outcome) -> dict[str, Any]:
    """What the confirmation says, in finished words."""
    stored: responses.Response = g.response
    state = str(wording.STATES[stored.state][0])
    rows = [(say("Numer"), stored.reference or ""), (say("Formularz"), static(form.title))]
    if stored.sent_at is not None:
        rows.append((say("Wysłano"), wording.local(stored.sent_at)))
    if stored.correction:
        rows.append((say("Poprawki"), str(stored.correction)))
    rows.append((say("Stan"), state))
    contact = wording.contact(form)
    return {
        "heading": str(say("Potwierdzenie {reference}", reference=stored.reference)),
        "facts": [[str(label), typographic(text)] for label, text in rows],
        "places_title": str(say("Miejsca")),
        "columns": [str(each) for each in (say("Dla kogo"), say("Co i kiedy"), say("Stan"))],
        "places": [
            {
                "who": row["who"],
                "what": row["what"],
                "when": row["when"],
                "state": row["state"],
                "detail": row["detail"],
            }
            for row in booked_rows(form, found, stored)
            if row["live"]
        ],
        "note": str(
            say("Pytania: {email}, {phone}.", email=contact["email"], phone=contact["phone"].replace(" ", NBSP))
        )
        if contact["phone"]
        else str(say("Pytania: {email}.", email=contact["email"])),
    }


def _file_name() -> str:
    """The response's number, as far as it may stand in a file's name."""
    kept = "".join(each if each.isalnum() and each.isascii() else "-" for each in g.response.reference or "")
    return kept.strip("-") or "potwierdzenie"
