"""What an export of a form holds: its versions under one set of names, and the tables that follow from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson

from forms.answers import EXPLAINED, dump, load
from forms.definition import Form
from records import versions
from records.database import run
from records.export.table import Level, Names, Table, level_of, tables

SHORT_HASH = 8


@dataclass
class Versions:
    """The definitions behind the stored answers of a form, by the ids of the versions."""

    newest: Form
    read: Callable[[int], Form]
    _unreadable: set[int] = field(default_factory=set)
    _forms: dict[int, Form] = field(default_factory=dict)

    def form(self, version_id: int) -> Form:
        """The version; for one that today's rules of the language refuse, the newest: better than not at all."""
        found = self._forms.get(version_id)
        if found is None:
            try:
                found = self.read(version_id)
            except ValueError:
                found = self.newest
                self._unreadable.add(version_id)
            self._forms[version_id] = found
        return found

    def answers(self, version_id: int, text: str | bytes) -> dict[str, Any]:
        """Stored answers as `form` keeps them. Call `form` with this id first."""
        stored: dict[str, Any] = orjson.loads(text) if text else {}
        if version_id not in self._unreadable:
            return stored
        renamed = dump(self.newest.fields, load(self.newest.fields, stored))  # follows `was`
        return renamed | {EXPLAINED: stored[EXPLAINED]} if EXPLAINED in stored else renamed


@dataclass(frozen=True)
class Shape:
    """The versions, what each field is called, and the tables."""

    versions: Versions
    names: Names
    tables: tuple[Table, ...]
    sensitive: bool

    @classmethod
    def of(cls, slug: str, newest: Form, version: Callable[[int], Form], *, sensitive: bool) -> Shape:
        """Over all versions that somebody answered, and the one that serves now. One query."""
        known = Versions(newest, version)
        rows = run("SELECT DISTINCT version_id FROM response WHERE slug = ?", slug).fetchall()
        ids = sorted((row[0] for row in rows if row[0] is not None), reverse=True)  # a draft has answered none
        forms = (newest, *map(known.form, ids))
        names = Names(forms)
        made = tables(level_of(form, names, sensitive=sensitive) for form in forms)
        return cls(known, names, made, sensitive)

    def level(self, version_id: int) -> Level:
        """What the version keeps for a row."""
        return level_of(self.versions.form(version_id), self.names, sensitive=self.sensitive)

    def level_of_newest(self) -> Level:
        """What the version that serves now keeps for a row."""
        return level_of(self.versions.newest, self.names, sensitive=self.sensitive)


def short_hash(version_id: int) -> str:
    """The beginning of a version's hash: enough to tell versions of a form apart."""
    return versions.load(version_id).hash[:SHORT_HASH]
