"""A column of an export, and what is known of its cells over all versions of the form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from forms.definition import Field
from forms.options import Options
from forms.types.given import Column

UNLIMITED = (None, None)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its name in the header row, and what the codebook says of it."""

    name: str
    kind: str  # text | number | date | datetime | time | boolean | code
    label: str
    options: Options | None = None
    codes: tuple[str, ...] = ()  # all that may stand in a cell, when the options say so
    several: bool = False  # a cell may hold several codes, joined
    whole: bool = False  # numbers are whole
    extent: tuple[Any, Any] = UNLIMITED  # the least and the greatest number that pass, where a fixed one limits

    def merged(self, older: Heading) -> Heading:
        """The column when an older version has it too: what was a valid cell in either of them is one."""
        if self.kind != older.kind:
            return Heading(self.name, "text", self.label)
        least, most = zip(self.extent, older.extent, strict=True)
        listed = bool(self.codes and older.codes)
        return replace(
            self,
            options=_both(self.options, older.options),
            codes=tuple(dict.fromkeys(self.codes + older.codes)) if listed else (),
            several=self.several or older.several,
            whole=self.whole and older.whole,
            extent=(None if None in least else min(least), None if None in most else max(most)),
        )


def heading(field: Field, column: Column, name: str, label: str) -> Heading:
    """The heading of one column of a field, called `name` in the header row."""
    options = field.type.options
    if column.kind == "number":
        extent = UNLIMITED if column.key else field.type.extent
        return Heading(name, column.kind, label, whole=field.type.whole, extent=extent)
    if column.kind == "code" and options.items:
        codes = getattr(field.type, "values", options.values)
        return Heading(name, column.kind, label, options, codes, several=field.type.kind.base == "choices")
    return Heading(name, column.kind, label)


def _both(newer: Options | None, older: Options | None) -> Options | None:
    """All options there have been, those of the newer version as it words them; None unless both have some."""
    if newer is None or older is None:
        return None
    gone = tuple(option for option in older.items if newer.get(option.value) is None)
    return Options(newer.items + gone) if gone else newer
