"""Protocols of what was erased, and the texts about personal data that people have read before they sent something."""

from __future__ import annotations

from peewee import AutoField, TextField

from records.models.answers import Response
from records.models.base import MomentField, Table


class Erasure(Table):
    """A protocol: what kinds of data were erased and how many, when, by whom, on what basis; see records.privacy.protocols.

    `facts` is JSON without personal data; `once` names the daily protocol of a form that erases by rule.
    """

    id = AutoField()
    number = TextField(unique=True)
    once = TextField(null=True, unique=True)
    made_at = MomentField()
    actor = TextField()
    basis = TextField()
    slug = TextField(null=True)
    facts = TextField()


class PrivacyText(Table):
    """A text of config/texts as it stood when somebody read it; `hash` is what responses keep in `privacy`."""

    hash = TextField(primary_key=True)
    name = TextField()
    kept_at = MomentField()
    text = TextField()


# After which text how many responses were sent, without reading them. Those of forms without one are not in it.
Response.add_index(
    *(Response.slug, Response.privacy, Response.sent_at),
    where=Response.privacy.is_null(False),
    name="response_privacy",
)
