"""Questions returned to the respondent: open until they are answered, then for staff to look at, then done.

A response has at most one open request; what is returned meanwhile joins it. The response itself keeps its state and its
places. Each function is one transaction, or joins the caller's `writing()`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from records import audit, outbox, responses
from records.bookings.lifecycle import OVER
from records.database import run, writing
from records.models import moment, stored
from records.shapes import Missing, Response, as_json

OPEN, ANSWERED, DONE, CANCELLED = "open", "answered", "done", "cancelled"
KIND = "returned"  # of message
LONGEST_REMARK = 1000  # characters
REMIND_BEFORE = timedelta(days=2)

# Of a row of `response`: whether something is OPEN, else ANSWERED and not looked at yet; NULL for neither.
UNDER_WAY = (
    "SELECT MAX(asked.state) FROM returned_request AS asked WHERE asked.response_id = response.id "  # noqa: S608
    f"AND asked.state IN ('{ANSWERED}', '{OPEN}')"
)
_COLUMNS = "id, response_id, slug, state, person, returned_at, until, answered_at, correction, questions, reply"


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One question that was returned: where it stands, what it is called, what is to be done with it."""

    path: str
    title: str
    remark: str


@dataclass(frozen=True, slots=True, repr=False)
class Request:
    """A request to correct some answers; `correction` is the number of the correction that answered it."""

    id: int
    response_id: int
    slug: str
    state: str
    person: int
    returned_at: datetime
    until: datetime
    answered_at: datetime | None
    correction: int | None
    questions: tuple[Asked, ...]
    reply: str | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> Request:
        """Read back from a row of _COLUMNS."""
        whole: Any = list(row)
        whole[5], whole[6] = moment(row[5]), moment(row[6])
        whole[7] = moment(row[7]) if row[7] else None
        whole[9] = tuple(Asked(**each) for each in json.loads(row[9]))
        return cls(*whole)

    @property
    def paths(self) -> frozenset[str]:
        """Where the returned questions stand."""
        return frozenset(each.path for each in self.questions)


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """A request as lists show it: which response, until when or since when."""

    key: str
    reference: str
    slug: str
    until: datetime
    answered_at: datetime | None
    questions: int


def give_back(key: str, questions: Sequence[Asked], until: datetime, person_id: int, now: datetime) -> Request:
    """Returns these questions of a sent response to whoever sent it, and writes to them; they have until `until`, which
    the message tells in its own time zone.

    Raises ValueError for none, Missing (no such response, or it is withdrawn or rejected).
    """
    if not questions:
        raise ValueError("nothing is returned")
    with writing():
        response = responses.load(key)
        if response is None or response.answers is None or response.state in OVER:
            raise Missing
        open_ = of_open(response.id)
        known = {each.path: each for each in open_.questions} if open_ is not None else {}
        known.update({each.path: each for each in questions})
        text = as_json([asdict(each) for each in known.values()])
        if open_ is None:
            row = run(
                "INSERT INTO returned_request (response_id, slug, state, person, returned_at, until, questions) "  # noqa: S608
                f"VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING {_COLUMNS}",
                *(response.id, response.slug, OPEN, person_id, stored(now), stored(until), text),
            ).fetchone()
        else:
            row = run(
                "UPDATE returned_request SET person = ?, returned_at = ?, until = ?, questions = ? WHERE id = ? "  # noqa: S608
                f"RETURNING {_COLUMNS}",
                *(person_id, stored(now), stored(until), text, open_.id),
            ).fetchone()
        request = Request.of(row)
        _tell(response, request, until, now)
        details = {"questions": sorted(each.path for each in questions), "until": stored(until)}
        audit.record(audit.staff(person_id), "returned", key, response.slug, details, now)
    return request


def settle(response: Response, changed: Collection[str], now: datetime, reply: str | None = None) -> bool:
    """A correction was sent by its author: the open request is answered by it; whether it was.

    `response` is as it was before, `changed` are the paths of what it changed. One that was not sent from the page of the
    returned questions (`reply` is None) answers them only when it changes each of them. Joins the caller's transaction.
    """
    request = of_open(response.id)
    if request is None or (reply is None and not request.paths <= frozenset(changed)):
        return False
    run(
        "UPDATE returned_request SET state = ?, answered_at = ?, correction = ?, reply = ? WHERE id = ?",
        *(ANSWERED, stored(now), response.correction + 1, (reply or "").strip() or None, request.id),
    )
    details = {"correction": response.correction + 1, "replied": bool((reply or "").strip())}
    audit.record(audit.RESPONDENT, "returned-answered", response.key, response.slug, details, now)
    return True


def check(key: str, person_id: int, now: datetime) -> None:
    """Staff have looked at what was answered. Nothing happens twice."""
    _close(key, ANSWERED, DONE, "returned-checked", person_id, now)


def cancel(key: str, person_id: int, now: datetime) -> None:
    """Staff take back what they have returned and nobody has answered yet."""
    _close(key, OPEN, CANCELLED, "returned-cancelled", person_id, now)


