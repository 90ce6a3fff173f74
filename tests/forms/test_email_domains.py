"""An e-mail address is judged in two halves, its domain once for all who share it: the outcome is the library's own."""

from __future__ import annotations

from itertools import product

from email_validator import EmailNotValidError, validate_email

from forms.types.text import _address

LOCALS = (
    "jan",
    "Jan.Kowalski",
    "a..b",
    ".a",
    "a.",
    "x" * 64,
    "x" * 65,
    "Postmaster",
    "a+b",
    "ąb",
    "a b",
    "a<b",
    '"a b"',
    "",
)
DOMAINS = (
    "gmina.pl",
    "GMINA.PL",
    "x",
    "a.test",
    "żółw.pl",
    "a..pl",
    "-a.pl",
    "[1.2.3.4]",
    " a.pl",
    "a.pl.",
    "x" * 64 + ".pl",
)
LONG = ".".join(["x" * 60] * 4) + ".pl"


def _library(text: str) -> str | None:
    try:
        return validate_email(text, check_deliverability=False, allow_smtputf8=False).normalized
    except EmailNotValidError:
        return None


def test_an_address_is_what_the_library_says_it_is() -> None:
    for local, domain in product(LOCALS, (*DOMAINS, LONG)):
        for text in (f"{local}@{domain}", f"{local}{domain}", f"{local}@@{domain}"):
            assert _address(text) == _library(text), text
