"""Changes among the named parts of a question: its options, its rows, the items and grades of a checklist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from forms.describing.outline import Naming
from forms.diff.change import Effect
from forms.diff.likeness import condition, same, spelled, tale
from forms.formula import Text
from forms.options import Options
from forms.types.base import FieldType
from forms.wording import Say, say

Sort = Literal["option", "row", "event"]
WORDS = frozenset({"label", "title", "hint", "basis"})  # texts of a part
RULES = frozenset({"when", "retired", "places", "items", "was"})  # told by changes of their own
SCORING = frozenset({"points", "weight", "critical"})  # what a score is worked out from


GONE = {
    "option": lambda label, id: say("Nie ma już opcji „{label}” ({id}).", label=label, id=id),
    "row": lambda label, id: say("Nie ma już wiersza „{label}” ({id}).", label=label, id=id),
    "event": lambda label, id: say("Nie ma już terminu „{label}” ({id}).", label=label, id=id),
}
NEW = {
    "option": lambda label, id: say("Nowa opcja „{label}” ({id}).", label=label, id=id),
    "row": lambda label, id: say("Nowy wiersz „{label}” ({id}).", label=label, id=id),
    "event": lambda label, id: say("Nowy termin „{label}” ({id}).", label=label, id=id),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that one key of a type names. An option is what is answered, a row is what is answered about."""

    sort: Sort
    by_id: Mapping[str, Any]

    @classmethod
    def of(cls, value: Any, sort: Sort = "row") -> Parts | None:
        """The parts that the value of a key is made of, or None when it is made of none; `sort` is of those with ids."""
        if isinstance(value, Options):
            return cls("option", {option.value: option for option in value.items})
        if not isinstance(value, tuple) or not value:
            return None
        if all(hasattr(each, "id") for each in value):
            return cls(sort, {part.id: part for part in _flat(value)})
        if all(hasattr(each, "value") and hasattr(each, "label") for each in value):
            return cls("option", {each.value: each for each in value})
        return None

    def uses(self, kind: FieldType, part: str) -> Callable[[Any], bool]:
        """Whether a stored value of the type answers with this option, or about this row."""
        if self.sort == "option":
            return lambda kept: kept is not None and part in _chosen(kind, kept)
        return lambda kept: isinstance(kept, dict) and part in kept


def names(kept: Any, part: str) -> bool:
    """Whether a stored answer, or one somewhere within it, is this text."""
    if isinstance(kept, dict | list):
        return any(names(each, part) for each in (kept.values() if isinstance(kept, dict) else kept))
    return bool(kept == part)


def _flat(parts: Iterable[Any]) -> Iterator[Any]:
    """The parts and those within them (the items of an area); all share one set of names."""
    for part in parts:
        yield part
        yield from _flat(getattr(part, "items", ()))


def _chosen(kind: FieldType, kept: Any) -> tuple[str, ...]:
    try:
        return tuple(kind.chosen(kept))
    except (TypeError, AttributeError):
        return ()  # kept by a field of another type, in an earlier version


@dataclass(frozen=True, slots=True)
class Part:
    """A change of one part; `used` asks for the stored answers that use it."""

    kind: str
    id: str
    effect: Effect
    what: Say
    old: str = ""
    new: str = ""
    used: bool = False


def changes(old: Parts, new: Parts, before: Naming, now: Naming) -> Iterator[Part]:
    """What became of each part, those that went first. `before` and `now` give labels for conditions."""
    sort = old.sort
    parts = new.by_id.items()
    before_that = {was: id_ for id_, part in parts for was in getattr(part, "was", ()) if was not in new.by_id}
    for id_, part in old.by_id.items():
        if id_ not in new.by_id and id_ not in before_that:
            label = _label(part)
            yield Part(f"{sort}-removed", id_, Effect.LOSS, GONE[sort](label, id_), old=label, used=True)
    was = {now: was for was, now in before_that.items() if was in old.by_id}
    for id_, part in new.by_id.items():
        if id_ in was and id_ not in old.by_id:
            what = say("Pozycja „{old}” nazywa się teraz „{new}”.", old=was[id_], new=id_)
            yield Part("row-renamed", id_, Effect.NONE, what, was[id_], id_)
            yield from _changed(sort, id_, old.by_id[was[id_]], part, before, now)
        elif id_ not in old.by_id:
            label = _label(part)
            yield Part(f"{sort}-added", id_, Effect.NONE, NEW[sort](label, id_), new=label)
        else:
            yield from _changed(sort, id_, old.by_id[id_], part, before, now)


def _changed(sort: Sort, id_: str, old: Any, new: Any, before: Naming, now: Naming) -> Iterator[Part]:
    was, is_ = _label(old), _label(new)
    if was != is_:
        what = say(
            "Inna treść „{id}”: było „{old}”, jest „{new}”. Sprawdź, czy znaczy to samo.", id=id_, old=was, new=is_
        )
        yield Part(f"{sort}-relabelled", id_, Effect.REVIEW, what, was, is_, used=True)
    if getattr(new, "retired", False) and not getattr(old, "retired", False):
        what = say("Opcja „{label}” jest wycofana. Szkice, w których ją zaznaczono, trzeba poprawić.", label=is_)
        yield Part("option-retired", id_, Effect.REVIEW, what, used=True)
    elif getattr(old, "retired", False) and not getattr(new, "retired", False):
        yield Part("option-restored", id_, Effect.NONE, say("Opcję „{label}” można znowu wybrać.", label=is_))
    if not same(getattr(old, "when", None), getattr(new, "when", None)):
        told = condition(getattr(old, "when", None), before), condition(getattr(new, "when", None), now)
        what = say("„{label}” ma inny warunek.", label=is_)
        yield Part(f"{sort}-condition-changed", id_, Effect.REVIEW, what, *told)
    if getattr(old, "places", None) != getattr(new, "places", None):
        what = say("„{label}” ma inny limit miejsc.", label=is_)
        yield Part("places-changed", id_, Effect.REVIEW, what, tale(old.places), tale(new.places))
    for key in _keys(old, new):
        effect = Effect.LOSS if key in SCORING else Effect.NONE if _text(old, new, key) else Effect.REVIEW
        what = say("„{label}”: inna wartość „{key}”.", label=is_, key=key)
        told = tale(getattr(old, key, None)), tale(getattr(new, key, None))
        yield Part(f"{sort}-changed", id_, effect, what, *told, used=effect is Effect.LOSS)


def _keys(old: Any, new: Any) -> Iterator[str]:
    """The keys of a part, beside those told in other words, that say something else now."""
    for each in fields(new):
        if each.name in RULES or each.name in ("id", "value", "label", "title", "row"):
            continue
        if spelled(getattr(old, each.name, None)) != spelled(getattr(new, each.name, None)):
            yield each.name


def _text(old: Any, new: Any, key: str) -> bool:
    return key in WORDS or any(isinstance(getattr(part, key, None), Text) for part in (old, new))


def _label(part: Any) -> str:
    return tale(getattr(part, "label", None) or getattr(part, "title", None))
