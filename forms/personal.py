"""Which questions of a form ask for something about a person: by their type, by what a browser fills in, by `sensitive`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forms.definition import Field, Form
from forms.spans import Span

OF_PLACES = frozenset({"organization", "off", "on", "country", "country-name", "url"})
"""What `autocomplete` may say without telling who somebody is."""
NAMES = frozenset({"imie", "imiona", "nazwisko", "nazwiska", "pesel", "first_name", "last_name", "surname"})
"""Words in the name of a question that ask for a person's name, whatever its type."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a person; `path` is its dotted name, `groups` those it stands in."""

    path: str
    field: Field
    groups: tuple[Field, ...]
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """What is forgotten after how long: these questions, or (none) all that could name a person."""

    span: Span
    fields: tuple[Field, ...] = ()


def personal(form: Form) -> tuple[Asked, ...]:
    """The questions about people, in the order of the form."""
    return tuple(
        each
        for each in _every(form.fields, "", (), False)
        if each.field.type.stores and (each.sensitive or _names_somebody(each.field))
    )


def consents(form: Form) -> tuple[Asked, ...]:
    """The statements to be ticked."""
    return tuple(each for each in _every(form.fields, "", (), False) if each.field.type.only == (True,))


def rules(form: Form) -> tuple[Rule, ...]:
    """What the form forgets, each time once, the whole response last."""
    found: dict[Span, list[Field]] = {}
    for each in _every(form.fields, "", (), False, groups=True):
        if each.field.retain is not None:
            found.setdefault(each.field.retain, []).append(each.field)
    made = [Rule(span, tuple(fields)) for span, fields in sorted(found.items(), key=lambda one: one[0].delta)]
    return (*made, *([Rule(form.retain)] if form.retain is not None else []))


def _names_somebody(field: Field) -> bool:
    told = (field.autocomplete or "off") not in OF_PLACES
    return told or field.type.personal or not NAMES.isdisjoint(field.name.lower().split("_"))


def _every(
    fields: Iterable[Field], before: str, inside: tuple[Field, ...], secret: bool, *, groups: bool = False
) -> Iterator[Asked]:
    for each in fields:
        sensitive = secret or each.sensitive
        if groups or not each.fields:
            yield Asked(before + each.name, each, inside, sensitive)
        yield from _every(each.fields, f"{before}{each.name}.", (*inside, each), sensitive, groups=groups)
