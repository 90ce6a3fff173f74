"""What gminy owe: for each gmina and period of a form a row that says so, until when, and whether it was let off.

What has become of it is never stored twice: it is read from the responses of that gmina and period, and from drafts that name
them. A form says itself which period it collects (`period: {open: …}`); staff may open one by hand, add a gmina, excuse one,
or give one more time.
"""

from __future__ import annotations

from records.obligations.assigning import (
    add,
    deadline,
    excuse,
    extend,
    extended,
    keep,
    open_period,
    owing,
    periods,
    restore,
)
from records.obligations.drafts import Draft, drafts
from records.obligations.standing import (
    ACCEPTED,
    DRAFT,
    EXCUSED,
    NOT_BEGUN,
    RETURNED,
    SENT,
    STATES,
    Awaited,
    Obligation,
    board,
    missing,
    missing_counts,
    of_gmina,
)

__all__ = [
    "ACCEPTED",
    "DRAFT",
    "EXCUSED",
    "NOT_BEGUN",
    "RETURNED",
    "SENT",
    "STATES",
    "Awaited",
    "Draft",
    "Obligation",
    "add",
    "board",
    "deadline",
    "drafts",
    "excuse",
    "extend",
    "extended",
    "keep",
    "missing",
    "missing_counts",
    "of_gmina",
    "open_period",
    "owing",
    "periods",
    "restore",
]
