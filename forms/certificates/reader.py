"""The keys `certificate` and `survey` read once all fields are known, for a rule may name any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

from forms import source
from forms.certificates.attended import module, participants
from forms.certificates.key import CERTIFICATE_KEYS, HOURS, Certificate
from forms.definition import Step
from forms.events import Event
from forms.expressions import Kind
from forms.key import read_keys
from forms.reading import Reading
from forms.wording import say


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


def _names(events: Sequence[Event]) -> Mapping[str, Kind]:
    return {
        "present": Kind.NUMBER,
        "modules": Kind.choices(tuple(dict.fromkeys(module(each) for each in events))),
        "events": Kind.choices(tuple(each.id for each in events), {each.id: each.title for each in events}),
        HOURS: Kind.NUMBER,
    }


def _inside(reading: Reading, group: str) -> AbstractContextManager[None]:
    return reading.inside(group) if group else nullcontext()
