"""The rows of a matrix or table: how they are written in a definition, and which of them are asked."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from forms import source
from forms.definition import Field
from forms.describing.words import Described, Line, Words, condition
from forms.expressions import Env, Kind
from forms.formula import Formula, Text
from forms.key import WRONG, Key, read_keys, short_schema, struct_schema
from forms.keys import Expr, Translated
from forms.options import slug
from forms.reading import Reading
from forms.source import Node, Scalar
from forms.types.base import FieldType
from forms.wording import NBSP, Say, say

LONGEST_ID = 40
ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


@dataclass(frozen=True)
class IdKey(Key):
    """An id that expressions, exports and stored answers use."""

    def read(self, node: Node, reading: Reading) -> Any:
        scalar = self.scalar(node, reading, "wrong-name", "id")
        if scalar is None:
            return WRONG
        if not ID.fullmatch(scalar.text) or keyword.iskeyword(scalar.text):
            what = say("Id „{name}” może mieć tylko litery a–z, cyfry i _, a zaczyna się od litery.", name=scalar.text)
            reading.problem(node, "wrong-name", what)
        return scalar.text

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{ID.pattern}$"}


ROW_KEYS: dict[str, Key] = {
    "id": IdKey("Nazwa w wyrażeniach i eksporcie."),
    "value": IdKey("To samo co id, gdy wiersze są zapisane jak opcje."),
    "label": Translated("Treść wiersza.", required=True),
    "hint": Translated("Podpowiedź pod treścią."),
    "unit": Translated("Jednostka wartości w tym wierszu."),
    "when": Expr("Wiersz jest pytany tylko wtedy, gdy warunek jest spełniony.", wants=Kind.BOOLEAN, role="when"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    id: str
    label: Text
    hint: Text | None = None
    unit: Text | None = None
    when: Formula | None = None


class Asked(Protocol):
    """A row, or an item of a checklist: asked under a condition, with its own words."""

    @property
    def id(self) -> str:
        """Its name."""
        ...

    @property
    def label(self) -> Text:
        """What it asks."""
        ...

    @property
    def hint(self) -> Text | None:
        """What helps to answer."""
        ...

    @property
    def when(self) -> Formula | None:
        """Its condition."""
        ...


@dataclass(frozen=True)
class RowsKey(Key):
    """Rows as mappings, or in short `[Treść, {czas: Czas zajęć}]`; a text alone is given an id made of its letters."""

    default: Any = ()

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, source.Sequence) or not node.items:
            reading.problem(
                node, "not-a-list", say("Tu powinna stać lista wierszy: {example}.", example="[{id: …, label: …}]")
            )
            return WRONG
        rows = []
        lines: dict[str, int] = {}
        for item in node.items:
            row = _row(item, reading)
            if row is None:
                continue
            if row.id in lines:
                what = say("Wiersz „{id}” jest już w linii {line}.", id=row.id, line=lines[row.id])
                reading.problem(item, "duplicate-name", what)
                continue
            lines[row.id] = item.place.line
            rows.append(row)
        return tuple(rows) or WRONG

    def schema(self) -> dict[str, Any]:
        full = {**struct_schema(ROW_KEYS), "anyOf": [{"required": ["id"]}, {"required": ["value"]}]}
        return {"type": "array", "minItems": 1, "items": short_schema(full)}


def _row(node: Node, reading: Reading) -> Row | None:
    if isinstance(node, Scalar) and not node.null:
        text = reading.text(node)
        return Row(_slug(node.text), text) if text is not None else None
    if isinstance(node, source.Mapping) and len(node.entries) == 1 and node.entries[0].key.text not in ROW_KEYS:
        entry = node.entries[0]
        name, text = IdKey().read(entry.key, reading), reading.text(entry.value)
        return Row(name, text) if text is not None and name is not WRONG else None
    values = read_keys(node, ROW_KEYS, reading)
    if values is None:
        return None
    as_option = values.pop("value")
    values["id"] = values["id"] or as_option
    if values["id"] is None:
        reading.problem(node, "missing-key", say("Brakuje klucza „{key}”.", key="id"))
        return None
    return Row(**values)


def _slug(text: str) -> str:
    """The id of a row that has only a text: `Treść była zrozumiała` → `tresc_byla_zrozumiala`."""
    made = slug(text)[:LONGEST_ID].strip("_")
    return made if ID.fullmatch(made) else f"w_{made}"[:LONGEST_ID].strip("_")


@dataclass(frozen=True, eq=False)
class Rowed(FieldType):
    """Base of types that ask the same in each of several rows."""

    fieldset: ClassVar[bool] = True

    rows: tuple[Row, ...] = ()

    @property
    def parted(self) -> Sequence[Formula]:
        return [each.when for each in self.rows if each.when is not None]

    def heads(self, words: Words) -> Sequence[str]:
        """The headings of the columns."""
        return ()

    def shows(self, value: Any, env: Env) -> Iterable[tuple[str, str | bool]]:
        return row_fills(self.rows, env)

    def show(self, value: Any) -> str:
        return "; ".join(f"{label}: {text}" for label, text in self.details(value))

    def described(self, words: Words) -> Described:
        lines = tuple(_line(words, each) for each in self.rows)
        return Described(rows=lines, columns=tuple(self.heads(words)))


def _line(words: Words, row: Row) -> Line:
    """A row as it is drawn on paper, with its unit."""
    unit = f" ({words.text(row.unit)})" if row.unit is not None else ""
    return Line(words.text(row.label) + unit, words.text(row.hint), condition(words, row.when))


def asked_rows(rows: Iterable[Row], env: Env) -> Iterator[Row]:
    """The rows whose condition holds."""
    return (row for row in rows if row.when is None or row.when(env))


def rows_fixed(rows: Iterable[Row]) -> bool:
    """Whether all rows are always asked."""
    return all(row.when is None for row in rows)


def row_fills(rows: Iterable[Asked], env: Env) -> Iterator[tuple[str, str | bool]]:
    """Slots of rows that depend on answers: the mark `unasked:<id>`, the texts `label:<id>` and `hint:<id>`."""
    for row in rows:
        if row.when is not None and not row.when(env):
            yield f"unasked:{row.id}", True
        for slot, text in (("label", row.label), ("hint", row.hint)):
            if text is not None and not text.fixed:
                yield f"{slot}:{row.id}", text(env)


def required_now(field: Field, env: Env) -> bool:
    """Whether a field must be answered, given the other answers."""
    return field.required if isinstance(field.required, bool) else bool(field.required(env))


@dataclass(frozen=True, slots=True)
class Listed:
    """Several messages or names as one parameter of a message, joined in the language in force when it is shown."""

    items: tuple[Any, ...]
    between: str = ", "

    def __str__(self) -> str:
        return self.between.join(str(item) for item in self.items)


def with_unit(shown: str, unit: str) -> str:
    """A number with its unit; Polish writes no blank before %."""
    return f"{shown}{unit}" if unit == "%" else f"{shown}{NBSP}{unit}"


def quoted(text: Any) -> Say:
    """A text in quotation marks."""
    return say("„{text}”", text=text)
