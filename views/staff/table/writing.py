"""Whom a message to many responses reaches."""

from __future__ import annotations

from collections.abc import Sequence

from forms.wording import say
from records import responses
from records.responses import Response
from views.answered import sent_answers
from views.mail import letters

NOBODY = say("Nie ma do kogo pisać: w żadnej z wybranych odpowiedzi nie ma adresu e-mail.")


def recipients(keys: Sequence[str]) -> tuple[list[Response], list[str]]:
    """The responses in which there is an address to write to, and the keys of the others."""
    found, skipped = [], []
    for key in keys:
        stored = responses.load(key)
        if stored is not None and stored.answers is not None and stored.version_id is not None:
            form, _, outcome = sent_answers(stored)
            if letters.recipients(form, outcome):
                found.append(stored)
                continue
        skipped.append(key)
    return found, skipped
