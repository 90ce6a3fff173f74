"""Registrations: places and bookings, messages, the audit log, attendance, certificates, invitations to surveys."""

from peewee import (
    AutoField,
    Check,
    CompositeKey,
    Database,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)
from playhouse.migrate import SchemaMigrator, migrate


def up(migrator: SchemaMigrator, db: Database) -> None:
    migrate(
        migrator.add_column("response", "edit_until", DateTimeField(null=True)),
        migrator.add_column("response", "erased", TextField(null=True)),
        migrator.add_column("response", "period", TextField(null=True)),
        migrator.add_index("response", ("slug", "gmina", "period")),
    )

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Response(Table):
        id = AutoField()

    follows = ForeignKeyField(Response, field=Response.id, null=True, column_name="follows", on_delete="SET NULL")
    migrate(migrator.add_column("response", "follows", follows))

    class Place(Table):
        slug = TextField()
        key = TextField()
        declared = IntegerField()
        size = IntegerField(constraints=[Check("size >= 0")])
        used = IntegerField(constraints=[Check("used >= 0")])

        class Meta:
            primary_key = CompositeKey("slug", "key")
            constraints = [Check("used <= size")]

    class Ledger(Table):
        slug = TextField(primary_key=True)
        hash = TextField(null=True)
        due_at = DateTimeField(null=True)

    class Booking(Table):
        id = AutoField()
        response = ForeignKeyField(Response, on_delete="CASCADE", index=False)
        slug = TextField()
        event = TextField()
        item = TextField()
        person = TextField()
        gmina = TextField(null=True)
        state = TextField()
        waits_for = TextField(null=True)
        reason = TextField(null=True)
        priority = IntegerField()
        sequence = IntegerField()
        offered_until = DateTimeField(null=True)
        booked_at = DateTimeField()
        changed_at = DateTimeField()

        class Meta:
            indexes = (
                (("slug", "event", "state"), False),
                (("response", "event"), False),
            )

    live = ("submitted", "accepted", "waiting", "offered", "attended", "absent")

    Booking.add_index(
        Booking.response,
        Booking.item,
        Booking.event,
        unique=True,
        where=Booking.state.in_(live),
        name="booking_live",
    )

    class Message(Table):
        id = AutoField()
        once = TextField(unique=True)
        slug = TextField()
        response = ForeignKeyField(Response, null=True, on_delete="CASCADE")
        kind = TextField()
        language = TextField()
        facts = TextField()
        state = TextField()
        attempts = IntegerField()
        repeated = IntegerField()
        due_at = DateTimeField()
        created_at = DateTimeField()
        claimed_at = DateTimeField(null=True)
        sent_at = DateTimeField(null=True)
        error = TextField(null=True)
        recipients = TextField(null=True)
        subject = TextField(null=True)
        text = TextField(null=True)
        html = TextField(null=True)
        calendar = TextField(null=True)

        class Meta:
            indexes = ((("state", "due_at"), False),)

    class AuditEntry(Table):
        id = AutoField()
        at = DateTimeField()
        actor = TextField()
        action = TextField()
        slug = TextField(null=True)
        subject = TextField()
        details = TextField()
        previous = TextField()
        hash = TextField(unique=True)

        class Meta:
            indexes = ((("subject",), False),)

    class Attendance(Table):
        booking = ForeignKeyField(Booking, on_delete="CASCADE", index=False)
        part = TextField()
        present = IntegerField()
        marked_at = DateTimeField()
        marked_by = TextField()

        class Meta:
            primary_key = CompositeKey("booking", "part")

    class Certificate(Table):
        id = AutoField()
        number = TextField(unique=True)
        code = TextField(unique=True)
        slug = TextField()
        response = ForeignKeyField(Response, on_delete="CASCADE")
        item = TextField()
        facts = TextField()
        issued_at = DateTimeField()
        issued_by = TextField()
        replaced_by = ForeignKeyField("self", null=True, index=False)
        revoked_at = DateTimeField(null=True)

    class Invitation(Table):
        id = AutoField()
        slug = TextField()
        booking = ForeignKeyField(Booking, on_delete="CASCADE", index=False)
        hash = TextField(unique=True)
        created_at = DateTimeField()
        used_on = DateTimeField(null=True)

        class Meta:
            indexes = ((("booking", "slug"), True),)

    db.create_tables([Place, Ledger, Booking, Message, AuditEntry, Attendance, Certificate, Invitation])


def down(migrator: SchemaMigrator, db: Database) -> None:
    for table in ("invitation", "certificate", "attendance", "audit_entry", "message", "booking", "ledger", "place"):
        db.execute_sql(f'DROP TABLE "{table}"')
    migrate(
        migrator.drop_index("response", "response_slug_gmina_period"),
        migrator.drop_column("response", "edit_until"),
        migrator.drop_column("response", "erased"),
        migrator.drop_column("response", "period"),
        migrator.drop_index("response", "response_follows"),
        migrator.drop_column("response", "follows"),
    )
