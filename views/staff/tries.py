"""Failed tries to sign in are counted, so that nobody guesses a password by trying.

The counts live in the memory of this process: with several workers a guesser has that many times more tries, and a
restart forgets them. Only failures count, because a whole office may stand behind one address. The library is the one
beneath Flask-Limiter; that itself would work on every request, also on those of respondents, which it never limits.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import current_app
from flask.blueprints import BlueprintSetupState
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

BY_ADDRESS = parse("5 per minute")
BY_EMAIL = parse("10 per hour")
EXTENSION = "nabor-tries"


@dataclass
class Tries:
    """The failures of late, by the address of the network and by the e-mail tried."""

    limiter: FixedWindowRateLimiter = field(default_factory=lambda: FixedWindowRateLimiter(MemoryStorage()))

    def too_many(self, address: str, email: str) -> bool:
        """Whether to wait before the next try."""
        return not (self.limiter.test(BY_ADDRESS, address) and self.limiter.test(BY_EMAIL, _same(email)))

    def failed(self, address: str, email: str) -> None:
        """Counts a failure."""
        self.limiter.hit(BY_ADDRESS, address)
        self.limiter.hit(BY_EMAIL, _same(email))


def start(state: BlueprintSetupState) -> None:
    """Each application counts for itself."""
    state.app.extensions[EXTENSION] = Tries()


def tries() -> Tries:
    """The counts of the application that handles this request."""
    found: Tries = current_app.extensions[EXTENSION]
    return found


def _same(email: str) -> str:
    return email.strip().lower()
