"""For staff: a response corrected by the office – begun with a reason, filled in on the pages of its form, sent or given up."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.answers import Outcome
from forms.definition import Form, Step
from forms.judging import Failure
from forms.wording import say
from records import responses
from records.bookings.lifecycle import OVER
from records.desk import office
from records.responses import Response as Stored
from records.shapes import Missing
from views import wording
from views.access import Right, may, requires
from views.answered import sent_answers
from views.link import corrections
from views.link.sending import send
from views.mail.letters import recipients
from views.markdown import typographic
from views.pages import page, see, written
from views.presenting import Presenting
from views.security import csrf_token
from views.services import now
from views.staff.history import person_name
from views.staff.opened import asks_sensitive, back, sent_or_404
from views.steps import beside, journey, showing
from views.steps.correcting import new_failures
from views.steps.drawing import static
from views.steps.filling import Filling


@requires(Right.DECIDE)
def begin(key: str) -> Response:
    """Opens the response for correction by the office; the reason is kept with it."""
    stored = sent_or_404(key)
    form, _, found = sent_answers(stored)
    if not correctable(form, found, stored):
        return back(key, "illegal")
    sent = request.form
    try:
        office.begin(
            stored.key,
            g.person.id,
            written("powod", office.LONGEST_REASON),
            now(),
            tell="zawiadom" in sent and bool(recipients(form, found)),
            seen=[each.id for each in form.steps],
            displace="porzuc" in sent,
        )
    except ValueError:
        return back(key, "office-reason")
    except office.Busy as busy:
        return back(key, "office-typing" if busy.typing else "office-busy")
    except Missing:
        return back(key, "illegal")
    return see(url_for("staff.correct_summary", key=key))


@requires(Right.DECIDE)
def step(key: str, step_id: str) -> Response:
    """One step of the form as its author saw it: shown, or taken as it was sent."""
    filling = _filling(key)
    if filling is None:
        return back(key, "")
    wanted = next((each for each in filling.outcome().steps if each.id == step_id), None)
    if wanted is None:
        return see(url_for("staff.correct_summary", key=key))
    if request.method == "POST":
        return journey.take(filling, wanted)
    failures = [each for each in filling.judge(filling.outcome()) if each.lasting and each.step == step_id]
    return showing.show(filling, wanted, failures=failures, quiet=True)


@requires(Right.DECIDE)
def summary(key: str) -> Response:
    """All answers with links to change each, what the correction changes, and sending it."""
    filling = _filling(key)
    if filling is None:
        return back(key, "")
    found = filling.outcome()
    failures = [each for each in new_failures(filling, found) if each.stops]
    if request.method == "POST" and not failures:
        told = bool(filling.response and filling.response.working and filling.response.working.office.get("tell"))
        problem = send(filling, found)
        if problem is None:
            return back(key, "office-told" if told else "office-sent")
        return _summary(filling, found, [], notice=str(problem))
    return _summary(filling, found, failures, sent=request.method == "POST")


@requires(Right.DECIDE)
def discard(key: str) -> Response:
    """Gives up what the office has begun; what was sent stays."""
    stored = sent_or_404(key)
    office.discard(stored.key, g.person.id, now())
    return back(key, "office-dropped")


def correctable(form: Form, found: Outcome, stored: Stored) -> bool:
    """Whether this person may correct the response: it holds, and none of its answers is hidden from them."""
    hidden = asks_sensitive(found) and not may(Right.READ_SENSITIVE)
    return may(Right.DECIDE) and not form.anonymous and stored.state not in OVER and not hidden


def correcting(form: Form, found: Outcome, stored: Stored) -> dict[str, Any]:
    """What the page of a response shows of all this."""
    can, open_ = correctable(form, found, stored), responses.with_office(stored)
    working = stored.working
    by = person_name(working.office["person"]) if open_ and working is not None else ""
    reason = working.office["reason"] if open_ and working is not None else ""
    return {
        "office_url": url_for("staff.correct_begin", key=stored.key) if can and not open_ else "",
        "office_go_on_url": url_for("staff.correct_summary", key=stored.key) if can and open_ else "",
        "office_discard_url": url_for("staff.correct_discard", key=stored.key) if can and open_ else "",
        "office_reason": str(say("Zaczęta poprawka urzędu: {who}. Powód: {reason}", who=by, reason=reason))
        if open_
        else "",
        "office_tells": bool(recipients(form, found)),
        "office_most": office.LONGEST_REASON,
        "office_displaces": wording.local(stored.saved_at) if working is not None and not open_ else "",
    }


def _filling(key: str) -> Filling | None:
    """The response in the hands of staff; None where none of them has begun to correct it."""
    stored = sent_or_404(key)
    if not responses.with_office(stored):
        return None
    form, _, found = sent_answers(stored)
    if not correctable(form, found, stored):
        abort(403)
    return Filling.of_sent(stored, office=key)


def _summary(
    filling: Filling, found: Outcome, failures: list[Failure], *, sent: bool = False, notice: str = ""
) -> Response:
    form, key = filling.form, filling.office

    def change(step: Step, path: str) -> str:
        url = url_for("staff.correct_step", key=key, step_id=step.id, zmiana=1)
        return f"{url}#f-{path}" if path else url

    steps = {each.id: each for each in found.steps}
    problems = [
        (change(steps[each.step], each.path) if each.step in steps else "", typographic(each.text)) for each in failures
    ]
    return page(
        "public/summary.html",
        status=422 if sent and failures else 409 if notice else 200,
        form_title=static(form.title),
        error_prefix=f"{say('Błąd:')} " if problems else "",
        progress=None,
        steps=[],
        lead=str(showing.OFFICE),
        problems=problems,
        problems_title=wording.problems_title(len(problems)),
        notice=notice,
        sections=Presenting(
            form,
            found,
            change=change,
            failures=[*failures, *(each for each in filling.judge(found) if each.explained)],
            explained=filling.working.explained,
            mark=partial(beside.mark, found, lambda path: ""),
        ).sections(),
        news="",
        offline=False,
        corrections=corrections.pending(filling, found),
        waiting=available.warnings(found) if (available := filling.seats(found)) is not None else [],
        privacy=None,
        action=url_for("staff.correct_summary", key=key),
        csrf=csrf_token(),
        send_text=str(say("Wyślij poprawkę urzędu")),
        back_url=url_for("staff.response", key=key),
        saved=showing.saved_line(filling),
    )
