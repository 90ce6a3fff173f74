"""A response being filled in: opened by its link, read from what was sent, saved. No HTML here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, cast

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from forms.answers import Outcome, Working, walk
from forms.builder import StepForm, step_form
from forms.definition import Field, Form, Step
from forms.judging import Failure, judge
from forms.plan import Plan
from forms.wording import Say, language
from records import access, files, responses
from records.database import writing
from records.files import FileEmpty, FileTooLarge, FileTypeWrong, StoredFile
from records.responses import Response
from views.services import now, services


@dataclass
class Filling:
    """A form in some person's hands: perhaps not saved yet, a draft, or a correction of what was sent."""

    form: Form
    plan: Plan
    working: Working
    response: Response | None = None
    moved: bool = False  # the form has changed since the draft was saved
    refused_files: dict[str, list[Say]] = field(default_factory=dict)
    _found: Outcome | None = None  # of the last walk, until the working copy changes

    @classmethod
    def fresh(cls, form: Form) -> Filling:
        """Nothing answered yet, but what the address gives to hidden fields."""
        asked = [each for each in form.fields if each.type.asked_of and request.args.get(each.type.asked_of)]
        answers = {each.name: request.args[each.type.asked_of].strip()[:500] for each in asked}
        return cls(form, services().catalogue.plan(form), Working(answers))

    @classmethod
    def of(cls, response: Response) -> Filling | None:
        """What stands in the working copy, under the form as it is now (a correction: as it was sent); None without one."""
        kept = response.working
        if kept is None or response.working_version_id is None:
            return None
        current = services().catalogue.get(response.slug)
        stored = services().version(response.slug, response.working_version_id)
        form = stored if current is None else current
        working = Working.of(form, kept.answers, kept.typed, kept.seen)
        return cls(form, services().catalogue.plan(form), working, response, moved=form.hash != stored.hash)

    @property
    def token(self) -> str:
        """The private link's end; "" while nothing is saved."""
        return access.token(self.response, services().settings.secret_key) if self.response else ""

    @property
    def correcting(self) -> bool:
        """Whether this corrects something already sent."""
        return self.response is not None and self.response.reference is not None

    def outcome(self) -> Outcome:
        """Which questions are asked and what is computed, as things stand."""
        if self._found is None:
            self._found = walk(self.plan, self.working, services().env())
        return self._found

    def judge(self, found: Outcome) -> list[Failure]:
        """Everything in the whole form that does not pass."""
        return judge(self.plan, self.working, found)

    def steps_of(self, step: Step) -> Sequence[Step]:
        """The steps that share a page with this one."""
        return self.form.steps if self.form.journey == "page" else (step,)

    def begin(self, key: str | None = None) -> None:
        """Saves for the first time, under `key` (from the page, so that a double click begins only one draft)."""
        self.response = responses.begin(
            self.form.slug, services().version_id(self.form), self._stored(), language.get(), now(), key
        )

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
        )

    def _stored(self) -> responses.Working:
        return responses.Working(
            self.working.kept(self.form), dict(self.working.typed), tuple(sorted(self.working.seen))
        )

    def take(self, steps: Sequence[Step], key: str | None = None) -> StepForm:
        """Reads what was sent for these steps and saves it, in one transaction; begins the draft (`key`) if there is none."""
        if self.response is None and any(each.type.uploads for _, each in file_fields(_fields(steps), request.form)):
            self.begin(key)
        sent = Sent(self, steps)
        with writing():
            self._reload(key)
            form = step_form(self.plan, tuple(step.id for step in steps))(
                self.plan, steps, self.working, services().env(), sent
            )
            self._found = form.outcome
            if self.response is None:
                self.begin(key)
            elif self.response.working is not None:
                self.save()
        return form

    def look(self, steps: Sequence[Step]) -> None:
        """Reads what was sent for these steps only to show it again: nothing is saved, no file is taken."""
        texts = MultiDict(request.form)
        for path, _ in file_fields(_fields(steps), texts):
            texts.poplist(path)
        step_form(self.plan, tuple(step.id for step in steps))(self.plan, steps, self.working, services().env(), texts)
        self._found = None

    def change(self, act: Callable[[Working], object]) -> None:
        """Changes the working copy and saves it, in one transaction."""
        with writing():
            self._reload(None)
            act(self.working)
            self._found = None
            self.save()

    def _reload(self, key: str | None) -> None:
        """What is stored now, under the lock: another tab may have saved other steps meanwhile."""
        known = self.response.key if self.response else key
        again = responses.load(known) if known else None
        if again is not None:
            self.response = again
            self._found = None
            if again.working is not None:
                self.working = Working.of(self.form, again.working.answers, again.working.typed, again.working.seen)


