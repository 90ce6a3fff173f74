"""A step of a form as a page: the frame is cut once per version, step and language; each request fills it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import Response, current_app, render_template, request, url_for
from markupsafe import Markup, escape

from forms.answers import Outcome
from forms.definition import Field, Form, Step
from forms.judging import Failure
from forms.plan import Plan
from forms.wording import Say, language, say
from views import acting, laws, wording
from views.addresses import private, start
from views.languages import language_links, unspoken
from views.link import news
from views.markdown import markdown, typographic
from views.pages import answer
from views.remaining import kept_until, remains
from views.security import csrf_token
from views.services import services
from views.steps import beside, drawing, joining
from views.steps.apart import apart
from views.steps.drawing import Drawing, static
from views.steps.filling import Filling
from views.steps.stencil import Fill, Stencil, cut

NOT_YET = say("Szkic zapisze się po przejściu dalej. Nie musisz zakładać konta.")
PASS_ON = say("Przekaż ten krok innej osobie")
OFFICE = say("Poprawiasz tę odpowiedź w imieniu urzędu. Ważna będzie dopiero po wysłaniu poprawki.")


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
    wrong = [] if quiet else [failure for failure in failures if failure.stops]
    fills = contents(filling, step, found, failures)
    before = beside.nothing(filling.form, [each for one in filling.steps_of(step) for each in one.fields], found)
    fills.append(("notice", _notice(filling, notice, before)))
    if wrong:
        fills += ("error_prefix", f"{say('Błąd:')} "), ("summary", error_summary(apart(wrong, filling.form, found)))
    if not step.title.fixed:
        fills.append(("title", typographic(step.title(found.env))))
    if step.intro is not None and not step.intro.fixed:
        fills.append(("intro", markdown(step.intro(found.env))))
    if filling.form.period is not None:
        fills.append(("about", wording.about(filling.form, found)))
    key = key or request.form.get("_draft", "")  # the first page shown again goes on with the draft that it began
    page = frame(filling.plan, step, shared=bool(filling.shared))
    own = dict(stamps(key))
    if filling.response is not None and request.endpoint == "public.first":
        own["here"] = quote(step_url(filling, step))  # another language, but the same draft
    return answer(page.fill([*fills, *own.items()]), 422 if wrong else 200)


def stamps(key: str) -> tuple[Fill, ...]:
    """What is this request's own on every page of a form."""
    return (
        ("here", quote(request.full_path.rstrip("?"))),
        ("action", request.full_path.rstrip("?")),
        ("csrf", csrf_token()),
        ("draft", key),
    )


def contents(filling: Filling, step: Step, found: Outcome, failures: Sequence[Failure]) -> list[Fill]:
    """The questions, and what depends on the whole journey."""
    drawing = Drawing(filling.plan, found, filling.working, list(failures), filling.seats(found))
    steps = [each for each in filling.steps_of(step) if each in found.steps]
    fields = Markup("\n".join([_section(drawing, each, len(steps) > 1) for each in steps]))
    seen = joining.seen(drawing.drawn, filling.working, filling.response)
    return [("fields", fields), ("seen", seen), *_around(filling, step, found.steps)]


def _section(drawing: Drawing, step: Step, headed: bool) -> Markup:
    fields = drawing.step(step)
    if not headed:
        return fields
    intro = markdown(step.intro(drawing.outcome.env)) if step.intro else ""
    heading = typographic(step.title(drawing.outcome.env))
    return Markup(
        '<section class="step" aria-labelledby="s-{id}"><h2 id="s-{id}">{title}</h2>{intro}{fields}</section>'
    ).format(id=step.id, title=heading, intro=intro, fields=fields)


