"""Two whole forms compared: the keys of the form, its steps, its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import partial

from forms.definition import Form, Step
from forms.diff import own_keys, parts
from forms.diff.change import Change, Effect, Touch
from forms.diff.fields import Comparing
from forms.diff.likeness import condition, same, spelled, tale
from forms.diff.own_keys import Spot
from forms.diff.parts import Parts
from forms.events import FORM
from forms.formula import Text
from forms.wording import Say, say

# Told apart, worked out from the rest, or nothing that anybody answers.
ELSEWHERE = frozenset({"slug", "hash", "bundle", "steps", "checks", "conditions", "events", "places", "examples"})
SERIES: dict[str, tuple[Effect, Say]] = {
    "one_per": (
        Effect.REVIEW,
        say("Inne pola, w których odpowiedź nie może się powtórzyć. Odpowiedzi już wysłanych to nie obejmie."),
    ),
    "reference": (
        Effect.REVIEW,
        say("Inny wzór numeru. Wysłane odpowiedzi zachowają dawne numery, następne dostaną nowe."),
    ),
    "period": (Effect.LOSS, say("Inny okres: seria się urywa, a poprzednich wartości nie będzie z czym porównać.")),
    "privacy": (
        Effect.REVIEW,
        say("Inna klauzula o danych. Kto już wysłał odpowiedź, czytał dawną."),
    ),
    "retain": (Effect.REVIEW, say("Inny czas przechowywania; dotyczy także odpowiedzi już zapisanych.")),
}
ANONYMOUS = {
    True: say("Odpowiedzi stają się anonimowe. Te już wysłane nadal są powiązane z osobą, gminą i godziną."),
    False: say("Odpowiedzi przestają być anonimowe. W jednym eksporcie staną obok anonimowych."),
}


def compare(old: Form, new: Form) -> list[Change]:
    """Everything that the new version changes, the gravest first, then in the order of the form."""
    found = [*_keys(old, new), *_steps(old, new), *Comparing(old, new).changes()]
    return sorted(found, key=lambda change: -change.effect)


def worst(changes: Iterable[Change]) -> Effect:
    """The gravest effect among the changes."""
    return max((change.effect for change in changes), default=Effect.NONE)


def _keys(old: Form, new: Form) -> Iterator[Change]:
    comparing = Comparing(old, new)
    spot = Spot("", (), comparing.before, comparing.now)
    for each in fields(new):
        one, other = getattr(old, each.name), getattr(new, each.name)
        if each.name in ELSEWHERE or same(one, other) or (each.name == "reference" and _own(old) == _own(new)):
            continue
        told = tale(one), tale(other)
        if each.name == "period" and one and other and (one.field, one.every) == (other.field, other.every):
            what = say("Inny zbierany okres albo jego termin. Wysłane odpowiedzi zostają w swoich okresach.")
            yield spot.change("setting-changed", Effect.NONE, what, *told)
        elif each.name in SERIES:
            effect, what = SERIES[each.name]
            yield spot.change(f"{each.name.replace('_', '-')}-changed", effect, what, *told)
        elif each.name == "anonymous":
            yield spot.change("anonymous-changed", Effect.LOSS, ANONYMOUS[bool(other)], *told)
        elif each.name == "languages":
            what = say("Inne języki: było {old}, jest {new}.", old=told[0], new=told[1])
            yield spot.change("languages-changed", Effect.NONE, what, *told)
        elif isinstance(one, Text) or isinstance(other, Text):
            yield spot.change("text-changed", Effect.NONE, say("Inny tekst klucza „{key}”.", key=each.name), *told)
        elif told[0] and told[1] and told[0] != told[1]:
            what = say("Klucz „{key}”: było „{old}”, jest „{new}”.", key=each.name, old=told[0], new=told[1])
            yield spot.change("setting-changed", Effect.NONE, what, *told)
        else:
            yield spot.change("setting-changed", Effect.NONE, say("Inna wartość „{key}”.", key=each.name), *told)
    yield from _conditions(spot, old, new)
    yield from _events(spot, old, new)
    yield from own_keys.checks(spot, old.checks, new.checks)


def _own(form: Form) -> str:
    """The pattern of numbers without the name of the form in front: by default each file has its own."""
    return form.reference.removeprefix(form.slug.upper())


def _conditions(spot: Spot, old: Form, new: Form) -> Iterator[Change]:
    for name in dict.fromkeys([*old.conditions, *new.conditions]):
        one, other = old.conditions.get(name), new.conditions.get(name)
        if one is not None and other is not None and not same(one, other):
            was, is_ = condition(one, spot.before), condition(other, spot.now)
            what = say("Warunek „{name}” znaczy teraz: {new}; dotąd: {old}.", name=name, new=is_, old=was)
            yield spot.change("condition-changed", Effect.REVIEW, what, was, is_)


def _events(spot: Spot, old: Form, new: Form) -> Iterator[Change]:
    was, is_ = (tale(form.places[FORM].places) if FORM in form.places else "" for form in (old, new))
    if was != is_:
        yield spot.change("places-changed", Effect.REVIEW, say("Formularz ma inny limit miejsc."), was, is_)
    one, other = Parts.of(old.events, "event"), Parts.of(new.events, "event")
    nothing = Parts("event", {})
    for part in parts.changes(one or nothing, other or nothing, spot.before, spot.now):
        touch = Touch((), partial(parts.names, part=part.id)) if part.used else None
        yield spot.change(part.kind, part.effect, part.what, part.old, part.new, touch)


def _steps(old: Form, new: Form) -> Iterator[Change]:
    comparing = Comparing(old, new)
    before = {step.id: step for step in old.steps}
    now = {step.id: step for step in new.steps}

    def spot(step: Step) -> Spot:
        return Spot("", (), comparing.before, comparing.now, say("krok „{title}”", title=tale(step.title)))

    for step in old.steps:
        if step.id not in now:
            yield spot(step).change("step-removed", Effect.NONE, say("Nie ma już tego kroku."), step.id)
    for step in new.steps:
        was = before.get(step.id)
        if was is None:
            yield spot(step).change("step-added", Effect.NONE, say("Nowy krok."), new=step.id)
            continue
        yield from own_keys.asked(spot(step), was.when, step.when)
        yield from own_keys.checks(spot(step), was.checks, step.checks)
        for key in ("title", "intro", "share"):
            one, other = getattr(was, key), getattr(step, key)
            if spelled(one) != spelled(other):
                what = say("Inna wartość „{key}”.", key=key)
                yield spot(step).change("text-changed", Effect.NONE, what, tale(one), tale(other))
    order = [step.id for step in new.steps if step.id in before]
    if order != [step.id for step in old.steps if step.id in now]:
        yield Change("step-order", "", Effect.NONE, say("Kroki są w innej kolejności."))
