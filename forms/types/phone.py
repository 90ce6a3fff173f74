"""Telephone numbers: Polish ones as people here write them, foreign ones with a plus."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from forms.types.given import Refused
from forms.types.line import Line
from forms.wording import say

POLAND = "48"
NATIONAL_DIGITS = 9
TELLING = 6  # the first digits, which tell how the others are grouped
EXTENSION = re.compile(r"[\s,;/]*(?:\b(?:wewn?|w|ext)\b\.?|;ext=|#)[\s:]*([0-9]{1,6})$", re.IGNORECASE)
PREFIX = re.compile(r"^(?:tel(?:efon)?|kom(?:órka)?|fax|faks|nr)\b[.:\s]*", re.IGNORECASE)
SIGNS = re.compile(r"\+?[0-9\s()./–‑-]+")


@dataclass(frozen=True, eq=False)
class Phone(Line):
    """A telephone number, kept as E.164 (`+48910000001`, with an extension `+48910000001;ext=12`)."""

    name: ClassVar[str] = "phone"
    doc: ClassVar[str] = "Numer telefonu, polski albo zagraniczny."
    input: ClassVar[str] = "tel"
    short: ClassVar[str] = "short"
    html: ClassVar[Mapping[str, str]] = {"inputmode": "tel"}
    shape: ClassVar[re.Pattern[str] | None] = re.compile(r"\+[0-9]{8,15}(;ext=[0-9]{1,6})?")
    example: ClassVar[str] = "91 000 00 01"
    personal: ClassVar[bool] = True

    def read(self, text: str) -> str:
        extension = EXTENSION.search(text)
        written = PREFIX.sub("", text[: extension.start()] if extension else text)
        if not SIGNS.fullmatch(written):
            raise Refused("format", say("Wpisz numer telefonu cyframi, na przykład 91 000 00 01."))
        digits = re.sub("[^0-9]", "", written)
        foreign = written.startswith("+") or digits.startswith("00")
        if foreign and not written.startswith("+"):
            digits = digits[2:]
        kept = _foreign(digits) if foreign and not digits.startswith(POLAND) else _polish(digits, foreign)
        return kept + (f";ext={extension[1]}" if extension else "")

    def show(self, value: Any) -> str:
        written, _, extension = value.partition(";ext=")
        suffix = f" wew. {extension}" if extension else ""
        if not written.startswith(f"+{POLAND}"):
            return phonenumbers.format_number(phonenumbers.parse(written), PhoneNumberFormat.INTERNATIONAL) + suffix
        national, groups, at = written[len(POLAND) + 1 :], [], 0
        for length in _groups(national[:TELLING].ljust(len(national), "0")):
            groups.append(national[at : at + length])
            at += length
        return " ".join(groups) + suffix

    def words(self, value: Any) -> tuple[Any, ...]:
        return (self.show(value),)


@lru_cache(maxsize=4096)
def _groups(national: str) -> tuple[int, ...]:
    """How many digits stand together in a Polish number; known from how it begins, so the rest may be zeros."""
    number = PhoneNumber(country_code=int(POLAND), national_number=int(national))
    return tuple(map(len, phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL).split(" ")))


def _polish(digits: str, coded: bool) -> str:
    """`+48` and nine digits, the first not 0; the code, and the 0 once dialled between towns, may stand before them."""
    national = digits[len(POLAND) :] if coded or (len(digits) == 11 and digits.startswith(POLAND)) else digits
    if len(national) == NATIONAL_DIGITS + 1:
        national = national.removeprefix("0")
    if len(national) != NATIONAL_DIGITS:
        raise Refused("format", say("Numer telefonu powinien mieć 9 cyfr. Podano {n}.", n=len(national)))
    if national.startswith("0"):
        raise Refused("format", say("Numer telefonu nie zaczyna się od zera. Wpisz 9 cyfr, na przykład 91 000 00 01."))
    return f"+{POLAND}{national}"


def _foreign(digits: str) -> str:
    """A number of another country that can be one by its country's plan."""
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number) or not 8 <= len(digits) <= 15:
        raise Refused(
            "format", say("Sprawdź numer zagraniczny. Zacznij go od + i numeru kraju, na przykład +49 30 123456.")
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
