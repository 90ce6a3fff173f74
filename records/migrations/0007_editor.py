"""Editor: definitions being written in the browser, one text for each form and person."""

from peewee import AutoField, CompositeKey, Database, DateTimeField, ForeignKeyField, IntegerField, Model, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        id = AutoField()

    class FormDraft(Table):
        slug = TextField()
        person = ForeignKeyField(Person, on_delete="CASCADE")
        base = TextField()
        revision = IntegerField()
        previewed = TextField(null=True)
        saved_at = DateTimeField()
        text = TextField()

        class Meta:
            primary_key = CompositeKey("slug", "person")

    db.create_tables([FormDraft])


def down(migrator: SchemaMigrator, db: Database) -> None:
    db.execute_sql('DROP TABLE "form_draft"')
