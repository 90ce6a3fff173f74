"""What an indicator is once its file has been read: frozen objects that hold finished values."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from forms.formula import Formula
from forms.problems import Problem

UP, DOWN = "up", "down"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number worked out of a report: `formula` over the form's fields, in `unit`, written with `places` decimals.

    `direction` says whether more is better (UP) or less (DOWN), "" where neither is; `target` is what is aimed at. `total` is
    whether a sum over gminy means anything: of people it does, of percentages it does not.
    """

    slug: str
    name: str
    label: str
    formula: Formula
    unit: str = ""
    sphere: str = ""
    source: str = ""
    direction: str = ""
    target: Decimal | None = None
    places: int = 2
    total: bool = True

    @property
    def hash(self) -> str:
        """Changes with what changes the values: the form and the formula, not the words around them."""
        return hashlib.sha256(f"{self.slug}\n{self.formula.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a powiat stands on the map of tiles, counted from 1 at the top left; `short` is what fits in the tile."""

    powiat: str
    row: int
    column: int
    short: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file of one form: its indicators in order (none while it has mistakes and never was good), and its mistakes.

    `shown` is whether a gmina sees its values beside the median of its peers on the private page of its report.
    """

    slug: str
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    shown: bool = False
    problems: tuple[Problem, ...] = ()
    text: str = ""
