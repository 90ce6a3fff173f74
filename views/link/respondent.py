"""Behind a private link: a response continued, checked over, sent, looked at, corrected. No account is needed."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, g, request, url_for

from forms.answers import Outcome
from forms.definition import Step
from forms.judging import Failure
from forms.wording import say
from records import access, files, responses
from views import acting, wording
from views.answered import download, sent_answers
from views.ends import LOOK_OVER, after, privacy, titled
from views.languages import speak_as, speak_for
from views.link import corrections, news
from views.link.booked import booked_rows, by_person
from views.link.private_page import private_page
from views.link.sending import send
from views.link.tasks import tasks
from views.mail.letters import recipients
from views.markdown import typographic
from views.pages import page, see
from views.presenting import Presenting
from views.security import csrf_token
from views.services import now, services
from views.steps import beside, journey, showing
from views.steps.apart import apart
from views.steps.filling import Filling, may_correct, may_send

respondent = Blueprint("respondent", __name__, url_prefix="/z/<token>")


@respondent.url_value_preprocessor
def open_link(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The response that the link opens; a link that opens nothing says so and no more."""
    token = (values or {}).pop("token", "")
    if token.startswith(acting.PREFIX):
        return let_in(acting.open_response(token), token)
    let_in(access.open_link(token, services().settings.secret_key), token)


def let_in(found: responses.Response | None, token: str) -> None:
    """What a link opened is at hand from here on, in its language; nothing there, or no form to read it with: 404."""
    form = services().catalogue.get(found.slug) if found else None
    if found is None or (form is None and found.version_id is None and found.working_version_id is None):
        abort(404, description="link")
    speak_as(found.language)
    if form is not None:
        speak_for(form)
    g.response, g.token = found, token


def filling_or_page() -> Filling | Response:
    """What is being filled in; where nothing is (it was sent), the way to the private page."""
    filling = None if responses.with_office(g.response) else Filling.of(g.response)
    return filling if filling is not None else see(url_for("respondent.response", token=g.token))


@respondent.get("/")
def response() -> Response:
    """The response as it stands: what was sent, or the draft so far."""
    return private_page(g.response) or abort(404)


@respondent.get("/dalej")
def resume() -> Response:
    """On with the form: the list of steps, or the first step that is not done."""
    filling = filling_or_page()
    if isinstance(filling, Response):
        return filling
    found = filling.outcome()
    if filling.form.journey == "tasks":
        return tasks(filling, found)
    wrong = {failure.step for failure in filling.judge(found) if failure.stops}
    for step in found.steps:
        if step.id not in filling.working.seen or step.id in wrong:
            return see(showing.step_url(filling, step))
    return see(url_for(".summary", token=g.token))


@respondent.route("/krok/<step_id>", methods=["GET", "POST"])
def step(step_id: str) -> Response:
    """One step: shown, or taken as it was sent."""
    filling = filling_or_page()
    if isinstance(filling, Response):
        return journey.already_sent(g.response) if request.method == "POST" else filling
    wanted = _step(filling, step_id)
    if wanted is None:
        return see(url_for(".resume", token=g.token))
    if request.method == "POST":
        return journey.take(filling, wanted)
    if not may_send(filling.form, filling.response, now()) and not journey.preview(filling.form):
        return journey.closed(filling)
    failures = [each for each in filling.judge(filling.outcome()) if each.lasting and each.step == step_id]
    return showing.show(filling, wanted, failures=failures, quiet=True)


def _step(filling: Filling, step_id: str) -> Step | None:
    return next((each for each in filling.outcome().steps if each.id == step_id), None)


