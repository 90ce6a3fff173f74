"""The questions of a form as columns of a table: one for each column of an export, and its cell in any stored answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from forms.definition import Field, Form
from forms.wording import language, speaking
from records.export.heading import Heading
from records.export.shape import Versions
from records.export.table import Choice, Level, Names, level_of


@dataclass(frozen=True, slots=True)
class Question:
    """A column: its heading, and whether only those with the right to sensitive answers may see it."""

    heading: Heading
    sensitive: bool

    @property
    def name(self) -> str:
        """What it is called in addresses and exports: `dieta`, `adres.miejscowosc`."""
        return self.heading.name

    @property
    def made_of(self) -> str:
        """What its values depend on besides the answers: when it changes, they are read anew."""
        options = self.heading.options
        labels = [f"{each.value}={each.label}" for each in options.items] if options is not None else []
        return "\n".join((self.heading.kind, *labels))


class Cell(NamedTuple):
    """An answer in one column: as programs read it (a code, a number, a date) and in words."""

    plain: Any
    words: Any


NOTHING = Cell(None, None)


class _Source(NamedTuple):
    """Where the cell of a column is found in the answers of one version."""

    stored: tuple[str, ...]
    field: Field
    at: int  # which of the field's cells
    inside: bool  # the cell says how many items a group has


@dataclass
class Questions:
    """The questions of a form that serves, and how their answers are read in every version that somebody answered.

    Their headings speak the language in which they were asked for.
    """

    form: Form
    version: Callable[[int], Form]
    lang: str = field(default_factory=language.get)
    _versions: Versions = field(init=False)
    _sources: dict[int, dict[str, _Source]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._versions = Versions(self.form, self.version)

    @cached_property
    def all(self) -> dict[str, Question]:
        """Every question of the version that serves, by name, in its order."""
        names = Names((self.form,))
        with speaking(self.lang):
            open_to_all = {each.name for each in _headings(level_of(self.form, Choice(names, sensitive=False)))}
            everything = _headings(level_of(self.form, Choice(names, sensitive=True)))
        return {each.name: Question(each, each.name not in open_to_all) for each in everything}

    def cells(self, version_id: int, answers: str | bytes, names: Sequence[str]) -> list[Cell]:
        """The cells of these questions in the stored answers of a response, in this order."""
        sources = self._sources.get(version_id)
        if sources is None:
            sources = self._sources[version_id] = self._learn(version_id)
        stored = self._versions.answers(version_id, answers)
        return [_cell(sources[name], stored) if name in sources else NOTHING for name in names]

    def _learn(self, version_id: int) -> dict[str, _Source]:
        form = self._versions.form(version_id)
        names = Names((self.form, form))
        return {
            heading.name: _Source(place.stored, place.field, at, bool(place.field.fields))
            for place in level_of(form, Choice(names, sensitive=True)).places
            for at, heading in enumerate(place.headings)
        }


def _headings(level: Level) -> list[Heading]:
    return [heading for place in level.places for heading in place.headings]


def _cell(source: _Source, stored: dict[str, Any]) -> Cell:
    kept: Any = stored
    for step in source.stored:
        kept = kept.get(step) if kept is not None else None
    if kept is None:
        return NOTHING
    if source.inside:
        return Cell(len(kept), len(kept))
    try:
        value = source.field.type.load(kept)
        return Cell(source.field.type.cells(value)[source.at], source.field.type.words(value)[source.at])
    except (ValueError, TypeError, KeyError, IndexError):  # an answer that today's rules do not read
        return NOTHING
