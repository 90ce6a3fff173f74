"""What a checklist is made of – areas, items, ratings, classes – and the score that its answers come to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from forms.expressions import Kind
from forms.formula import Formula, Text
from forms.key import Key
from forms.keys import Boolean, Expr, ListOf, Number, Plain, Struct, Translated, Whole
from forms.options import VALUE
from forms.types.rows import IdKey

TENTH = Decimal("0.1")
LONGEST_REMARK = 2_000


@dataclass(frozen=True, slots=True)
class Rating:
    """One grade of the scale. Without points (`nd`) the item is left out of the score."""

    value: str
    label: Text
    points: Decimal | None = None
    remark: int = 0  # characters that its remark must have


@dataclass(frozen=True, slots=True)
class Measure:
    """Something measured at an item; a value outside the limits contradicts the best rating."""

    unit: Text | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to rate. `basis` names the rule it comes from."""

    id: str
    label: Text
    hint: Text | None = None
    basis: Text | None = None
    weight: Decimal = Decimal(1)
    critical: bool = False
    measure: Measure | None = None
    when: Formula | None = None
    photo: bool = False
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """Items scored together."""

    id: str
    title: Text
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """A class of the result, from so many percent."""

    least: Decimal
    label: Text

    @property
    def code(self) -> str:
        """The label in the definition's first language: what expressions and exports see."""
        return "".join(str(part) for part in next(iter(self.label.wordings.values())))


SCALE: dict[str, Key] = {
    "value": Plain("Co jest zapisywane i eksportowane.", required=True, pattern=VALUE, example="nd"),
    "label": Translated("Nazwa oceny.", required=True),
    "points": Number("Punkty; bez nich pozycja nie liczy się do wyniku."),
    "remark": Whole("Ile znaków musi mieć uwaga przy tej ocenie.", default=0, most=LONGEST_REMARK),
}
MEASURES: dict[str, Key] = {
    "label": Translated("Co jest mierzone, na przykład: Szerokość drzwi."),
    "unit": Translated("Jednostka."),
    "min": Number("Najmniejsza wartość zgodna z najlepszą oceną."),
    "max": Number("Największa wartość zgodna z najlepszą oceną."),
}
ITEMS: dict[str, Key] = {
    "id": IdKey("Nazwa w wyrażeniach i eksporcie.", required=True),
    "label": Translated("Co jest oceniane.", required=True),
    "hint": Translated("Podpowiedź."),
    "basis": Translated("Podstawa, na przykład przepis."),
    "weight": Number("Waga w wyniku.", default=Decimal(1)),
    "critical": Boolean("Ocena bez punktów jest barierą krytyczną i obniża klasę."),
    "measure": Struct("Pomiar.", keys=MEASURES, build=Measure),
    "when": Expr("Pozycja jest oceniana tylko wtedy, gdy warunek jest spełniony.", wants=Kind.BOOLEAN, role="when"),
    "photo": Boolean("Do pozycji można dołączyć zdjęcia, każde z opisem."),
    "was": ListOf("Wcześniejsze id pozycji: dawne oceny i zdjęcia idą za nową nazwą.", item=IdKey(), single=True),
}
AREAS: dict[str, Key] = {
    "id": IdKey("Nazwa w wyrażeniach i eksporcie.", required=True),
    "title": Translated("Nagłówek obszaru.", required=True),
    "items": ListOf("Pozycje do oceny.", item=Struct(keys=ITEMS, build=Item), required=True),
}
GRADES: dict[str, Key] = {
    "from": Number("Od ilu procent.", required=True, as_name="least"),
    "label": Translated("Nazwa klasy.", required=True),
}


@dataclass(frozen=True, slots=True)
class Score:
    """The result. Scores are percent with one decimal, None where nothing has been rated."""

    score: Decimal | None
    areas: Mapping[str, Decimal | None]
    grade: Grade | None
    barriers: tuple[str, ...]  # ids of critical items rated with no points
    earned: Grade | None = None  # the class of the score alone; a better one than `grade` where barriers cap it

    @property
    def class_code(self) -> str | None:
        """The class as expressions and exports see it."""
        return None if self.grade is None else self.grade.code


def score(
    scale: Sequence[Rating],
    areas: Sequence[Area],
    grades: Sequence[Grade],
    cap: str,
    value: Mapping[str, Mapping[str, Any]],
) -> Score:
    """The result of the ratings in `value` (item id → {"rating": …}).

    An area's score is Σ points·weight / Σ best points·weight of its rated items, in percent, rounded half up to one
    decimal; the whole score is the same over all items. The class follows from the rounded score, so that 89.96 %
    shown as 90.0 % has the class of 90 %. A critical item rated with no points caps the class at `cap`.
    """
    points = {rating.value: rating.points for rating in scale if rating.points is not None}
    best = max(points.values(), default=Decimal(0))
    rated = {
        item.id: got
        for area in areas
        for item in area.items
        if (got := points.get(value.get(item.id, {}).get("rating", ""))) is not None
    }
    by_area = {area.id: _percent(area.items, rated, best) for area in areas}
    whole = _percent([item for area in areas for item in area.items], rated, best)
    barriers = tuple(
        item.id for area in areas for item in area.items if item.critical and item.id in rated and rated[item.id] == 0
    )
    earned, grade = _grade(whole, grades, ""), _grade(whole, grades, cap if barriers else "")
    return Score(whole, by_area, grade, barriers, earned)


def _percent(items: Iterable[Item], rated: Mapping[str, Decimal], best: Decimal) -> Decimal | None:
    counted = [item for item in items if item.id in rated]
    most = sum((item.weight * best for item in counted), Decimal(0))
    if not most:
        return None
    got = sum((item.weight * rated[item.id] for item in counted), Decimal(0))
    return (got / most * 100).quantize(TENTH, ROUND_HALF_UP)


def _grade(whole: Decimal | None, grades: Sequence[Grade], cap: str) -> Grade | None:
    """The class of a score, never better than `cap`."""
    if whole is None:
        return None
    falling = sorted(grades, key=lambda grade: grade.least, reverse=True)
    found = next((place for place, grade in enumerate(falling) if whole >= grade.least), None)
    if found is None:
        return None
    capped = next((place for place, grade in enumerate(falling) if grade.code == cap), 0)
    return falling[max(found, capped)]


def asked_items(areas: Iterable[Area], env: Any) -> Iterator[Item]:
    """The items whose condition holds."""
    return (item for area in areas for item in area.items if item.when is None or item.when(env))
