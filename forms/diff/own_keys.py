"""Changes of the keys of one question: how narrow it is, when it is asked, what it is called, how it is worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from forms.check import Check
from forms.definition import Field
from forms.describing.outline import Naming
from forms.diff import parts
from forms.diff.carrying import fits
from forms.diff.change import Change, Effect, Touch, Way, remembering
from forms.diff.likeness import condition, same, tale
from forms.diff.parts import Parts
from forms.expressions import Env
from forms.formula import Formula, Text
from forms.options import Options
from forms.types.own import OTHER
from forms.wording import Say, say

RAISED = frozenset({"min", "least"})  # narrower when it grows
LOWERED = frozenset({"max", "most", "places", "max_files", "max_size"})  # narrower when it falls
RESTRICTS = frozenset({"pattern", "accept", "unique", "lowest", "highest", "region"})
MEANING = frozenset({"unit", "lowest", "highest", "repeats", "classes", "critical_caps"})
SILENT = frozenset({"rows", "look", "format"})  # only how it looks (`rows` of a table are parts, told before)
MATCHED = frozenset({"key"})  # by what items are found again in the next period


@dataclass(frozen=True)
class Spot:
    """Two versions of one field (the same object twice for what stands outside fields), and where it is stored."""

    path: str
    way: Way
    before: Naming
    now: Naming
    thing: Say | None = None

    def change(
        self, kind: str, effect: Effect, what: Say, old: str = "", new: str = "", touch: Touch | None = None
    ) -> Change:
        """A change at this place."""
        return Change(kind, self.path, effect, what, self.thing, old, new, touch)


def common(spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    """Changes of the keys that every field has."""
    if not same(old.label, new.label):
        told = tale(old.label), tale(new.label)
        what = say("Inna treść: było „{old}”, jest „{new}”. Sprawdź, czy pyta o to samo.", old=told[0], new=told[1])
        yield spot.change("label-changed", Effect.REVIEW, what, *told)
    yield from asked(spot, old.when, new.when)
    yield from required(spot, old, new)
    yield from checks(spot, old.checks, new.checks)
    if old.sensitive != new.sensitive:
        on = say("Od teraz to dane wrażliwe: także zapisane odpowiedzi widzą tylko uprawnieni.")
        off = say("To już nie są dane wrażliwe: zapisane odpowiedzi zobaczą wszyscy, którzy czytają odpowiedzi.")
        yield spot.change("sensitive-changed", Effect.REVIEW, on if new.sensitive else off)
    if old.retain != new.retain:
        what = say("Inny czas przechowywania odpowiedzi.")
        yield spot.change("retain-changed", Effect.REVIEW, what, tale(old.retain), tale(new.retain))
    for key in ("hint", "messages", "autocomplete"):
        if not same(getattr(old, key), getattr(new, key)):
            yield spot.change("text-changed", Effect.NONE, say("Inny tekst klucza „{key}”.", key=key.removesuffix("s")))
    if not same(old.default, new.default):
        what = say("Inna wartość początkowa; dotyczy tylko nowych odpowiedzi.")
        yield spot.change("default-changed", Effect.NONE, what, tale(old.default), tale(new.default))


def asked(spot: Spot, old: Formula | None, new: Formula | None) -> Iterator[Change]:
    """A condition that came, went or changed."""
    if same(old, new):
        return
    was, is_ = condition(old, spot.before), condition(new, spot.now)
    if new is None:
        what = say("Teraz pytane zawsze; dotąd tylko, jeżeli {old}.", old=was)
    elif old is None:
        what = say("Teraz pytane tylko, jeżeli {new}. W szkicach odpowiedź bez tego warunku odpada.", new=is_)
    else:
        what = say("Teraz pytane, jeżeli {new}; dotąd, jeżeli {old}.", new=is_, old=was)
    yield spot.change("condition-changed", Effect.REVIEW, what, was, is_)


def required(spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    """Whether an answer must be given."""
    if same(old.required, new.required):
        return
    was, is_ = condition(old.required, spot.before), condition(new.required, spot.now)
    if new.required is False:
        yield spot.change("required-removed", Effect.NONE, say("Odpowiedź nie jest już obowiązkowa."), was, is_)
    elif new.required is True:
        touch = Touch(spot.way, lambda kept: kept in (None, [], {})) if new.when is None and new.type.asks else None
        what = say("Odpowiedź staje się obowiązkowa.")
        yield spot.change("required-added", Effect.REVIEW, what, was, is_, touch)
    else:
        what = say("Odpowiedź jest obowiązkowa, jeżeli {new}.", new=is_)
        yield spot.change("required-changed", Effect.REVIEW, what, was, is_)


def checks(spot: Spot, old: tuple[Check, ...], new: tuple[Check, ...]) -> Iterator[Change]:
    """Checks that came, went or changed; one is the same when its code is, or else its condition or its message."""
    left = list(old)
    fresh = []
    for check in new:
        before = next((each for each in left if _twins(each, check)), None)
        if before is None:
            fresh.append(check)
            continue
        left.remove(before)
        if not same(before, check):
            meant = same(before.that, check.that) and before.level == check.level
            told = condition(before.that, spot.before), condition(check.that, spot.now)
            what = say("Zmienione sprawdzenie: {check}", check=tale(check.message))
            yield spot.change("check-changed", Effect.NONE if meant else Effect.REVIEW, what, *told)
    for check in fresh:
        effect = Effect.REVIEW if check.level == "error" else Effect.NONE
        what = say("Nowe sprawdzenie: {check}", check=tale(check.message))
        yield spot.change("check-added", effect, what, "", condition(check.that, spot.now))
    for check in left:
        what = say("Nie ma już sprawdzenia: {check}", check=tale(check.message))
        yield spot.change("check-removed", Effect.NONE, what, condition(check.that, spot.before))


def _twins(one: Check, other: Check) -> bool:
    if one.code or other.code:
        return one.code == other.code
    return same(one.that, other.that) or same(one.message, other.message)


def own(spot: Spot, old: Field, new: Field) -> Iterator[Change]:
    """Changes of the keys of the type itself, the same on both sides; fields within it are not looked at."""
    words = {key.as_name or word: word for word, key in new.type.keys.items()}
    for each in fields(new.type):
        one, other = getattr(old.type, each.name), getattr(new.type, each.name)
        if not _written(each.name, other, words) or same(one, other) or _holds_fields(one, other):
            continue
        before, now = Parts.of(one), Parts.of(other)
        if before is not None and now is not None and before.sort == now.sort:
            for part in parts.changes(before, now, spot.before, spot.now):
                touch = Touch(spot.way, before.uses(old.type, part.id)) if part.used else None
                yield spot.change(part.kind, part.effect, part.what, part.old, part.new, touch)
        else:
            yield _key(spot, each.name, words.get(each.name, each.name), old, new)


def _written(name: str, value: Any, words: Mapping[str, str]) -> bool:
    """Whether an attribute of a type is a key, or options from a list; what it takes from the form is told there."""
    return name in words or (isinstance(value, Options) and any(option.row is not None for option in value.items))


def _holds_fields(one: Any, other: Any) -> bool:
    both = [*one, *other] if isinstance(one, tuple) and isinstance(other, tuple) else []
    return bool(both) and all(isinstance(each, Field) for each in both)


def _key(spot: Spot, name: str, key: str, old: Field, new: Field) -> Change:
    """The change of one key with a plain value."""
    one, other = getattr(old.type, name), getattr(new.type, name)
    told = tale(one), tale(other)
    if name == "value" and isinstance(other, Formula):
        what = say("Inny wzór: było „{old}”, jest „{new}”. Wartości już zapisane policzono po staremu.", **_pair(told))
        return spot.change("formula-changed", Effect.LOSS, what, *told, Touch(spot.way, _given))
    if name == "other" and one is True and other is False:
        what = say("Nie można już wpisać własnej odpowiedzi („Inne – jakie?”).")
        touch = Touch(spot.way, lambda kept: kept is not None and OTHER in tuple(old.type.chosen(kept)))
        return spot.change("option-removed", Effect.LOSS, what, *told, touch)
    if name in MEANING:
        what = say(
            "Inna wartość „{key}”: było „{old}”, jest „{new}”. Dawne odpowiedzi znaczą co innego.",
            key=key,
            **_pair(told),
        )
        return spot.change("meaning-changed", Effect.LOSS, what, *told, Touch(spot.way, _given))
    if name in RAISED | LOWERED | RESTRICTS:
        return _limit(spot, name, key, old, new)
    value = one if other is None else other
    harmless = name in SILENT or isinstance(value, Text | bool | str) and name not in MATCHED
    effect = Effect.NONE if harmless else Effect.REVIEW
    kind = "text-changed" if isinstance(value, Text) else "setting-changed"
    return spot.change(kind, effect, say("Inna wartość „{key}”.", key=key), *told)


def _limit(spot: Spot, name: str, key: str, old: Field, new: Field) -> Change:
    one, other = getattr(old.type, name), getattr(new.type, name)
    told = tale(one), tale(other)
    direction = _direction(name, one, other)
    if direction == "looser":
        what = say("Łagodniejszy limit „{key}”.", key=key)
        return spot.change("limit-loosened", Effect.NONE, what, *told)
    what = say("Ostrzejszy limit „{key}”.", key=key) if direction else say("Inny limit „{key}”.", key=key)
    kind = "limit-tightened" if direction else "limit-changed"
    return spot.change(
        kind, Effect.REVIEW, what, *told, Touch(spot.way, remembering(lambda kept: refuses(old, new, kept)))
    )


def _direction(name: str, one: Any, other: Any) -> str:
    """`looser`, `tighter`, or "" where that cannot be told from the definition."""
    if other is None:
        return "looser"
    if isinstance(one, tuple) and isinstance(other, tuple) and name == "accept":
        return "looser" if set(one) <= set(other) else "tighter"
    if isinstance(one, Formula) or isinstance(other, Formula) or name in RESTRICTS:
        return ""
    if one is None:
        return "tighter"
    grew = other > one
    return "tighter" if grew == (name in RAISED) else "looser"


def refuses(old: Field, new: Field, kept: Any) -> bool:
    """Whether the new limits refuse a stored value that the old ones let pass; those that are expressions let all pass."""
    if kept is None:
        return False
    if new.fields:
        count = len(kept) if isinstance(kept, list) else 0
        return old.type.least <= count <= old.type.most and not new.type.least <= count <= new.type.most
    try:
        return _refused(new, new.type.load(kept)) and not _refused(old, old.type.load(kept))
    except (ValueError, TypeError, KeyError, AttributeError):
        return not fits(old, new, kept)


def _refused(field: Field, value: Any) -> bool:
    return field.type.verdict(value, field, Env({})) is not None


def _given(kept: Any) -> bool:
    return kept is not None


def _pair(told: tuple[str, str]) -> dict[str, str]:
    return {"old": told[0], "new": told[1]}
