"""Public statistics in the database: what an import would change, the import itself, and what is known of a gmina in a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from records import audit
from records.database import run, run_many, writing
from records.models import moment, stored


@dataclass(frozen=True, slots=True)
class Statistic:
    """A number with where it comes from and as of which day."""

    value: Decimal
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of a variable."""

    variable: str
    first: int
    last: int
    gminy: int
    values: int
    source: str
    as_of: date
    imported_at: datetime


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an import would do: values that are new, those that stay, and (TERYT code, year, before, after) of those that change."""

    new: int
    same: int
    changed: tuple[tuple[str, int, Decimal, Decimal], ...]


def compare(variable: str, values: Mapping[tuple[str, int], Decimal]) -> Comparison:
    """What would come of storing these values. One SELECT."""
    rows = run("SELECT teryt, year, value FROM statistic WHERE variable = ?", variable).fetchall()
    before = {(row[0], row[1]): Decimal(row[2]) for row in rows}
    changed = [
        (*key, before[key], value) for key, value in sorted(values.items()) if key in before and before[key] != value
    ]
    new = sum(key not in before for key in values)
    return Comparison(new, len(values) - new - len(changed), tuple(changed))


def store(
    variable: str, values: Mapping[tuple[str, int], Decimal], source: str, as_of: date, now: datetime, actor: str
) -> None:
    """Keeps these values in place of those of the same gminy and years; other years stay. One audit entry, with counts only."""
    rows: list[tuple[Any, ...]] = [
        (variable, teryt, year, f"{value:f}", source, as_of.isoformat(), stored(now))
        for (teryt, year), value in sorted(values.items())
    ]
    with writing():
        run_many(
            "INSERT INTO statistic (variable, teryt, year, value, source, as_of, imported_at) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (variable, teryt, year) DO UPDATE SET value = excluded.value, source = excluded.source, "
            "as_of = excluded.as_of, imported_at = excluded.imported_at",
            rows,
        )
        details = {"variable": variable, "count": len(rows), "source": source, "as_of": as_of.isoformat()}
        audit.record(actor, "import-statistics", variable, None, details, now)


def known() -> list[Known]:
    """Every variable that is kept, by name. One SELECT."""
    rows = run(
        "SELECT variable, MIN(year), MAX(year), COUNT(DISTINCT teryt), COUNT(*), MAX(source), MAX(as_of), MAX(imported_at) "
        "FROM statistic GROUP BY variable ORDER BY variable"
    ).fetchall()
    return [
        Known(variable, first, last, gminy, values, source, _day(as_of), moment(imported))
        for variable, first, last, gminy, values, source, as_of, imported in rows
    ]


def of_gmina(teryt: str, year: int) -> dict[str, Statistic]:
    """What is known of a gmina in a year, by variable. One SELECT."""
    rows = run(
        "SELECT variable, value, source, as_of FROM statistic WHERE teryt = ? AND year = ?", teryt, year
    ).fetchall()
    return {row[0]: Statistic(Decimal(row[1]), row[2], _day(row[3])) for row in rows}


def _day(kept: date | str) -> date:
    return kept if isinstance(kept, date) else date.fromisoformat(kept)
