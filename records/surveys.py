"""Surveys after an event: who took part is invited once, answers once, is reminded once, and stays unknown.

An invitation keeps the sha256 of its token; the token itself is made anew from the server's secret whenever a message is
written, and stored nowhere. Of an invitation that was used only the day is kept, as of the answer; neither names the other.

What can still be inferred: the office knows who was invited and on which day each invitation was used. Where only one was
used on a day, the one answer of that day is that person's; where few were, an answer's words may tell. Show no results of
groups smaller than five. PostgreSQL marks rows with the transaction that wrote them, and lays them down in the order of
writing: `blur` writes used invitations anew, in the order of their hashes, so that this tells nothing either from the next
day on. A copy of the database made in between, and the log of the web server (addresses under /a/), may tell more.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from forms.definition import Form
from forms.events import Event
from records import outbox
from records.bookings.booked import marks
from records.bookings.lifecycle import ABSENT, ACCEPTED, ATTENDED
from records.database import run, writing
from records.models import stored
from records.references import day_of

KIND = "survey"  # of the messages
LATE = timedelta(days=1)  # after the event: until then somebody may still note who was there
REMIND = timedelta(days=7)  # after the invitation
OVER = timedelta(days=45)  # after the event: nobody is asked any more
BLURRED = timedelta(days=14)  # for so long used invitations are written anew each day
TOKEN_LENGTH = 22  # of base64: 132 bits


class Used(Exception):
    """The invitation has been used, or there is none."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Which form a link opens, and whether it was answered already."""

    slug: str
    used: bool


def token(booking_id: int, slug: str, secret_key: str) -> str:
    """What stands at the end of the link by which this participant answers the survey `slug`."""
    digest = hmac.digest(secret_key.encode(), f"survey:{slug}:{booking_id}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest).decode()[:TOKEN_LENGTH]


def find(text: str) -> Invitation | None:
    """The invitation that a token opens, or None. One SELECT."""
    row = run("SELECT slug, used_on FROM invitation WHERE hash = ?", _hash(text)).fetchone()
    return Invitation(row[0], row[1] is not None) if row else None


def use(text: str, slug: str, now: datetime) -> None:
    """Marks the invitation as used, in the transaction that stores the answer. Raises Used, and nothing is stored then."""
    with writing():
        changed = run(
            "UPDATE invitation SET used_on = ? WHERE hash = ? AND slug = ? AND used_on IS NULL",
            *(stored(day_of(now)), _hash(text), slug),
        ).rowcount
        if not changed:
            raise Used


def ask(form: Form, secret_key: str, now: datetime) -> int:
    """Invites those who took part in an event of the form that is over, and reminds once who has not answered in a week.

    Who was marked as there is asked at once, and who has a place a day later where nobody was marked at all. Returns how
    many messages were put into the outbox. Cheap when there is nothing to do: two SELECTs, from an index, for each event
    that was over in the last weeks.
    """
    asked = 0
    for event in form.events:
        ends = event.ends or event.starts
        if ends is None or not ends <= now <= ends + OVER:
            continue
        rows = _uninvited(form, event, now >= ends + LATE)
        forgetful = _forgetful(form, event, now) if now >= ends + REMIND else []
        if rows or forgetful:
            asked += _write(form, secret_key, rows, forgetful, now)
    return asked


def blur(now: datetime) -> None:
    """Writes the invitations that were used of late anew; see above why."""
    days = (stored(day_of(now - BLURRED)), stored(day_of(now)))
    with writing():
        for (number,) in run(
            "SELECT id FROM invitation WHERE used_on >= ? AND used_on < ? ORDER BY hash", *days
        ).fetchall():
            run("UPDATE invitation SET used_on = used_on WHERE id = ?", number)


def _uninvited(form: Form, event: Event, unmarked: bool) -> list[tuple[int, int, str]]:
    """(booking, response, language) of those to invite; with `unmarked` of all with a place, where nobody was marked."""
    states = [ATTENDED]
    if unmarked:
        noted = run(
            "SELECT 1 FROM booking WHERE slug = ? AND event = ? AND state IN (?, ?) LIMIT 1",
            *(form.slug, event.id, ATTENDED, ABSENT),
        ).fetchone()
        states += [] if noted else [ACCEPTED]
    query = (
        "SELECT booking.id, booking.response_id, response.language FROM booking "  # noqa: S608
        "JOIN response ON response.id = booking.response_id "
        f"WHERE booking.slug = ? AND booking.event = ? AND booking.state IN ({marks(states)}) AND NOT EXISTS "
        "(SELECT 1 FROM invitation WHERE invitation.booking_id = booking.id AND invitation.slug = ?) ORDER BY booking.id"
    )
    return [tuple(row) for row in run(query, form.slug, event.id, *states, form.survey).fetchall()]


def _forgetful(form: Form, event: Event, now: datetime) -> list[tuple[int, int, str]]:
    """(booking, response, language) of those who were invited a week ago, have not answered, and were not reminded."""
    rows = run(
        "SELECT booking.id, booking.response_id, response.language FROM booking "
        "JOIN invitation ON invitation.booking_id = booking.id AND invitation.slug = ? "
        "JOIN response ON response.id = booking.response_id WHERE booking.slug = ? AND booking.event = ? "
        "AND invitation.used_on IS NULL AND invitation.created_at <= ? AND NOT EXISTS "
        "(SELECT 1 FROM message WHERE message.once = 'survey-again:' || invitation.slug || ':' || booking.id) "
        "ORDER BY booking.id",
        *(form.survey, form.slug, event.id, stored(now - REMIND)),
    ).fetchall()
    return [tuple(row) for row in rows]


def _write(
    form: Form,
    secret_key: str,
    rows: list[tuple[int, int, str]],
    forgetful: list[tuple[int, int, str]],
    now: datetime,
) -> int:
    with writing():
        new = []
        for row in rows:
            made = run(
                "INSERT INTO invitation (slug, booking_id, hash, created_at) VALUES (?, ?, ?, ?) "
                "ON CONFLICT DO NOTHING RETURNING id",
                *(form.survey, row[0], _hash(token(row[0], form.survey, secret_key)), stored(now)),
            ).fetchone()
            new += [row] if made else []
        for again, some in ((False, new), (True, forgetful)):
            for booking_id, response_id, language in some:
                outbox.put(
                    KIND,
                    once=f"{'survey-again' if again else 'survey'}:{form.survey}:{booking_id}",
                    slug=form.slug,
                    response_id=response_id,
                    language=language,
                    facts={"bookings": [booking_id], "survey": form.survey, "again": again},
                    now=now,
                )
    return len(new) + len(forgetful)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
