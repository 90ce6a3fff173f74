"""The way through a form: a step shown, taken, changed in place; what public and private pages of a form share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from flask import Response, abort, current_app, g, render_template, request, session, url_for
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from forms.definition import Field, Form, Step
from forms.gathering import add_item, remove_item
from forms.judging import Failure
from forms.wording import language, say, say_n
from records import access, responses
from views import wording
from views.drawing import Drawing, static
from views.filling import Filling, may_send
from views.markdown import markdown, typographic
from views.pages import answer, page, part, see, trigger, wants_part
from views.services import now, services
from views.stencil import Stencil, cut

__all__ = ["already_sent", "closed", "form_or_404", "now", "preview", "show", "take"]


def form_or_404(slug: str) -> Form:
    """The form that serves under this name, if this person may see it."""
    form = services().catalogue.get(slug)
    if form is None or (form.state == "draft" and not preview(form)) or (form.audience == "staff" and not g.get("person")):
        abort(404)
    return form


def preview(form: Form) -> bool:
    """Whether a member of staff looks at a form that is not open."""
    return g.get("person") is not None and form.state == "draft"


def closed(filling: Filling) -> Response:
    """A form that takes nothing now: what happened and what can be done."""
    form = filling.form
    early = form.not_yet(now())
    title = say("Ten formularz jeszcze nie jest otwarty") if early else say("Ten formularz nie przyjmuje już odpowiedzi")
    next_steps = [say("Wróć po otwarciu naboru.")] if early else [say("Napisz albo zadzwoń do nas – powiemy, co da się zrobić.")]
    draft = url_for("respondent.response", token=filling.token) if filling.response else ""
    return page(
        "public/closed.html",
        status=403,
        form={"title": static(form.title), "contact": wording.contact(form)},
        title=str(title),
        text=wording.window(form),
        next=[str(each) for each in next_steps],
        draft_url=draft,
    )


def already_sent(response: responses.Response) -> Response:
    """Where someone goes who sends again what has been sent."""
    return see(url_for("respondent.sent", token=access.token(response, services().settings.secret_key)))


# --- showing a step ---


def show(
    filling: Filling, step: Step, *, key: str = "", failures: Sequence[Failure] = (), notice: str = "", quiet: bool = False
) -> Response:
    """The page of a step as things stand; with failures it is answered as 422, unless `quiet`: then they only stand there."""
    found = filling.outcome()
    drawing = Drawing(filling.plan, found, filling.working, list(failures))
    wrong = [] if quiet else [failure for failure in failures if failure.stops]
    steps = [each for each in filling.steps_of(step) if each in found.steps]
    fields = Markup("\n").join(_section(drawing, each, len(steps) > 1) for each in steps)
    hidden = Markup('<input type="hidden" name="_draft" id="draft" value="{}">').format(key)
    env = found.env
    fills: list[tuple[str, Any]] = [
        ("error_prefix", f"{say('Błąd:')} " if wrong else ""),
        ("languages", _languages()),
        ("notice", _notice(filling, notice)),
        ("summary", error_summary(wrong) if wrong else ""),
        ("action", request.path),
        ("csrf", Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())),
        ("hidden", hidden),
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
    return Markup('<section class="step" aria-labelledby="s-{id}"><h2 id="s-{id}">{title}</h2>{intro}{fields}</section>').format(
        id=step.id, title=heading, intro=intro, fields=fields
    )


def _frame(form: Form, step: Step) -> Stencil:
    """The page around a step's questions, cut once per version, step and language."""
    kept = current_app.extensions.setdefault("nabor-frames", {})
    key = (form.hash, step.id, language.get())
    if key not in kept:
        if len(kept) > 5000:
            kept.clear()
        fields = [each for each_step in (form.steps if form.journey == "page" else (step,)) for each in each_step.fields]
        whole = form.journey == "page" and len(form.steps) > 1
        title = static(form.title) if whole else static(step.title)
        last = step is form.steps[-1] or form.journey == "page"
        kept[key] = cut(
            lambda slots: render_template(
                "public/step.html",
                slot=slots,
                form_title=typographic(static(form.title)),
                step={
                    "id": step.id,
                    "title": slots("title", typographic(title)),
                    "intro": "" if whole or not step.intro else slots("intro", markdown(static(step.intro))),
                },
                contact=wording.contact(form),
                multipart=_has_files(fields),
                last=last,
                sends=not form.confirm,
                send_text=str(wording.SEND[form.kind]),
            )
        )
    return kept[key]


def _has_files(fields: Iterable[Field]) -> bool:
    return any(each.type.uploads or _has_files(each.fields) for each in fields)


