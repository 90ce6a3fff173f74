"""What a field type is given and gives back beside values: what was typed, why that is no answer, columns of an export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.wording import Say

Typed = Mapping[str, Sequence[str]]
"""What the browser sent for one field: part to texts. Most types have the one part "" with one text."""


class Refused(Exception):
    """What was typed is not an answer. `kind` (required, format, min, …) lets a definition replace the message."""

    def __init__(self, kind: str, what: Say, parts: Mapping[str, Say] | None = None, code: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.what = what
        self.parts = parts or {}  # what is wrong with each part of a composite answer
        self.code = code  # for exports, statistics and tests


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export. `key` is added to the field's name ("" for the field itself), joined by a dot."""

    key: str
    kind: str  # text | number | date | datetime | time | boolean | code
    label: str = ""
