"""Audits: results and critical barriers beside their responses, recommendations, and what was done about them."""

from peewee import AutoField, CompositeKey, Database, DateTimeField, ForeignKeyField, IntegerField, Model, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Response(Table):
        id = AutoField()

    class AuditResult(Table):
        response = ForeignKeyField(Response, primary_key=True, on_delete="CASCADE")
        slug = TextField()
        gmina = TextField(null=True)
        building = TextField()
        name = TextField()
        day = TextField()
        score = TextField(null=True)
        grade = TextField()
        correction = IntegerField()
        read_by = TextField()

        class Meta:
            indexes = ((("slug", "gmina", "building"), False),)

    class AuditBarrier(Table):
        response = ForeignKeyField(Response, on_delete="CASCADE", index=False)
        item = TextField()
        label = TextField()

        class Meta:
            primary_key = CompositeKey("response", "item")

    class Recommendation(Table):
        id = AutoField()
        response = ForeignKeyField(Response, on_delete="CASCADE", index=False)
        path = TextField()
        item = TextField()
        text = TextField()
        priority = TextField()
        rank = IntegerField()
        cost = TextField(null=True)
        due = TextField(null=True)
        listed = IntegerField()
        state = TextField()
        state_at = DateTimeField()

        class Meta:
            indexes = (
                (("response", "path"), True),
                (("state", "due"), False),
            )

    class FollowUp(Table):
        id = AutoField()
        recommendation = ForeignKeyField(Recommendation, on_delete="CASCADE")
        at = DateTimeField()
        actor = TextField()
        state = TextField()
        text = TextField()

    db.create_tables([AuditResult, AuditBarrier, Recommendation, FollowUp])


def down(migrator: SchemaMigrator, db: Database) -> None:
    for table in ("follow_up", "recommendation", "audit_barrier", "audit_result"):
        db.execute_sql(f'DROP TABLE "{table}"')
