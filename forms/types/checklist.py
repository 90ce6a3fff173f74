"""A checklist: items in areas, each rated on one scale, with a remark and a measure; its keys and its parsing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from forms.definition import Field
from forms.expressions import Env, Kind
from forms.key import Key
from forms.keys import Boolean, ListOf, Plain, Struct
from forms.source import Node, nearest
from forms.types.choosing import CHOOSE
from forms.types.given import Refused, Typed
from forms.types.line import first, many_lines, one_line
from forms.types.measures import contradiction, read_measure
from forms.types.photos import PHOTO, judge_photos, read_photos
from forms.types.rated import MEASURE, RATING, REMARK, Rated
from forms.types.rows import required_now
from forms.types.scores import AREAS, GRADES, LONGEST_REMARK, SCALE, Area, Grade, Item, Rating, asked_items
from forms.wording import Say, number, say, say_n


@dataclass(frozen=True, eq=False)
class Checklist(Rated):
    """The type: what may be written in a definition, and what a person may answer."""

    name: ClassVar[str] = "checklist"
    doc: ClassVar[str] = "Lista kontrolna: ocena, uwaga i pomiar przy każdej pozycji, wynik w procentach i klasa."
    keys: ClassVar[Mapping[str, Key]] = {
        "scale": ListOf("Oceny od najlepszej.", item=Struct(keys=SCALE, build=Rating), required=True),
        "areas": ListOf("Obszary z pozycjami.", item=Struct(keys=AREAS, build=Area), required=True),
        "classes": ListOf("Klasy wyniku.", item=Struct(keys=GRADES, build=Grade)),
        "critical_caps": Plain("Najlepsza klasa, gdy jest bariera krytyczna.", default=""),
        "photo": Boolean("Do każdej pozycji można dołączyć zdjęcia, każde z opisem."),
    }
    fieldset: ClassVar[bool] = True

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]
        found: list[str] = []
        for item in self.items:
            found += [item.id, f"{item.id}.{REMARK}"]
            if item.measure is not None:
                found.append(f"{item.id}.{MEASURE}")
        return (*found, *self.attached)

    @property
    def kind(self) -> Kind:
        ratings = Kind.choice(
            [rating.value for rating in self.scale], {rating.value: rating.label for rating in self.scale}
        )
        area_kind = Kind.one({"score": Kind.NUMBER})
        return Kind.record(
            "checklist",
            {
                "score": (Kind.NUMBER, lambda value: self.score(value).score),
                "class": (
                    Kind.choice([grade.code for grade in self.classes]),
                    lambda value: self.score(value).class_code,
                ),
                "barriers": (Kind.NUMBER, lambda value: len(self.score(value).barriers)),
                **{area.id: (area_kind, self._area_getter(area.id)) for area in self.areas},
                **{item.id: (self._item_kind(item, ratings), self._getter(item.id, RATING)) for item in self.items},
            },
            of=Kind.ANY,
        )

    def _area_getter(self, area: str) -> Any:
        return lambda value: {"score": self.score(value).areas[area]}

    def _item_kind(self, item: Item, ratings: Kind) -> Kind:
        """An item is its rating, with all that stands beside it as attributes, which are there without a rating too."""
        parts = {RATING: ratings, REMARK: Kind.TEXT}
        if item.measure is not None:
            parts[MEASURE] = Kind.NUMBER
        if self.photographed(item):
            parts[PHOTO] = Kind.FILE
        members = {part: (kind, self._getter(item.id, part)) for part, kind in parts.items()}
        return Kind.record("item", members, of=ratings, part=True)

    def _getter(self, item: str, part: str) -> Any:
        return lambda value: value.get(item, {}).get(part)

    @property
    def best(self) -> Rating | None:
        """The rating with the most points."""
        with_points = [rating for rating in self.scale if rating.points is not None]
        return max(with_points, key=lambda rating: rating.points or Decimal(0), default=None)

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        names = [name for area in self.areas for name in (area.id, *(item.id for item in area.items))]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield "areas", say("Id „{name}” powtarza się w obszarach i pozycjach.", name=name), "duplicate-name"
        for name in sorted({"score", "class", "barriers"} & set(names)):
            yield "areas", say("Id „{name}” jest zajęte przez wynik. Wybierz inne.", name=name), "reserved-name"
        values = [rating.value for rating in self.scale]
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield "scale", say("Wartość „{value}” powtarza się na skali.", value=value), "duplicate-option"
        if self.best is None or not self.best.points:
            yield "scale", say("Co najmniej jedna ocena musi mieć punkty („points”) większe od zera."), "no-points"
        codes = [grade.code for grade in self.classes]
        if self.critical_caps and self.critical_caps not in codes:
            close = nearest(self.critical_caps, codes)
            what = say("Nie ma klasy „{name}”.", name=self.critical_caps)
            if close:
                what = say("Nie ma klasy „{name}” – czy chodziło o „{close}”?", name=self.critical_caps, close=close)
            yield "critical_caps", what, "unknown-value"
        for item in self.items:
            measure = item.measure
            if (
                measure is not None
                and measure.min is not None
                and measure.max is not None
                and measure.min > measure.max
            ):
                what = say(
                    "„min” ({min}) jest większe niż „max” ({max}).", min=number(measure.min), max=number(measure.max)
                )
                yield "areas", what, "min-over-max"

    def literal(self, node: Node) -> Typed:
        return {}  # a default for every item would rate in the person's stead

    # --- from people ---

    def parse(self, typed: Typed, field: Field) -> Any:
        known = {rating.value for rating in self.scale}
        value: dict[str, dict[str, Any]] = {}
        wrong: dict[str, Say] = {}
        kinds = []
        for item in self.items:
            rating = first(typed, item.id).strip()
            remark = many_lines(first(typed, f"{item.id}.{REMARK}")).strip()
            measure = one_line(first(typed, f"{item.id}.{MEASURE}")) if item.measure else ""
            photos = read_photos(typed, f"{item.id}.{PHOTO}", field) if self.photographed(item) else None
            entry: dict[str, Any] = {}
            if rating:
                entry[RATING] = rating
                if rating not in known:
                    wrong[item.id] = CHOOSE
                    kinds.append("option")
            if remark:
                entry[REMARK] = remark
                if len(remark) > LONGEST_REMARK:
                    what = say(
                        "Skróć tekst do {n} znaków. Teraz ma {m}.", n=number(LONGEST_REMARK), m=number(len(remark))
                    )
                    wrong[f"{item.id}.{REMARK}"] = what
                    kinds.append("max")
            if measure and item.measure:
                try:
                    entry[MEASURE] = read_measure(measure, item.measure)
                except Refused as refused:
                    wrong[f"{item.id}.{MEASURE}"] = refused.what
                    kinds.append(refused.kind)
            if photos:
                entry[PHOTO] = photos
            if entry:
                value[item.id] = entry
        if wrong:
            raise Refused(kinds[0], _summary(wrong), wrong)
        if not value:
            raise Refused("required", self.missing(field))
        return value

    def missing(self, field: Field) -> Say:
        return say("Oceń każdą pozycję listy.")

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        items = list(asked_items(self.areas, env))
        missing = [item.id for item in items if RATING not in value.get(item.id, {})]
        if missing and required_now(field, env):
            what = say_n(
                "Oceń wszystkie pozycje. Brakuje {n}: {items}.",
                "Oceń wszystkie pozycje. Brakuje {n}: {items}.",
                len(missing),
                items=", ".join(missing),
            )
            return Refused("required", what, dict.fromkeys(missing, say("Oceń tę pozycję.")), "OCENA_BRAK")
        short: dict[str, Say] = {}
        against: dict[str, Say] = {}
        best = self.best
        for item in items:
            entry = value.get(item.id, {})
            rating = self.rating(entry)
            if rating is None:
                continue
            written = len(entry.get(REMARK, ""))
            if written < rating.remark:
                short[f"{item.id}.{REMARK}"] = _short(item, rating, written)
            if rating is best and item.measure is not None and MEASURE in entry:
                wrong = contradiction(item, item.measure, entry[MEASURE], rating)
                if wrong is not None:
                    against[item.id] = wrong
        if against:
            return Refused("measure", _summary(against), against, "POMIAR_SPRZ")
        if short:
            return Refused("remark", _summary(short), short, "ND_UZAS")
        return judge_photos({item.id: value.get(item.id, {}) for item in items}, field, env)

    def complete(self, value: Any, env: Env | None = None) -> Any:
        """The value without items that are not asked, when `env` says which are."""
        if env is None:
            return value
        return {item.id: value[item.id] for item in asked_items(self.areas, env) if item.id in value} or None


def _short(item: Item, rating: Rating, written: int) -> Say:
    return say_n(
        "Uzasadnij ocenę „{rating}” w pozycji {item} – napisz co najmniej {n} znak. Wpisano {m}.",
        "Uzasadnij ocenę „{rating}” w pozycji {item} – napisz co najmniej {n} znaków. Wpisano {m}.",
        rating.remark,
        rating=rating.label,
        item=item.id,
        m=written,
    )


def _summary(wrong: Mapping[str, Say]) -> Say:
    items = dict.fromkeys(part.partition(".")[0] for part in wrong)
    return say_n("Popraw {n} pozycję: {items}.", "Popraw {n} pozycji: {items}.", len(items), items=", ".join(items))
