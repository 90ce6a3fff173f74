"""The first tables: versions of forms, responses, staff, files."""

from peewee import AutoField, CompositeKey, Database, DateTimeField, ForeignKeyField, IntegerField, Model, TextField
from playhouse.migrate import SchemaMigrator


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Version(Table):
        id = AutoField()
        slug = TextField()
        hash = TextField()
        stored_at = DateTimeField()
        bundle = TextField()

        class Meta:
            indexes = ((("slug", "hash"), True),)

    class Response(Table):
        id = AutoField()
        key = TextField(unique=True)
        link_secret = TextField()
        slug = TextField()
        state = TextField()
        revision = IntegerField()
        language = TextField()
        version = ForeignKeyField(Version, null=True, index=False)
        working_version = ForeignKeyField(Version, null=True, index=False)
        year = IntegerField(null=True)
        number = IntegerField(null=True)
        reference = TextField(null=True, unique=True)
        correction = IntegerField()
        gmina = TextField(null=True)
        one_per = TextField(null=True)
        privacy = TextField(null=True)
        begun_at = DateTimeField()
        saved_at = DateTimeField()
        sent_at = DateTimeField(null=True)
        changed_at = DateTimeField()
        search = TextField()
        answers = TextField(null=True)
        working = TextField(null=True)

        class Meta:
            indexes = (
                (("state", "slug"), False),
                (("slug", "year", "number"), False),
            )

    Response.add_index(
        Response.slug,
        Response.one_per,
        unique=True,
        where=Response.one_per.is_null(False),
        name="response_one_per",
    )

    class SentVersion(Table):
        id = AutoField()
        response = ForeignKeyField(Response, index=False, on_delete="CASCADE")
        correction = IntegerField()
        version = ForeignKeyField(Version, index=False)
        sent_at = DateTimeField()
        answers = TextField()

        class Meta:
            indexes = ((("response", "correction"), True),)

    class Counter(Table):
        slug = TextField()
        year = IntegerField()
        last = IntegerField()

        class Meta:
            primary_key = CompositeKey("slug", "year")

    class Person(Table):
        id = AutoField()
        name = TextField()
        email = TextField(unique=True)
        role = TextField()
        password_hash = TextField(null=True)
        session_epoch = IntegerField()
        created_at = DateTimeField()
        disabled_at = DateTimeField(null=True)

    class SignInLink(Table):
        id = AutoField()
        person = ForeignKeyField(Person, on_delete="CASCADE")
        hash = TextField(unique=True)
        expires_at = DateTimeField()
        used_at = DateTimeField(null=True)

    class StoredFile(Table):
        id = AutoField()
        response = ForeignKeyField(Response, on_delete="CASCADE")
        path = TextField()
        name = TextField()
        media_type = TextField()
        size = IntegerField()
        sha256 = TextField()
        stored_as = TextField(unique=True)
        stored_at = DateTimeField()

    db.create_tables([Version, Response, SentVersion, Counter, Person, SignInLink, StoredFile])


def down(migrator: SchemaMigrator, db: Database) -> None:
    for table in ("stored_file", "sign_in_link", "person", "counter", "sent_version", "response", "version"):
        db.execute_sql(f'DROP TABLE "{table}"')
