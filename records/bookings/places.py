"""The ledger of places: one row for each limit, which a place is taken from only while there is room.

Keys: the event's id for all its places, `<event>@<gmina>` for what one gmina has of it, `<event>@` for what a gmina may
have when it has no row yet. Every booking that holds a place is counted under the first and, where the form limits
gminy, the second, also after the gminy's share has been released to all. Whoever changes anything first locks the head
of the form's ledger, so that writers on PostgreSQL queue as they do on SQLite; `CHECK (used <= size)` is the net below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from forms.definition import Form
from forms.events import Event, share_key, shares
from records.bookings.booked import marks
from records.bookings.lifecycle import HOLDING, WAITING
from records.database import database, run
from records.models import moment, stored

UNLIMITED = 2**31 - 1
HEAD = "SELECT hash, due_at FROM ledger WHERE slug = ?"

_known: dict[tuple[str, str], str] = {}  # (database, slug): hash of the version under which this process last wrote


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a ledger: the version of the form whose limits are in force, and when time next changes something."""

    hash: str | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Left:
    """What an event has left for a newcomer; None where there is no limit."""

    places: int | None
    left: int | None
    gmina_left: int | None
    waiting: int
    closed_list: bool  # those who wait are served no more, and newcomers wait behind them

    @property
    def full(self) -> bool:
        """Whether a newcomer would get no place now."""
        return 0 in (self.left, self.gmina_left) or (self.closed_list and self.waiting > 0)


@dataclass(frozen=True, slots=True)
class Lowered:
    """A limit that a new version of a form puts below what is taken already."""

    event: str
    gmina: str | None
    declared: int
    used: int


def lock(slug: str) -> Head:
    """The head of the form's ledger, locked until the transaction ends."""
    query = HEAD + (" FOR UPDATE" if database.for_update else "")
    row = run(query, slug).fetchone()
    if row is None:
        run("INSERT INTO ledger (slug) VALUES (?) ON CONFLICT (slug) DO NOTHING", slug)
        row = run(query, slug).fetchone()
    return _head(row)


def peek(slug: str) -> Head | None:
    """The head without a lock; None before anybody has taken a place."""
    row = run(HEAD, slug).fetchone()
    return _head(row) if row else None


def _head(row: Sequence[str | None]) -> Head:
    return Head(row[0], moment(row[1]) if row[1] else None)


def outdated(form: Form, head: Head) -> bool:
    """Whether the ledger still holds the limits of an earlier version than `form`, and has to be rebuilt.

    Several processes notice a changed file within a second or so of each other; one that still serves the old version
    must not set its limits back. A version that this process came to while it ran is a change; one that it started with
    counts only if it was stored last (a file put back and then a restart: `flask setup` says so to the ledger).
    """
    here = (str(database.database), form.slug)
    if head.hash == form.hash:
        _known[here] = form.hash
        return False
    before = _known.get(here)
    if head.hash is None or (before is not None and before != form.hash):
        return True
    if before is None and _version_id(form.slug, form.hash) > _version_id(form.slug, head.hash):
        return True
    _known[here] = form.hash
    return False


def adopt(slug: str) -> None:
    """The next transaction puts the limits of its form in force, whichever version was stored last. Under the lock."""
    run("UPDATE ledger SET hash = NULL WHERE slug = ?", slug)


def _version_id(slug: str, digest: str) -> int:
    row = run("SELECT id FROM version WHERE slug = ? AND hash = ?", slug, digest).fetchone()
    return int(row[0]) if row else UNLIMITED  # not stored yet: newer than all that are


def rebuild(form: Form, now: datetime) -> None:
    """Writes the ledger anew from the form's limits as they hold now and from the bookings. Under the lock."""
    rows = list(_rows(form, now))
    run("DELETE FROM place WHERE slug = ?", form.slug)
    for key, declared, used in rows:
        run(
            "INSERT INTO place (slug, key, declared, size, used) VALUES (?, ?, ?, ?, ?)",
            *(form.slug, key, declared, max(declared, used), used),
        )
    run("UPDATE ledger SET hash = ? WHERE slug = ?", form.hash, form.slug)


def _rows(form: Form, now: datetime) -> Iterator[tuple[str, int, int]]:
    """(key, declared, used) of every row."""
    taken = _taken(form.slug)
    for event in form.places.values():
        by_gmina = taken.pop(event.id, {})
        yield event.id, UNLIMITED if event.places is None else event.places, sum(by_gmina.values())
        if event.per_gmina is not None:
            share = _share(event, now)
            yield share_key(event.id, ""), share, 0
            for gmina, used in by_gmina.items():
                if gmina:
                    yield share_key(event.id, gmina), share, used
    for event_id, by_gmina in taken.items():  # events that the form no longer has: nobody new gets in
        yield event_id, 0, sum(by_gmina.values())


def _taken(slug: str) -> dict[str, dict[str | None, int]]:
    """How many places of each event each gmina has."""
    found: dict[str, dict[str | None, int]] = {}
    for event, gmina, n in run(
        f"SELECT event, gmina, COUNT(*) FROM booking WHERE slug = ? AND state IN ({marks(HOLDING)}) "  # noqa: S608
        "GROUP BY event, gmina",
        *(slug, *HOLDING),
    ).fetchall():
        found.setdefault(event, {})[gmina] = n
    return found


def _share(event: Event, now: datetime) -> int:
    """What one gmina may have of the event at this moment."""
    asked = dict(shares(event, "*", now)).get(share_key(event.id, "*"))
    return UNLIMITED if asked is None else asked


