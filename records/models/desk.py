"""The desk: named views of tables, when staff were last here, and the answers by which tables are sorted and filtered."""

from __future__ import annotations

from peewee import BlobField, CompositeKey, ForeignKeyField, IntegerField, TextField

from records.models.answers import Response
from records.models.base import MomentField, Table
from records.models.staff import Person


class SavedView(Table):
    """A named state of a page (`table`) or of an export (`export`) of a form: the query text of its address."""

    slug = TextField()
    kind = TextField()
    name = TextField()
    query = TextField()
    person = ForeignKeyField(Person, lazy_load=False, on_delete="CASCADE")
    shared = IntegerField(default=0)
    created_at = MomentField()

    class Meta:
        indexes = ((("slug", "kind"), False),)


class Visit(Table):
    """When a member of staff last opened "today", and when the time before: what came since then is new to them."""

    person = ForeignKeyField(Person, primary_key=True, lazy_load=False, on_delete="CASCADE")
    at = MomentField()
    before = MomentField()


class ListedColumn(Table):
    """A column of a form's answers that somebody sorts or filters by; see records.desk.columns.

    `made_of` tells when its values are out of date because the question has changed; `reached` is the id of the last
    response whose value is there while the column is being filled, NULL when it is complete.
    """

    slug = TextField()
    name = TextField()
    made_of = TextField()
    reached = IntegerField(null=True)

    class Meta:
        indexes = ((("slug", "name"), True),)


class ListedValue(Table):
    """One answer in such a column: by what it is sorted (bytes, so that both engines agree) and found."""

    column = ForeignKeyField(ListedColumn, lazy_load=False, on_delete="CASCADE", index=False)
    sort = BlobField()
    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE", index=False)
    value = TextField()

    class Meta:
        primary_key = CompositeKey("column", "sort", "response")
        indexes = ((("response", "column"), False),)


# What lists of sent responses need, in one index that the engine reads instead of the wide rows. A draft is not in it,
# so saving one costs nothing.
Response.add_index(
    *(Response.slug, Response.year, Response.number, Response.state, Response.gmina),
    *(Response.sent_at, Response.changed_at, Response.id),
    where=Response.year.is_null(False),
    name="response_listed",
)
Response.add_index(Response.slug, where=Response.stale.is_null(False), name="response_stale")
