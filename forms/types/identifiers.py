"""Official numbers: NIP, REGON, PESEL, bank account, TERYT, postal code – checked, never looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import stdnum.iban
import stdnum.pl.nip
import stdnum.pl.pesel
import stdnum.pl.regon
from stdnum.exceptions import InvalidChecksum, ValidationError

from forms.types.given import Column, Refused
from forms.types.line import Line
from forms.wording import say

VOIVODESHIPS = frozenset(f"{number:02}" for number in range(2, 33, 2))
WHOLE_GMINA = frozenset("123")  # 1 miejska, 2 wiejska, 3 miejsko-wiejska; 4, 5, 8 and 9 are parts of a gmina
POLISH_ACCOUNT_DIGITS = 26
ACCOUNT = re.compile("PL[0-9]{26}|(?!PL)[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")


@dataclass(frozen=True, eq=False)
class Identifier(Line):
    """Base of numbers with a rule: kept without blanks and hyphens."""

    short: ClassVar[str] = "short"
    html: ClassVar[Mapping[str, str]] = {"inputmode": "numeric", "spellcheck": "false"}

    def load(self, kept: Any) -> str:
        try:
            if isinstance(kept, str) and self.read(kept) == kept:
                return kept
        except Refused as refused:
            raise ValueError(f"not a stored {self.name}") from refused
        raise ValueError(f"not a stored {self.name}")

    def columns(self, field: Any) -> tuple[Column, ...]:
        return (Column("", "code"),)


def digits_of(text: str) -> str:
    """The text without blanks, hyphens and dots between its characters."""
    return re.sub(r"[\s.‐‑–-]", "", text)


@dataclass(frozen=True, eq=False)
class Nip(Identifier):
    """The tax number: ten digits, the last one a checksum (weights 6 5 7 2 3 4 5 6 7, modulo 11)."""

    name: ClassVar[str] = "nip"
    doc: ClassVar[str] = "Numer NIP ze sprawdzoną cyfrą kontrolną."
    like: ClassVar[str] = "123-456-32-18"
    example: ClassVar[str] = "123-456-32-18"

    def read(self, text: str) -> str:
        digits = digits_of(re.sub(r"^(nip:?)? ?(pl)?", "", text, flags=re.IGNORECASE))
        if not re.fullmatch("[0-9]{10}", digits):
            raise Refused("format", say("NIP ma 10 cyfr, na przykład 123-456-32-18."))
        try:
            return stdnum.pl.nip.validate(digits)
        except ValidationError as error:
            what = say("Ten NIP jest niepoprawny – nie zgadza się cyfra kontrolna. Sprawdź wpisane cyfry.")
            raise Refused("checksum", what) from error

    def show(self, value: Any) -> str:
        return stdnum.pl.nip.format(value)


@dataclass(frozen=True, eq=False)
class Regon(Identifier):
    """The number in the register of businesses: nine digits, or fourteen for a local unit, each with its checksum."""

    name: ClassVar[str] = "regon"
    doc: ClassVar[str] = "Numer REGON ze sprawdzoną cyfrą kontrolną."
    like: ClassVar[str] = "123456785"
    example: ClassVar[str] = "123456785"

    def read(self, text: str) -> str:
        digits = digits_of(re.sub(r"^regon:? ?", "", text, flags=re.IGNORECASE))
        if not re.fullmatch("[0-9]{9}|[0-9]{14}", digits):
            raise Refused("format", say("REGON ma 9 albo 14 cyfr, na przykład 123456785."))
        try:
            return stdnum.pl.regon.validate(digits)
        except ValidationError as error:
            raise Refused("checksum", say("Ten REGON jest niepoprawny – nie zgadza się cyfra kontrolna.")) from error


@dataclass(frozen=True, eq=False)
class Pesel(Identifier):
    """The personal number: eleven digits that hold a date of birth and a checksum. Ask for it."""

    name: ClassVar[str] = "pesel"
    doc: ClassVar[str] = "Numer PESEL ze sprawdzoną cyfrą kontrolną i datą urodzenia."
    like: ClassVar[str] = "44051401359"
    example: ClassVar[str] = "44051401359"
    personal: ClassVar[bool] = True

    def read(self, text: str) -> str:
        digits = digits_of(text)
        if not re.fullmatch("[0-9]{11}", digits):
            raise Refused("format", say("PESEL ma 11 cyfr. Sprawdź, czy wszystkie są wpisane."))
        try:
            return stdnum.pl.pesel.validate(digits)
        except InvalidChecksum as error:
            what = say("Ten PESEL jest niepoprawny – nie zgadza się cyfra kontrolna. Sprawdź wpisane cyfry.")
            raise Refused("checksum", what) from error
        except ValidationError as error:
            what = say("Ten PESEL jest niepoprawny – nie ma w nim prawdziwej daty urodzenia. Sprawdź wpisane cyfry.")
            raise Refused("checksum", what) from error


@dataclass(frozen=True, eq=False)
class Iban(Identifier):
    """A bank account: IBAN; twenty-six digits alone are a Polish account."""

    name: ClassVar[str] = "iban"
    doc: ClassVar[str] = "Numer rachunku bankowego ze sprawdzoną cyfrą kontrolną."
    short: ClassVar[str] = "medium"
    html: ClassVar[Mapping[str, str]] = {"spellcheck": "false", "autocapitalize": "characters"}
    like: ClassVar[str] = "61 1090 1014 0000 0712 1981 2874"
    example: ClassVar[str] = "61 1090 1014 0000 0712 1981 2874"
    personal: ClassVar[bool] = True

    def read(self, text: str) -> str:
        account = digits_of(text).upper().removeprefix("IBAN").lstrip(":")
        if re.fullmatch(f"[0-9]{{{POLISH_ACCOUNT_DIGITS}}}", account):
            account = f"PL{account}"
        # The whole form first: a number too short would otherwise be told that a digit in it is wrong.
        if not ACCOUNT.fullmatch(account):
            raise self._wrong()
        try:
            return stdnum.iban.validate(account)
        except InvalidChecksum as error:
            what = say("Ten numer rachunku jest niepoprawny – nie zgadza się cyfra kontrolna. Sprawdź wpisane cyfry.")
            raise Refused("checksum", what) from error
        except ValidationError as error:
            raise self._wrong() from error

    def _wrong(self) -> Refused:
        what = say("Numer rachunku w Polsce ma 26 cyfr. Numer zagraniczny zacznij od liter kraju, na przykład DE.")
        return Refused("format", what)

    def show(self, value: Any) -> str:
        return stdnum.iban.format(value)


@dataclass(frozen=True, eq=False)
class Teryt(Identifier):
    """The code of a whole gmina in the register TERYT: voivodeship, powiat, gmina, kind; it has no checksum."""

    name: ClassVar[str] = "teryt"
    doc: ClassVar[str] = "Kod TERYT całej gminy."
    like: ClassVar[str] = "3218043"
    example: ClassVar[str] = "3218043"

    def read(self, text: str) -> str:
        code = digits_of(text)
        if not re.fullmatch("[0-9]{7}", code) or code[:2] not in VOIVODESHIPS:
            raise Refused("format", say("Kod TERYT gminy ma 7 cyfr, na przykład 3218043."))
        if code[6] not in WHOLE_GMINA:
            raise Refused(
                "format", say("To kod części gminy. Podaj kod całej gminy – jego ostatnia cyfra to 1, 2 albo 3.")
            )
        return code


@dataclass(frozen=True, eq=False)
class PostalCode(Identifier):
    """A Polish postal code, kept and shown as 70-540."""

    name: ClassVar[str] = "postal_code"
    doc: ClassVar[str] = "Polski kod pocztowy."
    like: ClassVar[str] = "00-000"
    example: ClassVar[str] = "70-540"

    def read(self, text: str) -> str:
        found = re.fullmatch(r"([0-9]{2}) ?[‐‑–-]? ?([0-9]{3})", text)
        if found is None:
            raise Refused("format", say("Kod pocztowy zapisz w postaci 00-000, na przykład 70-540."))
        return f"{found[1]}-{found[2]}"
