"""Checks of what a definition says about periods: `period`, `compare`, `prefill`, `warn_change`, previous(…), change(…)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from forms.definition import Field, Form
from forms.expressions import Kind
from forms.periods.series import GOES_BY, LIKE, STATISTICS, Period
from forms.problems import Place, nearest
from forms.reading import Pending, Reading
from forms.types.moments import Moment
from forms.wording import Say, say


def check_series(form: Form, reading: Reading, place: Callable[[Pending, int, int], Place]) -> None:
    """Reports what is wrong; `place` gives the place in the file of a part of an expression."""
    if form.period is not None:
        _period(form, form.period, reading)
    for pending in reading.pending if form.period is None else ():
        for call in pending.formula.expression.past:
            what = say("„{name}” sięga do poprzedniego okresu – dodaj do formularza klucz „period”.", name=call.name)
            reading.problems.add(place(pending, call.start, call.end), "no-period", what, pending.thing)
    for each in form.fields:
        _field(form, each, None, reading)
    if form.period is not None and not reading.problems.errors:
        _early(form, form.period, reading)


def _period(form: Form, period: Period, reading: Reading) -> None:
    at = period.place or Place(1, 1, 2)
    field = next((each for each in form.fields if each.name == period.field), None)
    if field is None:
        close = nearest(period.field, [each.name for each in form.fields])
        what = say("Nie ma pola „{name}” poza grupami.", name=period.field)
        if close:
            what = say("Nie ma pola „{name}” – czy chodziło o „{close}”?", name=period.field, close=close)
        reading.problem(at, "unknown-name", what)
    elif period.every not in GOES_BY.get(field.type.name, ()):
        types = ", ".join(name for name, long in GOES_BY.items() if period.every in long)
        what = say("Pole typu {type} nie nazywa okresu „{every}”. Możliwe: {types}.", type=field.type.name, every=period.every, types=types)  # fmt: skip
        reading.problem(at, "wrong-period", what)
    else:
        for option in field.type.options.items:
            if period.of(option.value) is None:
                what = say("Opcja „{value}” nie nazywa okresu – zapisz ją tak: {like}.", value=option.value, like=LIKE[period.every])  # fmt: skip
                reading.problem(field.place, "wrong-period", what)
    if not any(each.type.names_gmina for each in form.fields):
        reading.problem(
            at, "period-without-gmina", say("Dodaj pole typu gmina: okresy liczą się w każdej gminie osobno.")
        )
    if form.anonymous:
        reading.problem(at, "anonymous-period", say("Formularz anonimowy nie wie, która gmina go wypełnia. Usuń „period” albo „anonymous”."))  # fmt: skip


def _field(form: Form, each: Field, group: Field | None, reading: Reading) -> None:
    """Whether the keys of a field, of its columns and of the fields within it make sense there."""
    for one in (each, *each.type.cols):
        if not (one.compare or one.prefill or one.statistics or one.warn_change is not None):
            continue
        thing = say("kolumna „{name}”", name=one.name) if one is not each else say("pole „{name}”", name=one.name)
        with reading.within(thing):
            if form.period is None:
                what = say("Porównanie z poprzednim okresem wymaga klucza „period” w formularzu.")
                if one.statistics:
                    what = say("Statystyka jest z roku sprawozdania, więc formularz potrzebuje klucza „period”.")
                reading.problem(one.place, "no-period", what)
            else:
                for what in (*_misused(form.period, one, group), *_unpublished(one, each, group)):
                    reading.problem(one.place, "wrong-compare", what)
    for inner in each.fields:
        _field(form, inner, each if each.type.repeats else group, reading)


def _misused(period: Period, each: Field, group: Field | None) -> Iterator[Say]:
    """What does not make sense among a field's own keys; `group` is the one around it that repeats."""
    kind = each.type
    if each.sensitive or each.autocomplete or kind.personal:
        yield say("Danych o osobie nie pokazuje się komuś, kto wypełnia formularz po roku. Usuń klucze okresów.")
    elif each.name == period.field or kind.names_gmina:
        yield say("To pole mówi, do którego okresu i do której gminy się sięga. Usuń jego klucze okresów.")
    elif each.fields:
        yield from _grouped(each)
    elif not kind.stores or kind.uploads or kind.only:
        yield say("Pola typu {type} nie porównuje się z poprzednim okresem.", type=kind.name)
    elif each.prefill and kind.attached:
        yield say("Zdjęć nie przepisuje się z poprzedniego okresu. Usuń „prefill” albo „photo”.")
    elif each.prefill and not kind.asks:
        yield say("Pola typu {type} nikt nie wypełnia, więc „prefill” nie ma tu sensu.", type=kind.name)
    elif each.warn_change is not None and not any(map(counts, kind.cols or (each,))):
        yield say("„warn_change” liczy procent, więc może go mieć tylko liczba.")
    if group is not None and not each.statistics and not group.type.key:
        what = say("Grupa „{name}” nie ma klucza „key”, więc nie wiadomo, która pozycja jest która.", name=group.name)
        yield what


def _unpublished(each: Field, whole: Field, group: Field | None) -> Iterator[Say]:
    """What does not make sense about public statistics; `whole` is the table where `each` is its column."""
    if each.prefill == STATISTICS and not each.statistics:
        yield say(
            "„prefill: statistics” bierze wartość z klucza „statistics” – dopisz go, na przykład statistics: ludnosc."
        )
    elif each.statistics and (each is not whole or group is not None or not counts(each) or not each.type.asks):
        yield say(
            "„statistics” może mieć tylko liczba, którą się wpisuje: poza tabelą i poza grupą, która się powtarza."
        )


def _grouped(group: Field) -> Iterator[Say]:
    if group.compare or group.warn_change is not None or not group.type.repeats:
        yield say("Porównuje się pola w grupie, nie całą grupę. Przenieś klucz do jej pól.")
    elif not group.type.key:
        yield say("„prefill” grupy przepisuje jej pozycje, a te rozpoznaje się po polu z klucza „key”. Dodaj „key”.")


def counts(each: Field) -> bool:
    """Whether a change of the answer can be told in percent."""
    return each.type.kind == Kind.NUMBER and not isinstance(each.type, Moment)


def _early(form: Form, period: Period, reading: Reading) -> None:
    """`prefill` fills in what nobody has seen yet, so what it depends on must have been answered a page before."""
    known = False
    needed = {period.field, *(each.name for each in form.fields if each.type.names_gmina)}
    for step in form.steps:
        if known and form.journey != "page":
            return
        for each in _prefilled(step.fields):
            what = say("„prefill” działa od kroku po tym, w którym podaje się gminę i okres. Przenieś pole do późniejszego kroku.")  # fmt: skip
            with reading.within(say("pole „{name}”", name=each.name)):
                reading.problem(each.place, "early-prefill", what)
        needed -= {each.name for each in step.fields}
        known = not needed


def _prefilled(fields: Iterable[Field]) -> Iterator[Any]:
    for each in fields:
        if each.prefill or any(column.prefill for column in each.type.cols):
            yield each
        yield from _prefilled(each.fields)
