"""Versions of forms, responses from draft to correction, their numbers and files."""

from __future__ import annotations

from peewee import AutoField, CompositeKey, ForeignKeyField, IntegerField, TextField

from records.models.base import MomentField, Table


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
    reference = TextField(null=True)
    correction = IntegerField(default=0)
    gmina = TextField(null=True)
    period = TextField(null=True)
    one_per = TextField(null=True)
    privacy = TextField(null=True)
    begun_at = MomentField()
    saved_at = MomentField()
    sent_at = MomentField(null=True)
    changed_at = MomentField()
    edit_until = MomentField(null=True)
    erased = TextField(null=True)
    search = TextField(default="")
    answers = TextField(null=True)
    working = TextField(null=True)
    stale = IntegerField(null=True)  # 1: the answers have changed since records.desk.columns read them
    follows = ForeignKeyField(
        "self", null=True, column_name="follows", index=False, lazy_load=False, on_delete="SET NULL"
    )

    class Meta:
        indexes = (
            (("state", "slug"), False),
            (("slug", "year", "number"), False),
        )


# A draft has none of these yet and stands in none of their indexes: the fewer it stands in, the cheaper it is to save.
Response.add_index(Response.reference, unique=True, where=Response.reference.is_null(False), name="response_reference")
Response.add_index(
    Response.slug,
    Response.one_per,
    unique=True,
    where=Response.one_per.is_null(False),
    name="response_one_per",
)
Response.add_index(
    *(Response.slug, Response.gmina, Response.period),
    where=Response.gmina.is_null(False),
    name="response_slug_gmina_period",
)
Response.add_index(Response.follows, where=Response.follows.is_null(False), name="response_follows")


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
