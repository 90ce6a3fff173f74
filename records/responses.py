"""The life of a response: begun as a draft, saved while it is filled in, sent once, corrected, sent again.

One row holds all of it. `working` is the copy being filled in; `answers` is what was last sent. Each function is one
transaction, or joins the caller's `writing()`: messages and bookings are stored with the response or not at all.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from peewee import IntegrityError

from records.audit import RESPONDENT
from records.bookings.lifecycle import OVER, RECEIVED
from records.bookings.queue import changing
from records.bookings.settling import Full, Taking, settle
from records.database import database, run, write, writing
from records.listing import fold
from records.models import moment, stored
from records.references import day_of, next_number, year_of
from records.shapes import (
    BY_KEY,
    DRAFT,
    STALE,
    SUBMITTED,
    Conflict,
    Earlier,
    Missing,
    ReferenceTaken,
    Response,
    Sent,
    Taken,
    Working,
    as_json,
)

__all__ = [
    "DRAFT",
    "SUBMITTED",
    "Conflict",
    "Earlier",
    "Full",
    "Missing",
    "ReferenceTaken",
    "Response",
    "Sent",
    "Taken",
    "Taking",
    "Working",
    "begin",
    "correct",
    "discard",
    "history",
    "load",
    "new_key",
    "save",
    "send",
    "with_office",
]

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0, 1: a key may be read out over the telephone
KEY_LENGTH = 10


def new_key() -> str:
    """A public name for a response that tells nothing and cannot be guessed from another."""
    rest = secrets.randbelow(len(ALPHABET) ** KEY_LENGTH)
    letters = []
    for _ in range(KEY_LENGTH):
        rest, index = divmod(rest, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)


def begin(
    slug: str,
    version_id: int,
    working: Working,
    language: str,
    now: datetime,
    key: str | None = None,
    follows: int | None = None,
) -> Response:
    """A new draft of the form, from the first page worth saving.

    With a `key` (from `new_key`, carried by the page) a double click begins one draft only: the second time the one that
    is there comes back as it is. `follows` is the id of the earlier response of a series that it goes on from. One INSERT.
    """
    key, link_secret, at = key or new_key(), secrets.token_urlsafe(16), stored(now)
    begun = write(
        "INSERT INTO response (key, link_secret, slug, state, revision, language, working_version_id, correction, "
        "begun_at, saved_at, changed_at, search, working, follows) VALUES (?, ?, ?, ?, 1, ?, ?, 0, ?, ?, ?, '', ?, ?) "
        "ON CONFLICT (key) DO NOTHING RETURNING id",
        *(key, link_secret, slug, DRAFT, language, version_id, at, at, at, working.text(), follows),
    )
    if not begun:
        return _existing(key)
    return Response.begun(begun[0][0], key, link_secret, slug, language, version_id, moment(at), working, follows)


def by_id(response_id: int) -> Response | None:
    """The response with this id, or None. One SELECT."""
    rows = run(BY_KEY.replace("key = ?", "id = ?"), response_id).fetchall()
    return Response.of(rows[0]) if rows else None


def load(key: str) -> Response | None:
    """The response with this key, or None. One SELECT."""
    rows = run(BY_KEY, key).fetchall()
    return Response.of(rows[0]) if rows else None


def save(
    response: Response, working: Working, *, version_id: int, revision: int, now: datetime, language: str = ""
) -> Response:
    """Keep what has been filled in so far; the response as it stands then. One UPDATE.

    `language` is the one that the person reads now, in which messages are written; "" keeps what it was.
    `revision` is that of the page the person filled in. Conflict when the response has moved on since (another tab, a
    colleague, or it has been sent); Missing when it was erased.
    """
    at = stored(now)
    with writing():
        saved = run(
            "UPDATE response SET working = ?, working_version_id = ?, revision = revision + 1, saved_at = ?, "
            "changed_at = ?, language = ? WHERE key = ? AND revision = ? AND working IS NOT NULL",
            *(working.text(), version_id, at, at, language or response.language, response.key, revision),
        ).rowcount
    if not saved:
        raise Conflict(_existing(response.key))
    when = moment(at)
    return replace(
        response,
        working=working,
        working_version_id=version_id,
        language=language or response.language,
        revision=revision + 1,
        saved_at=when,
        changed_at=when,
    )


def send(
    key: str,
    *,
    version_id: int,
    answers: dict[str, Any],
    revision: int,
    number: Callable[[int, int], str],
    now: datetime,
    gmina: str | None = None,
    period: str | None = None,
    one_per: str | None = None,
    search: str = "",
    privacy: str | None = None,
    anonymous: bool = False,
    taking: Taking | None = None,
    actor: str = RESPONDENT,
) -> Sent:
    """Send the response: `answers` (JSON values) become what it says. After the return it is on disk.

    `number(year, n)` makes the reference of a first sending; a correction keeps its own, and what stood before goes to
    the history. `one_per` is the combination of answers that only one live response may have, as one text; `period` is what
    it is about in a form that is a series. `anonymous` keeps of all moments only the day, and no gmina. `taking` is what
    it asks for of a form with places: they are booked in the same transaction, and `actor` did it. Raises Conflict (it moved on since
    `revision`), Taken, Missing, ReferenceTaken, Full (no place, and no waiting list); nothing is stored then.
    """
    slug = ""
    at = stored(day_of(now) if anonymous else now)
    state, kind = SUBMITTED, RECEIVED
    try:
        # The ledger is locked before the response: so do all who move bookings.
        with changing(taking.form, now, actor, "sent") if taking else writing() as work:
            current = _existing(key, locked=True)
            slug = current.slug
            if current.working is None and current.reference is not None:
                return Sent(current.reference, already=True)
            if current.revision != revision:
                raise Conflict(current)
            year: int | None = None
            ordinal: int | None = None
            if current.reference is None:
                year = year_of(now)
                ordinal = next_number(slug, year)
                reference, correction = number(year, ordinal), 0
            else:
                reference, correction = current.reference, current.correction + 1
                if actor != RESPONDENT:  # what staff correct themselves needs no new decision
                    state = current.state
                _keep_history(current.id)
            if work is not None and taking is not None:
                whose = None if anonymous else gmina
                settled = settle(work, current.id, taking.claims, whose, first=correction == 0)
                state, kind = settled.state if settled.bookings else state, settled.kind
            run(
                "UPDATE response SET state = ?, answers = ?, version_id = ?, working = NULL, "  # noqa: S608
                "working_version_id = NULL, revision = revision + 1, year = COALESCE(?, year), "
                "number = COALESCE(?, number), reference = ?, correction = ?, gmina = ?, period = ?, one_per = ?, "
                "privacy = ?, search = ?, sent_at = ?, saved_at = ?, changed_at = ?, "
                f"stale = {STALE}, begun_at = CASE WHEN ? = 1 THEN ? ELSE begun_at END WHERE id = ?",
                *(state, as_json(answers), version_id, year, ordinal, reference, correction),
                *(None if anonymous else gmina, period, one_per, privacy, fold(f"{reference} {search}")),
                *(at, at, at, int(anonymous), at, current.id),
            )
    except IntegrityError as error:
        # The text of a unique violation names the index (PostgreSQL) or its columns (SQLite), never a value.
        if "one_per" in str(error):
            raise Taken(slug) from None
        if "reference" in str(error):
            raise ReferenceTaken(slug) from None
        raise
    return Sent(reference, already=False, kind=kind)


def correct(key: str, now: datetime, seen: Iterable[str] = ()) -> Response:
    """Open a sent response for correction: a working copy of what was sent. Opened twice, it stays as it is.

    The sent answers hold until the correction is sent; one withdrawn or rejected is not corrected any more. Missing when
    there is no such response.
    """
    with writing():
        current = _existing(key, locked=True)
        if current.working is not None or current.answers is None or current.state in OVER:
            return current
        run(
            "UPDATE response SET working = ?, working_version_id = version_id, revision = revision + 1, saved_at = ?, "
            "changed_at = ? WHERE id = ?",
            *(Working(current.answers, {}, tuple(seen)).text(), stored(now), stored(now), current.id),
        )
        return _existing(key)


def discard(key: str, now: datetime) -> None:
    """Drop the correction in progress; what was sent stays. A draft never sent is not touched (see retention)."""
    with writing():
        run(
            "UPDATE response SET working = NULL, working_version_id = NULL, revision = revision + 1, changed_at = ? "
            "WHERE key = ? AND working IS NOT NULL AND answers IS NOT NULL",
            *(stored(now), key),
        )


def with_office(response: Response) -> bool:
    """Whether staff are correcting the response: until they are done, whoever sent it cannot."""
    return response.working is not None and bool(response.working.office)


def history(response_id: int) -> list[Earlier]:
    """What the response said before each of its corrections, the oldest first."""
    rows = run(
        "SELECT correction, version_id, sent_at, answers FROM sent_version WHERE response_id = ? ORDER BY correction",
        response_id,
    ).fetchall()
    return [Earlier(row[0], row[1], moment(row[2]), json.loads(row[3])) for row in rows]


def _keep_history(response_id: int) -> None:
    run(
        "INSERT INTO sent_version (response_id, correction, version_id, sent_at, answers) "
        "SELECT id, correction, version_id, sent_at, answers FROM response WHERE id = ?",
        response_id,
    )


def _existing(key: str, locked: bool = False) -> Response:
    """The response; locked until the transaction ends where the engine locks rows (SQLite's writers go one by one)."""
    lock = " FOR UPDATE" if locked and database.for_update else ""
    rows = run(BY_KEY + lock, key).fetchall()
    if not rows:
        raise Missing
    return Response.of(rows[0])
