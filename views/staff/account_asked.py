"""What the form of an account asks for: who, which role, sensitive answers, which forms; and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email
from werkzeug.datastructures import MultiDict

from forms.polish import sort_key
from forms.wording import Say, say
from records.people import ROLES, Person
from views.services import services
from views.staff.roles import MEANING, title_of
from views.staff.roles import ROLES as WORDS

LONGEST = 200  # characters of a name or an address
ALL, SOME = "wszystkie", "wybrane"
Problems = list[tuple[str, Say]]


@dataclass(frozen=True, slots=True)
class Asked:
    """An account as the form has it; `forms` counts only where `scope` is SOME."""

    name: str = ""
    email: str = ""
    role: str = "handler"
    sensitive: bool = False  # nobody sees more than an administrator has decided
    scope: str = ALL
    forms: frozenset[str] = frozenset()
    new: bool = True

    @property
    def rights(self) -> tuple[str, bool, frozenset[str] | None]:
        """Role, sensitive answers and forms (None: all), as records take them."""
        return self.role, self.sensitive, self.forms if self.scope == SOME else None


def of_person(person: Person) -> Asked:
    """An account as it is."""
    scope = ALL if person.forms is None else SOME
    return Asked(
        person.name, person.email, person.role, person.sensitive, scope, person.forms or frozenset(), new=False
    )


def asked_for(
    args: MultiDict[str, str], *, kept: frozenset[str] | None = None, new: bool = False
) -> tuple[Asked, Problems]:
    """What was sent, and what is wrong with it as (link to the field, words). `kept`: the forms it was limited to."""
    asked = Asked(
        name=args.get("name", "").strip()[:LONGEST],
        email=args.get("email", "").strip()[:LONGEST],
        role=args.get("role", ""),
        sensitive="sensitive" in args,
        scope=args.get("zakres", ""),
        forms=frozenset(args.getlist("formularz")) & _slugs(kept or ()),
        new=new,
    )
    problems: Problems = []
    if new and not asked.name:
        problems.append(("#name", say("Wpisz imię i nazwisko.")))
    if new and not _is_email(asked.email):
        problems.append(("#email", say("Wpisz adres e-mail, na przykład anna.nowak@urzad.pl.")))
    if asked.role not in ROLES:
        problems.append(("#role", say("Wybierz rolę.")))
    if asked.scope not in (ALL, SOME):
        problems.append(("#zakres", say("Wybierz, z którymi formularzami pracuje ta osoba.")))
    if asked.scope == SOME and not asked.forms:
        problems.append(("#zakres", say("Zaznacz co najmniej jeden formularz albo wybierz wszystkie.")))
    return asked, problems


def choices(asked: Asked) -> dict[str, Any]:
    """What the form offers: roles with what they mean, and forms by their titles."""
    forms = sorted(((title_of(slug), slug) for slug in _slugs(asked.forms)), key=lambda each: sort_key(each[0]))
    return {
        "roles": [
            {"value": role, "text": str(WORDS[role]), "hint": str(MEANING[role]), "checked": role == asked.role}
            for role in ROLES
        ],
        "scopes": [
            {"value": ALL, "text": str(say("Wszystkie, także przyszłe")), "checked": asked.scope == ALL},
            {"value": SOME, "text": str(say("Tylko wybrane")), "checked": asked.scope == SOME},
        ],
        "forms": [{"value": slug, "text": title, "checked": slug in asked.forms} for title, slug in forms],
    }


def _slugs(kept: Iterable[str]) -> set[str]:
    """The forms there are, and those that the account is limited to although their files are gone."""
    return {entry.slug for entry in services().catalogue.entries()} | set(kept)


def _is_email(text: str) -> bool:
    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True
