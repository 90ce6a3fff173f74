"""A response being filled in: opened by its link, read from what was sent, saved. No HTML here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import request
from werkzeug.datastructures import MultiDict

from forms.answers import Outcome, Working, walk
from forms.builder import StepForm, step_form
from forms.deadlines import allows
from forms.definition import Field, Form, Step
from forms.expressions import Env
from forms.judging import Failure, judge
from forms.moving import move
from forms.plan import Plan
from forms.together import Together, in_order, numbered
from forms.wording import language
from records import access, responses
from records.bookings.lifecycle import OVER
from records.database import writing
from records.responses import Response
from views import acting, owed, series
from views.pages import wants_part
from views.services import now, services
from views.steps import attaching, clashing, joining
from views.steps.joining import Joined
from views.steps.places import Seats, seats
from views.uploading import Came, Refusals, file_places, forget, take_in


@dataclass
class Filling:
    """A form in some person's hands: perhaps not saved yet, a draft, or a correction of what was sent."""

    form: Form
    plan: Plan
    working: Working
    response: Response | None = None
    moved: bool = False  # the form has changed since the draft was saved
    shared: str = ""  # the token of a link to one step, when these are the hands of whoever it was given to
    office: str = ""  # the key of the response, when these are the hands of staff who correct it
    refused_files: Refusals = field(default_factory=dict)
    joined: Joined = field(default_factory=Joined)  # what was sent, put together with what others have saved meanwhile
    follows: int | None = None  # before a draft is saved: the id of the response of the series that it goes on from
    _found: Outcome | None = None  # of the last walk, until the working copy changes
    _seats: tuple[Outcome, Seats | None] | None = None
    _token: str = ""

    @classmethod
    def fresh(cls, form: Form) -> Filling:
        """Nothing answered yet, but what the address gives to hidden fields, and the gmina and period of a series."""
        given = request.args
        asked = [each for each in form.fields if given.get(each.type.asked_of)] if given else ()
        answers = {each.name: given[each.type.asked_of].strip()[:500] for each in asked}
        named = owed.first_answers(form)
        answers.update(named)
        earlier = series.earlier(form)
        if earlier is not None:
            answers.update(series.next_answers(form, earlier))
        follows = earlier.id if earlier is not None else None
        working = Working(answers, period=series.period_of(form, named), begins=True)
        return cls(form, services().catalogue.plan(form), working, follows=follows)

    @classmethod
    def of(cls, response: Response) -> Filling | None:
        """What stands in the working copy, under the form as it is now (a correction: as it was sent); None without one."""
        kept = response.working
        if kept is None or response.working_version_id is None:
            return None
        current = services().catalogue.get(response.slug)
        stored = _saved_under(response)
        form = stored if current is None else current
        if form is None:
            return None
        moved = stored is None or form.hash != stored.hash
        working = _working(form, stored, kept, response)
        return cls(form, services().catalogue.plan(form), working, response, moved)

    @classmethod
    def of_sent(cls, response: Response, office: str = "") -> Filling:
        """A correction under the version that was answered, whatever the form has become since: as far as it was filled in."""
        form, kept = services().version(response.slug, response.version_id or 0), response.working
        if kept is None:
            working = Working.of(form, response.answers or {}, {}, [step.id for step in form.steps])
        else:
            working = _working(form, _saved_under(response), kept, response)
        return cls(form, services().catalogue.plan(form), working, response, office=office)

    @property
    def token(self) -> str:
        """The private link's end; "" while nothing is saved, and in hands that do not hold that link."""
        if self.response is None or self.shared or self.office:
            return ""
        if not self._token:  # a response keeps its key and secret while it is in these hands
            self._token = acting.inside() or access.token(self.response, services().settings.secret_key)
        return self._token

    @property
    def correcting(self) -> bool:
        """Whether this corrects something already sent."""
        return self.response is not None and self.response.reference is not None

    def outcome(self) -> Outcome:
        """Which questions are asked and what is computed, as things stand."""
        if self._found is None:
            self._found = walk(self.plan, self.working, self.env())
        return self._found

    def env(self) -> Env:
        """What expressions see of the world, and of the previous period where that may be seen."""
        follows = self.response.follows if self.response is not None else self.follows
        return series.env(self.form, self.working, follows, self.response.id if self.response is not None else None)

    def judge(self, found: Outcome) -> list[Failure]:
        """Everything in the whole form that does not pass."""
        failures = judge(self.plan, self.working, found)
        seats = self.seats(found)
        failures += self.clashes(found)
        return failures if seats is None else [*failures, *seats.failures(found)]

    def clashes(self, found: Outcome) -> list[Failure]:
        """What two people have written at once, until somebody chooses."""
        return clashing.failures(self.plan, self.working, found) if self.working.together.clashes else []

    def seats(self, found: Outcome) -> Seats | None:
        """What is left of the form's places for these answers; None for a form without places. One query a request."""
        if self.form.places and (self._seats is None or self._seats[0] is not found):
            self._seats = (found, seats(self.form, self.response, found))
        return self._seats[1] if self._seats is not None else None

    def steps_of(self, step: Step) -> Sequence[Step]:
        """The steps that share a page with this one."""
        return self.form.steps if self.form.journey == "page" and not self.shared else (step,)

    def begin(self, key: str | None = None) -> bool:
        """Saves for the first time, under `key` (from the page, so that a double click begins only one draft).

        False when something else is already saved under the key: the response is that one then.
        """
        stored = self._stored()
        self.response = responses.begin(
            self.form.slug, services().version_id(self.form), stored, language.get(), now(), key, self.follows
        )
        return self.response.working == stored

    def save(self) -> None:
        """Keeps the working copy as it is now."""
        if self.response is None:
            raise RuntimeError("begin first")
        self.response = responses.save(
            self.response,
            self._stored(),
            version_id=services().version_id(self.form),
            revision=self.response.revision,
            now=now(),
            language="" if self.shared or self.office else language.get(),
        )

    def _stored(self) -> responses.Working:
        working = self.working
        office = self.response.working.office if self.response is not None and self.response.working is not None else {}
        kept, typed, seen = working.kept(self.form), dict(working.typed), tuple(sorted(working.seen))
        news, together, about = working.news.kept(), working.together.kept(), series.begun_for(self.form, working)
        return responses.Working(kept, typed, seen, news, office, together, about)

    def bring_files(self) -> None:
        """Files go along with questions that have been renamed since the draft was saved."""
        if self.moved and self.plan.uploads and self.response is not None:
            attaching.bring(self.form, self.response)

    def take(self, steps: Sequence[Step], key: str | None = None) -> StepForm:
        """Reads what was sent for these steps and saves it, in one transaction; begins the draft (`key`) if there is none."""
        self.bring_files()
        uploads = self.plan.uploads and any(file_places(_fields(steps), request.form))
        if self.response is None and not uploads:
            form = self._read(steps, request.form)  # nothing is stored yet, so nothing needs to be locked while reading
            if self.begin(key):
                return form
        elif self.response is None:
            self.begin(key)
        sent: MultiDict[str, str] = request.form
        came: Came | None = None
        if uploads and self.response is not None:
            came = take_in(_fields(steps), self.response.id)
            sent = came.texts
        with writing():
            self._reload()
            if self.response is not None and self.response.working is not None:
                self.joined = joining.join(_fields(steps), sent, self.working, self.outcome, self.response)
                sent = self.joined.sent or sent
                if came is not None:
                    sent = joining.with_files(self.joined, came, _fields(steps), sent, self.response.id, self.working)
                    self.refused_files = came.refused
            elif came is not None:
                forget(came)
            form = self._read(steps, sent)
            if self.working.news and not wants_part():
                self.working.news.seen(each.name for each in _fields(steps))
            if self.response is not None and self.response.working is not None:
                self.save()
                acting.note(self.response, [step.id for step in steps])
        return form

    def _read(self, steps: Sequence[Step], sent: MultiDict[str, str]) -> StepForm:
        make = step_form(self.plan, tuple([step.id for step in steps]))
        form = make(self.plan, steps, self.working, self.env(), sent)
        self._found = form.outcome
        return form

    def look(self, steps: Sequence[Step]) -> None:
        """Reads what was sent for these steps only to show it again: nothing is saved, no file is taken."""
        texts = MultiDict(request.form)
        for path, _ in file_places(_fields(steps), texts):
            texts.poplist(path)
        self._read(steps, texts)

    def look_again(self) -> None:
        """Answers have been put into the working copy: what is asked and computed is worked out anew when it is wanted."""
        self._found = None

    def change(self, act: Callable[[Working], object]) -> None:
        """Changes the working copy and saves it, in one transaction."""
        with writing():
            self._reload()
            act(self.working)
            self._found = None
            if self.response is not None:  # pages drawn before count items otherwise
                self.working.together.since = self.response.revision + 1
            self.save()

    def on_page(self, path: str) -> str:
        """The group or item that the page calls so, items by number: where it is now is known under the lock only."""
        return numbered(path, self.joined.frame)

    def places_on_page(self, paths: Iterable[str]) -> list[tuple[str, str]]:
        """(path, the path under which the page has it) of those that are on the page."""
        ids = self.working.together.ids
        both = [(path, in_order(numbered(path, ids), self.joined.frame)) for path in dict.fromkeys(paths)]
        return [(path, place) for path, place in both if place]

    def elsewhere(self) -> set[str]:
        """The groups whose items the page counts otherwise than the draft does, since others have added or removed some."""
        return {name.partition("-")[0].partition("#")[0] for name in self.joined.uneven}

    def _reload(self) -> None:
        """What is stored now, under the lock: another tab may have saved other steps meanwhile."""
        again = responses.load(self.response.key) if self.response else None
        if again is not None:
            if again.working is not None and bool(again.working.office) != bool(self.office):
                again = replace(again, working=None)  # in other hands: here nothing is filled in any more
            self.response = again
            self._found = None
            if again.working is not None:
                self.working = _working(self.form, _saved_under(again), again.working, again)


