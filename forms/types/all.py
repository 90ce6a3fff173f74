"""All field types: importing this registers each of them under its name in `forms.types.base.REGISTRY`."""

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
