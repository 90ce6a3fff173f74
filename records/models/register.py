"""The register of revitalisation programmes: every state that an entry has ever had is a row of its own."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, TextField

from records.models.base import MomentField, Table


class Programme(Table):
    """One version of one entry; the newest version is what the register says. Rows are added, never changed.

    Days are ISO dates and the area a plain decimal, as texts: so both engines hold exactly what was entered. `response` is
    the key of the response that the version was taken from. See records.register.
    """

    entry = IntegerField()
    version = IntegerField()
    gmina = TextField()
    status = TextField()
    number = TextField(null=True)
    title = TextField(null=True)
    basis = TextField()
    resolution = TextField(null=True)
    resolution_on = TextField(null=True)
    link = TextField(null=True)
    entered_on = TextField(null=True)
    valid_from = TextField(null=True)
    valid_to = TextField(null=True)
    area_ha = TextField(null=True)
    population = TextField(null=True)
    struck_on = TextField(null=True)
    note = TextField(null=True)
    changed_at = MomentField()
    changed_by = TextField()
    reason = TextField()
    source = TextField()
    response = TextField(null=True)

    class Meta:
        primary_key = CompositeKey("entry", "version")
        indexes = (
            (("gmina",), False),
            (("changed_at",), False),
        )
