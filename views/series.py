"""A form that is filled in period after period: the next report begun from the last, and what was said then at hand.

Previous values are a gmina's own. They are given to whoever goes on from the earlier response, which only its private page lets
one do, and to staff who may read responses; for everybody else it is as if nothing had been sent before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import g, request

from forms.answers import EXPLAINED, Answers, Working, gmina_of, load
from forms.definition import Form
from forms.expressions import Env
from forms.formula import Default
from forms.moving import move
from forms.periods.past import Before, Past
from forms.periods.series import spoken
from forms.secrecy import without_sensitive
from forms.wording import say
from records import access, gus, obligations, series
from records.bookings.lifecycle import OVER
from records.gus import Statistic
from records.responses import Response
from records.series import Previous
from views import audience
from views.access import Right, may
from views.services import now, services

GO_ON = {
    "registration": say("Złóż zgłoszenie na następny okres ({period})"),
    "request": say("Złóż wniosek za następny okres ({period})"),
    "survey": say("Wypełnij ankietę za następny okres ({period})"),
    "audit": say("Złóż audyt za następny okres ({period})"),
    "monitoring": say("Złóż sprawozdanie za następny okres ({period})"),
}


def env(form: Form, working: Working, follows: int | None = None, own: int | None = None) -> Env:
    """What expressions see of the world; of a form with `period` also what was answered a period ago, to whom it is given.

    `follows` is the id of the response that this one (its id is `own`) goes on from. The previous response is looked up when
    it is first asked for, by the gmina and the period as they are answered then.
    """
    found = services().env(own)
    if form.period is not None and (follows is not None or may(Right.READ_RESPONSES, form.slug)):
        found.previous = Past(form.fields, lambda: _before(form, working, follows, own))
    if form.period is not None:
        found.statistics = lambda variable: _statistics(form, working).get(variable)
    return found


def earlier(form: Form) -> Response | None:
    """The response from whose private page the way led here, as the address says and its link still proves; else None."""
    if form.period is None or "po" not in request.args:
        return None
    found = access.open_next(request.args["po"], services().settings.secret_key)
    return found if found is not None and found.slug == form.slug and _goes_on(form, found) else None


def next_answers(form: Form, stored: Response) -> Answers:
    """What the next report begins with: the gmina of the earlier one, and the period that comes next."""
    answers: Answers = {}
    before = answers_under(form, stored.version_id or 0, stored.answers or {})
    for each in form.fields:
        value = before.get(each.name)
        if value is not None and not each.fields and each.type.gmina(value) == stored.gmina:
            answers[each.name] = value
            break
    name, value = _next_answer(form, stored)
    return answers if value is None else {**answers, name: value}


def going_on(stored: Response) -> dict[str, Any]:
    """For the private page of a sent response: where the next report begins, and what the button is called.

    Both are "" where there is nothing to begin: the form is shut, or does not take the next period (yet).
    """
    none, form = {"next_url": "", "next_text": ""}, services().catalogue.get(stored.slug)
    if form is None or form.period is None or stored.period is None or not _goes_on(form, stored):
        return none
    period = next_period(form, stored.period)
    more = form.over(now()) and obligations.extended(form, stored.gmina, period, now())
    shut = not (more or form.open_at(now())) or (form.audience == "staff" and not may(Right.SEE_FORMS, form.slug))
    if shut or _next_answer(form, stored)[1] is None:
        return none
    token = access.next_token(stored, services().settings.secret_key)
    text = replace(GO_ON[form.kind], params={"period": spoken(period)})
    return {"next_url": audience.address(form, endpoint="public.first", po=token), "next_text": str(text)}


def _goes_on(form: Form, stored: Response) -> bool:
    """Whether a next report may go on from this one: it was sent, still holds, and its period is one of the form's."""
    if form.period is None or stored.reference is None or stored.gmina is None or stored.state in OVER:
        return False
    return stored.period is not None and form.period.of(stored.period) == stored.period


def _next_answer(form: Form, stored: Response) -> tuple[str, Any]:
    """The field that names the period, and the answer that names the next one; None where the form does not take it."""
    if form.period is None or stored.period is None:
        return "", None
    return answer_of(form, next_period(form, stored.period))


