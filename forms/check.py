"""Checks: conditions that answers must meet, as a definition says them of a question, a step or the whole form."""

from __future__ import annotations

from dataclasses import dataclass

from forms.expressions import Kind
from forms.formula import Formula, Text
from forms.key import Key
from forms.keys import Expr, ListOf, OneOf, Plain, Struct, Translated


@dataclass(frozen=True, slots=True)
class Check:
    """A condition that answers must meet: an error stops sending, a warning asks for a correction or an explanation."""

    that: Formula
    message: Text
    on: str | None = None  # the field that shows it; None: the field, step or form where the check stands
    level: str = "error"  # error | warning
    code: str = ""


CHECK_KEYS: dict[str, Key] = {
    "that": Expr("Warunek, który musi być spełniony.", required=True, wants=Kind.BOOLEAN, role="check"),
    "message": Translated("Co zrobić, gdy nie jest spełniony.", required=True),
    "on": Plain("Pole, przy którym stoi komunikat."),
    "level": OneOf(
        "error zatrzymuje wysłanie, warning prosi o poprawę albo wyjaśnienie.",
        default="error",
        words=("error", "warning"),
    ),
    "code": Plain("Kod do eksportu i testów.", default="", pattern=r"[A-Z][A-Z0-9_]*", example="DATA_KOLEJ"),
}
CHECKS = ListOf("Sprawdzenia odpowiedzi.", item=Struct(keys=CHECK_KEYS, build=Check, ref="check"))
