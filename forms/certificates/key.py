"""The keys `certificate` and `survey`, what follows an event: who has earned a paper, what it says, who is asked after.

A rule, hours and texts are expressions over the answers of one person and over what that person was there for:
`present`, `modules` and `events`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forms.expressions import Kind
from forms.formula import Formula, Text
from forms.key import REFERENCE, WRONG, Key, struct_schema
from forms.keys import Expr, Plain, Translated
from forms.reading import AFTERWARDS, Reading
from forms.source import Node

NUMBER = "ZASW-{year}-{number:04}"
HOURS = "hours"
SLUG = r"[a-z0-9][a-z0-9-]{0,62}"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a form says of its certificates."""

    title: Text
    text: Text
    rule: Formula
    hours: Formula | None = None
    number: str = NUMBER


@dataclass(frozen=True)
class Known(Expr):
    """An expression that may use the names at hand besides the form's own; the hours are for the text alone."""

    def read(self, node: Node, reading: Reading) -> Any:
        scalar = self.scalar(node, reading, "not-an-expression", "wyrażenie")
        if scalar is None:
            return WRONG
        extra = {name: kind for name, kind in reading.known.items() if name != HOURS}
        return reading.formula(scalar, wants=self.wants, extra=extra, role=AFTERWARDS)


CERTIFICATE_KEYS: dict[str, Key] = {
    "title": Translated("Nagłówek zaświadczenia.", required=True),
    "text": Translated(
        "Treść pod imieniem i nazwiskiem; {modules} to nazwy spotkań, {hours} liczba godzin, działają też pola uczestnika.",
        required=True,
    ),
    "rule": Known(
        "Kto dostaje zaświadczenie: present to udział w półdniach od 0 do 1, modules – grupy wydarzeń, events – wydarzenia.",
        required=True,
        wants=Kind.BOOLEAN,
    ),
    "hours": Known("Liczba godzin: liczba albo wyrażenie, na przykład 12 * count(modules).", wants=Kind.NUMBER),
    "number": Plain("Wzór numeru zaświadczenia.", default=NUMBER, pattern=REFERENCE, example=NUMBER),
}


@dataclass(frozen=True)
class CertificateKey(Key):
    """The key `certificate`; it is read once all fields are known (`read_certificate`)."""

    def read(self, node: Node, reading: Reading) -> Any:
        return None

    def schema(self) -> dict[str, Any]:
        return struct_schema(CERTIFICATE_KEYS)


SURVEY = Plain(
    "Anonimowy formularz, do którego po wydarzeniu dostają zaproszenie jego uczestnicy.",
    default="",
    pattern=SLUG,
    example="ankieta-po-szkoleniu",
)
