"""The texts about personal data, each version kept as it stood, so that in years it can be shown what somebody has read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from records.bookings.booked import marks
from records.database import database, run, writing
from records.models import moment, stored

_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()  # by database: the versions that this process has kept


@dataclass(frozen=True, slots=True)
class Text:
    """A version of a text of config/texts (Markdown); `hash` is what responses keep."""

    hash: str
    name: str
    kept_at: datetime
    text: str


def fingerprint(text: str) -> str:
    """What names this version of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def keep(name: str, text: str, now: datetime) -> str:
    """Keeps this version of a text for good, before what may be rolled back; its hash. One INSERT in a process's life."""
    found = fingerprint(text)
    kept = _known.setdefault(database.obj, set())
    if found not in kept:
        with writing():
            run(
                "INSERT INTO privacy_text (hash, name, kept_at, text) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
                *(found, name, stored(now), text),
            )
        kept.add(found)
    return found


def get(hash_: str) -> Text | None:
    """The version with this hash; None where it was not kept."""
    return of([hash_]).get(hash_)


def of(hashes: list[str]) -> dict[str, Text]:
    """The versions with these hashes, as far as they were kept."""
    if not hashes:
        return {}
    rows = run(f"SELECT hash, name, kept_at, text FROM privacy_text WHERE hash IN ({marks(hashes)})", *hashes)  # noqa: S608
    return {row[0]: Text(row[0], row[1], moment(row[2]), row[3]) for row in rows.fetchall()}
