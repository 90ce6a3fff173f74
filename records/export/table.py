"""The one shape behind every export: tables with named columns, the union over all versions of a form.

The first table has a row for each response; each group that repeats has a table of its own, with a row for each item.
Columns of the newest version come first, in its order; what only older versions had stands after them. A field that was
renamed (`was`) is one column under its newest name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forms.definition import Field, Form
from forms.types.base import FieldType
from forms.types.given import Column
from forms.wording import Say, say
from records.export.heading import Heading, heading

Path = tuple[str, ...]
"""Newest names of the groups that lead to a table; () is the table of the responses."""

RESPONSE: Mapping[str, tuple[str, Say]] = {
    "reference": ("text", say("Numer odpowiedzi")),
    "correction": ("number", say("Która to poprawka (0: pierwsze wysłanie)")),
    "state": ("code", say("Stan odpowiedzi")),
    "sent_at": ("datetime", say("Kiedy wysłano")),
    "form_version": ("code", say("Wersja formularza, początek jej skrótu SHA-256")),
}
EXPLANATIONS, EXPLAINING = "explanations", say("Wyjaśnienia ostrzeżeń")
ITEM = "lp"
ANSWERS = "answers."  # before a field that is called like a column every table has


@dataclass(frozen=True, slots=True)
class Place:
    """A stored field of one version: by which names it is reached within its level, and its columns."""

    stored: Path
    field: Field
    headings: tuple[Heading, ...]
    name: str  # the newest, with those of the groups around it within the level


@dataclass(slots=True)
class Level:
    """What one version keeps for a row of a table: fields, and the groups whose items make further tables."""

    table: Path
    places: list[Place] = field(default_factory=list)
    groups: list[tuple[Path, Level]] = field(default_factory=list)

    def all(self) -> Iterator[Level]:
        """This level and those within it, outer ones first."""
        yield self
        for _, group in self.groups:
            yield from group.all()


class Names:
    """What each field of any version is called in exports: the newest name it has had."""

    def __init__(self, versions: Iterable[Form]) -> None:
        """`versions` with the newest first."""
        self._known: dict[Path, dict[str, str]] = {}
        self._sensitive: set[Path] = set()
        for at, form in enumerate(versions):
            self._learn(tuple(form.fields), (), newest=not at)

    def _learn(self, fields: Sequence[Field], path: Path, *, newest: bool) -> None:
        known = self._known.setdefault(path, {})
        for each in fields:
            known.setdefault(each.name, each.name)
        for each in fields:
            name = known[each.name]
            for old in each.was:
                known.setdefault(old, name)
            if newest and each.sensitive:
                self._sensitive.add((*path, name))
            self._learn(each.fields, (*path, name), newest=newest)

    def of(self, fields: Sequence[Field], path: Path) -> Iterator[tuple[Field, str]]:
        """Each field of one version with its newest name. Two that became one keep one column each, so none is lost."""
        known = self._known.get(path, {})
        claimed = {each.name for each in fields if known.get(each.name, each.name) == each.name}
        for each in fields:
            name = known.get(each.name, each.name)
            if name != each.name:
                if name in claimed:
                    name = each.name
                claimed.add(name)
            yield each, name

    def sensitive(self, each: Field, path: Path) -> bool:
        """Whether the field is sensitive in its own version or in the newest; `path` ends with its newest name."""
        return each.sensitive or path in self._sensitive


@dataclass(frozen=True)
class Choice:
    """Which fields an export shows: sensitive ones only when asked for, and of the others those that were chosen.

    `chosen` are newest names with those of the groups around them (`osoby.imie`), and names of columns of ours; None: all.
    """

    names: Names
    sensitive: bool
    chosen: frozenset[str] | None = None

    def shows(self, each: Field, path: Path) -> bool:
        """Whether the field, or something within it, stands in the export; `path` ends with its newest name."""
        if not self.sensitive and self.names.sensitive(each, path):
            return False
        name = ".".join(path)
        return self.has(name) or self.within(name)

    def within(self, group: str) -> bool:
        """Whether something in the group was chosen."""
        return self.chosen is None or any(name.startswith(f"{group}.") for name in self.chosen)

    def has(self, name: str) -> bool:
        """Whether the column itself was chosen."""
        return self.chosen is None or name in self.chosen


def level_of(form: Form, choice: Choice) -> Level:
    """What a version keeps, under the newest names, of what is shown. The gmina comes first."""
    level = Level(())
    _fill(level, _gmina_first(tuple(form.fields)), choice, (), (), "")
    return level


def _gmina_first(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The gmina that sends the response stands beside its number, wherever the form asks for it."""
    gmina = next((each for each in fields if type(each.type).gmina is not FieldType.gmina), None)
    return fields if gmina is None else (gmina, *(each for each in fields if each is not gmina))


