"""A year, as a number of four digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.definition import Field
from forms.expressions import Env, Kind
from forms.key import Key
from forms.types.given import Refused
from forms.types.line import limit, outside
from forms.types.moments import Moment, bounds
from forms.wording import Say, say

OUTSIDE: Mapping[str, Callable[..., Say]] = {
    "both": lambda min, max: say("Wpisz rok od {min} do {max}.", min=min, max=max),
    "min": lambda min: say("Wpisz rok nie wcześniejszy niż {min}.", min=min),
    "max": lambda max: say("Wpisz rok nie późniejszy niż {max}.", max=max),
}


def _plain(year: Any) -> str:
    return str(int(year))  # a formula gives a decimal; a year has no thousands to set apart


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
        return outside(value, limit(self.min, env), limit(self.max, env), OUTSIDE, _plain)

    def brief(self, value: Any) -> str:
        return str(value)

    def dump(self, value: Any) -> Any:
        return value

    def load(self, kept: Any) -> int:
        if type(kept) is not int:
            raise ValueError("not a stored year")
        return kept
