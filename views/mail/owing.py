"""Messages to gminy that have sent nothing: whom they go to, what they say, and whether they still go.

To the official addresses of the gmina, where there are any, else to those of its last report; whoever began a draft is written
to about the draft and not once more about the gmina.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import url_for

from forms.answers import Outcome, Working, walk
from forms.definition import Form
from forms.wording import speaking
from records import access, obligations, responses
from records.bookings.lifecycle import OVER
from records.gminy import people
from records.obligations import reminding
from records.outbox import Letter, Written
from records.reporting.coverage import gmina_field
from records.responses import Response
from records.shapes import DRAFT
from views import audience, owed, series, wording
from views.answered import sent_answers
from views.mail import letters
from views.services import services

NAMES = re.compile(r"\{(gmina|link|until|title)\}")


def write(letter: Letter) -> Written | None:
    """The message written out; None when nobody can be written to, or the gmina no longer has to be."""
    form = services().catalogue.get(letter.slug)
    if form is None or form.period is None or not reminding.stands(letter):
        return None
    with speaking(letter.language):
        stored = responses.by_id(letter.response_id) if letter.response_id is not None else None
        to = addresses(form, letter.facts["gmina"], letter.facts["period"], stored, drafted=letter.facts["draft"])
        if not to:
            return None
        found = _about(form, letter.facts["gmina"], letter.facts["period"])
        own = (form.emails or {}).get("reminder") if letter.kind == reminding.DUE else None
        default = "due-draft" if letter.kind == reminding.DUE and letter.facts["draft"] else letter.kind
        return letters.composed(letter, to, default, _values(letter, form, stored, found), own, found, "reminder")


def reached(form: Form, period: str) -> Callable[[str], bool]:
    """Whether a gmina (TERYT code) has an address to be written to, in a draft or for itself: a function."""
    begun: dict[str, list[int]] = {}
    for each in obligations.drafts(form, period=period):
        begun.setdefault(each.gmina, []).append(each.id)

    def told(gmina: str) -> bool:
        drafts = (responses.by_id(id_) for id_ in begun.get(gmina, ()))
        if any(each is not None and _of_draft(form, each) for each in drafts):
            return True
        last = reminding.previous_id(form.slug, gmina, period)
        stored = responses.by_id(last) if last is not None else None
        return bool(addresses(form, gmina, period, stored, drafted=False))

    return told


def addresses(form: Form, gmina: str, period: str, stored: Response | None, *, drafted: bool) -> tuple[str, ...]:
    """Whom a message goes to: those of the draft, or of the gmina, without those that are written to about a draft."""
    if drafted:
        return _of_draft(form, stored) if stored is not None else ()
    found = people.addresses(gmina) or (_of_sent(stored) if stored is not None else ())
    if not found:
        return ()
    told: set[str] = set()
    for each in obligations.drafts(form, gmina=gmina, period=period):
        draft = responses.by_id(each.id)
        told.update(_of_draft(form, draft) if draft is not None else ())
    return tuple(each for each in found if each not in told)


def _of_sent(stored: Response) -> tuple[str, ...]:
    if stored.answers is None or stored.state in OVER:
        return ()
    form, _, found = sent_answers(stored)
    return letters.recipients(form, found)


def _of_draft(form: Form, stored: Response) -> tuple[str, ...]:
    """What a draft gives as addresses so far."""
    if stored.state != DRAFT or stored.working is None:
        return ()
    kept = stored.working
    working = Working.of(form, kept.answers, kept.typed, kept.seen)
    return letters.recipients(form, walk(services().catalogue.plan(form), working, services().env()))


def _about(form: Form, gmina: str, period: str) -> Outcome:
    """What the form's own texts may speak of: the gmina and the period."""
    name, value = series.answer_of(form, period)
    field = gmina_field(form)
    answers = {} if value is None else {name: value}
    if field is not None:
        answers[field.name] = gmina
    return walk(services().catalogue.plan(form), Working(answers), services().env())


def _follows(form: Form, stored: Response, period: str) -> bool:
    """Whether the report of the period goes on from this one."""
    return form.period is not None and stored.period is not None and series.next_period(form, stored.period) == period


def _values(letter: Letter, form: Form, stored: Response | None, found: Outcome) -> letters.Values:
    facts, field = letter.facts, gmina_field(form)
    link = owed.address(form, facts["gmina"], facts["period"], external=True)
    if facts["draft"] and stored is not None:
        link = letters.private_link(stored)
    elif people.addresses(facts["gmina"]) and form.audience not in ("staff", "invited"):
        link = url_for("gmina.home", _external=True)  # there the report goes on from the last one and is everybody's
    elif stored is not None and _follows(form, stored, facts["period"]):
        token = access.next_token(stored, services().settings.secret_key)  # who sent the last report sees its values
        link = audience.address(form, external=True, endpoint="public.first", po=token)
    until = wording.bound(datetime.fromisoformat(facts["until"])) if facts["until"] else ""
    values: dict[str, Callable[[bool], str]] = {
        "title": partial(letters.escaped, form.title(found.env) + wording.about(form, found)),
        "gmina": partial(letters.escaped, field.type.show(facts["gmina"]) if field is not None else ""),
        "until": partial(letters.escaped, until),
        "link": lambda escape: f"<{link}>",
        "reference": lambda escape: "",
        "events": lambda escape: "",
        "subject": partial(letters.escaped, str(facts.get("subject", ""))),
    }
    body = str(facts.get("body", ""))
    values["body"] = lambda escape: NAMES.sub(lambda match: values[match[1]](escape), body)
    return values
