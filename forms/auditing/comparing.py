"""Two audits of one building: item by item better, worse or the same, the scores of areas, barriers gone and new."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from forms.auditing.reading import Area, Findings, Rated

BETTER, WORSE, SAME, NEW, GONE = "better", "worse", "same", "new", "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """An item in both audits; `before` or `after` is None where only the other one rated it."""

    id: str
    label: str
    area: str
    before: Rated | None
    after: Rated | None
    how: str  # BETTER | WORSE | SAME | NEW (counts only now) | GONE (counted only before)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What has become of a building between two audits."""

    items: tuple[Change, ...]
    areas: tuple[tuple[Area, Decimal | None], ...]  # each area as it is, and its score before
    removed: tuple[str, ...]  # ids of critical barriers that were there and are not any more
    added: tuple[str, ...]
    lasting: tuple[str, ...]

    def count(self, how: str) -> int:
        """How many items have changed so."""
        return sum(each.how == how for each in self.items)


def compare(before: Findings, after: Findings) -> Comparison:
    """How `after` differs from `before`. An item is compared by its points, so that “does not apply” is neither better nor worse."""
    earlier = {each.id: each for each in before.items}
    later = {each.id: each for each in after.items}
    changes = []
    for id_ in [*later, *(each for each in earlier if each not in later)]:
        old, new = earlier.get(id_), later.get(id_)
        shown = new or old
        if shown is None or not any(each is not None and each.rating for each in (old, new)):
            continue
        changes.append(Change(id_, shown.label, shown.area, old, new, _how(old, new)))
    scores = {each.id: each.score for each in before.areas}
    was, is_ = set(before.barriers), set(after.barriers)
    return Comparison(
        items=tuple(changes),
        areas=tuple((each, scores.get(each.id)) for each in after.areas),
        removed=tuple(each for each in before.barriers if each not in is_),
        added=tuple(each for each in after.barriers if each not in was),
        lasting=tuple(each for each in after.barriers if each in was),
    )


def _how(old: Rated | None, new: Rated | None) -> str:
    before = _share(old)
    after = _share(new)
    if before is None or after is None:
        return SAME if before == after else NEW if before is None else GONE
    return SAME if before == after else BETTER if after > before else WORSE


def _share(rated: Rated | None) -> Decimal | None:
    return rated.points if rated is not None else None
