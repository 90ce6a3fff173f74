"""What comes to stand on the page of a gmina: a form begun from it, or a response whose private link a coordinator holds."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, url_for

from forms.answers import dump, gmina_of, load
from forms.definition import Form
from forms.wording import language, say
from records import access, obligations, responses
from records.gminy import work
from records.gminy.people import Person
from records.gminy.work import TAKEN_OVER, Elsewhere
from records.reporting.coverage import gmina_field
from records.responses import Working
from views import acting, series
from views.addresses import private
from views.gmina.frame import here
from views.pages import see
from views.services import now, services
from views.telling import tell


def fillable(form: Form, gmina: str, period: str = "") -> bool:
    """Whether a gmina may begin this form from its page now: open to gminy, not anonymous, asking which gmina it is."""
    if form.anonymous or form.audience in ("staff", "invited") or gmina_field(form) is None:
        return False
    return form.open_at(now()) or bool(period and obligations.extended(form, gmina, period, now()))


def begin() -> Response:
    """A draft with gmina and period filled in, on the page from the start; one that is there already is gone on with."""
    person, period = here(), request.form.get("period", "")[:20]
    form = services().catalogue.get(request.form.get("slug", ""))
    if form is None or form.state != "open" or not fillable(form, person.gmina, period):
        abort(404)
    if period and (form.period is None or form.period.of(period) != period):
        abort(404)
    answers: dict[str, Any] = {}
    field = gmina_field(form)
    if field is not None:
        answers[field.name] = person.gmina
    if period and form.period is not None:
        name, value = series.answer_of(form, period, owed=True)
        answers.update({name: value} if value is not None else {})
    kept = dump(form.fields, answers)
    version_id = services().version_id(form)
    key = work.begin(person, form.slug, version_id, Working(kept, about=period), language.get(), now(), period)
    return see(private("respondent.resume", acting.token(key)))


def take_over() -> Response:
    """The response that this private link opens stands on the page from now on, where it names this gmina or none."""
    person = here()
    stored = access.open_link(request.form.get("token", ""), services().settings.secret_key)
    form = services().catalogue.get(stored.slug) if stored is not None else None
    if stored is None or form is None:
        abort(404, description="link")
    if form.anonymous or not _ours(stored, form, person):
        return _refused()
    try:
        work.bring(stored.id, person.gmina, person, TAKEN_OVER, now(), _about(form, stored))
    except Elsewhere:
        return _refused()
    return see(url_for("gmina.one", key=stored.key))


def may_take_over(stored: responses.Response, form: Form) -> bool:
    """Whether whoever holds this private link is offered to put the response on the page of their gmina."""
    person = acting.who()
    if person is None or not person.coordinates or acting.inside() or form.anonymous:
        return False
    return _ours(stored, form, person) and stored.page is None


def _ours(stored: responses.Response, form: Form, person: Person) -> bool:
    named = stored.gmina
    if named is None and stored.working is not None:
        named = gmina_of(form, stored.working.answers)
    return named is None or named == person.gmina


def _about(form: Form, stored: responses.Response) -> str:
    """The period that a draft names so far; "" for none."""
    return series.period_of(form, load(form.fields, stored.working.answers)) or "" if stored.working is not None else ""


def _refused() -> Response:
    text = say(
        "Ta odpowiedź dotyczy innej gminy albo jest już na stronie innej gminy. Jeśli to pomyłka, napisz do nas."
    )
    back = (say("Strona gminy"), url_for("gmina.home"), "second")
    return tell(say("Nie możemy dodać tej odpowiedzi"), text, back, kind="warning", status=409)
