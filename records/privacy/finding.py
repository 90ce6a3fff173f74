"""A person's data found, wherever they are kept: answers, corrections, drafts, messages, places, files, notes, accounts.

All of it is read: this is done seldom, and what an index does not know would be missed. A regular expression sorts out
what cannot hold the person; the answers that may are then looked at question by question.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import unquote_plus

from records.bookings.booked import marks
from records.database import run
from records.models import moment
from records.privacy.erasing import texts
from records.privacy.needles import Needle
from records.privacy.people import Forms, Level, levels

BATCH = 500
ANSWERS, EARLIER, WORKING = "answers", "earlier", "working"


class Source(NamedTuple):
    """A table in which words about people are kept; `text` is SQL, `owner` the column that names the response or None."""

    kind: str
    table: str
    owner: str
    text: str


OF_RESPONSES = (
    Source("booking", "booking", "response_id", "person"),
    Source(
        "message",
        "message",
        "response_id",
        "COALESCE(recipients, '') || ' ' || COALESCE(subject, '') || ' ' || COALESCE(text, '') || ' ' || facts",
    ),
    Source("file", "stored_file", "response_id", "name"),
    Source("certificate", "certificate", "response_id", "facts"),
    Source("note", "note", "response_id", "text"),
    Source("returned", "returned_request", "response_id", "questions || ' ' || COALESCE(reply, '')"),
)
KEYED = (  # tables without a number of their own
    Source("label", "response_label", "response_id", "name"),
    Source("reason", "office_correction", "response_id", "reason"),
)
OTHERS = (
    Source("gmina-person", "gmina_person", "gmina", "name || ' ' || email"),
    Source("account", "person", "NULL", "name || ' ' || email"),
    Source("message", "message", "slug", "COALESCE(recipients, '') || ' ' || COALESCE(subject, '') || ' ' || COALESCE(text, '')"),
    Source("view", "saved_view", "slug", "name || ' ' || query"),
    Source("export", "export_job", "slug", "query"),
    Source("form-draft", "form_draft", "slug", "text"),
    Source("obligation", "assignment", "slug", "reason"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person was found: the kind of data; of answers the level (`osoby-0`) and the names of the questions."""

    kind: str
    path: str = ""
    fields: tuple[str, ...] = ()
    times: int = 1


@dataclass(slots=True, repr=False)
class Found:
    """A response in which a person was found; `levels` are those of its current answers."""

    id: int
    key: str
    slug: str
    reference: str
    state: str
    begun_at: datetime
    sent_at: datetime | None
    version_id: int
    places: list[Place] = field(default_factory=list)

    @property
    def levels(self) -> frozenset[str]:
        """The levels of the answers as they stand on which the person was found."""
        return frozenset(each.path for each in self.places if each.kind == ANSWERS)


@dataclass(frozen=True, slots=True, repr=False)
class Other:
    """Something beside responses in which a person was found; `about` is the gmina or the form that it belongs to."""

    kind: str
    id: int
    about: str


def responses(wanted: Needle, forms: Forms, slugs: frozenset[str] | None, *, sensitive: bool) -> list[Found]:
    """The responses in which the person is found, the newest first; of the forms with these slugs (None: of all).

    Without `sensitive` what stands only in sensitive answers is not found.
    """
    places: dict[int, list[Place]] = {}
    for response_id, slug, version_id, kind, answers in _candidates(wanted, slugs):
        form = forms.version(slug, version_id)
        for level in levels(form.fields, forms.shown(slug, form, answers, sensitive=sensitive)):
            if level.holds(wanted):
                place = Place(kind, level.path, _fields(level, wanted))
                places.setdefault(response_id, []).append(place)
    for source in OF_RESPONSES:
        for response_id, times in _in_table(source, wanted).items():
            places.setdefault(response_id, []).append(Place(source.kind, times=times))
    for source in KEYED:
        rows = run(f"SELECT response_id, {source.text} FROM {source.table} WHERE {source.text} <> ''").fetchall()  # noqa: S608
        for response_id, text in rows:
            if wanted.inside(text):
                places.setdefault(response_id, []).append(Place(source.kind))
    return [each for each in _loaded(places) if slugs is None or each.slug in slugs]


