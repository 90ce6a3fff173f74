"""Behind a private link: a colleague takes over the places of a participant, on one page, without losing any of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, abort, g, request, url_for
from markupsafe import Markup

from forms.answers import Outcome, Working, walk
from forms.definition import Field, Form
from forms.events.words import fixed, when_and_where
from forms.gathering import take
from forms.judging import Failure
from forms.wording import Say, say, say_n
from records import responses
from records.bookings import of_response
from records.database import writing
from views.link.booked import may_replace, participants
from views.link.respondent import open_link
from views.link.sending import send
from views.link.withdrawing import form_now, refused
from views.markdown import typographic
from views.pages import page, part, see, trigger, wants_part
from views.presenting import item_title
from views.security import csrf_token
from views.services import now, services
from views.steps.drawing import Drawing, inner_watched, static
from views.steps.filling import Filling
from views.steps.showing import error_summary
from views.steps.updating import Updating, live

replacing = Blueprint("replacing", __name__, url_prefix="/z/<token>")
replacing.url_value_preprocessor(open_link)


@dataclass
class Replacing:
    """One participant's item while somebody else is put in it.

    Places stay. What tells who somebody is, and what is sensitive, is asked anew; what was picked from a list (a night, a
    role) stands as it was, to be changed where the new person differs.
    """

    filling: Filling
    group: Field
    index: int
    before: str  # what the item was called

    @property
    def item(self) -> str:
        """The path of the item."""
        return f"{self.group.name}-{self.index}"

    @property
    def asked(self) -> Sequence[Field]:
        """The questions about the person: all but those that take places."""
        return [each for each in self.group.fields if not each.type.seats(f"{self.group.name}.{each.name}")]

    def clear(self) -> None:
        """Takes the answers about the person away."""
        items = self.filling.working.answers[self.group.name]
        about = {each.name for each in self.asked if not stays(each)}
        items[self.index] = {name: value for name, value in items[self.index].items() if name not in about}

    def read(self) -> frozenset[str]:
        """Reads what was sent; the paths of the conditional questions that were on the page."""
        working, shown = self.filling.working, frozenset(request.form.getlist("_shown"))
        answers = working.answers[self.group.name][self.index]
        for each in self.asked:
            take(each, f"{self.item}-{each.name}", request.form, answers, working.typed, shown)
        return shown

    def draw(self, found: Outcome, failures: Sequence[Failure]) -> tuple[Markup, Markup]:
        """The questions as they stand now: those asked anew, and those whose answers stand."""
        drawing = self.drawing(found, failures)
        values, env = found.values[self.group.name][self.index], found.items[self.item]
        watched = inner_watched(self.group)
        drawn: tuple[list[Markup], list[Markup]] = ([], [])
        for each in self.asked:
            html = drawing.field(each, f"{self.item}-{each.name}", values, env, each.name in watched)
            drawn[stays(each)].append(html)
        return Markup("\n").join(drawn[0]), Markup("\n").join(drawn[1])

    def drawing(self, found: Outcome, failures: Sequence[Failure]) -> Drawing:
        """What draws the questions."""
        return Drawing(self.filling.plan, found, self.filling.working, list(failures))

    def new(self, found: Outcome, shown: frozenset[str]) -> list[str]:
        """Conditional questions that are asked now and were not on the page."""
        paths = [f"{self.item}-{each.name}" for each in self.asked if each.when is not None and each.type.asks]
        return [path for path in paths if path in found.asked and path not in shown]

    def failures(self, found: Outcome) -> list[Failure]:
        """All that stops the response; what is not on this page is told without a link."""
        wrong = [failure for failure in self.filling.judge(found) if failure.stops]
        return [each if each.path.startswith(f"{self.item}-") else each._replace(path="") for each in wrong]


def stays(each: Field) -> bool:
    """Whether an answer is as good for a colleague: picked from a list, not sensitive, no consent, no words of one's own."""
    kind = each.type.kind
    personal = each.sensitive or each.type.personal or each.type.only or kind.other
    return not personal and kind.base in ("choice", "choices", "boolean")


