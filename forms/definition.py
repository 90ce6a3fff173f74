"""What a form is once its file has been read: frozen objects, each holding finished values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from forms.auditing.key import Audit
from forms.certificates.key import Certificate
from forms.check import Check
from forms.events import Event
from forms.examples.keys import Example
from forms.formula import Formula, Text
from forms.periods.series import Period
from forms.register import Register
from forms.source import Place
from forms.spans import Limit, Span
from forms.types.base import FieldType


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `type` is an instance that holds the type's own keys (options, min, fields of a group …)."""

    name: str
    type: FieldType
    label: Text
    place: Place
    hint: Text | None = None
    required: bool | Formula = False
    when: Formula | None = None
    default: Any = None  # a canonical value, or a Formula
    messages: Mapping[str, Text] = field(default_factory=dict)  # error kind to text; "" replaces every kind
    checks: tuple[Check, ...] = ()
    sensitive: bool = False
    retain: Span | None = None
    was: tuple[str, ...] = ()
    autocomplete: str = ""
    compare: bool = False
    prefill: str = ""  # previous | statistics
    statistics: str = ""  # the variable of public statistics that stands beside the question
    warn_change: int | None = None  # percent
    reads: tuple[Formula, ...] = ()  # every formula in the field: its look on the page depends on these
    fields: tuple[Field, ...] = field(init=False)  # those inside, for a group; none for any other type
    followed: bool = field(init=False)  # something of it (a column too) is looked up in the previous period

    def __post_init__(self) -> None:
        # Kept here because every walk over a form asks every field for them.
        object.__setattr__(self, "fields", self.type.fields)
        followed = self.compare or bool(self.prefill or self.statistics) or self.warn_change is not None
        object.__setattr__(self, "followed", followed or any(each.followed for each in self.type.cols))


@dataclass(frozen=True, slots=True)
class Step:
    """One page of a form."""

    id: str
    title: Text
    fields: tuple[Field, ...]
    intro: Text | None = None
    when: Formula | None = None
    checks: tuple[Check, ...] = ()
    share: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about a form."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Email:
    """A form's own text of a message; None where the default serves."""

    subject: Text | None = None
    body: Text | None = None
    days_before: int = 3  # of a reminder: days before the event


@dataclass(frozen=True, eq=False)
class Form:
    """A whole definition. Two forms with the same text are the same version (`hash`)."""

    slug: str
    title: Text
    steps: tuple[Step, ...]
    hash: str
    bundle: Mapping[
        str, Any
    ]  # {"file": text, "lists": {file name: text}}: all that is needed to read this version again
    languages: tuple[str, ...] = ("pl",)
    summary: Text | None = None
    kind: str = "registration"
    intro: Text | None = None
    thanks: Text | None = None
    state: str = "open"
    opens: datetime | None = None
    closes: datetime | None = None
    grace: timedelta = timedelta()
    audience: str = "everyone"
    one_per: tuple[str, ...] = ()
    reference: str = ""
    contact: Contact | None = None
    notify: tuple[str, ...] = ()
    edit_until: Limit = field(default_factory=Limit)
    withdraw_until: Limit = field(default_factory=Limit)
    privacy: str = ""
    retain: Span | None = None
    anonymous: bool = False
    journey: str = "pages"
    sign_off: str = "none"  # two: who prepared a report and who approves it are different people | one | none
    confirm: bool = True
    period: Period | None = None
    conditions: Mapping[str, Formula] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    examples: tuple[Example, ...] = ()
    emails: Mapping[str, Email | None] | None = None  # by kind of message
    review: str = "automatic"  # automatic | staff
    events: tuple[Event, ...] = ()
    places: Mapping[str, Event] = field(default_factory=dict)  # all that is limited, by id; empty for most forms
    survey: str = ""  # the anonymous form that participants are asked to answer after an event
    certificate: Certificate | None = None
    register: Register | None = None  # what the answers say of an entry in the Wykaz
    audit: Audit | None = None
    offline: bool = False  # what could not be sent waits in the browser

    @property
    def version(self) -> tuple[str, str]:
        """What tells this version from every other of any form: two forms may have the same text."""
        return self.slug, self.hash

    @property
    def fields(self) -> Iterator[Field]:
        """The fields of all steps in order; those inside groups are reached through their group."""
        return (each for step in self.steps for each in step.fields)

    def step(self, step_id: str) -> Step | None:
        """The step of that id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)

    @property
    def due(self) -> datetime | None:
        """Until when the report of the period that the form collects is awaited; None for no day."""
        return (self.period.due if self.period is not None else None) or self.closes

    def open_at(self, moment: datetime) -> bool:
        """Whether someone may begin the form at this moment (aware datetime)."""
        return self.state == "open" and not self.not_yet(moment) and not self.over(moment)

    def not_yet(self, moment: datetime) -> bool:
        """Whether the form opens only later."""
        return self.opens is not None and moment < self.opens

    def over(self, moment: datetime, *, grace: bool = False) -> bool:
        """Whether the form has closed; with `grace`, whether even a form begun in time may no longer be sent."""
        if self.closes is None:
            return False
        return moment > self.closes + (self.grace if grace else timedelta())
