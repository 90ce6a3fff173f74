"""Drafts that were never sent do not stay: they are personal data without a purpose."""

from __future__ import annotations

from datetime import datetime

from records import files, models
from records.database import database, writing
from records.files import FileStore
from records.shapes import DRAFT

BATCH = 200


def erase_drafts(store: FileStore, older_than: datetime) -> int:
    """Erase the drafts last saved before that moment, with their files; how many there were.

    In batches of one transaction each, so that nobody who is writing waits long.
    """
    erased = 0
    while True:
        batch = _erase(store, models.Response.saved_at < older_than)
        erased += batch
        if batch < BATCH:
            return erased


def erase_draft(store: FileStore, key: str) -> bool:
    """Erase one draft, with its files, because the person asks for it; False when there is none (any more)."""
    return _erase(store, models.Response.key == key) > 0


def _erase(store: FileStore, condition: object) -> int:
    with writing():
        drafts = models.Response.select(models.Response.id).where(models.Response.state == DRAFT, condition)
        if database.for_update:  # a draft that is being sent at this moment is no draft any more once that is done
            drafts = drafts.for_update()
        ids = [row.id for row in drafts.limit(BATCH)]
        if ids:
            store.remove(files.of_responses(ids))
            models.Response.delete().where(models.Response.id.in_(ids)).execute()
    return len(ids)
