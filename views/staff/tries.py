"""Failed tries to sign in: only failures count, because a whole office may stand behind one address."""

from __future__ import annotations

from views import pace

BY_ADDRESS = "5 per minute"
BY_EMAIL = "10 per hour"
WHAT = "sign-in"


def too_many(address: str, email: str) -> bool:
    """Whether to wait before the next try, by the address of the network and by the e-mail tried."""
    return not (pace.allowed(BY_ADDRESS, WHAT, address) and pace.allowed(BY_EMAIL, WHAT, _same(email)))


def failed(address: str, email: str) -> None:
    """Counts a failure."""
    pace.hit(BY_ADDRESS, WHAT, address)
    pace.hit(BY_EMAIL, WHAT, _same(email))


def _same(email: str) -> str:
    return email.strip().lower()