def take(slug: str, event: str, gmina: str | None) -> str | None:
    """Takes one place, of the event and of the gmina's share: None, or the key that has no room (nothing is taken then).

    Under the lock.
    """
    share = share_key(event, gmina or "")
    got = {
        row[0]
        for row in run(
            "INSERT INTO place (slug, key, declared, size, used) "
            "SELECT slug, CASE WHEN key = ? THEN key ELSE ? END, declared, size, 1 FROM place "
            "WHERE slug = ? AND key IN (?, ?) ORDER BY key "
            "ON CONFLICT (slug, key) DO UPDATE SET used = place.used + 1 WHERE place.used < place.size RETURNING key",
            *(event, share, slug, event, share_key(event, "") if gmina else event),
        ).fetchall()
    }
    if event in got and (share in got or not gmina):
        return None
    limited = bool(gmina) and _limits_gminy(slug, event)
    if event in got and not limited:
        return None
    if got:
        run(
            f"UPDATE place SET used = used - 1 WHERE slug = ? AND key IN ({marks(list(got))})",  # noqa: S608
            *(slug, *got),
        )
    # Where both are full, the share is the reason that remains when a place of the event is freed.
    return share if limited and share not in got else event


def _limits_gminy(slug: str, event: str) -> bool:
    return bool(run("SELECT 1 FROM place WHERE slug = ? AND key = ?", slug, share_key(event, "")).fetchall())


def change_gmina(slug: str, event: str, before: str | None, after: str | None) -> str | None:
    """Counts a place under the share of another gmina: None, or that share's key if it is full. Under the lock."""
    share = share_key(event, after or "")
    if after and _limits_gminy(slug, event):
        got = run(
            "INSERT INTO place (slug, key, declared, size, used) "
            "SELECT slug, ?, declared, size, 1 FROM place WHERE slug = ? AND key = ? "
            "ON CONFLICT (slug, key) DO UPDATE SET used = place.used + 1 WHERE place.used < place.size RETURNING key",
            *(share, slug, share_key(event, "")),
        ).fetchall()
        if not got:
            return share
    if before:
        _free(slug, share_key(event, before), "")
    return None


def free(slug: str, event: str, gmina: str | None) -> None:
    """Gives one place back; a limit that had been lowered below what was taken comes down with it. Under the lock."""
    _free(slug, event, share_key(event, gmina) if gmina else "")


def _free(slug: str, *keys: str) -> None:
    run(
        "UPDATE place SET used = used - 1, size = CASE WHEN declared > used - 1 THEN declared ELSE used - 1 END "
        "WHERE slug = ? AND key IN (?, ?)",
        *(slug, *keys),
    )


def room(slug: str) -> dict[str, int]:
    """How many more places each row of the form's ledger has."""
    return dict(run("SELECT key, size - used FROM place WHERE slug = ?", slug).fetchall())


def plan_due(form: Form, now: datetime) -> None:
    """Notes the next moment at which time changes something: an offer lapses, a share is released. Under the lock."""
    row = run("SELECT MIN(offered_until) FROM booking WHERE slug = ? AND state = 'offered'", form.slug).fetchone()
    moments = [moment(row[0])] if row[0] else []
    moments += [
        each.per_gmina_until for each in form.places.values() if each.per_gmina_until and each.per_gmina_until > now
    ]
    run("UPDATE ledger SET due_at = ? WHERE slug = ?", stored(min(moments)) if moments else None, form.slug)


def available(form: Form, now: datetime, gmina: str | None = None) -> dict[str, Left]:
    """What each event of the form has left, by its id; with `gmina` (TERYT) also of that gmina's share. One query."""
    if not form.places:
        return {}
    wanted = [key for event in form.places.values() for key, _ in shares(event, gmina, now)] or [""]
    found = run(
        f"SELECT 'used', key, used FROM place WHERE slug = ? AND key IN ({marks(wanted)}) "  # noqa: S608
        "UNION ALL SELECT 'waiting', event, COUNT(*) FROM booking WHERE slug = ? AND state = ? GROUP BY event",
        *(form.slug, *wanted, form.slug, WAITING),
    ).fetchall()
    number = {(what, key): n for what, key, n in found}
    left: dict[str, Left] = {}
    for event in form.places.values():
        sizes = dict(shares(event, gmina, now))
        free = {key: max(0, size - number.get(("used", key), 0)) for key, size in sizes.items()}
        share = next((n for key, n in free.items() if key != event.id), None)
        waits = number.get(("waiting", event.id), 0)
        left[event.id] = Left(event.places, free.get(event.id), share, waits, over_for_list(event, now))
    return left


def over_for_list(event: Event, now: datetime) -> bool:
    """Whether nobody is taken from the waiting list any more: after `promote_until`, else once the event has begun."""
    until = event.promote_until or event.starts
    return until is not None and now > until


def lowered(form: Form, now: datetime) -> list[Lowered]:
    """The limits of this version of a form that lie below what is taken; for staff before they publish it."""
    taken = _taken(form.slug)
    found: list[Lowered] = []
    for event in form.places.values():
        by_gmina = taken.get(event.id, {})
        used = sum(by_gmina.values())
        if event.places is not None and used > event.places:
            found.append(Lowered(event.id, None, event.places, used))
        share = _share(event, now)
        found += [
            Lowered(event.id, gmina, share, n) for gmina, n in sorted(by_gmina.items(), key=str) if gmina and n > share
        ]
    return found
