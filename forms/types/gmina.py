"""A gmina, chosen from the list `gminy` and kept as its TERYT code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.definition import Field
from forms.expressions import Env, Kind
from forms.keys import Key, Plain
from forms.options import Options, listed
from forms.reading import Reading
from forms.source import Node
from forms.types.base import Column, FieldType, Refused, Typed
from forms.types.choices import Choosing
from forms.types.line import first
from forms.wording import Say, say

LIST = "gminy"
CHOOSE = say("Wybierz gminę z listy.")


@dataclass(frozen=True, eq=False)
class Gmina(Choosing):
    """One gmina of the region; every column of the list is an attribute in expressions (`gmina.powiat`)."""

    name: ClassVar[str] = "gmina"
    keys: ClassVar[Mapping[str, Key]] = {
        "region": Plain(
            "Początek kodów TERYT gmin do wyboru; zwykle województwo urzędu.",
            pattern=r"\d{2}|\d{4}|\d{7}",
            example="32",
        ),
    }
    exported: ClassVar[Mapping[str, Say]] = {"name": say("gmina"), "type": say("rodzaj gminy"), "powiat": say("powiat")}
    example: ClassVar[str] = "3218043"

    region: str | None = None

    @classmethod
    def build(cls, reading: Reading, node: Node, **values: Any) -> FieldType:
        """The type with the gminy of the region, in the order of the Polish alphabet."""
        region = values["region"] = values.get("region") or reading.region
        rows = reading.rows(LIST)
        if rows is None:
            reading.problem(node, "unknown-list", say("Brakuje listy gmin: config/lists/gminy.csv."))
            return cls(**values)
        inside = (row for row in rows.alphabetical if row["value"].startswith(region))
        return cls(**values, options=Options(tuple(listed(inside))))

    @property
    def template(self) -> str:
        return "fields/select.html"

    @property
    def attributes(self) -> Mapping[str, str]:
        return {"data-autocomplete": ""}

    @property
    def kind(self) -> Kind:
        columns = next((option.row for option in self.options.items if option.row), {})
        getters = {column: (Kind.TEXT, self._getter(column)) for column in columns if column != "value"}
        return Kind.record("gmina", getters)

    def _getter(self, column: str) -> Any:
        return lambda code: self.attribute(code, column)

    def attribute(self, code: str, column: str) -> str | None:
        """What the list says of a gmina in a column; None when nothing, or when it is not on the list."""
        option = self.options.get(code)
        return (option.row.get(column) or None) if option is not None and option.row else None

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        if self.region and not self.options.items:
            what = say("Na liście gmin nie ma kodów, które zaczynają się od {region}.", region=self.region)
            yield "region", what, "empty-options"

    def missing(self, field: Field) -> Say:
        return CHOOSE

    def parse(self, typed: Typed, field: Field) -> str:
        code = first(typed).strip()
        if self.options.get(code) is None:
            raise Refused("option", CHOOSE)
        return code

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        return None if self.still((value,), env) else Refused("option", CHOOSE)

    def typed(self, value: Any) -> Typed:
        return {"": [value]}

    def gmina(self, value: Any) -> str | None:
        return str(value)

    def show(self, value: Any) -> str:
        return self.label(value)

    def load(self, kept: Any) -> str:
        if not isinstance(kept, str) or self.options.get(kept) is None:
            raise ValueError("not a gmina of the list")
        return kept

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", "code"), *(Column(key, "text", str(label)) for key, label in self.exported.items()))

    def cells(self, value: Any) -> Sequence[Any]:
        return (value, *(self.attribute(value, column) for column in self.exported))
