"""What a response proposes: the entry as it would be, by the expressions under the key `register` of its form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from forms.expressions import Env
from forms.register import Register
from forms.types.given import Refused
from forms.wording import Say
from records.register.columns import BY_NAME, ENTERED, STRUCK, Column
from records.register.entries import Programme, Version

LAST = "valid_to"


@dataclass(frozen=True)
class Proposal:
    """The entry as it is (None: the gmina has none in the Wykaz), as it would be, and what of the answers does not fit."""

    base: Version | None
    programme: Programme
    strikes: bool
    unfit: tuple[tuple[Column, str, Say], ...] = ()

    @property
    def differences(self) -> list[tuple[Column, str, str]]:
        """(column, now, proposed) of what would change."""
        before = self.base.programme if self.base is not None else Programme(self.programme.gmina)
        return before.differences(self.programme)


def propose(mapping: Register, env: Env, gmina: str, base: Version | None, day: date) -> Proposal:
    """What the answers in `env` say of the entry of a gmina; what they do not say stays as it is.

    A striking off changes nothing but the state, whatever else was answered; `day` is its day.
    """
    values: dict[str, Any] = dict(base.programme.values) if base is not None else {"status": ENTERED}
    if mapping.strike is not None and mapping.strike(env) is True:
        return Proposal(base, Programme(gmina, {**values, "status": STRUCK, "struck_on": day}), strikes=True)
    unfit = []
    for name, formula in mapping.columns.items():
        answer, column = formula(env), BY_NAME[name]
        if answer is None:
            continue
        try:
            value = column.parse(_typed(answer, name))
        except Refused as refused:
            unfit.append((column, _typed(answer, name), refused.what))
            continue
        if value is not None:
            values[name] = value
    return Proposal(base, Programme(gmina, values), False, tuple(unfit))


def _typed(answer: Any, name: str) -> str:
    """An answer as it would be typed into the column; a year becomes its first day, or its last one."""
    if isinstance(answer, Decimal | int) and not isinstance(answer, bool):
        if BY_NAME[name].input == "date":
            year = int(answer)
            return date(year, 12, 31).isoformat() if name == LAST else date(year, 1, 1).isoformat()
        return f"{Decimal(answer):f}".replace(".", ",")
    return answer.isoformat() if isinstance(answer, date) else str(answer)
