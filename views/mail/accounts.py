"""The message with which a new member of staff sets a password; its link is made when it is sent, and kept nowhere."""

from __future__ import annotations

import secrets

from flask import url_for

from records import outbox, people
from records.outbox import Letter
from records.people import Person
from views.services import now, services

KIND = "account"


def send_link(person: Person) -> bool:
    """Puts the message into the outbox, where there is a mail server; whether it did."""
    if not services().settings.mail_url:
        return False
    outbox.put(
        KIND,
        once=f"account:{person.id}:{secrets.token_hex(8)}",
        slug="",
        response_id=None,
        language=services().settings.languages[0],
        facts={"person": person.id},
        now=now(),
    )
    return True


def recipients(letter: Letter) -> tuple[str, ...]:
    """The person's address; nobody when the account is gone or closed."""
    person = people.get(int(letter.facts["person"]))
    return (person.email,) if person is not None and person.active else ()


def link(letter: Letter) -> str:
    """A fresh one-time link; those made before stay good until a password is set."""
    person = people.known(int(letter.facts["person"]))
    return url_for("staff.invitation", token=people.make_link(person), _external=True)
