"""What a form limits as a whole, and what the answers of one response take of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.answers import Outcome
from forms.definition import Field, Form, Step
from forms.events import FORM, Event
from forms.formula import Text


@dataclass(frozen=True, slots=True)
class Claim:
    """A place that a response asks for."""

    event: str  # Event.id
    item: str  # path of the group item it stands in, "uczestnicy-0"; "" outside groups
    person: str  # who it is for within the response; "" outside groups


def claims(form: Form, outcome: Outcome) -> tuple[Claim, ...]:
    """The places that the answers ask for, in their order, the form's own first; nothing for a form that limits nothing.

    Only asked fields are in an outcome, so a field that is not asked claims nothing. One person takes a place once.
    """
    if not form.places:
        return ()
    found = [Claim(FORM, "", "")] if FORM in form.places else []
    found.extend(claim for _, claim in claimed(form, outcome))
    return tuple({(claim.event, claim.item): claim for claim in reversed(found)}.values())[::-1]


def claimed(form: Form, outcome: Outcome) -> Iterator[tuple[str, Claim]]:
    """As `claims`, without the form's own places: the path of each field that asks for a place, and what it asks for."""
    if form.places:
        yield from _claimed(form.fields, outcome.values, "", "", ("", ""))


def places(
    title: Text, events: Iterable[Event], steps: Iterable[Step], size: int | None, waiting_list: bool
) -> dict[str, Event]:
    """All that a form limits, by id: its own places (`size`, None when it has none), its events, its options."""
    own = [Event(FORM, title, "form", places=size, waiting_list=waiting_list)] if size is not None else []
    options = [event for step in steps for event in _of_options(step.fields)]
    return {event.id: event for event in (*own, *events, *options)}


def seats_at(field: Field, path: str) -> Mapping[str, Event]:
    """What the options of a field limit, by their values; `path` is where the field stands on a page."""
    return field.type.seats(".".join(part for part in path.split("-") if not part.isdecimal()))


def _of_options(fields: Iterable[Field], names: str = "") -> Iterator[Event]:
    for each in fields:
        yield from (event for event in each.type.seats(f"{names}{each.name}").values() if event.kind == "option")
        yield from _of_options(each.fields, f"{names}{each.name}.")


def _claimed(
    fields: Iterable[Field], values: Mapping[str, Any], names: str, path: str, whose: tuple[str, str]
) -> Iterator[tuple[str, Claim]]:
    """`names` and `path` lead to the fields: as in a definition and as on a page; `whose` is the item and the person."""
    for each in fields:
        value = values.get(each.name)
        if value is None:
            continue
        inner = f"{names}{each.name}."
        if each.fields and each.type.repeats:
            for index, one in enumerate(value):
                item = f"{path}{each.name}-{index}"
                yield from _claimed(each.fields, one, inner, f"{item}-", (item, _person(each, one) or item))
        elif each.fields:
            yield from _claimed(each.fields, value, inner, f"{path}{each.name}-", whose)
        elif seats := each.type.seats(f"{names}{each.name}"):
            chosen = value if isinstance(value, tuple) else (value,)
            takers = _items(fields, each.type.seats_of, values) if each.type.seats_of else (whose,)
            yield from (
                (f"{path}{each.name}", Claim(seats[one].id, *who)) for who in takers for one in chosen if one in seats
            )


def _items(fields: Iterable[Field], name: str, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The items of a group that stands outside groups, each with the person it is about."""
    group = next(each for each in fields if each.name == name)
    items = ((f"{name}-{index}", one) for index, one in enumerate(values.get(name) or ()))
    return [(item, _person(group, one) or item) for item, one in items]


def _person(group: Field, answers: Mapping[str, Any]) -> str:
    """Who an item is about: its e-mail address, else what makes it `unique` or its `key`; folded. "" when not answered."""
    addresses = [each.name for each in group.fields if each.type.identifies]
    for names in (addresses, group.type.unique, (group.type.key,)):
        if told := _told(names, answers):
            return told
    return ""


def _told(names: Sequence[str], answers: Mapping[str, Any]) -> str:
    texts = (" ".join(str(answers[name]).casefold().split()) for name in names if answers.get(name) is not None)
    return "|".join(text for text in texts if text)
