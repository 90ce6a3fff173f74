"""The tables. Queries are built on these classes; what leaves this package are dataclasses and plain values.

Moments are UTC in whole seconds: naive in the database (text in SQLite, timestamp in PostgreSQL), aware in Python.
JSON is kept as text, so that both engines hold exactly what was written. Wide columns stand last: SQLite reads a row
from its start, and lists need only its first part.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from peewee import (
    AutoField,
    Check,
    CompositeKey,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

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
    edit_until = MomentField(null=True)
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


class Place(Table):
    """The ledger of places: how many a limit allows and how many are taken; see records.places for the keys.

    `size` is what the database enforces. Where an office lowers a limit below what is taken, nobody is expelled: `size`
    stays at what is taken and falls to the declared limit as places are freed.
    """

    slug = TextField()
    key = TextField()
    size = IntegerField(constraints=[Check("size >= 0")])
    used = IntegerField(default=0, constraints=[Check("used >= 0")])

    class Meta:
        primary_key = CompositeKey("slug", "key")
        constraints = [Check("used <= size")]


class Booking(Table):
    """A place at an event that a response asks for, one for each participant and event; see records.bookings."""

    id = AutoField()
    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE", index=False)
    slug = TextField()
    event = TextField()
    item = TextField()
    person = TextField()
    gmina = TextField(null=True)
    state = TextField()
    waits_for = TextField(null=True)
    priority = IntegerField(default=0)
    sequence = IntegerField(default=0)
    offered_until = MomentField(null=True)
    booked_at = MomentField()
    changed_at = MomentField()

    class Meta:
        indexes = (
            (("slug", "event", "state"), False),
            (("response", "event"), False),
        )


LIVE = ("submitted", "accepted", "waiting", "offered", "attended", "absent")

Booking.add_index(
    Booking.response,
    Booking.item,
    Booking.event,
    unique=True,
    where=Booking.state.in_(LIVE),
    name="booking_live",
)


class Message(Table):
    """The outbox: what is to be written to whom, put down in the transaction of what it tells; see records.outbox."""

    id = AutoField()
    once = TextField(unique=True)
    slug = TextField()
    response = ForeignKeyField(Response, null=True, lazy_load=False, on_delete="CASCADE")
    kind = TextField()
    language = TextField()
    facts = TextField()
    state = TextField()
    attempts = IntegerField(default=0)
    repeated = IntegerField(default=0)
    due_at = MomentField()
    created_at = MomentField()
    claimed_at = MomentField(null=True)
    sent_at = MomentField(null=True)
    error = TextField(null=True)
    recipients = TextField(null=True)
    subject = TextField(null=True)
    text = TextField(null=True)
    html = TextField(null=True)
    calendar = TextField(null=True)

    class Meta:
        indexes = ((("state", "due_at"), False),)


class AuditEntry(Table):
    """Who did what, when, to what: only ever added to, each entry holding the hash of the one before it."""

    id = AutoField()
    at = MomentField()
    actor = TextField()
    action = TextField()
    slug = TextField(null=True)
    subject = TextField()
    details = TextField()
    previous = TextField()
    hash = TextField(unique=True)

    class Meta:
        indexes = ((("subject",), False),)


class Attendance(Table):
    """Whether somebody was there in one part of an event: a half-day such as `2027-03-09/1`."""

    booking = ForeignKeyField(Booking, lazy_load=False, on_delete="CASCADE", index=False)
    part = TextField()
    present = IntegerField()
    marked_at = MomentField()
    marked_by = TextField()

    class Meta:
        primary_key = CompositeKey("booking", "part")


class Certificate(Table):
    """A numbered paper that somebody took part; re-issued ones name what they replace."""

    id = AutoField()
    number = TextField(unique=True)
    code = TextField(unique=True)
    slug = TextField()
    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE")
    item = TextField()
    facts = TextField()
    issued_at = MomentField()
    issued_by = TextField()
    replaced_by = ForeignKeyField("self", null=True, lazy_load=False, index=False)
    revoked_at = MomentField(null=True)


class Invitation(Table):
    """A link to a survey for somebody who took part: used once, and nothing leads from the answer back to it."""

    id = AutoField()
    slug = TextField()
    booking = ForeignKeyField(Booking, lazy_load=False, on_delete="CASCADE", index=False)
    hash = TextField(unique=True)
    created_at = MomentField()
    used_on = MomentField(null=True)

    class Meta:
        indexes = ((("booking", "slug"), True),)


TABLES: tuple[type[Table], ...] = (
    Version,
    Response,
    SentVersion,
    Counter,
    Person,
    SignInLink,
    StoredFile,
    Place,
    Booking,
    Message,
    AuditEntry,
    Attendance,
    Certificate,
    Invitation,
)
