"""The keys `certificate` and `survey`, what follows an event: who has earned a paper, what it says, who is asked after.

A rule, hours and texts are expressions over the answers of one person and over what that person was there for:
`present`, `modules` and `events`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from forms import source
from forms.answers import Outcome
from forms.definition import Field, Formula, Step, Text
from forms.events import Event
from forms.expressions import Env, Kind
from forms.key import REFERENCE, WRONG, Key, read_keys, struct_schema
from forms.keys import Expr, Plain, Translated
from forms.reading import AFTERWARDS, Reading
from forms.source import Node
from forms.wording import say

NUMBER = "ZASW-{year}-{number:04}"
HOURS = "hours"
SLUG = r"[a-z0-9][a-z0-9-]{0,62}"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a form says of its certificates."""

    title: Text
    text: Text
    rule: Formula
    hours: Formula | None = None
    number: str = NUMBER


@dataclass(frozen=True, slots=True)
class Attended:
    """What one person was there for: the share of half-days (0–1), groups of events, events."""

    present: Decimal
    modules: tuple[str, ...]
    events: tuple[str, ...]


@dataclass(frozen=True)
class Known(Expr):
    """An expression that may use the names at hand besides the form's own; the hours are for the text alone."""

    def read(self, node: Node, reading: Reading) -> Any:
        scalar = self.scalar(node, reading, "not-an-expression", "wyrażenie")
        if scalar is None:
            return WRONG
        extra = {name: kind for name, kind in reading.known.items() if name != HOURS}
        return reading.formula(scalar, wants=self.wants, extra=extra, role=AFTERWARDS)


CERTIFICATE_KEYS: dict[str, Key] = {
    "title": Translated("Nagłówek zaświadczenia.", required=True),
    "text": Translated(
        "Treść pod imieniem i nazwiskiem; {modules} to nazwy spotkań, {hours} liczba godzin, działają też pola uczestnika.",
        required=True,
    ),
    "rule": Known(
        "Kto dostaje zaświadczenie: present to udział w półdniach od 0 do 1, modules – grupy wydarzeń, events – wydarzenia.",
        required=True,
        wants=Kind.BOOLEAN,
    ),
    "hours": Known("Liczba godzin: liczba albo wyrażenie, na przykład 12 * count(modules).", wants=Kind.NUMBER),
    "number": Plain("Wzór numeru zaświadczenia.", default=NUMBER, pattern=REFERENCE, example=NUMBER),
}


@dataclass(frozen=True)
class CertificateKey(Key):
    """The key `certificate`; it is read once all fields are known (`read_certificate`)."""

    def read(self, node: Node, reading: Reading) -> Any:
        return None

    def schema(self) -> dict[str, Any]:
        return struct_schema(CERTIFICATE_KEYS)


SURVEY = Plain(
    "Anonimowy formularz, do którego po wydarzeniu dostają zaproszenie jego uczestnicy.",
    default="",
    pattern=SLUG,
    example="ankieta-po-szkoleniu",
)


def read_certificate(root: source.Mapping, steps: Sequence[Step], reading: Reading) -> Certificate | None:
    """What the definition says of certificates, None when nothing (or nothing that can be read).

    A survey or a certificate without an event on a date is a mistake: nobody could have been there.
    """
    dated = any(event.starts is not None for event in reading.events)
    for name in ("survey", "certificate"):
        key = next((entry.key for entry in root.entries if entry.key.text == name), None)
        if key is not None and not dated:
            what = say("„{key}” jest dla uczestników wydarzeń – dodaj „events” z datami.", key=name)
            reading.problem(key, "nobody-attends", what)
    node = root.get("certificate")
    if node is None:
        return None
    names, group = _names(reading.events), participants(steps)
    with reading.within(say("zaświadczenie")), _inside(reading, group), reading.knowing(names):
        values = read_keys(node, CERTIFICATE_KEYS, reading)
    return Certificate(**values) if values is not None else None


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


def _names(events: Sequence[Event]) -> Mapping[str, Kind]:
    return {
        "present": Kind.NUMBER,
        "modules": Kind.choices(tuple(dict.fromkeys(module(each) for each in events))),
        "events": Kind.choices(tuple(each.id for each in events), {each.id: each.title for each in events}),
        HOURS: Kind.NUMBER,
    }


def _inside(reading: Reading, group: str) -> AbstractContextManager[None]:
    return reading.inside(group) if group else nullcontext()


def _offers(field: Field) -> bool:
    return any(event.kind == "event" for event in field.type.seats(field.name).values())
