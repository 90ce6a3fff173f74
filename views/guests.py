"""The people who take part in events: what they are called, their gmina, their address, from the answers of a response."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from forms.answers import Outcome
from forms.definition import Field, Form
from forms.expressions import Env
from forms.formula import Insert
from forms.polish import sort_key
from records import guests
from records.bookings import Booking
from records.bookings.lifecycle import LIVE
from records.responses import Response
from views.access import Right, may
from views.answered import sent_answers
from views.presenting import group_of, item_title
from views.services import services

NAMES = ("name", "given-name", "additional-name", "family-name")  # what a field's `autocomplete` says of a name


@dataclass
class Guest:
    """Somebody who has, or had, or waits for, a place at an event."""

    booking: Booking
    stored: Response
    form: Form  # as it was answered
    found: Outcome

    @cached_property
    def title(self) -> str:
        """How the form calls the item: „Uczestnik 1: Jan Nowak”; the reference where there are no items."""
        return item_title(self.form, self.found, self.booking.item) or self.name

    @cached_property
    def name(self) -> str:
        """The person's name: what the form's title of the item takes from the answers, else the fields for a name."""
        return person_name(self.form, self.found, self.booking.item) or str(self.stored.reference)

    @property
    def item(self) -> tuple[Sequence[Field], Mapping[str, Any]]:
        """The fields about this person and the answers to them: those of the item, else those of the whole form."""
        env, group = self.found.items.get(self.booking.item), group_of(self.form, self.booking.item)
        if env is not None and group is not None:
            return group.fields, env.item or {}
        return tuple(self.form.fields), self.found.values

    @property
    def path(self) -> str:
        """What stands before the names of these fields in the paths of answers."""
        return f"{self.booking.item}-" if self.booking.item in self.found.items else ""

    @property
    def emails(self) -> tuple[str, ...]:
        """The addresses of the item itself; none where the form asks only for the address of a contact."""
        fields, values = self.item
        given = (values.get(each.name) for each in fields if each.type.identifies and not each.sensitive)
        return tuple(str(each) for each in given if each is not None)

    @property
    def gmina(self) -> str:
        """The gmina as the list calls it, or ""."""
        return gmina_name(self.stored.gmina)

    @property
    def unit(self) -> str:
        """Where the person comes from: the answer that is an organisation's name (`autocomplete: organization`), the gmina."""
        for fields, values in (self.item, (tuple(self.form.fields), self.found.values)):
            for each in fields:
                if each.autocomplete == "organization" and values.get(each.name):
                    return str(values[each.name])
        return self.gmina


def of_event(form: Form, event: str, states: Sequence[str] = LIVE) -> list[Guest]:
    """Everybody with a booking of the event in one of these states, in the order in which they asked."""
    return list(_read(guests.of_event(form.slug, event, states)))


def of_form(form: Form, states: Sequence[str] = LIVE, *, sensitive: bool = True) -> list[Guest]:
    """Everybody with a booking of any event of the form, a guest for each booking; `sensitive`: to whom may see it."""
    return list(_read(guests.of_form(form.slug, states), sensitive=sensitive))


def chosen(form: Form, ids: Sequence[int]) -> list[Guest]:
    """The guests of these bookings, in this order."""
    return list(_read(guests.chosen(form.slug, ids)))


def by_name(found: Iterable[Guest]) -> list[Guest]:
    """In the order of a Polish list of names: by the last word of the name, then by the rest."""
    return sorted(
        found, key=lambda each: (sort_key(each.name.rpartition(" ")[2]), sort_key(each.name), each.booking.id)
    )


def person_name(form: Form, found: Outcome, path: str) -> str:
    """The name that the answers of an item (or of the whole form, for "") give; "" when none does."""
    group, env = group_of(form, path), found.items.get(path)
    if group is not None and env is not None:
        item = getattr(group.type, "item", None)
        inserts = [part for part in item.parts if isinstance(part, Insert)] if item is not None else []
        words = [part(env) for part in inserts if part.formula.text.strip() != "n"]
        if any(words):
            return " ".join(word for word in words if word)
        return _named(group.fields, env.item or {}, env)
    return _named(tuple(form.fields), found.values, found.env)


def _named(fields: Iterable[Field], values: Mapping[str, Any], env: Env) -> str:
    given = {each.autocomplete: str(values[each.name]) for each in fields if values.get(each.name) is not None}
    return " ".join(given[token] for token in NAMES if token in given)


def gmina_name(code: str | None) -> str:
    """A gmina as the list calls it; the code itself when the list does not know it."""
    rows = services().catalogue.rows("gminy")
    known = rows.by_value.get(code) if rows and code else None
    return known["label"] if known else code or ""


def _read(rows: Iterable[tuple[Booking, Response]], *, sensitive: bool = True) -> Iterator[Guest]:
    """Guests with their answers, sensitive ones for those with the right to them; each response is read once."""
    read: dict[int, tuple[Form, Outcome]] = {}
    for booking, stored in rows:
        if stored.answers is None or stored.version_id is None:
            continue
        if stored.id not in read:
            form, _, found = sent_answers(stored, sensitive=sensitive and may(Right.READ_SENSITIVE))
            read[stored.id] = form, found
        yield Guest(booking, stored, *read[stored.id])
