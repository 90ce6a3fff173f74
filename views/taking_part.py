"""What each participant of a form attended, over all its events, and whether that earns a certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from forms.certificates.attended import Attended, module, scope, written
from forms.certificates.key import Certificate
from forms.definition import Form
from forms.events import Event
from forms.events.words import fixed, when_and_where
from forms.expressions import Env
from forms.wording import speaking
from records.bookings import attendance
from records.bookings.attendance import EXPECTED
from records.bookings.lifecycle import ATTENDED
from views import guests
from views.guests import Guest


@dataclass
class Participant:
    """Somebody with places at one or more events of a form."""

    guest: Guest  # any of their bookings: the person is the same
    events: tuple[Event, ...]  # those attended
    present: Decimal  # the share of half-days, 0–1, of all events at which they had a place

    @property
    def id(self) -> str:
        """What a form of a page calls the participant."""
        return f"{self.guest.stored.key}.{self.guest.booking.item}"

    @property
    def place(self) -> tuple[int, str]:
        """The response and the item in it that this is: to whom a certificate belongs."""
        return self.guest.stored.id, self.guest.booking.item

    @cached_property
    def env(self) -> Env:
        """What the expressions of the certificate see of this person."""
        modules = tuple(dict.fromkeys(map(module, self.events)))
        events = tuple(event.id for event in self.events)
        return scope(self.guest.found, self.guest.booking.item, Attended(self.present, modules, events))

    def earns(self, certificate: Certificate) -> bool:
        """Whether the form's rule gives this person a certificate; nobody has one for nothing attended."""
        return bool(self.events) and certificate.rule(self.env) is True

    def facts(self, certificate: Certificate) -> dict[str, Any]:
        """What a certificate says of this person, in the language of the response: JSON values."""
        lang = self.guest.stored.language
        with speaking(lang):
            hours = certificate.hours(self.env) if certificate.hours is not None else None
            titles = [fixed(event.title) for event in self.events]
            return {
                "name": self.guest.name,
                "title": written(certificate.title, self.env, titles, hours),
                "text": written(certificate.text, self.env, titles, hours),
                "events": [{"title": fixed(each.title), "when": when_and_where(each)} for each in self.events],
                "language": lang,
            }


def participants(form: Form) -> list[Participant]:
    """Everybody with a place at an event of the form that has a date, in the order of names."""
    dated = {event.id: event for event in form.events if event.starts is not None}
    people: dict[tuple[int, str], list[Guest]] = {}
    for each in guests.of_form(form, EXPECTED, sensitive=False):
        if each.booking.event in dated:
            people.setdefault((each.stored.id, each.booking.item), []).append(each)
    everyone = [each for some in people.values() for each in some]
    noted = attendance.of_bookings([each.booking.id for each in everyone])
    kept = _kept(everyone, noted)
    counted = {
        event.id: [part for part in attendance.parts(event) if part in kept.get(event.id, ())]
        or attendance.parts(event)
        for event in dated.values()
    }
    found = {some[0].booking.id: _participant(some, dated, counted, noted) for some in people.values()}
    return [found[each.booking.id] for each in guests.by_name(each.guest for each in found.values())]


def _kept(everyone: Sequence[Guest], noted: Mapping[int, Mapping[str, bool]]) -> dict[str, set[str]]:
    """The half-days of each event in which a list was kept: somebody was noted. The others say nothing of anybody."""
    kept: dict[str, set[str]] = {}
    for each in everyone:
        kept.setdefault(each.booking.event, set()).update(noted.get(each.booking.id, {}))
    return kept


def _participant(
    some: Sequence[Guest],
    dated: Mapping[str, Event],
    counted: Mapping[str, Sequence[str]],
    noted: Mapping[int, Mapping[str, bool]],
) -> Participant:
    total = there = 0
    for each in some:
        parts = counted[each.booking.event]
        marks = noted.get(each.booking.id, {})
        total += len(parts)
        if each.booking.state == ATTENDED and not any(marks.values()):
            there += len(parts)  # marked as a whole, without half-days
        else:
            there += sum(marks.get(part, False) for part in parts)
    attended = {each.booking.event for each in some if each.booking.state == ATTENDED}
    events = tuple(event for event in dated.values() if event.id in attended)
    return Participant(some[0], events, Decimal(there) / total if total else Decimal(0))
