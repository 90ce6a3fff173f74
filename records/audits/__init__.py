"""Audits: their results beside the responses, the barriers of the region, recommendations and what was done about them."""

from __future__ import annotations

from records.audits.following import DONE, DROPPED, LONGEST, OPEN, PLANNED, STATES, NoWords, Same, follow, log_of
from records.audits.keeping import fresh, keep, stale
from records.audits.listing import (
    Audited,
    Awaited,
    Barrier,
    Recommended,
    all_recommendations,
    awaited,
    barriers,
    every,
    late,
    of_building,
    recommendations,
)

__all__ = [
    "DONE",
    "DROPPED",
    "LONGEST",
    "OPEN",
    "PLANNED",
    "STATES",
    "Audited",
    "Awaited",
    "Barrier",
    "NoWords",
    "Recommended",
    "Same",
    "all_recommendations",
    "awaited",
    "barriers",
    "every",
    "follow",
    "fresh",
    "keep",
    "late",
    "log_of",
    "of_building",
    "recommendations",
    "stale",
]
