"""A step handed to a colleague: a link that opens this step alone, saves into the same draft and shows nothing else of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, abort, g, request, url_for

from forms.definition import Step
from forms.wording import say
from records import access
from views import acting, wording
from views.link.respondent import filling_or_page, let_in, open_link
from views.markdown import typographic
from views.pages import page, see
from views.services import now, services
from views.steps import journey, showing
from views.steps.drawing import static
from views.steps.filling import Filling, may_send
from views.telling import tell

sharing = Blueprint("sharing", __name__)


@sharing.url_value_preprocessor
def open_(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The response that the link opens: the private one, or that of one step."""
    if endpoint == "sharing.share":
        return open_link(endpoint, values)
    token, step_id = (values or {}).pop("token", ""), (values or {}).get("step_id", "")
    if token.startswith(acting.PREFIX):
        return let_in(acting.open_step(token, step_id), token)
    let_in(access.open_step(token, step_id, services().settings.secret_key), token)


@sharing.get("/z/<token>/przekaz/<step_id>")
def share(step_id: str) -> Response:
    """For whoever fills in the form: the link to hand over, and what it opens."""
    filling = filling_or_page()
    if isinstance(filling, Response):
        return filling
    step = next((each for each in filling.outcome().steps if each.id == step_id), None)
    if step is None or not showing.share_url(filling, step):
        return see(url_for("respondent.resume", token=g.token))
    secret = services().settings.secret_key
    link = url_for(".step", token=access.step_token(g.response, step_id, secret), step_id=step_id, _external=True)
    title = typographic(step.title(filling.outcome().env))
    subject = quote(str(say("Część formularza do wypełnienia: {title}", title=static(filling.form.title))))
    return page(
        "public/share.html",
        form_title=static(filling.form.title),
        title=title,
        link=link,
        mail_url=f"mailto:?subject={subject}&body={quote(link)}",
        until=wording.window(filling.form) if filling.form.closes else "",
        back_url=showing.step_url(filling, step),
    )


@sharing.route("/k/<token>/<step_id>", methods=["GET", "POST"])
def step(step_id: str) -> Response:
    """The step alone: shown, or taken as it was sent."""
    opened = _opened(step_id)
    if isinstance(opened, Response):
        return opened
    filling, wanted = opened
    if request.method == "POST":
        return journey.take(filling, wanted)
    failures = [each for each in filling.judge(filling.outcome()) if each.lasting and each.step == step_id]
    return showing.show(filling, wanted, failures=failures, quiet=True)


@sharing.get("/k/<token>/<step_id>/zapisane")
def saved(step_id: str) -> Response:
    """The step is done as far as this person is concerned."""
    opened = _opened(step_id)
    if isinstance(opened, Response):
        return opened
    text = say("Twoja część jest zapisana. Formularz wyśle osoba, od której masz link. Do tego czasu możesz tu wrócić.")
    back = (say("Zmień odpowiedzi"), url_for(".step", token=g.token, step_id=step_id), "second")
    return tell(say("Zapisane – możesz zamknąć stronę"), text, back, kind="success")


def _opened(step_id: str) -> tuple[Filling, Step] | Response:
    """The draft in the hands of somebody who may see this step, and the step; a page where there is nothing to fill in."""
    filling = Filling.of(g.response) if g.response.reference is None else None
    if filling is None:
        return tell(
            say("Ten formularz jest już wysłany"),
            say("Tej części nie można już zmienić. Jeśli coś trzeba poprawić, napisz do osoby, od której masz link."),
        )
    filling.shared = g.token
    step = filling.form.step(step_id)
    if step is None or not (step.share or acting.inside()):
        abort(404, description="link")
    if not may_send(filling.form, g.response, now()) and not journey.preview(filling.form):
        return journey.closed(filling)
    if step not in filling.outcome().steps:
        return tell(
            say("Ta część nie jest teraz potrzebna"),
            say(
                "Tak wynika z odpowiedzi w innej części formularza. Jeśli to pomyłka, napisz do osoby, od której masz link."
            ),
        )
    return filling, step
