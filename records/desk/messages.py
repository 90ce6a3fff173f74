"""A message that staff write to those behind some responses: put into the outbox for each, all or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from records import audit, outbox
from records.database import writing
from records.responses import Response

KIND = "message"


def send(
    slug: str,
    letters: Sequence[tuple[Response, Mapping[str, Any]]],
    once: str,
    now: datetime,
    actor: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Puts a message (`facts`: subject, body, bookings) into the outbox for each response of the form, in one transaction.

    Said again under the same `once` it stays as it is. `details` are added to the entry in the log.
    """
    with writing():
        for stored, facts in letters:
            outbox.put(
                KIND,
                once=f"{stored.key}:{KIND}:{once}",
                slug=slug,
                response_id=stored.id,
                language=stored.language,
                facts=facts,
                now=now,
            )
        audit.record(actor, KIND, slug, slug, {**(details or {}), "messages": len(letters)}, now)