@lru_cache(maxsize=64)
def _languages_html(lang: str, path: str, several: bool) -> str:
    module = current_app.jinja_env.get_template("components.html").module
    items = [(code, name, url_for("public.choose_language", code=code, na=path)) for code, name in (("pl", "Polski"), ("en", "English"))]
    return str(module.language_menu(items, lang))  # type: ignore[attr-defined]


def _languages() -> Markup:
    return Markup(_languages_html(language.get(), request.path, True))


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
    return Markup('<a class="button button--second" href="{}">{}</a>').format(url, str(say(text)))


def saved_line(filling: Filling) -> Markup:
    """Where the draft is kept and how to come back to it."""
    if filling.response is None:
        return Markup("<p>{}</p>").format(say("Szkic zapisze się po przejściu dalej. Nie musisz zakładać konta."))
    at = wording.local(filling.response.saved_at)
    address = url_for("respondent.resume", token=filling.token)
    return Markup('<p>{} <a href="{}">{}</a></p>').format(
        say("Szkic zapisany: {when}.", when=at), address, say("Link do powrotu")
    )


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
        lines.append(str(say("Formularz zmienił się od czasu zapisania szkicu. Nowe pola oznaczyliśmy. Twoje odpowiedzi zachowaliśmy.")))
    for problems in filling.refused_files.values():
        lines.extend(str(each) for each in problems)
    return Markup("").join(_components().notice("info", typographic(line)) for line in lines)


# --- taking a step ---


def take(filling: Filling, step: Step, *, key: str | None = None) -> Response:
    """What was sent for a step: saved as it is, then judged; on to the next step, or the same page with what is wrong."""
    if not may_send(filling.form, filling.response, now()) and not preview(filling.form):
        return closed(filling)
    steps = filling.steps_of(step)
    form = filling.take(steps, key)
    if filling.response is not None and filling.response.working is None:
        return already_sent(filling.response)
    _remember(filling)
    if "_add" in request.form or "_remove" in request.form or "_drop" in request.form:
        return _change(filling, step)
    if wants_part():
        return _update(filling, step, form.shown)
    if "_later" in request.form:
        return see(url_for("respondent.response", token=filling.token))
    new = [path for path in _conditional(filling, steps, form.outcome.asked) if path not in form.shown]
    valid = form.validate()
    if filling.refused_files:
        return show(filling, step, failures=[*_refused(filling, step), *form.failures])
    missing = [failure for failure in form.failures if failure.stops and failure.path not in new]
    if new and not missing:
        text = str(say_n("Po Twoich odpowiedziach pojawiło się {n} nowe pytanie.", "Po Twoich odpowiedziach pojawiło się {n} nowych pytań.", len(new)))
        return show(filling, step, notice=text)
    if not valid:
        return show(filling, step, failures=form.failures)
    return see(_next(filling, step))


def _next(filling: Filling, step: Step) -> str:
    steps = filling.outcome().steps
    if filling.form.journey == "tasks":
        return url_for("respondent.resume", token=filling.token)
    position = next((index for index, each in enumerate(steps) if each.id == step.id), len(steps))
    back_to_summary = request.form.get("_back") == "summary" or request.args.get("zmiana")
    if filling.form.journey == "page" or position + 1 >= len(steps) or back_to_summary:
        return url_for("respondent.summary", token=filling.token)
    return step_url(filling, steps[position + 1])


def _remember(filling: Filling) -> None:
    """This browser offers its unfinished forms on the front page."""
    if filling.token and not filling.correcting and filling.token not in session.get("drafts", []):
        session["drafts"] = [filling.token, *session.get("drafts", [])][:5]


def _conditional(filling: Filling, steps: Sequence[Step], asked: set[str]) -> list[str]:
    """Paths of the conditional questions of these steps that are asked now, and that a person types into."""
    found = []
    for step in steps:
        for path, each in questions(step.fields, asked):
            if each.when is not None and (each.type.asks or each.fields):
                found.append(path)
    return found


def questions(fields: Iterable[Field], asked: set[str], path: str = "") -> Iterable[tuple[str, Field]]:
    """(path, field) of all questions asked, in the items of groups too."""
    for each in fields:
        here = f"{path}{each.name}"
        if here not in asked:
            continue
        yield here, each
        if each.fields and not each.type.repeats:
            yield from questions(each.fields, asked, f"{here}-")
        elif each.fields:
            index = 0
            while any(f"{here}-{index}-{inner.name}" in asked for inner in each.fields):
                yield from questions(each.fields, asked, f"{here}-{index}-")
                index += 1


def _refused(filling: Filling, step: Step) -> list[Failure]:
    return [Failure(path, str(each), "file", step.id) for path, all_ in filling.refused_files.items() for each in all_]