def _saved_under(response: Response) -> Form | None:
    """The version that the working copy was saved under; None when today's rules of the language refuse it."""
    try:
        return services().version(response.slug, response.working_version_id or 0)
    except ValueError:
        return None


def _working(form: Form, saved_under: Form | None, kept: responses.Working, response: Response) -> Working:
    """The working copy as it stands under this form; moved there when it was saved under another version."""
    if saved_under is None or saved_under.hash == form.hash:
        working = Working.of(form, kept.answers, kept.typed, kept.seen, kept.news)
    else:
        working = move(saved_under, form, kept.answers, kept.typed, kept.seen, kept.news)
    working.begins, working.period = response.reference is None, response.period or kept.about or None
    working.gmina, working.together = response.page, Together.of(kept.together)
    return working


def _fields(steps: Sequence[Step]) -> list[Field]:
    return [each for step in steps for each in step.fields]


def may_send(form: Form, response: Response | None, moment: datetime) -> bool:
    """Whether what was begun may still be sent: before the form closes, or in the grace after if begun in time."""
    if form.state == "archived" or form.not_yet(moment):
        return False
    if response is not None and response.reference is not None:
        return may_correct(form, response, moment)
    begun_in_time = response is not None and not form.over(response.begun_at)
    return not form.over(moment, grace=begun_in_time) or owed.still(form, response, moment)


def may_correct(form: Form, response: Response, moment: datetime) -> bool:
    """Whether a sent response may be corrected now: until `edit_until`, or as long as staff allow this one."""
    if form.anonymous or response.state in OVER:
        return False
    if response.edit_until is not None and moment <= response.edit_until:
        return True
    return allows(form, form.edit_until, moment) or owed.still(form, response, moment)
