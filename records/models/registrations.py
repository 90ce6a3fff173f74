"""Places, bookings, messages, attendance, certificates and invitations to surveys."""

from __future__ import annotations

from peewee import AutoField, Check, CompositeKey, ForeignKeyField, IntegerField, TextField

from records.models.answers import Response
from records.models.base import MomentField, Table


class Place(Table):
    """The ledger of places: how many a limit allows and how many are taken; see records.bookings.places for the keys.

    `size` is what the database enforces, `declared` what the form says. Where an office lowers a limit below what is
    taken, nobody is expelled: `size` stays at what is taken and falls to what is declared as places are freed.
    """

    slug = TextField()
    key = TextField()
    declared = IntegerField()
    size = IntegerField(constraints=[Check("size >= 0")])
    used = IntegerField(default=0, constraints=[Check("used >= 0")])

    class Meta:
        primary_key = CompositeKey("slug", "key")
        constraints = (Check("used <= size"),)


class Ledger(Table):
    """The head of a form's ledger, the row on which writers queue: whose limits hold, and when time changes something."""

    slug = TextField(primary_key=True)
    hash = TextField(null=True)
    due_at = MomentField(null=True)


class Booking(Table):
    """A place at an event that a response asks for, one for each participant and event; see records.bookings."""

    id = AutoField()
    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE", index=False)
    slug = TextField()
    event = TextField()
    item = TextField()
    person = TextField()
    gmina = TextField(null=True)
    state = TextField()
    waits_for = TextField(null=True)
    reason = TextField(null=True)
    priority = IntegerField(default=0)
    sequence = IntegerField(default=0)
    offered_until = MomentField(null=True)
    booked_at = MomentField()
    changed_at = MomentField()

    class Meta:
        indexes = (
            (("slug", "event", "state"), False),
            (("response", "event"), False),
        )


LIVE = ("submitted", "accepted", "waiting", "offered", "attended", "absent")

Booking.add_index(
    Booking.response,
    Booking.item,
    Booking.event,
    unique=True,
    where=Booking.state.in_(LIVE),
    name="booking_live",
)


class Message(Table):
    """The outbox: what is to be written to whom, put down in the transaction of what it tells; see records.outbox."""

    id = AutoField()
    once = TextField(unique=True)
    slug = TextField()
    response = ForeignKeyField(Response, null=True, lazy_load=False, on_delete="CASCADE")
    kind = TextField()
    language = TextField()
    facts = TextField()
    state = TextField()
    attempts = IntegerField(default=0)
    repeated = IntegerField(default=0)
    due_at = MomentField()
    created_at = MomentField()
    claimed_at = MomentField(null=True)
    sent_at = MomentField(null=True)
    error = TextField(null=True)
    recipients = TextField(null=True)
    subject = TextField(null=True)
    text = TextField(null=True)
    html = TextField(null=True)
    calendar = TextField(null=True)

    class Meta:
        indexes = (
            (("state", "due_at"), False),
            (("slug", "state", "id"), False),  # what a list of messages needs; their texts are long
        )


class Attendance(Table):
    """Whether somebody was there in one part of an event: a half-day such as `2027-03-09/1`."""

    booking = ForeignKeyField(Booking, lazy_load=False, on_delete="CASCADE", index=False)
    part = TextField()
    present = IntegerField()
    marked_at = MomentField()
    marked_by = TextField()

    class Meta:
        primary_key = CompositeKey("booking", "part")


class Certificate(Table):
    """A numbered paper that somebody took part; re-issued ones name what they replace."""

    id = AutoField()
    number = TextField(unique=True)
    code = TextField(unique=True)
    slug = TextField()
    response = ForeignKeyField(Response, lazy_load=False, on_delete="CASCADE")
    item = TextField()
    facts = TextField()
    issued_at = MomentField()
    issued_by = TextField()
    replaced_by = ForeignKeyField("self", null=True, lazy_load=False, index=False)
    revoked_at = MomentField(null=True)


class Invitation(Table):
    """A link to a survey for somebody who took part: used once, and nothing leads from the answer back to it."""

    id = AutoField()
    slug = TextField()
    booking = ForeignKeyField(Booking, lazy_load=False, on_delete="CASCADE", index=False)
    hash = TextField(unique=True)
    created_at = MomentField()
    used_on = MomentField(null=True)

    class Meta:
        indexes = ((("booking", "slug"), True),)
