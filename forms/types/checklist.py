"""A checklist: items in areas, each rated on one scale, with a remark and a measure – and the score that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from forms.definition import Field
from forms.expressions import Env, Kind
from forms.keys import Key, ListOf, Plain, Struct
from forms.source import Node, nearest
from forms.types.base import Column, FieldType, Refused, Typed
from forms.types.choices import CHOOSE
from forms.types.line import first, many_lines, one_line
from forms.types.measures import contradiction, read_measure, show_measure
from forms.types.rows import required_now, row_fills
from forms.types.scores import (
    AREAS,
    GRADES,
    LONGEST_REMARK,
    SCALE,
    Area,
    Grade,
    Item,
    Rating,
    Score,
    asked_items,
    score,
)
from forms.wording import Say, number, say, say_n, speaking

RATING, REMARK, MEASURE = "rating", "remark", "measure"


@dataclass(frozen=True, eq=False)
class Checklist(FieldType):
    """A dict of item id to {"rating", "remark", "measure"}, each there when it was given."""

    name: ClassVar[str] = "checklist"
    keys: ClassVar[Mapping[str, Key]] = {
        "scale": ListOf("Oceny od najlepszej.", item=Struct(keys=SCALE, build=Rating), required=True),
        "areas": ListOf("Obszary z pozycjami.", item=Struct(keys=AREAS, build=Area), required=True),
        "classes": ListOf("Klasy wyniku.", item=Struct(keys=GRADES, build=Grade)),
        "critical_caps": Plain("Najlepsza klasa, gdy jest bariera krytyczna.", default=""),
    }
    fieldset: ClassVar[bool] = True

    scale: tuple[Rating, ...] = ()
    areas: tuple[Area, ...] = ()
    classes: tuple[Grade, ...] = ()
    critical_caps: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in order."""
        return tuple(item for area in self.areas for item in area.items)

    @property
    def parts(self) -> tuple[str, ...]:  # type: ignore[override]
        found: list[str] = []
        for item in self.items:
            found += [item.id, f"{item.id}.{REMARK}"]
            if item.measure is not None:
                found.append(f"{item.id}.{MEASURE}")
        return tuple(found)

    @property
    def kind(self) -> Kind:
        ratings = Kind.choice([rating.value for rating in self.scale], {rating.value: rating.label for rating in self.scale})
        area_kind = Kind.one({"score": Kind.NUMBER})
        return Kind.record(
            "checklist",
            {
                "score": (Kind.NUMBER, lambda value: self.score(value).score),
                "class": (Kind.choice([grade.code for grade in self.classes]), lambda value: self.score(value).class_code),
                "barriers": (Kind.NUMBER, lambda value: len(self.score(value).barriers)),
                **{area.id: (area_kind, self._area_getter(area.id)) for area in self.areas},
                **{item.id: (ratings, self._item_getter(item.id)) for item in self.items},
            },
            of=Kind.ANY,
        )

    def _area_getter(self, area: str) -> Any:
        return lambda value: {"score": self.score(value).areas[area]}

    def _item_getter(self, item: str) -> Any:
        return lambda value: value.get(item, {}).get(RATING)

    def score(self, value: Mapping[str, Mapping[str, Any]]) -> Score:
        """The result of the ratings so far."""
        return score(self.scale, self.areas, self.classes, self.critical_caps, value)

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
            if measure is not None and measure.min is not None and measure.max is not None and measure.min > measure.max:
                what = say("„min” ({min}) jest większe niż „max” ({max}).", min=number(measure.min), max=number(measure.max))
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
            entry: dict[str, Any] = {}
            if rating:
                entry[RATING] = rating
                if rating not in known:
                    wrong[item.id] = CHOOSE
                    kinds.append("option")
            if remark:
                entry[REMARK] = remark
                if len(remark) > LONGEST_REMARK:
                    what = say("Skróć tekst do {n} znaków. Teraz ma {m}.", n=number(LONGEST_REMARK), m=number(len(remark)))
                    wrong[f"{item.id}.{REMARK}"] = what
                    kinds.append("max")
            if measure and item.measure:
                try:
                    entry[MEASURE] = read_measure(measure, item.measure)
                except Refused as refused:
                    wrong[f"{item.id}.{MEASURE}"] = refused.what
                    kinds.append(refused.kind)
            if entry:
                value[item.id] = entry
        if wrong:
            raise Refused(kinds[0], _summary(wrong), wrong)
        if not value:
            raise Refused("required", self.missing(field))
        return value

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
            rating = self._rating(entry)
            if rating is None:
                continue
            written = len(entry.get(REMARK, ""))
            if written < rating.remark:
                short[f"{item.id}.{REMARK}"] = _short(item, rating, written)
            if rating is best and item.measure is not None and MEASURE in entry:
                what = contradiction(item, item.measure, entry[MEASURE], rating)
                if what is not None:
                    against[item.id] = what
        if against:
            return Refused("measure", _summary(against), against, "POMIAR_SPRZ")
        if short:
            return Refused("remark", _summary(short), short, "ND_UZAS")
        return None

    def complete(self, value: Any, env: Env | None = None) -> Any:
        """The value without items that are not asked, when `env` says which are."""
        if env is None:
            return value
        return {item.id: value[item.id] for item in asked_items(self.areas, env) if item.id in value} or None

    def _rating(self, entry: Mapping[str, Any]) -> Rating | None:
        return next((rating for rating in self.scale if rating.value == entry.get(RATING)), None)

    # --- to people ---

    @property
    def options_fixed(self) -> bool:
        return all(item.when is None for item in self.items)

    def typed(self, value: Any) -> Typed:
        typed: dict[str, Sequence[str]] = {}
        for item, entry in self._answered(value):
            if RATING in entry:
                typed[item.id] = [entry[RATING]]
            if REMARK in entry:
                typed[f"{item.id}.{REMARK}"] = [entry[REMARK]]
            if MEASURE in entry:
                with speaking("pl"):  # in every language the input holds what `parse` reads the same way
                    typed[f"{item.id}.{MEASURE}"] = [number(entry[MEASURE])]
        return typed

    def fills(self, typed: Typed) -> Iterable[tuple[str, str | bool]]:
        for part, texts in typed.items():
            if texts:
                yield (f"value:{part}", texts[0]) if "." in part else (f"chosen:{part}:{texts[0]}", True)

    def shows(self, value: Any, env: Env) -> Iterable[tuple[str, str | bool]]:
        yield from row_fills(self.items, env)
        for area in self.areas:
            if not any(asked_items((area,), env)):
                yield f"unasked:{area.id}", True
            if not area.title.fixed:
                yield f"label:{area.id}", area.title(env)

    def show(self, value: Any) -> str:
        found = self.score(value)
        if found.score is None:
            return str(say_n("{n} oceniona pozycja", "{n} ocenionych pozycji", len(value)))
        shown = f"{number(found.score)}%"
        return f"{shown} – {found.grade.label}" if found.grade is not None else shown

    def details(self, value: Any) -> Sequence[tuple[str, str]]:
        lines = [(f"{item.id}. {item.label}", "; ".join(self._words(item, entry))) for item, entry in self._answered(value)]
        found = self.score(value)
        if found.score is not None:
            lines.append((str(say("Wynik")), self.show(value)))
        if found.barriers:
            lines.append((str(say("Bariery krytyczne")), ", ".join(found.barriers)))
        return lines

    def _words(self, item: Item, entry: Mapping[str, Any]) -> Iterator[str]:
        rating = self._rating(entry)
        if rating is not None:
            yield str(rating.label)
        if MEASURE in entry and item.measure is not None:
            yield show_measure(item.measure, entry[MEASURE])
        if REMARK in entry:
            yield " ".join(entry[REMARK].split())

    def _answered(self, value: Any) -> Iterator[tuple[Item, Mapping[str, Any]]]:
        return ((item, value[item.id]) for item in self.items if item.id in value)

    # --- to disk and out ---

    def dump(self, value: Any) -> Any:
        return {
            item.id: {name: str(part) if name == MEASURE else part for name, part in entry.items()}
            for item, entry in self._answered(value)
        }

    def load(self, kept: Any) -> Any:
        if not isinstance(kept, dict) or not all(isinstance(entry, dict) for entry in kept.values()):
            raise ValueError("not a stored checklist")
        value = {item.id: entry for item in self.items if (entry := self._load(item, kept.get(item.id, {})))}
        if kept and not value:
            raise ValueError("a checklist of other items")
        return value

    def _load(self, item: Item, kept: Mapping[str, Any]) -> dict[str, Any]:
        entry: dict[str, Any] = {}
        if self._rating(kept) is not None:
            entry[RATING] = kept[RATING]
        if isinstance(kept.get(REMARK), str) and kept[REMARK]:
            entry[REMARK] = kept[REMARK]
        if item.measure is not None and isinstance(kept.get(MEASURE), str):
            try:
                entry[MEASURE] = Decimal(kept[MEASURE])
            except InvalidOperation as error:
                raise ValueError("not a stored measure") from error
        return entry

    def columns(self, field: Field) -> tuple[Column, ...]:
        """Rating, remark and measure of each item, then the scores of areas and of the whole, the class, the barriers."""
        made: list[Column] = []
        for item in self.items:
            made.append(Column(item.id, "code", f"{item.id}. {item.label}"))
            made.append(Column(f"{item.id}.{REMARK}", "text", f"{item.id} – {say('uwagi')}"))
            if item.measure is not None:
                made.append(Column(f"{item.id}.{MEASURE}", "number", f"{item.id} – {item.measure.label or say('pomiar')}"))
        made += [Column(f"{area.id}.score", "number", f"{area.title} – {say('wynik w %')}") for area in self.areas]
        made.append(Column("score", "number", str(say("wynik w %"))))
        made.append(Column("class", "code", str(say("klasa"))))
        made.append(Column("barriers", "text", str(say("bariery krytyczne"))))
        return tuple(made)

    def cells(self, value: Any) -> Sequence[Any]:
        return self._row(value, words=False)

    def words(self, value: Any) -> Sequence[Any]:
        return self._row(value, words=True)

    def _row(self, value: Any, *, words: bool) -> Sequence[Any]:
        made: list[Any] = []
        for item in self.items:
            entry = value.get(item.id, {})
            rating = self._rating(entry)
            made.append(None if rating is None else str(rating.label) if words else rating.value)
            made.append(entry.get(REMARK))
            if item.measure is not None:
                made.append(entry.get(MEASURE))
        found = self.score(value)
        made += [*found.areas.values(), found.score]
        made.append(str(found.grade.label) if words and found.grade is not None else found.class_code)
        made.append(", ".join(found.barriers) or None)
        return made


def _short(item: Item, rating: Rating, written: int) -> Say:
    one, many = (
        "Uzasadnij ocenę „{rating}” w pozycji {item} – napisz co najmniej {n} znak. Teraz jest {m}.",
        "Uzasadnij ocenę „{rating}” w pozycji {item} – napisz co najmniej {n} znaków. Teraz jest {m}.",
    )
    return say_n(one, many, rating.remark, rating=rating.label, item=item.id, m=written)


def _summary(wrong: Mapping[str, Say]) -> Say:
    items = dict.fromkeys(part.partition(".")[0] for part in wrong)
    return say_n("Popraw {n} pozycję: {items}.", "Popraw {n} pozycji: {items}.", len(items), items=", ".join(items))
