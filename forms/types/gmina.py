"""A gmina, chosen from the list `gminy` and kept as its TERYT code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Words
from forms.expressions import Env, Kind
from forms.keys import Key, Plain
from forms.options import Options, listed
from forms.reading import Reading
from forms.source import Node
from forms.types.base import Column, FieldType, Refused, Typed
from forms.types.choosing import Choosing
from forms.types.line import first
from forms.wording import Say, say, say_n

LIST = "gminy"
CHOOSE = say("Wybierz gminę z listy.")
WYKAZ = "wykaz"  # the column that says whether a gmina has a programme
ENTITLED = frozenset({"w_wykazie", "deklaracja"})
NOT_ENTITLED = "NIEUPRAWNIONA"
DECLARE_FIRST = say(
    "Gmina nie ma programu w Wykazie programów rewitalizacji ani złożonej deklaracji. Najpierw złóż deklarację udziału – "
    "zajmie to około 5 minut. To zgłoszenie zapisaliśmy jako szkic."
)


@lru_cache(maxsize=32)
def _columns(options: Options) -> Mapping[str, Kind]:
    """What the columns of the list are in expressions: those that sort the gminy into few classes are a choice, so that
    a misspelt powiat is a mistake and not a condition that never holds."""
    rows = [option.row for option in options.items if option.row]
    kinds: dict[str, Kind] = {}
    for column in rows[0] if rows else ():
        values = sorted({row[column] for row in rows if row.get(column)})
        if column != "value":
            kinds[column] = Kind.choice(values) if values and len(values) * 2 < len(rows) else Kind.TEXT
    return kinds


@dataclass(frozen=True, eq=False)
class Gmina(Choosing):
    """One gmina of the region; every column of the list is an attribute in expressions (`gmina.powiat`)."""

    name: ClassVar[str] = "gmina"
    doc: ClassVar[str] = "Gmina z listy, zapisywana kodem TERYT."
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
    programme: bool = False  # of a form for those only (`audience: programme`)

    @classmethod
    def build(cls, reading: Reading, node: Node, **values: Any) -> FieldType:
        """The type with the gminy of the region, in the order of the Polish alphabet."""
        region = values["region"] = values.get("region") or reading.region
        rows = reading.rows(LIST)
        if rows is None:
            code = "broken-list" if LIST in reading.names else "unknown-list"
            reading.problem(node, code, say("Brakuje dobrej listy gmin: config/lists/gminy.csv."))
            return cls(**values)
        options = rows.made.get(region)
        if options is None:
            inside = (row for row in rows.alphabetical if row["value"].startswith(region))
            options = rows.made[region] = Options(tuple(listed(inside)))
        return cls(**values, options=options)

    @property
    def template(self) -> str:
        return "fields/select.html"

    @property
    def attributes(self) -> Mapping[str, str]:
        return {"data-autocomplete": ""}

    @property
    def kind(self) -> Kind:
        getters = {column: (kind, self._getter(column)) for column, kind in _columns(self.options).items()}
        return Kind.record("gmina", getters, of=Kind.choice(self.options.values, self.options.labels))

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
        if not self.still((value,), env):
            return Refused("option", CHOOSE)
        return None if self.entitled(value) else Refused("programme", DECLARE_FIRST, code=NOT_ENTITLED)

    def entitled(self, code: str) -> bool:
        """Whether a gmina may answer: any may, but where the form is for those with a programme or a declaration."""
        return not self.programme or self.attribute(code, WYKAZ) in ENTITLED

    def lists(self, column: str) -> bool:
        """Whether the list has such a column; a list that could not be read is a mistake of its own."""
        return not self.options.items or any(option.row and column in option.row for option in self.options.items)

    def typed(self, value: Any) -> Typed:
        return {"": [value]}

    def gmina(self, value: Any) -> str | None:
        return str(value)

    def show(self, value: Any) -> str:
        return self.label(value)

    def described(self, words: Words) -> Described:
        count = len(self.options.items)
        return Described((str(say_n("Z listy: {n} gmina.", "Z listy: {n} gmin.", count)),))

    def load(self, kept: Any) -> str:
        if not isinstance(kept, str) or self.options.get(kept) is None:
            raise ValueError("not a gmina of the list")
        return kept

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", "code"), *(Column(key, "text", str(label)) for key, label in self.exported.items()))

    def cells(self, value: Any) -> Sequence[Any]:
        return (value, *(self.attribute(value, column) for column in self.exported))
