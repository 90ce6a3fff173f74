"""How often of late somebody has asked or failed, counted so that nobody guesses by trying and nobody floods the office.

The counts live in the memory of this process: with several workers there are that many times more tries, and a restart
forgets them. The library is the one beneath Flask-Limiter; that itself would work on every request, also on those of
respondents filling in a form, which are never limited.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from flask import current_app

if TYPE_CHECKING:
    from limits import RateLimitItem
    from limits.strategies import FixedWindowRateLimiter

EXTENSION = "nabor-pace"


def hit(rate: str, what: str, who: str) -> bool:
    """Counts that somebody (`who`: an address, a token) did something (`what`); False when that was too often.

    `rate` is how often they may, such as "10 per hour".
    """
    return _limiter().hit(_item(rate), what, who)


def allowed(rate: str, what: str, who: str) -> bool:
    """Whether they may once more; nothing is counted."""
    return _limiter().test(_item(rate), what, who)


@cache
def _item(rate: str) -> RateLimitItem:
    from limits import parse  # noqa: PLC0415 – 3 MB that whoever fills in a form has no use for

    return parse(rate)


def _limiter() -> FixedWindowRateLimiter:
    """The counts of the application that handles this request: each counts for itself."""
    if EXTENSION not in current_app.extensions:
        from limits.storage import MemoryStorage  # noqa: PLC0415 – as above
        from limits.strategies import FixedWindowRateLimiter  # noqa: PLC0415

        current_app.extensions[EXTENSION] = FixedWindowRateLimiter(MemoryStorage())
    found: FixedWindowRateLimiter = current_app.extensions[EXTENSION]
    return found
