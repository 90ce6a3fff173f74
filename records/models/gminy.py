"""People of gminy, what they may open, who filled in what, and what two of them have signed."""

from __future__ import annotations

from peewee import AutoField, BlobField, CompositeKey, ForeignKeyField, IntegerField, TextField

from records.models.answers import Response
from records.models.base import MomentField, Table


class GminaPerson(Table):
    """Somebody who acts for a gmina (TERYT code): a coordinator, or a colleague who was invited by one."""

    id = AutoField()
    gmina = TextField()
    name = TextField()
    email = TextField()
    role = TextField()
    invited_by = TextField()
    session_epoch = IntegerField(default=0)
    created_at = MomentField()
    ended_at = MomentField(null=True)


GminaPerson.add_index(
    GminaPerson.gmina,
    GminaPerson.email,
    unique=True,
    where=GminaPerson.ended_at.is_null(),
    name="gmina_person_live",
)
GminaPerson.add_index(GminaPerson.email, name="gmina_person_email")


class GminaLink(Table):
    """A one-time link that lets such a person in; only its hash is kept."""

    id = AutoField()
    person = ForeignKeyField(GminaPerson, lazy_load=False, on_delete="CASCADE")
    hash = TextField(unique=True)
    expires_at = MomentField()
    used_at = MomentField(null=True)


class GminaResponse(Table):
    """A response that belongs to the page of a gmina: begun from there, or brought there by who holds its private link."""

    response = ForeignKeyField(Response, primary_key=True, lazy_load=False, on_delete="CASCADE")
    gmina = TextField()
    how = TextField()
    about = TextField(null=True)
    person = ForeignKeyField(GminaPerson, lazy_load=False)
    at = MomentField()

    class Meta:
        indexes = ((("gmina",), False),)


class GminaStep(Table):
    """A step of a draft that a coordinator has given to a colleague."""

    response = ForeignKeyField(Response, index=False, lazy_load=False, on_delete="CASCADE")
    step = TextField()
    person = ForeignKeyField(GminaPerson, lazy_load=False)
    at = MomentField()

    class Meta:
        primary_key = CompositeKey("response", "step", "person")


class GminaWork(Table):
    """Who of a gmina has last saved which step, and when."""

    response = ForeignKeyField(Response, index=False, lazy_load=False, on_delete="CASCADE")
    step = TextField()
    person = ForeignKeyField(GminaPerson, index=False, lazy_load=False)
    at = MomentField()

    class Meta:
        primary_key = CompositeKey("response", "step", "person")


class SignOff(Table):
    """A sent report that one person of the gmina has signed as prepared and another as approved; `pdf` is frozen then."""

    id = AutoField()
    response = ForeignKeyField(Response, index=False, lazy_load=False, on_delete="CASCADE")
    correction = IntegerField()
    prepared_by = ForeignKeyField(GminaPerson, index=False, lazy_load=False)
    prepared_at = MomentField()
    approved_by = ForeignKeyField(GminaPerson, index=False, null=True, lazy_load=False)
    approved_at = MomentField(null=True)
    sha256 = TextField(null=True, unique=True)
    pdf = BlobField(null=True)

    class Meta:
        indexes = ((("response", "correction"), True),)
