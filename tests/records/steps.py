"""What tests do with responses, in one word each; and counting what the database is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from records import responses
from records.responses import Response, Working

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@contextmanager
def counting(database: Any) -> Iterator[list[str]]:
    """The SQL that runs within the block (BEGIN and COMMIT apart)."""
    seen: list[str] = []

    def hook(event: Any) -> None:
        seen.append(event.sql)

    database.query_hooks.append(hook)
    try:
        yield seen
    finally:
        database.query_hooks.remove(hook)


def numbered(year: int, n: int) -> str:
    return f"SZK-{year}-{n:04}"


def draft(version: int, slug: str = "szkolenie", **answers: Any) -> Response:
    return responses.begin(slug, version, Working(answers), "pl", NOW)


def send(response: Response, version: int, **more: Any) -> responses.Sent:
    """Send what the draft holds, unless told otherwise."""
    said = response.working.answers if response.working else {}
    settings: dict[str, Any] = {"answers": said, "revision": response.revision, "now": NOW, "number": numbered}
    return responses.send(response.key, version_id=version, **(settings | more))
