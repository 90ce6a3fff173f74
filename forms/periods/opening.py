"""`period: {open: …}`: the period that the form collects now. Its question takes no other, and begins with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from forms import source
from forms.definition import Field, Step
from forms.formula import Default
from forms.periods.series import GOES_BY, LIKE, Period
from forms.reading import Reading
from forms.source import Scalar
from forms.types.base import FieldType
from forms.types.given import Refused
from forms.wording import long_moment, say


def collecting(
    steps: tuple[Step, ...],
    root: source.Mapping,
    period: Period | None,
    closes: datetime | None,
    reading: Reading,
) -> tuple[Step, ...]:
    """The steps, with the question that names the period narrowed to the one that is open; mistakes are reported.

    A correction keeps the period that it was sent with all the same: see forms.judging.
    """
    told = root.get("period")
    node = told.get("open") if isinstance(told, source.Mapping) else None
    due = told.get("due") if isinstance(told, source.Mapping) else None
    if period is None or not period.open or node is None:
        if due is not None:
            reading.problem(due, "due-without-open", say("„due” mówi, do kiedy czeka się na okres z klucza „open” – dodaj „open”."))  # fmt: skip
        return steps
    if due is not None:
        _awaited(due, period, closes, reading)
    if period.of(period.open) is None:
        what = say("„{open}” nie nazywa okresu – zapisz go tak: {like}.", open=period.open, like=LIKE[period.every])
        reading.problem(node, "wrong-period", what)
        return steps
    found = next((each for step in steps for each in step.fields if each.name == period.field), None)
    if found is None or period.every not in GOES_BY.get(found.type.name, ()):
        return steps  # reported with the other mistakes of the series
    if not _takes(found.type, period):
        what = say(
            "Pole „{name}” nie przyjmuje okresu „{open}”. Popraw „open” albo usuń z pola „min” i „max” – wynikają z „open”.",
            name=found.name,
            open=period.open,
        )
        reading.problem(node, "wrong-period", what)
        return steps
    asked = replace(found, type=_narrowed(found.type, period))
    if asked.default is None and isinstance(node, Scalar) and _begins(asked, node, period):
        asked = replace(asked, default=Default(node))
    return tuple(
        replace(step, fields=tuple(asked if each is found else each for each in step.fields)) for step in steps
    )


def _awaited(due: Any, period: Period, closes: datetime | None, reading: Reading) -> None:
    """Warns of a period that is awaited longer than the form takes answers: after it has closed nobody could send any."""
    if period.due is not None and closes is not None and period.due > closes:
        what = say(
            "„due” jest później niż zamknięcie ({closes}), a po zamknięciu gmina niczego nie wyśle. Daj wcześniejsze „due”, "
            "późniejsze „closes” albo usuń „due”.",
            closes=long_moment(closes),
        )
        reading.problem(due, "due-after-closes", what, "warning")


def _takes(kind: FieldType, period: Period) -> bool:
    """Whether the type takes some answer that names the open period."""
    if options := kind.options.items:
        return any(period.of(each.value) == period.open and not each.retired for each in options)
    least, most = kind.extent
    named = _values(kind, period)
    return any((least is None or each >= least) and (most is None or each <= most) for each in named)


def _narrowed(kind: FieldType, period: Period) -> FieldType:
    """The type, taking only answers that name the open period."""
    changed: dict[str, Any]
    if options := kind.options.items:
        kept = (each if period.of(each.value) == period.open else replace(each, retired=True) for each in options)
        changed = {"options": replace(kind.options, items=tuple(kept))}
    else:
        named = _values(kind, period)
        changed = {"min": min(named), "max": max(named)}
    return replace(kind, **changed)


def _values(kind: FieldType, period: Period) -> list[Any]:
    """The answers of the type that name the open period; of a month field in a yearly series all its months."""
    found = []
    for kept in period.answers(period.open):
        try:
            value = kind.load(kept)
        except (ValueError, TypeError):
            continue
        if period.of(value) == period.open:
            found.append(value)
    return found


def _begins(asked: Field, node: Scalar, period: Period) -> bool:
    """Whether what the author wrote under `open` is an answer as it stands."""
    try:
        return period.of(asked.type.parse(asked.type.literal(node), asked)) == period.open
    except Refused:
        return False
