"""The declaration of accessibility, from the office's data in site.yaml.

Its structure and ids are those of „Warunki techniczne publikacji oraz struktura dokumentu elektronicznego deklaracji
dostępności”, version 2.0 of 31.07.2024, under article 10 of the Act of 4 April 2019 (Dz.U. 2023 poz. 1440).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from forms.wording import Say, long_date, say
from views.markdown import markdown
from views.services import services

SLUG = "deklaracja-dostepnosci"
LAW = say(
    "załącznikiem do ustawy z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych"
)
STATUS: Mapping[str, Say] = {
    "full": say("Strona internetowa jest w pełni zgodna z {law}.", law=LAW),
    "partial": say(
        "Strona internetowa jest częściowo zgodna z {law} z powodu niezgodności lub wyłączeń wymienionych poniżej.",
        law=LAW,
    ),
    "none": say(
        "Strona internetowa jest niezgodna z {law}. Niezgodności lub wyłączenia są wymienione poniżej.", law=LAW
    ),
}
BASIS: Mapping[str, Say] = {
    "self": say("samooceny przeprowadzonej przez podmiot publiczny"),
    "external": say("oceny przeprowadzonej przez podmiot zewnętrzny"),
}
DATES = ("published", "updated", "prepared", "reviewed")
TEXTS = ("architecture", "communication", "apps", "shortcuts", "excessive_cost")


def declaration() -> dict[str, Any]:
    """What the template of the declaration needs; a date that is not one, or not there yet, is left out."""
    own: Mapping[str, Any] = services().site.told().get("accessibility") or {}
    return {
        "a11y": own,
        "conformance": str(STATUS.get(own.get("status", ""), STATUS["none"])),
        "basis": str(BASIS.get(own.get("basis", ""), BASIS["self"])),
        "dates": {name: when(own.get(name, "")) for name in DATES},
        "texts": {name: markdown(own.get(name) or "") for name in TEXTS},
    }


def when(text: str) -> Markup:
    """`2026-11-23` as a `<time>` with the date in words; empty for no date."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Markup("")
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), long_date(day))
