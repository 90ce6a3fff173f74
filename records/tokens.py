"""Tokens by which other programs read responses: made by an administrator, shown once, limited, ended at any time.

A token never opens more than its maker could open: it works while their account does and manages accounts, and gives
sensitive answers while that account may see them. A closed account that is opened again brings its tokens back.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from records import audit
from records.accounts import ADMINISTRATOR
from records.database import run, write, writing
from records.models import moment, stored

PREFIX = "nabor_"  # by which programs that look for leaked secrets know one
LONGEST_NAME = 80  # characters
NOTED_EVERY = timedelta(minutes=1)  # how exactly the last use is known; a write for each request would cost more

_FROM = (
    "SELECT t.id, t.name, t.slugs, t.sensitive, t.created_by, t.created_at, t.expires_at, t.last_used_at, t.revoked_at, "
    "p.sensitive FROM api_token t LEFT JOIN person p ON p.id = t.created_by AND p.disabled_at IS NULL AND p.role = ?"
)


@dataclass(frozen=True, slots=True)
class Token:
    """What a token lets read. `forms` None: every form; `kept`: whoever made it may still make tokens."""

    id: int
    name: str
    forms: frozenset[str] | None
    sensitive: bool
    created_by: int
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None
    kept: bool

    def good(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.kept and self.revivable(now)

    def revivable(self, now: datetime) -> bool:
        """Whether it opens something as soon as its maker may make tokens again."""
        return self.revoked_at is None and now < self.expires_at

    def reads(self, slug: str) -> bool:
        """Whether it opens this form."""
        return self.forms is None or slug in self.forms


def make(
    name: str,
    forms: Collection[str] | None,
    expires_at: datetime,
    person: int,
    now: datetime,
    *,
    sensitive: bool = False,
) -> str:
    """A new token; only its hash is kept, so this is the one time to show it. ValueError for a name that is empty or too
    long, for an empty list of forms and for an end that is past.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or forms is not None and not forms or expires_at <= now:
        raise ValueError(f"a token has a name of 1 to {LONGEST_NAME} characters, a form to read and an end to come")
    secret = PREFIX + secrets.token_urlsafe(32)
    slugs = None if forms is None else json.dumps(sorted(forms))
    with writing():
        token_id = write(
            "INSERT INTO api_token (name, hash, slugs, sensitive, created_by, created_at, expires_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            *(name, _hash(secret), slugs, int(sensitive), person, stored(now), stored(expires_at)),
        )[0][0]
        what = {"sensitive": sensitive, "forms": None if forms is None else sorted(forms)}
        audit.record(audit.staff(person), "token_made", f"token:{token_id}", None, what, now)
    return secret


def find(secret: str, now: datetime) -> Token | None:
    """The token whose secret this is, if it still opens something; its use is noted, at most once a minute."""
    row = run(f"{_FROM} WHERE t.hash = ?", ADMINISTRATOR, _hash(secret)).fetchone()
    token = _token(row) if row else None
    if token is None or not token.good(now):
        return None
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        with writing():
            run("UPDATE api_token SET last_used_at = ? WHERE id = ?", stored(now), token.id)
    return token


def everything() -> list[Token]:
    """All tokens, the newest first."""
    return [_token(row) for row in run(f"{_FROM} ORDER BY t.id DESC", ADMINISTRATOR).fetchall()]


def kept_by(person: int, now: datetime) -> int:
    """How many tokens work now that this person has made: so many programs read nothing once the account is closed."""
    return sum(each.good(now) for each in everything() if each.created_by == person)


def revoke(token_id: int, person: int, now: datetime) -> bool:
    """Ends a token; whether there was one to end."""
    with writing():
        rows = run(
            "UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING id",
            *(stored(now), token_id),
        ).fetchall()
        if rows:
            audit.record(audit.staff(person), "token_revoked", f"token:{token_id}", None, {}, now)
    return bool(rows)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _token(row: tuple[Any, ...]) -> Token:
    id_, name, slugs, sensitive, created_by, created_at, *ends, makers = row  # the maker's own right, None without one
    expires_at, last_used_at, revoked_at = (moment(each) if each else None for each in ends)
    assert expires_at is not None
    forms = None if slugs is None else frozenset(json.loads(slugs))
    return Token(
        id_,
        name,
        forms,
        bool(sensitive) and bool(makers),
        created_by,
        moment(created_at),
        expires_at,
        last_used_at,
        revoked_at,
        kept=makers is not None,
    )
