"""Long exports on their way, and the tokens by which other programs read."""

from __future__ import annotations

from peewee import AutoField, ForeignKeyField, IntegerField, TextField

from records.models.base import MomentField, Table
from records.models.staff import Person


class ExportJob(Table):
    """An export that takes its time; see records.export.jobs for its states.

    `query` is what was asked, as the query text of an address; `file` the name of the file in the folder of exports.
    """

    id = AutoField()
    slug = TextField()
    person = ForeignKeyField(Person, lazy_load=False, on_delete="CASCADE")
    format = TextField()
    query = TextField()
    sensitive = IntegerField()
    state = TextField()
    done = IntegerField(default=0)
    total = IntegerField()
    attempts = IntegerField(default=0)
    created_at = MomentField()
    beat_at = MomentField(null=True)
    finished_at = MomentField(null=True)
    error = TextField(null=True)
    file = TextField(null=True)
    size = IntegerField(null=True)

    class Meta:
        indexes = ((("state",), False), (("slug", "person"), False))


class ApiToken(Table):
    """What another program shows to read responses; only its hash is kept. `slugs` is JSON, null for every form."""

    id = AutoField()
    name = TextField()
    hash = TextField(unique=True)
    slugs = TextField(null=True)
    sensitive = IntegerField()
    created_by = IntegerField()
    created_at = MomentField()
    expires_at = MomentField()
    last_used_at = MomentField(null=True)
    revoked_at = MomentField(null=True)
