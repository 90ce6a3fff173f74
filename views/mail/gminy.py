"""Messages to people of gminy: the link to sign in, and the invitation; their links are made when they are sent."""

from __future__ import annotations

import secrets
from functools import partial

from flask import url_for

from forms.wording import language, speaking
from records import outbox
from records.gminy import people
from records.gminy.people import INVITATION_LASTS, LINK_LASTS, Person
from records.outbox import Letter, Written
from views import acting
from views.mail import letters
from views.services import now

LINK, INVITATION = "gmina-link", "gmina-invitation"
KINDS = frozenset({LINK, INVITATION})  # each has a secret of one person: their text is never kept


def invite(person: Person) -> None:
    """Puts the invitation into the outbox, in the caller's transaction."""
    outbox.put(
        INVITATION,
        once=f"{INVITATION}:{person.id}:{secrets.token_hex(4)}",
        slug="",
        response_id=None,
        language=language.get(),
        facts={"person": person.id},
        now=now(),
    )


def write(letter: Letter) -> Written | None:
    """The message written out, with a fresh link; None when the person no longer acts for the gmina."""
    person = people.get(int(letter.facts["person"]))
    if person is None or not person.active:
        return None
    token = people.make_link(person, now(), INVITATION_LASTS if letter.kind == INVITATION else LINK_LASTS)
    address = url_for("gmina.enter", token=token, next=letter.facts.get("next") or None, _external=True)
    with speaking(letter.language):
        values: letters.Values = {
            "link": lambda escape: f"<{address}>",
            "gmina": partial(letters.escaped, acting.label(person.gmina)),
        }
        return letters.composed(letter, (person.email,), letter.kind, values)
