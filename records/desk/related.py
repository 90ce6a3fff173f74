"""Other responses of the same gmina, whatever form they answer: what an office knows of it at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from records.database import run
from records.models import moment

MOST = 20


@dataclass(frozen=True, slots=True, repr=False)
class Related:
    """One response that was sent: enough to name it and to open it."""

    key: str
    reference: str
    slug: str
    state: str
    period: str | None
    sent_at: datetime


def of_gmina(gmina: str, slugs: Iterable[str], besides: int) -> list[Related]:
    """What a gmina (its TERYT code) has sent to these forms, the newest first, at most MOST; `besides` is left out. One query."""
    wanted = sorted(slugs)
    if not wanted:
        return []
    marks = ", ".join("?" * len(wanted))
    rows = run(
        "SELECT key, reference, slug, state, period, sent_at FROM response "  # noqa: S608
        f"WHERE slug IN ({marks}) AND gmina = ? AND reference IS NOT NULL AND id <> ? ORDER BY sent_at DESC, id DESC LIMIT ?",
        *(*wanted, gmina, besides, MOST),
    ).fetchall()
    return [Related(row[0], row[1], row[2], row[3], row[4], moment(row[5])) for row in rows]
