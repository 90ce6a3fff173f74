"""What can be done to many responses at once, and how it is told what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request, url_for

from forms.definition import Form
from forms.wording import Say, number, say, say_n
from records.desk import table
from records.desk.asking import Asked
from records.desk.table import Wanted
from records.shapes import DRAFT
from views import wording
from views.access import Right, may
from views.staff.table.asking import MOST_KEYS, Address

ACCEPT, REJECT, MESSAGE, LABEL, UNLABEL, EXPORT = (
    "przyjmij",
    "odrzuc",
    "wiadomosc",
    "etykieta",
    "bez-etykiety",
    "eksport",
)
ACTIONS: dict[str, tuple[Say, str]] = {  # what a button says, and how it looks
    ACCEPT: (say("Przyjmij"), ""),
    REJECT: (say("Odrzuć…"), "danger"),
    MESSAGE: (say("Napisz wiadomość…"), "second"),
    LABEL: (say("Dodaj etykietę…"), "second"),
    UNLABEL: (say("Zdejmij etykietę…"), "second"),
    EXPORT: (say("Eksportuj"), "second"),
}
TOLD: dict[str, Callable[[int], Say]] = {
    ACCEPT: lambda n: say_n("Przyjęto {n} odpowiedź.", "Przyjęto {n} odpowiedzi.", n),
    REJECT: lambda n: say_n("Odrzucono {n} odpowiedź.", "Odrzucono {n} odpowiedzi.", n),
    MESSAGE: lambda n: say_n(
        "Wiadomość czeka na wysłanie do {n} zgłoszenia.", "Wiadomość czeka na wysłanie do {n} zgłoszeń.", n
    ),
    LABEL: lambda n: say_n("Dodano etykietę do {n} odpowiedzi.", "Dodano etykietę do {n} odpowiedzi.", n),
    UNLABEL: lambda n: say_n("Zdjęto etykietę z {n} odpowiedzi.", "Zdjęto etykietę z {n} odpowiedzi.", n),
}
NO_ADDRESS = say("brak adresu e-mail")
MOST_NAMED = 50  # skipped ones told by name


def allowed(form: Form) -> list[str]:
    """What this person may do to responses of the form; nobody decides on, or writes to, who stays anonymous."""
    found = []
    if may(Right.DECIDE):
        if not form.anonymous:
            decided = form.review == "staff" or form.places
            found += [*([ACCEPT] if form.review == "staff" else []), *([REJECT] if decided else []), MESSAGE]
        found += [LABEL, UNLABEL]
    return [*found, EXPORT] if may(Right.EXPORT) else found


def offered(address: Address, total: int) -> dict[str, Any] | None:
    """The buttons under the table; None when nothing can be done."""
    actions = allowed(address.form)
    if not total or not actions or address.asked.states == (DRAFT,):
        return None
    query = address.query(page=1)
    all_text = say("Wszystkie, które pasują: {n}", n=number(total))
    return {
        "url": url_for("staff.responses_bulk", slug=address.form.slug) + (f"?{query}" if query else ""),
        "actions": [{"value": each, "text": str(ACTIONS[each][0]), "kind": ACTIONS[each][1]} for each in actions],
        "all_text": str(all_text),
        "limit_text": str(_limit(actions)) if total > MOST_KEYS else "",
    }


def _limit(actions: list[str]) -> Say:
    """That not all of them can be meant at once, said before somebody tries."""
    if EXPORT in actions:
        return say(
            "Naraz można zająć się najwyżej {n} odpowiedziami. Zawęź filtry, na przykład dniem wysłania. "
            "Eksport obejmie wszystkie.",
            n=number(MOST_KEYS),
        )
    return say(
        "Naraz można zająć się najwyżej {n} odpowiedziami. Zawęź filtry, na przykład dniem wysłania.",
        n=number(MOST_KEYS),
    )


def done(address: Address) -> dict[str, Any] | None:
    """What the last button came to, as the address tells it; those skipped are told with how they stand now."""
    args = request.args
    action, n = args.get("akcja", ""), args.get("zrobiono", "")
    if action not in TOLD or not n.isdecimal() or len(n) > len(str(MOST_KEYS)):
        return None
    keys = tuple(each for each in args.get("pominieto", "").split("-")[:MOST_NAMED] if each)
    rows = _skipped(address, keys) if keys else []
    ile = args.get("ile", "")
    total = int(ile) if ile.isdecimal() and len(ile) <= len(str(MOST_KEYS)) else len(rows)
    return {
        "text": str(TOLD[action](int(n))),
        "skipped_title": str(say_n("Pominięto {n} odpowiedź", "Pominięto {n} odpowiedzi", total)) if rows else "",
        "skipped": [{"reference": each.reference, "why": _why(action, each.state)} for each in rows],
        "kind": "warning" if rows else "success",
    }


def _skipped(address: Address, keys: tuple[str, ...]) -> list[table.Row]:
    wanted = Wanted(asked=Asked(keys=keys), per_page=MOST_NAMED)
    return table.look(address.form.slug, wanted, address.questions).rows


def _why(action: str, state: str) -> str:
    if action == MESSAGE:
        return str(NO_ADDRESS)
    return str(say("stan „{state}” na to nie pozwala", state=wording.STATES[state][0]))
