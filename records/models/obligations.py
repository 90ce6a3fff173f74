"""What gminy owe: a report of one period, until when, and whether staff let them off."""

from __future__ import annotations

from peewee import CompositeKey, TextField

from records.models.base import MomentField, Table


class Assignment(Table):
    """One gmina's report of one period of a form; what has become of it stands in its responses. See records.obligations.

    `due_at` is the day common to all when the period was collected, `extended_to` the later one given to this gmina alone.
    `reason` is why staff extended or excused it, in their words.
    """

    slug = TextField()
    gmina = TextField()
    period = TextField()
    opened_at = MomentField()
    due_at = MomentField(null=True)
    extended_to = MomentField(null=True)
    extended_at = MomentField(null=True)
    excused_at = MomentField(null=True)
    reason = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("slug", "gmina", "period")
        indexes = (
            (("slug", "period"), False),
            (("gmina",), False),
        )