class Sent(MultiDict[str, str]):
    """The submitted texts; for questions answered with files, the files kept so far and those that came now."""

    def __init__(self, filling: Filling, steps: Sequence[Step]) -> None:
        super().__init__(request.form)
        for path, each in file_fields(_fields(steps), self):
            self.setlist(path, self._files(filling, path, each))

    def _files(self, filling: Filling, path: str, each: Field) -> list[str]:
        store, response = services().files, filling.response
        if response is None:
            return []
        dropped = set(request.form.getlist("_drop"))
        store.remove(kept for kept in _kept(response.id, path) if f"{path}:{kept.id}" in dropped)
        for upload in request.files.getlist(f"{path}--upload"):
            if upload.filename:
                self._keep(filling, path, each, upload)
        return [
            json.dumps(
                {"id": str(kept.id), "name": kept.name, "size": kept.size, "type": kept.media_type}, ensure_ascii=False
            )
            for kept in _kept(response.id, path)
        ]

    def _keep(self, filling: Filling, path: str, each: Field, upload: FileStorage) -> None:
        type_: Any = each.type
        try:
            services().files.keep(
                cast(BinaryIO, upload.stream),
                name=upload.filename or "",
                accept=type_.accept,
                max_size=type_.max_size,
                response_id=filling.response.id if filling.response else 0,
                path=path,
                now=now(),
            )
        except FileEmpty:
            filling.refused_files.setdefault(path, []).append(type_.refused_empty())
        except FileTooLarge:
            filling.refused_files.setdefault(path, []).append(type_.refused_size())
        except FileTypeWrong:
            filling.refused_files.setdefault(path, []).append(type_.refused_type())


def _fields(steps: Sequence[Step]) -> list[Field]:
    return [each for step in steps for each in step.fields]


def _kept(response_id: int, path: str) -> list[StoredFile]:
    return [kept for kept in files.of_responses([response_id]) if kept.path == path]


def file_fields(fields: Iterable[Field], sent: MultiDict[str, str], path: str = "") -> Iterable[tuple[str, Field]]:
    """(path, field) of every question on the page that is answered with files, in the items of groups too."""
    for each in fields:
        here = f"{path}{each.name}"
        if each.type.uploads:
            yield here, each
        elif each.fields and each.type.repeats:
            for index in sent.getlist(f"{here}--item"):
                yield from file_fields(each.fields, sent, f"{here}-{index}-")
        elif each.fields:
            yield from file_fields(each.fields, sent, f"{here}-")


def may_send(form: Form, response: Response | None, moment: datetime) -> bool:
    """Whether what was begun may still be sent: before the form closes, or in the grace after if begun in time."""
    if form.state == "archived" or form.not_yet(moment):
        return False
    if response is not None and response.reference is not None:
        return may_correct(form, moment)
    begun_in_time = response is not None and not form.over(response.begun_at)
    return not form.over(moment, grace=begun_in_time)


def may_correct(form: Form, moment: datetime) -> bool:
    """Whether a sent response may be corrected now (`edit_until`)."""
    limit = form.edit_until
    if limit.never or form.anonymous:
        return False
    if limit.at is not None:
        return moment <= limit.at
    if limit.after_close is None or form.closes is None:
        return True
    return moment <= form.closes + limit.after_close
