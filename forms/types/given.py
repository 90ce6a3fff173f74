"""What a field type gives back beside values: why something is not an answer, and the columns of an export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from forms.wording import Say


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
