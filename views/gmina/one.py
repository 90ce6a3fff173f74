"""One response on the page of a gmina: its steps, who filled in which, who was given which, and its signatures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, request, url_for

from forms.definition import Form
from forms.wording import say
from records import responses
from records.gminy import people, work
from records.gminy.people import Person
from records.gminy.work import Part
from views import acting, wording
from views.auditing import reading as auditing
from views.gmina.frame import framed, here, title_of
from views.gmina.signed import signatures
from views.markdown import typographic
from views.pages import see
from views.services import now, services
from views.steps.drawing import static
from views.steps.filling import Filling


def one(key: str) -> Response:
    """The response, step by step."""
    person, stored = here(), _stored(key)
    form = services().catalogue.get(stored.slug) or services().version(stored.slug, stored.version_id or 0)
    text, kind = wording.STATES.get(stored.state, (stored.state, "plain"))
    token = acting.token(stored.key)
    drafting = stored.reference is None
    at = stored.saved_at if drafting else stored.sent_at or stored.saved_at
    return framed(
        "gmina/one.html",
        title=title_of(stored.slug, stored.version_id or stored.working_version_id or 0),
        period=stored.period or work.about(stored.id) or "",
        state={"text": str(text), "kind": kind},
        reference=stored.reference or "",
        when=str(
            say("Zapisano: {when}.", when=wording.local(at))
            if drafting
            else say("Wysłano: {when}.", when=wording.local(at))
        ),
        open_url=url_for("respondent.resume" if drafting else "respondent.response", token=token),
        drafting=drafting,
        steps=_steps(form, stored, people.of_gmina(person.gmina)),
        give_url=url_for("gmina.give", key=key),
        people=[{"value": str(each.id), "text": each.name} for each in people.of_gmina(person.gmina)],
        signatures=signatures(form, stored, person),
        back_url=url_for("gmina.home"),
        audit_url=url_for("gmina.audited", key=key) if stored.reference and auditing.rules(stored.slug) else "",
    )


def give(key: str) -> Response:
    """A step given to a colleague, or taken back."""
    person, stored = here(), _stored(key)
    other = people.get(int(number)) if (number := request.form.get("osoba", "")).isdecimal() else None
    form = services().catalogue.get(stored.slug)
    step = form.step(request.form.get("krok", "")) if form is not None else None
    if other is None or other.gmina != person.gmina or not other.active or step is None or stored.reference is not None:
        abort(404)
    if request.form.get("akcja") == "zabierz":
        work.take_back(stored.id, step.id, other, person, now())
    else:
        work.give(stored.id, step.id, other, person, now())
    return see(url_for("gmina.one", key=key), anchor=f"krok-{step.id}")


def _stored(key: str) -> responses.Response:
    stored = responses.load(key)
    if stored is None or not acting.of_page(stored, here()):
        abort(404)
    return stored


def _steps(form: Form, stored: responses.Response, everybody: Sequence[Person]) -> list[dict[str, Any]]:
    done, given = work.done([stored.id]).get(stored.id, []), work.given([stored.id]).get(stored.id, [])
    filling = Filling.of(stored)
    asked = filling.outcome().steps if filling is not None else form.steps
    active = {each.id for each in everybody}
    return [
        {
            "id": step.id,
            "title": typographic(static(step.title)),
            "url": url_for("respondent.step", token=acting.token(stored.key), step_id=step.id) if filling else "",
            "done": [_told(each) for each in done if each.step == step.id],
            "given": [
                {"id": each.person, "name": each.name}
                for each in given
                if each.step == step.id and each.person in active
            ],
        }
        for step in asked
    ]


def _told(part: Part) -> str:
    return f"{part.name}, {wording.local(part.at)}"
