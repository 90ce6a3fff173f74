"""The private page: a response as it stands, its places and papers, and what can be done with it."""

from __future__ import annotations

from typing import Any

from flask import Response, g, url_for

from forms.wording import say
from records import responses
from views import acting, series, wording
from views.answered import attached, presented, sent_answers
from views.auditing import reading as auditing
from views.certificate_papers import papers_of
from views.ends import titled
from views.gmina import bringing
from views.link import corrections, news
from views.link.among import compared
from views.link.awaited import returned_notices
from views.link.booked import booked_rows, by_person, calendar_url, correctable_until, withdrawal
from views.pages import page
from views.presenting import Presenting
from views.security import csrf_token
from views.services import now
from views.steps.filling import Filling, may_correct

# What the private page has only of a response that was sent.
UNSENT: dict[str, Any] = dict.fromkeys(
    "bookings certificates calendar_url withdraw_url withdraw_until confirmation_url audit_url next_url next_text".split(),
    "",
)


def private_page(stored: responses.Response) -> Response | None:
    """The response that the link opened, as it stands: what was sent, or the draft so far; None when there is neither."""
    filling = None if responses.with_office(stored) else Filling.of(stored)
    if stored.answers is None or stored.version_id is None:
        return _draft_page(filling) if filling else None
    form, working, found = sent_answers(stored)
    correctable = may_correct(form, stored, now()) and not responses.with_office(stored)
    notices = returned_notices(stored)
    if filling is not None:
        text = say("Masz niewysłaną poprawkę. Dopóki jej nie wyślesz, ważna jest poprzednia odpowiedź.")
        notices.append({"kind": "warning", "text": str(text), "title": ""})
    state, kind = wording.STATES.get(stored.state, (stored.state, "plain"))
    facts = []
    if stored.sent_at and not form.anonymous:
        facts.append({"label": str(say("Wysłano")), "text": wording.local(stored.sent_at)})
    if correctable and (end := correctable_until(form, stored)):
        facts.append({"label": str(say("Odpowiedzi można poprawić do")), "text": wording.bound(end)})
    if stored.correction:
        facts.append({"label": str(say("Poprawki")), "text": str(stored.correction)})
    return page(
        "public/response.html",
        form_title=titled(form, found),
        draft=False,
        state={"text": str(state), "kind": kind},
        reference=stored.reference,
        facts=facts,
        notices=notices,
        bookings=by_person(rows := booked_rows(form, found, stored, token=g.token)),
        calendar_url=calendar_url(rows, g.token),
        certificates=papers_of(form, stored, g.token),
        **withdrawal(form, stored, g.token),
        **(_home(stored) or series.going_on(stored)),
        adopt_url=url_for("gmina.take_over") if bringing.may_take_over(stored, form) else "",
        token=g.token,
        offline=form.offline,
        audit_url=url_for("confirming.audit", token=g.token) if auditing.rules(form.slug) is not None else "",
        confirmation_url="" if form.anonymous else url_for("confirming.confirmation", token=g.token),
        sections=presented(form, found, working),
        corrections=corrections.corrections(form, stored),
        compared=compared(stored),
        link="" if acting.inside() else url_for("respondent.response", token=g.token, _external=True),
        resume_url="",
        edit_url=url_for("respondent.correct", token=g.token) if correctable else "",
        discard_url=url_for("respondent.discard", token=g.token) if filling else "",
        files=attached(stored.id),
        csrf=csrf_token(),
    )


def _draft_page(filling: Filling) -> Response:
    form = filling.form
    found = filling.outcome()
    text = say("Zapisaliśmy Twoje odpowiedzi. Zachowaj prywatny link – wrócisz nim do formularza z każdego urządzenia.")
    if form.closes:
        text = say(
            "Zapisaliśmy Twoje odpowiedzi. Zachowaj prywatny link i wyślij formularz do: {when}.",
            when=wording.local(form.closes),
        )
    return page(
        "public/response.html",
        form_title=titled(form, found),
        offline=form.offline,
        draft=True,
        state={"text": str(wording.STATES["draft"][0]), "kind": "plain"},
        reference="",
        facts=[{"label": str(say("Zapisano")), "text": wording.local(g.response.saved_at)}],
        notices=[
            {"kind": "success", "text": str(text), "title": str(say("Szkic czeka na Ciebie"))},
            *({"kind": "info", "text": told, "title": ""} for told in [news.body(filling)] if told),
        ],
        **{**UNSENT, **_home(g.response)},
        sections=Presenting(form, found).sections(),
        adopt_url=url_for("gmina.take_over") if bringing.may_take_over(g.response, form) else "",
        token=g.token,
        link="" if acting.inside() else url_for("respondent.response", token=g.token, _external=True),
        resume_url=url_for("respondent.resume", token=g.token),
        edit_url="",
        discard_url="",
        files=attached(g.response.id),
        csrf=csrf_token(),
    )


def _home(stored: responses.Response) -> dict[str, str]:
    """The way back, for who came from the page of their gmina."""
    if not acting.inside():
        return {}
    return {"next_url": url_for("gmina.one", key=stored.key), "next_text": str(say("Strona gminy"))}
