"""What a gmina owes, for the pages of those who fill in: where its report begins, and more time that it alone was given.

A link signed here names a gmina and a period and fills them in. It shows nothing that was sent before, and opens the form
as long as it is open, or as long as the gmina was given time.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import request
from itsdangerous import BadSignature

from forms.answers import Answers, gmina_of
from forms.answers import Working as Filled
from forms.definition import Form
from forms.progress import share
from records import obligations
from records.obligations.drafts import HowFar
from records.responses import Response
from records.shapes import Working
from views import audience, series
from views.services import now, services
from views.signing import Sealed

GIVEN = "za"  # in an address: the link of one gmina and period
MOST_KNOWN = 8


def how_far(form: Form) -> HowFar:
    """What tells the share of a draft's questions that are done."""
    plan, env = services().catalogue.plan(form), services().env()

    def told(kept: Working) -> float:
        return share(plan, Filled.of(form, kept.answers, kept.typed, kept.seen), env)

    return told


def of_gmina(gmina: str) -> list[obligations.Obligation]:
    """All that a gmina (TERYT code) owes or has owed in the forms that serve, the newest period first."""
    forms = [entry.form for entry in services().catalogue.entries() if entry.form is not None and entry.form.period]
    return obligations.of_gmina(gmina, forms, now(), {form.slug: how_far(form) for form in forms})


def address(form: Form, gmina: str, period: str, *, external: bool = False) -> str:
    """Where the report of a gmina begins, with gmina and period filled in."""
    token = _sealed(services().settings.secret_key).dumps([form.slug, gmina, period])
    return audience.address(form, external=external, endpoint="public.first", **{GIVEN: token})


def first_answers(form: Form) -> Answers:
    """The gmina and the period that the address names, under the questions that ask for them; none without a good link."""
    named = _named(form)
    if named is None:
        return {}
    gmina, period = named
    name, value = series.answer_of(form, period, owed=True)
    whose = next((each for each in form.fields if each.type.names_gmina and not each.fields), None)
    answers: Answers = {name: value} if value is not None else {}
    return answers if whose is None else {**answers, whose.name: gmina}


def lets_in(form: Form, moment: datetime) -> bool:
    """Whether somebody may begin the closed form all the same: the address is that of a gmina that was given time."""
    if form.period is None or not (GIVEN in request.args or "po" in request.args):
        return False
    named = _named(form)
    if named is None and (earlier := series.earlier(form)) is not None and earlier.period is not None:
        named = (earlier.gmina or "", series.next_period(form, earlier.period))
    return named is not None and obligations.extended(form, *named, moment)


def still(form: Form, response: Response | None, moment: datetime) -> bool:
    """Whether a gmina was given time until later than this moment: that of a draft, of a sent report, or (None) of the
    link under which somebody begins. Asked of closed forms.
    """
    if form.period is None:
        return False
    if response is None:
        return lets_in(form, moment)
    if response.reference is not None:
        return obligations.extended(form, response.gmina, response.period, moment)
    answers: dict[str, Any] = response.working.answers if response.working is not None else {}
    return obligations.extended(form, gmina_of(form, answers), form.period.of(answers.get(form.period.field)), moment)


def _named(form: Form) -> tuple[str, str] | None:
    """The gmina and period of the link in the address; None without one, and where it is another form's or not ours."""
    if GIVEN not in request.args:
        return None
    try:
        slug, gmina, period = _sealed(services().settings.secret_key).loads(request.args[GIVEN])
    except (BadSignature, ValueError):
        return None
    return (gmina, period) if slug == form.slug else None


@lru_cache(maxsize=MOST_KNOWN)
def _sealed(secret: str) -> Sealed:
    """What signs these links."""
    return Sealed(secret, "owed-report")
