"""The key `audit`: which questions of a form are the ratings, the name of the building and the recommendations."""

from __future__ import annotations

from dataclasses import dataclass

from forms.key import Key
from forms.keys import ListOf, Plain, Struct

NAME = r"[a-z][a-z0-9_]{0,62}"


@dataclass(frozen=True, slots=True)
class Recommended:
    """A group of recommendations, and which of its questions says what; "" for what it does not ask."""

    group: str
    item: str
    text: str
    priority: str = ""
    cost: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A group of photographs of the building: which of its questions is the file, and which says what can be seen."""

    group: str
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Audit:
    """What makes a form an audit: names of its questions. The same gmina and `building` in two responses: the same building."""

    ratings: str
    building: tuple[str, ...]
    date: str = ""
    recommendations: Recommended | None = None
    photos: Pictured | None = None


def _name(doc: str, *, required: bool = False, example: str = "oceny") -> Plain:
    return Plain(doc, required=required, default="", pattern=NAME, example=example)


RECOMMENDED: dict[str, Key] = {
    "group": _name("Powtarzalna grupa: jedna pozycja to jedna rekomendacja.", required=True, example="rekomendacje"),
    "item": _name("Pole grupy z id pozycji listy kontrolnej.", required=True, example="pozycja"),
    "text": _name("Pole grupy: co trzeba zrobić.", required=True, example="opis"),
    "priority": _name("Pole grupy typu choice: priorytet, opcje od najpilniejszej.", example="priorytet"),
    "cost": _name("Pole grupy typu money: szacunkowy koszt.", example="koszt"),
    "due": _name("Pole grupy typu month albo date: do kiedy.", example="termin"),
}
PICTURED: dict[str, Key] = {
    "group": _name("Powtarzalna grupa: jedna pozycja to jedno zdjęcie.", required=True, example="zdjecia"),
    "file": _name("Pole grupy typu file.", required=True, example="plik"),
    "text": _name("Pole grupy: co widać na zdjęciu.", required=True, example="opis"),
}
AUDIT_KEYS: dict[str, Key] = {
    "ratings": _name("Pole typu checklist z ocenami.", required=True),
    "building": ListOf(
        "Pola, po których razem z gminą poznaje się ten sam obiekt w kolejnych audytach.",
        item=_name("", example="obiekt_nazwa"),
        single=True,
        required=True,
    ),
    "date": _name("Pole typu date z dniem audytu; bez niego liczy się dzień wysłania.", example="data_audytu"),
    "recommendations": Struct("Skąd biorą się rekomendacje.", keys=RECOMMENDED, build=Recommended),
    "photos": Struct("Zdjęcia całego obiektu, do raportu.", keys=PICTURED, build=Pictured),
}
AUDIT = Struct(
    "Audyt: wynik, bariery, rekomendacje i porównanie z poprzednim audytem tego obiektu.", keys=AUDIT_KEYS, build=Audit
)
