"""What is measured at an item of a checklist: reading it, showing it, and when it contradicts the best rating."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from forms.types.numbers import parse_number
from forms.types.rows import with_unit
from forms.types.scores import Item, Measure, Rating
from forms.wording import NBSP, Say, gender, number, say

LESS: Mapping[str, Say] = {"f": say("mniejsza"), "n": say("mniejsze"), "m": say("mniejszy")}
MORE: Mapping[str, Say] = {"f": say("większa"), "n": say("większe"), "m": say("większy")}


def read_measure(text: str, measure: Measure) -> Decimal:
    """The number in a clean text, with or without the unit after it. Raises Refused."""
    unit = str(measure.unit or "").casefold()
    if unit and text.casefold().endswith(unit):
        text = text[: len(text) - len(unit)].rstrip()
    return parse_number(text)


def show_measure(measure: Measure, value: Decimal) -> str:
    """`Szerokość drzwi: 82 cm`."""
    return f"{measure.label or say('Pomiar')}:{NBSP}{_with_unit(measure, value)}"


def contradiction(item: Item, measure: Measure, value: Decimal, best: Rating) -> Say | None:
    """What to tell when a measure outside its limits stands beside the best rating; None when it is within them."""
    name = str(measure.label or say("Pomiar"))
    if measure.min is not None and value < measure.min:
        than, limit = LESS, measure.min
    elif measure.max is not None and value > measure.max:
        than, limit = MORE, measure.max
    else:
        return None
    return say(
        "{name} {value} jest {than} niż {limit}, więc pozycja {item} nie może mieć oceny „{rating}”. "
        "Popraw pomiar albo ocenę.",
        name=name,
        value=_with_unit(measure, value),
        than=than[gender(name)],
        limit=_with_unit(measure, limit),
        item=item.id,
        rating=best.label,
    )


def _with_unit(measure: Measure, value: Decimal) -> str:
    return with_unit(number(value), str(measure.unit)) if measure.unit is not None else number(value)
