"""Private links: whoever holds one may continue the response it opens, nobody else can make one."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from records import responses
from records.database import run, writing
from records.responses import KEY_LENGTH, Response

SIGNATURE_LENGTH = 22  # of base64: 132 bits


def token(response: Response, secret_key: str) -> str:
    """What stands at the end of the private link; the same each time, until the link is revoked."""
    return f"{response.key}-{_signature(response.key, response.link_secret, secret_key)}"


def open_link(text: str, secret_key: str) -> Response | None:
    """The response that a private link opens; None when it opens nothing (wrong, revoked, erased). One SELECT."""
    key, _, signature = text.partition("-")
    if len(key) != KEY_LENGTH or len(signature) != SIGNATURE_LENGTH or not text.isascii():
        return None
    response = responses.load(key)
    if response is None:
        return None
    return response if hmac.compare_digest(signature, _signature(key, response.link_secret, secret_key)) else None


def revoke(key: str) -> None:
    """Make every link given out for this response useless; a new one comes from `token` after loading it again."""
    with writing():
        run("UPDATE response SET link_secret = ? WHERE key = ?", secrets.token_urlsafe(16), key)


def _signature(key: str, link_secret: str, secret_key: str) -> str:
    digest = hmac.new(secret_key.encode(), f"private-link:{key}{link_secret}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode()[:SIGNATURE_LENGTH]
