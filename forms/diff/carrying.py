"""A stored answer taken over from a field as it was to the field as it is now, with whatever of it still fits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms.definition import Field
from forms.types.base import FieldType
from forms.types.given import Refused, Typed
from forms.wording import speaking

UNFIT = (ValueError, TypeError, KeyError, AttributeError)  # what types raise at values that are not of them


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of it: the value (None: nothing fits), whether all of it did, and what to put into the input instead."""

    value: Any = None
    whole: bool = False
    typed: Typed | None = None


def carried(old: Field, new: Field, kept: Any) -> Carried:
    """The answer `kept` (JSON, not None) of the field `old` under the field `new`; neither is a group.

    Of the same type, what the new definition still has (options, rows) is taken over. Of another type, the answer is read
    again as if a person had typed what the old field showed. What cannot be read is given back as typed, so that the
    person finds it in the input.
    """
    if not new.type.stores or not (new.type.asks or old.type.name == new.type.name):
        return Carried()
    if old.type.name == new.type.name:
        try:
            value = _left(new.type, kept)
        except UNFIT:
            return Carried(typed=_typed(old, new, kept))
        return Carried(value, _size(new.type.dump(value)) >= _size(kept))
    return _retyped(old, new, kept)


def _left(kind: FieldType, kept: Any) -> Any:
    """What the type still reads of a stored value: of a list (options, files) the entries that it reads alone."""
    try:
        return kind.load(kept)
    except UNFIT:
        left = [each for each in kept if _reads(kind, [each])] if isinstance(kept, list) else []
        if not left:
            raise
        return kind.load(left)


def _reads(kind: FieldType, kept: Any) -> bool:
    try:
        kind.load(kept)
    except UNFIT:
        return False
    return True


def _retyped(old: Field, new: Field, kept: Any) -> Carried:
    try:
        before = old.type.load(kept)
    except UNFIT:
        return Carried()
    with speaking("pl"):  # inputs hold what `parse` reads, and it reads Polish numbers and dates in every language
        shown = new.type.kind.base == "text"
        typed: Typed = {"": [old.type.show(before)]} if shown else old.type.typed(before)
    try:
        value = new.type.parse(typed, new)
    except (Refused, *UNFIT):
        return Carried(typed=fitting(typed, new.type))
    return Carried(value, _size(new.type.dump(value)) >= _size(kept))


def _typed(old: Field, new: Field, kept: Any) -> Typed | None:
    try:
        return fitting(old.type.typed(old.type.load(kept)), new.type)
    except UNFIT:
        return None


def fitting(typed: Typed, new: FieldType) -> Typed | None:
    """What was typed, if it stands in the inputs of the new type and is typed there (not marked)."""
    return typed if set(typed) <= set(new.parts) and not new.fieldset and not new.uploads else None


def _size(kept: Any) -> int:
    """How many single values a stored answer is made of."""
    if isinstance(kept, dict):
        return sum(_size(each) for each in kept.values())
    if isinstance(kept, list):
        return sum(_size(each) for each in kept)
    return 1


def fits(old: Field, new: Field, kept: Any) -> bool:
    """Whether a stored answer is taken over whole."""
    return carried(old, new, kept).whole


def sample(field: Field) -> list[Any]:
    """Stored answers of a field to try a change on: one for each option, else the type's example; empty when unknown."""
    kind = field.type
    texts = [option.value for option in kind.options.items] or [kind.example]
    found = []
    for text in texts:
        try:
            found.append(kind.dump(kind.parse({"": [text]}, field)))
        except (Refused, *UNFIT):
            continue
    return found
