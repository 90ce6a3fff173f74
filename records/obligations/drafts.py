"""Reports that were begun and not sent: which gmina and period they name, and how far they have come.

Drafts keep their answers as JSON, not in columns, so that saving a page costs what it costs for any form; here they are
read when somebody looks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from forms.answers import gmina_of
from forms.definition import Form
from records.database import run
from records.models import moment
from records.shapes import DRAFT, Working

HowFar = Callable[[Working], float]
"""The share of the questions of a draft that are done, between 0 and 1."""
MOST_KNOWN = 5_000
_known: dict[tuple[str, int, str], float] = {}  # (key, revision, version of the form): a draft is walked once


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that names its gmina (TERYT code) and period; `share` of its questions are done."""

    id: int
    key: str
    language: str
    gmina: str
    period: str
    saved_at: datetime
    share: float


def drafts(form: Form, how_far: HowFar | None = None, *, gmina: str = "", period: str = "") -> Iterator[Draft]:
    """The drafts of a form with `period` that name a gmina and a period (only these, when given), the newest first.

    One SELECT. Without `how_far` every share is 0.
    """
    if form.period is None or form.anonymous:
        return
    where, params = "", []
    if gmina:  # a code in some answer: which one, is seen below
        where, params = " AND working LIKE ?", [f'%"{gmina}"%']
    rows = run(
        "SELECT id, key, language, revision, saved_at, working FROM response "  # noqa: S608
        f"WHERE state = ? AND slug = ? AND working IS NOT NULL{where} ORDER BY saved_at DESC, id DESC",
        *(DRAFT, form.slug, *params),
    ).fetchall()
    for id_, key, language, revision, saved_at, text in rows:
        working = Working.of(text)
        whose, about = gmina_of(form, working.answers), form.period.of(working.answers.get(form.period.field))
        if whose is None or about is None or (gmina and whose != gmina) or (period and about != period):
            continue
        share = _share((key, revision, form.hash), working, how_far) if how_far is not None else 0.0
        yield Draft(id_, key, language, whose, about, moment(saved_at), share)


def _share(known_as: tuple[str, int, str], working: Working, how_far: HowFar) -> float:
    found = _known.get(known_as)
    if found is None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        found = _known[known_as] = how_far(working)
    return found
