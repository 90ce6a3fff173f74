"""Responses of one gmina to one form, period after period: all of them, for staff; those that go on from one another, for others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from records.bookings.lifecycle import OVER
from records.database import run


@dataclass(frozen=True, slots=True, repr=False)
class Previous:
    """What a gmina said in a period; `answers` are JSON values under the stored version."""

    version_id: int
    answers: dict[str, Any]


def previous(slug: str, gmina: str, period: str) -> Previous | None:
    """The newest response that the gmina (TERYT code) has sent for the period and that still holds; None without one.

    One SELECT on an index. Withdrawn and rejected responses do not count; of a corrected one, what was sent last.
    """
    over = ", ".join("?" for _ in OVER)
    row = run(
        "SELECT version_id, answers FROM response WHERE slug = ? AND gmina = ? AND period = ? AND answers IS NOT NULL "  # noqa: S608
        f"AND state NOT IN ({over}) ORDER BY sent_at DESC, id DESC LIMIT 1",
        *(slug, gmina, period, *OVER),
    ).fetchone()
    return Previous(row[0], json.loads(row[1])) if row else None


def continued(follows: int, gmina: str, period: str, *, besides: int | None = None) -> Previous | None:
    """What was said for the period in the response with the id `follows`, or in a later one that goes on from it.

    Only of the same gmina, and only through responses that still hold: one that was withdrawn or rejected gives nothing, nor
    does anything begun from it. `besides` is the id of the response that asks. One SELECT.
    """
    over = ", ".join("?" for _ in OVER)
    row = run(
        "WITH RECURSIVE chain(id) AS ("  # noqa: S608
        f"SELECT id FROM response WHERE id = ? AND gmina = ? AND state NOT IN ({over}) UNION "
        "SELECT later.id FROM response AS later JOIN chain ON later.follows = chain.id "
        f"WHERE later.gmina = ? AND later.state NOT IN ({over})) "
        "SELECT version_id, answers FROM response WHERE id IN (SELECT id FROM chain) AND id <> ? AND period = ? "
        "AND answers IS NOT NULL ORDER BY sent_at DESC, id DESC LIMIT 1",
        *(follows, gmina, *OVER, gmina, *OVER, besides or 0, period),
    ).fetchone()
    return Previous(row[0], json.loads(row[1])) if row else None
