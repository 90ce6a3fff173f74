"""What audits found, kept beside their responses so that lists need not read the answers, and what became of it."""

from __future__ import annotations

from peewee import AutoField, CompositeKey, ForeignKeyField, IntegerField, TextField

from records.models.answers import Response
from records.models.base import MomentField, Table


class AuditResult(Table):
    """The result of one audit, read from its answers by records.audits.reading.

    `building` is its name as it is compared, `name` as it was typed; `day` is ISO 8601; numbers are kept as text.
    `correction` and `read_by` (the hash of the form's version) say what it was read from: another of either is read anew.
    """

    response = ForeignKeyField(Response, primary_key=True, lazy_load=False, on_delete="CASCADE")
    slug = TextField()
    gmina = TextField(null=True)
    building = TextField()
    name = TextField()
    day = TextField()
    score = TextField(null=True)
    grade = TextField()
    correction = IntegerField()
    read_by = TextField()

    class Meta:
        indexes = ((("slug", "gmina", "building"), False),)


class AuditBarrier(Table):
    """A critical barrier that an audit found."""

    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE", index=False)
    item = TextField()
    label = TextField()

    class Meta:
        primary_key = CompositeKey("response", "item")


class Recommendation(Table):
    """What an audit says should be done. `path` names it within the audit; `due` is ISO 8601, `cost` is in złoty.

    `listed` is 0 once a correction of the audit has left it out. `state` is open, planned, done or dropped.
    """

    id = AutoField()
    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE", index=False)
    path = TextField()
    item = TextField()
    text = TextField()
    priority = TextField()
    rank = IntegerField()
    cost = TextField(null=True)
    due = TextField(null=True)
    listed = IntegerField(default=1)
    state = TextField()
    state_at = MomentField()

    class Meta:
        indexes = (
            (("response", "path"), True),
            (("state", "due"), False),
        )


class FollowUp(Table):
    """What was done about a recommendation: when, by whom (as the audit log names them), in their words."""

    id = AutoField()
    recommendation = ForeignKeyField(Recommendation, lazy_load=False, on_delete="CASCADE")
    at = MomentField()
    actor = TextField()
    state = TextField()
    text = TextField()
