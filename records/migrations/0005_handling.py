"""What staff put beside a response: labels, notes, questions returned for correction, corrections made by the office."""

from peewee import AutoField, CompositeKey, Database, DateTimeField, ForeignKeyField, IntegerField, Model, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Response(Table):
        id = AutoField()

    class ResponseLabel(Table):
        response = ForeignKeyField(Response, on_delete="CASCADE", index=False)
        name = TextField()
        slug = TextField()

        class Meta:
            primary_key = CompositeKey("response", "name")
            indexes = ((("slug", "name"), False),)

    class Note(Table):
        id = AutoField()
        response = ForeignKeyField(Response, on_delete="CASCADE")
        person = IntegerField()
        written_at = DateTimeField()
        text = TextField()

    class ReturnedRequest(Table):
        id = AutoField()
        response = ForeignKeyField(Response, on_delete="CASCADE")
        slug = TextField()
        state = TextField()
        person = IntegerField()
        returned_at = DateTimeField()
        until = DateTimeField()
        answered_at = DateTimeField(null=True)
        correction = IntegerField(null=True)
        questions = TextField()
        reply = TextField(null=True)

        class Meta:
            indexes = ((("slug", "state"), False),)

    class OfficeCorrection(Table):
        response = ForeignKeyField(Response, on_delete="CASCADE", index=False)
        correction = IntegerField()
        person = IntegerField()
        made_at = DateTimeField()
        reason = TextField()

        class Meta:
            primary_key = CompositeKey("response", "correction")

    db.create_tables([ResponseLabel, Note, ReturnedRequest, OfficeCorrection])


def down(migrator: SchemaMigrator, db: Database) -> None:
    for table in ("office_correction", "returned_request", "note", "response_label"):
        db.execute_sql(f'DROP TABLE "{table}"')