@replacing.route("/zamien/<item>", methods=["GET", "POST"])
def colleague(item: str) -> Response:
    """The questions about a participant, to be answered for somebody else; sent at once as a correction."""
    form = form_now()
    if not may_replace(form, g.response, now()):
        return refused(say("Tej osoby nie można już zamienić na tej stronie. Napisz albo zadzwoń do nas."))
    taken = _taken(form, item)
    taken.clear()
    shown = taken.read() if request.method == "POST" else frozenset[str]()
    found = taken.filling.outcome()
    if request.method == "GET":
        return _show(taken, found, [])
    if wants_part():
        return _update(taken, found, shown)
    failures = taken.failures(found)
    new = taken.new(found, shown)
    if new and all(failure.path in new for failure in failures):
        text = say_n(
            "Po Twoich odpowiedziach pojawiło się {n} nowe pytanie.",
            "Po Twoich odpowiedziach pojawiło się {n} nowych pytań.",
            len(new),
        )
        return _show(taken, found, [], str(text))
    if failures:
        return _show(taken, found, failures)
    problem = _send(taken.filling, found)
    if problem is not None:
        return refused(problem)
    return see(url_for("respondent.response", token=g.token))


def _taken(form: Form, item: str) -> Replacing:
    stored: responses.Response = g.response
    name, _, index = item.rpartition("-")
    group = next((each for each in participants(form) if each.name == name), None)
    booked = [each for each in of_response(stored.id) if each.item == item]
    working = Working.of(form, stored.answers or {}, {}, [step.id for step in form.steps])
    if group is None or not booked or int(index) >= len(working.answers.get(name) or ()):
        abort(404)
    plan = services().catalogue.plan(form)
    before = item_title(form, walk(plan, working, services().env()), item)
    return Replacing(Filling(form, plan, working, stored), group, int(index), before)


class Undone(Exception):
    """Takes back what was begun."""


def _send(filling: Filling, found: Outcome) -> Say | None:
    """Corrects and sends in one transaction; what stands in the way, and nothing is changed then."""
    problem: Say | None = None
    try:
        with writing():
            filling.response = responses.correct(g.response.key, now(), filling.working.seen)
            filling.save()
            problem = send(filling, found)
            if problem is not None:
                raise Undone
    except Undone:
        return problem
    return None


def _update(taken: Replacing, found: Outcome, shown: frozenset[str]) -> Response:
    """The pieces of the page that a change touches; nothing is saved before the end."""
    changed = trigger().removeprefix("f-")
    updating = Updating(taken.drawing(found, []), shown, changed, frozenset(), frozenset())
    here = [f'id="f-{taken.item}-{each.name}"' for each in taken.asked]
    pieces = [piece for piece in updating.top(taken.group) if any(mark in piece for mark in here)]
    return part(Markup("\n").join([*pieces, live(len(updating.came))]))


def _show(taken: Replacing, found: Outcome, failures: list[Failure], notice: str = "") -> Response:
    form = taken.filling.form
    asked, kept = taken.draw(found, failures)
    held = [form.places[each.event] for each in of_response(g.response.id) if _keeps(each.item, each.event, taken)]
    titles = [", ".join(part for part in (fixed(event.title), when_and_where(event)) if part) for event in held]
    return page(
        "public/replace.html",
        status=422 if failures else 200,
        form_title=static(form.title),
        error_prefix=f"{say('Błąd:')} " if failures else "",
        before=typographic(taken.before),
        places=[typographic(title) for title in dict.fromkeys(titles)],
        notice=notice,
        summary=error_summary(failures) if failures else "",
        fields=asked,
        kept=kept,
        action=request.path,
        csrf=csrf_token(),
        back_url=url_for("respondent.response", token=g.token),
    )


def _keeps(item: str, event: str, taken: Replacing) -> bool:
    return item == taken.item and event in taken.filling.form.places
