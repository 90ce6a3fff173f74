"""Definitions being written in the browser: each person's unpublished text of a form, saved as it is typed.

A text belongs to one person, so that nobody types over anybody else's; whoever publishes second is told of the first.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from records.database import run, write, writing
from records.models import moment, stored

_COLUMNS = "slug, person_id, base, revision, previewed, saved_at, text"


@dataclass(frozen=True, slots=True)
class Draft:
    """An unpublished text; `base` is the digest of the file that it began from ("" for a form without a file)."""

    slug: str
    person_id: int
    base: str
    revision: int
    previewed: str | None
    saved_at: datetime
    text: str

    @property
    def seen(self) -> bool:
        """Whether exactly this text has been looked at as respondents will see it."""
        return self.previewed == digest(self.text)


class Elsewhere(Exception):
    """The text was changed in another window meanwhile; `kept` is what is saved."""

    def __init__(self, kept: Draft) -> None:
        super().__init__(kept.slug)
        self.kept = kept


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def plain(text: str) -> str:
    """A text as drafts keep it: lines ended by LF, whatever the browser sends, and never a NUL, which no database keeps."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def load(slug: str, person_id: int) -> Draft | None:
    """The person's text of a form, or None."""
    row = run(f"SELECT {_COLUMNS} FROM form_draft WHERE slug = ? AND person_id = ?", slug, person_id).fetchone()  # noqa: S608
    return _draft(row) if row else None


def of_person(person_id: int) -> list[tuple[str, datetime]]:
    """The forms of which a person has an unpublished text, with when it was saved; by slug."""
    rows = run("SELECT slug, saved_at FROM form_draft WHERE person_id = ? ORDER BY slug", person_id)
    return [(slug, moment(saved_at)) for slug, saved_at in rows.fetchall()]


def others(slug: str, person_id: int) -> list[tuple[str, datetime]]:
    """Who else has an unpublished text of the form, by name, with when they saved it."""
    rows = run(
        "SELECT p.name, d.saved_at FROM form_draft d JOIN person p ON p.id = d.person_id "
        "WHERE d.slug = ? AND d.person_id <> ? ORDER BY d.saved_at DESC",
        *(slug, person_id),
    )
    return [(name, moment(saved_at)) for name, saved_at in rows.fetchall()]


def taken(slug: str) -> bool:
    """Whether anybody is writing a form of this name."""
    return run("SELECT 1 FROM form_draft WHERE slug = ? LIMIT 1", slug).fetchone() is not None


def begin(slug: str, person_id: int, text: str, base: str, now: datetime) -> Draft:
    """The person's text from now on, whatever it was before."""
    with writing():
        write(
            "INSERT INTO form_draft (slug, person_id, base, revision, saved_at, text) VALUES (?, ?, ?, 1, ?, ?) "
            "ON CONFLICT (slug, person_id) DO UPDATE SET base = excluded.base, revision = form_draft.revision + 1, "
            "previewed = NULL, saved_at = excluded.saved_at, text = excluded.text RETURNING slug",
            *(slug, person_id, base, stored(now), plain(text)),
        )
        kept = load(slug, person_id)
    assert kept is not None
    return kept


def save(slug: str, person_id: int, text: str, base: str, revision: int, now: datetime) -> Draft:
    """Keeps what was typed; begins the draft where there is none. Elsewhere, when another window has saved since.

    `revision` is that of the text which the window began from, 0 where it was the file's. Saving the same text again
    changes nothing, so that a request sent twice does no harm.
    """
    text = plain(text)
    with writing():
        kept = load(slug, person_id)
        if kept is None:
            return begin(slug, person_id, text, base, now)
        if kept.text == text:
            return kept
        changed = write(
            "UPDATE form_draft SET text = ?, revision = ?, saved_at = ? "
            "WHERE slug = ? AND person_id = ? AND revision = ? RETURNING slug",
            *(text, revision + 1, stored(now), slug, person_id, revision),
        )
        again = load(slug, person_id)
        if not changed:
            raise Elsewhere(again or kept)
    assert again is not None
    return again


def rebase(slug: str, person_id: int, base: str) -> None:
    """From now on the text counts as begun from another file: its author has seen what that one says."""
    write(
        "UPDATE form_draft SET base = ? WHERE slug = ? AND person_id = ? RETURNING slug",
        *(base, slug, person_id),
    )


def previewed(draft: Draft) -> None:
    """Notes that this text has been looked at; the note lapses with the next change of the text."""
    if not draft.seen:
        write(
            "UPDATE form_draft SET previewed = ? WHERE slug = ? AND person_id = ? RETURNING slug",
            *(digest(draft.text), draft.slug, draft.person_id),
        )


def discard(slug: str, person_id: int) -> None:
    """Forgets the text."""
    write("DELETE FROM form_draft WHERE slug = ? AND person_id = ? RETURNING slug", slug, person_id)


def _draft(row: tuple[str, int, str, int, str | None, str | datetime, str]) -> Draft:
    slug, person_id, base, revision, seen, saved_at, text = row
    return Draft(slug, person_id, base, revision, seen, moment(saved_at), text)
