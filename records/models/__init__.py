"""The tables. Queries are built on these classes; what leaves this package are dataclasses and plain values.

Moments are UTC in whole seconds: naive in the database (text in SQLite, timestamp in PostgreSQL), aware in Python.
JSON is kept as text, so that both engines hold exactly what was written. Wide columns stand last: SQLite reads a row
from its start, and lists need only its first part.
"""

from __future__ import annotations

from records.models.answers import Counter, Response, SentVersion, StoredFile, Version
from records.models.base import MomentField, Table, iso, moment, stored
from records.models.registrations import Attendance, Booking, Certificate, Invitation, Ledger, Message, Place
from records.models.staff import AuditEntry, Person, SignInLink

__all__ = [
    "TABLES",
    "Attendance",
    "AuditEntry",
    "Booking",
    "Certificate",
    "Counter",
    "Invitation",
    "Ledger",
    "Message",
    "MomentField",
    "Person",
    "Place",
    "Response",
    "SentVersion",
    "SignInLink",
    "StoredFile",
    "Table",
    "Version",
    "iso",
    "moment",
    "stored",
]

TABLES: tuple[type[Table], ...] = (
    Version,
    Response,
    SentVersion,
    Counter,
    Person,
    SignInLink,
    StoredFile,
    Place,
    Ledger,
    Booking,
    Message,
    AuditEntry,
    Attendance,
    Certificate,
    Invitation,
)
