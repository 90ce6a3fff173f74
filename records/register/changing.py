"""Changing the register: a new entry, a further version of one, many at once – always added, never overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from records import audit
from records.database import database, run, run_many, writing
from records.models import stored
from records.register.columns import COLUMNS, ENTERED, STRUCK
from records.register.entries import HAND, KEPT, Programme, Version, newest, of_gmina

LOCK = 0x6E61_7265_67  # "nareg": the number under which those who change the register queue in PostgreSQL
INSERT = f"INSERT INTO programme ({KEPT}) VALUES ({', '.join('?' * len(KEPT.split(',')))})"  # noqa: S608 – our own names


class AlreadyEntered(Exception):
    """The gmina has an entry in the Wykaz; `found` is it. Change that one, or strike it off first."""

    def __init__(self, found: Version) -> None:
        super().__init__(found.entry)
        self.found = found


class Stale(Exception):
    """Somebody has changed the entry since it was looked at; `found` is what it says now."""

    def __init__(self, found: Version) -> None:
        super().__init__(found.entry)
        self.found = found


@dataclass(frozen=True, slots=True)
class Change:
    """What one row of many does: `base` is the version that it changes, None for a new entry."""

    programme: Programme
    base: Version | None = None


def add(
    programme: Programme, reason: str, now: datetime, actor: str, *, source: str = HAND, response: str | None = None
) -> int:
    """Enters a programme; the number of the entry. Raises AlreadyEntered when its gmina has one in the Wykaz."""
    with _changing():
        entry = _put([Change(programme)], reason, now, actor, source, response)[0]
        _note(actor, "register-added", entry, programme.gmina, {"source": source}, now)
    return entry


def change(
    base: Version,
    programme: Programme,
    reason: str,
    now: datetime,
    actor: str,
    *,
    source: str = HAND,
    response: str | None = None,
) -> bool:
    """Adds a version after `base`; False when nothing differs. Striking off and taking that back are changes of `status`.

    Raises Stale when `base` is no longer the newest, AlreadyEntered when the gmina meanwhile has another entry in the Wykaz.
    """
    if programme == base.programme:
        return False
    with _changing():
        _put([Change(programme, base)], reason, now, actor, source, response)
        struck = programme["status"] == STRUCK and base.programme.entered
        restored = programme.entered and not base.programme.entered
        action = "register-struck" if struck else "register-restored" if restored else "register-changed"
        _note(actor, action, base.entry, programme.gmina, {"source": source}, now)
    return True


def change_many(changes: Sequence[Change], reason: str, now: datetime, actor: str, source: str) -> int:
    """All of these changes or none, with one entry in the log; how many. Raises what `add` and `change` raise."""
    wanted = [each for each in changes if each.base is None or each.base.programme != each.programme]
    if not wanted:
        return 0
    with _changing():
        _put(wanted, reason, now, actor, source, None)
        fresh = sum(each.base is None for each in wanted)
        counts = {"source": source, "added": fresh, "changed": len(wanted) - fresh}
        audit.record(actor, "register-imported", "register", None, counts, now)
    return len(wanted)


@contextmanager
def _changing() -> Iterator[None]:
    """A write transaction in which nobody else changes the register, so that numbers and "at most one" hold."""
    with writing():
        if database.for_update:
            run("SELECT pg_advisory_xact_lock(?)", LOCK)
        yield


def _put(
    changes: Sequence[Change], reason: str, now: datetime, actor: str, source: str, response: str | None
) -> list[int]:
    last = run("SELECT COALESCE(MAX(entry), 0) FROM programme").fetchone()[0]
    entries, rows = [], []
    for each in sorted(changes, key=lambda one: one.programme.entered):  # who leaves makes room for who comes
        entry, version = last + 1, 1
        if each.base is None:
            last = entry
        else:
            found = newest(each.base.entry)
            if found is None or found.version != each.base.version:
                raise Stale(found or each.base)
            entry, version = found.entry, found.version + 1
        kept = [column.dump(each.programme[column.name]) for column in COLUMNS]
        rows.append([entry, version, each.programme.gmina, stored(now), actor, reason, source, response, *kept])
        entries.append(entry)
    run_many(INSERT, rows)
    _at_most_one(changes, entries)
    return entries


def _at_most_one(changes: Sequence[Change], entries: Sequence[int]) -> None:
    """Raises AlreadyEntered, which takes everything back, where a gmina now has two entries in the Wykaz."""
    twice = run(
        "SELECT p.gmina FROM programme AS p WHERE p.status = ? AND NOT EXISTS (SELECT 1 FROM programme AS later "
        "WHERE later.entry = p.entry AND later.version > p.version) GROUP BY p.gmina HAVING COUNT(*) > 1 LIMIT 1",
        ENTERED,
    ).fetchone()
    if twice is not None:
        found = of_gmina(twice[0])
        assert found is not None
        raise AlreadyEntered(found)


def _note(actor: str, action: str, entry: int, gmina: str, more: dict[str, str], now: datetime) -> None:
    audit.record(actor, action, str(entry), None, {"gmina": gmina, **more}, now)
