"""What a change touches on the page while a step is filled in: pieces that htmx puts in place, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from flask import Response, request
from markupsafe import Markup

from forms.answers import Outcome
from forms.definition import Field, Step
from forms.judging import CONFLICT, Failure
from forms.wording import Say, say, say_n
from views.pages import part, trigger
from views.steps import beside, joining, showing
from views.steps.drawing import Drawing
from views.steps.filling import Filling
from views.steps.showing import languages, passing, saved_line, step_url


def update(
    filling: Filling, step: Step, shown: frozenset[str], *, force: Iterable[str] = (), focus: str = "", notice: str = ""
) -> Response:
    """The pieces of the page that a change touches: questions that came or went, computed values, checks.

    `shown` are the paths of the conditional questions on the page; `force` names questions to be drawn again whole;
    `focus` is the path of the item that the person goes on with, `notice` a word on what was done.
    """
    found = filling.outcome()
    changed = trigger().removeprefix("f-")
    names = frozenset((changed.partition("-")[0], changed.split("-")[-1]))
    failures = [*_live_failures(filling, found, filling.plan.speaking(names)), *refused_files(filling, step)]
    whole = frozenset(force) | filling.joined.touched
    elsewhere = filling.elsewhere() - whole
    drawing = Drawing(filling.plan, found, filling.working, failures, filling.seats(found))
    updating = Updating(drawing, shown, changed, filling.plan.speaking(names), whole | _uploaded())
    fields = [inner for each in filling.steps_of(step) for inner in each.fields if inner.name not in elsewhere]
    pieces = [piece for inner in fields for piece in updating.top(inner)]
    pieces += clashes(filling, drawing, whole)
    now = (filling.working, filling.response, filling.plan.fields)
    pieces.append(joining.seen_again(filling.joined, drawing.drawn, whole, *now))
    # Only the text within these regions changes: a region that is put in anew is not announced.
    pieces.append(live(len(updating.came)))
    if notice:
        said = showing.notice(notice)
        pieces.append(Markup('<div id="notice" data-hx-swap-oob="innerHTML">{}</div>').format(said))
    pieces.append(Markup('<div id="saved" data-hx-swap-oob="innerHTML">{}</div>').format(saved_line(filling)))
    url = step_url(filling, step)
    if request.path == url:
        url = ""
    else:  # saved for the first time: another language leads back to this draft, and it can be handed over
        pieces.append(languages(url))
        pieces.append(Markup('<div id="share" data-hx-swap-oob="innerHTML">{}</div>').format(passing(filling, step)))
    return part(_focused(Markup("\n").join(pieces), focus), url=url)


def live(came: int) -> Markup:
    """What has changed on the page, said to those who do not see it; `came` is how many questions have appeared."""
    return Markup('<div id="live" data-hx-swap-oob="innerHTML">{}</div>').format(_news(came))


def _live_failures(filling: Filling, found: Outcome, speaking: frozenset[str]) -> list[Failure]:
    """While filling in, only checks that read what has just changed speak; that something is missing waits for „Dalej”."""
    failures = filling.judge(found)
    spoken = (each for each in failures if each.kind == "check" and each.path.split("-")[-1] in speaking)
    return [*spoken, *(each for each in failures if each.level == CONFLICT)]


def clashes(filling: Filling, drawing: Drawing, whole: frozenset[str]) -> list[Markup]:
    """The choices between two versions, at the places for errors of the questions that are not drawn again."""
    html = '<div class="field__error" id="{}--error" data-hx-swap-oob="true">{}</div>'
    there = filling.places_on_page(each.path for each in filling.clashes(drawing.outcome))
    return [Markup(html).format(place, drawing.said(path)) for path, place in there if path.split("-")[0] not in whole]


def refused_files(filling: Filling, step: Step) -> list[Failure]:
    """What is wrong with files that were sent and not kept."""
    found = ((place.partition("--"), each) for place, all_ in filling.refused_files.items() for each in all_)
    return [Failure(path, str(each), "file", step.id, part) for (path, _, part), each in found]


def _uploaded() -> frozenset[str]:
    """The questions that got files: drawn again, so that the files are listed and not sent a second time."""
    return frozenset(place.partition("-")[0] for place in _places_uploaded())


def _places_uploaded() -> list[str]:
    """The places that files came for: `plik`, `oceny--A04.photo`."""
    return [name.removesuffix("--upload") for name, file in request.files.items(multi=True) if file.filename]


def _news(came: int) -> Say | str:
    """What has changed on the page, for those who do not see it."""
    if "_add" in request.form:
        return say("Dodano pozycję.")
    if "_remove" in request.form:
        return say("Usunięto pozycję.")
    if "_drop" in request.form:
        return say("Usunięto plik.")
    return say_n("Pojawiło się {n} nowe pytanie.", "Pojawiło się {n} nowych pytań.", came) if came else ""


def _focused(html: Markup, added: str) -> Markup:
    """Marks where the script is to put focus: the item just added, the description of the file that came, the button that adds."""
    if added:
        mark = f'id="f-{added}"'
    elif "_remove" in request.form:
        mark = f'name="_add" value="{request.form["_remove"].rpartition("-")[0]}"'
    elif uploaded := _places_uploaded():
        mark = next(reversed(re.findall(rf'name="{re.escape(uploaded[-1])}--alt-\d+"', html)), "")
        if not mark:
            return html
    else:
        return html
    return Markup(str(html).replace(mark, f"{mark} data-focus", 1))


@dataclass
class Updating:
    """One change, and the pieces that it touches."""

    drawing: Drawing
    shown: frozenset[str]
    changed: str  # the path of what was changed
    speaking: frozenset[str]  # names of the fields at which checks that read it may speak
    force: frozenset[str]
    came: list[str] = field(default_factory=list)  # the questions that appeared

    def top(self, each: Field) -> Iterator[Markup]:
        """The pieces of a question of the step."""
        path, root = each.name, self.changed.partition("-")[0]
        plan = self.drawing.plan
        if path in self.force:
            yield from self._whole(each, path)
        elif root in plan.looks[path] or path == root or path in self.speaking:
            if self._moved(each, path):
                yield oob(self.drawing.top(each), path)
            elif path in self.drawing.outcome.asked:
                if each.fields:
                    yield from self._inner(each, path)
                elif path != self.changed and redrawn(each):
                    yield oob(self.drawing.top(each), path)
                else:
                    yield from self._errors(path)
                    found = self.drawing.outcome
                    yield from beside.pieces(each, path, found.values, found.env, found, self.changed)

    def _whole(self, each: Field, path: str) -> Iterator[Markup]:
        """The question whole; where files came to parts of it, those parts alone: what is typed meanwhile must stay."""
        html = str(self.drawing.top(each))
        parts = [place for place in _places_uploaded() if place.startswith(f"{path}--")]
        ids = [f"{place.partition('.')[0]}-files" for place in parts]  # htmx takes a dot for the start of a class
        pieces = [re.search(rf'<div id="{re.escape(each_id)}">.*?</details>\s*</div>', html, re.S) for each_id in ids]
        if not pieces or not all(pieces) or "_drop" in request.form:
            yield oob(Markup(html), path)
            return
        for piece in pieces:
            if piece is not None:
                yield Markup(piece[0].replace('-files"', '-files" data-hx-swap-oob="true"', 1))

    def _inner(self, group: Field, path: str) -> Iterator[Markup]:
        """The pieces within a group: of the item that was changed, or of all when the change was outside."""
        outcome = self.drawing.outcome
        value = outcome.values.get(group.name)
        entries = list(value or ()) if group.type.repeats else [value or {}]
        for index, item in enumerate(entries):
            place = f"{path}-{index}" if group.type.repeats else path
            if self.changed.startswith(f"{path}-") and not self.changed.startswith(f"{place}-"):
                continue
            for each in group.fields:
                here = f"{place}-{each.name}"
                moved = self._moved(each, here)
                if moved or (here in outcome.asked and here != self.changed and _follows(each) and redrawn(each)):
                    yield oob(self.drawing.field(each, here, item, outcome.items[place], True), here)
                elif here in outcome.asked:
                    yield from self._errors(here)
                    yield from beside.pieces(each, here, item, outcome.items[place], outcome, self.changed)

    def _moved(self, each: Field, path: str) -> bool:
        """Whether the question came or went."""
        was, is_ = path in self.shown or each.when is None, path in self.drawing.outcome.asked
        if is_ and not was:
            self.came.append(path)
        return was != is_

    def _errors(self, path: str) -> Iterator[Markup]:
        """The place of a question's errors, filled or emptied, where a check has something to say now."""
        if path.split("-")[-1] in self.speaking:
            html = '<div class="field__error" id="{}--error" data-hx-swap-oob="true">{}</div>'
            yield Markup(html).format(path, self.drawing.said(path))


def _follows(each: Field) -> bool:
    """Whether other answers have to do with this question at all."""
    return bool(each.reads) or bool(each.type.seats(each.name))


def redrawn(each: Field) -> bool:
    """Whether a question's own look (its value when computed, options offered, words, places) may change with others."""
    fixed = each.type.asks and each.type.options_fixed and each.label.fixed and not each.type.seats(each.name)
    return not fixed or (each.hint is not None and not each.hint.fixed)


def oob(html: Markup, path: str) -> Markup:
    """A question to be put in the place of the one with the same id."""
    mark = f'id="f-{path}"'
    return Markup(str(html).replace(mark, f'{mark} data-hx-swap-oob="true"', 1))
