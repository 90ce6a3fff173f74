"""Which form something belongs to, found by what an address names it by: for whoever may work with some forms only."""

from __future__ import annotations

from records.database import run


def of_response(key: str) -> str | None:
    """The form of the response with this key; None without one."""
    return _slug("SELECT slug FROM response WHERE key = ?", key)


def of_message(message_id: int) -> str | None:
    """The form that a message is about; None without one."""
    return _slug("SELECT slug FROM message WHERE id = ?", message_id)


def of_certificate(code: str) -> str | None:
    """The form that a certificate was issued for, by its code; None without one."""
    return _slug("SELECT slug FROM certificate WHERE code = ?", code)


def _slug(sql: str, value: object) -> str | None:
    row = run(sql, value).fetchone()
    return row[0] if row else None
