"""The key `register`: what a response says of an entry in the Wykaz, so that staff save it without typing it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms import source
from forms.expressions import Kind
from forms.formula import Formula
from forms.key import Key, read_keys, struct_schema
from forms.keys import Expr
from forms.reading import Reading
from forms.source import Node
from forms.wording import say

STRIKE = "strike"
REGISTER_KEYS: dict[str, Key] = {
    "number": Expr("Numer wpisu."),
    "title": Expr("Tytuł programu."),
    "basis": Expr("Podstawa programu: GPR, PR albo IDS."),
    "resolution": Expr("Numer uchwały."),
    "resolution_on": Expr("Data uchwały."),
    "link": Expr("Adres uchwały w BIP."),
    "entered_on": Expr("Data wpisu."),
    "valid_from": Expr("Pierwszy dzień programu; z roku robi się jego pierwszy dzień."),
    "valid_to": Expr("Ostatni dzień programu; z roku robi się jego ostatni dzień."),
    "area_ha": Expr("Powierzchnia obszaru rewitalizacji w hektarach."),
    "population": Expr("Liczba mieszkańców obszaru rewitalizacji."),
    "note": Expr("Uwagi."),
    STRIKE: Expr("Kiedy odpowiedź prosi o wykreślenie wpisu.", wants=Kind.BOOLEAN),
}


@dataclass(frozen=True, slots=True)
class Register:
    """Which expression gives which column of the register (by the column's name), and when an entry is to be struck off."""

    columns: Mapping[str, Formula]
    strike: Formula | None = None


@dataclass(frozen=True)
class RegisterKey(Key):
    """The key `register`; it is read once all fields are known (`read_register`)."""

    def read(self, node: Node, reading: Reading) -> Any:
        return None

    def schema(self) -> dict[str, Any]:
        return struct_schema(REGISTER_KEYS)


def read_register(root: source.Mapping, reading: Reading) -> Register | None:
    """What the definition says of the register, None when nothing (or nothing that can be read)."""
    node = root.get("register")
    if node is None:
        return None
    with reading.within(say("wykaz programów")):
        values = read_keys(node, REGISTER_KEYS, reading)
    if values is None:
        return None
    given = {name: value for name, value in values.items() if isinstance(value, Formula)}
    strike = given.pop(STRIKE, None)
    return Register(given, strike)
