"""Stored answers to rows: how is worked out once for each version, so that a row costs little more than its JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.types.base import FieldType
from records.export.table import Level, Path, Place, Table

Cells = Callable[[Any], Sequence[Any]]
"""A stored value to what stands in the cells of its columns."""

Where = slice | tuple[int, ...]
"""The places in a row of a field's columns: mostly side by side, apart where versions differ."""

REMEMBERED, LONGEST_REMEMBERED = 1000, 64  # different short answers of a field whose cells are kept at hand
NOWHERE = ""  # no field has this name: its value is always None, the empty cell


@dataclass(frozen=True, slots=True)
class Manner:
    """How values become cells. `plain`: what JSON keeps stands in the file as it is, where the type allows it."""

    write: Callable[[Any], Any]
    words: bool = False  # labels in place of codes
    plain: bool = True


class Remembered(dict[Any, Sequence[Any]]):
    """A stored value (a list as a tuple) to its cells; those of short answers that come again and again are kept."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells

    def __missing__(self, kept: Any) -> Sequence[Any]:
        made = self.cells(list(kept) if type(kept) is tuple else kept)
        if len(self) < REMEMBERED and not (type(kept) is str and len(kept) > LONGEST_REMEMBERED):
            self[kept] = made
        return made


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one level of one version: the answers of a response, or an item of a group."""

    table: Path
    keys: list[str]  # for each column the name whose stored value is the cell
    rich: list[tuple[str, Path, Where, Remembered]]  # name, names further in, where in the row, what stands there
    groups: list[tuple[Path, Reader]]

    def row(self, front: Iterable[Any], stored: Mapping[str, Any], *back: Any) -> list[Any]:
        """The row of what is stored, between the cells that identify it and those that follow."""
        get = stored.get
        row = [*front, *map(get, self.keys), *back]
        for name, further, where, known in self.rich:
            kept = get(name)
            for step in further:
                kept = kept.get(step) if kept is not None else None
            if kept is None:
                continue
            try:
                cells = known[tuple(kept) if type(kept) is list else kept]
            except TypeError:  # a mapping, a list of files: nothing to look up
                cells = known.cells(kept)
            if type(where) is slice:
                row[where] = cells
            else:
                for place, cell in zip(where, cells, strict=True):
                    row[place] = cell
        return row

    def items(
        self, reference: str, stored: Mapping[str, Any], numbers: tuple[int, ...] = ()
    ) -> Iterator[tuple[Path, list[Any]]]:
        """(table, row) of every item of every group within, numbered from 1 in each group."""
        for path, reader in self.groups:
            kept: Any = stored
            for step in path:
                kept = kept.get(step) if kept is not None else None
            for number, item in enumerate(kept or (), 1):
                here = (*numbers, number)
                yield reader.table, reader.row((reference, *here), item)
                if reader.groups:
                    yield from reader.items(reference, item, here)


def reader_of(level: Level, tables: Mapping[Path, Table], manner: Manner) -> Reader:
    """The reader of a level. Columns that no table has (of a version that came later) are passed over."""
    table = tables[level.table]
    first = len(table.front)
    at = {heading.name: first + index for index, heading in enumerate(table.answers)}
    keys = [NOWHERE] * len(table.answers)
    rich = []
    for place in level.places:
        name, *further = place.stored
        if not all(heading.name in at for heading in place.headings):
            continue
        places = tuple(at[heading.name] for heading in place.headings)
        if manner.plain and not further and _plain(place):
            keys[places[0] - first] = name
        else:
            rich.append((name, tuple(further), _where(places), _cells(place, manner)))
    groups = [(path, reader_of(group, tables, manner)) for path, group in level.groups if group.table in tables]
    return Reader(level.table, keys, rich, groups)


def _where(places: tuple[int, ...]) -> Where:
    beside = slice(places[0], places[0] + len(places))
    return beside if places == tuple(range(beside.start, beside.stop)) else places


def _plain(place: Place) -> bool:
    """Whether the stored value is the cell. Yes and no are not: csv would write True and False."""
    each = place.field
    return each.type.plain and not each.fields and place.headings[0].kind != "boolean"


def _cells(place: Place, manner: Manner) -> Remembered:
    if place.field.fields:
        return Remembered(lambda kept: (len(kept),))
    return Remembered(_loading(place.field.type, len(place.headings), manner))


def _loading(kind: FieldType, width: int, manner: Manner) -> Cells:
    shown = kind.words if manner.words else kind.cells
    load, write, blank = kind.load, manner.write, (None,) * width

    def cells(kept: Any) -> Sequence[Any]:
        try:
            value = load(kept)
        except (ValueError, TypeError, KeyError):
            return blank
        return tuple(None if cell is None else write(cell) for cell in shown(value))

    return cells
