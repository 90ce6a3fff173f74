"""Certificates: numbered papers that somebody took part, each with a code by which anybody can see whether it holds.

One that was wrong is not changed but replaced; the old one stays, and says which one holds instead.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from records import audit
from records.bookings import places
from records.database import run, writing
from records.models import moment, stored
from records.references import next_number, year_of
from records.responses import ALPHABET
from records.shapes import Missing

CODE_LENGTH = 12  # of ALPHABET: 59 bits
COUNTER = "#{pattern}"  # beside the counters of responses: no slug of a form has this sign
REASON = "revoked"  # the name in `facts` of why one was revoked: for staff only
COLUMNS = "id, number, code, slug, response_id, item, facts, issued_at, issued_by, replaced_by_id, revoked_at"


class NumberTaken(Exception):
    """The pattern makes a number that another pattern has made before; one of them must change."""


@dataclass(frozen=True, slots=True, repr=False)
class Certificate:
    """A certificate as it was issued. `facts` are JSON values that name a person; empty once they were to be forgotten."""

    id: int
    number: str
    code: str
    slug: str
    response_id: int
    item: str
    facts: Mapping[str, Any]
    issued_at: datetime
    issued_by: str
    replaced_by: int | None
    revoked_at: datetime | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> Certificate:
        """Read back from a row of COLUMNS."""
        whole: Any = (*row[:6], orjson.loads(row[6]), moment(row[7]), *row[8:10], moment(row[10]) if row[10] else None)
        return cls(*whole)

    @property
    def valid(self) -> bool:
        """Whether it holds: neither replaced nor revoked."""
        return self.replaced_by is None and self.revoked_at is None


def issue(
    slug: str,
    response_id: int,
    item: str,
    facts: Mapping[str, Any],
    pattern: str,
    now: datetime,
    actor: str,
) -> Certificate | None:
    """A new certificate for a participant (an item of a response); None when they have one that holds.

    `pattern`, such as `ZASW-{year}-{number:04}`, makes its number; forms with the same pattern count on together.
    Raises NumberTaken; nothing is stored then.
    """
    with writing():
        places.lock(slug)  # of two who issue at once, one waits and then finds what the other has issued
        if _holding(slug, response_id, item) is not None:
            return None
        return _insert(slug, response_id, item, facts, pattern, now, actor, "certificate-issued")


def replace(code: str, facts: Mapping[str, Any], pattern: str, now: datetime, actor: str) -> Certificate:
    """A certificate in place of the one with this code, which no longer holds. Raises Missing (none such that holds)."""
    with writing():
        old = find(code)
        if old is None:
            raise Missing
        places.lock(old.slug)
        if _holding(old.slug, old.response_id, old.item) != old.id:
            raise Missing
        new = _insert(old.slug, old.response_id, old.item, facts, pattern, now, actor, "certificate-replaced")
        run("UPDATE certificate SET replaced_by_id = ? WHERE id = ?", new.id, old.id)
        return new


def revoke(code: str, reason: str, now: datetime, actor: str) -> None:
    """The certificate no longer holds, and nothing takes its place; twice does nothing more. Raises Missing.

    The `reason` is kept with the certificate, for staff; the log does not hold it.
    """
    with writing():
        old = find(code)
        if old is None:
            raise Missing
        places.lock(old.slug)
        facts = orjson.dumps({**old.facts, REASON: reason}).decode()
        changed = run(
            "UPDATE certificate SET revoked_at = ?, facts = ? WHERE id = ? AND revoked_at IS NULL "
            "AND replaced_by_id IS NULL",
            *(stored(now), facts, old.id),
        ).rowcount
        if not changed:
            return
        audit.record(actor, "certificate-revoked", old.number, old.slug, {}, now)


def find(code: str) -> Certificate | None:
    """The certificate with this code, or None."""
    row = run(f"SELECT {COLUMNS} FROM certificate WHERE code = ?", code).fetchone()  # noqa: S608
    return Certificate.of(row) if row else None


def of_form(slug: str) -> list[Certificate]:
    """Every certificate of a form, those that no longer hold too, the oldest first."""
    rows = run(f"SELECT {COLUMNS} FROM certificate WHERE slug = ? ORDER BY id", slug)  # noqa: S608
    return [Certificate.of(row) for row in rows.fetchall()]


def of_response(response_id: int) -> list[Certificate]:
    """Every certificate of the people of a response, the oldest first."""
    rows = run(f"SELECT {COLUMNS} FROM certificate WHERE response_id = ? ORDER BY id", response_id)  # noqa: S608
    return [Certificate.of(row) for row in rows.fetchall()]


def _holding(slug: str, response_id: int, item: str) -> int | None:
    row = run(
        "SELECT id FROM certificate WHERE slug = ? AND response_id = ? AND item = ? AND replaced_by_id IS NULL "
        "AND revoked_at IS NULL",
        *(slug, response_id, item),
    ).fetchone()
    return int(row[0]) if row else None


def _insert(
    slug: str,
    response_id: int,
    item: str,
    facts: Mapping[str, Any],
    pattern: str,
    now: datetime,
    actor: str,
    action: str,
) -> Certificate:
    year = year_of(now)
    # A pattern without the year must not begin anew with each year.
    n = next_number(COUNTER.format(pattern=pattern), year if "{year}" in pattern else 0)
    named = pattern.format(year=year, number=n)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    row = run(
        "INSERT INTO certificate (number, code, slug, response_id, item, facts, issued_at, issued_by) "  # noqa: S608
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO NOTHING RETURNING {COLUMNS}",
        *(named, code, slug, response_id, item, orjson.dumps(dict(facts)).decode(), stored(now), actor),
    ).fetchone()
    if row is None:
        raise NumberTaken(named)
    audit.record(actor, action, named, slug, {}, now)
    return Certificate.of(row)
