"""The tables. Queries are built on these classes; what leaves this package are dataclasses and plain values.

Moments are UTC in whole seconds: naive in the database (text in SQLite, timestamp in PostgreSQL), aware in Python.
JSON is kept as text, so that both engines hold exactly what was written. Wide columns stand last: SQLite reads a row
from its start, and lists need only its first part.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from peewee import AutoField, CompositeKey, DateTimeField, ForeignKeyField, IntegerField, Model, TextField

from records.database import database


def stored(moment: datetime) -> str:
    """An aware datetime as the database keeps it: `2026-11-23 09:05:00`, UTC. ValueError when it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return moment.astimezone(UTC).isoformat(" ", "seconds")[:19]


def moment(kept: str | datetime) -> datetime:
    """The aware datetime behind what a database returned (text from SQLite, naive datetime from PostgreSQL)."""
    return (datetime.fromisoformat(kept) if isinstance(kept, str) else kept).replace(tzinfo=UTC)


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


class Version(Table):
    """A form as it was published: its file and the lists it uses, word for word, stored once under their hash."""

    id = AutoField()
    slug = TextField()
    hash = TextField()
    stored_at = MomentField()
    bundle = TextField()

    class Meta:
        indexes = ((("slug", "hash"), True),)


class Response(Table):
    """A response from its first saved draft to its end; see records.responses for its life."""

    id = AutoField()
    key = TextField(unique=True)
    link_secret = TextField()
    slug = TextField()
    state = TextField()
    revision = IntegerField(default=1)
    language = TextField()
    version = ForeignKeyField(Version, null=True, index=False, lazy_load=False)
    working_version = ForeignKeyField(Version, null=True, index=False, lazy_load=False)
    year = IntegerField(null=True)
    number = IntegerField(null=True)
    reference = TextField(null=True, unique=True)
    correction = IntegerField(default=0)
    gmina = TextField(null=True)
    one_per = TextField(null=True)
    privacy = TextField(null=True)
    begun_at = MomentField()
    saved_at = MomentField()
    sent_at = MomentField(null=True)
    changed_at = MomentField()
    search = TextField(default="")
    answers = TextField(null=True)
    working = TextField(null=True)

    class Meta:
        indexes = (
            (("state", "slug"), False),
            (("slug", "year", "number"), False),
        )


Response.add_index(
    Response.slug,
    Response.one_per,
    unique=True,
    where=Response.one_per.is_null(False),
    name="response_one_per",
)


class SentVersion(Table):
    """What a response said before it was corrected; `correction` 0 is the first sending."""

    id = AutoField()
    response = ForeignKeyField(Response, index=False, lazy_load=False, on_delete="CASCADE")
    correction = IntegerField()
    version = ForeignKeyField(Version, index=False, lazy_load=False)
    sent_at = MomentField()
    answers = TextField()

    class Meta:
        indexes = ((("response", "correction"), True),)


class Counter(Table):
    """The last number given to a response of a form in a year."""

    slug = TextField()
    year = IntegerField()
    last = IntegerField()

    class Meta:
        primary_key = CompositeKey("slug", "year")


class Person(Table):
    """A member of staff."""

    id = AutoField()
    name = TextField()
    email = TextField(unique=True)
    role = TextField()
    password_hash = TextField(null=True)
    session_epoch = IntegerField(default=0)
    created_at = MomentField()
    disabled_at = MomentField(null=True)


class SignInLink(Table):
    """A one-time link by which a member of staff sets a password; only its hash is kept."""

    id = AutoField()
    person = ForeignKeyField(Person, lazy_load=False, on_delete="CASCADE")
    hash = TextField(unique=True)
    expires_at = MomentField()
    used_at = MomentField(null=True)


class StoredFile(Table):
    """A file that somebody attached to an answer; its bytes lie in the folder of files under `stored_as`."""

    id = AutoField()
    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE")
    path = TextField()
    name = TextField()
    media_type = TextField()
    size = IntegerField()
    sha256 = TextField()
    stored_as = TextField(unique=True)
    stored_at = MomentField()


TABLES: tuple[type[Table], ...] = (Version, Response, SentVersion, Counter, Person, SignInLink, StoredFile)
