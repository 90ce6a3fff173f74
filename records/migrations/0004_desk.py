"""The desk: saved views and presets, last visits, and answers in columns that tables are sorted and filtered by."""

from peewee import (
    AutoField,
    BlobField,
    CompositeKey,
    Database,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    SqliteDatabase,
    TextField,
)
from playhouse.migrate import SchemaMigrator, migrate


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrate(migrator.add_column("response", "stale", IntegerField(null=True)))

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        id = AutoField()

    class Response(Table):
        id = AutoField()
        slug = TextField()
        state = TextField()
        year = IntegerField(null=True)
        number = IntegerField(null=True)
        gmina = TextField(null=True)
        sent_at = DateTimeField(null=True)
        changed_at = DateTimeField()
        stale = IntegerField(null=True)

    listed = Response.index(
        *(Response.slug, Response.year, Response.number, Response.state, Response.gmina),
        *(Response.sent_at, Response.changed_at, Response.id),
        where=Response.year.is_null(False),
        name="response_listed",
    )
    stale = Response.index(Response.slug, where=Response.stale.is_null(False), name="response_stale")

    class SavedView(Table):
        slug = TextField()
        kind = TextField()
        name = TextField()
        query = TextField()
        person = ForeignKeyField(Person, on_delete="CASCADE")
        shared = IntegerField()
        created_at = DateTimeField()

        class Meta:
            indexes = ((("slug", "kind"), False),)

    class Visit(Table):
        person = ForeignKeyField(Person, primary_key=True, on_delete="CASCADE")
        at = DateTimeField()
        before = DateTimeField()

    class ListedColumn(Table):
        slug = TextField()
        name = TextField()
        made_of = TextField()
        reached = IntegerField(null=True)

        class Meta:
            indexes = ((("slug", "name"), True),)

    class ListedValue(Table):
        column = ForeignKeyField(ListedColumn, on_delete="CASCADE", index=False)
        sort = BlobField()
        response = ForeignKeyField(Response, on_delete="CASCADE", index=False)
        value = TextField()

        class Meta:
            primary_key = CompositeKey("column", "sort", "response")
            indexes = ((("response", "column"), False),)
            # SQLite then keeps the values of a column side by side; PostgreSQL has no such choice.
            without_rowid = isinstance(db, SqliteDatabase)

    db.create_tables([SavedView, Visit, ListedColumn, ListedValue])
    for index in (listed, stale):
        db.execute(index)
    migrate(migrator.add_index("message", ("slug", "state", "id")))


def down(migrator: SchemaMigrator, db: Database) -> None:
    for table in ("listed_value", "listed_column", "visit", "saved_view"):
        db.execute_sql(f'DROP TABLE "{table}"')
    migrate(
        migrator.drop_index("message", "message_slug_state_id"),
        migrator.drop_index("response", "response_listed"),
        migrator.drop_index("response", "response_stale"),
        migrator.drop_column("response", "stale"),
    )
