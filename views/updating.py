"""What a change touches on the page while a step is filled in: pieces that htmx puts in place, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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
    """The pieces of the page that a change touches: questions that came or went, computed values, checks.

    `shown` are the paths of the conditional questions on the page; `force` names questions to be drawn again whole;
    `focus` is the path of the item that the person goes on with.
    """
    found = filling.outcome()
    changed = trigger().removeprefix("f-")
    names = frozenset((changed.partition("-")[0], changed.split("-")[-1]))
    drawing = Drawing(filling.plan, found, filling.working, _live_failures(filling, found, names))
    updating = Updating(drawing, shown, changed, filling.plan.speaking(names), frozenset(force))
    pieces = [piece for each in filling.steps_of(step) for inner in each.fields for piece in updating.top(inner)]
    came = len(updating.came)
    message = say_n("Pojawiło się {n} nowe pytanie.", "Pojawiło się {n} nowych pytań.", came) if came else ""
    live = '<div id="live" role="status" class="visually-hidden" hx-swap-oob="true">{}</div>'
    pieces.append(Markup(live).format(message))
    pieces.append(Markup('<div class="saved" id="saved" hx-swap-oob="true">{}</div>').format(saved_line(filling)))
    if focus:
        pieces.append(Markup('<template id="focus" data-focus="{}"></template>').format(focus))
    url = step_url(filling, step)
    return part(Markup("\n").join(pieces), url=url if request.path != url else "")


def _live_failures(filling: Filling, found: Outcome, names: frozenset[str]) -> list[Failure]:
    """While filling in, only checks that read what has just changed speak; that something is missing waits for „Dalej”."""
    failures = filling.judge(found)
    return [each for each in failures if each.kind == "check" and filling.plan.hears(each.names, names)]


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
            yield oob(self.drawing.top(each), path)
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
                if moved or (here in outcome.asked and here != self.changed and each.reads and redrawn(each)):
                    yield oob(self.drawing.field(each, here, item, outcome.items[place], True), here)
                elif here in outcome.asked:
                    yield from self._errors(here)

    def _moved(self, each: Field, path: str) -> bool:
        """Whether the question came or went."""
        was, is_ = path in self.shown or each.when is None, path in self.drawing.outcome.asked
        if is_ and not was:
            self.came.append(path)
        return was != is_

    def _errors(self, path: str) -> Iterator[Markup]:
        """The place of a question's errors, filled or emptied, where a check has something to say now."""
        if path.split("-")[-1] in self.speaking:
            html = '<div class="field__error" id="{}--error" hx-swap-oob="true">{}</div>'
            yield Markup(html).format(path, self.drawing.said(path))


def redrawn(each: Field) -> bool:
    """Whether a question's own look (its value when computed, options offered, words) may change with other answers."""
    fixed = each.type.asks and each.type.options_fixed and each.label.fixed
    return not fixed or (each.hint is not None and not each.hint.fixed)


def oob(html: Markup, path: str) -> Markup:
    """A question to be put in the place of the one with the same id."""
    mark = f'id="f-{path}"'
    return Markup(str(html).replace(mark, f'{mark} hx-swap-oob="true"', 1))
