"""What stored answers use of a form: counted in one pass over all its responses, and by version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from records.database import run
from records.shapes import DRAFT

BATCH = 2000
Question = Callable[[Mapping[str, Any]], bool]
"""Asked of the answers of each response, as they are stored (JSON)."""


@dataclass(frozen=True, slots=True)
class Used:
    """How many responses something holds for: those that were sent, and drafts."""

    sent: int = 0
    drafts: int = 0


def count(slug: str, questions: Sequence[Question]) -> list[Used]:
    """For each question, of how many responses of the form it holds; without questions nothing is read.

    A sent response counts as it was last sent, whatever its version; a correction in progress and what stood before a
    correction do not count. Read in batches: nothing is locked, and memory stays the same however many there are.
    """
    sent, drafts = [0] * len(questions), [0] * len(questions)
    for is_draft, answers in _answers(slug) if questions else ():
        counted = drafts if is_draft else sent
        for index, question in enumerate(questions):
            if question(answers):
                counted[index] += 1
    return [Used(*each) for each in zip(sent, drafts, strict=True)]


def by_version(slug: str) -> dict[int, Used]:
    """How many responses each version of a form has: sent under it, and drafts that were last saved under it."""
    rows = run(
        "SELECT COALESCE(version_id, working_version_id), state = ?, COUNT(*) FROM response WHERE slug = ? GROUP BY 1, 2",
        *(DRAFT, slug),
    ).fetchall()
    found: dict[int, Used] = {}
    for version_id, is_draft, n in rows:
        before = found.get(version_id, Used())
        found[version_id] = Used(before.sent, n) if is_draft else Used(n, before.drafts)
    return found


def _answers(slug: str) -> Iterator[tuple[bool, Mapping[str, Any]]]:
    """(whether it is a draft, its answers) of every response of a form.

    The slug is hidden from the planner: by its index SQLite would sort all responses of the form anew for each batch
    (4 s for 100,000), in the order of ids it reads each once.
    """
    reached = 0
    while True:
        rows = run(
            "SELECT id, answers, CASE WHEN answers IS NULL THEN working END FROM response "
            "WHERE slug || '' = ? AND id > ? ORDER BY id LIMIT ?",
            *(slug, reached, BATCH),
        ).fetchall()
        for _, answers, working in rows:
            if answers:
                yield False, orjson.loads(answers)
            elif working:
                yield True, orjson.loads(working)["answers"]
        if len(rows) < BATCH:
            return
        reached = rows[-1][0]
