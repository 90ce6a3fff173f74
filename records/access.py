"""Private links: whoever holds one may continue the response it opens, nobody else can make one.

A link to one step opens that step alone, and what begins the next report of a series opens nothing. Both are signed with the
same secret, so revoking the private link revokes them too.
"""

from __future__ import annotations

import base64
import hmac
import secrets

from records import responses
from records.bookings.lifecycle import OVER
from records.database import run, writing
from records.responses import KEY_LENGTH, Response

SIGNATURE_LENGTH = 22  # of base64: 132 bits
PRIVATE, STEP, NEXT = "private-link", "step-link", "next-period"  # what a signature is for


def token(response: Response, secret_key: str) -> str:
    """What stands at the end of the private link; the same each time, until the link is revoked."""
    return f"{response.key}-{_signature(PRIVATE, response, secret_key)}"


def step_token(response: Response, step_id: str, secret_key: str) -> str:
    """What stands in the link that opens one step of the response, and nothing else of it."""
    return f"{response.key}-{_signature(f'{STEP}:{step_id}', response, secret_key)}"


def next_token(response: Response, secret_key: str) -> str:
    """What the address of the next report of a series carries to say which one it goes on from."""
    return f"{response.key}-{_signature(NEXT, response, secret_key)}"


def open_link(text: str, secret_key: str) -> Response | None:
    """The response that a private link opens; None when it opens nothing (wrong, revoked, erased). One SELECT."""
    return _open(text, PRIVATE, secret_key)


def open_step(text: str, step_id: str, secret_key: str) -> Response | None:
    """The response of which a link opens this step; None when it does not. One SELECT."""
    return _open(text, f"{STEP}:{step_id}", secret_key)


def open_next(text: str, secret_key: str) -> Response | None:
    """The response from which the next report goes on; None when the text says nothing of the kind. One SELECT."""
    return _open(text, NEXT, secret_key)


def _open(text: str, purpose: str, secret_key: str) -> Response | None:
    key, _, signature = text.partition("-")
    if len(key) != KEY_LENGTH or len(signature) != SIGNATURE_LENGTH or not text.isascii():
        return None
    response = responses.load(key)
    if response is None:
        return None
    return response if hmac.compare_digest(signature, _signature(purpose, response, secret_key)) else None


def mentioning(address: str, limit: int = 200) -> list[Response]:
    """Live responses whose answers hold this text somewhere (small letters): whose it is, the caller must still look up.

    The newest first. Reads every response once, so it is for the worker, never for a request.
    """
    escaped = address.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = run(
        "SELECT key FROM response WHERE answers IS NOT NULL AND state NOT IN (?, ?) AND LOWER(answers) LIKE ? "
        "ESCAPE '\\' ORDER BY id DESC LIMIT ?",
        *(*OVER, f"%{escaped}%", limit),
    ).fetchall()
    return [found for found in (responses.load(row[0]) for row in rows) if found is not None]


def revoke(key: str) -> None:
    """Make every link given out for this response useless; a new one comes from `token` after loading it again.

    What was begun from its private page no longer goes on from it, so nobody sees its values there any more.
    """
    with writing():
        run("UPDATE response SET link_secret = ? WHERE key = ?", secrets.token_urlsafe(16), key)
        run("UPDATE response SET follows = NULL WHERE follows = (SELECT id FROM response WHERE key = ?)", key)


def _signature(purpose: str, response: Response, secret_key: str) -> str:
    text = f"{purpose}:{response.key}{response.link_secret}"
    digest = hmac.digest(secret_key.encode(), text.encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode()[:SIGNATURE_LENGTH]
