"""For staff: a file compared with the Wykaz, and saved once somebody has seen what that changes."""

from __future__ import annotations

from typing import Any

from flask import Response, request, url_for

from forms.importing.remarks import Unusable
from forms.wording import Say, say, say_n
from records import register
from records.register import BASES, ENTERED, AlreadyEntered, Programme, Stale
from records.register.changing import Change
from records.register.comparing import Comparison, Row, compare, seen
from records.register.sheet import Sheet
from records.register.sheet import read as read_sheet
from views import wording
from views.access import Right, requires
from views.pages import page, see, sent
from views.register.searching import gminy, labels
from views.security import csrf_token
from views.services import now
from views.staff.register.editing import NO_REASON, actor, reason
from views.staff.register.listing import crumbs, entered_by_list

NO_FILE = say("Wybierz plik CSV albo XLSX.")
CHANGED = say("Wykaz zmienił się po porównaniu. Poniżej jest nowe porównanie – sprawdź je i zapisz jeszcze raz.")


@requires(Right.KEEP_REGISTER)
def bring() -> Response:
    """The page to bring a file; a file brought is compared, what was compared is saved. Before that nothing is."""
    if request.method == "GET":
        return _page({})
    if sent("akcja") == "zapisz":
        return _save()
    file = request.files.get("plik")
    data = file.read() if file is not None and file.filename else b""
    if not data:
        return _page({"plik": NO_FILE})
    try:
        sheet = read_sheet(data)
    except Unusable as unusable:
        return _page({"plik": unusable.what})
    return _compared(sheet)


@requires(Right.KEEP_REGISTER)
def from_list() -> Response:
    """Starts an empty register with an entry for each gmina that the list shows in the Wykaz, so that nobody loses a right."""
    if register.started():
        return see(url_for("staff.register"))
    listed = gminy()
    made = []
    for code in entered_by_list():
        basis = listed[code].get("program", "")
        made.append(Change(Programme(code, {"status": ENTERED, "basis": basis if basis in BASES else "PR"})))
    register.change_many(made, str(say("Stan z listy gmin")), now(), actor(), register.LIST)
    return see(url_for("staff.register", zrobiono="z-listy"))


def _save() -> Response:
    try:
        sheet = read_sheet(sent("tresc").encode())
    except Unusable as unusable:
        return _page({"plik": unusable.what})
    known = register.current()
    if seen(known) != sent("widziane"):
        return _compared(sheet, CHANGED)
    found = compare(sheet, known, labels())
    if found.mistakes:
        return _compared(sheet)
    if not reason():
        return _compared(sheet, wrong={"powod": NO_REASON})
    try:
        register.change_many(found.changes, reason(), now(), actor(), register.IMPORT)
    except (Stale, AlreadyEntered):
        return _compared(sheet, CHANGED)
    return see(url_for("staff.register", zrobiono="wczytano"))


def _compared(sheet: Sheet, told: Say | None = None, wrong: dict[str, Say] | None = None) -> Response:
    known, names = register.current(), labels()
    found = compare(sheet, known, names)
    return _page(wrong or {}, told=told, found=found, text=sheet.text, seen_=seen(known), names=names)


def _page(
    wrong: dict[str, Say],
    *,
    told: Say | None = None,
    found: Comparison | None = None,
    text: str = "",
    seen_: str = "",
    names: dict[str, str] | None = None,
) -> Response:
    title = str(say("Wczytaj z pliku"))
    mistakes = found is not None and bool(found.mistakes)
    return page(
        "staff/register/import.html",
        status=422 if wrong or told is not None or mistakes else 200,
        crumbs=crumbs((title, "")),
        title=title,
        problems=[(f"#{name}", str(what)) for name, what in wrong.items()],
        problems_title=wording.problems_title(len(wrong)),
        errors={each: str(wrong.get(each, "")) for each in ("plik", "powod")},
        told=str(told) if told is not None else "",
        found=None if found is None else _drawn(found, names or {}),
        text=text,
        seen=seen_,
        reason=sent("powod"),
        template_url=url_for("staff.register_csv", stan="wszystkie"),
        action_url=url_for("staff.register_import"),
        csrf=csrf_token(),
    )


def _drawn(found: Comparison, names: dict[str, str]) -> dict[str, Any]:
    count = len(found.new) + len(found.changed)
    return {
        "figures": [
            {"label": str(say("Nowe")), "text": str(len(found.new))},
            {"label": str(say("Zmienione")), "text": str(len(found.changed))},
            {"label": str(say("Bez zmian")), "text": str(len(found.unchanged))},
            {"label": str(say("Nie ma ich w pliku")), "text": str(len(found.missing))},
            {"label": str(say("Błędy")), "text": str(len(found.mistakes))},
        ],
        "mistakes": [[str(each.line), each.header, each.value, str(each.text)] for each in found.mistakes],
        "mistakes_title": str(
            say_n(
                "W pliku jest {n} błąd. Popraw go i wczytaj plik jeszcze raz – nic nie zapisano.",
                "W pliku jest {n} błędów. Popraw je i wczytaj plik jeszcze raz – nic nie zapisano.",
                len(found.mistakes),
            )
        ),
        "ignored": ", ".join(found.ignored),
        "new": [_row(each, names) for each in found.new],
        "changed": [_row(each, names) for each in found.changed],
        "missing": [
            {
                "gmina": names.get(each.programme.gmina, each.programme.gmina),
                "title": each.programme["title"] or "",
                "url": url_for("staff.register_entry", entry=each.entry),
            }
            for each in found.missing
        ],
        "missing_title": str(say_n("{n} wpisu nie ma w pliku", "{n} wpisów nie ma w pliku", len(found.missing))),
        "save": str(say_n("Zapisz {n} wpis", "Zapisz {n} wpisów", count)) if count and not found.mistakes else "",
    }


def _row(row: Row, names: dict[str, str]) -> dict[str, Any]:
    one = row.programme
    return {
        "line": row.line,
        "gmina": names.get(one.gmina, one.gmina),
        "title": one["title"] or "",
        "basis": one["basis"],
        "differences": [[str(column.label), was or "–", is_ or "–"] for column, was, is_ in row.differences],
    }
