"""Time as people write it: spans (`30 days`, `2 weeks`, `6 months`, `15 minutes`), limits, and the clock they go by."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")
"""The clock of the office: in it days begin and end, and hours are written."""

UNITS = ("minutes", "hours", "days", "weeks", "months", "years")
PATTERN = re.compile(r"^\s*(\d{1,4})\s*(minute|hour|day|week|month|year)s?\s*$")


@dataclass(frozen=True, slots=True)
class Span:
    """A number of units; months and years follow the calendar (31 January + 1 month = the last day of February)."""

    count: int
    unit: str  # one of UNITS

    def __str__(self) -> str:
        return f"{self.count} {self.unit}"

    @property
    def delta(self) -> timedelta:
        """The span as a fixed time; a month counts 30 days and a year 365, so use `after` for dates."""
        days = {"months": 30, "years": 365, "weeks": 7, "days": 1}.get(self.unit)
        if days is not None:
            return timedelta(days=days * self.count)
        return timedelta(**{self.unit: self.count})

    def after(self, start: date, sign: int = 1) -> date:
        """The day this long after `start` (before it, with sign=-1)."""
        if self.unit in ("months", "years"):
            total = start.year * 12 + start.month - 1 + sign * self.count * (12 if self.unit == "years" else 1)
            year, month = divmod(total, 12)
            last = calendar.monthrange(year, month + 1)[1]
            return start.replace(year=year, month=month + 1, day=min(start.day, last))
        return start + sign * self.delta


@dataclass(frozen=True, slots=True)
class Limit:
    """Until when something may be done: a moment, never, or a time after the form closes."""

    at: datetime | None = None
    after_close: timedelta | None = None
    never: bool = False


def parse_span(text: str) -> Span | None:
    """The span that a text gives, or None when it gives none."""
    found = PATTERN.match(text)
    return Span(int(found[1]), found[2] + "s") if found else None
