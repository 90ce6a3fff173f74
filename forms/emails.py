"""The key `emails`: what a form's own messages say; what is not given here has a good default (views/mail/letters.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from forms.definition import Email, Field
from forms.expressions import Kind
from forms.keys import Key, Struct, Translated, Whole
from forms.reading import Reading
from forms.source import Node

KINDS = ("received", "accepted", "waiting", "offered", "rejected", "withdrawn", "changed", "reminder", "survey")
NAMES: Mapping[str, Kind] = {"reference": Kind.TEXT, "link": Kind.TEXT, "events": Kind.TEXT}
SOONEST, LATEST = 1, 60  # days before an event on which a reminder makes sense


def has_address(fields: Iterable[Field]) -> bool:
    """Whether some of the fields ask for an address that messages may go to."""
    return any((each.type.identifies or has_address(each.fields)) and not each.sensitive for each in fields)


@dataclass(frozen=True)
class MailText(Translated):
    """A text of a message: besides the form's own names it knows {reference}, {link} and {events}."""

    def read(self, node: Node, reading: Reading) -> Any:
        with reading.knowing(NAMES):
            return super().read(node, reading)


EMAIL_KEYS: dict[str, Key] = {
    "subject": MailText("Temat wiadomości."),
    "body": MailText(
        "Treść, Markdown; {reference}, {link} i {events} to numer, link prywatny i terminy.", markdown=True
    ),
}
REMINDER_KEYS: dict[str, Key] = {
    "days_before": Whole("Ile dni przed terminem wysłać przypomnienie.", least=SOONEST, most=LATEST, default=3),
    **EMAIL_KEYS,
}
_DOCS = {
    "received": "Po wysłaniu odpowiedzi.",
    "accepted": "Miejsce jest przyznane.",
    "waiting": "Wszystkie terminy są pełne: lista rezerwowa.",
    "offered": "Zwolniło się miejsce, trzeba je potwierdzić.",
    "rejected": "Zgłoszenie nie zostało przyjęte.",
    "withdrawn": "Zgłoszenie albo miejsce zostało wycofane.",
    "changed": "Odpowiedź została poprawiona.",
    "survey": "Zaproszenie do ankiety po wydarzeniu („survey”) i przypomnienie o niej; {link} to jej link.",
    "reminder": "Przypomnienie przed terminem; wysyłane tylko, gdy formularz ma ten klucz.",
}
EMAILS = Struct(
    "Własne treści wiadomości; każda ma treść domyślną.",
    default=None,
    keys={
        kind: Struct(_DOCS[kind], keys=REMINDER_KEYS if kind == "reminder" else EMAIL_KEYS, build=Email)
        for kind in KINDS
    },
)