def next_period(form: Form, period: str) -> str:
    """The period whose report goes on from that of this one: the one after it, or a later one that the form collects now."""
    if form.period is None:
        raise ValueError("the form has no periods")
    return max(form.period.after(period), form.period.open)


def answer_of(form: Form, period: str, *, owed: bool = False) -> tuple[str, Any]:
    """The field that names the period, and the answer that names this one; None where the form does not take it.

    One that a gmina owes (`owed`) is taken although the form collects a later one by now.
    """
    if form.period is None:
        return "", None
    env = services().env()
    field = next(each for each in form.fields if each.name == form.period.field)
    options = [each.value for each in field.type.options.items if owed or not each.retired]
    for kept in options or form.period.answers(period):
        try:
            value = field.type.load(kept)
        except (ValueError, TypeError):
            continue
        if form.period.of(value) == period and (owed or field.type.verdict(value, field, env) is None):
            return field.name, value
    return field.name, None


def period_of(form: Form, values: Mapping[str, Any]) -> str | None:
    """The period that answers are about; None for a form without periods, and while it is not answered."""
    return form.period.of(values.get(form.period.field)) if form.period is not None else None


def begun_for(form: Form, working: Working) -> str:
    """The period that a draft may be sent for, whatever the form collects by then: the one it was begun for; "" for none."""
    if form.period is None or working.period:
        return working.period or ""
    named = period_of(form, working.answers)
    return named if named and named == form.period.open else ""


def _before(form: Form, working: Working, follows: int | None, own: int | None) -> Before | None:
    """The last response for an earlier period, under this form; looked up once per request."""
    current, gmina = period_of(form, _with_default(form, working.answers)), gmina_of(form, working.answers)
    if form.period is None or current is None or gmina is None:
        return None
    kept: dict[tuple[Any, ...], Before | None] = g.setdefault("previous", {})
    key = (form.version, gmina, current, follows, own)
    if key not in kept:
        as_staff, found = may(Right.READ_RESPONSES, form.slug), None
        if as_staff:
            found = series.previous(form.slug, gmina, current)
        elif follows is not None:
            found = series.continued(follows, gmina, current, besides=own)
        if found is not None and form.period.of(found.period) != found.period:
            found = None  # of a time when the form went by longer or shorter periods
        kept[key] = _under(form, found, as_staff=as_staff) if found is not None else None
    return kept[key]


def _statistics(form: Form, working: Working) -> Mapping[str, Statistic]:
    """What public sources say of the gmina in the year, as they are answered now; looked up once per request."""
    period, gmina = period_of(form, _with_default(form, working.answers)), gmina_of(form, working.answers)
    if period is None or gmina is None:
        return {}
    kept: dict[tuple[str, str], Mapping[str, Statistic]] = g.setdefault("statistics", {})
    if (gmina, period) not in kept:
        kept[gmina, period] = gus.of_gmina(gmina, int(period[:4]))
    return kept[gmina, period]


def _with_default(form: Form, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """The answers, with the fixed default of the period where nobody has answered it yet."""
    name = form.period.field if form.period is not None else ""
    if name in answers:
        return answers
    field = next((each for each in form.fields if each.name == name), None)
    default = field.default if field is not None else None
    return {**answers, name: default.value} if isinstance(default, Default) else answers


def _under(form: Form, found: Previous, *, as_staff: bool) -> Before:
    answers = answers_under(form, found.version_id, found.answers)
    if as_staff and not may(Right.READ_SENSITIVE):
        answers = without_sensitive(form.fields, answers)
    return Before(found.period, answers, found.answers.get(EXPLAINED, {}))


def answers_under(form: Form, version_id: int, kept: Mapping[str, Any]) -> Answers:
    """Stored answers, read in the version that they answered, as canonical values under this form."""
    try:
        old = services().version(form.slug, version_id)
    except ValueError:  # today's rules of the language refuse that version
        return load(form.fields, kept)
    return load(form.fields, kept) if old.hash == form.hash else move(old, form, kept, {}, (), {}).answers
