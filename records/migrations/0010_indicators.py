"""What is worked out of reports by gmina and period, and public statistics."""

from peewee import CompositeKey, Database, DateField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Response(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class IndicatorValue(Model):
        slug = TextField()
        gmina = TextField()
        period = TextField()
        indicator = TextField()
        value = TextField(null=True)
        note = TextField()
        response = ForeignKeyField(Response, on_delete="CASCADE")
        correction = IntegerField()
        made_of = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            primary_key = CompositeKey("slug", "gmina", "period", "indicator")

    class Statistic(Model):
        variable = TextField()
        teryt = TextField()
        year = IntegerField()
        value = TextField()
        source = TextField()
        as_of = DateField()
        imported_at = DateTimeField()

        class Meta:
            database = db
            legacy_table_names = False
            primary_key = CompositeKey("variable", "teryt", "year")

    db.create_tables([IndicatorValue, Statistic])


def down(migrator: SchemaMigrator, db: Database) -> None:
    db.execute_sql('DROP TABLE "indicator_value"')
    db.execute_sql('DROP TABLE "statistic"')
