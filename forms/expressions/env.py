"""What an expression looks at when it is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from forms.standing import Standings


class PublicNumber(Protocol):
    """What a public source says of a gmina in a year; see records.gus."""

    @property
    def value(self) -> Decimal: ...
    @property
    def source(self) -> str: ...
    @property
    def as_of(self) -> date: ...


@dataclass(slots=True)
class Env:
    """The values at hand. A name is looked up in the item first, then in the values; a missing one is None.

    `values` are answers and named conditions by name; `item` and `n` are the group's item at hand and its number
    from 1; `limits` gives the number of that name valid on a day; `previous` gives the answer of the previous period
    by the name or dotted path written in the expression (`koszt`, `tabela.wiersz.kolumna`); `standing` says how a gmina
    stands today, over what its list says.
    """

    values: Mapping[str, Any]
    item: Mapping[str, Any] | None = None
    n: int | None = None
    today: date = field(default_factory=date.today)
    limits: Callable[[str, date], Decimal | None] = lambda name, day: None
    previous: Callable[[str], Any] | None = None
    outer: Env | None = None  # set inside count(group, condition) only
    standing: Standings | None = None
    statistics: Callable[[str], PublicNumber | None] | None = None  # by the name of a variable, of this gmina and year


Run = Callable[[Env], Any]
