"""One thing that an edit of a form does: what it is, what it means for the answers already stored, where to count them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from forms.wording import Say

REMEMBERED, LONGEST_REMEMBERED = 10_000, 64  # different short answers whose verdict is kept at hand
EACH = ("*",)  # in a way: every row of a table
Way = tuple[tuple[str, ...], ...]
"""Where a field is stored: for each level the names it may have there (the present one first, then earlier ones)."""


class Effect(IntEnum):
    """What a change does to stored answers."""

    NONE = 0  # nothing: they stay as they are and mean what they meant
    REVIEW = 1  # they stay; drafts and corrections meet new rules, or somebody should look whether they mean the same
    LOSS = 2  # some are lost to drafts and corrections, or stand in one column with answers that mean something else


@dataclass(frozen=True, slots=True)
class Touch:
    """Which stored answers feel a change.

    `felt` is given the stored value (JSON), None where there is no answer; all answers at once when there is no way.
    """

    way: Way
    felt: Callable[[Any], bool]

    def __call__(self, answers: Mapping[str, Any]) -> bool:
        """Whether a response feels it; `answers` as they are stored."""
        if len(self.way) == 1:  # most fields; asked a hundred thousand times
            return self.felt(next((answers[name] for name in self.way[0] if name in answers), None))
        return any(self.felt(kept) for kept in _at(answers, self.way))


def remembering(felt: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """The same, with what it said of short texts and of numbers kept at hand: many answers come again and again."""
    known: dict[Any, bool] = {}

    def ask(kept: Any) -> bool:
        if not (type(kept) is int or (type(kept) is str and len(kept) <= LONGEST_REMEMBERED)):
            return felt(kept)
        found = known.get(kept)
        if found is None:
            found = felt(kept)
            if len(known) < REMEMBERED:
                known[kept] = found
        return found

    return ask


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `kind` is stable (`field-removed`); `path` is dotted (`uczestnicy.dieta`), "" for the whole form."""

    kind: str
    path: str
    effect: Effect
    what: Say
    thing: Say | None = None  # what it is about (`pole „Dieta”`)
    old: str = ""
    new: str = ""
    touch: Touch | None = None

    def __str__(self) -> str:
        """`pole „Dieta” (dieta): usunięte …`, in the language in force."""
        what = str(self.what)
        return f"{self.thing}: {what[:1].lower()}{what[1:]}" if self.thing is not None else what


def _at(kept: Any, way: Way) -> Iterator[Any]:
    """The stored values a way leads to, None for one that is missing where its group or table is there."""
    if not way:
        yield kept
        return
    names, *rest = way
    if names == EACH:
        for row in kept.values():
            if isinstance(row, dict):
                yield from _at(row, tuple(rest))
        return
    value = next((kept[name] for name in names if name in kept), None)
    if not rest:
        yield value
        return
    for item in value if isinstance(value, list) else (value,):
        if isinstance(item, dict):
            yield from _at(item, tuple(rest))
