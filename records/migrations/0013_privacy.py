"""Privacy: protocols of what was erased, and the texts about personal data that people have read."""

from peewee import AutoField, Database, DateTimeField, Model, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Erasure(Table):
        id = AutoField()
        number = TextField(unique=True)
        once = TextField(null=True, unique=True)
        made_at = DateTimeField()
        actor = TextField()
        basis = TextField()
        slug = TextField(null=True)
        facts = TextField()

    class PrivacyText(Table):
        hash = TextField(primary_key=True)
        name = TextField()
        kept_at = DateTimeField()
        text = TextField()

    db.create_tables([Erasure, PrivacyText])
    db.execute_sql(
        'CREATE INDEX "response_privacy" ON "response" ("slug", "privacy", "sent_at") WHERE ("privacy" IS NOT NULL)'
    )


def down(migrator: SchemaMigrator, db: Database) -> None:
    db.execute_sql('DROP INDEX "response_privacy"')
    db.execute_sql('DROP TABLE "privacy_text"')
    db.execute_sql('DROP TABLE "erasure"')
