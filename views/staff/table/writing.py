"""A message from staff to those behind many responses: who can get it, how it will look, and putting it into the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import g

from forms.definition import Form
from forms.wording import say
from records import audit, outbox, responses
from records.database import writing
from records.outbox import Letter
from records.responses import Response
from views.answered import sent_answers
from views.mail import letters
from views.markdown import paragraphs
from views.pages import written
from views.services import now

MOST = {"temat": 150, "tresc": 10_000}  # characters
NOBODY = say("Nie ma do kogo pisać: w żadnej z wybranych odpowiedzi nie ma adresu e-mail.")


def typed() -> dict[str, str]:
    """Subject and body as they were typed."""
    return {name: written(name, most) for name, most in MOST.items()}


def problems(text: dict[str, str]) -> list[tuple[str, str]]:
    """What is missing of the message."""
    wanted = {"temat": say("Wpisz temat wiadomości."), "tresc": say("Wpisz treść wiadomości.")}
    return [(f"#{name}", str(what)) for name, what in wanted.items() if not text[name]]


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


def send(form: Form, people: Sequence[Response], text: dict[str, str], once: str, moment: datetime) -> None:
    """All messages in one transaction; sent again from the same page (`once`), they stay as they are."""
    with writing():
        for stored in people:
            outbox.put(
                "message",
                once=f"{stored.key}:message:{once}",
                slug=form.slug,
                response_id=stored.id,
                language=stored.language,
                facts=_facts(text),
                now=moment,
            )
        audit.record(audit.staff(g.person.id), "message", form.slug, form.slug, {"messages": len(people)}, moment)


def preview(stored: Response, text: dict[str, str]) -> dict[str, Any] | None:
    """The message as the first recipient will get it."""
    moment = now()
    letter = Letter(
        id=0, once="", slug=stored.slug, response_id=stored.id, kind="message", language=stored.language,
        facts=_facts(text), state=outbox.WAITING, attempts=0, repeated=False, due_at=moment, created_at=moment,
        sent_at=None, error=None, recipients=(), subject=None, text=None, html=None, calendar=None,
    )  # fmt: skip
    written = letters.write(letter)
    if written is None:
        return None
    return {"to": ", ".join(written.recipients), "subject": written.subject, "text": paragraphs(written.text)}


def _facts(text: dict[str, str]) -> dict[str, Any]:
    return {"subject": text["temat"], "body": text["tresc"]}
