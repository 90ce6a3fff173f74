"""A table: a value of a simple type in each cell, or the reason why there are no data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Words
from forms.expressions import Env, Kind
from forms.fields import FieldsKey
from forms.key import WRONG, Key
from forms.keys import Boolean
from forms.options import Option
from forms.reading import Reading
from forms.source import Node
from forms.types.base import FieldType
from forms.types.given import Column, Refused, Typed
from forms.types.line import first, one_line
from forms.types.rows import Row, Rowed, RowsKey, asked_rows, required_now, rows_fixed, with_unit
from forms.wording import Say, say, say_n

NONE, WHY = "none", "why"
YES = "1"  # what a ticked box sends
LONGEST_REASON = 500
NO_DATA = say("Wpisz wartość albo zaznacz „brak danych” i podaj przyczynę.")
EMPTY = say("Wpisz wartość.")
INPUTS = ("fields/text.html", "fields/number.html")  # types that are typed into one input
COLUMN_HAS_NOT = ("when", "default", "checks", "retain", "autocomplete", "sensitive")


@dataclass(frozen=True)
class ColumnsKey(FieldsKey):
    """Fields of simple types, one for each column."""

    def read(self, node: Node, reading: Reading) -> Any:
        fields = super().read(node, reading)
        if fields is WRONG:
            return WRONG
        for each in fields:
            with reading.within(say("kolumna „{name}”", name=each.name)):
                if drawn(each.type) is None:
                    what = say("Typ „{type}” nie mieści się w komórce tabeli.", type=each.type.name)
                    reading.problem(each.place, "wrong-column", what)
                for key in COLUMN_HAS_NOT:
                    if getattr(each, key):
                        what = say("Kolumna tabeli nie może mieć klucza „{key}”. Przenieś go na całą tabelę.", key=key)
                        reading.problem(each.place, "wrong-column", what)
        return fields


def drawn(kind: FieldType) -> str | None:
    """How a cell of this type is drawn: select, input, or None when it cannot stand in a table."""
    if not kind.asks or kind.parts != ("",) or kind.fields or kind.uploads:
        return None
    if kind.kind.base == "choice":
        return "select" if kind.options_fixed else None
    return "input" if kind.template in INPUTS else None


@dataclass(frozen=True, eq=False)
class Table(Rowed):
    """A dict of row id to dict of column name to value; with `no_data`, {"none": reason} stands for a value.

    `required` on the table means every cell of the rows asked, on a column the cells of that column.
    """

    name: ClassVar[str] = "table"
    doc: ClassVar[str] = "Tabela: wartość w każdej komórce."
    keys: ClassVar[Mapping[str, Key]] = {
        "rows": RowsKey("Wiersze tabeli.", required=True),
        "columns": ColumnsKey("Kolumny: pola prostych typów.", required=True, alone=True, hints=False, as_name="cols"),
        "no_data": Boolean("W każdej komórce można zaznaczyć „brak danych” i podać przyczynę."),
    }

    cols: tuple[Field, ...] = ()
    no_data: bool = False

    def literal(self, node: Node) -> Typed:
        return {}  # a default for every cell would answer in the person's stead

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]
        further = ("", f".{NONE}", f".{WHY}") if self.no_data else ("",)
        return tuple(f"{row.id}.{column.name}{end}" for row, column in self._cells() for end in further)

    @property
    def kind(self) -> Kind:
        return Kind.table({row.id: {column.name: column.type.kind for column in self.cols} for row in self.rows})

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        clash = {row.id for row in self.rows} & {column.name for column in self.cols}
        if clash:
            what = say("„{name}” jest i wierszem, i kolumną – zmień jedną z nazw.", name=sorted(clash)[0])
            yield "columns", what, "duplicate-name"

    @property
    def drawn(self) -> Mapping[str, str]:
        """For the template: how the cells of each column are drawn."""
        return {column.name: drawn(column.type) or "input" for column in self.cols}

    @property
    def choosable(self) -> Mapping[str, Sequence[Mapping[str, str]]]:
        """For the template: what may be chosen in the cells of each column drawn as a select."""
        return {column.name: [_choosable(option) for option in column.type.offered(Env({}))] for column in self.cols}

    @property
    def suffixes(self) -> Mapping[str, str]:
        """For the template: the unit after the inputs of each column, "" for none."""
        return {column.name: getattr(column.type, "suffix", "") for column in self.cols}

    @property
    def options_fixed(self) -> bool:
        return rows_fixed(self.rows)

    def _cells(self) -> Iterator[tuple[Row, Field]]:
        return ((row, column) for row in self.rows for column in self.cols)

    # --- from people ---

    def parse(self, typed: Typed, field: Field) -> Any:
        value: dict[str, dict[str, Any]] = {}
        wrong: dict[str, Say] = {}
        kinds = []
        for row, column in self._cells():
            part = f"{row.id}.{column.name}"
            try:
                cell = self._cell(typed, part, column)
            except Refused as refused:
                wrong[part] = _own(refused, column)
                kinds.append(refused.kind)
            else:
                if cell is not None:
                    value.setdefault(row.id, {})[column.name] = cell
        if wrong:
            raise Refused(kinds[0], _summary(wrong), wrong)
        if not value:
            raise Refused("required", self.missing(field))
        return value

    def _cell(self, typed: Typed, part: str, column: Field) -> Any:
        texts = {"": typed.get(part, ())}
        blank = column.type.blank(texts)
        if self.no_data:
            ticked = bool(first(typed, f"{part}.{NONE}").strip())
            why = one_line(first(typed, f"{part}.{WHY}"))
            if ticked or why:
                if not blank or not why:
                    raise Refused("no_data", NO_DATA)
                if len(why) > LONGEST_REASON:
                    raise Refused("max", say("Skróć tekst do {n} znaków. Teraz ma {m}.", n=LONGEST_REASON, m=len(why)))
                return {NONE: why}
        return None if blank else column.type.parse(texts, column)

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        every = required_now(field, env)
        columns = {column.name: every or required_now(column, env) for column in self.cols}
        missing, wrong, kinds = dict[str, Say](), dict[str, Say](), list[str]()
        for row in asked_rows(self.rows, env):
            for column in self.cols:
                cell = value.get(row.id, {}).get(column.name)
                part = f"{row.id}.{column.name}"
                if cell is None and columns[column.name]:
                    missing[part] = NO_DATA if self.no_data else EMPTY
                elif cell is None or isinstance(cell, dict):
                    continue
                elif refused := column.type.verdict(cell, column, env):
                    wrong[part] = _own(refused, column)
                    kinds.append(refused.kind)
        if wrong:
            return Refused(kinds[0], _summary(wrong), {**missing, **wrong})
        if missing:
            return Refused("required", NO_DATA if self.no_data else _summary(missing), missing)
        return None

    def complete(self, value: Any, env: Env | None = None) -> Any:
        """The value without rows that are not asked, when `env` says which are."""
        if env is None:
            return value
        return {row.id: value[row.id] for row in asked_rows(self.rows, env) if row.id in value} or None

    # --- to people ---

    def typed(self, value: Any) -> Typed:
        typed: dict[str, Sequence[str]] = {}
        for row, column, cell in self._answered(value):
            part = f"{row.id}.{column.name}"
            if isinstance(cell, dict):
                typed[f"{part}.{NONE}"], typed[f"{part}.{WHY}"] = [YES], [cell[NONE]]
            else:
                typed[part] = column.type.typed(cell)[""]
        return typed

    def fills(self, typed: Typed) -> Iterable[tuple[str, str | bool]]:
        for part, texts in typed.items():
            if not texts:
                continue
            if part.endswith((f".{NONE}", f".{WHY}")) and texts[0].strip():
                yield f"open:{part.rpartition('.')[0]}", True
            if part.endswith(f".{NONE}"):
                yield f"chosen:{part}", True
            else:
                yield f"value:{part}", texts[0]
                yield f"chosen:{part}:{texts[0]}", True

    def heads(self, words: Words) -> Sequence[str]:
        units = self.suffixes
        return [words.text(each.label) + (f" ({units[each.name]})" if units[each.name] else "") for each in self.cols]

    def details(self, value: Any) -> Sequence[tuple[str, str]]:
        return [(_heading(row, column), self._shown(row, column, cell)) for row, column, cell in self._answered(value)]

    def _shown(self, row: Row, column: Field, cell: Any) -> str:
        if isinstance(cell, dict):
            return str(say("brak danych – {reason}", reason=cell[NONE]))
        shown = column.type.show(cell)
        return with_unit(shown, str(row.unit)) if row.unit is not None else shown

    def _answered(self, value: Any) -> Iterator[tuple[Row, Field, Any]]:
        for row, column in self._cells():
            cell = value.get(row.id, {}).get(column.name)
            if cell is not None:
                yield row, column, cell

    # --- to disk and out ---

    def dump(self, value: Any) -> Any:
        kept: dict[str, dict[str, Any]] = {}
        for row, column, cell in self._answered(value):
            kept.setdefault(row.id, {})[column.name] = dict(cell) if isinstance(cell, dict) else column.type.dump(cell)
        return kept

    def load(self, kept: Any) -> Any:
        if not isinstance(kept, dict) or not all(isinstance(row, dict) for row in kept.values()):
            raise ValueError("not a stored table")
        value: dict[str, dict[str, Any]] = {}
        for row, column in self._cells():
            name = next((name for name in (column.name, *column.was) if name in kept.get(row.id, {})), None)
            if name is None:
                continue
            cell = kept[row.id][name]
            if isinstance(cell, dict):
                if not self.no_data or not isinstance(cell.get(NONE), str):
                    raise ValueError("not a stored cell")
                value.setdefault(row.id, {})[column.name] = {NONE: cell[NONE]}
            else:
                value.setdefault(row.id, {})[column.name] = column.type.load(cell)
        if kept and not value:
            raise ValueError("a table of other rows or columns")
        return value

    def columns(self, field: Field) -> tuple[Column, ...]:
        made = []
        for row, column in self._cells():
            key, label = f"{row.id}.{column.name}", _heading(row, column)
            made.append(Column(key, column.type.columns(column)[0].kind, label))
            if self.no_data:
                made.append(Column(f"{key}.{NONE}", "text", f"{label} – {say('brak danych')}"))
        return tuple(made)

    def cells(self, value: Any) -> Sequence[Any]:
        return self._row(value, words=False)

    def words(self, value: Any) -> Sequence[Any]:
        return self._row(value, words=True)

    def _row(self, value: Any, *, words: bool) -> Sequence[Any]:
        made: list[Any] = []
        for row, column in self._cells():
            cell = value.get(row.id, {}).get(column.name)
            none = isinstance(cell, dict)
            plain = column.type.words if words else column.type.cells
            made.append(None if cell is None or none else plain(cell)[0])
            if self.no_data:
                made.append(cell[NONE] if none else None)
        return made


def _choosable(option: Option) -> Mapping[str, str]:
    return {"value": option.value, "label": str(option.label)}


def _heading(row: Row, column: Field) -> str:
    return f"{row.label} – {column.label}"


def _own(refused: Refused, column: Field) -> Say:
    """The message at a cell: the column's own where it has one."""
    own = column.messages.get(refused.kind) or column.messages.get("")
    return refused.what if own is None else say("{text}", text=own)


def _summary(wrong: Mapping[str, Say]) -> Say:
    return say_n("Popraw {n} komórkę tabeli.", "Popraw {n} komórek tabeli.", len(wrong))
