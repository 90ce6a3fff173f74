"""Members of staff, their sign-in links, and the log of what was done."""

from __future__ import annotations

from peewee import AutoField, ForeignKeyField, IntegerField, TextField

from records.models.base import MomentField, Table


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
