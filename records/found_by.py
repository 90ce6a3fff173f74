"""What responses are found by when staff search, written anew: where a question became sensitive after they were sent."""

from __future__ import annotations

from collections.abc import Iterator

from records.database import run, writing
from records.listing import fold
from records.shapes import BY_KEY, STALE, Response

BATCH = 200


def of_version(version_id: int) -> Iterator[Response]:
    """Every response that answers this version, read in batches."""
    last = 0
    while True:
        some = BY_KEY.replace("key = ?", "version_id = ? AND id > ? AND reference IS NOT NULL ORDER BY id LIMIT ?")
        batch = [Response.of(row) for row in run(some, version_id, last, BATCH).fetchall()]
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1].id


def put(response: Response, text: str) -> None:
    """The words by which the response is found from now on, besides its reference; nothing if it was corrected meanwhile."""
    with writing():
        run(
            f"UPDATE response SET search = ?, stale = {STALE} WHERE id = ? AND version_id = ? AND correction = ?",  # noqa: S608
            *(fold(f"{response.reference} {text}"), response.id, response.version_id, response.correction),
        )
