"""The options of a choice: written in the definition or from a list, offered by conditions, retired but never lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from forms import source
from forms.expressions import Env, Kind
from forms.formula import Formula, Text, plain
from forms.key import WRONG, Key, read_keys, short_schema, struct_schema
from forms.keys import TRUE, Boolean, Expr, Plain, Translated, Whole
from forms.polish import fold
from forms.reading import Reading
from forms.source import Entry, Node, Scalar, nearest
from forms.standing import PROGRAM, WYKAZ
from forms.wording import say

VALUE = r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,63}"
LONGEST_SLUG = 60

OPTION_KEYS: dict[str, Key] = {
    "value": Plain("Co jest zapisywane i eksportowane.", default=None, pattern=VALUE, example="bez_laktozy"),
    "label": Translated("Co widzi osoba, która wypełnia.", required=True),
    "hint": Translated("Objaśnienie pod opcją."),
    "when": Expr("Opcja jest do wyboru tylko, gdy warunek jest spełniony.", wants=Kind.BOOLEAN, role="option"),
    "retired": Boolean("Opcji nie można już wybrać; dawne odpowiedzi nadal ją pokazują."),
    "places": Whole("Ile razy można wybrać tę opcję we wszystkich odpowiedziach.", default=None, least=1),
}
FROM_LIST: dict[str, Key] = {
    "list": Plain("Nazwa listy z config/lists.", required=True, pattern=r"[a-z0-9][a-z0-9_-]*", example="powiaty"),
    "where": Plain("Warunek, który wiersz listy ma spełniać; nazwami są jej kolumny."),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. `row` is the row of the list it comes from."""

    value: str
    label: Text
    hint: Text | None = None
    when: Formula | None = None
    retired: bool = False
    places: int | None = None
    row: Mapping[str, str] | None = None


@dataclass(frozen=True, eq=False)
class Options:
    """The options of one field in their order; `where` chooses among the rows of a list."""

    items: tuple[Option, ...] = ()
    where: Formula | None = None

    @cached_property
    def _by_value(self) -> Mapping[str, Option]:
        return {option.value: option for option in self.items}

    @cached_property
    def fixed(self) -> bool:
        """Whether what is offered, and its wording, is the same whatever has been answered."""
        texts = [text for option in self.items for text in (option.label, option.hint) if text is not None]
        return self.where is None and all(o.when is None for o in self.items) and all(text.fixed for text in texts)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """All values, those of retired options too."""
        return tuple(self._by_value)

    @cached_property
    def counted(self) -> tuple[Option, ...]:
        """The options that may be chosen only so many times."""
        return tuple(option for option in self.items if option.places is not None)

    @cached_property
    def labels(self) -> Mapping[str, Text]:
        """The label of each value."""
        return {option.value: option.label for option in self.items}

    def get(self, value: str) -> Option | None:
        """The option of that value, retired or not, or None."""
        return self._by_value.get(value)

    def offered(self, env: Env) -> tuple[Option, ...]:
        """The options that may be chosen now, in order."""
        return self._in_use if self.fixed else tuple(option for option in self.items if self.offers(option, env))

    @cached_property
    def _in_use(self) -> tuple[Option, ...]:
        return tuple(option for option in self.items if not option.retired)

    def offers(self, option: Option, env: Env) -> bool:
        """Whether an option may be chosen now. In `where`, the row's columns come before all other names; what the list of
        gminy says of the Wykaz gives way to what is known today.
        """
        if option.retired or (option.when is not None and not option.when(env)):
            return False
        if self.where is None or option.row is None:
            return True
        row = option.row
        if env.standing is not None and self._of_register:
            known = env.standing(option.value)
            row = row if known is None else {**row, WYKAZ: known.wykaz, PROGRAM: known.program}
        return bool(self.where(replace(env, item={**(env.item or {}), **row})))

    @cached_property
    def _of_register(self) -> bool:
        """Whether `where` asks how a gmina stands in the Wykaz."""
        return self.where is not None and bool({WYKAZ, PROGRAM} & set(self.where.names))


NO_OPTIONS = Options()


