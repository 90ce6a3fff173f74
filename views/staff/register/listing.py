"""For staff: the entries of the Wykaz, one entry with its whole history, and how every gmina stands and why."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

from flask import Response, abort, request, url_for

from forms.polish import sort_key
from forms.standing import ENTERED, Standing
from forms.wording import number, say, say_n
from records import belonging, register
from records.register import Version
from views import wording
from views.access import Right, may, requires, visible_slugs
from views.pages import page
from views.register import STATES, as_file, facts, told, untitled
from views.register.searching import gminy, row, tag, wanted
from views.security import csrf_token
from views.services import now, services
from views.staff.history import person_name

DONE = {
    "dodano": say("Wpis jest dodany."),
    "zmieniono": say("Zmiana jest zapisana. Poprzednia treść została w historii."),
    "bez-zmian": say("Nic się nie różni, więc nic nie zapisano."),
    "wykreslono": say("Wpis jest wykreślony. Został w historii."),
    "przywrocono": say("Wpis jest znowu w Wykazie."),
    "zajete": say("Nic się nie zmieniło: gmina ma już inny wpis w Wykazie."),
    "wczytano": say("Wczytano zmiany z pliku."),
    "z-listy": say("Wykaz jest założony z listy gmin. Uzupełnij teraz tytuły, uchwały i daty – najprościej w pliku."),
}
SOURCES = {
    register.HAND: say("ręcznie"),
    register.IMPORT: say("z pliku"),
    register.LIST: say("z listy gmin"),
    register.RESPONSE: say("ze zgłoszenia"),
}


@requires(Right.SEE_FORMS)
def programmes() -> Response:
    """The entries, searched and filtered as on the public page; those who may add and import. One query."""
    asked, keeps = wanted(), may(Right.KEEP_REGISTER)
    known = register.current()
    found = asked.narrowed(known)
    return page(
        "staff/register/list.html",
        rows=[row(each, asked, url_for("staff.register_entry", entry=each.entry)) for each in found],
        count_text=str(say_n("{n} wpis", "{n} wpisów", len(found))),
        done=done(),
        empty="" if known else _before_first(),
        csv_url=asked.url("staff.register_csv"),
        public_url=url_for("register.programmes"),
        new_url=url_for("staff.register_new") if keeps else "",
        import_url=url_for("staff.register_import") if keeps else "",
        from_list_url=url_for("staff.register_from_list") if keeps and not known else "",
        csrf=csrf_token(),
        here=url_for("staff.register"),
        **asked.fields(),
    )


@requires(Right.SEE_FORMS)
def programmes_csv() -> Response:
    """The entries as a file of the shape that the import takes. Nothing in it is secret, so nobody's look is noted."""
    return as_file(wanted())


@requires(Right.SEE_FORMS)
def entry(entry: int) -> Response:
    """One entry: what it says, and each version with who made it, when, why, and what it changed."""
    versions = register.history(entry) or abort(404)
    newest, asked, keeps = versions[0], wanted(), may(Right.KEEP_REGISTER)
    one, name = newest.programme, cache(_who)
    return page(
        "staff/register/entry.html",
        crumbs=crumbs((asked.label(one.gmina), "")),
        title=asked.label(one.gmina),
        subtitle=str(one["title"] or untitled(newest)),
        powiat=asked.powiat_of(one.gmina),
        code=one.gmina,
        state=tag(newest),
        done=done(),
        rows=facts(newest),
        history=[_version(each, what, name(each.changed_by)) for each, what in told(versions)],
        public_url=url_for("register.gmina", gmina=one.gmina) if one.gmina in asked.gminy else "",
        change_url=url_for("staff.register_change", entry=entry) if keeps else "",
        strike_url=url_for("staff.register_strike", entry=entry) if keeps else "",
        struck=not one.entered,
        base=newest.version,
        today=now().date().isoformat(),
        csrf=csrf_token(),
    )


@requires(Right.SEE_FORMS)
def stands() -> Response:
    """How every gmina of the region stands, and why: by the register, the declarations, or still by the list. Three queries."""
    book, listed = services().standings(now(), everyone=True), gminy()
    known = {code: found for code in listed if (found := book(code)) is not None}
    powiat, state = request.args.get("powiat", ""), request.args.get("stan", "")
    shown = [
        _stands(code, found, listed[code])
        for code, found in known.items()
        if powiat in ("", listed[code].get("powiat")) and state in ("", found.wykaz)
    ]
    counted = Counter(found.wykaz for found in known.values())
    powiaty = sorted({each.get("powiat", "") for each in listed.values()} - {""}, key=sort_key)
    return page(
        "staff/register/stands.html",
        by_list=not register.started(),
        rows=shown,
        count_text=str(say_n("{n} gmina", "{n} gmin", len(shown))),
        figures=[
            {"label": f"{str(text)[:1].upper()}{str(text)[1:]}", "text": number(counted[each])}
            for each, (text, _) in STATES.items()
        ],
        powiaty=[{"value": each, "text": each, "selected": each == powiat} for each in powiaty],
        states=[{"value": each, "text": str(text), "selected": each == state} for each, (text, _) in STATES.items()],
        here=url_for("staff.register_stands"),
    )


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page of the register: `more` are (title, address) from its list on."""
    steps = ((str(say("Wykaz programów")), url_for("staff.register")), *more)
    return [{"title": title, "url": url} for title, url in steps]


def done() -> str:
    """What was just done, as the address says it; "" for nothing."""
    told_ = DONE.get(request.args.get("zrobiono", ""))
    return str(told_) if told_ else ""


def entered_by_list() -> list[str]:
    """The gminy (codes) that the list shows as having a programme in the Wykaz."""
    return [code for code, row in gminy().items() if row.get("wykaz") == ENTERED]


def _before_first() -> str:
    return str(
        say_n(
            "Wykaz jest pusty, więc o tym, kto może się zgłosić, decyduje lista gmin – według niej program ma {n} gmina. "
            "Od pierwszego wpisu decyduje tylko Wykaz. Przenieś więc najpierw stan z listy albo wczytaj cały Wykaz z pliku.",
            "Wykaz jest pusty, więc o tym, kto może się zgłosić, decyduje lista gmin – według niej program ma {n} gmin. "
            "Od pierwszego wpisu decyduje tylko Wykaz. Przenieś więc najpierw stan z listy albo wczytaj cały Wykaz z pliku.",
            len(entered_by_list()),
        )
    )


def _stands(code: str, found: Standing, listed: Any) -> dict[str, str]:
    text, kind = STATES[found.wykaz]
    return {
        "gmina": listed["label"],
        "powiat": listed.get("powiat", ""),
        "url": url_for("register.gmina", gmina=code),
        "text": str(text),
        "kind": kind,
        "program": found.program if found.wykaz == ENTERED else "",
        "words": str(found.words),
    }


def _version(version: Version, what: list[str], who: str) -> dict[str, Any]:
    return {
        "when": wording.local(version.changed_at),
        "who": who,
        "why": version.reason,
        "source": str(SOURCES.get(version.source, version.source)),
        "response_url": _response_url(version.response),
        "what": what,
    }


def _response_url(key: str | None) -> str:
    """The response that a version came from, for whoever works with its form; "" for others, who would not get in."""
    if not key or not may(Right.READ_RESPONSES):
        return ""
    visible = visible_slugs()
    return url_for("staff.response", key=key) if visible is None or belonging.of_response(key) in visible else ""


def _who(actor: str) -> str:
    number_ = actor.rpartition(":")[2]
    return person_name(int(number_)) if number_.isdecimal() else actor
