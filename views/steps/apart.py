"""Mistakes told apart: where the same words are said of several questions, each comes with the question it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from forms.answers import Outcome
from forms.definition import Field, Form
from forms.judging import Failure


def apart(failures: Sequence[Failure], form: Form, found: Outcome) -> list[Failure]:
    """The failures as a list of them reads: „Zaznacz odpowiedź.” said ten times names each of its questions (WCAG 2.4.4)."""
    failures = _once(failures)
    often = Counter(failure.text for failure in failures)
    if len(often) == len(failures):
        return list(failures)
    return [_named(failure, form, found) if often[failure.text] > 1 else failure for failure in failures]


def _once(failures: Sequence[Failure]) -> list[Failure]:
    """Parts of an answer that all want the same, such as rows without one: their question says it once and leads to the first."""
    same = Counter((each.path, each.text) for each in failures if each.part)
    first: dict[str, str] = {}
    for each in failures:
        if same[each.path, each.text] > 1:
            first.setdefault(each.path, each.part)
    whole = {each.path for each in failures if not each.part}
    return [
        each._replace(part=each.part or first.get(each.path, ""))
        for each in failures
        if each.path not in whole or same[each.path, each.text] < 2
    ]


def _named(failure: Failure, form: Form, found: Outcome) -> Failure:
    place = _place(failure.path, form, found)
    return failure._replace(text=f"{failure.text.rstrip('.')} – {place}") if place else failure


def _place(path: str, form: Form, found: Outcome) -> str:
    """What a person reads above the question at a path: its label, or the title of the item it is in."""
    fields: Iterable[Field] = form.fields
    here, place = "", ""
    field: Field | None = None
    for part in path.split("-"):
        here = f"{here}-{part}" if here else part
        if part.isdecimal():
            return str(field.type.title(field, found.items[here])) if field and here in found.items else place
        field = next((each for each in fields if each.name == part), None)
        if field is None:
            return place
        fields, place = field.fields, field.label(found.env)
    return place
