"""Reading the register: what an entry says, its versions, what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from records.database import run
from records.models import moment
from records.register.columns import COLUMNS, ENTERED, Column

HAND, IMPORT, LIST, RESPONSE = "hand", "import", "list", "response"
"""Where a version came from: typed in by staff, a file, the list of gminy, a response."""
NAMES = tuple(each.name for each in COLUMNS)
KEPT = f"entry, version, gmina, changed_at, changed_by, reason, source, response, {', '.join(NAMES)}"
READ = f"SELECT {KEPT} FROM programme AS p"  # noqa: S608 – our own names
NEWEST = "NOT EXISTS (SELECT 1 FROM programme AS later WHERE later.entry = p.entry AND later.version > p.version)"


@dataclass(frozen=True)
class Programme:
    """What an entry says: its gmina (TERYT code) and the values of the columns; a column with nothing has no value."""

    gmina: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """The value of a column, None for nothing."""
        return self.values.get(name)

    def shown(self, column: Column) -> str:
        """The value for people, "" for nothing."""
        value = self[column.name]
        return "" if value is None else column.show(value)

    @property
    def entered(self) -> bool:
        """Whether it is in the Wykaz, and not struck off."""
        return bool(self["status"] == ENTERED)

    def in_force(self, day: date) -> bool:
        """Whether it is in the Wykaz and its last day has not passed."""
        last: date | None = self["valid_to"]
        return self.entered and (last is None or day <= last)

    def differences(self, other: Programme) -> list[tuple[Column, str, str]]:
        """(column, here, there) of each column that differs, in words."""
        return [(each, self.shown(each), other.shown(each)) for each in COLUMNS if self[each.name] != other[each.name]]


@dataclass(frozen=True)
class Version:
    """One state of an entry, and how it came about."""

    entry: int
    version: int
    programme: Programme
    changed_at: datetime
    changed_by: str
    reason: str
    source: str
    response: str | None = None


def current(gmina: str | None = None) -> list[Version]:
    """The newest version of every entry (of one gmina), those in the Wykaz first. One query."""
    where, params = (" AND p.gmina = ?", (gmina,)) if gmina is not None else ("", ())
    return _read(f"{READ} WHERE {NEWEST}{where} ORDER BY status, entry", *params)


def newest(entry: int) -> Version | None:
    """The entry as it is now; None when there is none of that number."""
    found = _read(f"{READ} WHERE entry = ? ORDER BY version DESC LIMIT 1", entry)
    return found[0] if found else None


def history(entry: int) -> list[Version]:
    """All versions of an entry, the newest first."""
    return _read(f"{READ} WHERE entry = ? ORDER BY version DESC", entry)


def of_gmina(gmina: str) -> Version | None:
    """The entry of a gmina that is in the Wykaz; None without one."""
    return next((each for each in current(gmina) if each.programme.entered), None)


def started() -> bool:
    """Whether the register has any entry, so that it decides in place of the list."""
    return run("SELECT 1 FROM programme LIMIT 1").fetchone() is not None


def versions(rows: Iterable[tuple[Any, ...]]) -> list[Version]:
    """Rows of KEPT."""
    return [_version(row) for row in rows]


def _read(sql: str, *params: Any) -> list[Version]:
    return versions(run(sql, *params).fetchall())


def _version(row: tuple[Any, ...]) -> Version:
    entry, number, gmina, at, who, reason, source, response, *kept = row
    values = {
        each.name: each.load(text) for each, text in zip(COLUMNS, kept, strict=True) if text is not None and text != ""
    }
    return Version(entry, number, Programme(gmina, values), moment(at), who, reason, source, response)
