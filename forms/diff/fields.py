"""Changes among fields: those that came, went, were renamed, moved or given another type; then their keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from forms.definition import Field, Form
from forms.describing.outline import Naming
from forms.diff import own_keys
from forms.diff.carrying import fits, sample
from forms.diff.change import EACH, Change, Effect, Touch, Way, remembering
from forms.diff.likeness import naming, tale
from forms.diff.own_keys import Spot
from forms.diff.pairing import Pairs, pair
from forms.wording import Say, say


def _all(form: Form) -> dict[str, Field]:
    """Every field by its dotted path, those within groups too."""
    found: dict[str, Field] = {}

    def add(each: Field, before: str) -> None:
        found[before + each.name] = each
        for inner in each.fields:
            add(inner, f"{before}{each.name}.")

    for each in form.fields:
        add(each, "")
    return found


@dataclass
class Comparing:
    """Two versions of a form and what is known about both."""

    old: Form
    new: Form
    before: Naming = field(init=False)
    now: Naming = field(init=False)
    _old: Mapping[str, Field] = field(init=False)
    _new: Mapping[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        self.before, self.now = naming(self.old), naming(self.new)
        self._old, self._new = _all(self.old), _all(self.new)

    def changes(self) -> Iterator[Change]:
        """Every change of a field, those of the old version that went first."""
        steps = {each.name: step for step in self.old.steps for each in step.fields}
        found = pair(self.old.fields, self.new.fields)
        for step in self.new.steps:
            for each in step.fields:
                was = next((old for old, new in found.kept if new is each), None)
                if was is not None and steps[was.name].id != step.id:
                    told = tale(steps[was.name].title), tale(step.title)
                    what = say("Przeniesione z kroku „{old}” do kroku „{new}”.", old=told[0], new=told[1])
                    yield self._spot("", (), each).change("field-moved", Effect.NONE, what, *told)
        yield from self._level(found, "", ())

    def _level(self, found: Pairs, path: str, way: Way) -> Iterator[Change]:
        for gone in found.gone:
            yield self._gone(gone, path, way, found)
        for old, new in found.kept:
            yield from self._pair(old, new, path, way)
        for fresh in found.fresh:
            yield self._fresh(fresh, path, way, found)

    def _spot(self, path: str, way: Way, new: Field, old: Field | None = None) -> Spot:
        here = path + new.name
        names = dict.fromkeys([*((old.name, *old.was) if old is not None else ()), new.name, *new.was])
        thing = say("pole „{label}” ({path})", label=tale(new.label), path=here)
        return Spot(here, (*way, tuple(names)), self.before, self.now, thing)

    def _gone(self, old: Field, path: str, way: Way, found: Pairs) -> Change:
        spot = self._spot(path, way, old)
        if not old.type.stores:
            return spot.change("field-removed", Effect.NONE, say("Usunięte."), tale(old.label))
        elsewhere = _elsewhere(old.name, path, self._new, self._old)
        if elsewhere:
            what = say("Przeniesione do „{new}”. Dawne odpowiedzi nie przejdą tam same.", new=elsewhere)
            kind = "field-relocated"
        else:
            kind, what = "field-removed", _removed(old, found)
        touch = Touch(spot.way, lambda kept: kept not in (None, [], {}))
        return spot.change(kind, Effect.LOSS, what, tale(old.label), elsewhere, touch)

    def _fresh(self, new: Field, path: str, way: Way, found: Pairs) -> Change:
        spot = self._spot(path, way, new)
        if not new.type.asks:
            return spot.change("field-added", Effect.NONE, say("Nowe pole."), new=tale(new.label))
        if new.required is False:
            what = say("Nowe pytanie, nieobowiązkowe.")
            return spot.change("field-added", Effect.NONE, what, new=tale(new.label))
        what = say("Nowe pytanie, obowiązkowe: trzeba na nie odpowiedzieć w szkicach i poprawkach.")
        return spot.change("field-added", Effect.REVIEW, what, new=tale(new.label))

    def _pair(self, old: Field, new: Field, path: str, way: Way) -> Iterator[Change]:
        spot = self._spot(path, way, new, old)
        if old.name != new.name:
            what = say("Nowa nazwa: było „{old}”. Odpowiedzi idą za nią.", old=old.name)
            yield spot.change("field-renamed", Effect.NONE, what, old.name, new.name)
        yield from own_keys.common(spot, old, new)
        if old.type.name != new.type.name:
            yield self._retyped(spot, old, new)
            return
        yield from own_keys.own(spot, old, new)
        if new.fields:
            yield from self._level(pair(old.fields, new.fields), f"{spot.path}.", spot.way)
        elif columns := _columns(new):
            yield from self._level(pair(_columns(old), columns), f"{spot.path}.", (*spot.way, EACH))

    def _retyped(self, spot: Spot, old: Field, new: Field) -> Change:
        told = old.type.name, new.type.name
        if not old.type.stores or not new.type.stores or old.fields or new.fields:
            lost = old.type.stores
            what = say("Inny typ: było „{old}”, jest „{new}”. Dawne odpowiedzi nie przejdą.", old=told[0], new=told[1])
            touch = Touch(spot.way, lambda kept: kept not in (None, [], {})) if lost else None
            return spot.change("field-retyped", Effect.LOSS if lost else Effect.NONE, what, *told, touch)
        samples = sample(old)
        fit = bool(samples) and all(fits(old, new, kept) for kept in samples)
        what = say(
            "Inny typ: było „{old}”, jest „{new}”. Części dawnych odpowiedzi nie da się odczytać.",
            old=told[0],
            new=told[1],
        )
        if fit:
            what = say("Inny typ: było „{old}”, jest „{new}”. Dawne odpowiedzi da się odczytać.", **_named(told))
        touch = Touch(spot.way, remembering(lambda kept: kept is not None and not fits(old, new, kept)))
        return spot.change("field-retyped", Effect.REVIEW if fit else Effect.LOSS, what, *told, touch)


def _named(told: tuple[str, str]) -> dict[str, str]:
    return {"old": told[0], "new": told[1]}


def _columns(each: Field) -> tuple[Field, ...]:
    """The columns of a table: fields that stand in a key of the type and are not answered by themselves."""
    values = (value for value in vars(each.type).values() if isinstance(value, tuple) and value)
    return next((value for value in values if all(isinstance(one, Field) for one in value)), ())


def _removed(old: Field, found: Pairs) -> Say:
    """That a field is gone; where a new one looks like it, how to keep its answers."""
    twins = [new for new in found.fresh if new.type.name == old.type.name and tale(new.label) == tale(old.label)]
    if len(twins) == 1:
        return say(
            "Usunięte. Jeśli to pole ma teraz nazwę „{new}”, dopisz przy nim: was: [{old}] – odpowiedzi zostaną.",
            new=twins[0].name,
            old=old.name,
        )
    return say("Usunięte. Odpowiedzi w szkicach i poprawkach przepadną; wysłane zostają w swojej wersji.")


def _elsewhere(name: str, path: str, new: Mapping[str, Field], old: Mapping[str, Field]) -> str:
    """The new path of a field that went into a group, or out of one; "" when there is none."""
    places = [place for place in new if place.rpartition(".")[2] == name and place not in old and place != path + name]
    return places[0] if len(places) == 1 else ""
