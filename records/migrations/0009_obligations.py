"""Obligations: which gmina owes which report of which period, and until when."""

from peewee import CompositeKey, Database, DateTimeField, Model, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Assignment(Model):
        slug = TextField()
        gmina = TextField()
        period = TextField()
        opened_at = DateTimeField()
        due_at = DateTimeField(null=True)
        extended_to = DateTimeField(null=True)
        extended_at = DateTimeField(null=True)
        excused_at = DateTimeField(null=True)
        reason = TextField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            primary_key = CompositeKey("slug", "gmina", "period")
            indexes = (
                (("slug", "period"), False),
                (("gmina",), False),
            )

    db.create_tables([Assignment])


def down(migrator: SchemaMigrator, db: Database) -> None:
    db.execute_sql('DROP TABLE "assignment"')
