"""What a form is once its file has been read: frozen objects, each holding finished values.

An expression stands in a definition as a `Formula`: its text, linked to the compiled expression after the whole file has
been read (only then is it known which names there are). Nothing changes after that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from forms.expressions import Env, Expression
from forms.source import Node, Place
from forms.spans import Span
from forms.wording import language

if TYPE_CHECKING:
    from forms.auditing.key import Audit
    from forms.certificate import Certificate
    from forms.events import Event
    from forms.examples.keys import Example
    from forms.periods.series import Period
    from forms.register import Register
    from forms.types.base import FieldType


class Formula:
    """An expression where it stands in a definition. Called with an `Env` it gives the value, or None when unanswered."""

    __slots__ = ("_expression", "place", "text")

    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.place = place
        self._expression: Expression | None = None

    def link(self, expression: Expression) -> None:
        """Ties the formula to its compiled expression; done once, by the reader."""
        self._expression = expression

    @property
    def linked(self) -> bool:
        """Whether the formula compiled; one that did not is reported, and its definition is never served."""
        return self._expression is not None

    @property
    def expression(self) -> Expression:
        """The compiled expression; asking before linking is a mistake of ours."""
        if self._expression is None:
            raise RuntimeError(f"formula not linked: {self.text}")
        return self._expression

    @property
    def names(self) -> frozenset[str]:
        """The names of fields and conditions that it reads."""
        return self.expression.names

    def __call__(self, env: Env) -> Any:
        return self.expression(env)


class Default:
    """What a field holds before anyone answers: a value, or a formula; which of them is known after linking."""

    __slots__ = ("formula", "node", "value")

    def __init__(self, node: Node) -> None:
        self.node = node
        self.value: Any = None
        self.formula: Formula | None = None

    def __call__(self, env: Env) -> Any:
        return self.value if self.formula is None else self.formula(env)


@dataclass(frozen=True, slots=True)
class Insert:
    """`{expr}` within a text: what to compute and how its value is written."""

    formula: Formula
    show: list[Callable[[Any], str]] = field(default_factory=list, compare=False)  # set when linked

    def __call__(self, env: Env) -> str:
        value = self.formula(env)
        return "" if value is None else self.show[0](value)


@dataclass(frozen=True, slots=True)
class Text:
    """A text for readers, in one or more languages, with values put in where the author wrote `{expr}`."""

    wordings: Mapping[str, tuple[str | Insert, ...]]

    @property
    def parts(self) -> tuple[str | Insert, ...]:
        """The wording in the language in force, else the author's first."""
        found = self.wordings.get(language.get())
        return found if found is not None else next(iter(self.wordings.values()))

    @property
    def lang(self) -> str:
        """The language of that wording."""
        return language.get() if language.get() in self.wordings else next(iter(self.wordings))

    @property
    def fixed(self) -> bool:
        """True when the text is the same whatever has been answered."""
        return all(isinstance(part, str) for parts in self.wordings.values() for part in parts)

    @property
    def inserts(self) -> Iterator[Insert]:
        """Every `{expr}` of every language."""
        return (part for parts in self.wordings.values() for part in parts if isinstance(part, Insert))

    @property
    def names(self) -> frozenset[str]:
        """The names of fields and conditions that the text reads."""
        return frozenset().union(*(insert.formula.names for insert in self.inserts))

    def __call__(self, env: Env) -> str:
        parts = self.parts
        if len(parts) == 1 and isinstance(parts[0], str):
            return parts[0]
        return "".join([part if isinstance(part, str) else part(env) for part in parts])

    def __str__(self) -> str:
        """The text with its expressions as they were written, for staff and for headings of columns."""
        return "".join(part if isinstance(part, str) else "{" + part.formula.text + "}" for part in self.parts)


def plain(text: str, lang: str = "pl") -> Text:
    """A fixed text in one language."""
    return Text({lang: (text,)})


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that answers must meet: an error stops sending, a warning asks for a correction or an explanation."""

    that: Formula
    message: Text
    on: str | None = None  # the field that shows it; None: the field, step or form where the check stands
    level: str = "error"  # error | warning
    code: str = ""


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


@dataclass(frozen=True, slots=True)
class Limit:
    """Until when something may be done: a moment, never, or a time after the form closes."""

    at: datetime | None = None
    after_close: timedelta | None = None
    never: bool = False


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
    edit_until: Limit = Limit()
    withdraw_until: Limit = Limit()
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