def _change(filling: Filling, step: Step) -> Response:
    """An item added or removed, a file dropped: in place with htmx, else the same page again."""
    fields = list(filling.form.fields)
    added = request.form.get("_add", "")
    removed = request.form.get("_remove", "")
    anchor, focus = "", ""
    if added:
        index: list[int | None] = []
        filling.change(lambda working: index.append(add_item(working, fields, added)))
        focus = f"{added}-{index[0]}" if index[0] is not None else added
        anchor = f"f-{focus}"
    elif removed:
        filling.change(lambda working: remove_item(working, fields, removed))
        anchor = f"f-{removed.rpartition('-')[0]}"
    if wants_part():
        top = (added or removed or request.form["_drop"]).partition("-")[0].partition(":")[0]
        return _update(filling, step, frozenset(), force=(top,), focus=focus)
    return see(step_url(filling, step), anchor=anchor)


def _update(
    filling: Filling, step: Step, shown: frozenset[str], *, force: Iterable[str] = (), focus: str = ""
) -> Response:
    """The pieces of the page that a change touches: questions that came or went, computed values, checks."""
    found = filling.outcome()
    changed = trigger().removeprefix("f-")
    root = changed.partition("-")[0]
    pieces: list[Markup] = []
    came: list[str] = []
    live = _live_failures(filling, found)
    drawing = Drawing(filling.plan, found, filling.working, live)
    forced = set(force)
    for each_step in filling.steps_of(step):
        for each in each_step.fields:
            if each.name not in forced and root not in filling.plan.looks[each.name] and each.name != root:
                continue
            pieces.extend(_pieces(drawing, filling, each, shown, changed, each.name in forced, came))
    message = say_n("Pojawiło się {n} nowe pytanie.", "Pojawiło się {n} nowych pytań.", len(came)) if came else ""
    pieces.append(Markup('<div id="live" role="status" class="visually-hidden" hx-swap-oob="true">{}</div>').format(message))
    pieces.append(Markup('<div class="saved" id="saved" hx-swap-oob="true">{}</div>').format(saved_line(filling)))
    if focus:
        pieces.append(Markup('<template id="focus" data-focus="{}"></template>').format(focus))
    html = Markup("\n").join(pieces)
    return part(html, url=step_url(filling, step) if request.path != step_url(filling, step) else "")


def _pieces(
    drawing: Drawing, filling: Filling, each: Field, shown: frozenset[str], changed: str, force: bool, came: list[str]
) -> Iterable[Markup]:
    asked = drawing.outcome.asked
    path = each.name
    was, is_ = path in shown or each.when is None, path in asked
    if force or was != is_ or not is_:
        if is_ and not was:
            came.append(path)
        if force or was or is_:
            yield oob(drawing.top(each), path)
        return
    if each.fields:
        yield from _inner_pieces(drawing, filling, each, path, shown, changed, came)
    elif path != changed and not each.type.asks:
        yield oob(drawing.top(each), path)
    elif path != changed and _redrawn(each):
        yield oob(drawing.top(each), path)
    else:
        yield from error_piece(drawing, path)


def _inner_pieces(
    drawing: Drawing, filling: Filling, group: Field, path: str, shown: frozenset[str], changed: str, came: list[str]
) -> Iterable[Markup]:
    outcome = drawing.outcome
    value = outcome.values.get(group.name)
    entries = list(value or ()) if group.type.repeats else [value or {}]
    for index, item in enumerate(entries):
        place = f"{path}-{index}" if group.type.repeats else path
        if changed.startswith(f"{path}-") and not changed.startswith(f"{place}-"):
            continue
        for each in group.fields:
            here = f"{place}-{each.name}"
            was, is_ = here in shown or each.when is None, here in outcome.asked
            if was != is_ or (is_ and here != changed and (not each.type.asks or _redrawn(each)) and each.reads):
                if is_ and not was:
                    came.append(here)
                yield oob(drawing.field(each, here, item, outcome.items[place], True), here)
            elif is_:
                yield from error_piece(drawing, here)


def _redrawn(each: Field) -> bool:
    """Whether a question's own look (options offered, words) may change with the answers to others."""
    return not each.type.options_fixed or not each.label.fixed or (each.hint is not None and not each.hint.fixed)


def error_piece(drawing: Drawing, path: str) -> Iterable[Markup]:
    """The place of a question's errors, filled or emptied: only for questions that checks may speak at."""
    checked = drawing.checked(path)
    if checked is not None:
        yield Markup('<div class="field__error" id="{}--error" hx-swap-oob="true">{}</div>').format(path, checked)


def oob(html: Markup, path: str) -> Markup:
    """A question to be put in the place of the one with the same id."""
    mark = Markup(f'id="f-{path}"')
    return Markup(str(html).replace(str(mark), f'{mark} hx-swap-oob="true"', 1))


def _live_failures(filling: Filling, found: Any) -> list[Failure]:
    """While filling in, only what compares answers is said at once; that something is missing waits for „Dalej”."""
    return [failure for failure in filling.judge(found) if failure.kind == "check"]

