"""Behind a private link: the questions that staff returned for correction, on a page with nothing else to fill in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, current_app, g, request, url_for
from markupsafe import Markup

from forms.gathering import add_item
from forms.judging import Failure
from forms.wording import say, say_n
from records.bookings.lifecycle import OVER
from records.desk import returned
from records.responses import Conflict
from records.responses import Response as Stored
from views import wording
from views.answered import presented, sent_answers
from views.link.answering import Answering
from views.link.respondent import open_link
from views.link.sending import send
from views.link.withdrawing import refused
from views.markdown import typographic
from views.pages import page, part, see, trigger, wants_part, written
from views.security import csrf_token
from views.services import now
from views.steps import attaching, joining
from views.steps.drawing import Drawing, static
from views.steps.journey import NOT_REMOVED, at
from views.steps.showing import error_summary
from views.steps.showing import notice as say_above
from views.steps.updating import Updating, clashes, live, refused_files

returning = Blueprint("returning", __name__, url_prefix="/z/<token>")
returning.url_value_preprocessor(open_link)

REPLY = "_reply"  # the input for what is written back to staff
LONGEST_REPLY = 1000  # characters
OFFICE = say(
    "Urząd właśnie poprawia tę odpowiedź. Nic nie zostało zmienione – wróć pod link później albo napisz do nas."
)
UNCHANGED = say("Zmień odpowiedzi wymienione w uwagach albo napisz tutaj, dlaczego zostają takie, jakie są.")


def request_of(stored: Stored) -> returned.Request | None:
    """What staff returned and may still be corrected; None where there is nothing of the kind. One query."""
    if stored.reference is None or stored.state in OVER or (stored.working is not None and stored.working.office):
        return None
    asked = returned.of_open(stored.id)
    return asked if asked is not None and asked.until >= now() else None


@returning.route("/do-poprawy", methods=["GET", "POST"])
def questions() -> Response:
    """The returned questions: shown, saved while they are filled in, sent at once as a correction."""
    asked = request_of(g.response)
    if asked is None:
        if request.method == "GET":
            return see(url_for("respondent.response", token=g.token))
        return refused(say("Te pytania są już poprawione albo termin ich poprawienia minął."))
    answering = Answering.of(g.response, asked)
    if request.method == "GET":
        return _show(answering, [])
    before = [each.path for each in answering.questions()]
    try:
        answering.read()
    except Conflict:
        return refused(OFFICE)
    acted, said = _act(answering)
    if wants_part():
        return _update(answering, before, force=acted, notice=said)
    if acted:
        return _show(answering, [], notice=said)
    failures = [*refused_files(answering.filling, answering.filling.form.steps[0]), *answering.failures()]
    came = set(answering.came)
    if came and all(each.path in came for each in failures):
        text = say_n(
            "Po Twoich odpowiedziach pojawiło się {n} nowe pytanie.",
            "Po Twoich odpowiedziach pojawiło się {n} nowych pytań.",
            len(came),
        )
        return _show(answering, [], notice=str(text))
    reply = written(REPLY, LONGEST_REPLY)
    if answering.unchanged() and not reply:
        failures.append(Failure(REPLY, str(UNCHANGED), "required", ""))
    if failures:
        return _show(answering, failures)
    problem = send(answering.filling, answering.found, reply)
    if problem is not None:
        return _show(answering, [], notice=str(problem))
    return see(url_for("respondent.response", token=g.token, zrobiono="poprawione"))


def stale_questions() -> Response | None:
    """The page that was sent with an expired token, as it was typed and not saved; None where it was something else."""
    stored: Stored | None = g.get("response")
    asked = request_of(stored) if request.endpoint == "returning.questions" and stored is not None else None
    if asked is None:
        return None
    answering = Answering.of(g.response, asked)
    answering.look()
    text = say("Ta strona była otwarta zbyt długo. Twoje odpowiedzi są na niej – sprawdź je i wyślij jeszcze raz.")
    shown = _show(answering, [], notice=str(text))
    shown.status_code = 400
    return shown


def _act(answering: Answering) -> tuple[str, str]:
    """An item of a group added or removed: the name of the question that it was done to, or ""; and why it was not done."""
    said = ""
    filling, sent = answering.filling, request.form
    added, removed, dropped = sent.get("_add", ""), sent.get("_remove", ""), sent.get("_drop", "")
    tops = answering.tops()
    if added:
        group = filling.on_page(added)
        filling.change(lambda working: add_item(working, tops, at(working, group)))
    elif removed:
        item = filling.on_page(removed)
        if item in filling.joined.changed:
            said = str(NOT_REMOVED)
        else:
            stored = filling.response if filling.plan.uploads else None
            filling.change(lambda working: attaching.remove(working, tops, at(working, item), stored))
    return (added or removed or dropped).partition("-")[0].partition(":")[0], said


def _update(answering: Answering, before: Sequence[str], force: str, notice: str = "") -> Response:
    """The pieces of the page that a change touches; where questions came or went, all of them."""
    failures = [each for each in answering.failures() if each.kind == "check"]
    here = [each.path for each in answering.questions()]
    saved = Markup('<div id="saved" data-hx-swap-oob="innerHTML">{}</div>').format(_saved(answering))
    filling = answering.filling
    moved = any(path != place for path, place in filling.places_on_page(here))  # others have removed items before these
    came = any(file.filename for _, file in request.files.items(multi=True))
    if force or moved or came or filling.joined.touched or here != list(before):
        drawing = answering.drawing(failures)
        fields = _fields(answering, drawing)
        body = Markup('<div id="fields" data-hx-swap-oob="innerHTML">{}{}</div>').format(say_above(notice), fields)
        whole = frozenset(each.name for each in answering.tops())
        return part(Markup("\n").join([body, live(len(answering.came)), saved, _seen_again(answering, drawing, whole)]))
    changed = trigger().removeprefix("f-")
    speaking = filling.plan.speaking({changed.partition("-")[0], changed.rpartition("-")[2]})
    drawing = answering.drawing(failures)
    updating = Updating(drawing, answering.shown, changed, speaking, frozenset())
    marks = re.compile("|".join(rf'id="(?:f-)?{re.escape(path)}["-]' for path in here))
    pieces = [each for top in answering.tops() for each in updating.top(top) if marks.search(each)]
    pieces += clashes(filling, drawing, frozenset())
    again = _seen_again(answering, drawing, frozenset())
    return part(Markup("\n").join([*pieces, live(len(updating.came)), saved, again]))


def _show(answering: Answering, failures: list[Failure], *, notice: str = "") -> Response:
    filling, asked, stored = answering.filling, answering.asked, g.response
    form, working, found = sent_answers(stored)
    wrong = next((each.text for each in failures if each.path == REPLY), "")
    drawing = answering.drawing(failures)
    fields = _fields(answering, drawing)
    return page(
        "public/returned.html",
        status=422 if failures else 409 if notice and not answering.came else 200,
        form_title=static(filling.form.title),
        error_prefix=f"{say('Błąd:')} " if failures else "",
        reference=stored.reference,
        until=wording.bound(asked.until),
        notice=notice,
        summary=error_summary(failures) if failures else "",
        fields=fields,
        seen=joining.seen(drawing.drawn, filling.working, filling.response),
        reply={"value": request.form.get(REPLY, ""), "error": wrong, "most": LONGEST_REPLY},
        multipart=any(each.field.type.attached for each in answering.questions()) or filling.plan.uploads,
        action=request.path,
        csrf=csrf_token(),
        saved=_saved(answering),
        back_url=url_for("respondent.response", token=g.token),
        sections=presented(form, found, working),
    )


def _saved(answering: Answering) -> str:
    stored = answering.filling.response
    if stored is None or stored.working is None:
        return ""
    return str(say("Zapisano: {when}.", when=wording.local(stored.saved_at)))


def _components() -> Any:
    return current_app.jinja_env.get_template("components.html").module


def _seen_again(answering: Answering, drawing: Drawing, whole: frozenset[str]) -> Markup:
    """What the page shows from now on, for two people in one correction."""
    filling = answering.filling
    working, fields = filling.working, filling.plan.fields
    return joining.seen_again(filling.joined, drawing.drawn, whole, working, filling.response, fields)


def _fields(answering: Answering, drawing: Drawing) -> Markup:
    """The questions, each under what staff wrote to it; those that only go with them come last, under a heading."""
    drawn: list[dict[str, Any]] = []
    further = False
    for each, html in answering.draw(drawing):
        returned_ = answering.returned(each.path)
        remarks = [
            one for one in answering.asked.questions if one.path == each.path or one.path.startswith(f"{each.path}-")
        ]
        drawn.append(
            {
                "heading": "" if returned_ or further else str(say("Co się z tym łączy")),
                "item": typographic(" – ".join(each.items)),
                "remarks": [
                    {"what": typographic(one.title) if one.path != each.path else "", "text": one.remark}
                    for one in remarks
                ],
                "html": html,
            }
        )
        further = further or not returned_
    hidden = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value) for name, value in answering.items()
    )
    return hidden + Markup(_components().returned_questions(drawn))
