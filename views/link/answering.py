"""Some questions of a response on a page of their own: which they are, read, drawn, and whether they may be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from flask import request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from forms.answers import Outcome
from forms.builder import explain
from forms.definition import Field
from forms.differing import followed
from forms.gathering import take
from forms.judging import Failure
from forms.questions import Question, answers_at, changed, inside, outermost, questions
from records import responses
from records.database import writing
from records.desk.returned import Asked, Request
from records.responses import Conflict, Response
from views.services import now
from views.steps import joining
from views.steps.correcting import as_sent, new_failures, read_by
from views.steps.drawing import Drawing, inner_watched
from views.steps.filling import Filling
from views.uploading import take_in


@dataclass
class Answering:
    """The questions that staff returned, in the hands of whoever sent the response.

    Besides them only what must go with them is on the page: questions that their new answers bring up, and those that a
    check now sets against them. All other answers stay as they were sent.
    """

    filling: Filling
    asked: Request
    shown: frozenset[str] = frozenset()  # the conditional questions that were on the page that was sent
    came: list[str] = field(default_factory=list)  # questions that were not on the page that was sent
    _page: tuple[Outcome, list[Question]] | None = None  # of the last walk

    @classmethod
    def of(cls, stored: Response, asked: Request) -> Answering:
        """The page as it stands: what has been typed so far, else as it was sent."""
        filling = Filling.of_sent(stored)
        before = as_sent(filling)[0].answers
        # A correction begun before may have removed items, and then the others are elsewhere.
        places = [followed(filling.form, before, filling.working.answers, each.path) for each in asked.questions]
        here = [replace(each, path=place) for each, place in zip(asked.questions, places, strict=True) if place]
        return cls(filling, replace(asked, questions=tuple(here)))

    @property
    def found(self) -> Outcome:
        """The answers as they are now."""
        return self.filling.outcome()

    @cached_property
    def sent(self) -> Outcome:
        """The answers as they were sent."""
        return as_sent(self.filling)[1]

    def remark(self, path: str) -> str:
        """What staff wrote to the question at this path; "" where it was not returned."""
        return next((each.remark for each in self.asked.questions if each.path == path), "")

    def failures(self) -> list[Failure]:
        """What stops sending because of what is answered here."""
        return [each for each in new_failures(self.filling, self.found) if each.stops]

    def paths(self) -> frozenset[str]:
        """Where the questions of the page stand."""
        every = {each.path: each for each in questions(self.found)}
        answered = {path for path, each in every.items() if each.field.type.asks or each.field.fields}
        wanted = set(self.asked.paths) | (answered - self.sent.asked) | changed(self.sent, self.found)
        wanted |= {path for failure in self.failures() for path in self._concerned(failure)}
        return outermost(wanted & every.keys())

    def questions(self) -> list[Question]:
        """The questions of the page: first those returned, in the order of the form, then what goes with them."""
        if self._page is None or self._page[0] is not self.found:
            paths = self.paths()
            here = [each for each in questions(self.found) if each.path in paths]
            self._page = self.found, sorted(here, key=lambda each: not self.returned(each.path))
        return self._page[1]

    def returned(self, path: str) -> bool:
        """Whether staff returned this question, or one within it."""
        return any(each == path or inside(each, path) for each in self.asked.paths)

    def read(self) -> None:
        """Takes what was sent for the questions that were on the page, puts it together with what others have saved in
        the correction meanwhile, and saves it, in one transaction."""
        with writing():
            steps = [step.id for step in self.filling.form.steps]
            if self.filling.response is not None:
                self.filling.response = responses.correct(self.filling.response.key, now(), steps)
                if responses.with_office(self.filling.response):  # it has passed into other hands this very moment
                    raise Conflict(self.filling.response)
                self.filling = Filling.of_sent(self.filling.response)
            here = self.questions()
            self._take(here)
            self.filling.save()
        before = {each.path for each in here}
        self.came = [
            each.path for each in self.questions() if each.path not in before and each.path not in self.sent.asked
        ]

    def look(self) -> None:
        """Reads what was sent only to show it again: nothing is saved, no file is taken."""
        self._take(self.questions(), files=False)

    def unchanged(self) -> list[Asked]:
        """The returned questions whose answers are as they were."""
        touched = changed(self.sent, self.found)
        return [
            each
            for each in self.asked.questions
            if each.path in self.found.asked
            and not any(path == each.path or inside(path, each.path) for path in touched)
        ]

    def draw(self, drawing: Drawing) -> list[tuple[Question, Markup]]:
        """Each question of the page with its inputs."""
        return [(each, self._draw(drawing, each)) for each in self.questions()]

    def drawing(self, failures: Sequence[Failure]) -> Drawing:
        """What draws the questions; explanations of warnings, and choices between two versions, stay in sight."""
        told = {(each.path, each.key) for each in failures}
        every = self.filling.judge(self.found)
        lasting = [each for each in every if each.lasting and (each.path, each.key) not in told]
        seats = self.filling.seats(self.found)
        return Drawing(self.filling.plan, self.found, self.filling.working, [*failures, *lasting], seats)

    def tops(self) -> list[Field]:
        """The top-level questions that hold those of the page."""
        names = {each.path.partition("-")[0] for each in self.questions()}
        return [each for each in self.filling.form.fields if each.name in names]

    def items(self) -> list[tuple[str, str]]:
        """Hidden inputs that say in which items of groups the questions of the page are, as those of a whole group do."""
        found: dict[tuple[str, str], None] = {}
        for each in self.questions():
            parts = each.path.split("-")
            for at, part in enumerate(parts):
                if part.isdecimal():
                    found["-".join(parts[:at]) + "--item", part] = None
        return list(found)

    def _take(self, here: Sequence[Question], *, files: bool = True) -> None:
        working = self.filling.working
        sent: MultiDict[str, str] = MultiDict(request.form)
        if not files:
            here = [each for each in here if not each.field.type.attached]
        elif self.filling.response is not None:
            tops, stored = self.tops(), self.filling.response
            came = take_in(tops, stored.id) if self.filling.plan.uploads else None
            sent = came.texts if came is not None else sent
            joined = self.filling.joined = joining.join(tops, sent, working, self.filling.outcome, stored)
            sent = joined.sent or sent
            if came is not None:
                sent = joining.with_files(joined, came, tops, sent, stored.id, working)
                self.filling.refused_files = came.refused
        self.shown = frozenset(sent.getlist("_shown"))
        for each in here:
            answers = answers_at(self.filling.form, working.answers, each.path)
            if answers is not None:
                take(each.field, each.path, sent, answers, working.typed, self.shown)
        explain(sent, working.explained, {each.path.partition("-")[0] for each in here})
        self.filling.look_again()

    def _concerned(self, failure: Failure) -> Iterator[str]:
        """The questions that can mend a failure: the one that shows it, and those that its check reads."""
        place = failure.path.rpartition("-")[0]
        item = failure.path if failure.path in self.found.items else place
        yield failure.path
        if item == failure.path:
            yield item.rpartition("-")[0]
        for name in read_by(self.filling.plan, failure):
            yield name
            yield f"{item}-{name}"

    def _draw(self, drawing: Drawing, each: Question) -> Markup:
        watched = each.path in self.filling.plan.watched
        if each.items:
            group = next(
                one.field for one in questions(self.found) if one.field.fields and each.field in one.field.fields
            )
            watched = group.name in self.filling.plan.watched or each.field.name in inner_watched(group)
        return drawing.field(each.field, each.path, each.values, each.env, watched)
