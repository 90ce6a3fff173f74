"""What the rest of the program sees of a response, and what can go wrong with one.

No shape has a repr that shows its content, so that answers and the secrets of links stay out of logs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from records.models import moment

DRAFT = "draft"
SUBMITTED = "submitted"

# The columns in the order in which `Response.of` reads them.
BY_KEY = (
    "SELECT id, key, link_secret, slug, state, revision, language, version_id, working_version_id, reference, "
    "correction, gmina, privacy, begun_at, saved_at, sent_at, changed_at, answers, working "
    "FROM response WHERE key = ?"
)


def as_json(value: Any) -> str:
    """JSON as it is stored: compact, Polish letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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

    def text(self) -> str:
        """As it is stored."""
        return as_json({"answers": self.answers, "typed": self.typed, "seen": self.seen})

    @classmethod
    def of(cls, text: str) -> Working:
        """Read back from storage."""
        whole = json.loads(text)
        return cls(whole["answers"], whole["typed"], tuple(whole["seen"]))


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

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Response:
        """Read back from a row of BY_KEY."""
        begun_at, saved_at, sent_at, changed_at, answers, working = row[13:]
        whole: Any = (
            *row[:13],
            moment(begun_at),
            moment(saved_at),
            moment(sent_at) if sent_at else None,
            moment(changed_at),
            json.loads(answers) if answers else None,
            Working.of(working) if working else None,
        )
        return cls(*whole)


@dataclass(frozen=True, slots=True)
class Sent:
    """What sending came to; `already` when it had been sent before (a double click, the back button)."""

    reference: str
    already: bool


@dataclass(frozen=True, slots=True, repr=False)
class Earlier:
    """What a response said before a correction; `correction` 0 is the first sending."""

    correction: int
    version_id: int
    sent_at: datetime
    answers: dict[str, Any]
