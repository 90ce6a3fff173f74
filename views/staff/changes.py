"""For staff: the stored versions of a form, and what lies between two of them or between one and the file."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, request, url_for

from forms.catalogue import Entry
from forms.diff import Effect
from forms.wording import Say, number, say, say_n
from records import editing, people, publishing
from records.usage import Used
from records.versions import Bundle, Version
from views import wording
from views.access import Right, may, requires
from views.comparing import HEADINGS, SHORT, Difference, Side, Told, Unreadable, difference, history, serving, stored
from views.pages import page
from views.services import services
from views.staff.editor.lines import difference as line_difference
from views.staff.ways import crumbs
from views.steps.drawing import static

FILE = "plik"  # stands for the file in addresses, beside the beginnings of hashes

VERDICTS: dict[Effect, tuple[str, Say]] = {
    Effect.LOSS: ("error", say("Ta zmiana traci część zapisanych odpowiedzi albo zmienia ich znaczenie.")),
    Effect.REVIEW: ("warning", say("Zapisane odpowiedzi zostają. Przejrzyj, co zobaczą osoby, które mają szkice.")),
    Effect.NONE: ("success", say("Ta zmiana nie rusza zapisanych odpowiedzi.")),
}
CHANGED = "zmieniony"
SHELVED: dict[str, tuple[str, Say]] = {  # what came of moving the form to the archive or back, as the address tells it
    "archived": ("success", say("Formularz jest w archiwum.")),
    "open": ("success", say("Formularz nie jest już w archiwum.")),
    CHANGED: (
        "warning",
        say("Nic się nie zmieniło: ktoś właśnie zmienił ten plik. Sprawdź, co w nim jest, i powtórz."),
    ),
}


@requires(Right.SEE_FORMS)
def form_changes(slug: str) -> Response:
    """The difference asked for in the address (`od`, `do`), by default from the newest other version to the file."""
    entry = services().catalogue.entry(slug)
    if entry is None:
        abort(404)
    known = list(history(slug))
    chosen = _chosen(entry, [version for version, _ in known])
    problem, found = "", None
    if chosen is not None:
        try:
            found = difference(*(_side(entry, known, key) for key in chosen))
        except Unreadable as unreadable:
            problem = str(unreadable.what)
    title = static(entry.form.title) if entry.form else entry.slug
    published = _published(slug)
    edits = may(Right.EDIT_FORMS, slug)
    archived = entry.form is not None and entry.form.state == "archived"
    kind, words = SHELVED.get(_moved(archived=archived), ("", ""))
    return page(
        "staff/form_changes.html",
        form_title=title,
        crumbs=crumbs(slug, title, (str(say("Wersje")), "")),
        done={"kind": kind, "text": str(words)} if kind else None,
        broken=_broken(entry),
        problem=problem,
        action=url_for("staff.form_changes", slug=slug),
        sides=_options(entry, known),
        old=chosen[0] if chosen else "",
        new=chosen[1] if chosen else "",
        found=shown_difference(found) if found is not None else None,
        rows=line_difference(*(_text(side) for side in (found.old, found.new))) if found is not None else [],
        versions=[_line(entry, version, used, published) for version, used in known],
        restore_url=url_for("staff.editor_restore", slug=slug) if edits else "",
        replaces=edits and editing.load(slug, g.person.id) is not None,
        shelve_url=url_for("staff.form_shelve", slug=slug) if edits and entry.form else "",
        archived=archived,
    )


def _moved(*, archived: bool) -> str:
    """What the address says was done, unless something else has been done since."""
    said = request.args.get("stan", "")
    return said if said == CHANGED or said == ("archived" if archived else "open") else ""


def _published(slug: str) -> dict[str, tuple[str, str]]:
    """Who published each version last, by name, and when, by the version's hash."""
    found = publishing.publishers(slug)
    people_by_id = {person_id: people.get(person_id) for person_id, _ in found.values()}
    names = {person_id: person.name for person_id, person in people_by_id.items() if person is not None}
    return {digest: (names.get(person_id, ""), wording.local(at)) for digest, (person_id, at) in found.items()}


def _text(side: Side) -> str:
    """The definition of one of the two, with LF line ends, as drafts have them."""
    return editing.plain(side.form.bundle["file"])


def _chosen(entry: Entry, known: list[Version]) -> tuple[str, str] | None:
    """What is compared with what: beginnings of hashes, or FILE; None while there is nothing to compare."""
    if entry.form is None or not known:
        return None
    keys = [version.hash[:SHORT] for version in known]
    current = _current(entry)
    others = [version.hash[:SHORT] for version in known if version.hash != current]
    old, new = request.args.get("od", ""), request.args.get("do", "")
    return old if old in (*keys, FILE) else (others or keys)[0], new if new in keys else FILE


def _current(entry: Entry) -> str:
    """The hash under which the version that serves is stored, or would be."""
    return Bundle(entry.form.bundle["file"], entry.form.bundle["lists"]).hash() if entry.form else ""


def _side(entry: Entry, known: list[tuple[Version, Used]], key: str) -> Side:
    if key == FILE:
        return serving(entry)
    return next(stored(entry.slug, version) for version, _ in known if version.hash[:SHORT] == key)


def _options(entry: Entry, known: list[tuple[Version, Used]]) -> list[dict[str, str]]:
    """What can be chosen on either side."""
    if entry.form is None:
        return []
    now = say("Ostatnia dobra wersja pliku") if entry.errors else say("Plik, jak jest teraz")
    return [
        {"value": FILE, "text": str(now)},
        *({"value": version.hash[:SHORT], "text": _named(version)} for version, _ in known),
    ]


def _named(version: Version) -> str:
    return f"{wording.local(version.stored_at)} ({version.hash[:SHORT]})"


def _broken(entry: Entry) -> dict[str, str] | None:
    """That the file cannot be compared now, and where its mistakes are listed."""
    if not entry.errors:
        return None
    count = say_n("Plik ma {n} błąd", "Plik ma {n} błędów", len(entry.errors))
    return {"title": str(count), "url": url_for("staff.form_problems", slug=entry.slug)}


def shown_difference(found: Difference) -> dict[str, Any]:
    """What a change does to stored answers, as staff/_effects.html lists it."""
    kind, verdict = VERDICTS[found.effect]
    groups = []
    for effect, title in HEADINGS.items():
        told = [_change(each) for each in found.changes if each.change.effect is effect]
        if told:
            groups.append({"title": str(title), "changes": told})
    same = str(say("Te wersje niczym się nie różnią."))
    return {"kind": kind, "text": str(verdict) if groups else same, "groups": groups}


def _change(told: Told) -> dict[str, str]:
    thing = "" if told.change.thing is None else str(told.change.thing)
    return {
        "thing": thing[:1].upper() + thing[1:],
        "what": str(told.change.what),
        "values": told.values,
        "counted": told.counted,
        "kind": told.change.kind,
    }


def _line(entry: Entry, version: Version, used: Used, published: dict[str, tuple[str, str]]) -> dict[str, Any]:
    who, at = published.get(version.hash, ("", ""))
    return {
        "serves": version.hash == _current(entry),
        "when": wording.local(version.stored_at),
        "who": who,
        "published": at,
        "hash": version.hash[:SHORT],
        "sent": number(used.sent),
        "drafts": number(used.drafts),
        "url": url_for("staff.form_changes", slug=entry.slug, od=version.hash[:SHORT], do=FILE),
    }
