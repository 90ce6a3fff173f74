"""The outbox: what is to be written to whom, stored in the transaction of what it tells, sent by a worker afterwards.

A message goes waiting → sending → sent, or to failed once nothing more can be tried. A worker claims a message in a
transaction of its own before it talks to the mail server. One that dies in between leaves the message `sending`; after
ABANDONED another worker takes it again and marks it as possibly repeated, since nobody can know how far the first came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from records.database import database, run, writing
from records.models import moment, stored

WAITING, SENDING, SENT, FAILED, SKIPPED = "waiting", "sending", "sent", "failed", "skipped"
ABANDONED = timedelta(minutes=3)  # longer than one attempt can take: see the time limits of views.mail
# How long to wait after each failed attempt: most servers that are down are back within a day.
BACKOFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))

_COLUMNS = (
    "id, once, slug, response_id, kind, language, facts, state, attempts, repeated, due_at, created_at, sent_at, error, "
    "recipients, subject, text, html, calendar"
)


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """A message in the outbox; the text is None until a worker has first written it out."""

    id: int
    once: str
    slug: str
    response_id: int | None
    kind: str
    language: str
    facts: Mapping[str, Any]
    state: str
    attempts: int
    repeated: bool
    due_at: datetime
    created_at: datetime
    sent_at: datetime | None
    error: str | None
    recipients: tuple[str, ...]
    subject: str | None
    text: str | None
    html: str | None
    calendar: str | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> Letter:
        """Read back from a row of _COLUMNS."""
        whole: Any = list(row)
        whole[6] = orjson.loads(row[6])
        whole[9] = bool(row[9])
        whole[10], whole[11] = moment(row[10]), moment(row[11])
        whole[12] = moment(row[12]) if row[12] else None
        whole[14] = tuple((row[14] or "").split())
        return cls(*whole)


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """A message as it goes out: addresses, subject, text, simple HTML, and a calendar file where it has events."""

    recipients: tuple[str, ...]
    subject: str
    text: str
    html: str
    calendar: str | None = None


def put(
    kind: str,
    *,
    once: str,
    slug: str,
    response_id: int | None,
    language: str,
    facts: Mapping[str, Any],
    now: datetime,
    due: datetime | None = None,
) -> None:
    """Puts a message into the outbox, in the caller's transaction; said again under the same `once`, it stays one.

    `facts` are JSON values that its text is made from when it is sent; `due` is the moment before which it waits.
    """
    with writing():
        run(
            "INSERT INTO message (once, slug, response_id, kind, language, facts, state, attempts, repeated, due_at, "
            "created_at) VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, 0, ?, ?) ON CONFLICT (once) DO NOTHING",
            *(once, slug, response_id, kind, language, orjson.dumps(dict(facts)).decode()),
            *(stored(due or now), stored(now)),
        )


def claim(now: datetime) -> Letter | None:
    """The next message that is due, now this worker's; None when there is none. Asking costs one SELECT."""
    abandoned = stored(now - ABANDONED)
    due = "(state = 'waiting' AND due_at <= ?) OR (state = 'sending' AND claimed_at < ?)"
    if not run(f"SELECT 1 FROM message WHERE {due} LIMIT 1", stored(now), abandoned).fetchone():  # noqa: S608
        return None
    lock = " FOR UPDATE SKIP LOCKED" if database.for_update else ""
    with writing():
        row = run(
            f"SELECT id FROM message WHERE {due} ORDER BY due_at, id LIMIT 1{lock}",  # noqa: S608
            *(stored(now), abandoned),
        ).fetchone()
        if row is None:
            return None
        claimed = run(
            "UPDATE message SET repeated = CASE WHEN state = 'sending' THEN 1 ELSE repeated END, state = 'sending', "  # noqa: S608
            f"attempts = attempts + 1, claimed_at = ? WHERE id = ? RETURNING {_COLUMNS}",
            *(stored(now), row[0]),
        ).fetchone()
        return Letter.of(claimed)


def write(letter: Letter, written: Written) -> None:
    """Keeps the text of a message before its first attempt, so that staff see what was sent and a repeat is the same."""
    with writing():
        run(
            "UPDATE message SET recipients = ?, subject = ?, text = ?, html = ?, calendar = ? WHERE id = ?",
            *(" ".join(written.recipients), written.subject, written.text, written.html, written.calendar, letter.id),
        )


