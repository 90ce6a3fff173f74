"""What a change touches on the page while a step is filled in: pieces that htmx puts in place, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, request
from markupsafe import Markup

from forms.answers import Outcome
from forms.definition import Field, Step
from forms.judging import Failure
from forms.wording import say_n
from views.drawing import Drawing
from views.filling import Filling
from views.pages import part, trigger
from views.showing import saved_line, step_url


def update(
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
    pieces.append(
        Markup('<div id="live" role="status" class="visually-hidden" hx-swap-oob="true">{}</div>').format(message)
    )
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
    elif path != changed and not each.type.asks or path != changed and _redrawn(each):
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


def _live_failures(filling: Filling, found: Outcome) -> list[Failure]:
    """While filling in, only what compares answers is said at once; that something is missing waits for „Dalej”."""
    return [failure for failure in filling.judge(found) if failure.kind == "check"]