def numbered(reference: str, slugs: frozenset[str] | None) -> list[Found]:
    """The response with this number, found nowhere in particular."""
    row = run("SELECT id FROM response WHERE reference = ?", reference).fetchone()
    return [each for each in _loaded({row[0]: []} if row else {}) if slugs is None or each.slug in slugs]


def others(wanted: Needle, slugs: frozenset[str] | None) -> list[Other]:
    """What else names the person. Who is limited to some forms is told of what belongs to those only."""
    found = []
    for source in OTHERS:
        id_ = "0" if source.kind in ("form-draft", "obligation") else "id"
        alone = " AND response_id IS NULL" if source.kind == "message" else ""
        query = f"SELECT {id_}, {source.owner}, {source.text} FROM {source.table} WHERE {source.text} <> ''{alone}"  # noqa: S608
        for row in run(query).fetchall():
            about = row[1] or ""
            visible = slugs is None or (source.owner == "slug" and about in slugs)
            if visible and wanted.inside(unquote_plus(row[2])):
                found.append(Other(source.kind, row[0], about))
    return found


def exports(slugs: Sequence[str]) -> dict[str, int]:
    """How many files of exports are kept of these forms: whoever was found in one of them may be in the file too."""
    if not slugs:
        return {}
    rows = run(
        f"SELECT slug, COUNT(*) FROM export_job WHERE file IS NOT NULL AND slug IN ({marks(slugs)}) GROUP BY slug",  # noqa: S608
        *slugs,
    )
    return dict(rows.fetchall())


def _candidates(wanted: Needle, slugs: frozenset[str] | None) -> Iterator[tuple[int, str, int, str, Mapping[str, Any]]]:
    """(response, slug, version, kind, answers) of all stored answers that may hold the person."""
    after = 0
    while rows := run(
        "SELECT id, slug, version_id, working_version_id, answers, working FROM response WHERE id > ? ORDER BY id LIMIT ?",
        *(after, BATCH),
    ).fetchall():
        after = rows[-1][0]
        for response_id, slug, version_id, working_id, answers, working in rows:
            if slugs is not None and slug not in slugs:
                continue
            if answers and wanted.maybe(answers):
                yield response_id, slug, version_id, ANSWERS, json.loads(answers)
            if working and wanted.maybe(working):
                whole = json.loads(working)
                yield response_id, slug, working_id, WORKING, {**whole["answers"], "": texts(whole.get("typed"))}
    after = 0
    while rows := run(
        "SELECT one.id, one.response_id, response.slug, one.version_id, one.answers FROM sent_version AS one "
        "JOIN response ON response.id = one.response_id WHERE one.id > ? ORDER BY one.id LIMIT ?",
        *(after, BATCH),
    ).fetchall():
        after = rows[-1][0]
        for _, response_id, slug, version_id, answers in rows:
            if (slugs is None or slug in slugs) and wanted.maybe(answers):
                yield response_id, slug, version_id, EARLIER, json.loads(answers)


def _in_table(source: Source, wanted: Needle) -> dict[int, int]:
    """{response: how many rows} of a table that speak of the person."""
    found: dict[int, int] = {}
    after = 0
    query = (
        f"SELECT id, {source.owner}, {source.text} FROM {source.table} WHERE id > ? "  # noqa: S608
        f"AND {source.owner} IS NOT NULL ORDER BY id LIMIT ?"
    )
    while rows := run(query, after, BATCH).fetchall():
        after = rows[-1][0]
        for _, response_id, text in rows:
            if wanted.maybe(text) and wanted.inside(text):
                found[response_id] = found.get(response_id, 0) + 1
    return found


def _fields(level: Level, wanted: Needle) -> tuple[str, ...]:
    return tuple(
        str(each.field.label) or each.field.name
        for each in level.answers
        if each.field is not None and wanted.touches(each.text)
    )


def _loaded(places: Mapping[int, list[Place]]) -> list[Found]:
    found, ids = [], sorted(places, reverse=True)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        rows = run(
            "SELECT id, key, slug, COALESCE(reference, ''), state, begun_at, sent_at, "  # noqa: S608
            f"COALESCE(version_id, working_version_id) FROM response WHERE id IN ({marks(some)}) ORDER BY id DESC",
            *some,
        ).fetchall()
        for row in rows:
            sent = moment(row[6]) if row[6] else None
            whole: Any = (*row[:5], moment(row[5]), sent, row[7], places[row[0]])
            found.append(Found(*whole))
    return found
