"""What the rest of the program sees of a response, and what can go wrong with one.

No shape has a repr that shows its content, so that answers and the secrets of links stay out of logs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from records.models import moment

DRAFT = "draft"
SUBMITTED = "submitted"

# The columns in the order in which `Response.of` reads them.
BY_KEY = (
    "SELECT id, key, link_secret, slug, state, revision, language, version_id, working_version_id, reference, "
    "correction, gmina, privacy, begun_at, saved_at, sent_at, changed_at, answers, working, edit_until, "
    "period, follows, (SELECT page.gmina FROM gmina_response AS page WHERE page.response_id = response.id) "
    "FROM response WHERE key = ?"
)

# What `stale` becomes when the answers of a response change: 1 where columns of them are kept (see records.desk.columns).
STALE = "(SELECT 1 FROM listed_column WHERE listed_column.slug = response.slug LIMIT 1)"


def as_json(value: Any) -> str:
    """JSON as it is stored: compact, Polish letters as they are."""
    return orjson.dumps(value).decode()


class Missing(Exception):
    """There is no such response (any more)."""


class Conflict(Exception):
    """Somebody saved or sent the response meanwhile; `current` is how it stands now."""

    def __init__(self, current: Response) -> None:
        super().__init__(f"response {current.id} has changed meanwhile")
        self.current = current


class Taken(Exception):
    """Another live response of the form `slug` already has the answers that may occur only once."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"another response to {slug} stands in the way")
        self.slug = slug


class ReferenceTaken(Exception):
    """The numbering of the form `slug` made a number that another response has: two forms number alike."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"the numbers of {slug} repeat those of other responses")
        self.slug = slug


@dataclass(frozen=True, slots=True, repr=False)
class Working:
    """A response being filled in: answers as understood, words as typed where they were not, steps already seen.

    All of it as JSON values.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    seen: tuple[str, ...] = ()
    news: dict[str, Any] = field(default_factory=dict)  # what to tell of a form that has changed meanwhile
    office: dict[str, Any] = field(default_factory=dict)  # of a correction by staff: who, why (see records.desk.office)
    together: dict[str, Any] = field(default_factory=dict)  # for several people in one draft (see forms.together)
    about: str = ""  # the period for which it was begun, in a series: it may be sent for that one

    def text(self) -> str:
        """As it is stored."""
        whole = {"answers": self.answers, "typed": self.typed, "seen": self.seen}
        more = {"news": self.news, "office": self.office, "together": self.together, "about": self.about}
        return as_json({**whole, **{name: value for name, value in more.items() if value}})

    @classmethod
    def of(cls, text: str) -> Working:
        """Read back from storage."""
        whole = orjson.loads(text)
        news, office, together = whole.get("news", {}), whole.get("office", {}), whole.get("together", {})
        seen, about = tuple(whole["seen"]), whole.get("about", "")
        return cls(whole["answers"], whole["typed"], seen, news, office, together, about)


@dataclass(frozen=True, slots=True, repr=False)
class Response:
    """A response as it stands; moments in UTC."""

    id: int
    key: str
    link_secret: str
    slug: str
    state: str
    revision: int
    language: str
    version_id: int | None
    working_version_id: int | None
    reference: str | None
    correction: int
    gmina: str | None
    privacy: str | None
    begun_at: datetime
    saved_at: datetime
    sent_at: datetime | None
    changed_at: datetime
    answers: dict[str, Any] | None
    working: Working | None
    edit_until: datetime | None = None  # staff let this one be corrected until then, whatever the form says
    period: str | None = None  # what it is about, in a form that is a series
    follows: int | None = None  # the id of the earlier response of the series from whose private page it was begun
    page: str | None = None  # the gmina (TERYT code) on whose page it stands: it is about no other

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Response:
        """Read back from a row of BY_KEY."""
        begun_at, saved_at, sent_at, changed_at, answers, working, edit_until, *rest = row[13:]
        whole: Any = (
            *row[:13],
            moment(begun_at),
            moment(saved_at),
            moment(sent_at) if sent_at else None,
            moment(changed_at),
            orjson.loads(answers) if answers else None,
            Working.of(working) if working else None,
            moment(edit_until) if edit_until else None,
            *rest,
        )
        return cls(*whole)

    @classmethod
    def begun(
        cls,
        id_: int,
        key: str,
        secret: str,
        slug: str,
        language: str,
        version_id: int,
        at: datetime,
        working: Working,
        follows: int | None = None,
    ) -> Response:
        """A draft as it is right after it was begun."""
        return cls(
            id_,
            key,
            secret,
            slug,
            DRAFT,
            revision=1,
            language=language,
            version_id=None,
            working_version_id=version_id,
            reference=None,
            correction=0,
            gmina=None,
            privacy=None,
            begun_at=at,
            saved_at=at,
            sent_at=None,
            changed_at=at,
            answers=None,
            working=working,
            follows=follows,
        )


@dataclass(frozen=True, slots=True)
class Sent:
    """What sending came to; `already` when it had been sent before (a double click, the back button).

    `kind` is the message for it: accepted or waiting when that is true of every booking, else received.
    """

    reference: str
    already: bool
    kind: str = "received"


@dataclass(frozen=True, slots=True, repr=False)
class Earlier:
    """What a response said before a correction; `correction` 0 is the first sending."""

    correction: int
    version_id: int
    sent_at: datetime
    answers: dict[str, Any]
