"""A gmina, chosen from the list `gminy` and kept as its TERYT code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Words
from forms.expressions import Env, Kind
from forms.key import Key
from forms.keys import Plain
from forms.options import Options, listed
from forms.reading import Reading
from forms.source import Node
from forms.standing import ATTRIBUTES, ENTITLED, PROGRAM, PROGRAMMES, STATES, WORDS, WYKAZ, Standing, Standings
from forms.standing import listed as by_list
from forms.types.base import FieldType
from forms.types.choosing import Choosing
from forms.types.given import Column, Refused, Typed
from forms.types.line import first
from forms.wording import Say, say, say_n

LIST = "gminy"
CHOOSE = say("Wybierz gminę z listy.")
NOT_ENTITLED = "NIEUPRAWNIONA"
DECLARE_FIRST = say(
    "Gmina nie ma programu w Wykazie programów rewitalizacji ani złożonej deklaracji. Najpierw złóż deklarację udziału – "
    "zajmie to około 5 minut. To zgłoszenie zapisaliśmy jako szkic."
)
ALWAYS = {WYKAZ: STATES, PROGRAM: PROGRAMMES}  # what these columns may say, whether or not the list already does


@lru_cache(maxsize=32)
def _columns(options: Options) -> Mapping[str, Kind]:
    """What the columns of the list are in expressions: those that sort the gminy into few classes are a choice, so that
    a misspelt powiat is a mistake and not a condition that never holds."""
    rows = [option.row for option in options.items if option.row]
    kinds: dict[str, Kind] = {}
    for column in rows[0] if rows else ():
        values = sorted({row[column] for row in rows if row.get(column)}.union(ALWAYS.get(column, ())))
        if column != "value":
            few = column in ALWAYS or (values and len(values) * 2 < len(rows))
            kinds[column] = Kind.choice(values) if few else Kind.TEXT
    return {**kinds, WORDS: Kind.TEXT}


def _declare(found: Standing) -> Say:
    """What a gmina that may not take part yet is told: how it stands, and the way out."""
    return say(
        "{why} Najpierw złóż deklarację udziału – zajmie to około 5 minut. To zgłoszenie zapisaliśmy jako szkic.",
        why=found.words,
    )


@dataclass(frozen=True, eq=False)
class Gmina(Choosing):
    """One gmina of the region; every column of the list is an attribute in expressions (`gmina.powiat`)."""

    name: ClassVar[str] = "gmina"
    doc: ClassVar[str] = (
        "Gmina z listy, zapisywana kodem TERYT. Wyrażenia mają kolumny listy (gmina.powiat) i to, co dziś mówi Wykaz: "
        "gmina.wykaz (w_wykazie, deklaracja, brak), gmina.program (GPR, PR, IDS, brak) i gmina.stan – to samo słowami."
    )
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
        of = Kind.choice(self.options.values, self.options.labels)
        return Kind.record("gmina", getters, of=of, live=ATTRIBUTES)

    def _getter(self, column: str) -> Any:
        return lambda code: self.attribute(code, column)

    def attribute(self, code: str, column: str) -> str | None:
        """What the list says of a gmina in a column; None when nothing, or when it is not on the list."""
        option = self.options.get(code)
        if column == WORDS and option is not None and option.row:
            return option.row.get(WORDS) or by_list(option.row.get(WYKAZ), option.row.get(PROGRAM)).of(WORDS)
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
        if self.entitled(value, env.standing):
            return None
        found = env.standing(value) if env.standing is not None else None
        return Refused("programme", DECLARE_FIRST if found is None else _declare(found), code=NOT_ENTITLED)

    def entitled(self, code: str, standing: Standings | None = None) -> bool:
        """Whether a gmina may answer: any may, but where the form is for those with a programme or a declaration.

        `standing` is what is known today; where it says nothing of the gmina, the list decides.
        """
        if not self.programme:
            return True
        found = standing(code) if standing is not None else None
        return (self.attribute(code, WYKAZ) if found is None else found.wykaz) in ENTITLED

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
