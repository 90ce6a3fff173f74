"""What an author got wrong in an expression: where it stands, why, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from forms.wording import Say

CODES = (
    "syntax",
    "unknown-name",
    "unknown-function",
    "unknown-attribute",
    "unknown-limit",
    "wrong-arguments",
    "wrong-type",
    "not-an-option",
    "never-holds",
    "always-holds",
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: its stable code (one of CODES), what to tell the author, and its place as character offsets."""

    code: str
    what: Say
    start: int
    end: int


class ExpressionErrors(Exception):
    """All mistakes of one expression at once, in the order of their places."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: (mistake.start, mistake.end)))
        super().__init__("; ".join(f"{m.start}: {m.what} [{m.code}]" for m in self.mistakes))
