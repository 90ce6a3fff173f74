"""What all tables share: the database, names in words, and moments as they are stored."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from peewee import DateTimeField, Model

from records.database import database


def stored(moment: datetime) -> str:
    """An aware datetime as the database keeps it: `2026-11-23 09:05:00`, UTC. ValueError when it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return moment.astimezone(UTC).isoformat(" ", "seconds")[:19]


def moment(kept: str | datetime) -> datetime:
    """The aware datetime behind what a database returned (text from SQLite, naive datetime from PostgreSQL)."""
    return datetime.fromisoformat(f"{kept}+00:00") if isinstance(kept, str) else kept.replace(tzinfo=UTC)


def iso(kept: str | datetime) -> str:
    """The moment behind what a database returned, in ISO 8601: `2026-11-23T09:05:00+00:00`."""
    text = kept if isinstance(kept, str) else stored(moment(kept))
    return f"{text[:10]}T{text[11:]}+00:00"


class MomentField(DateTimeField):
    """An aware datetime, kept as UTC without fractions of a second."""

    def db_value(self, value: datetime | None) -> str | None:
        return None if value is None else stored(value)

    def python_value(self, value: Any) -> datetime | None:
        return None if value is None else moment(value)


class Table(Model):
    """What all tables share: the database, and names in words."""

    class Meta:
        database = database
        legacy_table_names = False