def frame(plan: Plan, step: Step, *, shared: bool = False) -> Stencil:
    """The page around a step's questions, cut once per version, step and language; `shared`: for somebody who sees it alone."""
    form, kept = plan.form, current_app.extensions.setdefault("nabor-frames", {})
    rules = laws.of_step(plan, form.steps if form.journey == "page" else (step,))
    key = (form.version, step.id, language.get(), unspoken(), shared, rules)
    if key not in kept:
        if len(kept) > 5000:
            kept.clear()
        fields = [
            each for each_step in (form.steps if form.journey == "page" else (step,)) for each in each_step.fields
        ]
        whole = form.journey == "page" and len(form.steps) > 1 and not shared
        named = static(form.title)
        title = named if whole else static(step.title)
        last = step is form.steps[-1] or form.journey == "page"
        kept[key] = cut(
            lambda slots: render_template(
                "public/step.html",
                slot=slots,
                languages=[(code, name, Markup(url) + slots("here")) for code, name, url in language_links("")],
                form_title=typographic(named) if title != named else "",
                step={
                    "id": step.id,
                    "title": slots("title", typographic(title)),
                    "intro": "" if whole or not step.intro else slots("intro", markdown(static(step.intro))),
                },
                contact=wording.contact(form),
                laws=rules,
                privacy=None if shared else _privacy(form),
                shared=shared,
                multipart=_has_files(fields),
                last=last,
                sends=not form.confirm,
                offline=form.offline,
                send_text=str(wording.SEND[form.kind]),
            )
        )
    return kept[key]


def forget(form: Form) -> None:
    """Lets go of all that was made for a version that serves nobody, such as one being written."""
    kept = current_app.extensions.get("nabor-frames", {})
    for key in [key for key in list(kept) if key[0] == form.version]:
        kept.pop(key, None)
    drawing.forget(form.version)


def _privacy(form: Form) -> Markup | None:
    """The privacy text, on the page of a form that is sent at once; others show it before sending."""
    if not form.privacy or form.confirm:
        return None
    return Markup("<div{}>{}</div>").format(services().site.tongue(form.privacy), services().site.html(form.privacy))


def _has_files(fields: Iterable[Field]) -> bool:
    return any(bool(each.type.attached) or _has_files(each.fields) for each in fields)


def _around(filling: Filling, step: Step, steps: Sequence[Step]) -> list[tuple[str, Any]]:
    """Progress, the list of steps, the way back, where the draft is: what depends on the whole journey."""
    form = filling.form
    if filling.shared:
        return [("saved", saved_line(filling))]
    home = home_url(filling) if filling.office else start(form.slug)
    handing = [("share", passing(filling, step))]
    if form.journey == "page" or len(form.steps) == 1:
        return [("back", link(say("Wstecz"), home)), ("saved", saved_line(filling)), *handing]
    position = next((index for index, each in enumerate(steps) if each.id == step.id), 0)
    env = filling.outcome().env
    components = _components()
    items = [
        {
            "title": typographic(each.title(env)),
            "state": "current" if each.id == step.id else "done" if each.id in filling.working.seen else "todo",
            "url": step_url(filling, each) if filling.response and each.id in filling.working.seen else "",
            "note": news.note(filling, each) if filling.working.news else "",
        }
        for each in steps
    ]
    before = step_url(filling, steps[position - 1]) if position else home
    if form.journey == "tasks" and filling.response and not filling.office:
        before = private("respondent.resume", filling.token)
    text = str(say("Krok {n} z {total}", n=position + 1, total=len(steps)))
    return [
        ("progress", components.progress(text, position + 1, len(steps) + 1, remains(filling, filling.outcome()))),
        ("steps", components.steps(items)),
        ("back", link(say("Wstecz"), before)),
        ("saved", saved_line(filling)),
        *handing,
    ]


def languages(here: str) -> Markup:
    """The menu of languages of a page that has got another address (`here`), to be put in the place of the one there."""
    menu = str(_components().language_menu(language_links(here), language.get()))
    return Markup(menu.replace('id="languages"', 'id="languages" data-hx-swap-oob="true"', 1))


