"""How the value of an expression is written into a text: as its field would show it, else by its kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from forms import wording
from forms.definition import Field
from forms.expressions import Kind
from forms.wording import say

PREVIOUS = re.compile(r"previous\(\s*([\w.]+)\s*\)")


def writer(text: str, kind: Kind, field: Callable[[str], Field | None]) -> Callable[[Any], str]:
    """The function that writes the value of the expression `text`: a field's, also of a period ago, as its type shows it."""
    before = PREVIOUS.fullmatch(text.strip())
    names = (before[1] if before else text.strip()).split(".")
    found = field(names[0]) if all(name.isidentifier() for name in names) else None
    for name in names[1:]:
        if found is None:
            break
        found = next((each for each in found.fields if each.name == name), None)
    return found.type.show if found is not None and not found.fields else write


def write(value: Any) -> str:
    """Any plain value in its Polish form."""
    if isinstance(value, bool):
        return str(say("tak") if value else say("nie"))
    if isinstance(value, int | Decimal):
        return wording.number(value)
    if isinstance(value, datetime):
        return wording.long_moment(value)
    if isinstance(value, date):
        return wording.long_date(value)
    if isinstance(value, time):
        return wording.clock(value)
    if isinstance(value, tuple | list | frozenset | set):
        return ", ".join(write(each) for each in value)
    return str(value)
