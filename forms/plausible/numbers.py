"""Made-up numbers: within limits, and official ones with their check digits."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import stdnum.pl.nip
import stdnum.pl.pesel
import stdnum.pl.regon

from forms.types.numbers import trimmed

BORN_FROM, BORN_DAYS = date(1955, 1, 1), 45 * 365
BANK = "10901014"  # the settlement number in the usual example of an account
ACCOUNT_DIGITS = 16
TWENTY_FIRST = 20  # added to the month in a PESEL of someone born after 1999


def between(least: Decimal | None, most: Decimal | None, places: int, usual: int, rng: Random) -> Decimal:
    """A number within the limits (`usual` above or below the one that is there), small ones as often as large ones."""
    low = (
        Decimal(least)
        if least is not None
        else (min(Decimal(0), Decimal(most) - usual) if most is not None else Decimal(0))
    )
    high = Decimal(most) if most is not None else low + usual
    span = float(max(high - low, Decimal(0)))
    step = math.expm1(rng.random() * math.log1p(span))
    value = (low + Decimal(repr(step))).quantize(Decimal(1).scaleb(-places))
    return trimmed(min(max(value, low), high))


def checked_digits(name: str, rng: Random) -> str:
    """An official number of this kind (nip, regon, pesel, iban) whose check digits are right."""
    return MAKERS[name](rng)


def _nip(rng: Random) -> str:
    while True:
        digits = f"{rng.randint(101, 998)}{rng.randint(0, 999_999):06}"
        found = next((check for check in "0123456789" if stdnum.pl.nip.is_valid(digits + check)), None)
        if found is not None:  # a remainder of 10 belongs to no number
            return digits + found


def _regon(rng: Random) -> str:
    digits = f"{rng.randint(1, 97):02}{rng.randint(0, 999_999):06}"
    return f"{digits}{stdnum.pl.regon.calc_check_digit(digits)}"


def _pesel(rng: Random) -> str:
    born = BORN_FROM + timedelta(days=rng.randrange(BORN_DAYS))
    month = born.month + (TWENTY_FIRST if born.year >= 2000 else 0)
    digits = f"{born.year % 100:02}{month:02}{born.day:02}{rng.randint(0, 9_999):04}"
    return f"{digits}{stdnum.pl.pesel.calc_check_digit(digits)}"


def _iban(rng: Random) -> str:
    account = BANK + "".join(str(rng.randint(0, 9)) for _ in range(ACCOUNT_DIGITS))
    check = 98 - int(f"{account}252100") % 97  # PL as digits, 00 where the check digits will stand
    return f"PL{check:02}{account}"


MAKERS: Mapping[str, Callable[[Random], str]] = {"nip": _nip, "regon": _regon, "pesel": _pesel, "iban": _iban}
