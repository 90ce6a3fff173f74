"""Who acts for a gmina: coordinators and the colleagues they invite, let in by one-time links, without passwords."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peewee import IntegrityError

from records import audit
from records.database import database, run, write, writing
from records.models import moment, stored

COORDINATOR, COLLEAGUE = "coordinator", "colleague"
LINK_LASTS = timedelta(minutes=30)
INVITATION_LASTS = timedelta(days=3)
_COLUMNS = "id, gmina, name, email, role, invited_by, session_epoch, created_at, ended_at"


class AlreadyThere(Exception):
    """Somebody with this address acts for the gmina already."""


class LastCoordinator(Exception):
    """Without this person nobody would look after the gmina's page; staff put somebody in their place."""


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Somebody who acts for a gmina (TERYT code); a session is good only while it carries the same `session_epoch`.

    Without a repr, so that names and addresses stay out of logs.
    """

    id: int
    gmina: str
    name: str
    email: str
    role: str
    invited_by: str
    session_epoch: int
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> Person:
        """Read back from a row of _COLUMNS."""
        whole: Any = (*row[:7], moment(row[7]), moment(row[8]) if row[8] else None)
        return cls(*whole)

    @property
    def active(self) -> bool:
        """Whether the person still acts for the gmina."""
        return self.ended_at is None

    @property
    def coordinates(self) -> bool:
        """Whether the person looks after the gmina's page."""
        return self.role == COORDINATOR


def actor(person: Person) -> str:
    """How the log names such a person."""
    return f"gmina:{person.id}"


def add(gmina: str, name: str, email: str, role: str, now: datetime, by: str) -> Person:
    """Somebody new acts for the gmina; `by` is who invites, as the log names them. Raises AlreadyThere."""
    try:
        with writing():
            rows = write(
                "INSERT INTO gmina_person (gmina, name, email, role, invited_by, session_epoch, created_at) "  # noqa: S608
                f"VALUES (?, ?, ?, ?, ?, 0, ?) RETURNING {_COLUMNS}",
                *(gmina, " ".join(name.split()), _plain(email), role, by, stored(now)),
            )
            person = Person.of(rows[0])
            _log(by, "gmina-person-added", person, now)
    except IntegrityError:
        raise AlreadyThere from None
    return person


def get(person_id: int) -> Person | None:
    """The person with this id, whether they still act or not; None without one."""
    row = run(f"SELECT {_COLUMNS} FROM gmina_person WHERE id = ?", person_id).fetchone()  # noqa: S608
    return Person.of(row) if row else None


def with_address(email: str) -> list[Person]:
    """All who act for some gmina under this address, however it is written."""
    rows = run(
        f"SELECT {_COLUMNS} FROM gmina_person WHERE email = ? AND ended_at IS NULL ORDER BY id",  # noqa: S608
        _plain(email),
    ).fetchall()
    return [Person.of(row) for row in rows]


def of_gmina(gmina: str, *, ended: bool = False) -> list[Person]:
    """Who acts for the gmina, coordinators first; with `ended` also those who did."""
    only = "" if ended else " AND ended_at IS NULL"
    rows = run(f"SELECT {_COLUMNS} FROM gmina_person WHERE gmina = ?{only} ORDER BY role DESC, id", gmina).fetchall()  # noqa: S608
    return [Person.of(row) for row in rows]


def everywhere() -> dict[str, list[Person]]:
    """All who act, by gmina; coordinators first. One SELECT."""
    found: dict[str, list[Person]] = {}
    rows = run(f"SELECT {_COLUMNS} FROM gmina_person WHERE ended_at IS NULL ORDER BY gmina, role DESC, id").fetchall()  # noqa: S608
    for row in rows:
        found.setdefault(row[1], []).append(Person.of(row))
    return found


def addresses(gmina: str) -> tuple[str, ...]:
    """The official addresses of a gmina: those of its coordinators."""
    return tuple(each.email for each in of_gmina(gmina) if each.coordinates)


