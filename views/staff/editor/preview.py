"""A page of a form that is being written, as respondents will see it: drawn by the same code, and it can send nothing."""

from __future__ import annotations

import re

from flask import Response, abort, request

from forms.answers import Working
from forms.definition import Form, Step
from forms.plan import Plan
from forms.wording import say
from records import editing
from views import wording
from views.access import Right, requires
from views.pages import answer
from views.security import POLICY
from views.staff.editor.looking import look
from views.staff.editor.opening import opened
from views.staff.editor.whole import AROUND, MADE_UP, filled
from views.steps.filling import Filling
from views.steps.showing import contents, forget, frame, notice

# Nothing on the page can be sent, run or opened in its place; it may stand within the editor, which is ours.
INERT = "; ".join(
    (
        POLICY.replace("form-action 'self'", "form-action 'none'").replace(
            "frame-ancestors 'none'", "frame-ancestors 'self'"
        ),
        "sandbox allow-same-origin",
    )
)
SCRIPT = re.compile(r"<script\b.*?</script>", re.S)


@requires(Right.EDIT_FORMS)
def preview(slug: str) -> Response:
    """The page that the address names (`krok`, by default the first step), blank or with made-up answers (`dane`)."""
    here = opened(slug)
    form = look(slug, here.text).drawable
    if form is None:
        abort(404)
    if here.draft is not None:
        editing.previewed(here.draft)
    wanted = request.args.get("krok", "")
    try:
        if wanted in AROUND:
            html = AROUND[wanted](form, Plan(form))
        else:
            step = next((each for each in form.steps if each.id == wanted), form.steps[0])
            html = _drawn(form, step, made_up="dane" in request.args)
    finally:
        forget(form)
    # A link within the preview would lead the preview away; into a new window it leads nowhere.
    html = SCRIPT.sub("", html)  # none would run here
    response = answer(html.replace("<head>", '<head>\n<base target="_blank">', 1))
    response.headers["Content-Security-Policy"] = INERT
    return response


def _drawn(form: Form, step: Step, *, made_up: bool) -> str:
    plan = Plan(form)
    filling = Filling(form, plan, Working())
    said = ""
    if made_up or step not in filling.outcome().steps:
        said = str(MADE_UP)
        filling = filled(form, plan, step) or filling
        if step not in filling.outcome().steps:
            said = str(say("Ten krok pojawia się tylko po pewnych odpowiedziach, a wymyślone do nich nie prowadzą."))
        elif not made_up:
            said = str(say("Ten krok pojawia się tylko po pewnych odpowiedziach. Te tutaj są wymyślone."))
    found = filling.outcome()
    fills = [*contents(filling, step, found, ()), ("notice", notice(said)), ("action", request.path), ("here", "")]
    fills += [
        ("about", wording.about(form, found)),
        ("csrf", "podglad"),
        ("draft", ""),
    ]  # never a real one: nothing is sent from here
    return frame(plan, step).fill(fills)
