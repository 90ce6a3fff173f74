"""How often of late somebody has asked or failed, counted so that nobody guesses by trying and nobody floods the office.

The counts live in the memory of this process: with several workers there are that many times more tries, and a restart
forgets them. The library is the one beneath Flask-Limiter; that itself would work on every request, also on those of
respondents filling in a form, which are never limited.
"""

from __future__ import annotations

from flask import current_app
from limits import RateLimitItem
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

EXTENSION = "nabor-pace"


def hit(rate: RateLimitItem, what: str, who: str) -> bool:
    """Counts that somebody (`who`: an address, a token) did something (`what`); False when that was too often."""
    return _limiter().hit(rate, what, who)


def allowed(rate: RateLimitItem, what: str, who: str) -> bool:
    """Whether they may once more; nothing is counted."""
    return _limiter().test(rate, what, who)


def _limiter() -> FixedWindowRateLimiter:
    """The counts of the application that handles this request: each counts for itself."""
    if EXTENSION not in current_app.extensions:
        current_app.extensions[EXTENSION] = FixedWindowRateLimiter(MemoryStorage())
    found: FixedWindowRateLimiter = current_app.extensions[EXTENSION]
    return found
