"""Versions of forms: each published text stored once, whole, under its hash, and never changed after."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from records import models
from records.database import database, writing


@dataclass(frozen=True)
class Bundle:
    """All that a form is made of: the text of its file, and of each list it uses by the list's name."""

    file: str
    lists: Mapping[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The bundle as JSON, the same for the same content."""
        whole = {"file": self.file, "lists": dict(self.lists)}
        return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def hash(self) -> str:
        """SHA-256 over the whole bundle, in hexadecimal."""
        return hashlib.sha256(self.text().encode()).hexdigest()


@dataclass(frozen=True)
class Version:
    """A stored version of a form."""

    id: int
    slug: str
    hash: str
    bundle: Bundle
    stored_at: datetime


def store(slug: str, bundle: Bundle) -> Version:
    """The version of the form that holds exactly this bundle; stored now if it is new. Many may ask at once."""
    known = models.Version.select().where(models.Version.slug == slug, models.Version.hash == bundle.hash())
    row = known.first()
    if row is None:
        with writing():
            models.Version.insert(
                slug=slug, hash=bundle.hash(), bundle=bundle.text(), stored_at=datetime.now(UTC)
            ).on_conflict_ignore().execute()
        row = known.clone().get()
    return _version(row)


@lru_cache(maxsize=256)
def _by_id(address: str, version_id: int) -> Version:
    return _version(models.Version.get_by_id(version_id))


def load(version_id: int) -> Version:
    """The version with this id (kept in memory: a version never changes); models.Version.DoesNotExist without one."""
    return _by_id(str(database.database), version_id)


def history(slug: str) -> list[Version]:
    """All versions of a form, the newest first."""
    rows = models.Version.select().where(models.Version.slug == slug).order_by(models.Version.id.desc())
    return [_version(row) for row in rows]


def _version(row: models.Version) -> Version:
    whole = json.loads(row.bundle)
    return Version(row.id, row.slug, row.hash, Bundle(whole["file"], whole["lists"]), row.stored_at)


def newest(slug: str) -> Mapping[str, str | Mapping[str, str]] | None:
    """The bundle of the version stored last, so that a form whose file is broken can serve after a restart too."""
    row = models.Version.select().where(models.Version.slug == slug).order_by(models.Version.id.desc()).first()
    if row is None:
        return None
    bundle = _version(row).bundle
    return {"file": bundle.file, "lists": bundle.lists}
