"""What is worked out of reports, and public statistics that stand beside them."""

from __future__ import annotations

from peewee import CompositeKey, DateField, ForeignKeyField, IntegerField, TextField

from records.models.answers import Response
from records.models.base import MomentField, Table


class IndicatorValue(Table):
    """One indicator of one gmina in one period, worked out of `response` as it stood after `correction`.

    `value` is a decimal as text, None where there is none; `note` then says why. `made_of` is the hash of the definition.
    """

    slug = TextField()
    gmina = TextField()
    period = TextField()
    indicator = TextField()
    value = TextField(null=True)
    note = TextField(default="")
    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE")
    correction = IntegerField()
    made_of = TextField()

    class Meta:
        primary_key = CompositeKey("slug", "gmina", "period", "indicator")


class Statistic(Table):
    """A number that a public source says of a gmina (TERYT code) in a year; `value` is a decimal as text."""

    variable = TextField()
    teryt = TextField()
    year = IntegerField()
    value = TextField()
    source = TextField()
    as_of = DateField()
    imported_at = MomentField()

    class Meta:
        primary_key = CompositeKey("variable", "teryt", "year")
