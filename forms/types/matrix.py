"""A matrix: the same options for each of several rows, such as how far one agrees with each sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Words
from forms.expressions import Env, Kind
from forms.key import Key
from forms.options import NO_OPTIONS, Options, OptionsKey
from forms.source import Node
from forms.types.choices import GONE
from forms.types.choosing import CHOOSE
from forms.types.given import Column, Refused, Typed
from forms.types.line import first
from forms.types.rows import Listed, Rowed, RowsKey, asked_rows, quoted, required_now, rows_fixed
from forms.wording import say, say_n


@dataclass(frozen=True, eq=False)
class Matrix(Rowed):
    """One option for each row: a dict of row id to option value; `required` means every row that is asked."""

    name: ClassVar[str] = "matrix"
    doc: ClassVar[str] = "Te same odpowiedzi w każdym wierszu."
    keys: ClassVar[Mapping[str, Key]] = {
        "rows": RowsKey("Wiersze: zdania albo rzeczy do oceny.", required=True),
        "options": OptionsKey("Odpowiedzi, te same w każdym wierszu.", required=True),
    }

    options: Options = NO_OPTIONS

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(row.id for row in self.rows)

    @property
    def kind(self) -> Kind:
        choice = Kind.choice(self.options.values, self.options.labels)
        return Kind.one({row.id: choice for row in self.rows})

    @property
    def options_fixed(self) -> bool:
        return self.options.fixed and rows_fixed(self.rows)

    def literal(self, node: Node) -> Typed:
        return {}  # a default for every row would answer in the person's stead

    # --- from people ---

    def parse(self, typed: Typed, field: Field) -> Any:
        value: dict[str, str] = {}
        wrong = {}
        for row in self.rows:
            text = first(typed, row.id).strip()
            if text and self.options.get(text) is None:
                wrong[row.id] = CHOOSE
            elif text:
                value[row.id] = text
        if wrong:
            raise Refused("option", CHOOSE, wrong)
        if not value:
            raise Refused("required", self.missing(field))
        return value

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        rows = tuple(asked_rows(self.rows, env))
        offered = {option.value for option in self.offered(env)}
        gone = [row.id for row in rows if row.id in value and value[row.id] not in offered]
        if gone:
            return Refused("option", GONE, dict.fromkeys(gone, GONE))
        missing = [row.id for row in rows if row.id not in value]
        if missing and required_now(field, env):
            what = say_n(
                "Zaznacz odpowiedź w każdym wierszu. Brakuje {n}: {rows}.",
                "Zaznacz odpowiedź w każdym wierszu. Brakuje {n}: {rows}.",
                len(missing),
                rows=self._names(missing),
            )
            return Refused("required", what, dict.fromkeys(missing, say("Zaznacz odpowiedź.")))
        return None

    def complete(self, value: Any, env: Env | None = None) -> Any:
        """The value without rows that are not asked, when `env` says which are."""
        if env is None:
            return value
        asked = {row.id for row in asked_rows(self.rows, env)}
        return {row: chosen for row, chosen in value.items() if row in asked} or None

    # --- to people ---

    def typed(self, value: Any) -> Typed:
        return {row: [chosen] for row, chosen in value.items()}

    def fills(self, typed: Typed) -> Iterable[tuple[str, str | bool]]:
        for part, texts in typed.items():
            if texts:
                yield f"chosen:{part}:{texts[0]}", True

    def heads(self, words: Words) -> Sequence[str]:
        return [words.text(option.label) for option in self.options.items if not option.retired]

    def described(self, words: Words) -> Described:
        return replace(super().described(words), marks=True)

    def details(self, value: Any) -> Sequence[tuple[str, str]]:
        return [(str(row.label), self._word(value[row.id])) for row in self.rows if row.id in value]

    def _word(self, chosen: str) -> str:
        option = self.options.get(chosen)
        return str(option.label) if option is not None else chosen

    def _names(self, rows: Iterable[str]) -> Listed:
        wanted = set(rows)
        return Listed(tuple(quoted(row.label) for row in self.rows if row.id in wanted))

    # --- to disk and out ---

    def load(self, kept: Any) -> Any:
        if not isinstance(kept, dict) or not all(isinstance(chosen, str) for chosen in kept.values()):
            raise ValueError("not a stored matrix")
        known = {
            row: chosen for row, chosen in kept.items() if row in self.parts and self.options.get(chosen) is not None
        }
        if kept and not known:
            raise ValueError("a matrix of other rows")
        return known

    def chosen(self, kept: Any) -> Iterable[str]:
        return kept.values() if isinstance(kept, dict) else ()

    def columns(self, field: Field) -> tuple[Column, ...]:
        return tuple(Column(row.id, "code", str(row.label)) for row in self.rows)

    def cells(self, value: Any) -> Sequence[Any]:
        return tuple(value.get(row.id) for row in self.rows)

    def words(self, value: Any) -> Sequence[Any]:
        return tuple(self._word(value[row.id]) if row.id in value else None for row in self.rows)
