"""What staff do to many responses at once: each looked at again under the lock, those whose state forbids it skipped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from forms.definition import Form
from records import bookings
from records.bookings import Illegal
from records.database import database, writing
from records.shapes import Missing

BATCH = 50  # responses in one transaction: others who write wait no longer than that


@dataclass(frozen=True, slots=True)
class Done:
    """How many responses were moved, and the keys of those that could not be."""

    done: int
    skipped: tuple[str, ...]


def accept(keys: Sequence[str], form: Form, now: datetime, actor: str) -> Done:
    """Accepts these responses of the form, as `bookings.accept` does each."""
    return _each(keys, lambda key: bookings.accept(key, form, now, actor))


def reject(keys: Sequence[str], form: Form, now: datetime, actor: str, reason: str) -> Done:
    """Rejects these responses of the form, all with the same reason in words."""
    return _each(keys, lambda key: bookings.reject(key, form, now, actor, reason))


def _each(keys: Sequence[str], act: Callable[[str], None]) -> Done:
    skipped = []
    for start in range(0, len(keys), BATCH):
        with writing():
            for key in keys[start : start + BATCH]:
                try:
                    with database.atomic():  # what a refused one has begun is taken back
                        act(key)
                except (Illegal, Missing):
                    skipped.append(key)
    return Done(len(keys) - len(skipped), tuple(skipped))
