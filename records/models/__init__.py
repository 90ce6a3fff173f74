"""The tables. Queries are built on these classes; what leaves this package are dataclasses and plain values.

Moments are UTC in whole seconds: naive in the database (text in SQLite, timestamp in PostgreSQL), aware in Python.
JSON is kept as text, so that both engines hold exactly what was written. Wide columns stand last: SQLite reads a row
from its start, and lists need only its first part.
"""

from __future__ import annotations

from records.models.answers import Counter, Response, SentVersion, StoredFile, Version
from records.models.audits import AuditBarrier, AuditResult, FollowUp, Recommendation
from records.models.base import MomentField, Table, iso, moment, stored
from records.models.desk import ListedColumn, ListedValue, SavedView, Visit
from records.models.editor import FormDraft
from records.models.exporting import ApiToken, ExportJob
from records.models.gminy import GminaLink, GminaPerson, GminaResponse, GminaStep, GminaWork, SignOff
from records.models.handling import Note, OfficeCorrection, ResponseLabel, ReturnedRequest
from records.models.indicators import IndicatorValue, Statistic
from records.models.obligations import Assignment
from records.models.privacy import Erasure, PrivacyText
from records.models.register import Programme
from records.models.registrations import Attendance, Booking, Certificate, Invitation, Ledger, Message, Place
from records.models.staff import AuditEntry, AuditHead, Person, PersonForm, RecoveryCode, SignInLink

__all__ = [
    "TABLES",
    "ApiToken",
    "Assignment",
    "Attendance",
    "AuditBarrier",
    "AuditEntry",
    "AuditHead",
    "AuditResult",
    "Booking",
    "Certificate",
    "Counter",
    "Erasure",
    "ExportJob",
    "FollowUp",
    "FormDraft",
    "GminaLink",
    "GminaPerson",
    "GminaResponse",
    "GminaStep",
    "GminaWork",
    "IndicatorValue",
    "Invitation",
    "Ledger",
    "ListedColumn",
    "ListedValue",
    "Message",
    "MomentField",
    "Note",
    "OfficeCorrection",
    "Person",
    "PersonForm",
    "Place",
    "PrivacyText",
    "Programme",
    "Recommendation",
    "RecoveryCode",
    "Response",
    "ResponseLabel",
    "ReturnedRequest",
    "SavedView",
    "SentVersion",
    "SignInLink",
    "SignOff",
    "Statistic",
    "StoredFile",
    "Table",
    "Version",
    "Visit",
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
    AuditHead,
    FormDraft,
    PersonForm,
    RecoveryCode,
    Attendance,
    Certificate,
    Invitation,
    Assignment,
    ResponseLabel,
    Note,
    ReturnedRequest,
    OfficeCorrection,
    SavedView,
    ExportJob,
    ApiToken,
    GminaPerson,
    GminaLink,
    GminaResponse,
    GminaStep,
    GminaWork,
    SignOff,
    IndicatorValue,
    Statistic,
    Programme,
    Erasure,
    PrivacyText,
    AuditResult,
    AuditBarrier,
    Recommendation,
    FollowUp,
)
