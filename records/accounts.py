"""What administrators do with accounts, and people with their own: each change one transaction and one entry in the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from records import audit, people
from records.database import database, run, writing
from records.people import ROLES, Person

ADMINISTRATOR = "administrator"
UNKNOWN = "unknown"  # what the log calls an address that no account has


class LastAdministrator(Exception):
    """The change would leave nobody who manages accounts."""


def invite(
    name: str, email: str, role: str, sensitive: bool, forms: Collection[str] | None, now: datetime, actor: str
) -> tuple[Person, str]:
    """A new account with its rights, and the token of the link by which the person sets a password. EmailTaken."""
    with writing():
        person = people.add(name, email, role)
        _set(person.id, role, sensitive, forms)
        token = people.make_link(person)
        details = {"role": role, "sensitive": sensitive, "forms": _listed(forms)}
        _log(actor, "account-added", person, details, now)
        return people.known(person.id), token


def link(person: Person, now: datetime, actor: str) -> str:
    """The token of a new one-time link for somebody who has lost the password or the first link."""
    with writing():
        token = people.make_link(person)
        _log(actor, "account-link", person, {}, now)
        return token


def change(
    person: Person, role: str, sensitive: bool, forms: Collection[str] | None, now: datetime, actor: str
) -> Person:
    """Gives the person these rights; they hold from the next request. `forms` are slugs, None for all.

    LastAdministrator; ValueError for a role that is none of ROLES, and for an empty collection of forms (which would
    read as all of them).
    """
    with writing():
        _others_manage(person, role == ADMINISTRATOR)
        before = people.known(person.id)
        _set(person.id, role, sensitive, forms)
        after = people.known(person.id)
        changed: dict[str, Any] = {}
        for what in ("role", "sensitive", "forms"):
            if getattr(before, what) != getattr(after, what):
                value = getattr(after, what)
                changed[what] = _listed(value) if what == "forms" else value
        if changed:
            _log(actor, "account-changed", person, changed, now)
        return after


def close(person: Person, closed: bool, now: datetime, actor: str) -> None:
    """Closes the account, which ends its sessions and links, or opens it again. LastAdministrator."""
    with writing():
        _others_manage(person, not closed)
        people.disable(person, closed)
        if closed:
            run("DELETE FROM sign_in_link WHERE person_id = ?", person.id)
        _log(actor, "account-closed" if closed else "account-opened", person, {}, now)


def sign_out_everywhere(person: Person, now: datetime, actor: str) -> Person:
    """Ends every session of the person; the account as it is then."""
    with writing():
        people.sign_out_everywhere(person)
        _log(actor, "signed-out-everywhere", person, {}, now)
        return people.known(person.id)


def set_password(person: Person, password: str, now: datetime) -> Person:
    """A password set by the person themselves; it ends all their sessions and links. The account as it is then."""
    with writing():
        changed = people.set_password(person, password)
        _log(audit.staff(person.id), "password", person, {}, now)
        return changed


def signed_in(person: Person, now: datetime) -> None:
    """For the log: somebody has signed in."""
    _log(audit.staff(person.id), "sign-in", person, {}, now)


def not_signed_in(email: str, now: datetime, step: str = "password") -> None:
    """For the log: somebody has tried; an address that nobody here has is not kept."""
    person = people.find(email)
    subject = audit.staff(person.id) if person is not None else UNKNOWN
    audit.record(audit.VISITOR, "sign-in-failed", subject, None, {"step": step}, now)


def _set(person_id: int, role: str, sensitive: bool, forms: Collection[str] | None) -> None:
    if role not in ROLES:
        raise ValueError(f"a role is one of: {', '.join(ROLES)}")
    if forms is not None and not forms:
        raise ValueError("name at least one form, or None for all")
    run("UPDATE person SET role = ?, sensitive = ? WHERE id = ?", role, int(sensitive), person_id)
    run("DELETE FROM person_form WHERE person_id = ?", person_id)
    for slug in sorted(set(forms or ())) if role != ADMINISTRATOR else ():
        run("INSERT INTO person_form (person_id, slug) VALUES (?, ?)", person_id, slug)


def _others_manage(person: Person, stays: bool) -> None:
    """LastAdministrator when, without this person, nobody who can sign in manages accounts."""
    if stays:
        return
    lock = " FOR UPDATE" if database.for_update else ""  # of two who step down at once, the second sees the first
    managing = run(
        f"SELECT id, password_hash IS NOT NULL FROM person WHERE role = ? AND disabled_at IS NULL{lock}",  # noqa: S608
        ADMINISTRATOR,
    ).fetchall()
    if person.id in {row[0] for row in managing} and not any(row[1] for row in managing if row[0] != person.id):
        raise LastAdministrator


def _log(actor: str, action: str, person: Person, details: dict[str, Any], now: datetime) -> None:
    audit.record(actor, action, audit.staff(person.id), None, details, now)


def _listed(forms: Collection[str] | None) -> list[str] | None:
    return None if forms is None else sorted(forms)
