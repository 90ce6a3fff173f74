"""Two texts of a definition line by line, as a table tells them apart without colours."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from forms.wording import say_n

AROUND = 3  # unchanged lines shown before and after a change


def difference(old: str, new: str) -> list[dict[str, Any]]:
    """Rows of `line_difference` in components.html: changed lines with some around them; between them what is left out."""
    before, after = old.split("\n"), new.split("\n")
    groups = SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND)
    rows: list[dict[str, Any]] = []
    at = 0
    for group in groups:
        rows += _skipped(group[0][1] - at)
        for tag, from_old, to_old, from_new, to_new in group:
            if tag == "equal":
                rows += [
                    _row("", number + 1, number + 1 + from_new - from_old, before[number])
                    for number in range(from_old, to_old)
                ]
                continue
            rows += [_row("gone", number + 1, None, before[number]) for number in range(from_old, to_old)]
            rows += [_row("new", None, number + 1, after[number]) for number in range(from_new, to_new)]
        at = group[-1][2]
    return [*rows, *_skipped(len(before) - at)] if rows else []


def _row(kind: str, old: int | None, new: int | None, text: str) -> dict[str, Any]:
    return {"kind": kind, "old": old or "", "new": new or "", "text": text}


def _skipped(count: int) -> Iterator[dict[str, Any]]:
    if count > 0:
        yield {
            "kind": "skip",
            "old": "",
            "new": "",
            "text": str(say_n("{n} wiersz bez zmian", "{n} wierszy bez zmian", count)),
        }
