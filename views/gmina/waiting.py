"""What waits for the people of a gmina in what they have sent: questions that were returned, signatures that are missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for

from forms.wording import Say, say
from records.bookings.lifecycle import OVER
from records.desk.returned import Request
from records.gminy.signing import SignOff
from records.gminy.work import Listed
from views import acting, wording
from views.gmina.frame import title_of
from views.services import now, services

SIGNED = say("podpisane")
TO_SIGN, TO_APPROVE = say("czeka na podpis"), say("czeka na zatwierdzenie")
RETURNED, LATE = say("zwrócone do poprawy"), say("po terminie")
CORRECT, SIGNATURES = say("Popraw odpowiedzi"), say("Podpisy")


def waiting(
    listed: Sequence[Listed], asked: Mapping[int, Request], signed: Mapping[int, Sequence[SignOff]]
) -> list[dict[str, Any]]:
    """What was returned, then what is to be signed; something returned is corrected first. Rows {title, period, state, late,
    due, url, next}."""
    standing = [each for each in listed if each.reference is not None and each.state not in OVER]
    rows = [_returned(each, asked[each.id]) for each in standing if each.id in asked]
    for each in standing:
        text = signature(each, signed.get(each.id, ()))
        if each.id not in asked and text is not None and text is not SIGNED:
            url = url_for("gmina.one", key=each.key, _anchor="podpisy")
            rows.append(_row(each, state=text, late="", due="–", url=url, next=SIGNATURES))
    return rows


def signature(each: Listed, signed: Sequence[SignOff]) -> Say | None:
    """How a sent report stands with its signatures; None for a form that asks for none."""
    last = next((one for one in signed if one.correction == each.correction), None)
    if last is not None:
        return SIGNED if last.sha256 else TO_APPROVE
    form = services().catalogue.get(each.slug)
    asks = form is not None and form.sign_off != "none" and each.reference is not None and each.state not in OVER
    return TO_SIGN if asks else None


def _returned(each: Listed, request: Request) -> dict[str, Any]:
    """Until its day the row leads to the questions themselves; then to the response, which says whom to write to."""
    late = request.until < now()
    token = acting.token(each.key)
    url = url_for("respondent.response", token=token) if late else url_for("returning.questions", token=token)
    return _row(
        each, state=RETURNED, late=LATE if late else "", due=wording.bound(request.until), url=url, next=CORRECT
    )


def _row(each: Listed, **told: Say | str) -> dict[str, Any]:
    row = {"title": title_of(each.slug, each.version_id), "period": each.period or ""}
    return row | {name: str(text) for name, text in told.items()}
