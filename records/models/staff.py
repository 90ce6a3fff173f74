"""Members of staff, what they are limited to, their sign-in links and codes, and the log of what was done."""

from __future__ import annotations

from peewee import AutoField, CompositeKey, ForeignKeyField, IntegerField, TextField

from records.models.base import MomentField, Table


class Person(Table):
    """A member of staff.

    `sensitive` is the right to sensitive answers, given or withheld apart from the role. `totp` is what, together with the
    office's secret key, makes the secret of the second factor; `totp_step` the last step of time a code was taken for.
    """

    id = AutoField()
    name = TextField()
    email = TextField(unique=True)
    role = TextField()
    password_hash = TextField(null=True)
    session_epoch = IntegerField(default=0)
    created_at = MomentField()
    disabled_at = MomentField(null=True)
    sensitive = IntegerField(default=0)
    totp = TextField(null=True)
    totp_step = IntegerField(default=0)


class PersonForm(Table):
    """A form that a member of staff is limited to; whoever has none of these rows works with all forms."""

    person = ForeignKeyField(Person, lazy_load=False, on_delete="CASCADE", index=False)
    slug = TextField()

    class Meta:
        primary_key = CompositeKey("person", "slug")


class RecoveryCode(Table):
    """A code that stands in, once, for a lost second factor; only its hash is kept, and a used one is removed."""

    id = AutoField()
    person = ForeignKeyField(Person, lazy_load=False, on_delete="CASCADE")
    hash = TextField(unique=True)


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
        indexes = (
            (("subject",), False),
            (("actor", "id"), False),
            (("action", "id"), False),
            (("slug", "id"), False),
        )


class AuditHead(Table):
    """The one row that says where the audit log ends, so that it is seen when its last entries are gone."""

    id = IntegerField(primary_key=True)
    last = IntegerField()
    hash = TextField()
