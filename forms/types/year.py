"""A year, as a number of four digits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.definition import Field
from forms.expressions import Env, Kind
from forms.keys import Key
from forms.types.base import Refused
from forms.types.line import limit
from forms.types.moments import Moment, bounds
from forms.wording import say


@dataclass(frozen=True, eq=False)
class Year(Moment):
    """A year."""

    name: ClassVar[str] = "year"
    doc: ClassVar[str] = "Rok."
    keys: ClassVar[Mapping[str, Key]] = bounds(int, Kind.NUMBER)
    column: ClassVar[str] = "number"
    whole: ClassVar[bool] = True
    example: ClassVar[str] = "2027"

    @property
    def kind(self) -> Kind:
        return Kind.NUMBER

    def read(self, text: str) -> int:
        found = re.fullmatch(r"([12][0-9]{3})(?: ?r(?:\.|oku)?)?", text)
        if found is None:
            raise Refused("format", say("Wpisz rok czterema cyframi, na przykład 2027."))
        return int(found[1])

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        least, most = limit(self.min, env), limit(self.max, env)
        low, high = least is not None and value < least, most is not None and value > most
        if not low and not high:
            return None
        if least is not None and most is not None and least <= most:
            what = say("Wpisz rok od {min} do {max}.", min=int(least), max=int(most))
        elif low:
            what = say("Wpisz rok nie wcześniejszy niż {min}.", min=int(least))
        else:
            what = say("Wpisz rok nie późniejszy niż {max}.", max=int(most))
        return Refused("min" if low else "max", what)

    def brief(self, value: Any) -> str:
        return str(value)

    def dump(self, value: Any) -> Any:
        return value

    def load(self, kept: Any) -> int:
        if type(kept) is not int:
            raise ValueError("not a stored year")
        return kept
