"""Option lists that several forms share: `config/lists/<name>.yaml` or `.csv`, as rows of text columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from forms import source
from forms.polish import sort_key
from forms.wording import say

SUFFIXES = (".csv", ".yaml")
ROW = say("Wiersz listy to {value: …, label: …}.")


@dataclass(frozen=True)
class Rows:
    """A list as it was read: each row has at least `value` and `label`; every further column is an attribute."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    file: str  # its file name and
    text: str  # its whole text: what a stored version needs to be read again
    made: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # of its rows, once for all forms

    @cached_property
    def alphabetical(self) -> tuple[Mapping[str, str], ...]:
        """The rows in the order of the Polish alphabet by label; worked out once for all forms that use the list."""
        return tuple(sorted(self.rows, key=lambda row: sort_key(row["label"])))

    @cached_property
    def by_value(self) -> Mapping[str, Mapping[str, str]]:
        """Row by its value."""
        return {row["value"]: row for row in self.rows}


def read_list(file: str, text: str, problems: source.Problems) -> Rows | None:
    """A list from the text of its file; its mistakes go to `problems`. None when it cannot be used."""
    name, _, suffix = file.rpartition(".")
    columns, rows = _csv(text) if suffix == "csv" else _yaml(file, text, problems)
    if problems.errors:
        return None
    at = source.Place(1, 1, 2)
    if "value" not in columns or "label" not in columns:
        problems.add(at, "list-columns", say("Lista musi mieć kolumny „value” i „label”."))
        return None
    seen: set[str] = set()
    for line, row in enumerate(rows, 2):
        place = source.Place(line, 1, 2) if suffix == "csv" else at
        if not row["value"] or not row["label"]:
            problems.add(place, "list-row", ROW)
        elif row["value"] in seen:
            problems.add(
                place, "duplicate-option", say("Wartość „{value}” powtarza się na liście.", value=row["value"])
            )
        seen.add(row["value"])
    return None if problems.errors else Rows(name, tuple(columns), tuple(rows), file, text)


def _csv(text: str) -> tuple[Sequence[str], list[dict[str, str]]]:
    sample = text.partition("\n")[0]
    reader = csv.DictReader(
        io.StringIO(text), delimiter=";" if sample.count(";") > sample.count(",") else ",", restval=""
    )
    rows = [{key: (value or "").strip() for key, value in row.items() if key is not None} for row in reader]
    return tuple(reader.fieldnames or ()), rows


def _yaml(file: str, text: str, problems: source.Problems) -> tuple[Sequence[str], list[dict[str, str]]]:
    node = source.read(text, problems.file or file, problems, root="sequence")
    columns: dict[str, None] = {}
    rows: list[dict[str, str]] = []
    if not isinstance(node, source.Sequence):
        return (), rows
    for item in node.items:
        row: dict[str, str] = {}
        if isinstance(item, source.Mapping):
            entries = item.entries
            if (
                len(entries) == 1
                and entries[0].key.text not in ("value", "label")
                and isinstance(entries[0].value, source.Scalar)
            ):
                row = {"value": entries[0].key.text, "label": entries[0].value.text}
            else:
                row = {e.key.text: e.value.text for e in entries if isinstance(e.value, source.Scalar)}
        elif isinstance(item, source.Scalar):
            row = {"value": item.text, "label": item.text}
        if not row.get("value") or not row.get("label"):
            problems.add(item.place, "list-row", ROW)
            continue
        columns.update(dict.fromkeys(row))
        rows.append(row)
    return tuple(columns), [{column: row.get(column, "") for column in columns} for row in rows]
