"""What kinds of data, places and bases are called, and the forms that the person who is signed in may look at."""

from __future__ import annotations

from collections.abc import Mapping

from forms.definition import Form
from forms.wording import Say, number, say
from records.privacy.finding import Other, Place
from records.privacy.people import Forms
from records.privacy.protocols import KINDS, REQUEST, RULE
from views.guests import gmina_name
from views.services import services
from views.staff.overview import visible_entries
from views.staff.roles import title_of

COUNTED: dict[str, Say] = {
    "responses": say("odpowiedzi, w których coś usunięto"),
    "answers": say("wartości w odpowiedziach"),
    "earlier": say("wcześniejsze wersje odpowiedzi"),
    "drafts": say("szkice i niedokończone poprawki"),
    "files": say("pliki"),
    "bookings": say("miejsca na wydarzeniach, przy których stały dane osoby"),
    "messages": say("wiadomości (treść i adresaci)"),
    "certificates": say("zaświadczenia (dane; numer i kod zostają)"),
    "notes": say("notatki, etykiety i uwagi pracowników"),
    "papers": say("podpisane dokumenty PDF (suma kontrolna zostaje)"),
    "people": say("osoby działające w imieniu gmin"),
    "exports": say("pliki przygotowanych eksportów"),
}
PLACES: dict[str, Say] = {
    "answers": say("odpowiedzi"),
    "earlier": say("wcześniejsza wersja"),
    "working": say("szkic albo poprawka w toku"),
    "booking": say("miejsce na wydarzeniu"),
    "message": say("wiadomości"),
    "file": say("nazwa pliku"),
    "certificate": say("zaświadczenie"),
    "note": say("notatki"),
    "returned": say("pytania zwrócone do poprawy"),
    "label": say("etykieta"),
    "reason": say("powód poprawki urzędu"),
}
OTHERS: dict[str, Say] = {
    "gmina-person": say("osoba działająca w imieniu gminy"),
    "account": say("konto pracownika"),
    "message": say("wiadomość bez odpowiedzi"),
    "view": say("zapisany widok"),
    "export": say("filtr przygotowanego eksportu"),
    "form-draft": say("szkic formularza w edytorze"),
    "obligation": say("powód przy obowiązku gminy"),
}
BASES: dict[str, Say] = {
    REQUEST: say("żądanie osoby, której dane dotyczą (art. 17 RODO)"),
    RULE: say("minął czas przechowywania zapisany w formularzu"),
}


def forms() -> list[Form]:
    """The forms that serve and that this person works with, in the order of the desk."""
    return [entry.form for entry in visible_entries() if entry.form is not None]


def stored_forms() -> Forms:
    """The forms by which stored answers are read."""
    return Forms(services().version, services().catalogue.get)


def counted(counts: Mapping[str, int]) -> list[dict[str, str]]:
    """What a protocol counts, in words: [{label, value}]."""
    return [{"label": str(COUNTED[kind]), "value": number(counts[kind])} for kind in KINDS if counts.get(kind)]


def place(found: Place) -> str:
    """Where a person was found: `odpowiedzi: Imię, Nazwisko (pozycja 2)`."""
    text = str(PLACES[found.kind])
    if found.fields:
        text = f"{text}: {', '.join(found.fields)}"
    item = found.path.rpartition("-")[2]
    if item.isdecimal():
        text = str(say("{label} (pozycja {n})", label=text, n=int(item) + 1))
    return text if found.times == 1 else f"{text}: {number(found.times)}"


def other(found: Other) -> str:
    """What else names a person: `zapisany widok – Szkolenie`."""
    about = gmina_name(found.about) if found.kind == "gmina-person" else title_of(found.about) if found.about else ""
    return f"{OTHERS[found.kind]} – {about}" if about else str(OTHERS[found.kind])
