"""A message that staff write: what was typed and what it lacks, its preview for the first recipient, what its page shows of it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from flask import request

from forms.wording import Say, say
from records.desk.messages import KIND
from records.outbox import WAITING, Letter, Written
from views import wording
from views.mail import letters
from views.markdown import paragraphs
from views.pages import written
from views.services import now

MOST = {"temat": 150, "tresc": 10_000}  # characters
LONGEST_ONCE = 40  # characters
MOST_DIGITS = 6
WANTED: Mapping[str, Say] = {"temat": say("Wpisz temat wiadomości."), "tresc": say("Wpisz treść wiadomości.")}

Problems = list[tuple[str, str]]  # address on the page, words


def typed() -> dict[str, str]:
    """Subject and body as they were typed."""
    return {name: written(name, most) for name, most in MOST.items()}


def problems(text: Mapping[str, str]) -> Problems:
    """What is missing of the message."""
    return [(f"#{name}", str(what)) for name, what in WANTED.items() if not text[name]]


def facts(text: Mapping[str, str]) -> dict[str, str]:
    """The message as the outbox keeps it."""
    return {"subject": text["temat"], "body": text["tresc"]}


def confirmed() -> bool:
    """Whether the button below the preview was pressed, which sends it."""
    return request.form.get("krok") == "wyslij"


def once() -> str:
    """The word of the page by which pressing twice sends one message."""
    return request.form.get("raz", "")[:LONGEST_ONCE]


def told() -> int | None:
    """To how many it was just sent, as the address says it; None when nothing was."""
    sent = request.args.get("wyslano", "")
    return int(sent) if sent.isdecimal() and len(sent) <= MOST_DIGITS else None


def preview(
    slug: str,
    response_id: int | None,
    language: str,
    said: Mapping[str, Any],
    *,
    kind: str = KIND,
    write: Callable[[Letter], Written | None] = letters.write,
) -> dict[str, str] | None:
    """The message as its first recipient will get it: to, subject, text. None where nobody would.

    `said` are the facts that would be kept, `write` writes a message of this kind out.
    """
    moment = now()
    found = write(Letter(
        id=0, once="", slug=slug, response_id=response_id, kind=kind, language=language, facts=said, state=WAITING,
        attempts=0, repeated=False, due_at=moment, created_at=moment, sent_at=None, error=None, recipients=(),
        subject=None, text=None, html=None, calendar=None,
    ))  # fmt: skip
    if found is None:
        return None
    return {"to": ", ".join(found.recipients), "subject": found.subject, "text": paragraphs(found.text)}


def shown(found: Problems, *more: str) -> dict[str, Any]:
    """What every page of a message needs: what was typed, the problems and where they stand (at `more` fields too), `once`."""
    text, wrong = typed(), dict(found)
    return {
        "subject": text["temat"],
        "body": text["tresc"],
        "problems": found,
        "problems_title": wording.problems_title(len(found)),
        "errors": {name: wrong.get(f"#{name}", "") for name in (*more, *MOST)},
        "once": once() or secrets.token_urlsafe(12),
    }
