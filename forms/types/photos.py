"""Photographs of an item of a checklist: a few files like any others, each with a description of what can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.definition import Field
from forms.expressions import Env
from forms.types.file import File
from forms.types.given import Refused, Typed

PHOTO = "photo"
PHOTOS = File(accept=("jpg", "png"), max_files=3, describe=True)


def read_photos(typed: Typed, part: str, field: Field) -> Any:
    """The photographs among what was typed, None when there are none. Raises Refused."""
    texts = [text for text in typed.get(part, ()) if text.strip()]
    return PHOTOS.parse({"": texts}, field) if texts else None


def judge_photos(entries: Mapping[str, Mapping[str, Any]], field: Field, env: Env) -> Refused | None:
    """What is wrong with the photographs of any item, each at its place; None when all pass."""
    parts: dict[str, Any] = {}
    found: Refused | None = None
    for item, entry in entries.items():
        refused = PHOTOS.verdict(entry[PHOTO], field, env) if PHOTO in entry else None
        if refused is not None:
            found = found or refused
            wrong = refused.parts or {"": refused.what}
            parts.update({f"{item}.{PHOTO}.{part}".rstrip("."): what for part, what in wrong.items()})
    return None if found is None else Refused(found.kind, found.what, parts, found.code)