def name(letter: Letter, written: Written) -> None:
    """Keeps of a message whose text is a secret only whom it goes to and what about; each attempt writes it anew."""
    with writing():
        run(
            "UPDATE message SET recipients = ?, subject = ? WHERE id = ?",
            *(" ".join(written.recipients), written.subject, letter.id),
        )


def sent(letter: Letter, now: datetime) -> None:
    """The mail server has taken the message."""
    _end(letter, SENT, now, None)


def skip(letter: Letter, reason: str, now: datetime) -> None:
    """There is nothing to send, or nobody to send it to; `reason` is a word for staff."""
    _end(letter, SKIPPED, now, reason)


@contextmanager
def fulfilling(letter: Letter) -> Iterator[None]:
    """A transaction that does what a message asks of the program itself; the message goes, and with it what it held."""
    with writing():
        yield
        run("DELETE FROM message WHERE id = ?", letter.id)


def put_off(letter: Letter, reason: str, now: datetime, *, lasting: bool = False) -> bool:
    """An attempt failed: tried again later, or given up (`lasting`: the server will never take it). Whether it is over.

    `reason` is the server's code or the kind of the error, never an address.
    """
    if lasting or letter.attempts > len(BACKOFF):
        _end(letter, FAILED, now, reason)
        return True
    with writing():
        run(
            "UPDATE message SET state = 'waiting', due_at = ?, error = ?, claimed_at = NULL WHERE id = ?",
            *(stored(now + BACKOFF[letter.attempts - 1]), reason, letter.id),
        )
    return False


def again(message_id: int, now: datetime) -> None:
    """Tries a message that failed once more, from the first attempt on."""
    with writing():
        run(
            "UPDATE message SET state = 'waiting', attempts = 0, due_at = ?, error = NULL, claimed_at = NULL "
            "WHERE id = ? AND state = 'failed'",
            *(stored(now), message_id),
        )


def of_response(response_id: int) -> list[Letter]:
    """Every message about a response, the newest first."""
    rows = run(f"SELECT {_COLUMNS} FROM message WHERE response_id = ? ORDER BY id DESC", response_id)  # noqa: S608
    return [Letter.of(row) for row in rows.fetchall()]


def recent(
    *, slug: str = "", state: str = "", limit: int = 50, before: int | None = None, slugs: frozenset[str] | None = None
) -> list[Letter]:
    """The newest messages, of one form or state if asked; `before` is the id where the last page ended.

    `slugs` are the forms that may be seen, None for all.
    """
    among, params = _among(slugs)
    where = [among]
    for column, value in (("slug", slug), ("state", state)):
        if value:
            where.append(f"{column} = ?")
            params.append(value)
    if before is not None:
        where.append("id < ?")
        params.append(before)
    # Which they are is told by an index; the rows with their texts are read for these alone.
    ids = f"SELECT id FROM message WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?"  # noqa: S608
    rows = run(f"SELECT {_COLUMNS} FROM message WHERE id IN ({ids}) ORDER BY id DESC", *params, limit)  # noqa: S608
    return [Letter.of(row) for row in rows.fetchall()]


def find(message_id: int) -> Letter | None:
    """The message with this id, or None."""
    row = run(f"SELECT {_COLUMNS} FROM message WHERE id = ?", message_id).fetchone()  # noqa: S608
    return Letter.of(row) if row else None


def counts(slugs: frozenset[str] | None = None) -> dict[str, int]:
    """How many messages are in each state, of these forms (None: of all)."""
    among, params = _among(slugs)
    return dict(run(f"SELECT state, COUNT(*) FROM message WHERE {among} GROUP BY state", *params).fetchall())  # noqa: S608


def failed_since(since: datetime) -> int:
    """How many messages were given up from that moment on."""
    row = run("SELECT COUNT(*) FROM message WHERE state = 'failed' AND claimed_at >= ?", stored(since)).fetchone()
    return int(row[0])


def _among(slugs: frozenset[str] | None) -> tuple[str, list[Any]]:
    """The condition that a message is about one of these forms, and its parameters."""
    if slugs is None:
        return "1 = 1", []
    return f"slug IN ({', '.join('?' * len(slugs)) or 'NULL'})", sorted(slugs)


def _end(letter: Letter, state: str, now: datetime, reason: str | None) -> None:
    with writing():
        run(
            "UPDATE message SET state = ?, sent_at = ?, error = ? WHERE id = ?",
            *(state, stored(now) if state == SENT else None, reason, letter.id),
        )
