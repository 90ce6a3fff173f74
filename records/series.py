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

    period: str
    version_id: int
    answers: dict[str, Any]


def previous(slug: str, gmina: str, period: str) -> Previous | None:
    """The last that the gmina (TERYT code) has sent for a period before this one and that still holds; None without any.

    That is the period right before, or an earlier one where nothing was sent for it; of several responses for it the newest.
    One SELECT on an index. Withdrawn and rejected responses do not count; of a corrected one, what was sent last.
    """
    over = ", ".join("?" for _ in OVER)
    row = run(
        "SELECT period, version_id, answers FROM response WHERE slug = ? AND gmina = ? AND period < ? "  # noqa: S608
        f"AND answers IS NOT NULL AND state NOT IN ({over}) ORDER BY period DESC, sent_at DESC, id DESC LIMIT 1",
        *(slug, gmina, period, *OVER),
    ).fetchone()
    return Previous(row[0], row[1], json.loads(row[2])) if row else None


def continued(follows: int, gmina: str, period: str, *, besides: int | None = None) -> Previous | None:
    """The last that was said for a period before this one, in the response `follows` (its id) or in one that goes on from it.

    Only of the same gmina, and only through responses that still hold: one that was withdrawn or rejected gives nothing, nor
    does anything begun from it. `besides` is the id of the response that asks. One SELECT.
    """
    over = ", ".join("?" for _ in OVER)
    row = run(
        "WITH RECURSIVE chain(id) AS ("  # noqa: S608
        f"SELECT id FROM response WHERE id = ? AND gmina = ? AND state NOT IN ({over}) UNION "
        "SELECT later.id FROM response AS later JOIN chain ON later.follows = chain.id "
        f"WHERE later.gmina = ? AND later.state NOT IN ({over})) "
        "SELECT period, version_id, answers FROM response WHERE id IN (SELECT id FROM chain) AND id <> ? AND period < ? "
        "AND answers IS NOT NULL ORDER BY period DESC, sent_at DESC, id DESC LIMIT 1",
        *(follows, gmina, *OVER, gmina, *OVER, besides or 0, period),
    ).fetchone()
    return Previous(row[0], row[1], json.loads(row[2])) if row else None
