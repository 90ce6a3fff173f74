"""Who takes part in the events of a form, and what the rule, the hours and the text of a certificate see of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from forms.answers import Outcome
from forms.certificates.key import HOURS
from forms.definition import Field, Step
from forms.events import Event
from forms.expressions import Env
from forms.formula import Text


@dataclass(frozen=True, slots=True)
class Attended:
    """What one person was there for: the share of half-days (0–1), groups of events, events."""

    present: Decimal
    modules: tuple[str, ...]
    events: tuple[str, ...]


def participants(steps: Iterable[Step]) -> str:
    """The group whose items take part in events; "" where a response is one person."""
    fields = [each for step in steps for each in step.fields]
    for each in fields:
        if each.type.seats_of:
            return each.type.seats_of
        if each.fields and each.type.repeats and any(_offers(inner) for inner in each.fields):
            return each.name
    return ""


def scope(found: Outcome, item: str, attended: Attended) -> Env:
    """What the expressions of a certificate see: the answers of the person at `item`, and what they were there for."""
    env = found.items.get(item, found.env)
    own = {"present": attended.present, "modules": attended.modules, "events": attended.events}
    return replace(env, item={**(env.item or {}), **own})


def written(text: Text, env: Env, attended: Sequence[str], hours: Decimal | None) -> str:
    """A text of the certificate in the language in force; `attended` are the titles of the events."""
    whole = replace(env, item={**(env.item or {}), HOURS: hours})
    titles = ", ".join(attended)
    return "".join(
        part if isinstance(part, str) else titles if part.formula.text.strip() in ("modules", "events") else part(whole)
        for part in text.parts
    )


def module(event: Event) -> str:
    """What `modules` calls an event: its group, or its id where it is in none."""
    return event.group or event.id


def _offers(field: Field) -> bool:
    return any(event.kind == "event" for event in field.type.seats(field.name).values())
