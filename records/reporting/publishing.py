"""A report that may be published: counts below five are left out, and so is what would give them away.

A line of counts whose sum is known (the answers to a question, a row or a column of a cross-table) never has one count
alone left out, nor several that together are fewer than five: the next smallest goes too (complementary suppression).
Extremes and quartiles, which are single answers, and texts are left out altogether.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from records.reporting.parts import Bars, Figures, Grid, Part, Question, Report, Sums

LEAST = 5  # the smallest count that is published
K = TypeVar("K", bound=Hashable)


def published(report: Report) -> Report:
    """The report without what must not be published. A question that fewer than five answered has no parts."""
    questions = tuple(_question(each) for each in report.questions)
    crossed = report.crossed
    if crossed is not None:
        hidden = [_hidden_labels(questions, key) for key in report.crossing]
        crossed = _grid(crossed, both=True, rows=hidden[0], columns=hidden[1])
    return replace(report, questions=questions, crossed=crossed)


def suppressed(counts: Mapping[K, int], lines: Sequence[Sequence[K]], hidden: Collection[K] = ()) -> set[K]:
    """What must be left out of counts whose lines add up to known sums, when `hidden` is left out already."""
    out = {*hidden, *(key for key, count in counts.items() if 0 < count < LEAST)}
    grown = True
    while grown:
        grown = False
        for line in lines:
            inside = [key for key in line if key in out]
            rest = [key for key in line if key not in out]
            safe = len(inside) > 1 and sum(counts[key] for key in inside) >= LEAST
            if inside and rest and not safe:
                out.add(min(rest, key=lambda key: (counts[key] == 0, counts[key])))
                grown = True
    return out


def _question(question: Question) -> Question:
    answered = question.answered or 0
    # Who is asked only on a condition has answered something else, and how many did not is a count of its own.
    few = 0 < answered < LEAST or (question.field.when is not None and 0 < question.of - answered < LEAST)
    if few:
        return replace(question, answered=None, parts=(), texts=False)
    return replace(question, parts=tuple(made for part in question.parts if (made := _part(part))), texts=False)


def _part(part: Part) -> Part | None:
    if isinstance(part, Bars):
        return None if part.of < LEAST else _bars(part)
    if isinstance(part, Grid):
        return _grid(part)
    if isinstance(part, Figures):
        return None if part.count < LEAST else replace(part, quartiles=None, extremes=None)
    rows = tuple(
        (label, tuple(None if cell is None or cell[0] < LEAST else cell for cell in cells))
        for label, cells in part.rows
    )
    return Sums(part.title, part.columns, rows)


def _bars(part: Bars) -> Bars:
    counts = {at: count or 0 for at, (_, count) in enumerate(part.rows)}
    if part.apart:
        out = suppressed(counts, [list(counts)])
    else:  # each answer says something of everybody: who gave it, and who did not
        out = {at for at, count in counts.items() if 0 < count < LEAST or 0 < part.of - count < LEAST}
    return replace(
        part, rows=tuple((label, None if at in out else counts[at]) for at, (label, _) in enumerate(part.rows))
    )


def _grid(part: Grid, *, both: bool = False, rows: Collection[str] = (), columns: Collection[str] = ()) -> Grid:
    """`both`: columns add up to known sums too. Rows and columns with these labels are left out whole."""
    down, across = range(len(part.rows)), range(len(part.columns))
    counts = {(i, j): part.rows[i][1][j] or 0 for i in down for j in across}
    lines = [[(i, j) for j in across] for i in down]
    if both:
        lines += [[(i, j) for i in down] for j in across]
    gone = [(i, j) for i, j in counts if part.rows[i][0] in rows or part.columns[j] in columns]
    out = suppressed(counts, lines, gone)
    made = ((part.rows[i][0], tuple(None if (i, j) in out else counts[i, j] for j in across)) for i in down)
    return replace(part, rows=tuple(made))


def _hidden_labels(questions: Sequence[Question], key: str) -> set[str]:
    """Answers whose counts are left out where the question stands alone: a cross-table would add up to them."""
    bars = [part for each in questions if each.key == key for part in each.parts if isinstance(part, Bars)]
    return {label for part in bars for label, count in part.rows if count is None}
