"""A made-up answer for each type of field: `sample(type, field, env, rng)`.

Samplers are registered by class; a type without one of its own is served by that of its base, at last by its `example`.
They stand here and not in the types, which serve requests and need no made-up data.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import singledispatch
from random import Random
from typing import Any

import rstr

from forms.definition import Field
from forms.expressions import Env
from forms.plausible import words
from forms.plausible.numbers import between, checked_digits
from forms.spans import WARSAW
from forms.types.base import FieldType
from forms.types.identifiers import Iban, Identifier, PostalCode, Teryt
from forms.types.line import limit
from forms.types.moments import DateTime, Moment, Month, Time
from forms.types.numbers import DecimalNumber, Integer, Money, Number
from forms.types.phone import Phone
from forms.types.silent import Hidden
from forms.types.text import Email, LongText, Text, Url
from forms.types.year import Year

PAST, AHEAD = timedelta(days=3 * 365), timedelta(days=365)
LONG, SHORT = 400, 60  # characters of a text whose length the definition leaves open
PATTERN_TRIES = 50


@singledispatch
def sample(kind: FieldType, field: Field, env: Env, rng: Random) -> Any:
    """A canonical value that the field may well accept; None when nothing can be answered now."""
    return kind.parse({"": [kind.example]}, field) if kind.example else None


@sample.register
def _(kind: Text, field: Field, env: Env, rng: Random) -> Any:
    least, most = _lengths(kind, env, SHORT)
    if kind.pattern:
        made = (kind.clean(rstr.Rstr(rng).xeger(kind.pattern)) for _ in range(PATTERN_TRIES))
        return next((text for text in made if text and kind.verdict(text, field, env) is None), None)
    text = words.phrase(words.kind_of(field.name, str(field.label)), rng)
    return text if least <= len(text) <= most else words.sentences(least, most, rng)


@sample.register
def _(kind: LongText, field: Field, env: Env, rng: Random) -> Any:
    return words.sentences(*_lengths(kind, env, LONG), rng)


def _lengths(kind: Text, env: Env, usual: int) -> tuple[int, int]:
    least = int(limit(kind.min, env) or 1)
    return least, max(least, int(limit(kind.max, env) or max(usual, least * 2)))


@sample.register
def _(kind: Email, field: Field, env: Env, rng: Random) -> Any:
    known = env.item or env.values
    first, last = known.get("imie"), known.get("nazwisko")
    name = f"{first} {last}" if isinstance(first, str) and isinstance(last, str) else words.phrase("person", rng)
    number = "" if rng.random() < 0.5 else str(rng.randint(1, 99))
    return f"{words.letters(name)}{number}@gmina-{words.letters(rng.choice(words.TOWNS))}.example"


@sample.register
def _(kind: Url, field: Field, env: Env, rng: Random) -> Any:
    return f"https://bip.{words.letters(rng.choice(words.TOWNS))}.example/{rng.randint(1, 999)}"


@sample.register
def _(kind: Phone, field: Field, env: Env, rng: Random) -> Any:
    return f"+48500000{rng.randint(0, 999):03}"


@sample.register
def _(kind: Number, field: Field, env: Env, rng: Random) -> Any:
    least, most = limit(kind.min, env), limit(kind.max, env)
    places = 0 if isinstance(kind, Integer) else 2
    if isinstance(kind, DecimalNumber) and kind.places is not None:
        places = kind.places
    return kind.accept(between(least, most, places, 100_000 if isinstance(kind, Money) else 1_000, rng))


@sample.register
def _(kind: Year, field: Field, env: Env, rng: Random) -> Any:
    least, most = limit(kind.min, env), limit(kind.max, env)
    low = int(least) if least is not None else min(env.today.year - 5, int(most or env.today.year))
    return rng.randint(low, max(low, int(most) if most is not None else max(low, env.today.year + 2)))


@sample.register
def _(kind: Moment, field: Field, env: Env, rng: Random) -> Any:
    least, most = limit(kind.min, env), limit(kind.max, env)
    low = _day(least) if least is not None else min(env.today - PAST, (_day(most) if most else env.today) - AHEAD)
    high = _day(most) if most is not None else max(env.today, low) + AHEAD
    day = low + timedelta(days=rng.randint(0, max(0, (high - low).days)))
    if isinstance(kind, DateTime):
        return datetime.combine(day, time(rng.randint(8, 15), rng.choice((0, 30))), WARSAW)
    return day.replace(day=1) if isinstance(kind, Month) else day


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


@sample.register
def _(kind: Time, field: Field, env: Env, rng: Random) -> Any:
    least, most = limit(kind.min, env) or time(8), limit(kind.max, env) or time(18)
    first, last = least.hour * 60 + least.minute, most.hour * 60 + most.minute
    minutes = rng.randint(first, max(first, last))
    return time(minutes // 60, minutes % 60)


@sample.register
def _(kind: Identifier, field: Field, env: Env, rng: Random) -> Any:
    return checked_digits(kind.name, rng)


@sample.register
def _(kind: Iban, field: Field, env: Env, rng: Random) -> Any:
    return checked_digits("iban", rng)


@sample.register
def _(kind: Teryt, field: Field, env: Env, rng: Random) -> Any:
    return f"32{rng.randint(1, 18):02}{rng.randint(1, 9):02}{rng.randint(1, 3)}"


@sample.register
def _(kind: PostalCode, field: Field, env: Env, rng: Random) -> Any:
    return postal_code(rng)


@sample.register
def _(kind: Hidden, field: Field, env: Env, rng: Random) -> Any:
    return None


def postal_code(rng: Random) -> str:
    """A postal code of the region."""
    return f"7{rng.randint(0, 8)}-{rng.randint(1, 999):03}"
