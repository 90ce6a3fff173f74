"""The numbers of responses: one after another within a form and a year, none missing, none twice."""

from __future__ import annotations

from datetime import datetime

from forms.spans import WARSAW
from records.database import run, writing


def next_number(slug: str, year: int) -> int:
    """The next number of the form in that year, from 1.

    Call it inside the transaction that stores the response: it gives the number back when that one fails, and whoever
    asks meanwhile waits for the outcome.
    """
    with writing():
        row = run(
            "INSERT INTO counter (slug, year, last) VALUES (?, ?, 1) "
            "ON CONFLICT (slug, year) DO UPDATE SET last = counter.last + 1 RETURNING last",
            slug,
            year,
        ).fetchall()
    return int(row[0][0])


def year_of(moment: datetime) -> int:
    """The year, in Poland, in which something was sent."""
    return moment.astimezone(WARSAW).year


def day_of(moment: datetime) -> datetime:
    """The beginning, in Poland, of the day on which something was sent: all that is kept for an anonymous response."""
    return moment.astimezone(WARSAW).replace(hour=0, minute=0, second=0, microsecond=0)
