"""The functions of the language: what each takes and gives, how it reads aloud, and the arithmetic behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from forms.expressions.kinds import ANY, BOOLEAN, DATE, NUMBER, TEXT, Kind
from forms.spans import WARSAW, Span
from forms.wording import Say, plural, say

EXACT = Context(prec=100, rounding=ROUND_HALF_UP, traps=[])
QUOTIENT = Context(prec=28, rounding=ROUND_HALF_UP, traps=[])


@dataclass(frozen=True, slots=True)
class Function:
    """A function as authors see it: `usage` for the reference, what it `means`, and how a description `reads` it.

    `params` are the kinds of its arguments, the last `optional` of which may be left out. `run` gets answered values
    only: with an unanswered argument a function is unanswered. Those without `run` see more than values (items of a
    group, limits, the previous period) and are checked and compiled by their name.
    """

    usage: str
    means: Say
    reads: Say
    result: Kind
    params: tuple[Kind, ...] = ()
    optional: int = 0
    run: Callable[..., Any] | None = None
    gathers: bool = False


def finite(value: Decimal) -> Decimal | None:
    """The number, or None for what arithmetic cannot give (a division by zero, an overflow)."""
    return value if value.is_finite() else None


def divide(left: Decimal, right: Decimal) -> Decimal | None:
    """The quotient rounded to 28 digits; None when divided by zero."""
    return finite(QUOTIENT.divide(left, right))


def rounded(value: Decimal, places: Decimal = Decimal(0)) -> Decimal | None:
    """Rounded as in bookkeeping, half away from zero; negative places round to tens, hundreds and so on."""
    digits = int(places)
    if digits != places or abs(digits) > 20:
        return None
    result = EXACT.quantize(value, Decimal(1).scaleb(-digits))
    return finite(result if digits >= 0 else EXACT.quantize(result, Decimal(1)))


def percent_change(now: Decimal, before: Decimal) -> Decimal | None:
    """By how many percent `now` differs from `before`; None when `before` is zero."""
    ratio = divide(EXACT.subtract(now, before), abs(before))
    return None if ratio is None else EXACT.multiply(ratio, Decimal(100))


def wall(value: date) -> datetime:
    """A day or a moment as the clock in Warsaw shows it, without a zone: days and moments can then be compared."""
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value if value.tzinfo is None else value.astimezone(WARSAW).replace(tzinfo=None)


def shift(day: date, span: Span, sign: int = 1) -> date | None:
    """A day or moment moved by a span, back with sign=-1; None beyond the calendar's years 1–9999."""
    try:
        return span.after(day, sign)
    except (OverflowError, ValueError):
        return None


def days(start: date, end: date) -> Decimal:
    """Days from `start` to `end`, negative when it is earlier."""
    return Decimal((wall(end).date() - wall(start).date()).days)


def months(start: date, end: date) -> Decimal:
    """Whole months from `start` to `end`: the most that can be added to `start` without passing `end`.

    A month that lacks the day ends on its last one, as in art. 112 of the Civil Code: 31 January to 28 February is one.
    """
    first, last = wall(start).date(), wall(end).date()
    if last < first:
        return -months(last, first)
    whole = (last.year - first.year) * 12 + last.month - first.month
    reached = shift(first, Span(whole, "months"))
    return Decimal(whole if reached is not None and reached <= last else whole - 1)


def years(start: date, end: date) -> Decimal:
    """Whole years from `start` to `end`, counted as months are."""
    return Decimal(int(months(start, end) / 12))


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum of the answered values; nothing answered sums to zero."""
    result = Decimal(0)
    for value in values:
        result = EXACT.add(result, value)
    return result


def smallest(values: Iterable[Any]) -> Any:
    """The smallest or earliest answered value; None when there is none."""
    return min(values, default=None, key=_order)


def largest(values: Iterable[Any]) -> Any:
    """The largest or latest answered value; None when there is none."""
    return max(values, default=None, key=_order)


def _order(value: Any) -> Any:
    return wall(value) if isinstance(value, date) else value


FUNCTIONS: Mapping[str, Function] = {
    "answered": Function("answered(x)", say("czy na pytanie odpowiedziano"), say("podano {x}"), BOOLEAN, (ANY,)),
    "count": Function(
        "count(x[, warunek])",
        say("ile jest pozycji (spełniających warunek), zaznaczonych opcji, plików albo wartości"),
        say("liczba pozycji w {x}"),
        NUMBER,
        (ANY, BOOLEAN),
        optional=1,
    ),
    "sum": Function(
        "sum(x, …)", say("suma podanych wartości"), say("suma ({all})"), NUMBER, (NUMBER,), run=total, gathers=True
    ),
    "min": Function(
        "min(x, …)",
        say("najmniejsza z podanych wartości"),
        say("najmniejsza z wartości ({all})"),
        ANY,
        (ANY,),
        run=smallest,
        gathers=True,
    ),
    "max": Function(
        "max(x, …)",
        say("największa z podanych wartości"),
        say("największa z wartości ({all})"),
        ANY,
        (ANY,),
        run=largest,
        gathers=True,
    ),
    "abs": Function(
        "abs(x)", say("liczba bez znaku"), say("wartość bezwzględna {x}"), NUMBER, (NUMBER,), run=EXACT.abs
    ),
    "round": Function(
        "round(x[, miejsca])",
        say("liczba zaokrąglona, połówki w górę"),
        say("{x} po zaokrągleniu"),
        NUMBER,
        (NUMBER, NUMBER),
        optional=1,
        run=rounded,
    ),
    "length": Function(
        "length(tekst)",
        say("liczba znaków"),
        say("liczba znaków w {x}"),
        NUMBER,
        (TEXT,),
        run=lambda text: Decimal(len(text)),
    ),
    "limit": Function(
        "limit('nazwa'[, data])",
        say("liczba z config/limits.yaml obowiązująca w podanym dniu (bez niego: dziś)"),
        say("limit {x}"),
        NUMBER,
        (TEXT, DATE),
        optional=1,
    ),
    "days": Function(
        "days(od, do)", say("liczba dni między datami"), say("liczba dni od {x} do {y}"), NUMBER, (DATE, DATE), run=days
    ),
    "months": Function(
        "months(od, do)",
        say("liczba pełnych miesięcy"),
        say("liczba pełnych miesięcy od {x} do {y}"),
        NUMBER,
        (DATE, DATE),
        run=months,
    ),
    "years": Function(
        "years(od, do)",
        say("liczba pełnych lat"),
        say("liczba pełnych lat od {x} do {y}"),
        NUMBER,
        (DATE, DATE),
        run=years,
    ),
    "year": Function(
        "year(data)", say("rok daty"), say("rok z {x}"), NUMBER, (DATE,), run=lambda day: Decimal(wall(day).year)
    ),
    "plural": Function(
        "plural(n, 'osoba', 'osoby', 'osób')",
        say("forma rzeczownika, która pasuje do liczby"),
        say("słowo „{y}” odmienione przez liczbę {x}"),
        TEXT,
        (NUMBER, TEXT, TEXT, TEXT),
        run=plural,
    ),
    "previous": Function(
        "previous(pole)", say("odpowiedź z poprzedniego okresu"), say("{x} w poprzednim okresie"), ANY, (ANY,)
    ),
    "change": Function(
        "change(pole)",
        say("zmiana od poprzedniego okresu w procentach"),
        say("zmiana {x} w procentach"),
        NUMBER,
        (NUMBER,),
    ),
}
