"""What a report is made of: plain rows of labels and numbers, for views to draw and for tests to read.

A count that must not be published is None (see `publishing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.definition import Field


@dataclass(frozen=True, slots=True)
class Bars:
    """How often each answer was given. `apart`: each of the `of` answers stands in exactly one row."""

    title: str
    rows: tuple[tuple[str, int | None], ...]
    of: int
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """How often each answer (column) was given to each sentence (row)."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What numbers come to. Quartiles are interpolated between neighbours, as QUARTILE.INC in a spreadsheet."""

    title: str
    count: int
    mean: Decimal
    median: Decimal
    quartiles: tuple[Decimal, Decimal] | None
    extremes: tuple[Decimal, Decimal] | None
    total: Decimal | None  # None where a sum says nothing (marks, scores)
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """For each cell of a table of numbers: how many gave it, the sum, the mean (None without any)."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[int, Decimal, Decimal] | None, ...]], ...]


Part = Bars | Grid | Figures | Sums


@dataclass(frozen=True, slots=True)
class Question:
    """What came of one question. `of`: how many responses (or items of its group) there are in the same version."""

    key: str
    field: Field
    groups: tuple[str, ...]  # labels of the groups that it stands in
    answered: int | None
    of: int
    parts: tuple[Part, ...]
    texts: bool  # whether there are answers in words to be read


@dataclass(frozen=True, slots=True)
class Report:
    """The whole: questions in the order of the newest version, then those that only older versions asked."""

    total: int
    questions: tuple[Question, ...]
    crossed: Grid | None = None
    crossing: tuple[str, ...] = ()  # the keys of the questions that are put against each other
