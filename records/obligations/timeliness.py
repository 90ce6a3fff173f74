"""How the periods of a form went: of those who owed a report, how many sent it in time, late, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from records.bookings.lifecycle import OVER
from records.database import run
from records.models import moment, stored

_OVER = ", ".join("?" for _ in OVER)
_FIRST = (  # when the response that holds was sent first
    "SELECT one.period AS period, one.due_at AS common_at, COALESCE(one.extended_to, one.due_at) AS due_at, "  # noqa: S608
    "one.excused_at AS excused_at, (SELECT MIN(COALESCE(earliest.sent_at, sent.sent_at)) FROM response AS sent "
    "LEFT JOIN sent_version AS earliest ON earliest.response_id = sent.id AND earliest.correction = 0 "
    "WHERE sent.slug = one.slug AND sent.gmina = one.gmina AND sent.period = one.period AND sent.reference IS NOT NULL "
    f"AND sent.state NOT IN ({_OVER})) AS sent_at FROM assignment AS one WHERE one.slug = ?"
)


@dataclass(frozen=True, slots=True)
class Year:
    """A period of a form: how many gminy owed it, and what came of that. Who was let off and sent nothing is not counted."""

    period: str
    due_at: datetime | None
    on_time: int
    late: int
    missing: int  # nothing was sent, and the gmina's day is over
    awaited: int  # nothing was sent, and there is still time

    @property
    def owed(self) -> int:
        """How many were to send."""
        return self.on_time + self.late + self.missing + self.awaited

    @property
    def sent(self) -> int:
        """How many have sent."""
        return self.on_time + self.late


def timeliness(slug: str, now: datetime) -> list[Year]:
    """Every period of a form that was opened, the newest first. One SELECT."""
    rows = run(
        "SELECT period, MAX(common_at), "  # noqa: S608
        "SUM(CASE WHEN sent_at IS NOT NULL AND (due_at IS NULL OR sent_at <= due_at) THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN sent_at > due_at THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN sent_at IS NULL AND excused_at IS NULL AND due_at < ? THEN 1 ELSE 0 END), "
        "SUM(CASE WHEN sent_at IS NULL AND excused_at IS NULL AND (due_at IS NULL OR due_at >= ?) THEN 1 ELSE 0 END) "
        f"FROM ({_FIRST}) AS each_one GROUP BY period ORDER BY period DESC",
        *(stored(now), stored(now), *OVER, slug),
    ).fetchall()
    return [Year(row[0], moment(row[1]) if row[1] else None, *map(int, row[2:])) for row in rows]
