"""What staff wrote beside a response goes when the response is made anonymous: their words may name people."""

from __future__ import annotations

from records.database import run


def forget(response_id: int) -> int:
    """Erases notes, labels, remarks and replies, and the reasons of corrections, in the caller's transaction; how many."""
    gone = 0
    for table in ("note", "response_label", "returned_request"):
        gone += run(f"DELETE FROM {table} WHERE response_id = ?", response_id).rowcount  # noqa: S608
    empty = "UPDATE office_correction SET reason = '' WHERE response_id = ? AND reason <> ''"
    return int(gone + run(empty, response_id).rowcount)
