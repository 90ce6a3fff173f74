"""For staff: questions of a response returned to whoever sent it, each with a remark, and what became of that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.answers import Outcome
from forms.definition import Form
from forms.questions import Question, questions
from forms.spans import WARSAW
from forms.wording import Say, say
from records.bookings.lifecycle import OVER
from records.desk import asking, returned
from records.desk.returned import Asked, Request
from records.responses import Response as Stored
from records.shapes import Missing
from views import wording
from views.access import Right, may, requires
from views.answered import sent_answers
from views.mail.letters import recipients
from views.markdown import paragraphs, typographic
from views.pages import page, written
from views.security import csrf_token
from views.services import now
from views.staff.history import person_name
from views.staff.opened import back, keeping_place, look, sent_or_404
from views.staff.ways import crumbs
from views.steps.drawing import static

USUALLY = 7  # days to answer in, unless staff say otherwise
LONGEST = 365
MARK, REMARK, UNTIL = "pytanie", "uwaga--", "do"  # names of inputs
HIDDEN = say("ukryte: dotyczy odpowiedzi wrażliwej")
STATES: dict[str, tuple[Say, str]] = {
    returned.OPEN: (say("Czeka na poprawę"), "warning"),
    returned.ANSWERED: (say("Poprawione, do sprawdzenia"), ""),
    returned.DONE: (say("Sprawdzone"), "good"),
    returned.CANCELLED: (say("Cofnięte"), "plain"),
}


@requires(Right.DECIDE)
def return_questions(key: str) -> Response:
    """The questions to tick, each with its answer and a place for a remark; returned with one message."""
    stored = sent_or_404(key)
    form, _, found = sent_answers(stored, sensitive=may(Right.READ_SENSITIVE))
    if not returnable(form, stored):
        return back(key, "illegal")
    open_ = returned.of_open(stored.id)
    if request.method == "GET":
        look(found, stored)
        return _page(form, stored, found, _suggested(open_), [])
    typed = _typed(request.form)
    wanted = {each.path: each for each in _offered(found) if each.path in typed["marked"]}
    until = _until(str(typed["until"]))
    wrong = _wrong(wanted, typed, until)
    if wrong or until is None:
        return _page(form, stored, found, typed, wrong)
    # What a question is called is kept, sent, and seen by all who see the response.
    plain = {each.path: each for each in questions(sent_answers(stored, sensitive=False)[2])}
    asked = [Asked(path, _title(plain.get(path, each)), typed["remarks"][path]) for path, each in wanted.items()]
    try:
        returned.give_back(stored.key, asked, until, g.person.id, now())
    except Missing:
        return back(key, "illegal")
    return back(key, "returned" if recipients(form, found) else "returned-untold")


@requires(Right.DECIDE)
def close(key: str) -> Response:
    """What was answered has been looked at, or what was returned is taken back."""
    stored = sent_or_404(key)
    action = request.form.get("akcja", "")
    if action == "checked":
        returned.check(stored.key, g.person.id, now())
    elif action == "cancel":
        returned.cancel(stored.key, g.person.id, now())
    else:
        abort(404)
    return back(key, f"return-{action}")


def returnable(form: Form, stored: Stored) -> bool:
    """Whether questions of the response may be returned: it holds, and its sender can be reached by a private link."""
    return not form.anonymous and stored.state not in OVER


def returns(form: Form, answered_: Outcome, stored: Stored) -> dict[str, Any]:
    """What the page of a response shows of all this; what was written about sensitive answers, for those with the right."""
    name = cache(person_name)
    hidden = set() if may(Right.READ_SENSITIVE) else {each.path for each in questions(answered_) if each.sensitive}
    decides = may(Right.DECIDE) and returnable(form, stored)
    found = [] if form.anonymous else returned.of(stored.id)
    open_ = next((each for each in found if each.state == returned.OPEN), None)
    answered = any(each.state == returned.ANSWERED for each in found)
    return {
        "returns": [_told(each, name(each.person), hidden) for each in found],
        "return_url": keeping_place(url_for("staff.response_return", key=stored.key)) if decides else "",
        "cancel_return_url": url_for("staff.response_return_close", key=stored.key) if decides and open_ else "",
        "check_return_url": url_for("staff.response_return_close", key=stored.key)
        if may(Right.DECIDE) and answered
        else "",
    }


def _told(each: Request, who: str, hidden: set[str]) -> dict[str, Any]:
    text, kind = STATES[each.state]
    late = each.state == returned.OPEN and each.until < now()
    return {
        "title": str(say("Zwrócono: {when}, {who}", when=wording.local(each.returned_at), who=who)),
        "state": {"text": str(say("Nie poprawiono w terminie") if late else text), "kind": "bad" if late else kind},
        "until": wording.bound(each.until),
        "answered": wording.local(each.answered_at) if each.answered_at else "",
        "questions": [
            {"title": typographic(one.title), "remark": HIDDEN if one.path in hidden else paragraphs(one.remark)}
            for one in each.questions
        ],
        "reply": (HIDDEN if each.paths & hidden else paragraphs(each.reply)) if each.reply else "",
    }


def _offered(found: Outcome) -> list[Question]:
    """The questions that this person may read, and that somebody answers; a whole list counts as one, too."""
    sensitive = may(Right.READ_SENSITIVE)
    return [
        each
        for each in questions(found)
        if (each.field.type.repeats if each.field.fields else each.field.type.asks)
        and (sensitive or not each.sensitive)
    ]


def _suggested(open_: Request | None) -> dict[str, Any]:
    """The page before anybody has typed: what is returned already."""
    asked = {each.path: each.remark for each in open_.questions} if open_ is not None else {}
    day = open_.until if open_ is not None and open_.until > now() else now() + timedelta(days=USUALLY)
    return {"marked": set(asked), "remarks": asked, "until": f"{day.astimezone(WARSAW):%Y-%m-%d}"}


def _typed(sent: Any) -> dict[str, Any]:
    remarks = {
        name.removeprefix(REMARK): written(name, returned.LONGEST_REMARK) for name in sent if name.startswith(REMARK)
    }
    return {"marked": set(sent.getlist(MARK)), "remarks": remarks, "until": sent.get(UNTIL, "").strip()}


def _until(text: str) -> datetime | None:
    """The end of the day that was typed; None where it is no day, past, or too far away."""
    try:
        day = asking.day(text)
    except ValueError:
        return None
    until = datetime.combine(day, time(23, 59, 59), WARSAW)
    return until if now() <= until <= now() + timedelta(days=LONGEST) else None


def _wrong(
    wanted: Mapping[str, Question], typed: Mapping[str, Any], until: datetime | None
) -> list[tuple[str, str, Say]]:
    """(id of the input, path of the question or "", what to do) of everything that stands in the way."""
    wrong = []
    if not wanted:
        wrong.append(("pytania", "", say("Zaznacz co najmniej jedno pytanie.")))
    for path, each in wanted.items():
        if not typed["remarks"].get(path):
            text = say("Napisz, co poprawić w odpowiedzi „{title}”.", title=_title(each))
            wrong.append((f"u-{path}", path, text))
    if until is None:
        text = say("Podaj dzień od dziś, najwyżej za rok, na przykład 20.02.2027.")
        wrong.append(("do", "do", text))
    return wrong


def _page(
    form: Form, stored: Stored, found: Outcome, typed: Mapping[str, Any], wrong: list[tuple[str, str, Say]]
) -> Response:
    errors = {path: str(text) for _, path, text in wrong}
    steps: list[dict[str, Any]] = []
    for each in _offered(found):
        title = typographic(each.step.title(found.env))
        if not steps or steps[-1]["id"] != each.step.id:
            steps.append({"id": each.step.id, "title": title, "rows": []})
        steps[-1]["rows"].append(
            {
                "path": each.path,
                "title": typographic(_title(each)),
                "value": _value(each),
                "marked": each.path in typed["marked"],
                "remark": typed["remarks"].get(each.path, ""),
                "error": errors.get(each.path, ""),
            }
        )
    return page(
        "staff/return.html",
        status=422 if wrong else 200,
        form_title=static(form.title),
        reference=stored.reference,
        crumbs=crumbs(
            stored.slug,
            static(form.title),
            (stored.reference or "", url_for("staff.response", key=stored.key)),
            (str(say("Zwróć do poprawy")), ""),
        ),
        told=bool(recipients(form, found)),
        problems=[(f"#{id_}", str(text)) for id_, _, text in wrong],
        problems_title=wording.problems_title(len(wrong)),
        steps=steps,
        most=returned.LONGEST_REMARK,
        until={"value": typed["until"], "error": errors.get("do", "")},
        action=keeping_place(url_for("staff.response_return", key=stored.key)),
        back_url=keeping_place(url_for("staff.response", key=stored.key)),
        csrf=csrf_token(),
    )


def _title(each: Question) -> str:
    """What a question is called; of a list, that all of it is meant."""
    return str(say("{title} (cała lista)", title=each.title)) if each.field.fields else each.title


def _value(each: Question) -> Any:
    """The answer as the page of a response shows it."""
    if each.value is None:
        return ""
    details = each.field.type.details(each.value) if not each.field.fields else ()
    return [f"{label}: {text}" for label, text in details] if details else paragraphs(each.field.type.show(each.value))
