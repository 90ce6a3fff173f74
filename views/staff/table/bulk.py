"""For staff: one thing done to all responses that are ticked, or to all that match, after a look at what it will do."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from flask import Response, abort, g, request, url_for

from forms.definition import Form
from forms.wording import Say, number, say, say_n
from records import audit
from records.desk import bulk as doing
from records.desk import labels, messages, table
from records.desk.asking import Asked
from records.desk.table import Wanted
from views import wording
from views.access import Right, may, requires
from views.pages import page, see, written
from views.security import csrf_token
from views.services import now, services
from views.staff import messaging
from views.staff.table import writing
from views.staff.table.asking import MOST_KEYS, Address, read
from views.staff.table.bulk_words import (
    ACCEPT,
    ACTIONS,
    EXPORT,
    LABEL,
    MESSAGE,
    MOST_NAMED,
    REJECT,
    UNLABEL,
    allowed,
)
from views.steps.drawing import static

AT_ONCE = 20  # so many are done without asking again
NAMED = 10  # responses that the page names
NOBODY = say("Zaznacz co najmniej jedną odpowiedź.")
OTHERS = say("Lista zmieniła się, odkąd otwarto tę stronę. Sprawdź ją i naciśnij jeszcze raz.")
LOOKED = "obejrzane"  # which responses the page was about, where it is about all that match
LONGEST = 500


@requires(Right.DECIDE)
def bulk(slug: str) -> Response:
    """What a button under the table says; asked again before what is written out, cannot be undone or concerns many."""
    form = services().catalogue.get(slug) or abort(404)
    address, action = read(form, request.args, sensitive=may(Right.READ_SENSITIVE)), request.form.get("akcja", "")
    if action not in allowed(form):
        abort(404)
    keys, all_ = _keys(address), "wszyscy" in request.form
    if action == EXPORT and (keys or all_):
        return see(_export_url(address, () if all_ else keys))
    if not keys or len(keys) > MOST_KEYS:
        too_many = say(
            "Naraz można zająć się najwyżej {n} odpowiedziami. Zawęź filtry, na przykład dniem wysłania.",
            n=number(MOST_KEYS),
        )
        return _page(address, action, keys, [("#wybor", str(too_many if keys else NOBODY))])
    text = {name: written(name, LONGEST) for name in ("powod", "etykieta")}
    confirmed = "potwierdzam" in request.form
    few = action == ACCEPT and len(keys) <= AT_ONCE and not all_
    if not confirmed and not few:
        return _page(address, action, keys)
    if all_ and request.form.get(LOOKED) != _looked(keys):  # who came or changed meanwhile has not been looked at
        return _page(address, action, keys, [("#wybor", str(OTHERS))])
    if action == MESSAGE:
        return _message(address, keys)
    if problems := _missing(action, text):
        return _page(address, action, keys, problems)
    return _told(address, action, *_do(form, action, keys, text))


def _do(form: Form, action: str, keys: Sequence[str], text: dict[str, str]) -> tuple[int, Sequence[str]]:
    """How many it was done to, and the keys of those skipped."""
    actor = audit.staff(g.person.id)
    if action == LABEL:
        return labels.add(keys, text["etykieta"], actor, now()), ()
    if action == UNLABEL:
        return labels.remove(keys, text["etykieta"], actor, now()), ()
    if action == REJECT:
        came = doing.reject(keys, form, now(), actor, text["powod"])
    else:
        came = doing.accept(keys, form, now(), actor)
    return came.done, came.skipped


def _message(address: Address, keys: Sequence[str]) -> Response:
    text = messaging.typed()
    if problems := messaging.problems(text):
        return _page(address, MESSAGE, keys, problems)
    people, skipped = writing.recipients(keys)
    if not people:
        return _page(address, MESSAGE, keys, [("#wybor", str(writing.NOBODY))])
    facts, slug = messaging.facts(text), address.form.slug
    if not messaging.confirmed():
        preview = messaging.preview(slug, people[0].id, people[0].language, facts)
        return _page(address, MESSAGE, keys, preview=preview, reached=len(people))
    actor = audit.staff(g.person.id)
    messages.send(slug, [(each, facts) for each in people], messaging.once(), now(), actor)
    return _told(address, MESSAGE, len(people), skipped)


def _keys(address: Address) -> list[str]:
    """The keys of those who are meant: sent responses of this form, whatever the page says."""
    slug = address.form.slug
    if "wszyscy" in request.form:
        return table.keys(slug, address.asked, address.questions, MOST_KEYS + 1)
    ticked = tuple(dict.fromkeys(request.form.getlist("kto")))[: MOST_KEYS + 1]
    return table.keys(slug, Asked(keys=ticked), address.questions, MOST_KEYS + 1) if ticked else []


def _looked(keys: Sequence[str]) -> str:
    return f"{crc32(' '.join(sorted(keys)).encode()):08x}"


def _missing(action: str, text: dict[str, str]) -> list[tuple[str, str]]:
    if action == REJECT and not text["powod"]:
        return [("#powod", str(say("Napisz powód odrzucenia – trafi do wiadomości.")))]
    if action in (LABEL, UNLABEL) and not labels.cleaned(text["etykieta"]):
        return [("#etykieta", str(say("Wpisz etykietę, na przykład „do wyjaśnienia”.")))]
    return []


def _export_url(address: Address, keys: Sequence[str]) -> str:
    """The page of exports, narrowed to these responses, or to all that match."""
    pairs = [("kto", key) for key in keys] if keys else address.pairs(page=1)
    return f"{url_for('staff.export_page', slug=address.form.slug)}?{urlencode(pairs)}"


def _told(address: Address, action: str, done: int, skipped: Sequence[str]) -> Response:
    """Back to the table as it was, which tells what came of it."""
    told = [("akcja", action), ("zrobiono", str(done))]
    if skipped:
        told += [("pominieto", "-".join(skipped[:MOST_NAMED])), ("ile", str(len(skipped)))]
    return see(f"{url_for('staff.responses', slug=address.form.slug)}?{urlencode([*address.pairs(), *told])}")


TITLES: dict[str, Say] = {
    ACCEPT: say("Przyjmij odpowiedzi"),
    REJECT: say("Odrzuć odpowiedzi"),
    MESSAGE: say("Napisz wiadomość"),
    LABEL: say("Dodaj etykietę"),
    UNLABEL: say("Zdejmij etykietę"),
    EXPORT: say("Eksportuj"),
}
BUTTONS: dict[str, Say] = {
    ACCEPT: say("Przyjmij"),
    REJECT: say("Odrzuć"),
    MESSAGE: say("Pokaż podgląd"),
    LABEL: say("Dodaj etykietę"),
    UNLABEL: say("Zdejmij etykietę"),
}


def _page(
    address: Address,
    action: str,
    keys: Sequence[str],
    problems: Sequence[tuple[str, str]] = (),
    preview: dict[str, Any] | None = None,
    reached: int = 0,
) -> Response:
    form = address.form
    named = table.look(form.slug, Wanted(asked=Asked(keys=tuple(keys[:NAMED])), per_page=NAMED), address.questions).rows
    title, query = static(form.title), address.query(page=1)
    table_url = url_for("staff.responses", slug=form.slug) + (f"?{query}" if query else "")
    wrong = dict(problems)
    return page(
        "staff/bulk.html",
        status=422 if problems else 200,
        crumbs=[
            {"title": str(say("Formularze")), "url": url_for("staff.forms")},
            {"title": title, "url": table_url},
            {"title": str(TITLES[action]), "url": ""},
        ],
        form_title=title,
        title=str(TITLES[action]),
        action=action,
        kind=ACTIONS[action][1],
        places=bool(form.places),
        button=str(BUTTONS.get(action, "")),
        action_url=url_for("staff.responses_bulk", slug=form.slug) + (f"?{query}" if query else ""),
        table_url=table_url,
        all="wszyscy" in request.form,
        looked=_looked(keys),
        keys=[] if "wszyscy" in request.form else list(keys),
        count_text=str(say_n("{n} odpowiedź", "{n} odpowiedzi", len(keys))) if 0 < len(keys) <= MOST_KEYS else "",
        named=[each.reference for each in named],
        more=max(0, len(keys) - len(named)),
        problems=list(problems),
        problems_title=wording.problems_title(len(problems)),
        errors={name: wrong.get(f"#{name}", "") for name in ("powod", "etykieta", "temat", "tresc")},
        typed={name: request.form.get(name, "") for name in ("powod", "etykieta", "temat", "tresc")},
        labels=[name for name, _ in labels.of_form(form.slug)] if action in (LABEL, UNLABEL) else [],
        once=messaging.once() or secrets.token_urlsafe(12),
        preview=preview,
        reached_text=str(say_n("Wyślemy do {n} zgłoszenia.", "Wyślemy do {n} zgłoszeń.", reached)),
        csrf=csrf_token(),
    )
