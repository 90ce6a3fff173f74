"""What staff put beside a response: labels, notes, questions returned for correction, corrections made by the office."""

from __future__ import annotations

from peewee import AutoField, CompositeKey, ForeignKeyField, IntegerField, TextField

from records.models.answers import Response
from records.models.base import MomentField, Table


class ResponseLabel(Table):
    """A word by which staff sort responses; the form's name stands beside it, so that a table can be narrowed by it."""

    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE", index=False)
    name = TextField()
    slug = TextField()

    class Meta:
        primary_key = CompositeKey("response", "name")
        indexes = ((("slug", "name"), False),)


class Note(Table):
    """A remark about a response that only staff see; `person` is the id of its author."""

    id = AutoField()
    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE")
    person = IntegerField()
    written_at = MomentField()
    text = TextField()


class ReturnedRequest(Table):
    """Questions of a response that staff have returned for correction; see records.desk.returned for its states.

    `questions` is JSON: [{"path", "title", "remark"}]; `reply` is what the respondent wrote back.
    """

    id = AutoField()
    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE")
    slug = TextField()
    state = TextField()
    person = IntegerField()
    returned_at = MomentField()
    until = MomentField()
    answered_at = MomentField(null=True)
    correction = IntegerField(null=True)
    questions = TextField()
    reply = TextField(null=True)

    class Meta:
        indexes = ((("slug", "state"), False),)


class OfficeCorrection(Table):
    """A correction that staff made, and why; `correction` is its number within the response."""

    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE", index=False)
    correction = IntegerField()
    person = IntegerField()
    made_at = MomentField()
    reason = TextField()

    class Meta:
        primary_key = CompositeKey("response", "correction")
