"""An answer of several inputs: a postal address."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from forms.definition import Field
from forms.describing.words import Described, Words
from forms.expressions import Kind
from forms.types.base import FieldType
from forms.types.given import Column, Refused, Typed
from forms.types.line import first, one_line
from forms.types.rows import Listed
from forms.wording import Say, say

LONGEST_PART = 200
POSTAL_CODE = re.compile(r"(\d{2})\s*[-–]?\s*(\d{3})", re.ASCII)

ADDRESS_PARTS: Mapping[str, Say] = {
    "street": say("ulica"),
    "number": say("numer"),
    "postal_code": say("kod pocztowy"),
    "city": say("miejscowość"),
}
MISSING: Mapping[str, Say] = {
    "number": say("Podaj numer domu."),
    "postal_code": say("Podaj kod pocztowy."),
    "city": say("Podaj miejscowość."),
}


@dataclass(frozen=True, eq=False)
class Address(FieldType):
    """A Polish postal address; a village without streets leaves the street out."""

    name: ClassVar[str] = "address"
    doc: ClassVar[str] = "Adres pocztowy: ulica, numer, kod i miejscowość."
    parts: ClassVar[tuple[str, ...]] = tuple(ADDRESS_PARTS)
    fieldset: ClassVar[bool] = True
    personal: ClassVar[bool] = True

    @property
    def kind(self) -> Kind:
        return Kind.one(dict.fromkeys(ADDRESS_PARTS, Kind.TEXT))

    def blank(self, typed: Typed) -> bool:
        return not any(one_line(text) for texts in typed.values() for text in texts)

    def parse(self, typed: Typed, field: Field) -> Any:
        value = {part: one_line(first(typed, part)) for part in ADDRESS_PARTS}
        wrong = {part: what for part, what in MISSING.items() if not value[part]}
        kind = "required" if wrong else "format"
        if value["postal_code"]:
            found = POSTAL_CODE.fullmatch(value["postal_code"])
            if found:
                value["postal_code"] = f"{found[1]}-{found[2]}"
            else:
                wrong["postal_code"] = say("Kod pocztowy zapisz w postaci 00-000, na przykład 70-540.")
        for part, text in value.items():
            if len(text) > LONGEST_PART:
                wrong[part] = say("Skróć tekst do {n} znaków. Teraz ma {m}.", n=LONGEST_PART, m=len(text))
        if wrong:
            names = Listed(tuple(ADDRESS_PARTS[part] for part in ADDRESS_PARTS if part in wrong))
            what = next(iter(wrong.values())) if len(wrong) == 1 else say("Popraw adres: {parts}.", parts=names)
            raise Refused(kind, what, wrong)
        return value

    def typed(self, value: Any) -> Typed:
        return {part: [value[part]] for part in ADDRESS_PARTS}

    def described(self, words: Words) -> Described:
        return Described(parts=tuple(str(label) for label in ADDRESS_PARTS.values()))

    def show(self, value: Any) -> str:
        place = value["street"] or value["city"]
        return f"{place} {value['number']}, {value['postal_code']} {value['city']}"

    def load(self, kept: Any) -> Any:
        if (
            not isinstance(kept, dict)
            or set(kept) != set(ADDRESS_PARTS)
            or not all(isinstance(v, str) for v in kept.values())
        ):
            raise ValueError("not a stored address")
        return kept

    def columns(self, field: Field) -> tuple[Column, ...]:
        return tuple(Column(part, "text", str(label)) for part, label in ADDRESS_PARTS.items())

    def cells(self, value: Any) -> Sequence[Any]:
        return tuple(value[part] or None for part in ADDRESS_PARTS)