def _fill(level: Level, fields: tuple[Field, ...], choice: Choice, path: Path, stored: Path, prefix: str) -> None:
    for each, name in choice.names.of(fields, path):
        here = (*path, name)
        if not each.type.stores or not choice.shows(each, here):
            continue
        kept = (*stored, each.name)
        if each.fields and not each.type.repeats:
            _fill(level, each.fields, choice, here, kept, f"{prefix}{name}.")
            continue
        if choice.has(".".join(here)):
            level.places.append(Place(kept, each, _headings(each, prefix + name), prefix + name))
        if each.fields and choice.within(".".join(here)):
            group = Level((*level.table, f"{prefix}{name}"))
            _fill(group, each.fields, choice, here, (), "")
            level.groups.append((kept, group))


def _headings(each: Field, name: str) -> tuple[Heading, ...]:
    if name in RESPONSE or name in (EXPLANATIONS, ITEM):
        name = ANSWERS + name
    return tuple(
        heading(each, column, f"{name}.{column.key}".rstrip("."), _label(each, column))
        for column in each.type.columns(each)
    )


def _label(each: Field, column: Column) -> str:
    label = str(each.label)
    return f"{label} – {column.label}" if column.label else label


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its headings in order, with those that identify a row (`front`) and those that follow (`back`)."""

    path: Path
    front: tuple[Heading, ...]
    answers: tuple[Heading, ...]
    back: tuple[Heading, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """All of them."""
        return (*self.front, *self.answers, *self.back)

    @property
    def names(self) -> tuple[str, ...]:
        """The header row."""
        return tuple(each.name for each in self.headings)

    @property
    def suffix(self) -> str:
        """What its file's name has after the form's: nothing, `_uczestnicy`."""
        return "".join(f"_{name}" for name in self.path).replace(".", "_")


def tables(levels: Iterable[Level], chosen: frozenset[str] | None = None) -> tuple[Table, ...]:
    """The tables over all versions (the newest first), that of the responses first; `chosen` as in `Choice`."""
    found: dict[Path, dict[str, Heading]] = {(): {}}
    for top in levels:
        for level in top.all():
            headings = found.setdefault(level.table, {})
            for place in level.places:
                for column in place.headings:
                    newer = headings.get(column.name)
                    headings[column.name] = column if newer is None else newer.merged(column)
    return tuple(
        Table(path, _front(path, chosen), tuple(headings.values()), _back(path, chosen))
        for path, headings in found.items()
    )


def _front(path: Path, chosen: frozenset[str] | None) -> tuple[Heading, ...]:
    if not path:
        return tuple(
            Heading(name, kind, str(label))
            for name, (kind, label) in RESPONSE.items()
            if chosen is None or name in chosen or name == "reference"  # which joins the tables
        )
    kind, label = RESPONSE["reference"]
    outer = [Heading(f"{name}.{ITEM}", "number", str(say("Numer pozycji: {group}", group=name))) for name in path[:-1]]
    return (Heading("reference", kind, str(label)), *outer, Heading(ITEM, "number", str(say("Numer pozycji"))))


def _back(path: Path, chosen: frozenset[str] | None) -> tuple[Heading, ...]:
    if path or (chosen is not None and EXPLANATIONS not in chosen):
        return ()
    return (Heading(EXPLANATIONS, "text", str(EXPLAINING)),)
