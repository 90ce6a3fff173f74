"""Who consented to what, when, having read which text; and who has withdrawn a consent in a correction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.definition import Field, Form
from records.bookings.booked import marks
from records.database import run
from records.models import moment
from records.privacy.people import Forms, levels

BATCH = 200
Reached = tuple[int, int]
END: Reached = (10_000, 0)  # behind the last response: year, number


@dataclass(frozen=True, slots=True)
class Consent:
    """One statement that was ticked: `path` names the item of a group ("" for the form itself), `field` the question in
    the version in which it was ticked. `withdrawn_at` is when a correction took it back.
    """

    path: str
    field: Field
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class TextRead:
    """A version of the privacy text: after it so many responses were sent, the first and the last of them then."""

    hash: str
    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """A response: when it was sent first, the text it was sent after reading (`text`: its hash), the consents in it."""

    id: int
    key: str
    reference: str
    state: str
    gmina: str | None
    sent_at: datetime
    text: str | None
    consents: tuple[Consent, ...]
    reached: Reached  # from where the next ones follow


def rows(
    form: Form, forms: Forms, after: Reached | None = None, limit: int = BATCH, *, sensitive: bool = False
) -> list[Row]:
    """The sent responses of a form, the newest first, from below the number `after` on. Two SELECTs.

    Without `sensitive` consents in sensitive questions are left out.
    """
    found = run(
        "SELECT id, key, reference, state, gmina, sent_at, privacy, version_id, answers, year, number FROM response "
        "WHERE slug = ? AND year IS NOT NULL AND (year, number) < (?, ?) ORDER BY year DESC, number DESC LIMIT ?",
        *(form.slug, *(after or END), limit),
    ).fetchall()
    earlier = _earlier([row[0] for row in found])
    made = []
    for row in found:
        history = [*earlier.get(row[0], ()), (moment(row[5]), row[7], row[8])]
        consents = tuple(_consents(form.slug, history, forms, sensitive=sensitive))
        whole: Any = (*row[:5], history[0][0], row[6], consents, (row[9], row[10]))
        made.append(Row(*whole))
    return made


def every(form: Form, forms: Forms, *, sensitive: bool = False) -> Iterator[Row]:
    """All of them, read in batches."""
    after = None
    while batch := rows(form, forms, after, sensitive=sensitive):
        yield from batch
        after = batch[-1].reached


def texts_read(slug: str) -> list[TextRead]:
    """The versions of the privacy text after which responses of a form were sent, the newest first. One SELECT."""
    found = run(
        "SELECT privacy, COUNT(*), MIN(sent_at), MAX(sent_at) FROM response WHERE slug = ? AND privacy IS NOT NULL "
        "AND sent_at IS NOT NULL GROUP BY privacy ORDER BY 4 DESC",
        slug,
    ).fetchall()
    return [TextRead(row[0], row[1], moment(row[2]), moment(row[3])) for row in found]


def without_text(slug: str) -> int:
    """How many responses of a form were sent without a privacy text. Counted from indexes."""
    row = run(
        "SELECT (SELECT COUNT(*) FROM response WHERE slug = ? AND year IS NOT NULL) - "
        "(SELECT COUNT(*) FROM response WHERE slug = ? AND privacy IS NOT NULL)",
        *(slug, slug),
    ).fetchone()
    return int(row[0])


def _earlier(ids: Sequence[int]) -> dict[int, list[tuple[datetime, int, str]]]:
    if not ids:
        return {}
    found: dict[int, list[tuple[datetime, int, str]]] = {}
    query = f"SELECT response_id, sent_at, version_id, answers FROM sent_version WHERE response_id IN ({marks(ids)})"  # noqa: S608
    for row in run(f"{query} ORDER BY correction", *ids).fetchall():
        found.setdefault(row[0], []).append((moment(row[1]), row[2], row[3]))
    return found


def _consents(
    slug: str, history: Sequence[tuple[datetime, int, str]], forms: Forms, *, sensitive: bool
) -> Iterator[Consent]:
    """What was ticked first when, and taken back when; ticked again, it counts from then."""
    given: dict[tuple[str, str], tuple[Field, datetime]] = {}
    withdrawn: dict[tuple[str, str], datetime] = {}
    for at, version_id, answers in history:
        form = forms.version(slug, version_id)
        ticked = dict(_ticked(form, forms.shown(slug, form, json.loads(answers), sensitive=sensitive)))
        for key, field in ticked.items():
            if key not in given or key in withdrawn:
                given[key] = (field, at)
                withdrawn.pop(key, None)
        for key in given.keys() - ticked.keys() - withdrawn.keys():
            withdrawn[key] = at
    for key, (field, at) in given.items():
        yield Consent(key[0], field, at, withdrawn.get(key))


def _ticked(form: Form, answers: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Field]]:
    for level in levels(form.fields, answers):
        for each in level.answers:
            if each.field is not None and each.field.type.only == (True,) and each.value is True:
                yield (level.path, each.field.name), each.field
