"""What a correction has to do with what was sent before: which failures are its own, and whose it is when it is sent."""

from __future__ import annotations

from typing import Any

from forms.answers import Outcome, Working, clean, walk
from forms.differing import followed
from forms.judging import Failure
from forms.plan import Plan
from forms.questions import changed
from records import audit
from records.desk import office, returned
from views.series import answers_under
from views.services import now
from views.steps.filling import Filling


def as_sent(filling: Filling) -> tuple[Working, Outcome]:
    """What was last sent, under the form in these hands and as of today."""
    stored = filling.response
    if stored is None or stored.answers is None or stored.version_id is None:
        raise RuntimeError("nothing was sent yet")
    form = filling.form
    working = Working.of(form, stored.answers, {}, [step.id for step in form.steps])
    working.answers = answers_under(form, stored.version_id, stored.answers)
    return working, walk(filling.plan, working, filling.env())


def new_failures(filling: Filling, found: Outcome) -> list[Failure]:
    """What does not pass because of this correction: what stood in the answers before, though a rule of today is against it, stays.

    Whoever corrects one answer is not asked to mend others that were taken as they are.
    """
    working, before = as_sent(filling)
    old = Filling(filling.form, filling.plan, working, filling.response)
    known = {(each.path, each.part, each.kind, each.code, each.key) for each in old.judge(before) if each.stops}
    touched = changed(before, found) | set(filling.working.typed)
    names = {part for path in touched for part in path.split("-")}
    return [
        each
        for each in filling.judge(found)
        if each.path in touched
        or (each.path, each.part, each.kind, each.code, each.key) not in known
        or not names.isdisjoint(read_by(filling.plan, each))
    ]


def read_by(plan: Plan, failure: Failure) -> frozenset[str]:
    """The names that the check behind a failure reads; none where no check is behind it."""
    if failure.kind != "check":
        return frozenset()
    name = failure.path.rpartition("-")[2]
    return frozenset().union(*(reads for reads, at in plan.checks if ((name in at) if name else not at)))


def settle(filling: Filling, found: Outcome, reply: str | None) -> None:
    """In the transaction that sends a correction: keeps that staff made it, or that it answers what they had returned."""
    stored = filling.response
    if stored is None or stored.reference is None:
        return
    mark, request = made_by_office(filling), returned.of_open(stored.id)
    if request is not None:
        working, before = as_sent(filling)
        if mark or not returned.settle(stored, changed(before, found), now(), reply):
            after = clean(filling.form, found)
            places = {path: followed(filling.form, working.answers, after, path) for path in request.paths}
            returned.moved(request, places, stored, now(), actor(filling))
    if mark:
        office.sent(stored, mark, now())


def made_by_office(filling: Filling) -> dict[str, Any]:
    """Who of the staff makes this correction, and why; empty when it is the author's own."""
    stored = filling.response
    return stored.working.office if stored is not None and stored.working is not None else {}


def actor(filling: Filling) -> str:
    """Who sends what is in these hands, as the log names them."""
    mark = made_by_office(filling)
    return audit.staff(mark["person"]) if mark else audit.RESPONDENT
