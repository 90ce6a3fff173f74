"""Accounts: the right to sensitive answers, forms that somebody is limited to, a second factor; the end of the audit log."""

from peewee import AutoField, CompositeKey, Database, ForeignKeyField, IntegerField, Model, TextField
from playhouse.migrate import SchemaMigrator, migrate

LOG = (("actor", "id"), ("action", "id"), ("slug", "id"))


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrate(
        migrator.add_column("person", "sensitive", IntegerField(default=0)),
        migrator.add_column("person", "totp", TextField(null=True)),
        migrator.add_column("person", "totp_step", IntegerField(default=0)),
        *(migrator.add_index("audit_entry", columns) for columns in LOG),
    )
    # Until now the right came with the role.
    db.execute_sql("UPDATE person SET sensitive = 1 WHERE role IN ('administrator', 'handler')")

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Person(Table):
        id = AutoField()

    class PersonForm(Table):
        person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
        slug = TextField()

        class Meta:
            primary_key = CompositeKey("person", "slug")

    class RecoveryCode(Table):
        id = AutoField()
        person = ForeignKeyField(Person, on_delete="CASCADE")
        hash = TextField(unique=True)

    class AuditHead(Table):
        id = IntegerField(primary_key=True)
        last = IntegerField()
        hash = TextField()

    db.create_tables([PersonForm, RecoveryCode, AuditHead])
    db.execute_sql(
        "INSERT INTO audit_head (id, last, hash) SELECT 1, id, hash FROM audit_entry ORDER BY id DESC LIMIT 1"
    )


def down(migrator: SchemaMigrator, db: Database) -> None:
    for table in ("audit_head", "recovery_code", "person_form"):
        db.execute_sql(f'DROP TABLE "{table}"')
    migrate(
        *(migrator.drop_index("audit_entry", f"audit_entry_{'_'.join(columns)}") for columns in LOG),
        migrator.drop_column("person", "totp_step"),
        migrator.drop_column("person", "totp"),
        migrator.drop_column("person", "sensitive"),
    )
