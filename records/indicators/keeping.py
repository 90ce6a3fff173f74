"""Working out what is stale, a few reports in each transaction; done by the worker and by `flask indicators compute`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from forms.definition import Form
from forms.indicators import Indicator
from forms.indicators.working_out import Formulas, made_of
from records.database import database, run, run_many, writing
from records.indicators.values import HOLDS, holding
from records.models import moment

BATCH = 100  # reports worked out in one transaction: others who write wait no longer than that
_settled: dict[tuple[str, str], object] = {}  # by database and form: what this process has found nothing stale in
Limits = Callable[[str, date], Decimal | None]


def waiting(indicators: Sequence[Indicator], newest: Form) -> int:
    """How many reports have values that do not fit them any more, or none yet. One SELECT."""
    return len(_stale(indicators, newest)) if indicators else 0


def compute(indicators: Sequence[Indicator], newest: Form, version: Callable[[int], Form], limits: Limits) -> int:
    """Works out the indicators of one form for every report whose kept values are stale; how many reports that were.

    `version` gives the form of a stored version: each report is read in the one that it answered. One SELECT when nothing
    has changed. Many may do it at once: what one has worked out the next finds done, and does not do again.
    """
    if not indicators:
        return 0
    where = (str(database.database), newest.slug)
    seen = (tuple(each.hash for each in indicators), newest.hash, _responses(newest.slug))
    if _settled.get(where) == (*seen, _count(newest.slug)):
        return 0
    formulas: dict[int, Formulas] = {}
    stale, done = _stale(indicators, newest), 0
    for start in range(0, len(stale), BATCH):
        with writing():
            done += _batch(stale[start : start + BATCH], tuple(indicators), newest, version, limits, formulas)
    _settled[where] = (*seen, _count(newest.slug))
    return done


def _count(slug: str) -> int:
    return int(run("SELECT COUNT(*) FROM indicator_value WHERE slug = ?", slug).fetchone()[0])


def _responses(slug: str) -> tuple[tuple[object, ...], ...]:
    """Changes whenever a response of the form does; a twentieth of what it costs to look at every value."""
    rows = run(
        "SELECT state, COUNT(*), SUM(revision), MAX(id), COALESCE(SUM(correction), 0) FROM response WHERE slug = ? "
        "GROUP BY state ORDER BY state",
        slug,
    ).fetchall()
    return tuple(tuple(map(str, row)) for row in rows)


def _stale(indicators: Sequence[Indicator], newest: Form) -> list[int]:
    fresh = [made for each in indicators for made in (made_of(each, None), made_of(each, newest))]
    names = [each.name for each in indicators]
    rows = run(
        f"SELECT response.id FROM response WHERE {HOLDS} AND (SELECT COUNT(*) FROM indicator_value AS kept "  # noqa: S608
        "WHERE kept.slug = response.slug AND kept.gmina = response.gmina AND kept.period = response.period "
        "AND kept.response_id = response.id AND kept.correction = response.correction "
        f"AND kept.indicator IN ({_marks(names)}) AND kept.made_of IN ({_marks(fresh)})) < ? ORDER BY response.id",
        *(*holding(newest.slug), *names, *fresh, len(names)),
    ).fetchall()
    return [row[0] for row in rows]


def _batch(
    ids: Sequence[int],
    indicators: tuple[Indicator, ...],
    newest: Form,
    version: Callable[[int], Form],
    limits: Limits,
    formulas: dict[int, Formulas],
) -> int:
    lock = " FOR UPDATE" if database.for_update else ""
    rows = run(
        "SELECT id, gmina, period, correction, version_id, sent_at, answers FROM response "  # noqa: S608
        f"WHERE id IN ({_marks(ids)}) AND answers IS NOT NULL ORDER BY id{lock}",
        *ids,
    ).fetchall()
    made = []
    for report, gmina, period, correction, version_id, sent_at, answers in rows:
        if version_id not in formulas:
            formulas[version_id] = Formulas(version(version_id), newest, indicators, limits)
        known = formulas[version_id]
        for each, value, note in known.values(json.loads(answers), moment(sent_at).date()):
            text = f"{value:f}" if value is not None else None
            made.append((newest.slug, gmina, period, each.name, text, note, report, correction, known.made_of(each)))
    run_many(
        "INSERT INTO indicator_value (slug, gmina, period, indicator, value, note, response_id, correction, made_of) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (slug, gmina, period, indicator) DO UPDATE SET "
        "value = excluded.value, note = excluded.note, response_id = excluded.response_id, "
        "correction = excluded.correction, made_of = excluded.made_of",
        made,
    )
    return len(rows)


def _marks(of: Sequence[object]) -> str:
    return ", ".join("?" for _ in of)