@dataclass(frozen=True)
class OptionsKey(Key):
    """The key `options`: a list of options in full or short, or `{list: name, where: expr}`."""

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, source.Mapping) and node.get("list") is not None:
            return _from_list(node, reading)
        if not isinstance(node, source.Sequence):
            what = say("Tu powinna stać lista opcji, na przykład [Tak, Nie], albo {list: nazwa}.")
            reading.problem(node, "not-a-list", what)
            return WRONG
        found: dict[str, Option] = {}
        for each in node.items:
            option = _option(each, reading)
            if option is not None and option.value in found:
                what = say("Opcja o wartości „{value}” już jest – każda ma własną.", value=option.value)
                reading.problem(each, "duplicate-option", what)
            elif option is not None:
                found[option.value] = option
        if not node.items:
            reading.problem(node, "empty-options", say("Podaj co najmniej jedną opcję."))
        return Options(tuple(found.values())) if found else WRONG

    def schema(self) -> dict[str, Any]:
        options = {"type": "array", "minItems": 1, "items": short_schema(struct_schema(OPTION_KEYS))}
        return {"anyOf": [options, struct_schema(FROM_LIST)]}


@lru_cache(maxsize=4096)  # most options are „Tak” and „Nie”
def slug(label: str) -> str:
    """The value of an option that has only a label: `Bez laktozy` → `bez_laktozy`."""
    return re.sub("[^a-z0-9]+", "_", fold(label)).strip("_")[:LONGEST_SLUG].strip("_")


def _option(node: Node, reading: Reading) -> Option | None:
    if isinstance(node, source.Mapping):
        if len(node.entries) == 1 and node.entries[0].key.text not in OPTION_KEYS:
            return _pair(node.entries[0], reading)
        values = read_keys(node, OPTION_KEYS, reading)
        if values is None:
            return None
        if values["value"] is None:
            if node.get("value") is not None:
                return None  # refused and reported
            values["value"] = _slug(node, str(values["label"]), reading)
        return Option(**values) if values["value"] else None
    if isinstance(node, Scalar) and not node.null and node.text.strip():
        label, value = reading.text(node), _slug(node, node.text, reading)
        return Option(value, label) if label is not None and value else None
    reading.problem(node, "not-an-option", say("Opcja to tekst, {wartość: etykieta} albo {value: …, label: …}."))
    return None


def _pair(entry: Entry, reading: Reading) -> Option | None:
    """`{tak: Tak}`"""
    value = OPTION_KEYS["value"].read(entry.key, reading)
    label = OPTION_KEYS["label"].read(entry.value, reading)
    return None if value is WRONG or label is WRONG else Option(value, label)


def _slug(node: Node, label: str, reading: Reading) -> str:
    value = slug(label)
    if not value:
        reading.problem(node, "no-value", say("Z tej etykiety nie da się zrobić wartości – dodaj „value”."))
    return value


def _from_list(node: source.Mapping, reading: Reading) -> Any:
    values = read_keys(node, FROM_LIST, reading)
    if values is None:
        return WRONG
    name = node.get("list") or node
    rows = reading.rows(values["list"])
    if rows is None:
        _no_list(name, values["list"], reading)
        return WRONG
    if not rows.rows:
        reading.problem(name, "empty-options", say("Lista „{name}” jest pusta.", name=values["list"]))
        return WRONG
    where = node.get("where")
    formula = None
    if isinstance(where, Scalar):
        columns = dict.fromkeys(rows.columns, Kind.TEXT)
        formula = reading.formula(where, wants=Kind.BOOLEAN, extra=columns, role="where")
    every = rows.made.get("options")
    if every is None:
        every = rows.made["options"] = Options(tuple(listed(rows.rows)))
    return every if formula is None else Options(every.items, formula)


def _no_list(node: Node, name: str, reading: Reading) -> None:
    if name in reading.names:
        what = say("Lista „{name}” ma błędy – popraw jej plik w config/lists.", name=name)
        reading.problem(node, "broken-list", what)
    elif close := nearest(name, reading.names):
        what = say("Nie ma listy „{name}” w config/lists – czy chodziło o „{close}”?", name=name, close=close)
        reading.problem(node, "unknown-list", what)
    else:
        reading.problem(node, "unknown-list", say("Nie ma listy „{name}” w config/lists.", name=name))


def listed(rows: Iterable[Mapping[str, str]]) -> Iterable[Option]:
    """An option for each row of a list; its columns `hint` and `retired` mean what they mean on an option."""
    for row in rows:
        hint = plain(row["hint"]) if row.get("hint") else None
        yield Option(row["value"], plain(row["label"]), hint, retired=row.get("retired") == TRUE, row=row)
