"""The field types: one class each. Importing this package registers them all."""

from __future__ import annotations

from forms.types import (
    checklist,
    choices,
    composite,
    event,
    file,
    gmina,
    group,
    identifiers,
    marks,
    matrix,
    moments,
    numbers,
    phone,
    silent,
    table,
    text,
    year,
)

__all__ = [
    "checklist",
    "choices",
    "composite",
    "event",
    "file",
    "gmina",
    "group",
    "identifiers",
    "marks",
    "matrix",
    "moments",
    "numbers",
    "phone",
    "silent",
    "table",
    "text",
    "year",
]
