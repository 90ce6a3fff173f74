"""Saved views of a form's tables and presets of its exports: a name for the query text of an address.

A view belongs to the member of staff who saved it; a shared one is seen by all who may see the form, and still changed
only by its owner. It holds what was asked, so a filter on an answer may name that answer: the log never quotes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from forms.polish import sort_key
from records import audit
from records.database import run, write, writing
from records.models import stored

TABLE, EXPORT = "table", "export"
KINDS = (TABLE, EXPORT)
NOBODY = 0  # as a person: who sees the shared ones only
LONGEST_NAME, LONGEST_QUERY = 80, 4000  # characters

_COLUMNS = "id, slug, kind, name, query, person_id, shared"


@dataclass(frozen=True, slots=True, repr=False)
class Saved:
    """A saved view; `query` is the query text of an address without `?`. Without a repr: it may quote an answer."""

    id: int
    slug: str
    kind: str
    name: str
    query: str
    person: int
    shared: bool


def add(slug: str, kind: str, name: str, query: str, person: int, now: datetime, *, shared: bool = False) -> int:
    """Saves a view and gives its id; one of the same owner, kind and name is replaced.

    ValueError for a kind that is none of KINDS, for an empty or too long name, and for too long a query.
    """
    name = _named(name)
    if kind not in KINDS:
        raise ValueError(f"a kind is one of: {', '.join(KINDS)}")
    if len(query) > LONGEST_QUERY:
        raise ValueError(f"at most {LONGEST_QUERY} characters are kept of an address")
    with writing():
        run(
            "DELETE FROM saved_view WHERE slug = ? AND kind = ? AND person_id = ? AND name = ?",
            *(slug, kind, person, name),
        )
        view_id: int = write(
            "INSERT INTO saved_view (slug, kind, name, query, person_id, shared, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            *(slug, kind, name, query, person, int(shared), stored(now)),
        )[0][0]
        audit.record(audit.staff(person), "view_saved", str(view_id), slug, {"kind": kind, "shared": shared}, now)
    return view_id


def of(slug: str, kind: str, person: int) -> list[Saved]:
    """The views of a form that this person sees, their own and the shared ones, by name. One query."""
    rows = run(
        f"SELECT {_COLUMNS} FROM saved_view WHERE slug = ? AND kind = ? AND (person_id = ? OR shared = 1)",  # noqa: S608
        *(slug, kind, person),
    ).fetchall()
    return sorted(map(_view, rows), key=lambda view: (sort_key(view.name), view.id))


def get(view_id: int, person: int) -> Saved | None:
    """The view if this person sees it, else None. One query."""
    rows = run(
        f"SELECT {_COLUMNS} FROM saved_view WHERE id = ? AND (person_id = ? OR shared = 1)",  # noqa: S608
        *(view_id, person),
    ).fetchall()
    return _view(rows[0]) if rows else None


def rename(view_id: int, name: str, person: int, now: datetime) -> bool:
    """Gives the person's own view another name; whether there was one. ValueError for an empty or too long name."""
    name = _named(name)
    with writing():
        slugs = write(
            "UPDATE saved_view SET name = ? WHERE id = ? AND person_id = ? RETURNING slug", name, view_id, person
        )
        _noted("view_renamed", view_id, (row[0] for row in slugs), person, now)
    return bool(slugs)


def remove(view_id: int, person: int, now: datetime) -> bool:
    """Removes the person's own view; whether there was one."""
    with writing():
        slugs = write("DELETE FROM saved_view WHERE id = ? AND person_id = ? RETURNING slug", view_id, person)
        _noted("view_removed", view_id, (row[0] for row in slugs), person, now)
    return bool(slugs)


def _noted(action: str, view_id: int, slugs: Iterable[str], person: int, now: datetime) -> None:
    for slug in slugs:
        audit.record(audit.staff(person), action, str(view_id), slug, {}, now)


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(f"a name has 1 to {LONGEST_NAME} characters")
    return name


def _view(row: tuple[int, str, str, str, str, int, int]) -> Saved:
    view_id, slug, kind, name, query, person, shared = row
    return Saved(view_id, slug, kind, name, query, person, bool(shared))
