"""Texts signed with the office's secret, each purpose with a key of its own: sessions, tokens of forms, names of new drafts.

The signature is BLAKE2b with a key (RFC 7693). The browser gets `content.time.signature`, all of it safe in a cookie.
"""

from __future__ import annotations

import hmac
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import Any

import orjson
from itsdangerous import BadSignature, SignatureExpired

SIGNATURE = 20  # bytes


class Sealed:
    """Plain JSON values as a signed text that carries its time, and back. Not secret, not compressed."""

    def __init__(self, secret: str, purpose: str) -> None:
        self._key = blake2b(secret.encode(), person=purpose.encode()).digest()

    def dumps(self, value: Any) -> str:
        """The signed text."""
        content = urlsafe_b64encode(orjson.dumps(value)).decode()
        text = f"{content}.{int(time.time())}"
        return f"{text}.{self._signature(text)}"

    def loads(self, text: str, max_age: int | None = None) -> Any:
        """The value; BadSignature when it was not signed here, SignatureExpired when it is older than `max_age` seconds."""
        whole, _, signature = text.rpartition(".")
        if not signature.isascii() or not hmac.compare_digest(signature, self._signature(whole)):
            raise BadSignature("not signed here")
        content, _, at = whole.partition(".")
        if max_age is not None and time.time() - int(at) > max_age:
            raise SignatureExpired("too old")
        return orjson.loads(urlsafe_b64decode(content))

    def _signature(self, text: str) -> str:
        return blake2b(text.encode(), key=self._key, digest_size=SIGNATURE).hexdigest()
