"""Whether two pieces of definitions say the same, wherever they stand in their files, and how a value is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from forms.definition import Field, Form
from forms.describing.outline import Naming
from forms.expressions.describing import in_words
from forms.formula import Default, Formula, Insert, Text
from forms.spans import Limit, Span
from forms.types.base import FieldType
from forms.wording import number, say

ELSEWHERE = frozenset({"place", "reads", "row", "show"})  # where it stands in the file, what follows from the rest
LONGEST = 120  # characters of a value that is told


def spelled(value: Any) -> Any:
    """What a piece of a definition says, as plain values that can be compared; places in the file left out."""
    match value:
        case Formula() | Insert():
            return ("expr", value.text if isinstance(value, Formula) else value.formula.text)
        case Default():
            items = getattr(value.node, "items", None)
            return [getattr(each, "text", "") for each in ([value.node] if items is None else items)]
        case Text():
            return {lang: [spelled(part) for part in parts] for lang, parts in value.wordings.items()}
        case Mapping():
            return {key: spelled(each) for key, each in value.items()}
        case tuple() | list():
            return [spelled(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        kind = value.name if isinstance(value, FieldType) else ""
        return (kind, {each.name: spelled(getattr(value, each.name)) for each in fields(value) if _said(each.name)})
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two pieces of definitions say the same."""
    return bool(spelled(one) == spelled(other))


def _said(name: str) -> bool:
    return name not in ELSEWHERE


def tale(value: Any) -> str:
    """A value of a key in words, on one line: `tak`, `10 lutego 2027 r.`, `30 dni`; "" for nothing."""
    text = re.sub(r"[^\S\u00a0]+", " ", _told(value)).strip()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _told(value: Any) -> str:
    match value:
        case None | timedelta(days=0, seconds=0):
            return ""
        case bool() | Decimal() | date() | time() | Span():
            return in_words(value)
        case int():
            return number(value)
        case Formula():
            return value.text
        case Default():
            return ", ".join(spelled(value))
        case Limit(never=True):
            return str(say("nigdy"))
        case Limit(at=None, after_close=after):
            return str(say("do zamknięcia")) + (f" + {after}" if after else "")
        case Text() | str() | timedelta():
            return str(value)
        case Mapping():
            return ", ".join(f"{key}: {_told(each)}" for key, each in value.items())
        case tuple() | list():
            return ", ".join(_told(each) for each in value)
    if is_dataclass(value):
        parts = (_told(getattr(value, each.name)) for each in fields(value) if _said(each.name))
        return ", ".join(part for part in parts if part)
    return str(value)


def naming(form: Form) -> Naming:
    """The words for the names of a form; of fields in groups too, where no field of the form itself has the name."""
    own = {each.name for each in form.fields}
    return Naming(form, tuple(each for group in form.fields for each in _inner(group) if each.name not in own))


def _inner(group: Field) -> Iterator[Field]:
    for each in group.fields:
        yield each
        yield from _inner(each)


def condition(formula: Formula | bool | None, words: Naming) -> str:
    """A condition in plain words, labels and values in quotes: `„Nocleg” to „tak”`."""
    if not isinstance(formula, Formula):
        return tale(formula)
    return re.sub(r"\*([^*]+)\*", r"„\1”", words.formula(formula))
