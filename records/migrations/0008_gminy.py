"""Gminy: their people, sign-in links, the responses on their pages, steps handed over, who filled in what, sign-offs."""

from peewee import (
    AutoField,
    BlobField,
    CompositeKey,
    Database,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Response(Table):
        id = AutoField()

    class GminaPerson(Table):
        id = AutoField()
        gmina = TextField()
        name = TextField()
        email = TextField()
        role = TextField()
        invited_by = TextField()
        session_epoch = IntegerField()
        created_at = DateTimeField()
        ended_at = DateTimeField(null=True)

    GminaPerson.add_index(
        GminaPerson.gmina,
        GminaPerson.email,
        unique=True,
        where=GminaPerson.ended_at.is_null(),
        name="gmina_person_live",
    )
    GminaPerson.add_index(GminaPerson.email, name="gmina_person_email")

    class GminaLink(Table):
        id = AutoField()
        person = ForeignKeyField(GminaPerson, on_delete="CASCADE")
        hash = TextField(unique=True)
        expires_at = DateTimeField()
        used_at = DateTimeField(null=True)

    class GminaResponse(Table):
        response = ForeignKeyField(Response, primary_key=True, on_delete="CASCADE")
        gmina = TextField()
        how = TextField()
        about = TextField(null=True)
        person = ForeignKeyField(GminaPerson)
        at = DateTimeField()

        class Meta:
            indexes = ((("gmina",), False),)

    class GminaStep(Table):
        response = ForeignKeyField(Response, index=False, on_delete="CASCADE")
        step = TextField()
        person = ForeignKeyField(GminaPerson)
        at = DateTimeField()

        class Meta:
            primary_key = CompositeKey("response", "step", "person")

    class GminaWork(Table):
        response = ForeignKeyField(Response, index=False, on_delete="CASCADE")
        step = TextField()
        person = ForeignKeyField(GminaPerson, index=False)
        at = DateTimeField()

        class Meta:
            primary_key = CompositeKey("response", "step", "person")

    class SignOff(Table):
        id = AutoField()
        response = ForeignKeyField(Response, index=False, on_delete="CASCADE")
        correction = IntegerField()
        prepared_by = ForeignKeyField(GminaPerson, index=False)
        prepared_at = DateTimeField()
        approved_by = ForeignKeyField(GminaPerson, index=False, null=True)
        approved_at = DateTimeField(null=True)
        sha256 = TextField(null=True, unique=True)
        pdf = BlobField(null=True)

        class Meta:
            indexes = ((("response", "correction"), True),)

    db.create_tables([GminaPerson, GminaLink, GminaResponse, GminaStep, GminaWork, SignOff])


def down(migrator: SchemaMigrator, db: Database) -> None:
    for table in ("sign_off", "gmina_work", "gmina_step", "gmina_response", "gmina_link", "gmina_person"):
        db.execute_sql(f'DROP TABLE "{table}"')
