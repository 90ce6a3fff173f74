"""What the reader of the Wykaz asks for: words, a powiat, a basis, a state; the same for everyone and for staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from forms.polish import fold, sort_key
from forms.wording import number, say, short_date
from records.register import BASES, ENTERED, STATUSES, STRUCK, Programme, Version
from views import acting
from views.services import now, services

OVER, ALL = "zakonczone", "wszystkie"
LONGEST = 100
SEARCHED = ("title", "number", "resolution")


def gminy() -> Mapping[str, Mapping[str, str]]:
    """The gminy of the region by TERYT code, in the order of the Polish alphabet."""
    rows = acting.gminy()
    region = str(services().site.get("region") or "")
    return {row["value"]: row for row in (rows.alphabetical if rows else ()) if row["value"].startswith(region)}


def labels() -> dict[str, str]:
    """What the gminy are called, by code."""
    return {code: row["label"] for code, row in gminy().items()}


@dataclass(frozen=True)
class Wanted:
    """The filters; what makes no sense in the address counts as not there."""

    words: str
    powiat: str
    basis: str
    state: str
    gminy: Mapping[str, Mapping[str, str]]

    def narrowed(self, versions: Sequence[Version]) -> list[Version]:
        """The entries that pass, by gmina, those in the Wykaz first."""
        found = [each for each in versions if self._passes(each)]
        return sorted(found, key=lambda each: (sort_key(self.label(each.programme.gmina)), not each.programme.entered))

    def label(self, code: str) -> str:
        """What a gmina is called; its code when the list does not know it any more."""
        return self.gminy[code]["label"] if code in self.gminy else code

    def powiat_of(self, code: str) -> str:
        """The powiat of a gmina, "" when it is not known."""
        return self.gminy[code].get("powiat", "") if code in self.gminy else ""

    def url(self, endpoint: str) -> str:
        """The address of a page with the same filters."""
        given: dict[str, Any] = {key: value for key, value in self._given().items() if value}
        return url_for(endpoint, **given)

    def fields(self) -> dict[str, Any]:
        """What the form of the filters shows."""
        powiaty = sorted({each.get("powiat", "") for each in self.gminy.values()} - {""}, key=sort_key)
        states = {"": STATUSES[ENTERED], OVER: say("zakończone"), STRUCK: say("wykreślone"), ALL: say("wszystkie")}
        return {
            "words": self.words,
            "powiaty": [{"value": each, "text": each, "selected": each == self.powiat} for each in powiaty],
            "bases": [
                {"value": value, "text": str(text), "selected": value == self.basis} for value, text in BASES.items()
            ],
            "states": [
                {"value": value, "text": str(text), "selected": value == self.state} for value, text in states.items()
            ],
        }

    def _given(self) -> dict[str, str]:
        return {"szukaj": self.words, "powiat": self.powiat, "podstawa": self.basis, "stan": self.state}

    def _passes(self, version: Version) -> bool:
        one = version.programme
        if self.powiat and self.powiat_of(one.gmina) != self.powiat:
            return False
        if self.basis and one["basis"] != self.basis:
            return False
        if not self.words:
            return self._in_state(version)
        text = fold(" ".join([self.label(one.gmina), one.gmina, *(str(one[name] or "") for name in SEARCHED)]))
        return self._in_state(version) and all(word in text for word in fold(self.words).split())

    def _in_state(self, version: Version) -> bool:
        one = version.programme
        if self.state == ALL:
            return True
        if self.state == STRUCK:
            return not one.entered
        return one.entered and (self.state != OVER or not one.in_force(now().date()))


def wanted() -> Wanted:
    """What the address of this page asks for."""
    given = request.args
    basis, state = given.get("podstawa", ""), given.get("stan", "")
    return Wanted(
        " ".join(given.get("szukaj", "").split())[:LONGEST],
        given.get("powiat", ""),
        basis if basis in BASES else "",
        state if state in (OVER, STRUCK, ALL) else "",
        gminy(),
    )


def row(version: Version, asked: Wanted, url: str) -> dict[str, str]:
    """One entry as a row of the list."""
    one = version.programme
    return {
        "gmina": asked.label(one.gmina),
        "url": url,
        "title": one["title"] or "",
        "basis": one["basis"],
        "number": one["number"] or "",
        "resolution": _resolution(one),
        "entered_on": short_date(one["entered_on"]) if one["entered_on"] else "",
        "period": _period(one),
        "area": number(one["area_ha"], 2) if one["area_ha"] is not None else "",
        "population": number(one["population"]) if one["population"] is not None else "",
        **tag(version),
    }


def tag(version: Version) -> dict[str, str]:
    """The state of an entry, in words, and the kind of its tag."""
    if not version.programme.entered:
        return {"text": str(STATUSES[STRUCK]), "kind": "plain"}
    if not version.programme.in_force(now().date()):
        return {"text": str(say("zakończony")), "kind": "warning"}
    return {"text": str(STATUSES[ENTERED]), "kind": "good"}


def _resolution(one: Programme) -> str:
    name, day = one["resolution"] or "", one["resolution_on"]
    return str(say("{number} z {day}", number=name, day=short_date(day))) if name and day else name


def _period(one: Programme) -> str:
    first, last = (short_date(one[name]) if one[name] else "" for name in ("valid_from", "valid_to"))
    if first and last:
        return f"{first} – {last}"
    if first:
        return str(say("od {day}", day=first))
    return str(say("do {day}", day=last)) if last else ""
