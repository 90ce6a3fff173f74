"""The way through a form: a step is taken as it was sent, saved, judged, and the person goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response, abort, g, request, session, url_for

from forms.answers import Working
from forms.builder import StepForm
from forms.definition import Field, Form, Step
from forms.gathering import add_item
from forms.together import in_order
from forms.wording import say, say_n
from records import access, responses
from views import acting, audience, wording
from views.access import Right, may
from views.addresses import private
from views.languages import speak_for
from views.link.sending import send
from views.pages import page, see, wants_part
from views.services import now, services
from views.steps import attaching
from views.steps.correcting import new_failures
from views.steps.drawing import static
from views.steps.filling import Filling, may_send
from views.steps.showing import home_url, show, step_url, summary_url
from views.steps.updating import refused_files, update

RECALLED = say("Ta pozycja była w poprzednim okresie. Przepisaliśmy, co się dało – sprawdź i uzupełnij.")
NOT_REMOVED = say("Tę pozycję zmienił w tym czasie ktoś inny, więc nie została usunięta. Przeczytaj ją i zdecyduj.")


def form_or_404(slug: str) -> Form:
    """The form that serves under this name, if this person may see it; 403 where it is for others."""
    form = services().catalogue.get(slug)
    if form is None or (form.state == "draft" and not preview(form)):
        abort(404)
    audience.admit(form)
    speak_for(form)
    return form


def preview(form: Form) -> bool:
    """Whether a member of staff looks at a form that is not open."""
    return form.state == "draft" and may(Right.SEE_FORMS, form.slug)


def closed(filling: Filling) -> Response:
    """A form that takes nothing now: what happened and what can be done."""
    form = filling.form
    early = form.not_yet(now())
    title = (
        say("Ten formularz jeszcze nie jest otwarty") if early else say("Ten formularz nie przyjmuje już odpowiedzi")
    )
    next_steps = (
        [say("Wróć po otwarciu naboru.")] if early else [say("Napisz albo zadzwoń do nas – powiemy, co da się zrobić.")]
    )
    draft = private("respondent.response", filling.token) if filling.token else ""
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
    """Where someone goes who sends again what has been sent, or whose last change was on its way while it was sent."""
    token = acting.inside() or access.token(response, services().settings.secret_key)
    return see(url_for("respondent.sent", token=token))


def take(filling: Filling, step: Step, *, key: str | None = None) -> Response:
    """What was sent for a step: saved as it is, then judged; on to the next step, or the same page with what is wrong."""
    if not filling.office and not may_send(filling.form, filling.response, now()) and not preview(filling.form):
        return closed(filling)
    steps = filling.steps_of(step)
    form = filling.take(steps, key)
    if filling.response is not None and filling.response.working is None:
        if filling.office:
            return see(home_url(filling))
        return see(step_url(filling, step)) if filling.shared else already_sent(filling.response)
    _remember(filling)
    if "_add" in request.form or "_remove" in request.form or "_drop" in request.form:
        return _change(filling, step)
    if wants_part():
        names = {path.partition("-")[0] for path in form.recalled}
        return update(filling, step, form.shown, force=names, notice=str(RECALLED) if names else "")
    if "_later" in request.form and (filling.token or filling.office):
        return see(home_url(filling))
    return _onward(filling, step, form)


def _onward(filling: Filling, step: Step, form: StepForm) -> Response:
    """On to the next step when what was sent passes; else this page again, with what is wrong or what is new on it."""
    steps = filling.steps_of(step)
    new = [path for path in _conditional(filling, steps, form.outcome.asked) if path not in form.shown]
    valid = form.validate()
    if filling.office:  # what was taken as it is need not be mended by whoever corrects something else
        form.failures = [each for each in new_failures(filling, form.outcome) if each in form.failures]
        valid = not any(each.stops for each in form.failures)
    clashes = [each for each in filling.clashes(form.outcome) if each.step in {step.id for step in steps}]
    if clashes:
        return show(filling, step, failures=[*clashes, *form.failures])
    seats = filling.seats(form.outcome)
    if seats is not None:
        form.failures += [each for each in seats.failures(form.outcome) if each.step in {step.id for step in steps}]
        valid = valid and not any(each.stops for each in form.failures)
    if filling.refused_files:
        return show(filling, step, failures=[*refused_files(filling, step), *form.failures])
    inside = tuple(f"{path}-" for path in new)
    missing = [
        each for each in form.failures if each.stops and each.path not in new and not each.path.startswith(inside)
    ]
    if form.recalled:
        return show(filling, step, notice=str(RECALLED))
    if new and not missing:
        text = str(
            say_n(
                "Po Twoich odpowiedziach pojawiło się {n} nowe pytanie.",
                "Po Twoich odpowiedziach pojawiło się {n} nowych pytań.",
                len(new),
            )
        )
        return show(filling, step, notice=text)
    if not valid:
        return show(filling, step, failures=form.failures)
    if filling.shared:
        return see(url_for("sharing.saved", token=filling.shared, step_id=step.id))
    if not filling.form.confirm and not filling.office:
        return _send_at_once(filling, step)
    return see(_next(filling, step))


def _send_at_once(filling: Filling, step: Step) -> Response:
    """A short form without a summary is sent with its one step."""
    found = filling.outcome()
    failures = [failure for failure in filling.judge(found) if failure.stops]
    if failures:
        return show(filling, step, failures=failures)
    problem = send(filling, found)
    again = Filling.of(responses.load(filling.response.key) or filling.response) if filling.response else None
    if problem is not None and again is not None and again.working.answers == filling.working.answers:
        # The last change was saved on its own at the same moment: it is the same page, sent by the same person.
        problem = send(again, again.outcome())
    if problem is not None:
        wrong = [failure for failure in again.judge(again.outcome()) if failure.stops] if again is not None else []
        return show(again or filling, step, failures=wrong, notice="" if wrong else str(problem))
    return see(private("respondent.sent", filling.token))


def _next(filling: Filling, step: Step) -> str:
    steps = filling.outcome().steps
    if filling.form.journey == "tasks" and not filling.office:
        return private("respondent.resume", filling.token)
    position = next((index for index, each in enumerate(steps) if each.id == step.id), len(steps))
    back_to_summary = "zmiana" in request.args
    if filling.form.journey == "page" or position + 1 >= len(steps) or back_to_summary:
        return summary_url(filling)
    return step_url(filling, steps[position + 1])


def _remember(filling: Filling) -> None:
    """This browser offers its unfinished forms on the front page."""
    if filling.token and not filling.correcting and not acting.inside():
        drafts = session.get("drafts", [])
        if filling.token not in drafts:
            session["drafts"] = [filling.token, *drafts][:5]


def _conditional(filling: Filling, steps: Sequence[Step], asked: set[str]) -> list[str]:
    """Paths of the conditional questions of these steps that are asked now, and that a person types into."""
    found: list[str] = []
    for step in steps if filling.plan.conditional else ():
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


def _change(filling: Filling, step: Step) -> Response:
    """An item added or removed, a file dropped: in place with htmx, else the same page again."""
    fields = [each for inner in filling.steps_of(step) for each in inner.fields]
    added = request.form.get("_add", "")
    removed = request.form.get("_remove", "")
    anchor, focus = "", ""
    if added:
        index: list[int | None] = []
        named = filling.on_page(added)
        filling.change(lambda working: index.append(add_item(working, fields, at(working, named))))
        added = at(filling.working, named)
        focus = f"{added}-{index[0]}" if index[0] is not None else added
        anchor = f"f-{focus}"
    elif removed:
        response = filling.response if filling.plan.uploads else None
        named = filling.on_page(removed)
        if named in filling.joined.changed:
            return _kept(filling, step, removed)
        filling.change(lambda working: attaching.remove(working, fields, at(working, named), response))
        anchor = f"f-{removed.rpartition('-')[0]}"
    if wants_part():
        top = (added or removed or request.form["_drop"]).partition("-")[0].partition(":")[0]
        return update(filling, step, frozenset(), force=(top,), focus=focus)
    return see(step_url(filling, step), anchor=anchor)


def at(working: Working, named: str) -> str:
    """Where a group or an item, by its number, stands in the draft; "" when it is gone."""
    return in_order(named, working.together.ids)


def _kept(filling: Filling, step: Step, removed: str) -> Response:
    """An item that somebody else has changed meanwhile is not removed before that has been seen."""
    if wants_part():
        return update(filling, step, frozenset(), force=(removed.partition("-")[0],), notice=str(NOT_REMOVED))
    return show(filling, step, notice=str(NOT_REMOVED))


def stale_step() -> Response | None:
    """The step that was sent with an expired token, as it was typed and not saved; None where it was something else."""
    slug, step_id = (request.view_args or {}).get("slug"), (request.view_args or {}).get("step_id")
    stored: responses.Response | None = g.get("response")
    filling: Filling | None = None
    if request.endpoint == "public.first" and slug:
        form = form_or_404(slug)
        filling = Filling.fresh(form) if form.open_at(now()) else None
    elif request.endpoint in ("respondent.step", "sharing.step") and stored is not None:
        filling = Filling.of(stored)
    if filling is None:
        return None
    filling.shared = g.token if request.endpoint == "sharing.step" else ""
    steps = filling.outcome().steps
    step = next((each for each in steps if each.id == step_id), None if filling.shared else steps[0])
    if step is None:
        return None
    filling.look(filling.steps_of(step))
    text = say("Ta strona była otwarta zbyt długo. Twoje odpowiedzi są na niej – sprawdź je i wyślij jeszcze raz.")
    page = show(filling, step, key=request.form.get("_draft", ""), notice=str(text))
    page.status_code = 400
    return page
