"""Staff accounts: who there is, with which role, and how they prove it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from peewee import IntegrityError

from forms.polish import sort_key
from records import models
from records.database import run, writing

ROLES = ("administrator", "editor", "handler", "viewer")
SENSITIVE = frozenset({"administrator", "handler"})  # roles that begin with the right to sensitive answers
LINK_LASTS = timedelta(hours=24)

hasher = PasswordHasher()  # argon2id as RFC 9106 advises for machines with little memory


class EmailTaken(Exception):
    """Somebody has this address already."""


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """A member of staff; a session is good only while it carries the same `session_epoch`.

    `sensitive` is the right to sensitive answers, apart from the role; `forms` the slugs that the person is limited to,
    None for all. Without a repr, so that names and addresses stay out of logs.
    """

    id: int
    name: str
    email: str
    role: str
    session_epoch: int
    active: bool
    has_password: bool
    sensitive: bool
    two_factor: bool
    forms: frozenset[str] | None


_COLUMNS = (
    "p.id, p.name, p.email, p.role, p.session_epoch, p.disabled_at IS NULL, p.password_hash IS NOT NULL, "
    "p.sensitive, p.totp IS NOT NULL, f.slug FROM person p LEFT JOIN person_form f ON f.person_id = p.id"
)


def add(name: str, email: str, role: str) -> Person:
    """A new account, without a password yet. EmailTaken; ValueError for a role that is none of ROLES."""
    if role not in ROLES:
        raise ValueError(f"a role is one of: {', '.join(ROLES)}")
    try:
        with writing():
            row = models.Person.create(
                name=name.strip(), email=_plain(email), role=role, sensitive=role in SENSITIVE, created_at=_now()
            )
    except IntegrityError:
        raise EmailTaken from None
    return known(row.id)


def get(person_id: int) -> Person | None:
    """The person with this id, disabled or not; None without one. One query."""
    found = _read("WHERE p.id = ?", person_id)
    return found[0] if found else None


def known(person_id: int) -> Person:
    """The person with this id, who must exist; KeyError."""
    found = get(person_id)
    if found is None:
        raise KeyError(person_id)
    return found


def find(email: str) -> Person | None:
    """The person with this address, however it is written; None without one."""
    found = _read("WHERE p.email = ?", _plain(email))
    return found[0] if found else None


def everyone() -> list[Person]:
    """All accounts, by name in Polish order. One query."""
    return sorted(_read("ORDER BY p.id"), key=lambda each: sort_key(each.name))


def make_link(person: Person) -> str:
    """A token for a one-time link to set the password, good for 24 hours. Only its hash is kept."""
    token = secrets.token_urlsafe(24)
    with writing():
        models.SignInLink.create(person=person.id, hash=_hash(token), expires_at=_now() + LINK_LASTS)
    return token


def whose_link(token: str) -> Person | None:
    """Whom the link would let in, without using it up (mail scanners open links too); None when it is no good."""
    usable = (models.SignInLink.hash == _hash(token), *_usable())
    row = models.Person.select().join(models.SignInLink).where(*usable, models.Person.disabled_at.is_null()).first()
    return known(row.id) if row else None


def use_link(token: str) -> Person | None:
    """Use the link up: the person it lets in, once; None when it is unknown, used, too old, or the account closed."""
    with writing():
        person = whose_link(token)
        if person is None:
            return None
        # Of two requests at once only one finds it unused.
        used = models.SignInLink.update(used_at=_now()).where(models.SignInLink.hash == _hash(token), *_usable())
        return person if used.execute() else None


def set_password(person: Person, password: str) -> Person:
    """Set the password; it ends every session of that person and every other link sent to them."""
    password_hash = hasher.hash(password)
    with writing():
        changed = models.Person.update(password_hash=password_hash, session_epoch=models.Person.session_epoch + 1)
        changed.where(models.Person.id == person.id).execute()
        models.SignInLink.delete().where(models.SignInLink.person == person.id).execute()
        return known(person.id)


def check(email: str, password: str) -> Person | None:
    """The person whose address and password these are; None otherwise, after the same time in every case."""
    row = models.Person.get_or_none(models.Person.email == _plain(email), models.Person.disabled_at.is_null())
    kept = row.password_hash if row else None
    try:
        hasher.verify(kept or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return None
    if row is None or kept is None:
        return None
    if hasher.check_needs_rehash(kept):
        renewed = hasher.hash(password)
        with writing():
            # Only in place of the hash just verified: the password may have been changed meanwhile.
            row_still = (models.Person.id == row.id, models.Person.password_hash == kept)
            models.Person.update(password_hash=renewed).where(*row_still).execute()
    return known(row.id)


def proves(person: Person, password: str) -> bool:
    """Whether this is the person's password, asked again before something that matters."""
    found = check(person.email, password)
    return found is not None and found.id == person.id


def disable(person: Person, disabled: bool = True) -> None:
    """Close the account (or open it again) and end every session of that person."""
    with writing():
        models.Person.update(
            disabled_at=_now() if disabled else None, session_epoch=models.Person.session_epoch + 1
        ).where(models.Person.id == person.id).execute()


def sign_out_everywhere(person: Person) -> None:
    """End every session of that person."""
    with writing():
        models.Person.update(session_epoch=models.Person.session_epoch + 1).where(
            models.Person.id == person.id
        ).execute()


@cache
def _nobodys_hash() -> str:
    """What the password of an unknown person is compared with, so that the answer takes as long."""
    return hasher.hash(secrets.token_urlsafe(16))


def _usable() -> tuple[object, object]:
    return models.SignInLink.used_at.is_null(), models.SignInLink.expires_at > _now()


def _plain(email: str) -> str:
    return email.strip().lower()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _now() -> datetime:
    return datetime.now(UTC)


def _read(rest: str, *params: object) -> list[Person]:
    """Accounts with the forms they are limited to; an administrator never is."""
    rows: dict[int, tuple[Any, ...]] = {}
    forms: dict[int, set[str]] = {}
    for *row, slug in run(f"SELECT {_COLUMNS} {rest}", *params).fetchall():
        rows.setdefault(row[0], tuple(row))
        if slug is not None and row[3] != "administrator":
            forms.setdefault(row[0], set()).add(slug)
    found = []
    for key, row in rows.items():
        whole: Any = (*row[:5], *map(bool, row[5:]), frozenset(forms[key]) if key in forms else None)
        found.append(Person(*whole))
    return found
