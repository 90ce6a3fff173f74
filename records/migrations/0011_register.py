"""The register of revitalisation programmes, with every version of every entry."""

from peewee import CompositeKey, Database, DateTimeField, IntegerField, Model, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Programme(Model):
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
        changed_at = DateTimeField()
        changed_by = TextField()
        reason = TextField()
        source = TextField()
        response = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            primary_key = CompositeKey("entry", "version")
            indexes = (
                (("gmina",), False),
                (("changed_at",), False),
            )

    db.create_tables([Programme])


def down(migrator: SchemaMigrator, db: Database) -> None:
    db.execute_sql('DROP TABLE "programme"')
