"""Labels: the words by which staff sort responses. They are staff's own words, so the log only says that some changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from records import audit
from records.database import run, writing

LONGEST = 40  # characters


def cleaned(name: str) -> str:
    """A label as it is kept: single blanks, at most LONGEST characters; "" when nothing is left."""
    return " ".join(name.split())[:LONGEST].strip()


def add(keys: Sequence[str], name: str, actor: str, now: datetime) -> int:
    """Puts a label on the responses with these keys; how many did not have it yet. ValueError for an empty name."""
    name = cleaned(name)
    if not name:
        raise ValueError("a label needs a name")
    with writing():
        new = [
            (key, slug)
            for key, response_id, slug in _found(keys)
            if run(
                "INSERT INTO response_label (response_id, name, slug) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                *(response_id, name, slug),
            ).rowcount
            > 0
        ]
        _note(new, "labelled", actor, now)
    return len(new)


def remove(keys: Sequence[str], name: str, actor: str, now: datetime) -> int:
    """Takes a label off the responses with these keys; how many had it."""
    with writing():
        gone = [
            (key, slug)
            for key, response_id, slug in _found(keys)
            if run("DELETE FROM response_label WHERE response_id = ? AND name = ?", response_id, name).rowcount > 0
        ]
        _note(gone, "unlabelled", actor, now)
    return len(gone)


def of(key: str) -> list[str]:
    """The labels of one response, in no order that people would expect: sort them where they are shown."""
    rows = run(
        "SELECT name FROM response_label JOIN response ON response.id = response_id WHERE response.key = ?", key
    ).fetchall()
    return [row[0] for row in rows]


def of_form(slug: str) -> list[tuple[str, int]]:
    """(label, how many responses of the form have it), the most used first. One query, answered from an index."""
    rows = run(
        "SELECT name, COUNT(*) FROM response_label WHERE slug = ? GROUP BY name ORDER BY COUNT(*) DESC, name", slug
    ).fetchall()
    return [(name, int(count)) for name, count in rows]


def _found(keys: Sequence[str]) -> Iterable[tuple[str, int, str]]:
    """(key, id, form) of the responses that were sent; a draft is nobody's to label."""
    rows: list[tuple[str, int, str]] = []
    for start in range(0, len(keys), 500):  # as many as any engine takes in one statement
        part = list(keys[start : start + 500])
        marks = ", ".join("?" * len(part))
        query = f"SELECT key, id, slug FROM response WHERE key IN ({marks}) AND answers IS NOT NULL ORDER BY id"  # noqa: S608
        rows += run(query, *part).fetchall()
    return rows


def _note(changed: Iterable[tuple[str, str]], action: str, actor: str, now: datetime) -> None:
    for key, slug in changed:
        audit.record(actor, action, key, slug, {}, now)
