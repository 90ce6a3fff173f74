"""Long exports on their way, and the tokens by which other programs read."""

from peewee import AutoField, Database, DateTimeField, ForeignKeyField, IntegerField, Model, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        id = AutoField()

    class ExportJob(Table):
        id = AutoField()
        slug = TextField()
        person = ForeignKeyField(Person, on_delete="CASCADE")
        format = TextField()
        query = TextField()
        sensitive = IntegerField()
        state = TextField()
        done = IntegerField()
        total = IntegerField()
        attempts = IntegerField()
        created_at = DateTimeField()
        beat_at = DateTimeField(null=True)
        finished_at = DateTimeField(null=True)
        error = TextField(null=True)
        file = TextField(null=True)
        size = IntegerField(null=True)

        class Meta:
            indexes = ((("state",), False), (("slug", "person"), False))

    class ApiToken(Table):
        id = AutoField()
        name = TextField()
        hash = TextField(unique=True)
        slugs = TextField(null=True)
        sensitive = IntegerField()
        created_by = IntegerField()
        created_at = DateTimeField()
        expires_at = DateTimeField()
        last_used_at = DateTimeField(null=True)
        revoked_at = DateTimeField(null=True)

    db.create_tables([ExportJob, ApiToken])


def down(migrator: SchemaMigrator, db: Database) -> None:
    for table in ("api_token", "export_job"):
        db.execute_sql(f'DROP TABLE "{table}"')
