"""The key `emails`: what a form's own messages say; what is not given here has a good default (views/mail/letters.py)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from forms.definition import Email, Field
from forms.expressions import Kind
from forms.key import Key
from forms.keys import Struct, Translated, Whole
from forms.reading import Reading
from forms.source import Node

KINDS = (
    *("received", "accepted", "waiting", "offered", "rejected", "withdrawn", "changed", "returned", "reminder"),
    "survey",
)
NAMES: Mapping[str, Kind] = {"reference": Kind.TEXT, "link": Kind.TEXT, "events": Kind.TEXT}
OWN: Mapping[str, Mapping[str, Kind]] = {
    "returned": {"questions": Kind.TEXT, "until": Kind.TEXT},
    "reminder": {"until": Kind.TEXT},
}
SOONEST, LATEST = 1, 60  # days before an event on which a reminder makes sense


def names(kind: str) -> Mapping[str, Kind]:
    """What a message of this kind knows besides the form's own names."""
    return {**NAMES, **OWN.get(kind, {})}


def has_address(fields: Iterable[Field]) -> bool:
    """Whether some of the fields ask for an address that messages may go to."""
    return any((each.type.identifies or has_address(each.fields)) and not each.sensitive for each in fields)


@dataclass(frozen=True)
class MailText(Translated):
    """A text of a message: besides the form's own names it knows {reference}, {link} and {events}, and those of its kind."""

    of: str = ""

    def read(self, node: Node, reading: Reading) -> Any:
        with reading.knowing(names(self.of)):
            return super().read(node, reading)


EMAIL_KEYS: dict[str, Key] = {
    "subject": MailText("Temat wiadomości."),
    "body": MailText(
        "Treść, Markdown; {reference}, {link} i {events} to numer, link prywatny i terminy.", markdown=True
    ),
}
RETURNED_KEYS: dict[str, Key] = {
    "subject": MailText("Temat wiadomości.", of="returned"),
    "body": MailText(
        "Treść, Markdown; {questions} to pytania z uwagami, {until} – do kiedy je poprawić, {link} – gdzie.",
        markdown=True,
        of="returned",
    ),
}
REMINDER_KEYS: dict[str, Key] = {
    "days_before": Whole("Ile dni przed terminem wysłać przypomnienie.", least=SOONEST, most=LATEST, default=3),
    "subject": MailText("Temat wiadomości.", of="reminder"),
    "body": MailText(
        "Treść, Markdown; {reference}, {link} i {events} to numer, link prywatny i terminy; {until} – do kiedy czeka się na "
        "zbierany okres.",
        markdown=True,
        of="reminder",
    ),
}
_DOCS = {
    "received": "Po wysłaniu odpowiedzi.",
    "accepted": "Miejsce jest przyznane.",
    "waiting": "Wszystkie terminy są pełne: lista rezerwowa.",
    "offered": "Zwolniło się miejsce, trzeba je potwierdzić.",
    "rejected": "Zgłoszenie nie zostało przyjęte.",
    "withdrawn": "Zgłoszenie albo miejsce zostało wycofane.",
    "changed": "Odpowiedź została poprawiona.",
    "returned": "Urząd zwrócił niektóre pytania do poprawy, i przypomnienie o tym.",
    "survey": "Zaproszenie do ankiety po wydarzeniu („survey”) i przypomnienie o niej; {link} to jej link.",
    "reminder": "Przypomnienie przed terminem wydarzenia (wysyłane tylko, gdy formularz ma ten klucz) i przed końcem zbieranego okresu.",
}
_KEYS = {"returned": RETURNED_KEYS, "reminder": REMINDER_KEYS}
EMAILS = Struct(
    "Własne treści wiadomości; każda ma treść domyślną.",
    default=None,
    keys={kind: Struct(_DOCS[kind], keys=_KEYS.get(kind, EMAIL_KEYS), build=Email) for kind in KINDS},
)
