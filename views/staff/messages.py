"""For staff: what was written to whom, what waits and what failed; in development this is the way to read the mail."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, abort, request, url_for
from markupsafe import Markup

from forms.spans import WARSAW
from forms.wording import Say, say, say_n, short_date
from forms.wording import clock as hour
from records import outbox
from records.outbox import Letter
from views.access import Right, may, requires, visible_slugs
from views.mail.letters import SECRET
from views.mail.texts import KINDS
from views.markdown import paragraphs
from views.pages import page, see
from views.services import now, services

PER_PAGE = 50
MOST_DIGITS = 10  # of an id
PRIVATE = re.compile(r"https?://[^\s<>]+(?:/[zka]/|[?&](?:po|za)=)[^\s<>]+")
STATES: dict[str, tuple[Say, str]] = {
    outbox.WAITING: (say("czeka"), "plain"),
    outbox.SENDING: (say("w drodze"), "plain"),
    outbox.SENT: (say("wysłana"), "good"),
    outbox.FAILED: (say("nie wyszła"), "bad"),
    outbox.SKIPPED: (say("bez adresata"), "warning"),
}


@requires(Right.READ_RESPONSES)
def messages() -> Response:
    """The newest messages, of one state if asked; older ones page by page."""
    state = request.args.get("state", "")
    state = state if state in STATES else ""
    before = request.args.get("przed", "")
    visible = visible_slugs()
    older_than = int(before) if before.isdecimal() and len(before) < MOST_DIGITS else None
    letters = outbox.recent(state=state, limit=PER_PAGE + 1, before=older_than, slugs=visible)
    counts = outbox.counts(visible)
    total = sum(counts.values())
    older = ""
    if len(letters) > PER_PAGE:
        older = url_for("staff.messages", state=state or None, przed=letters[PER_PAGE - 1].id)
    return page(
        "staff/messages.html",
        count_text=str(say_n("{n} wiadomość", "{n} wiadomości", counts.get(state, 0) if state else total)),
        states=[
            {"text": str(say("wszystkie")), "url": url_for("staff.messages"), "n": total, "current": not state},
            *(
                {
                    "text": str(text),
                    "url": url_for("staff.messages", state=key),
                    "n": counts.get(key, 0),
                    "current": key == state,
                }
                for key, (text, _) in STATES.items()
            ),
        ],
        rows=[line(letter) for letter in letters[:PER_PAGE]],
        older=older,
        folder="" if services().settings.mail_url else "DATA_DIR/mail",
    )


@requires(Right.READ_RESPONSES)
def message(message_id: int) -> Response:
    """One message as it went out."""
    letter = outbox.find(message_id)
    if letter is None:
        abort(404)
    crumbs = [{"title": str(say("Wiadomości")), "url": url_for("staff.messages")}, {"title": _title(letter), "url": ""}]
    return page(
        "staff/message.html",
        **line(letter),
        crumbs=crumbs,
        text=_shown(letter.text) if letter.text else "",
        secret=letter.kind in SECRET,
        again_url=_again(letter),
        repeated=letter.repeated,
        attempts=letter.attempts,
    )


@requires(Right.DECIDE)
def message_again(message_id: int) -> Any:
    """A message that failed is tried once more."""
    outbox.again(message_id, now())
    return see(url_for("staff.message", message_id=message_id))


def line(letter: Letter) -> dict[str, Any]:
    """A message in a table: what, to whom, when, and how far it has come."""
    text, kind = STATES[letter.state]
    when = (letter.sent_at or letter.due_at).astimezone(WARSAW)
    return {
        "title": _title(letter),
        "url": url_for("staff.message", message_id=letter.id),
        "kind": str(KINDS.get(letter.kind, letter.kind)),
        "recipients": ", ".join(letter.recipients),
        "state": {"text": str(text), "kind": kind},
        "when": f"{short_date(when)}, {hour(when.timetz())}",
        "error": letter.error or "",
    }


def _shown(text: str) -> Markup:
    """The text for staff: private links are for those they were sent to, so that nobody acts in their name."""
    hidden = PRIVATE.sub(f"[{say('link prywatny')}]", text)
    return paragraphs(hidden.replace("\n  - ", "\n\u00a0\u00a0- "))


def _title(letter: Letter) -> str:
    """The subject; a letter that waits has none yet, and is called after its kind."""
    kind = str(KINDS.get(letter.kind, letter.kind))
    return letter.subject or kind[:1].upper() + kind[1:]


def _again(letter: Letter) -> str:
    if letter.state != outbox.FAILED or not may(Right.DECIDE):
        return ""
    return url_for("staff.message_again", message_id=letter.id)
