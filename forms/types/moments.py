"""Days and hours: date, time, datetime, month, year – typed in many ways, kept as ISO, shown in Polish."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import MOMENT, VALUE, Described, Words, limits
from forms.expressions import Env, Kind
from forms.formula import Formula
from forms.key import Key
from forms.keys import Bound
from forms.spans import WARSAW
from forms.types.dates import clock_of, day_of, iso_day, iso_month, month_of
from forms.types.given import Column, Refused, Typed
from forms.types.line import Line, first, fixed, limit, min_over_max, one_line
from forms.wording import Say, clock, gender, long_date, long_moment, month_name, say, short_date


def bounds(literal: Callable[[str], Any], wants: Kind) -> dict[str, Key]:
    """The keys `min` and `max`, which take a value of the type or an expression."""
    return {
        "min": Bound("Najwcześniej: wartość, today albo wyrażenie.", literal=literal, wants=wants),
        "max": Bound("Najpóźniej: wartość, today albo wyrażenie.", literal=literal, wants=wants),
    }


@dataclass(frozen=True, eq=False)
class Moment(Line):
    """Base of days and hours: limits that compare, messages that name the limit."""

    short: ClassVar[str] = "short"
    column: ClassVar[str] = "text"
    numeric: ClassVar[Mapping[str, str]] = {"inputmode": "numeric"}

    min: Any = None
    max: Any = None

    @property
    def attributes(self) -> Mapping[str, str]:
        return self.numeric

    @property
    def extent(self) -> tuple[Any, Any]:
        return fixed(self.min), fixed(self.max)

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        return min_over_max(self.min, self.max, self.brief)

    def brief(self, value: Any) -> str:
        """The value as it is typed and as messages write it."""
        raise NotImplementedError

    def bound(self, value: Any) -> Any:
        """A limit as it is compared with values of this type."""
        return value

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        least, most = limit(self.min, env), limit(self.max, env)
        label = field.label(env)
        if least is not None and value < self.bound(least):
            return Refused("min", _too_early(label, self.brief(self.bound(least)), _today(self.min)))
        if most is not None and value > self.bound(most):
            return Refused("max", _too_late(label, self.brief(self.bound(most)), _today(self.max)))
        return None

    def typed(self, value: Any) -> Typed:
        return {"": [self.brief(value)]}

    def described(self, words: Words) -> Described:
        return Described(limits(words, self.min, self.max, VALUE, self.brief, MOMENT))

    def dump(self, value: Any) -> Any:
        return value.isoformat()

    def columns(self, field: Field) -> tuple[Column, ...]:
        return (Column("", self.column),)


def _today(bound: Any) -> bool:
    return isinstance(bound, Formula) and bound.text.strip() == "today"


def _too_early(label: str, date: str, today: bool) -> Say:
    """Only a feminine label („Data zakończenia”) can be the subject of „wcześniejsza”."""
    if gender(label) == "f":
        if today:
            return say("{label} nie może być wcześniejsza niż dzisiaj ({date}).", label=label, date=date)
        return say("{label} nie może być wcześniejsza niż {date}.", label=label, date=date)
    if today:
        return say("W polu „{label}” podaj datę nie wcześniejszą niż dzisiaj ({date}).", label=label, date=date)
    return say("W polu „{label}” podaj datę nie wcześniejszą niż {date}.", label=label, date=date)


def _too_late(label: str, date: str, today: bool) -> Say:
    """As for what is too early."""
    if gender(label) == "f":
        if today:
            return say("{label} nie może być późniejsza niż dzisiaj ({date}).", label=label, date=date)
        return say("{label} nie może być późniejsza niż {date}.", label=label, date=date)
    if today:
        return say("W polu „{label}” podaj datę nie późniejszą niż dzisiaj ({date}).", label=label, date=date)
    return say("W polu „{label}” podaj datę nie późniejszą niż {date}.", label=label, date=date)


def _text(kept: Any) -> str:
    if not isinstance(kept, str):
        raise ValueError("not a stored moment")
    return kept


@dataclass(frozen=True, eq=False)
class Date(Moment):
    """A day of the calendar."""

    name: ClassVar[str] = "date"
    doc: ClassVar[str] = "Dzień."
    keys: ClassVar[Mapping[str, Key]] = bounds(iso_day, Kind.DATE)
    column: ClassVar[str] = "date"
    like: ClassVar[str] = "DD.MM.RRRR"
    example: ClassVar[str] = "09.03.2027"

    @property
    def kind(self) -> Kind:
        return Kind.DATE

    def read(self, text: str) -> date:
        return day_of(text)

    def bound(self, value: Any) -> date:
        return value.date() if isinstance(value, datetime) else value

    def brief(self, value: Any) -> str:
        return short_date(value)

    def show(self, value: Any) -> str:
        return long_date(value)

    def load(self, kept: Any) -> date:
        return iso_day(_text(kept))


@dataclass(frozen=True, eq=False)
class Time(Moment):
    """A time of day, on the 24-hour clock."""

    name: ClassVar[str] = "time"
    doc: ClassVar[str] = "Godzina."
    keys: ClassVar[Mapping[str, Key]] = bounds(time.fromisoformat, Kind.TIME)
    column: ClassVar[str] = "time"
    example: ClassVar[str] = "09:30"

    @property
    def kind(self) -> Kind:
        return Kind.TIME

    def read(self, text: str) -> time:
        return clock_of(text)

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        least, most = limit(self.min, env), limit(self.max, env)
        if least is not None and value < least:
            return Refused("min", say("Podaj godzinę nie wcześniejszą niż {time}.", time=clock(least)))
        if most is not None and value > most:
            return Refused("max", say("Podaj godzinę nie późniejszą niż {time}.", time=clock(most)))
        return None

    def brief(self, value: Any) -> str:
        return clock(value)

    def show(self, value: Any) -> str:
        return clock(value)

    def dump(self, value: Any) -> Any:
        return f"{value:%H:%M}"

    def load(self, kept: Any) -> time:
        if not re.fullmatch(r"\d\d:\d\d", _text(kept)):
            raise ValueError("not a stored time")
        return time.fromisoformat(kept)


@dataclass(frozen=True, eq=False)
class DateTime(Moment):
    """A day with an hour, in Polish time; typed into two inputs, or for a default into one."""

    name: ClassVar[str] = "datetime"
    doc: ClassVar[str] = "Dzień i godzina."
    parts: ClassVar[tuple[str, ...]] = ("", "time")
    keys: ClassVar[Mapping[str, Key]] = bounds(lambda text: _aware(datetime.fromisoformat(text)), Kind.DATETIME)
    column: ClassVar[str] = "datetime"
    fieldset: ClassVar[bool] = True
    example: ClassVar[str] = "09.03.2027 9:00"

    @property
    def kind(self) -> Kind:
        return Kind.DATETIME

    @property
    def template(self) -> str:
        return "fields/datetime.html"

    def answer(self, typed: Typed, field: Field) -> datetime | None:
        return None if self.blank(typed) else self.parse(typed, field)  # two texts, unlike other lines

    def parse(self, typed: Typed, field: Field) -> datetime:
        day, hour = one_line(first(typed)), one_line(first(typed, "time"))
        if not hour and (both := re.fullmatch(r"(.*\d(?: ?r\.)?)(?:,? (?:godz\. ?)?|T)(\d{1,2}:\d{2})", day)):
            day, hour = both[1], both[2]
        if not day or not hour:
            raise Refused("format", say("Podaj datę i godzinę."))
        moment = datetime.combine(day_of(day), clock_of(hour), WARSAW)
        if datetime.fromtimestamp(moment.timestamp(), WARSAW).time() != moment.time():
            skipped = say(
                "W dniu {date} nie ma godziny {time}, bo zegary przestawia się na czas letni. Podaj inną godzinę.",
                date=short_date(moment),
                time=clock(moment.time()),
            )
            raise Refused("calendar", skipped)
        return moment

    def bound(self, value: Any) -> datetime:
        return _aware(value if isinstance(value, datetime) else datetime.combine(value, time()))

    def brief(self, value: Any) -> str:
        return f"{short_date(value)} {clock(value.time())}"

    def typed(self, value: Any) -> Typed:
        return {"": [short_date(value)], "time": [clock(value.time())]}

    def show(self, value: Any) -> str:
        return long_moment(value)

    def load(self, kept: Any) -> datetime:
        moment = datetime.fromisoformat(_text(kept))
        if moment.tzinfo is None:
            raise ValueError("not a stored moment")
        return moment.astimezone(WARSAW)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=WARSAW) if moment.tzinfo is None else moment


@dataclass(frozen=True, eq=False)
class Month(Moment):
    """A month, kept as its first day."""

    name: ClassVar[str] = "month"
    doc: ClassVar[str] = "Miesiąc."
    keys: ClassVar[Mapping[str, Key]] = bounds(iso_month, Kind.DATE)
    like: ClassVar[str] = "MM.RRRR"
    example: ClassVar[str] = "12.2028"

    @property
    def kind(self) -> Kind:
        return Kind.DATE

    def read(self, text: str) -> date:
        return month_of(text)

    def bound(self, value: Any) -> date:
        return date(value.year, value.month, 1)

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        least, most = limit(self.min, env), limit(self.max, env)
        if least is not None and value < self.bound(least):
            return Refused("min", say("Podaj miesiąc nie wcześniejszy niż {month}.", month=month_name(least)))
        if most is not None and value > self.bound(most):
            return Refused("max", say("Podaj miesiąc nie późniejszy niż {month}.", month=month_name(most)))
        return None

    def brief(self, value: Any) -> str:
        return f"{value:%m.%Y}"

    def show(self, value: Any) -> str:
        return month_name(value)

    def dump(self, value: Any) -> Any:
        return f"{value:%Y-%m}"

    def load(self, kept: Any) -> date:
        return iso_month(_text(kept))

    def cells(self, value: Any) -> tuple[Any, ...]:
        return (self.dump(value),)
