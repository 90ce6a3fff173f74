"""What one audit found: scores, class, barriers, ratings with photographs, recommendations – read from its answers."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from forms.answers import Outcome
from forms.auditing.key import Audit, Pictured, Recommended
from forms.definition import Field, Form
from forms.types.checklist import Checklist
from forms.types.choices import Choice
from forms.types.file import ALT
from forms.types.measures import show_measure
from forms.types.photos import PHOTO
from forms.types.rated import MEASURE, RATING, REMARK
from forms.types.scores import Item, asked_items


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph at an item: the id of the stored file, and what can be seen on it."""

    file: int
    alt: str


@dataclass(frozen=True, slots=True)
class Rated:
    """One item as it was rated. `points` is None for a rating that does not count, and without a rating."""

    id: str
    area: str
    label: str
    critical: bool
    rating: str
    said: str  # the rating in words, "" without one
    points: Decimal | None
    remark: str = ""
    measure: str = ""
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """An area with its score in percent, None where nothing was rated."""

    id: str
    title: str
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What should be done about an item. `path` names it within its audit: the item, with a number from the second on."""

    path: str
    item: str
    text: str
    priority: str = ""
    rank: int = 0  # 0 is the most urgent
    cost: Decimal | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that an audit came to."""

    building: str
    day: date | None
    score: Decimal | None
    grade: str
    best: Decimal
    areas: tuple[Area, ...]
    items: tuple[Rated, ...]
    barriers: tuple[str, ...]
    recommendations: tuple[Recommendation, ...]
    photos: tuple[Photo, ...] = ()  # of the whole building
    earned: str = ""  # the class that the score alone would give, where critical barriers lower it

    def item(self, id_: str) -> Rated | None:
        """The item of that id, if it was asked."""
        return next((each for each in self.items if each.id == id_), None)


def findings(form: Form, found: Outcome, audit: Audit) -> Findings | None:
    """What the answers (walked under `form`) come to by the key `audit`, which may be that of a later version of the form.

    None where this version has no such ratings, or nothing was rated.
    """
    ratings = _field(form, audit.ratings)
    value = found.values.get(ratings.name) if ratings is not None else None
    if ratings is None or not isinstance(ratings.type, Checklist) or not value:
        return None
    kind = ratings.type
    result = kind.score(value)
    day = found.values.get(audit.date)
    return Findings(
        building=_building(form, found, audit),
        day=day if isinstance(day, date) else None,
        score=result.score,
        grade=str(result.grade.label) if result.grade is not None else "",
        best=kind.best.points if kind.best is not None and kind.best.points is not None else Decimal(0),
        areas=tuple(Area(each.id, str(each.title), result.areas[each.id]) for each in kind.areas),
        items=tuple(_items(kind, value, found)),
        barriers=result.barriers,
        recommendations=tuple(_recommendations(form, found, audit.recommendations)) if audit.recommendations else (),
        photos=tuple(_photos(found, audit.photos)) if audit.photos else (),
        earned=str(result.earned.label) if result.earned is not None and result.earned != result.grade else "",
    )


def _field(form: Form, name: str) -> Field | None:
    """The question of this name; in an older version the one that is called so today is found by its name alone."""
    return next((each for each in form.fields if each.name == name), None)


def _building(form: Form, found: Outcome, audit: Audit) -> str:
    """What the building is called, from one question or several."""
    parts = []
    for name in audit.building:
        each, value = _field(form, name), found.values.get(name)
        if each is not None and value is not None:
            parts.append(" ".join(each.type.show(value).split()))
    return ", ".join(part for part in parts if part)


def _items(kind: Checklist, value: Mapping[str, Mapping[str, Any]], found: Outcome) -> Iterator[Rated]:
    asked = {each.id for each in asked_items(kind.areas, found.env)}
    for area in kind.areas:
        for item in area.items:
            if item.id in asked or item.id in value:
                yield _rated(kind, area.id, item, value.get(item.id, {}))


def _rated(kind: Checklist, area: str, item: Item, entry: Mapping[str, Any]) -> Rated:
    rating = kind.rating(entry)
    measured = MEASURE in entry and item.measure is not None
    return Rated(
        id=item.id,
        area=area,
        label=str(item.label),
        critical=item.critical,
        rating=str(entry.get(RATING, "")),
        said=str(rating.label) if rating is not None else "",
        points=rating.points if rating is not None else None,
        remark=str(entry.get(REMARK, "")),
        measure=show_measure(item.measure, entry[MEASURE]) if measured and item.measure is not None else "",
        photos=tuple(Photo(int(each["id"]), str(each.get(ALT, ""))) for each in entry.get(PHOTO, ())),
    )


def _photos(found: Outcome, said: Pictured) -> Iterator[Photo]:
    entries = found.values.get(said.group)
    for entry in entries if isinstance(entries, list) else ():
        for file in entry.get(said.file) or ():
            yield Photo(int(file["id"]), str(entry.get(said.text) or file.get(ALT, "")))


def _recommendations(form: Form, found: Outcome, said: Recommended) -> Iterator[Recommendation]:
    group = _field(form, said.group)
    entries = found.values.get(said.group)
    if group is None or not group.fields or not isinstance(entries, list):
        return
    inner = {each.name: each for each in group.fields}
    times: dict[str, int] = {}
    for entry in entries:
        item = str(entry.get(said.item) or "").strip().upper()
        text = str(entry.get(said.text) or "").strip()
        if not item and not text:
            continue
        times[item] = times.get(item, 0) + 1
        priority = entry.get(said.priority)
        order = _order(inner.get(said.priority))
        cost = entry.get(said.cost)
        yield Recommendation(
            path=item if times[item] == 1 else f"{item}-{times[item]}",
            item=item,
            text=text,
            priority=inner[said.priority].type.show(priority) if priority else "",
            rank=order.index(priority) if priority in order else len(order),
            cost=Decimal(cost) if cost is not None else None,
            due=_due(entry.get(said.due), inner.get(said.due)),
        )


def _order(field: Field | None) -> list[str]:
    """The values of a choice as its options stand, the most urgent first."""
    return [each.value for each in field.type.options.items] if field and isinstance(field.type, Choice) else []


def _due(value: Any, field: Field | None) -> date | None:
    """The last day of it: of a month its last."""
    if not isinstance(value, date) or field is None:
        return None
    if field.type.name == "month":
        return value.replace(day=calendar.monthrange(value.year, value.month)[1])
    return value
