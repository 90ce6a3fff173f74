"""The list of steps of a form whose steps are done in any order, each with its state."""

from __future__ import annotations

from flask import Response, url_for

from forms.answers import Outcome
from forms.definition import Step
from forms.wording import Say, say, say_n
from views import wording
from views.ends import titled
from views.link import news
from views.markdown import typographic
from views.pages import page
from views.remaining import remains
from views.steps import showing
from views.steps.filling import Filling


def tasks(filling: Filling, found: Outcome) -> Response:
    """The page between the steps: what is done, what is left."""
    wrong = {failure.step for failure in filling.judge(found) if failure.stops}
    items = []
    for step in found.steps:
        text, kind = _state(filling, step, wrong)
        title = typographic(step.title(found.env))
        share = showing.share_url(filling, step)
        url = showing.step_url(filling, step)
        items.append({"title": title, "url": url, "text": str(text), "kind": kind, "share_url": share})
    done = sum(item["kind"] == "good" for item in items)
    return page(
        "public/tasks.html",
        form_title=titled(filling.form, found),
        news=news.notice(filling),
        text=str(say_n("Gotowy {n} krok z {total}", "Gotowych {n} kroków z {total}", done, total=len(items))),
        done=done,
        total=len(items),
        remains=remains(filling, found),
        items=items,
        summary_url=url_for("respondent.summary", token=filling.token),
        saved=showing.saved_line(filling),
        contact=wording.contact(filling.form),
        offline=filling.form.offline,
    )


def _state(filling: Filling, step: Step, wrong: set[str]) -> tuple[Say | str, str]:
    if step.id not in filling.working.seen:
        return say("nie rozpoczęto"), "plain"
    if step.id in wrong:
        return say("do uzupełnienia"), "warning"
    if filling.working.news and (note := news.note(filling, step)):
        return note, "warning"
    return say("gotowe"), "good"
