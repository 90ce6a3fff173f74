"""Roles and rights of accounts in words."""

from __future__ import annotations

from forms.polish import sort_key
from forms.wording import Say, say
from records.people import Person
from views.access import RIGHTS, Right, rights
from views.services import services
from views.steps.drawing import static

ROLES: dict[str, Say] = {
    "administrator": say("Administrator"),
    "editor": say("Redaktor formularzy"),
    "handler": say("Obsługa zgłoszeń"),
    "viewer": say("Podgląd"),
}
MEANING: dict[str, Say] = {
    "administrator": say("Robi wszystko, we wszystkich formularzach, i zarządza kontami."),
    "editor": say("Pisze i zmienia formularze. Odpowiedzi nie widzi."),
    "handler": say("Czyta odpowiedzi, przyjmuje, odrzuca, pisze do zgłaszających, pobiera dane."),
    "viewer": say("Tylko czyta odpowiedzi i raporty."),
}


def sensitive_in_words(person: Person) -> str:
    """Whether the person reads sensitive answers."""
    if Right.READ_RESPONSES not in RIGHTS[person.role]:
        return str(say("nie widzi odpowiedzi"))
    return str(say("widzi") if Right.READ_SENSITIVE in rights(person) else say("nie widzi"))


def forms_in_words(person: Person) -> str:
    """The forms that the person works with, by their titles."""
    if person.forms is None:
        return str(say("wszystkie"))
    return ", ".join(sorted((title_of(slug) for slug in person.forms), key=sort_key))


def title_of(slug: str) -> str:
    """The title of a form; its slug where there is no such form any more."""
    form = services().catalogue.get(slug)
    return static(form.title) if form is not None else slug