def passing(filling: Filling, step: Step) -> Markup:
    """The way to hand a step over to a colleague, once there is a draft that both can save into."""
    address = share_url(filling, step)
    return Markup(f'<p><a href="{escape(address)}">{escape(PASS_ON)}</a></p>') if address else Markup("")


def _components() -> Any:
    return current_app.jinja_env.get_template("components.html").module


def link(text: Say, url: str) -> Markup:
    """A button that leads somewhere."""
    return Markup(f'<a class="button button--second" href="{escape(url)}">{escape(text)}</a>')


def saved_line(filling: Filling) -> Markup:
    """Where the draft is kept and how to come back to it."""
    if filling.response is None:
        return Markup(f"<p>{escape(NOT_YET)}</p>")
    at = wording.local(filling.response.saved_at)
    if filling.shared or filling.office:
        return Markup(f"<p>{escape(say('Zapisano: {when}.', when=at))}</p>")
    address, back = private("respondent.resume", filling.token), say("Link do powrotu")
    if acting.inside():
        address, back = url_for("gmina.one", key=filling.response.key), say("Strona gminy")
    until = kept_until(filling)
    saved = say("Szkic zapisany: {when}.", when=at)
    if until:
        saved = say("Szkic zapisany: {when}. Przechowamy go do {until}", when=at, until=until)
    return Markup(f'<p>{escape(saved)} <a class="nowrap" href="{escape(address)}">{escape(back)}</a></p>')


def step_url(filling: Filling, step: Step) -> str:
    """The address of a step of a saved response; for somebody who sees this step alone, theirs."""
    if filling.shared:
        return url_for("sharing.step", token=filling.shared, step_id=step.id)
    if filling.office:
        return url_for("staff.correct_step", key=filling.office, step_id=step.id)
    return url_for("respondent.step", token=filling.token, step_id=step.id)


def home_url(filling: Filling) -> str:
    """Where one comes back to from a saved response: its private page; for staff who correct it, their page of it."""
    if filling.office:
        return url_for("staff.response", key=filling.office)
    return private("respondent.response", filling.token)


def summary_url(filling: Filling) -> str:
    """Where all answers are looked over before they are sent."""
    if filling.office:
        return url_for("staff.correct_summary", key=filling.office)
    return private("respondent.summary", filling.token)


def share_url(filling: Filling, step: Step) -> str:
    """Where the link that opens this step alone is given out; "" for a step that is not shared, and once it is sent."""
    if not step.share or not filling.token or filling.correcting:
        return ""
    return url_for("sharing.share", token=filling.token, step_id=step.id)


def error_summary(failures: Sequence[Failure]) -> Markup:
    """What must be corrected, with links to the inputs."""
    entries = dict.fromkeys((f"#{input_id(failure)}" if failure.path else "", failure.text) for failure in failures)
    lines = Markup("\n".join([_error_line(*entry) for entry in entries]))
    return Markup(_components().error_summary(wording.problems_title(len(entries)), (), lines))


@lru_cache(maxsize=2048)
def _error_line(href: str, text: str) -> str:
    """The same words are said to many, so they are drawn once."""
    return str(_components().error_line(href, typographic(text)))


def input_id(failure: Failure) -> str:
    """The id that a link to a failure leads to."""
    if failure.whole:
        return f"f-{failure.path}"
    return f"{failure.path}--{failure.part}" if failure.part else failure.path


def notice(text: str) -> Markup:
    """A sentence above the questions; nothing for ""."""
    return Markup(_components().notice("info", typographic(text))) if text else Markup("")


def _notice(filling: Filling, *texts: str) -> Markup | str:
    lines = [text for text in texts if text]
    if filling.office:
        lines.insert(0, str(OFFICE))
    for problems in filling.refused_files.values():
        lines.extend(str(each) for each in problems)
    said = [notice(line) for line in lines]
    # What has changed in the form since is for whoever fills in the whole of it: it leads to other steps.
    return Markup("").join([*said, "" if filling.shared else news.notice(filling)])
