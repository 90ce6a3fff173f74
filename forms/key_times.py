"""Keys whose values are moments and spans of time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Any

from forms.key import WRONG, Key
from forms.reading import Reading
from forms.source import Node, Scalar
from forms.spans import PATTERN, WARSAW, Limit, parse_span
from forms.wording import say

MOMENT = r"\d{4}-\d{2}-\d{2}([ T]\d{1,2}:\d{2})?"  # how a moment looks, for the JSON Schema


@dataclass(frozen=True)
class Moment(Key):
    """`2027-02-10` or `2027-02-10 15:00` in Warsaw; a bare date means its start, or with `end` its last minute."""

    end: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        moment = parse_moment(node.text, end=self.end) if isinstance(node, Scalar) else None
        if moment is None:
            reading.problem(
                node, "not-a-moment", say("Tu powinna stać data 2027-02-10 albo data z godziną 2027-02-10 15:00.")
            )
            return WRONG
        return moment

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{MOMENT}$", "examples": ["2027-02-10", "2027-02-10 15:00"]}


@dataclass(frozen=True)
class SpanKey(Key):
    """A span of time such as `30 days`."""

    def read(self, node: Node, reading: Reading) -> Any:
        span = parse_span(node.text) if isinstance(node, Scalar) else None
        if span is None:
            reading.problem(
                node, "not-a-span", say("Tu powinien stać czas, na przykład: 15 minutes, 30 days, 6 months, 5 years.")
            )
            return WRONG
        return span

    def schema(self) -> dict[str, Any]:
        examples = ["30 days", "6 months", "5 years"]
        return {"type": "string", "pattern": PATTERN.pattern, "examples": examples}


@dataclass(frozen=True)
class Until(Key):
    """`closes`, `never`, a moment, or `closes + 3 days`."""

    def read(self, node: Node, reading: Reading) -> Any:
        text = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
        if text == "never":
            return Limit(never=True)
        if text == "closes":
            return Limit(after_close=timedelta())
        found = re.fullmatch(r"closes ([+-]) (.+)", text)
        span = parse_span(found[2]) if found else None
        if found and span:
            return Limit(after_close=span.delta * (1 if found[1] == "+" else -1))
        moment = parse_moment(text, end=True)
        if moment is not None:
            return Limit(at=moment)
        reading.problem(node, "not-a-moment", say("Tu może stać: closes, never, data albo closes + 3 days."))
        return WRONG

    def schema(self) -> dict[str, Any]:
        pattern = rf"^(never|closes( [+-] \d{{1,4}} ?(minute|hour|day|week|month|year)s?)?|{MOMENT})$"
        return {"type": "string", "pattern": pattern, "examples": ["closes", "never", "closes + 3 days", "2027-03-01"]}


def parse_moment(text: str, *, end: bool) -> datetime | None:
    """A date or date with hour in Warsaw as an aware datetime; a bare date is its start or, with `end`, its last second."""
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2}))?", text.strip())
    if not found:
        return None
    try:
        day = datetime.fromisoformat(found[1])
        if found[2]:
            day = datetime.combine(day, clock_time(int(found[2]), int(found[3])))
        elif end:
            day = day.replace(hour=23, minute=59, second=59)
    except ValueError:
        return None
    return day.replace(tzinfo=WARSAW)
