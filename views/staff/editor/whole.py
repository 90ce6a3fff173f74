"""The pages of a form around its steps, for the preview: the start, the list of steps, what is checked before sending, the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from flask import render_template, request, url_for

from forms.answers import Working
from forms.deadlines import allows
from forms.definition import Form, Step
from forms.plan import Plan
from forms.plausible.filling import Unfillable, fill
from forms.wording import say
from views import wording
from views.ends import LOOK_OVER, after, beginning, privacy, titled
from views.link import tasks
from views.presenting import Presenting
from views.services import now, services
from views.steps import showing
from views.steps.drawing import static
from views.steps.filling import Filling

START, TASKS, SUMMARY, SENT = "-poczatek", "-kroki", "-podsumowanie", "-wyslane"  # no step is called so
MADE_UP = say("Odpowiedzi są tu wymyślone.")
NONE_MADE = say("Nie udało się wymyślić odpowiedzi, które przechodzą. Przyczyny pokaże „Wypróbuj”.")
SEEDS = range(1, 13)  # made-up answers to try until a step that depends on answers appears
SECONDS = 2.0  # after which no others are tried


def pages(form: Form) -> list[tuple[str, str]]:
    """(name in the address, title) of every page that a respondent comes through, in their order."""
    steps = form.steps[:1] if form.journey == "page" else form.steps
    asked = [(step.id, static(step.title)) for step in steps]
    summary = [(SUMMARY, str(say("Podsumowanie przed wysłaniem")))] if form.confirm else []
    listed = [(TASKS, str(say("Lista kroków")))] if form.journey == "tasks" else []
    return [(START, str(say("Strona początkowa"))), *listed, *asked, *summary, (SENT, str(say("Po wysłaniu")))]


def filled(form: Form, plan: Plan, step: Step | None = None) -> Filling | None:
    """The form with made-up answers, after which the step is asked if they can be found; None where there are none."""
    found, until = None, time.monotonic() + SECONDS
    for seed in SEEDS:
        if time.monotonic() > until:
            break
        try:
            working = fill(plan, services().env(), seed).working
        except Unfillable:
            continue
        found = Filling(form, plan, working)
        if step is None or step in found.outcome().steps:
            break
    return found


def _start(form: Form, plan: Plan) -> str:
    """The start page as it will be once the form is open: one that still is a draft takes nothing."""
    shown = replace(form, state="open") if form.state == "draft" else form
    return render_template(
        "public/start.html", **beginning(shown), paper_url=url_for("staff.editor", slug=form.slug), draft=None
    )


def _tasks(form: Form, plan: Plan) -> str:
    blank = Filling(form, plan, Working())
    return tasks.tasks(blank, blank.outcome()).get_data(as_text=True)


def _summary(form: Form, plan: Plan) -> str:
    made = filled(form, plan)
    filling = made or Filling(form, plan, Working())
    found = filling.outcome()
    return render_template(
        "public/summary.html",
        form_title=titled(form, found),
        error_prefix="",
        progress=None,
        steps=[],
        lead=str(LOOK_OVER),
        problems=[],
        problems_title="",
        notice="",
        news=showing.notice(str(MADE_UP if made else NONE_MADE)),
        sections=Presenting(
            form,
            found,
            change=lambda step, path: "#",
            failures=[each for each in filling.judge(found) if each.explained],
            explained=filling.working.explained,
        ).sections(),
        corrections=None,
        waiting=available.warnings(found) if (available := filling.seats(found)) is not None else [],
        privacy=privacy(form),
        action=request.path,
        csrf="podglad",
        send_text=str(wording.SEND[form.kind]),
        back_url="#",
        saved="",
        offline=False,
    )


def _sent(form: Form, plan: Plan) -> str:
    """What is said after sending; the number and the link are examples."""
    filling = filled(form, plan) or Filling(form, plan, Working())
    moment = now()
    return render_template(
        "public/sent.html",
        **after(form, filling.outcome(), correctable=not form.anonymous and allows(form, form.edit_until, moment)),
        reference=form.reference.format(year=moment.year, number=1),
        sent_at="" if form.anonymous else str(say("Wysłano: {when}.", when=wording.local(moment))),
        link="" if form.anonymous else url_for("public.forms", _external=True) + "z/…",
        email="",
        bookings=[],
    )


AROUND: dict[str, Callable[[Form, Plan], str]] = {START: _start, TASKS: _tasks, SUMMARY: _summary, SENT: _sent}
