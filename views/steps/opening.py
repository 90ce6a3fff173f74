"""The first page of a form that nobody has begun yet: where it is the same for everybody it is drawn once and only stamped."""

from __future__ import annotations

from flask import Response, current_app

from forms.answers import Working
from forms.definition import Step
from forms.wording import language
from views.languages import unspoken
from views.pages import answer
from views.steps.drawing import alike
from views.steps.filling import Filling
from views.steps.showing import contents, frame, show, stamps
from views.steps.stencil import Stencil

MOST_KEPT = 1_000


def opening(filling: Filling, key: str) -> Response:
    """The first page, with the `key` under which sending it begins a draft."""
    kept: dict[tuple[str, ...], Stencil | None] = current_app.extensions.setdefault("nabor-openings", {})
    name = (*filling.form.version, language.get(), unspoken())
    if name not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[name] = _drawn(filling)
    page = kept[name]
    if page is None or filling.working.answers:
        return show(filling, first_step(filling), key=key)
    return answer(page.fill(stamps(key)))


def first_step(filling: Filling) -> Step:
    """The step that one begins with."""
    step = filling.form.steps[0]
    return step if step.when is None else filling.outcome().steps[0]


def _drawn(filling: Filling) -> Stencil | None:
    """The page with all but the stamps in its place; None where it depends on the day, the law, an answer, places left."""
    step = first_step(filling)
    fields = [each for inner in filling.steps_of(step) for each in inner.fields]
    texts = (step.intro, *(each.title for each in filling.form.steps))
    if filling.form.places or not all(alike(each) and each.default is None for each in fields):
        return None
    if not all(text is None or text.fixed for text in texts) or any(each.when for each in filling.form.steps):
        return None
    if any(inner.id in filling.plan.laws for inner in filling.steps_of(step)):
        return None
    blank = Filling(filling.form, filling.plan, Working())
    return frame(filling.plan, step).settled(contents(blank, step, blank.outcome(), ()))
