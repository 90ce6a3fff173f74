"""A form put into the archive and taken out again: one value of its file is changed, all else stays as it was typed."""

from __future__ import annotations

import hashlib

from flask import Response, g, url_for

from forms.rewriting import with_value
from forms.wording import Say, say
from records import editing
from records.database import writing
from records.publishing import ARCHIVED, REOPENED, FileChanged, NotEditable
from views.access import Right, requires
from views.pages import page, see, sent
from views.services import now, services
from views.staff.changes import CHANGED
from views.staff.editor.looking import look
from views.staff.editor.opening import Opened, closed, crumbs, opened
from views.staff.editor.publishing import put

ACTIONS = {"archived": ARCHIVED, "open": REOPENED}


@requires(Right.EDIT_FORMS)
def shelve(slug: str) -> Response:
    """Sets `state` in the file to what was sent (`stan`: archived | open) and publishes it; a draft follows."""
    here = opened(slug)
    state = sent("stan")
    back = url_for("staff.form_changes", slug=slug)
    if state not in ACTIONS or not here.file.exists:
        return see(back)
    try:
        text = with_value(here.file.text, "state", state)
    except ValueError:
        return _refused(slug, say("Nie udało się zmienić klucza „state” w tym pliku. Zmień go w edytorze."))
    looked = look(slug, text)
    if looked.form is None:
        return _refused(slug, say("Plik ma błędy. Popraw je w edytorze i opublikuj, a potem spróbuj ponownie."))
    changed = Opened(slug, here.file, editing.Draft(slug, g.person.id, here.file.digest, 0, None, now(), text))
    try:
        with writing():
            put(changed, looked.form, services().catalogue.entry(slug), ACTIONS[state])
            if here.draft is not None:
                _follow(here, changed, state)
    except FileChanged:
        return see(url_for("staff.form_changes", slug=slug, stan=CHANGED))
    except NotEditable as error:
        closed(slug, error)
    return see(url_for("staff.form_changes", slug=slug, stan=state))


def _follow(here: Opened, changed: Opened, state: str) -> None:
    """The person's own text goes on from the new file, with the same change in it where that can be made."""
    assert here.draft is not None
    try:
        text = with_value(here.draft.text, "state", state)
    except ValueError:
        text = here.draft.text
    new = hashlib.sha256(changed.written.encode()).hexdigest()
    base = new if not here.stale else here.draft.base
    editing.begin(here.slug, g.person.id, text, base, now())


def _refused(slug: str, why: Say) -> Response:
    return page("staff/editor/closed.html", slug=slug, why=str(why), crumbs=crumbs(slug, str(say("Archiwum"))))
