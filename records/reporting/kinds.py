"""How the answers of each type of question are counted. A type that is not named here is counted, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from forms.definition import Field
from forms.polish import sort_key
from forms.standing import DECLARED, ENTERED, NEITHER, PROGRAM, PROGRAMMES, WYKAZ, Standing, listed
from forms.types.base import FieldType
from forms.types.choices import Choice, Choices
from forms.types.choosing import Choosing
from forms.types.event import EventField
from forms.types.gmina import Gmina
from forms.types.marks import Consent, Scale, YesNo
from forms.types.moments import Moment
from forms.types.numbers import Number
from forms.types.own import OTHER, Own, own_codes
from forms.types.silent import Computed
from forms.types.text import Text, Url
from forms.types.year import Year
from forms.wording import Say, say
from records.reporting.parts import Bars, Figures, Part
from records.reporting.statistics import Spread, bins, days
from records.reporting.tally import Counted, Labels, Tally, Texts, spread

PLACES = {
    "powiat": say("Powiat"),
    "type": say("Rodzaj gminy"),
    WYKAZ: say("Stan w Wykazie dziś"),
    PROGRAM: say("Program w Wykazie dziś"),
}
STANDINGS: dict[str, dict[str, Say | str]] = {
    WYKAZ: {ENTERED: say("w Wykazie"), DECLARED: say("deklaracja udziału"), NEITHER: say("bez programu i deklaracji")},
    PROGRAM: {**{each: each for each in PROGRAMMES}, NEITHER: say("bez programu")},
}
HALF, QUARTER = Decimal("0.5"), Decimal("0.25")
YES, NO = "true", "false"


class Chosen(Counted):
    """One or several of some options; own answers may be read one by one."""

    axes = ("",)

    @property
    def texts(self) -> bool:  # type: ignore[override]
        """Whether somebody may have written an answer of their own."""
        return any(getattr(each.type, "other", False) for each in self.fields)

    def take(self, values: Sequence[Any]) -> None:
        Tally.take(self, values)
        self.counts.update([tuple(kept) if type(kept) is list else kept for kept in values])

    def parts(self) -> Iterator[Part]:
        apart = not isinstance(self.field.type, Choices)
        found = ((self.codes("", kept), times) for kept, times in self.given())
        yield Bars("", spread(self.labels(""), found), self.answered, apart)

    def labels(self, axis: str) -> Labels:
        """Options in the order of the newest version, without those that are retired and were never chosen."""
        chosen = {code for kept, _ in self.given() for code in self.codes(axis, kept)}
        found: dict[str, str] = {}
        for position, field in enumerate(self.fields):
            for option in _options(field.type):
                if option.value in chosen or (not position and not option.retired):
                    found.setdefault(option.value, str(option.label))
        if self.texts:
            found[OTHER] = str(say("Inne"))
        return found

    def codes(self, axis: str, kept: Any) -> Sequence[str]:
        return tuple(own_codes(list(kept) if isinstance(kept, tuple) else kept))

    def texts_of(self, kept: Any) -> Iterable[str]:
        value = self.load(kept)
        return [each.text for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, Own)]


class Place(Counted):
    """A gmina: by powiat, by type, and by how it stands in the Wykaz today."""

    axes = tuple(PLACES)

    def parts(self) -> Iterator[Part]:
        for axis in self.axes:
            labels = self.labels(axis)
            if axis in STANDINGS and not labels.keys() - {NEITHER}:
                continue  # an office that keeps no Wykaz
            found = ((self.codes(axis, kept), times) for kept, times in self.given())
            yield Bars(str(PLACES[axis]), spread(labels, found), self.answered)

    def labels(self, axis: str) -> Labels:
        named = {self.codes(axis, kept)[0] for kept, _ in self.given()}
        if axis in STANDINGS:
            return {code: str(words) for code, words in STANDINGS[axis].items() if code in named}
        return {name: name for name in sorted(named, key=sort_key)}

    def codes(self, axis: str, kept: Any) -> Sequence[str]:
        if axis in STANDINGS:
            return (self._stands(kept).of(axis),)
        for field in self.fields:
            if isinstance(field.type, Gmina) and (found := field.type.attribute(kept, axis)):
                return (found,)
        return (str(say("nie ma na liście")),)

    def _stands(self, kept: Any) -> Standing:
        known = self.standing(kept) if self.standing is not None else None
        if known is not None:
            return known
        rows = (each.type for each in self.fields if isinstance(each.type, Gmina))
        said = next(((kind.attribute(kept, WYKAZ), kind.attribute(kept, PROGRAM)) for kind in rows), (None, None))
        return listed(*said)


class Truth(Counted):
    """Yes or no."""

    axes = ("",)

    def parts(self) -> Iterator[Part]:
        found = ((self.codes("", kept), times) for kept, times in self.given())
        yield Bars("", spread(self.labels(""), found), self.answered)

    def labels(self, axis: str) -> Labels:
        yes, no = {YES: str(say("Tak"))}, {NO: str(say("Nie"))}
        return yes if self.field.type.only else yes | no

    def codes(self, axis: str, kept: Any) -> Sequence[str]:
        return (YES if kept is True else NO,)


class Marks(Counted):
    """Points on a scale: each with its count, the mean and the median."""

    axes = ("",)

    def parts(self) -> Iterator[Part]:
        found = ((self.codes("", kept), times) for kept, times in self.given())
        yield Bars("", spread(self.labels(""), found), self.answered)
        numbers = spread_of(self.loaded())
        if numbers is not None:
            yield figures(numbers, summed=False)

    def labels(self, axis: str) -> Labels:
        scale = self.field.type
        assert isinstance(scale, Scale)
        ends = {scale.lowest: scale.low, scale.highest: scale.high}
        return {str(step): f"{step} – {ends[step]}" if ends.get(step) else str(step) for step in scale.steps}

    def codes(self, axis: str, kept: Any) -> Sequence[str]:
        return (str(kept),)


class Numbers(Counted):
    """Numbers: what they come to, and a histogram."""

    def parts(self) -> Iterator[Part]:
        found = spread_of(self.loaded())
        if found is not None:
            yield figures(found, summed=True, unit=str(getattr(self.field.type, "suffix", "")))
            yield Bars(str(say("Rozkład")), tuple(bins(found)), found.count)


class Years(Counted):
    """Years: how many each."""

    def parts(self) -> Iterator[Part]:
        rows = tuple((str(year), times) for year, times in sorted(self.loaded().items()))
        yield Bars("", rows, self.answered)


class Days(Counted):
    """Days, moments, months and hours: how many on each, or in each longer span."""

    def parts(self) -> Iterator[Part]:
        hours: dict[int, int] = {}
        found: dict[date, int] = {}
        for value, times in self.loaded().items():
            if isinstance(value, time):
                hours[value.hour] = hours.get(value.hour, 0) + times
            else:
                day = value.date() if isinstance(value, datetime) else value
                found[day] = found.get(day, 0) + times
        rows = days(found) if found else [(f"{hour}:00–{hour}:59", hours[hour]) for hour in sorted(hours)]
        yield Bars("", tuple(rows), self.answered)


def spread_of(counts: Mapping[Any, int]) -> Spread | None:
    """These whole numbers or decimals in order; None without any."""
    return Spread({Decimal(value): times for value, times in counts.items()}) if counts else None


def figures(found: Spread, *, summed: bool, unit: str = "", title: str = "") -> Figures:
    """What these numbers come to."""
    quartiles = found.quantile(QUARTER), found.quantile(1 - QUARTER)
    total = found.total if summed else None
    return Figures(title, found.count, found.mean, found.quantile(HALF), quartiles, found.extremes, total, unit)


def _options(kind: FieldType) -> Iterable[Any]:
    return kind.options.items if isinstance(kind, Choosing) else ()


def _computed(field: Field) -> Tally:
    counted: dict[str, type[Tally]] = {"number": Numbers, "date": Days, "time": Days, "boolean": Truth}
    return counted.get(field.type.kind.family, Texts)(field)


TALLIES: dict[type[FieldType], Callable[[Field], Tally]] = {
    Choice: Chosen,
    Choices: Chosen,
    EventField: Chosen,
    Gmina: Place,
    YesNo: Truth,
    Consent: Truth,
    Scale: Marks,
    Number: Numbers,
    Year: Years,
    Moment: Days,
    Text: Texts,
    Url: Texts,
    Computed: _computed,
}
"""What counts the answers to a question, by its type or the type it is made from; the rest are only counted as given."""


def tally_of(field: Field) -> Tally:
    """What counts the answers to this question."""
    made = next((TALLIES[kind] for kind in type(field.type).__mro__ if kind in TALLIES), Tally)
    return made(field)
