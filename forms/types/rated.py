"""The answers of a checklist, once they are answers: shown, scored, kept and exported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from forms.definition import Field
from forms.describing.words import Described, Line, Words, condition
from forms.expressions import Env
from forms.formula import Formula
from forms.types.attachment import Attachment
from forms.types.base import FieldType
from forms.types.file import ALT
from forms.types.given import Column, Typed
from forms.types.measures import show_measure
from forms.types.photos import PHOTO, PHOTOS
from forms.types.rows import row_fills
from forms.types.scores import Area, Grade, Item, Rating, Score, asked_items, score
from forms.wording import number, say, say_n, speaking

RATING, REMARK, MEASURE = "rating", "remark", "measure"
REMARKS, A_MEASURE, PICTURES, ALTS = say("uwagi"), say("pomiar"), say("zdjęcia"), say("opisy zdjęć")  # columns
SCORE = say("wynik w %")
PHOTOS_TOLD = say("Do każdej pozycji można dołączyć zdjęcia, każde z opisem.")


@dataclass(frozen=True, eq=False)
class Rated(FieldType):
    """A dict of item id to {"rating", "remark", "measure", "photo"}, each there when it was given."""

    scale: tuple[Rating, ...] = ()
    areas: tuple[Area, ...] = ()
    classes: tuple[Grade, ...] = ()
    critical_caps: str = ""
    photo: bool = False

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in order."""
        return tuple(item for area in self.areas for item in area.items)

    def photographed(self, item: Item) -> bool:
        """Whether photographs may be attached to an item."""
        return self.photo or item.photo

    @property
    def attached(self) -> Mapping[str, Attachment]:
        return {f"{item.id}.{PHOTO}": PHOTOS for item in self.items if self.photographed(item)}

    def refiled(self, value: Any, keep: Callable[[str, Attachment, Mapping[str, Any]], Mapping[str, Any]]) -> Any:
        return {
            item: {**entry, PHOTO: tuple(keep(f"{item}.{PHOTO}", PHOTOS, file) for file in entry[PHOTO])}
            if PHOTO in entry
            else entry
            for item, entry in value.items()
        }

    def part_now(self, part: str) -> str:
        id_, dot, rest = part.partition(".")
        known = {item.id for item in self.items}
        now = next((item.id for item in self.items if id_ in item.was), id_)
        return part if id_ in known else f"{now}{dot}{rest}"

    def score(self, value: Mapping[str, Mapping[str, Any]]) -> Score:
        """The result of the ratings so far."""
        return score(self.scale, self.areas, self.classes, self.critical_caps, value)

    def rating(self, entry: Mapping[str, Any]) -> Rating | None:
        """The rating of an item's answer, None when it has none of the scale."""
        return next((rating for rating in self.scale if rating.value == entry.get(RATING)), None)

    # --- to people ---

    def described(self, words: Words) -> Described:
        facts = [self._points(words, rating) for rating in self.scale]
        if self.classes:
            classes = [
                str(say("{name} od {n}%", name=words.text(each.label), n=number(each.least))) for each in self.classes
            ]
            facts.append(str(say("Klasy wyniku: {classes}.", classes=", ".join(classes))))
        if self.critical_caps:
            facts.append(str(say("Z barierą krytyczną klasa to najwyżej „{name}”.", name=self.critical_caps)))
        if self.photo:
            facts.append(str(PHOTOS_TOLD))
        lines = []
        for area in self.areas:
            lines.append(Line(words.text(area.title), heading=True))
            lines += [self._line(words, item) for item in area.items]
        heads = tuple(words.text(rating.label) for rating in self.scale)
        return Described(tuple(facts), rows=tuple(lines), columns=heads, marks=True, remarks=str(say("Uwagi")))

    def _points(self, words: Words, rating: Rating) -> str:
        got = rating.points
        points = say("nie liczy się do wyniku") if got is None else say("punkty: {n}", n=number(got))
        remark = str(say(", uwaga od {n} znaków", n=number(rating.remark))) if rating.remark else ""
        return f"{words.text(rating.label)} – {points}{remark}."

    def _line(self, words: Words, item: Item) -> Line:
        hints = [words.text(item.hint), words.text(item.basis)]
        if item.weight != 1:
            hints.append(str(say("waga {n}", n=number(item.weight))))
        if item.critical:
            hints.append(str(say("bariera krytyczna")))
        if item.measure is not None:
            name, unit = words.text(item.measure.label) or str(say("Pomiar")), words.text(item.measure.unit)
            hints.append(f"{name}: …… {unit}".rstrip())
        if item.photo and not self.photo:
            hints.append(str(say("można dołączyć zdjęcia z opisem")))
        label = f"{item.id}. {words.text(item.label)}"
        return Line(label, "; ".join(hint.rstrip(".") for hint in hints if hint), condition(words, item.when))

    @property
    def parted(self) -> Sequence[Formula]:
        return [each.when for each in self.items if each.when is not None]

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
            if PHOTO in entry:
                typed[f"{item.id}.{PHOTO}"] = PHOTOS.typed(entry[PHOTO])[""]
        return typed

    def fills(self, typed: Typed) -> Iterable[tuple[str, str | bool]]:
        for part, texts in typed.items():
            if part.endswith(f".{PHOTO}"):
                yield from ((f"{part}:{slot}", text) for slot, text in PHOTOS.fills({"": texts}))
            elif texts:
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
        lines = [
            (f"{item.id}. {item.label}", "; ".join(self._words(item, entry))) for item, entry in self._answered(value)
        ]
        found = self.score(value)
        if found.score is not None:
            lines.append((str(say("Wynik")), self.show(value)))
        if found.barriers:
            lines.append((str(say("Bariery krytyczne")), ", ".join(found.barriers)))
        return lines

    def _words(self, item: Item, entry: Mapping[str, Any]) -> Iterator[str]:
        rating = self.rating(entry)
        if rating is not None:
            yield str(rating.label)
        if MEASURE in entry and item.measure is not None:
            yield show_measure(item.measure, entry[MEASURE])
        if REMARK in entry:
            yield " ".join(entry[REMARK].split())
        if PHOTO in entry:
            yield str(say("zdjęcia: {photos}", photos=PHOTOS.show(entry[PHOTO])))

    def _answered(self, value: Any) -> Iterator[tuple[Item, Mapping[str, Any]]]:
        return ((item, value[item.id]) for item in self.items if item.id in value)

    # --- to disk and out ---

    def dump(self, value: Any) -> Any:
        return {
            item.id: {
                name: str(part) if name == MEASURE else PHOTOS.dump(part) if name == PHOTO else part
                for name, part in entry.items()
            }
            for item, entry in self._answered(value)
        }

    def load(self, kept: Any) -> Any:
        if not isinstance(kept, dict) or not all(isinstance(entry, dict) for entry in kept.values()):
            raise ValueError("not a stored checklist")
        named = {item.id: next((name for name in (item.id, *item.was) if name in kept), item.id) for item in self.items}
        value = {item.id: entry for item in self.items if (entry := self._load(item, kept.get(named[item.id], {})))}
        if kept and not value:
            raise ValueError("a checklist of other items")
        return value

    def chosen(self, kept: Any) -> Iterable[str]:
        return [entry[RATING] for entry in kept.values() if RATING in entry] if isinstance(kept, dict) else ()

    def _load(self, item: Item, kept: Mapping[str, Any]) -> dict[str, Any]:
        entry: dict[str, Any] = {}
        if self.rating(kept) is not None:
            entry[RATING] = kept[RATING]
        if isinstance(kept.get(REMARK), str) and kept[REMARK]:
            entry[REMARK] = kept[REMARK]
        if item.measure is not None and isinstance(kept.get(MEASURE), str):
            try:
                entry[MEASURE] = Decimal(kept[MEASURE])
            except InvalidOperation as error:
                raise ValueError("not a stored measure") from error
        if self.photographed(item) and kept.get(PHOTO):
            entry[PHOTO] = PHOTOS.load(kept[PHOTO])
        return entry

    def columns(self, field: Field) -> tuple[Column, ...]:
        """Rating, remark, measure and photographs of each item, then the scores of areas and whole, the class, the barriers."""
        made: list[Column] = []
        for item in self.items:
            made.append(Column(item.id, "code", f"{item.id}. {item.label}"))
            made.append(Column(f"{item.id}.{REMARK}", "text", f"{item.id} – {REMARKS}"))
            if item.measure is not None:
                made.append(Column(f"{item.id}.{MEASURE}", "number", f"{item.id} – {item.measure.label or A_MEASURE}"))
            if self.photographed(item):
                made.append(Column(f"{item.id}.{PHOTO}", "text", f"{item.id} – {PICTURES}"))
                made.append(Column(f"{item.id}.{PHOTO}.{ALT}", "text", f"{item.id} – {ALTS}"))
        made += [Column(f"{area.id}.score", "number", f"{area.title} – {SCORE}") for area in self.areas]
        made.append(Column("score", "number", str(SCORE)))
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
            rating = self.rating(entry)
            made.append(None if rating is None else str(rating.label) if words else rating.value)
            made.append(entry.get(REMARK))
            if item.measure is not None:
                made.append(entry.get(MEASURE))
            if self.photographed(item):
                made += PHOTOS.cells(entry[PHOTO]) if PHOTO in entry else (None, None)
        found = self.score(value)
        made += [*found.areas.values(), found.score]
        made.append(str(found.grade.label) if words and found.grade is not None else found.class_code)
        made.append(", ".join(found.barriers) or None)
        return made
