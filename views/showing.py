"""A step of a form as a page: the frame is cut once per version, step and language; each request fills it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from forms.definition import Field, Form, Step
from forms.judging import Failure
from forms.wording import language, say
from views import wording
from views.drawing import Drawing, static
from views.filling import Filling
from views.languages import language_links
from views.markdown import markdown, typographic
from views.pages import answer
from views.services import services
from views.stencil import Stencil, cut


def show(
    filling: Filling,
    step: Step,
    *,
    key: str = "",
    failures: Sequence[Failure] = (),
    notice: str = "",
    quiet: bool = False,
) -> Response:
    """The page of a step as things stand; with failures it is answered as 422, unless `quiet`: then they only stand there."""
    found = filling.outcome()
    drawing = Drawing(filling.plan, found, filling.working, list(failures))
    wrong = [] if quiet else [failure for failure in failures if failure.stops]
    steps = [each for each in filling.steps_of(step) if each in found.steps]
    fields = Markup("\n".join(_section(drawing, each, len(steps) > 1) for each in steps))
    env = found.env
    fills: list[tuple[str, Any]] = [
        ("error_prefix", f"{say('Błąd:')} " if wrong else ""),
        ("here", quote(request.path)),
        ("notice", _notice(filling, notice)),
        ("summary", error_summary(wrong) if wrong else ""),
        ("action", request.full_path.rstrip("?")),
        ("csrf", generate_csrf()),
        ("draft", key),
        ("fields", fields),
        *_around(filling, step, found.steps),
    ]
    if not step.title.fixed:
        fills.append(("title", typographic(step.title(env))))
    if step.intro is not None and not step.intro.fixed:
        fills.append(("intro", markdown(step.intro(env))))
    return answer(_frame(filling.form, step).fill(fills), 422 if wrong else 200)


def _section(drawing: Drawing, step: Step, headed: bool) -> Markup:
    fields = drawing.step(step)
    if not headed:
        return fields
    intro = markdown(step.intro(drawing.outcome.env)) if step.intro else ""
    heading = typographic(step.title(drawing.outcome.env))
    return Markup(
        '<section class="step" aria-labelledby="s-{id}"><h2 id="s-{id}">{title}</h2>{intro}{fields}</section>'
    ).format(id=step.id, title=heading, intro=intro, fields=fields)


def _frame(form: Form, step: Step) -> Stencil:
    """The page around a step's questions, cut once per version, step and language."""
    kept = current_app.extensions.setdefault("nabor-frames", {})
    key = (form.hash, step.id, language.get())
    if key not in kept:
        if len(kept) > 5000:
            kept.clear()
        fields = [
            each for each_step in (form.steps if form.journey == "page" else (step,)) for each in each_step.fields
        ]
        whole = form.journey == "page" and len(form.steps) > 1
        title = static(form.title) if whole else static(step.title)
        last = step is form.steps[-1] or form.journey == "page"
        kept[key] = cut(
            lambda slots: render_template(
                "public/step.html",
                slot=slots,
                languages=[(code, name, Markup(url) + slots("here")) for code, name, url in language_links("")],
                form_title=typographic(static(form.title)),
                step={
                    "id": step.id,
                    "title": slots("title", typographic(title)),
                    "intro": "" if whole or not step.intro else slots("intro", markdown(static(step.intro))),
                },
                contact=wording.contact(form),
                privacy=_privacy(form),
                multipart=_has_files(fields),
                last=last,
                sends=not form.confirm,
                send_text=str(wording.SEND[form.kind]),
            )
        )
    return kept[key]


def _privacy(form: Form) -> Markup | None:
    """The privacy text, on the page of a form that is sent at once; others show it before sending."""
    return services().site.html(form.privacy) if form.privacy and not form.confirm else None


def _has_files(fields: Iterable[Field]) -> bool:
    return any(each.type.uploads or _has_files(each.fields) for each in fields)


def _around(filling: Filling, step: Step, steps: Sequence[Step]) -> list[tuple[str, Any]]:
    """Progress, the list of steps, the way back, where the draft is: what depends on the whole journey."""
    form = filling.form
    if form.journey == "page" or len(form.steps) == 1:
        back = url_for("public.start", slug=form.slug)
        return [("back", link("Wstecz", back)), ("saved", saved_line(filling))]
    position = next((index for index, each in enumerate(steps) if each.id == step.id), 0)
    env = filling.outcome().env
    components = _components()
    items = [
        {
            "title": typographic(each.title(env)),
            "state": "current" if each.id == step.id else "done" if each.id in filling.working.seen else "todo",
            "url": step_url(filling, each) if filling.response and each.id in filling.working.seen else "",
        }
        for each in steps
    ]
    before = step_url(filling, steps[position - 1]) if position else url_for("public.start", slug=form.slug)
    if form.journey == "tasks" and filling.response:
        before = url_for("respondent.resume", token=filling.token)
    text = str(say("Krok {n} z {total}", n=position + 1, total=len(steps)))
    return [
        ("progress", components.progress(text, position + 1, len(steps) + 1)),
        ("steps", components.steps(items)),
        ("back", link("Wstecz", before)),
        ("saved", saved_line(filling)),
    ]


def _components() -> Any:
    return current_app.jinja_env.get_template("components.html").module


def link(text: str, url: str) -> Markup:
    """A button that leads somewhere."""
    return Markup(f'<a class="button button--second" href="{escape(url)}">{escape(say(text))}</a>')


def saved_line(filling: Filling) -> Markup:
    """Where the draft is kept and how to come back to it."""
    if filling.response is None:
        return Markup(f"<p>{escape(say('Szkic zapisze się po przejściu dalej. Nie musisz zakładać konta.'))}</p>")
    at = wording.local(filling.response.saved_at)
    address = url_for("respondent.resume", token=filling.token)
    saved, back = say("Szkic zapisany: {when}.", when=at), say("Link do powrotu")
    return Markup(f'<p>{escape(saved)} <a href="{escape(address)}">{escape(back)}</a></p>')


def step_url(filling: Filling, step: Step) -> str:
    """The address of a step of a saved response."""
    return url_for("respondent.step", token=filling.token, step_id=step.id)


def error_summary(failures: Sequence[Failure]) -> Markup:
    """What must be corrected, with links to the inputs."""
    entries = [(f"#{input_id(failure)}" if failure.path else "", typographic(failure.text)) for failure in failures]
    whole = [entry for index, entry in enumerate(entries) if entry not in entries[:index]]
    return Markup(_components().error_summary(wording.problems_title(len(whole)), whole))


def input_id(failure: Failure) -> str:
    """The id that a link to a failure leads to."""
    if failure.whole:
        return f"f-{failure.path}"
    return f"{failure.path}--{failure.part}" if failure.part else failure.path


def _notice(filling: Filling, text: str) -> Markup | str:
    lines = [text] if text else []
    if filling.moved:
        lines.append(str(say("Formularz zmienił się od czasu zapisania szkicu. Twoje odpowiedzi zachowaliśmy.")))
    for problems in filling.refused_files.values():
        lines.extend(str(each) for each in problems)
    return Markup("").join(_components().notice("info", typographic(line)) for line in lines)
