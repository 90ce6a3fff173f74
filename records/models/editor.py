"""Definitions being written in the browser: what nobody has published yet."""

from __future__ import annotations

from peewee import CompositeKey, ForeignKeyField, IntegerField, TextField

from records.models.base import MomentField, Table
from records.models.staff import Person


class FormDraft(Table):
    """One person's text of a form that is not published.

    `base` is the SHA-256 of the file from which it began, "" where there was none; `previewed` that of the text last seen
    as respondents will see it.
    """

    slug = TextField()
    person = ForeignKeyField(Person, lazy_load=False, on_delete="CASCADE")
    base = TextField()
    revision = IntegerField()
    previewed = TextField(null=True)
    saved_at = MomentField()
    text = TextField()

    class Meta:
        primary_key = CompositeKey("slug", "person")
