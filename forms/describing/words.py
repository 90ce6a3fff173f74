"""A question as it is described to staff and printed for people who fill it in on paper: what types say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from forms.formula import Formula, Text
from forms.options import Option
from forms.wording import Say, number, say


class Words(Protocol):
    """Turns what stands in a definition into words: labels instead of names, a gap instead of an answer."""

    def text(self, text: Text | None) -> str:
        """A text for readers; "" for none."""
        ...

    def formula(self, formula: Formula) -> str:
        """An expression in words; names and values stand between asterisks."""
        ...


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to tick. `own` leaves a line to write on; `when` is the condition under which it may be ticked."""

    label: str
    hint: str = ""
    when: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid; a `heading` stands over the rows that follow and has no cells."""

    label: str
    hint: str = ""
    when: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """What a type says of one field: `facts` are sentences for staff, the rest is how its answer is drawn on paper."""

    facts: tuple[str, ...] = ()
    ticks: tuple[Tick, ...] = ()
    many: bool = False  # several may be ticked
    parts: tuple[str, ...] = ()  # several short answers, each with its own name
    rows: tuple[Line, ...] = ()
    columns: tuple[str, ...] = ()
    marks: bool = False  # the cells of the grid are ticked, not written in
    remarks: str = ""  # the heading of a last column to write in
    lines: int = 1  # how many lines to write on, where there is nothing else
    unit: str = ""
    text: str = ""  # Markdown to read before answering


NOTHING = Described(lines=0)
AMOUNT: Mapping[str, Callable[..., Say]] = {
    "both": lambda name, min, max: say("{name}: od {min} do {max}.", name=name, min=min, max=max),
    "min": lambda name, min, max: say("{name}: co najmniej {min}.", name=name, min=min),
    "max": lambda name, min, max: say("{name}: najwyżej {max}.", name=name, max=max),
}
MOMENT: Mapping[str, Callable[..., Say]] = {
    "both": lambda name, min, max: say("Najwcześniej: {min}, najpóźniej: {max}.", min=min, max=max),
    "min": lambda name, min, max: say("Najwcześniej: {min}.", min=min),
    "max": lambda name, min, max: say("Najpóźniej: {max}.", max=max),
}
VALUE = say("Wartość")


def limits(
    words: Words,
    least: Any,
    most: Any,
    name: Say = VALUE,
    show: Callable[[Any], str] = number,
    phrases: Mapping[str, Callable[..., Say]] = AMOUNT,
) -> tuple[str, ...]:
    """The limits of a value, each one a value (written by `show`), a formula or None, as one sentence or none."""
    low, high = (
        "" if bound is None else words.formula(bound) if isinstance(bound, Formula) else show(bound)
        for bound in (least, most)
    )
    which = "both" if low and high else "min" if low else "max" if high else ""
    return (str(phrases[which](name, low, high)),) if which else ()


def condition(words: Words, when: Formula | None) -> str:
    """A condition in words; "" for none."""
    return "" if when is None else words.formula(when)


def ticks(words: Words, options: Iterable[Option], *more: Say | Text | None, other: bool = False) -> tuple[Tick, ...]:
    """The options in use, then `more` ones without a condition, then „Inne – jakie?” when there is `other`."""
    found = [
        Tick(words.text(each.label), words.text(each.hint), condition(words, each.when))
        for each in options
        if not each.retired
    ]
    found += [Tick(str(each) if isinstance(each, Say) else words.text(each)) for each in more if each is not None]
    return (*found, *([Tick(str(say("Inne – jakie?")), own=True)] if other else []))
