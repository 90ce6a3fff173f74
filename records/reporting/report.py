"""The report of a form: one pass over the answers of all versions, then what they come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.definition import Form
from forms.standing import Standings
from records.export.shape import Shape
from records.export.table import Level, Path
from records.reporting.composite import counting
from records.reporting.kinds import PLACES
from records.reporting.parts import Grid, Question, Report
from records.reporting.selecting import Wanted, batches
from records.reporting.tally import Tally

Values = Sequence[Any]
Axis = tuple[str, str]
"""The name of a question, and by what of its answers ("" as they are, `powiat`)."""


@dataclass(slots=True)
class Kept:
    """Where a version keeps what is asked at one level, and what counts it."""

    table: Path
    places: list[tuple[str, Path, Tally]]
    groups: list[tuple[str, Path, Kept]]

    def take(self, rows: Sequence[Mapping[str, Any]], counted: Counter[Tally]) -> None:
        """Counts some responses, or items."""
        for name, further, tally in self.places:
            tally.take(values(rows, name, further))
            counted[tally] += len(rows)
        for name, further, inner in self.groups:
            inner.take([item for items in values(rows, name, further) for item in items or ()], counted)


@dataclass
class Tallies:
    """What counts each question of any version, in the order of the newest."""

    shape: Shape
    standing: Standings | None = None
    found: dict[tuple[Path, str, str], Tally] = field(default_factory=dict)

    def of(self, level: Level) -> Kept:
        """How the answers of one version are counted. Two versions share what counts a question of the same type."""
        places = []
        for place in level.places:
            key = (level.table, place.name, place.field.type.name)
            tally = self.found.get(key)
            if tally is None:
                tally = self.found[key] = counting(place.field)
                tally.standing = self.standing
            else:
                tally.also(place.field)
            name, *further = place.stored
            places.append((name, tuple(further), tally))
        groups = [(path[0], path[1:], self.of(inner)) for path, inner in level.groups]
        return Kept(level.table, places, groups)

    def named(self, key: str) -> list[Tally]:
        """What counts the question with this key; several when its type was changed."""
        return [tally for (table, name, _), tally in self.found.items() if ".".join((*table, name)) == key]

    def axes(self) -> Iterator[tuple[Axis, Tally]]:
        """By what the answers can be cross-tabulated."""
        for (table, name, _), tally in self.found.items():
            if not table:
                for attribute in tally.axes:
                    yield (name, attribute), tally


def report(
    slug: str,
    newest: Form,
    version: Callable[[int], Form],
    wanted: Wanted,
    *,
    sensitive: bool = False,
    crossing: tuple[Axis, Axis] | None = None,
    standing: Standings | None = None,
) -> Report:
    """What the answers come to. `newest` and `version` as for an export; sensitive questions only when asked for.

    `crossing`: the two questions to be put against each other, rows and columns; unknown ones are passed over. `standing`
    tells how a gmina stands in the Wykaz today; without it the list of gminy does.
    """
    shape = Shape.of(slug, newest, version, sensitive=sensitive)
    tallies = Tallies(shape, standing)
    tallies.of(shape.level_of_newest())
    plans: dict[int, Kept] = {}
    counted: Counter[Tally] = Counter()
    crossed: Crossing | None = None
    total = 0
    for rows in batches(slug, wanted):
        total += len(rows)
        by_version: dict[int, list[str]] = {}
        for _, version_id, _, text in rows:
            by_version.setdefault(version_id, []).append(text)
        for version_id, texts in by_version.items():
            if version_id not in plans:
                plans[version_id] = tallies.of(shape.level(version_id))
            answers = [shape.versions.answers(version_id, text) for text in texts]
            plans[version_id].take(answers, counted)
            if crossing is not None:
                crossed = crossed or Crossing.of(tallies, crossing)
                if crossed is not None:
                    crossed.take(plans[version_id], answers)
    labels = {(*table, name): str(tally.field.label) for (table, name, _), tally in reversed(tallies.found.items())}
    questions = tuple(_question(key, tally, counted[tally], labels) for key, tally in tallies.found.items())
    if crossed is None:
        return Report(total, questions)
    return Report(total, questions, crossed.grid(), (crossed.axes[0][0], crossed.axes[1][0]))


def axes(slug: str, newest: Form, version: Callable[[int], Form], *, sensitive: bool = False) -> list[tuple[Axis, str]]:
    """By what questions can be put against each other, with the label of each."""
    tallies = Tallies(Shape.of(slug, newest, version, sensitive=sensitive))
    tallies.of(tallies.shape.level_of_newest())
    return [(axis, titled(tally, axis[1])) for axis, tally in tallies.axes()]


def lowered(words: str) -> str:
    """Words that begin a line, as they stand within one."""
    return f"{words[:1].lower()}{words[1:]}"


def titled(tally: Tally, attribute: str) -> str:
    """The question, and by what of its answers: `Gmina – powiat`."""
    label = str(tally.field.label)
    return f"{label} – {lowered(str(PLACES[attribute]))}" if attribute else label


@dataclass(slots=True)
class Crossing:
    """Two questions against each other."""

    axes: tuple[Axis, Axis]
    tallies: tuple[Tally, Tally]
    pairs: Counter[tuple[Any, Any]] = field(default_factory=Counter)

    @classmethod
    def of(cls, tallies: Tallies, axes: tuple[Axis, Axis]) -> Crossing | None:
        """None when the form has no such questions."""
        known = dict(tallies.axes())
        rows, columns = (known.get(axis) for axis in axes)
        return None if rows is None or columns is None else cls(axes, (rows, columns))

    def take(self, kept: Kept, answers: Sequence[Mapping[str, Any]]) -> None:
        """Counts some responses of one version."""
        at = {id(tally): (name, further) for name, further, tally in kept.places}
        if not all(id(tally) in at for tally in self.tallies):
            return  # this version does not ask both
        rows, columns = (_hashable(values(answers, *at[id(tally)])) for tally in self.tallies)
        self.pairs.update(zip(rows, columns, strict=True))

    def grid(self) -> Grid:
        """The answers of the first question as rows, of the second as columns; who did not answer both is left out."""
        (across, down), cells = self._labels(), self._cells()
        lines = [(words, tuple(cells[code, other] for other in down)) for code, words in across.items()]
        title = " × ".join(titled(tally, axis) for tally, (_, axis) in zip(self.tallies, self.axes, strict=True))
        return Grid(title, tuple(down.values()), tuple(lines))

    def _labels(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        rows, columns = (tally.labels(attribute) for tally, (_, attribute) in zip(self.tallies, self.axes, strict=True))
        return rows, columns

    def _cells(self) -> Counter[tuple[str, str]]:
        cells: Counter[tuple[str, str]] = Counter()
        for (row, column), times in self.pairs.items():
            if row is not None and column is not None:
                for code in self.tallies[0].codes(self.axes[0][1], row):
                    for other in self.tallies[1].codes(self.axes[1][1], column):
                        cells[code, other] += times
        return cells


def _question(key: tuple[Path, str, str], tally: Tally, of: int, labels: Mapping[Path, str]) -> Question:
    table, name, _ = key
    parts = tuple(tally.parts()) if tally.answered else ()
    groups = tuple(labels[table[: depth + 1]] for depth in range(len(table)))
    return Question(".".join((*table, name)), tally.field, groups, tally.answered, of, parts, tally.texts)


def values(rows: Sequence[Mapping[str, Any]], name: str, further: Path) -> list[Any]:
    """What is stored under a name, and the names further in, in each of these answers; None where nothing is."""
    found = [row.get(name) for row in rows]
    for step in further:
        found = [kept.get(step) if kept is not None else None for kept in found]
    return found


def _hashable(values: Values) -> list[Any]:
    return [tuple(kept) if type(kept) is list else kept for kept in values]
