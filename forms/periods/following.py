"""How an answer differs from the one of the previous period: part by part, for the page and for `warn_change`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from forms.definition import Field
from forms.expressions import Env
from forms.expressions.functions import percent_change, rounded
from forms.periods.past import CHANGED, Past
from forms.periods.series import PREVIOUS, STATISTICS, spoken
from forms.types.given import Refused
from forms.types.rows import with_unit
from forms.wording import Say, number, say


@dataclass(frozen=True, slots=True)
class Compared:
    """One value beside the previous one: of a field, or (with `part`, `label`) of a cell of a table."""

    field: Field  # whose type says how the value is written: the field itself, or a column
    part: str
    label: str
    unit: str
    value: Any
    previous: Any
    most: int | None  # the percentage beyond which a change is to be explained
    beside: bool  # whether the previous value stands beside this one

    @property
    def change(self) -> Decimal | None:
        """By how many percent the value has changed; None where that cannot be told (a text, from zero)."""
        if not (isinstance(self.value, Decimal) and isinstance(self.previous, Decimal)):
            return None
        return percent_change(self.value, self.previous)

    @property
    def told(self) -> str:
        """The change in words: `+12,5%`; "" where it cannot be told."""
        change = self.change
        return "" if change is None else signed(change)

    def shown(self, value: Any) -> str:
        """A value as it is written here."""
        if isinstance(value, dict):
            return str(say("brak danych – {reason}", reason=value.get("none", "")))
        text = self.field.type.show(value)
        return with_unit(text, self.unit) if self.unit else text

    @property
    def excessive(self) -> bool:
        """Whether the change is to be explained."""
        change = self.change
        return self.most is not None and change is not None and abs(change) > self.most


def compared(each: Field, value: Any, past: Past) -> Iterator[Compared]:
    """The parts of an answer that are followed and had a value in the previous period; `past` is that of its item."""
    if not each.type.cols:
        before = past(each.name)
        if before is not None:
            yield Compared(each, "", "", "", value, before, each.warn_change, _beside(each))
        return
    own = each.compare or each.prefill == PREVIOUS or each.warn_change is not None
    for row in getattr(each.type, "rows", ()):
        unit = str(row.unit) if row.unit is not None else ""
        for column in each.type.cols:
            before = past(f"{each.name}.{row.id}.{column.name}") if own or column.followed else None
            if before is None:
                continue
            label, most = f"{row.label} – {column.label}", column.warn_change or each.warn_change
            now = (value or {}).get(row.id, {}).get(column.name)
            beside = _beside(each) or _beside(column)
            yield Compared(column, f"{row.id}.{column.name}", label, unit, now, before, most, beside)


def _beside(each: Field) -> bool:
    return each.compare or each.warn_change is not None


def prefilled(each: Field, past: Past) -> Any:
    """What a question that nobody has answered yet starts with under `prefill`; None for nothing."""
    if each.prefill == PREVIOUS:
        return past(each.name)
    columns = {column.name for column in each.type.cols if column.prefill == PREVIOUS}
    before = past(each.name) if columns else None
    if not before:
        return None
    kept = {row: {name: cell for name, cell in cells.items() if name in columns} for row, cells in before.items()}
    return {row: cells for row, cells in kept.items() if cells} or None


def published(each: Field, env: Env) -> Any:
    """What a question that nobody has answered yet starts with under `prefill: statistics`; None for nothing."""
    found = env.statistics(each.statistics) if each.prefill == STATISTICS and env.statistics is not None else None
    if found is None:
        return None
    try:
        return each.type.parse({"": [f"{found.value:f}".replace(".", ",")]}, each)
    except Refused:  # a fraction where the question takes whole numbers
        return None


def warning_key(path: str, part: str) -> str:
    """Under what the explanation of a change is kept."""
    return f"{CHANGED}@{path}.{part}" if part else f"{CHANGED}@{path}"


def warning(one: Compared, period: str) -> Say:
    """What is asked of a person whose number is so unlike the previous one."""
    facts = {"now": one.shown(one.value), "before": one.shown(one.previous), "change": one.told}
    facts["period"] = str(spoken(period))
    if one.label:
        return say(
            "{label}: jest {now}, a poprzednio ({period}) było {before}, zmiana {change}. Popraw albo wyjaśnij zmianę.",
            label=one.label,
            **facts,
        )
    return say(
        "Jest {now}, a poprzednio ({period}) było {before}, zmiana {change}. Popraw albo wyjaśnij zmianę.", **facts
    )


def signed(change: Decimal) -> str:
    """A change in percent with its sign: `+12,5%`, `−3%`, `0%`."""
    change = rounded(change, Decimal(1)) or Decimal(0)
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return f"{sign}{number(abs(change))}%"
