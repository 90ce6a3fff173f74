"""For staff: a new entry of the Wykaz, a change of one, its striking off – each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.types.given import Refused
from forms.wording import Say, say
from records import audit, register
from records.register import COLUMNS, ENTERED, STRUCK, AlreadyEntered, Programme, Stale, Version
from records.register.columns import BY_NAME
from records.register.comparing import whole
from views import wording
from views.access import Right, requires
from views.pages import page, see, sent
from views.register import told
from views.register.searching import gminy, wanted
from views.security import csrf_token
from views.services import now
from views.staff.register.listing import crumbs

EDITED = tuple(each for each in COLUMNS if each.name not in ("status", "struck_on"))
LONGEST = 500  # characters of a reason
NO_REASON = say("Napisz, skąd ta zmiana. Zostanie w historii wpisu.")
TAKEN = say("Ta gmina ma już wpis w Wykazie. Zmień go albo najpierw wykreśl.")


@requires(Right.KEEP_REGISTER)
def new() -> Response:
    """Enters a programme of a gmina that has none in the Wykaz."""
    if request.method == "GET":
        return _page(None, {}, {}, gmina=request.args.get("gmina", ""))
    gmina = sent("gmina")
    values, wrong = read({"status": ENTERED})
    if gmina not in gminy():
        wrong["gmina"] = say("Wybierz gminę z listy.")
    elif register.of_gmina(gmina) is not None:
        wrong["gmina"] = TAKEN
    if wrong:
        return _page(None, request.form, wrong, gmina=gmina)
    try:
        made = register.add(Programme(gmina, values), reason(), now(), actor())
    except AlreadyEntered:
        return _page(None, request.form, {"gmina": TAKEN}, gmina=gmina)
    return see(url_for("staff.register_entry", entry=made, zrobiono="dodano"))


@requires(Right.KEEP_REGISTER)
def change(entry: int) -> Response:
    """Adds a version of an entry; when somebody was quicker, what they changed is shown and nothing typed is lost."""
    newest = register.newest(entry) or abort(404)
    if request.method == "GET":
        return _page(newest, _typed(newest), {})
    base = _base(entry)
    values, wrong = read(base.programme.values)
    if wrong:
        return _page(base, request.form, wrong)
    try:
        changed = register.change(base, Programme(base.programme.gmina, values), reason(), now(), actor())
    except Stale as stale:
        return _page(stale.found, request.form, {}, since=base)
    except AlreadyEntered:
        return see(url_for("staff.register_entry", entry=entry, zrobiono="zajete"))
    return see(url_for("staff.register_entry", entry=entry, zrobiono="zmieniono" if changed else "bez-zmian"))


@requires(Right.KEEP_REGISTER)
def strike(entry: int) -> Response:
    """Strikes an entry off (`akcja` wykresl), or takes that back (`akcja` przywroc)."""
    base = _base(entry)
    values, back = dict(base.programme.values), sent("akcja") == "przywroc"
    wrong: dict[str, Say] = {} if reason() else {"powod": NO_REASON}
    values["status"] = ENTERED if back else STRUCK
    values.pop("struck_on", None)
    if not back:
        try:
            values["struck_on"] = BY_NAME["struck_on"].parse(sent("dzien")) or now().date()
        except Refused as refused:
            wrong["dzien"] = refused.what
    if wrong:
        return _page(base, _typed(base), wrong, striking=not back)
    try:
        register.change(base, Programme(base.programme.gmina, values), reason(), now(), actor())
    except AlreadyEntered:
        return see(url_for("staff.register_entry", entry=entry, zrobiono="zajete"))
    except Stale as stale:
        return _page(stale.found, _typed(stale.found), {}, since=base)
    return see(url_for("staff.register_entry", entry=entry, zrobiono="przywrocono" if back else "wykreslono"))


def read(base: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Say]]:
    """The values of the form over those of `base`, and what is wrong with them by the name of the input."""
    values, wrong = dict(base), {}
    for column in EDITED:
        try:
            value = column.parse(sent(column.name))
        except Refused as refused:
            wrong[column.name] = refused.what
            continue
        values.pop(column.name, None)
        if value is not None:
            values[column.name] = value
    if not values.get("title") and "title" not in wrong:
        wrong["title"] = say("Podaj tytuł programu.")
    if not wrong and (odd := whole(values)) is not None:
        wrong[odd[0]] = odd[1]
    if not reason():
        wrong["powod"] = NO_REASON
    return values, wrong


def asked_in_order() -> tuple[str, ...]:
    """The names of the inputs, as they stand on the page."""
    return ("gmina", *(each.name for each in EDITED), "dzien", "powod")


def reason() -> str:
    """Why the register is changed, as it was typed."""
    return sent("powod").strip()[:LONGEST]


def actor() -> str:
    """How the log and the history name whoever is signed in."""
    return audit.staff(g.person.id)


def _base(entry: int) -> Version:
    """The version that the person looked at; 404 for one that never was."""
    number = sent("wersja")
    return next((each for each in register.history(entry) if str(each.version) == number), None) or abort(404)


def _typed(version: Version) -> dict[str, str]:
    return {each.name: each.typed(version.programme[each.name]) for each in EDITED}


def _page(
    base: Version | None,
    typed: Mapping[str, str],
    wrong: Mapping[str, Say],
    *,
    gmina: str = "",
    since: Version | None = None,
    striking: bool = False,
) -> Response:
    """The form; `since` is the version that was looked at when somebody else saved `base`."""
    asked = wanted()
    label = asked.label(base.programme.gmina) if base is not None else ""
    title = str(say("Zmień wpis: {gmina}", gmina=label)) if base is not None else str(say("Nowy wpis"))
    newer = [] if since is None or base is None else told([base, since])[0][1]
    return page(
        "staff/register/edit.html",
        status=422 if wrong or since is not None else 200,
        title=title,
        crumbs=crumbs(
            *([(label, url_for("staff.register_entry", entry=base.entry))] if base is not None else []), (title, "")
        ),
        problems=[(f"#{name}", str(wrong[name])) for name in asked_in_order() if name in wrong],
        problems_title=wording.problems_title(len(wrong)),
        newer=newer,
        gminy=[] if base is not None else _gminy(gmina),
        fields=[_field(each.name, typed, wrong) for each in EDITED],
        reason=typed.get("powod", "") if request.method == "POST" else "",
        errors={each: str(wrong.get(each, "")) for each in ("gmina", "powod", "dzien")},
        striking=striking,
        day=sent("dzien"),
        base=base.version if base is not None else "",
        action_url=url_for("staff.register_change", entry=base.entry) if base else url_for("staff.register_new"),
        strike_url=url_for("staff.register_strike", entry=base.entry) if base else "",
        csrf=csrf_token(),
    )


def _gminy(chosen: str) -> list[dict[str, Any]]:
    return [
        {"value": code, "text": row["label"], "selected": code == chosen} for code, row in gminy().items()
    ]  # fmt: skip


def _field(name: str, typed: Mapping[str, str], wrong: Mapping[str, Say]) -> dict[str, Any]:
    column, value = BY_NAME[name], typed.get(name, "")
    choices = column.choices or {}
    return {
        "name": name,
        "label": str(column.label),
        "hint": str(column.hint) if column.hint else "",
        "value": value,
        "error": str(wrong.get(name, "")),
        "input": column.input,
        "long": name == "note",
        "required": column.required or name == "title",
        "options": [{"value": each, "text": str(text), "selected": each == value} for each, text in choices.items()],
    }