@respondent.route("/podsumowanie", methods=["GET", "POST"])
def summary() -> Response:
    """All answers before sending, and sending them."""
    filling = filling_or_page()
    if isinstance(filling, Response):
        return filling
    if not may_send(filling.form, filling.response, now()) and not journey.preview(filling.form):
        return journey.closed(filling)
    found = filling.outcome()
    failures = [failure for failure in filling.judge(found) if failure.stops]
    if request.method == "POST" and not failures:
        problem = send(filling, found)
        if not problem:
            return see(url_for(".sent", token=g.token))
        again = Filling.of(responses.load(g.response.key) or g.response)
        if again is None:
            return see(url_for(".sent", token=g.token))
        found = again.outcome()
        failures = [failure for failure in again.judge(found) if failure.stops]
        return _summary(again, found, failures, sent=True, notice="" if failures else str(problem))
    return _summary(filling, found, failures, sent=request.method == "POST")


def _summary(filling: Filling, found: Outcome, failures: list[Failure], *, sent: bool, notice: str = "") -> Response:
    form = filling.form

    def change(step: Step, path: str) -> str:
        url = url_for(".step", token=g.token, step_id=step.id, zmiana=1)
        return f"{url}#f-{path}" if path else url

    steps = {step.id: step for step in found.steps}
    problems = [
        (change(steps[failure.step], failure.path) if failure.step in steps else "", typographic(failure.text))
        for failure in apart(failures, form, found)
    ]
    return page(
        "public/summary.html",
        status=422 if sent and failures else 200 if not notice else 409,
        form_title=titled(form, found),
        error_prefix=f"{say('Błąd:')} " if problems else "",
        progress=None,
        steps=[],
        lead=str(LOOK_OVER),
        problems=problems,
        problems_title=wording.problems_title(len(problems)),
        notice=notice,
        sections=Presenting(
            form,
            found,
            change=change,
            failures=filling.judge(found),
            explained=filling.working.explained,
            mark=partial(beside.mark, found, partial(news.mark, filling.working.news)),
            share=partial(showing.share_url, filling),
        ).sections(),
        news=news.notice(filling),
        corrections=corrections.pending(filling, found),
        waiting=available.warnings(found) if (available := filling.seats(found)) is not None else [],
        privacy=privacy(form),
        action=url_for(".summary", token=g.token),
        csrf=csrf_token(),
        send_text=str(wording.SEND[form.kind]) if not filling.correcting else str(say("Wyślij poprawkę")),
        back_url=url_for(".resume", token=g.token)
        if form.journey == "tasks"
        else showing.step_url(filling, found.steps[-1]),
        saved=showing.saved_line(filling),
        offline=form.offline,
    )


@respondent.get("/wyslane")
def sent() -> Response:
    """It arrived: the number, what happens next, the link to come back."""
    stored: responses.Response = g.response
    if stored.reference is None or stored.version_id is None:
        return see(url_for(".resume", token=g.token))
    form, _, found = sent_answers(stored)
    at = (
        str(say("Wysłano: {when}.", when=wording.local(stored.sent_at)))
        if stored.sent_at and not form.anonymous
        else ""
    )
    return page(
        "public/sent.html",
        **after(form, found, correctable=may_correct(form, stored, now())),
        reference=stored.reference,
        sent_at=at,
        link="" if form.anonymous or acting.inside() else url_for(".response", token=g.token, _external=True),
        email=", ".join(recipients(form, found)) if services().settings.mail_url and not form.anonymous else "",
        bookings=by_person(booked_rows(form, found, stored)),
    )


@respondent.post("/popraw")
def correct() -> Response:
    """Opens what was sent for correction."""
    stored: responses.Response = g.response
    form = services().catalogue.get(stored.slug) or services().version(stored.slug, stored.version_id or 0)
    if stored.reference is None or responses.with_office(stored) or not may_correct(form, stored, now()):
        return see(url_for(".response", token=g.token))
    responses.correct(stored.key, now(), [step.id for step in form.steps])
    return see(url_for(".summary", token=g.token))


@respondent.post("/porzuc")
def discard() -> Response:
    """Drops a correction that was not sent; what was sent stays."""
    if not responses.with_office(g.response):
        responses.discard(g.response.key, now())
    return see(url_for(".response", token=g.token))


@respondent.get("/plik/<int:file_id>")
def file(file_id: int) -> Response:
    """A file of this response, always as a download."""
    found = files.get(file_id, g.response.id)
    if found is None:
        abort(404)
    return download(found)