def end(person: Person, now: datetime, by: str, *, staff: bool = False) -> None:
    """The person no longer acts for the gmina: signed out, links void, steps free again. Raises LastCoordinator.

    With a coordinator go the private links of all that stands on the page. `staff` may end the last coordinator too.
    """
    with writing():
        alone(person.gmina)
        others = [each for each in of_gmina(person.gmina) if each.id != person.id]
        if person.coordinates and not staff and not any(each.coordinates for each in others):
            raise LastCoordinator
        _end(person, now, by)


def hand_over(person: Person, name: str, email: str, now: datetime, by: str) -> Person:
    """Somebody else coordinates in this person's place, in one step: takes over the page, and this one loses access.

    A colleague with that address becomes the coordinator.
    """
    with writing():
        alone(person.gmina)
        found = next((each for each in of_gmina(person.gmina) if each.email == _plain(email)), None)
        if found is not None and found.id == person.id:
            raise AlreadyThere
        if found is None:
            new = add(person.gmina, name, email, COORDINATOR, now, by)
        else:
            run("UPDATE gmina_person SET role = ? WHERE id = ?", COORDINATOR, found.id)
            new = get(found.id) or found
        run("UPDATE gmina_step SET person_id = ? WHERE person_id = ? AND NOT EXISTS (SELECT 1 FROM gmina_step AS own "
            "WHERE own.response_id = gmina_step.response_id AND own.step = gmina_step.step AND own.person_id = ?)",
            *(new.id, person.id, new.id))  # fmt: skip
        _end(person, now, by)
        _log(by, "gmina-handed-over", new, now)
        return new


def make_link(person: Person, now: datetime, lasts: timedelta = LINK_LASTS) -> str:
    """The token of a one-time link; only its hash is kept."""
    token = secrets.token_urlsafe(24)
    with writing():
        run("DELETE FROM gmina_link WHERE person_id = ? AND expires_at < ?", person.id, stored(now))
        run(
            "INSERT INTO gmina_link (person_id, hash, expires_at) VALUES (?, ?, ?)",
            *(person.id, _hash(token), stored(now + lasts)),
        )
    return token


def whose_link(token: str, now: datetime) -> Person | None:
    """Whom the link would let in, without using it up (mail scanners open links too); None when it is no good."""
    row = run(
        f"SELECT {', '.join('one.' + name for name in _COLUMNS.split(', '))} FROM gmina_link AS link "  # noqa: S608
        "JOIN gmina_person AS one ON one.id = link.person_id "
        "WHERE link.hash = ? AND link.used_at IS NULL AND link.expires_at > ? AND one.ended_at IS NULL",
        *(_hash(token), stored(now)),
    ).fetchone()
    return Person.of(row) if row else None


def use_link(token: str, now: datetime) -> Person | None:
    """Uses the link up: the person it lets in, once; None when it is no good."""
    with writing():
        person = whose_link(token, now)
        if person is None:
            return None
        used = run(
            "UPDATE gmina_link SET used_at = ? WHERE hash = ? AND used_at IS NULL", stored(now), _hash(token)
        ).rowcount
        if used:
            _log(actor(person), "gmina-sign-in", person, now)
        return person if used else None


def _end(person: Person, now: datetime, by: str) -> None:
    run(
        "UPDATE gmina_person SET ended_at = ?, session_epoch = session_epoch + 1 WHERE id = ? AND ended_at IS NULL",
        *(stored(now), person.id),
    )
    run("DELETE FROM gmina_link WHERE person_id = ?", person.id)
    run("DELETE FROM gmina_step WHERE person_id = ?", person.id)
    if person.coordinates:  # private links came by e-mail too, to who is leaving
        for row in run("SELECT response_id FROM gmina_response WHERE gmina = ?", person.gmina).fetchall():
            run("UPDATE response SET link_secret = ? WHERE id = ?", secrets.token_urlsafe(16), row[0])
    _log(by, "gmina-person-ended", person, now)


def alone(gmina: str) -> None:
    """Of two who do something for a gmina at once, the second sees what the first did; within `writing()`."""
    if database.for_update:
        run("SELECT id FROM gmina_person WHERE gmina = ? FOR UPDATE", gmina)


def _log(by: str, action: str, person: Person, now: datetime) -> None:
    audit.record(by, action, actor(person), None, {"gmina": person.gmina, "gmina_role": person.role}, now)


def _plain(email: str) -> str:
    return email.strip().lower()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
