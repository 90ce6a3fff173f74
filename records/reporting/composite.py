"""How answers of several parts are counted: groups, matrices, tables, checklists, files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import orjson

from forms.definition import Field
from forms.types.base import FieldType
from forms.types.file import File
from forms.types.group import Group
from forms.types.matrix import Matrix
from forms.types.numbers import Number
from forms.types.rated import RATING, Rated
from forms.types.table import Table
from forms.wording import say
from records.reporting.kinds import figures, spread_of, tally_of
from records.reporting.parts import Bars, Grid, Part, Sums
from records.reporting.statistics import bins
from records.reporting.tally import Tally

LEFT_OUT = frozenset({"remark", "photo"})  # of an item's answer: what its score does not depend on


class Listed(Tally):
    """Items of a group, or files: how many there are in how many responses."""

    title = say("Ile pozycji")

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.lengths: Counter[int] = Counter()

    def take(self, values: Sequence[Any]) -> None:
        super().take(values)
        self.lengths.update([len(kept) for kept in values if kept is not None])

    def parts(self) -> Iterator[Part]:
        found = spread_of(self.lengths)
        if found is not None:
            yield figures(found, summed=True)
            yield Bars(str(self.title), tuple(bins(found)), self.answered)


class Attached(Listed):
    """Files."""

    title = say("Ile plików")


class Agreed(Tally):
    """A matrix: how often each answer was given in each row."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.given: dict[str, Counter[str]] = {}

    def take(self, values: Sequence[Any]) -> None:
        super().take(values)
        answered = [kept for kept in values if kept is not None]
        for row in {name: None for kept in answered for name in kept}:
            self.given.setdefault(row, Counter()).update([kept[row] for kept in answered if row in kept])

    def parts(self) -> Iterator[Part]:
        rows: dict[str, str] = {}
        columns: dict[str, str] = {}
        for field in self.fields:
            if isinstance(field.type, Matrix):
                for row in field.type.rows:
                    rows.setdefault(row.id, str(row.label))
                for option in field.type.options.items:
                    columns.setdefault(option.value, str(option.label))
        made = ((label, self.given.get(row, Counter())) for row, label in rows.items())
        counts = tuple((label, tuple(found[code] for code in columns)) for label, found in made)
        yield Grid("", tuple(columns.values()), counts)


class Cells(Tally):
    """A table: each number column by row – sum and mean; of other columns, as for a question of their type."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.cells: dict[tuple[str, str], Tally] = {}

    def take(self, values: Sequence[Any]) -> None:
        super().take(values)
        answered = [kept for kept in values if kept is not None]
        for (row, column), tally in self._all().items():
            found = [kept[row].get(column) for kept in answered if row in kept]
            tally.take([cell for cell in found if cell is not None and not isinstance(cell, dict)])

    def _all(self) -> dict[tuple[str, str], Tally]:
        for field in self.fields:
            if isinstance(field.type, Table):
                for row in field.type.rows:
                    for column in field.type.cols:
                        if (row.id, column.name) not in self.cells:
                            self.cells[row.id, column.name] = tally_of(column)
        return self.cells

    def parts(self) -> Iterator[Part]:
        kind = self.field.type
        assert isinstance(kind, Table)
        cells = self._all()
        numbers = [column for column in kind.cols if isinstance(column.type, Number)]
        if numbers:
            rows = tuple(
                (str(row.label), tuple(_sum(cells[row.id, column.name]) for column in numbers)) for row in kind.rows
            )
            yield Sums("", tuple(str(column.label) for column in numbers), rows)
        for row in kind.rows:
            for column in kind.cols:
                tally = cells[row.id, column.name]
                if column not in numbers and tally.answered:
                    for part in tally.parts():
                        if isinstance(part, Bars):
                            yield Bars(f"{row.label} – {column.label}", part.rows, part.of, part.apart)


class Audited(Tally):
    """A checklist: the spread of the scores, the classes, how each item was rated, the critical barriers."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.kept: Counter[bytes] = Counter()

    def take(self, values: Sequence[Any]) -> None:
        super().take(values)
        self.kept.update(
            [orjson.dumps(_rated(kept), option=orjson.OPT_SORT_KEYS) for kept in values if kept is not None]
        )

    def parts(self) -> Iterator[Part]:
        kind = self.field.type
        assert isinstance(kind, Rated)
        scores: Counter[Decimal] = Counter()
        classes: Counter[str] = Counter()
        barriers: Counter[str] = Counter()
        ratings: Counter[tuple[str, str]] = Counter()
        for text, times in self.kept.items():
            value = self.load(orjson.loads(text))
            if value is None:
                continue
            found = kind.score(value)
            if found.score is not None:
                scores[found.score] += times
            if found.grade is not None:
                classes[str(found.grade.label)] += times
            barriers.update(dict.fromkeys(found.barriers, times))
            ratings.update({(item, entry[RATING]): times for item, entry in value.items() if RATING in entry})
        results = spread_of(scores)
        if results is not None:
            yield figures(results, summed=False, unit="%", title=str(say("Wynik")))
            yield Bars(str(say("Rozkład wyników w %")), tuple(bins(results)), results.count)
        if classes:
            rows = tuple((str(each.label), classes[str(each.label)]) for each in kind.classes)
            yield Bars(str(say("Klasy wyniku")), rows, classes.total())
        names = {item.id: f"{item.id}. {item.label}" for item in kind.items}
        if barriers:
            worst = tuple((names.get(item, item), times) for item, times in barriers.most_common())
            yield Bars(str(say("Bariery krytyczne")), worst, self.answered, apart=False)
        columns = tuple(str(rating.label) for rating in kind.scale)
        items = tuple(
            (names[item.id], tuple(ratings[item.id, rating.value] for rating in kind.scale)) for item in kind.items
        )
        yield Grid(str(say("Oceny pozycji")), columns, items)


def _rated(kept: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A stored checklist without what does not count, so that equal ratings are counted together."""
    return {item: {name: part for name, part in entry.items() if name not in LEFT_OUT} for item, entry in kept.items()}


def _sum(tally: Tally) -> tuple[int, Decimal, Decimal] | None:
    for part in tally.parts():
        total, mean = getattr(part, "total", None), getattr(part, "mean", None)
        if total is not None and mean is not None:
            return tally.answered, total, mean
    return None


TALLIES: dict[type[FieldType], Callable[[Field], Tally]] = {
    Group: Listed,
    File: Attached,
    Matrix: Agreed,
    Table: Cells,
    Rated: Audited,
}


def counting(field: Field) -> Tally:
    """What counts the answers to this question: of several parts, or of one."""
    made = next((TALLIES[kind] for kind in type(field.type).__mro__ if kind in TALLIES), tally_of)
    return made(field)
