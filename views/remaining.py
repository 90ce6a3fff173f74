"""How much of a form remains and how long that takes, and what to have at hand before beginning: estimates, in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import timedelta

from forms.answers import Outcome
from forms.definition import Field, Form, Step
from forms.progress import questions
from forms.spans import WARSAW
from forms.wording import Say, long_date, say_n
from views.markdown import typographic
from views.services import services
from views.steps.drawing import static
from views.steps.filling import Filling

SECONDS_AN_ANSWER = 15  # reading a question and answering it; measured on nothing but ourselves, hence „około”
SECONDS_A_FURTHER_PART = 8  # each further row or cell of the same question
SECONDS_A_FILE = 60  # finding it takes longer than choosing it
MOST_AT_HAND = 6


def seconds(field: Field) -> int:
    """How long a question usually takes; a group as if it had its fewest items."""
    if field.fields:
        return sum(seconds(each) for each in field.fields) * max(1, field.type.least)
    if not field.type.asks:
        return 0
    if field.type.uploads:
        return SECONDS_A_FILE
    return SECONDS_AN_ANSWER + SECONDS_A_FURTHER_PART * max(0, len(field.type.parts) - 1)


def about(whole: int) -> Say:
    """`około 4 minuty`, never less than one."""
    return say_n("około {n} minuty", "około {n} minut", max(1, math.ceil(whole / 60)))


def whole_time(form: Form) -> str:
    """How long the whole form takes."""
    return str(about(sum(seconds(each) for each in form.fields)))


def remains(filling: Filling, found: Outcome) -> str:
    """`Zostało 5 pytań, około 4 minuty`; "" when nothing does. Optional questions that were passed over do not count."""
    left = [each for step in found.steps for each in _open(found, step, step.id in filling.working.seen)]
    if not left:
        return ""
    time = str(about(sum(seconds(each) for each in left)))
    return str(say_n("Zostało {n} pytanie, {time}", "Zostało {n} pytań, {time}", len(left), time=time))


def _open(found: Outcome, step: Step, seen: bool) -> Iterator[Field]:
    """The questions of a step that wait for an answer; a list that has none yet as if it had one item, unless it may stay so."""
    for each, answered, required in questions(step.fields, "", found.values, found.asked, found.env, found.items):
        if not answered and (required or not seen):
            yield each
    for group in step.fields:
        if group.fields and group.type.repeats and group.name in found.asked and not found.values.get(group.name):
            waits = not seen or group.type.least
            yield from (each for each in group.fields if waits and each.type.asks and each.when is None)


def at_hand(form: Form) -> list[str]:
    """The files that a form asks for, as its questions call them."""
    return [typographic(static(each.label)) for each in _files(form.fields)][:MOST_AT_HAND]


def _files(fields: Iterable[Field]) -> Iterator[Field]:
    for each in fields:
        if each.type.uploads:
            yield each
        elif each.fields:
            yield from _files(each.fields)


def kept_until(filling: Filling) -> str:
    """The day until which a draft is kept if nobody touches it; "" for a correction, which stays with what it corrects."""
    if filling.response is None or filling.correcting:
        return ""
    until = filling.response.saved_at + timedelta(days=services().settings.draft_days)
    return long_date(until.astimezone(WARSAW).date())
