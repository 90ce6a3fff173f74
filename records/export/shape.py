"""What an export of a form holds: its versions under one set of names, and the tables that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson

from forms.answers import EXPLAINED, dump, load
from forms.definition import Form
from records import versions
from records.database import run
from records.export.table import Choice, Level, Names, Table, level_of, tables

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
    choice: Choice
    tables: tuple[Table, ...]
    forms: tuple[Form, ...]  # the versions, the newest first
    only: int | None = None  # the id of the version, where only the one that serves now is asked for

    @property
    def names(self) -> Names:
        """What each field is called."""
        return self.choice.names

    @property
    def sensitive(self) -> bool:
        """Whether sensitive fields are shown."""
        return self.choice.sensitive

    @classmethod
    def of(
        cls,
        slug: str,
        newest: Form,
        version: Callable[[int], Form],
        *,
        sensitive: bool,
        chosen: frozenset[str] | None = None,
        only_newest: bool = False,
    ) -> Shape:
        """Over all versions that somebody answered, and the one that serves now; `chosen` as in `Choice`. One query,
        two for the newest version only.
        """
        known = Versions(newest, version)
        only = _id_of(newest) if only_newest else None
        forms = (newest, *map(known.form, [] if only_newest else _answered(slug)))
        choice = Choice(Names(forms), sensitive, chosen)
        made = tables((level_of(form, choice) for form in forms), chosen)
        return cls(known, choice, made, forms, only)

    def levels(self) -> Iterator[Level]:
        """What each version keeps for a row, the newest first."""
        return (level_of(form, self.choice) for form in self.forms)

    def level(self, version_id: int) -> Level:
        """What the version keeps for a row."""
        return level_of(self.versions.form(version_id), self.choice)

    def level_of_newest(self) -> Level:
        """What the version that serves now keeps for a row."""
        return level_of(self.versions.newest, self.choice)


def _answered(slug: str) -> list[int]:
    rows = run("SELECT DISTINCT version_id FROM response WHERE slug = ?", slug).fetchall()
    return sorted((row[0] for row in rows if row[0] is not None), reverse=True)  # a draft has answered none


def _id_of(form: Form) -> int:
    """The id of a version; 0, which none has, when nobody has answered it so far."""
    bundle = versions.Bundle(form.bundle["file"], form.bundle["lists"])
    row = run("SELECT id FROM version WHERE slug = ? AND hash = ?", form.slug, bundle.hash()).fetchone()
    return int(row[0]) if row else 0


def short_hash(version_id: int) -> str:
    """The beginning of a version's hash: enough to tell versions of a form apart."""
    return versions.load(version_id).hash[:SHORT_HASH]
