"""Texts: one line, several lines, e-mail addresses and addresses of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar
from urllib.parse import urlsplit, urlunsplit

from email_validator import EmailNotValidError, validate_email
from email_validator.rfc_constants import CASE_INSENSITIVE_MAILBOX_NAMES

from forms.definition import Field
from forms.describing.words import Described, Words, limits
from forms.expressions import Env, Kind
from forms.formula import Formula
from forms.key import Key
from forms.keys import Bound, Plain, Whole
from forms.polish import fold
from forms.types.given import Refused
from forms.types.line import Line, limit, many_lines, min_over_max
from forms.wording import Say, gender, number, say, say_n

LENGTHS: dict[str, Key] = {
    "min": Bound("Najmniejsza liczba znaków.", literal=int, wants=Kind.NUMBER),
    "max": Bound("Największa liczba znaków.", literal=int, wants=Kind.NUMBER),
}
LENGTH = say("Liczba znaków")
LONGEST_LINE = 1_000
LONGEST_TEXT = 20_000
LONGEST_URL = 2_000

EMAIL = say("Podaj pełny adres e-mail, na przykład jan.kowalski@gmina.pl.")
URL = say("Podaj pełny adres strony, na przykład https://www.gmina.pl.")
MISSPELT = {
    "gmial.com": "gmail.com",
    "gmai.com": "gmail.com",
    "gamil.com": "gmail.com",
    "gmaill.com": "gmail.com",
    "gmail.con": "gmail.com",
    "hotmial.com": "hotmail.com",
    "outlok.com": "outlook.com",
    "interia.lp": "interia.pl",
    "o2.lp": "o2.pl",
    "onet.lp": "onet.pl",
    "wp.lp": "wp.pl",
}
COMMON_ENDING = re.compile(r",(pl|eu|com|org|net)$", re.IGNORECASE)  # a comma typed for the dot
# A part before @ about which the library has nothing more to say; it writes some names of offices in lower case.
USUAL_LOCAL = re.compile(r"(?!.{65})[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
ROLES = frozenset(CASE_INSENSITIVE_MAILBOX_NAMES)
LONGEST_ADDRESS = 254
ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]+")


@dataclass(frozen=True, eq=False)
class Text(Line):
    """A text on one line."""

    name: ClassVar[str] = "text"
    doc: ClassVar[str] = "Tekst w jednym wierszu."
    keys: ClassVar[Mapping[str, Key]] = {
        **LENGTHS,
        "pattern": Plain("Wyrażenie regularne, do którego pasuje cała odpowiedź."),
    }
    example: ClassVar[str] = "Urząd Miejski w Resku"
    longest: ClassVar[int] = LONGEST_LINE  # where the definition sets no limit

    min: int | Formula | None = None
    max: int | Formula | None = None
    pattern: str | None = None

    def verify(self) -> Iterable[tuple[str, Say, str]]:
        yield from min_over_max(self.min, self.max, number)
        for key, bound in (("min", self.min), ("max", self.max)):
            if isinstance(bound, int) and bound < 0:
                yield key, say("Liczba znaków nie może być ujemna."), "wrong-value"
        try:
            re.compile(self.pattern or "")
        except re.error as error:
            what = say("To nie jest poprawne wyrażenie regularne: {error}.", error=error.msg)
            yield "pattern", what, "wrong-pattern"

    def verdict(self, value: Any, field: Field, env: Env) -> Refused | None:
        least, most = limit(self.min, env), limit(self.max, env)
        most = self.longest if most is None else int(most)
        length = len(value)
        if least is not None and length < least:
            return Refused("min", _short(field.label(env), int(least), length))
        if length > most:
            many = say_n(
                "Skróć tekst do {n} znaku. Teraz ma {m}.",
                "Skróć tekst do {n} znaków. Teraz ma {m}.",
                most,
                m=number(length),
            )
            return Refused("max", many)
        if self.pattern and not re.fullmatch(self.pattern, value):
            return Refused("pattern", say("Sprawdź zapis w polu: {label}.", label=field.label(env)))
        return None

    def described(self, words: Words) -> Described:
        return Described(limits(words, self.min, self.max, LENGTH))


@dataclass(frozen=True, eq=False)
class LongText(Text):
    """A text of several lines."""

    name: ClassVar[str] = "long_text"
    doc: ClassVar[str] = "Tekst w wielu wierszach."
    keys: ClassVar[Mapping[str, Key]] = {
        **LENGTHS,
        "rows": Whole("Wysokość pola w wierszach.", default=5, least=2, most=40),
    }
    example: ClassVar[str] = "Chcemy poznać model współpracy miasta z organizacjami."
    longest: ClassVar[int] = LONGEST_TEXT

    rows: int = 5

    @property
    def template(self) -> str:
        return "fields/long_text.html"

    @property
    def attributes(self) -> Mapping[str, str]:
        counted = {"data-max": str(self.max)} if isinstance(self.max, int) else {}
        return {"rows": str(self.rows), **counted}

    def clean(self, text: str) -> str:
        return many_lines(text)

    def typed(self, value: Any) -> Mapping[str, list[str]]:
        return {"": [str(value)]}

    def described(self, words: Words) -> Described:
        return Described(limits(words, self.min, self.max, LENGTH), lines=self.rows)


@dataclass(frozen=True, eq=False)
class Email(Line):
    """An e-mail address, its domain in lower case; whether it exists is not asked of the network."""

    name: ClassVar[str] = "email"
    doc: ClassVar[str] = "Adres e-mail; literówki w nazwach znanych poczt wychwytuje od razu."
    input: ClassVar[str] = "email"
    short: ClassVar[str] = "medium"
    html: ClassVar[Mapping[str, str]] = {"inputmode": "email", "spellcheck": "false", "autocapitalize": "none"}
    shape: ClassVar[re.Pattern[str] | None] = ADDRESS
    example: ClassVar[str] = "jan.kowalski@gmina.example"
    personal: ClassVar[bool] = True
    identifies: ClassVar[bool] = True

    def read(self, text: str) -> str:
        found = _address(text)
        meant = _mend(text)
        mended = found if meant == text else _address(meant)
        if mended is not None and mended != found:
            raise Refused("repair", say("Czy chodziło o {proposal}?", proposal=mended))
        if found is None:
            raise Refused("format", EMAIL)
        return found


def _address(text: str) -> str | None:
    """The address with its domain in lower case, or None when it is not one (checked without asking the network)."""
    local, at, domain = text.rpartition("@")
    if len(text) < LONGEST_ADDRESS and USUAL_LOCAL.fullmatch(local) and local.lower() not in ROLES and domain.isascii():
        found = _domain(domain)  # the many who write have few domains among them
        return local + at + found if found is not None else None
    return _normalized(text)


@lru_cache(maxsize=4096)
def _domain(text: str) -> str | None:
    found = _normalized(f"a@{text}")
    return found.removeprefix("a@") if found is not None else None


def _normalized(text: str) -> str | None:
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        return None


def _mend(text: str) -> str:
    """What was probably meant: blanks, `mailto:`, `<…>`, a trailing dot, `,pl`, Polish letters, a misspelt provider."""
    inside = re.search(r"<([^<>]+)>", text)
    text = (inside[1] if inside else text).strip(" .,;:<>\"'").removeprefix("mailto:")
    local, at, domain = re.sub(r"\s*([@.,])\s*", r"\1", text).rpartition("@")
    if COMMON_ENDING.search(domain):
        domain = domain.replace(",", ".")
    if not local.isascii():
        local = fold(local)
    return local + at + MISSPELT.get(domain.lower(), domain)


@dataclass(frozen=True, eq=False)
class Url(Line):
    """The address of a web page; only http and https, https where nothing else is said."""

    name: ClassVar[str] = "url"
    doc: ClassVar[str] = "Adres strony internetowej."
    # Not type="url": what a person typed wrong comes back on the page, and there it must be a whole address.
    html: ClassVar[Mapping[str, str]] = {"inputmode": "url", "spellcheck": "false", "autocapitalize": "none"}
    shape: ClassVar[re.Pattern[str] | None] = re.compile(r"https?://\S+")
    example: ClassVar[str] = "https://www.gmina.example"

    def read(self, text: str) -> str:
        if not re.match(r"[a-z][a-z0-9+.-]*:(?!\d)", text, re.IGNORECASE):
            text = f"https://{text.removeprefix('//')}"
        try:
            parts = urlsplit(text)
            host, port = parts.hostname or "", parts.port
        except ValueError as error:
            raise Refused("format", URL) from error
        name = r"[^\W_]([\w-]{0,61}[^\W_])?"
        if (
            parts.scheme not in ("http", "https")
            or parts.username is not None
            or len(text) > LONGEST_URL
            or re.search(r"[\s<>\"\\^`{|}]", text)
            or not re.fullmatch(rf"({name}\.)+[^\W\d_]([\w-]*[^\W_])", host)
        ):
            raise Refused("format", URL)
        address = host if port is None else f"{host}:{port}"
        return urlunsplit((parts.scheme, address, parts.path, parts.query, parts.fragment))


def _short(label: Any, least: int, length: int) -> Say:
    """That a text is too short; only a neuter label can be the subject of „powinno”."""
    if gender(str(label)) == "n":
        return say_n(
            "{label} powinno mieć co najmniej {n} znak. Wpisano {m}.",
            "{label} powinno mieć co najmniej {n} znaków. Wpisano {m}.",
            least,
            label=label,
            m=number(length),
        )
    return say_n(
        "Wpisz co najmniej {n} znak w polu: {label}. Wpisano {m}.",
        "Wpisz co najmniej {n} znaków w polu: {label}. Wpisano {m}.",
        least,
        label=label,
        m=number(length),
    )