def of_open(response_id: int) -> Request | None:
    """The request that waits for an answer, or None."""
    row = run(
        f"SELECT {_COLUMNS} FROM returned_request WHERE response_id = ? AND state = ?",  # noqa: S608
        *(response_id, OPEN),
    ).fetchone()
    return Request.of(row) if row else None


def open_of(ids: Sequence[int]) -> dict[int, Request]:
    """The requests about these responses that wait for an answer, by response. One SELECT."""
    if not ids:
        return {}
    rows = run(
        f"SELECT {_COLUMNS} FROM returned_request WHERE state = ? AND response_id IN ({', '.join('?' * len(ids))})",  # noqa: S608
        *(OPEN, *ids),
    ).fetchall()
    return {request.response_id: request for request in map(Request.of, rows)}


def of(response_id: int) -> list[Request]:
    """Every request about a response, the newest first."""
    rows = run(
        f"SELECT {_COLUMNS} FROM returned_request WHERE response_id = ? ORDER BY id DESC",  # noqa: S608
        response_id,
    ).fetchall()
    return [Request.of(row) for row in rows]


def find(request_id: int) -> Request | None:
    """The request with this id, or None."""
    row = run(f"SELECT {_COLUMNS} FROM returned_request WHERE id = ?", request_id).fetchone()  # noqa: S608
    return Request.of(row) if row else None


def waiting(slugs: Iterable[str] | None) -> list[Line]:
    """What was returned and not answered yet, of these forms (None: of all), what ends soonest first. One query."""
    return _lines(OPEN, "until", slugs)


def answered(slugs: Iterable[str] | None) -> list[Line]:
    """What was answered and nobody has looked at yet, of these forms (None: of all), the oldest first. One query."""
    return _lines(ANSWERED, "answered_at", slugs)


def moved(request: Request, places: Mapping[str, str], response: Response, now: datetime, actor: str) -> None:
    """Items of a group have moved with a correction: the questions in them are now at these paths ("" for gone).

    Where all of them are gone, that is the answer, by whoever made the correction (`actor`). `response` is as it was before;
    joins the caller's transaction.
    """
    kept = [replace(each, path=places.get(each.path, each.path)) for each in request.questions]
    left = [asdict(each) for each in kept if each.path]
    if left:
        run("UPDATE returned_request SET questions = ? WHERE id = ?", as_json(left), request.id)
    else:
        run(
            "UPDATE returned_request SET state = ?, answered_at = ?, correction = ? WHERE id = ?",
            *(ANSWERED, stored(now), response.correction + 1, request.id),
        )
        details = {"correction": response.correction + 1, "replied": False}
        audit.record(actor, "returned-answered", response.key, response.slug, details, now)


def _lines(state: str, order: str, slugs: Iterable[str] | None) -> list[Line]:
    wanted = None if slugs is None else sorted(slugs)
    if wanted == []:
        return []
    narrowed = "" if wanted is None else f" AND asked.slug IN ({', '.join('?' * len(wanted))})"
    rows = run(
        "SELECT response.key, response.reference, asked.slug, asked.until, asked.answered_at, asked.questions "  # noqa: S608
        "FROM returned_request AS asked JOIN response ON response.id = asked.response_id "
        f"WHERE asked.state = ? AND response.state NOT IN (?, ?){narrowed} ORDER BY asked.{order}, asked.id",
        *(state, *OVER, *(wanted or ())),
    ).fetchall()
    return [
        Line(row[0], row[1], row[2], moment(row[3]), moment(row[4]) if row[4] else None, len(json.loads(row[5])))
        for row in rows
    ]


def _close(key: str, from_: str, to: str, action: str, person_id: int, now: datetime) -> None:
    with writing():
        row = run("SELECT id, slug FROM response WHERE key = ?", key).fetchone()
        if row is None:
            raise Missing
        closed = run(
            "UPDATE returned_request SET state = ? WHERE response_id = ? AND state = ?", to, row[0], from_
        ).rowcount
        if closed:
            audit.record(audit.staff(person_id), action, key, row[1], {}, now)


def _tell(response: Response, request: Request, until: datetime, now: datetime) -> None:
    """The message at once, and a reminder before the time is up; that one is not sent to who has answered by then."""
    # The same sent twice within a minute is told once; what is new is told again.
    what = crc32(as_json([asdict(each) for each in request.questions]).encode())
    asked = f"{response.key}:{KIND}:{request.id}:{stored(now)[:16]}:{what:08x}"
    facts = {"request": request.id, "until": until.isoformat()}
    common: dict[str, Any] = {"slug": response.slug, "response_id": response.id, "language": response.language}
    outbox.put(KIND, once=asked, facts=facts, now=now, **common)
    due = request.until - REMIND_BEFORE
    if due - now > timedelta(days=1):
        once = f"{response.key}:{KIND}:{request.id}:{stored(due)[:10]}:again"
        outbox.put(KIND, once=once, facts={**facts, "again": True}, now=now, due=due, **common)
