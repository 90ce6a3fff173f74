"""Which text to go on from: one's own or the file that has changed meanwhile; an older version; or none of one's own."""

from __future__ import annotations

from flask import Response, abort, g, url_for

from forms.wording import say
from records import editing, versions
from views.access import Right, requires
from views.comparing import SHORT
from views.pages import page, see, sent
from views.services import now, services
from views.staff.editor.lines import difference
from views.staff.editor.opening import crumbs, opened

OWN, FILE = "moj", "plik"


@requires(Right.EDIT_FORMS)
def settle(slug: str) -> Response:
    """Both texts and the difference between them; a POST goes on from the one that was chosen."""
    here = opened(slug)
    if here.draft is None or sent("wybor") not in ("", OWN, FILE):
        return see(url_for("staff.editor", slug=slug))
    if sent("wybor") == OWN:
        editing.rebase(slug, g.person.id, here.file.digest)
        return see(url_for("staff.editor", slug=slug))
    if sent("wybor") == FILE:
        return discard(slug)
    return page(
        "staff/editor/settle.html",
        slug=slug,
        crumbs=crumbs(slug, str(say("Dwa teksty"))),
        stale=here.stale,
        own=here.text,
        file=here.file.text,
        exists=here.file.exists,
        rows=difference(here.file.text, here.text),
        action=url_for("staff.editor_settle", slug=slug),
        editor_url=url_for("staff.editor", slug=slug),
    )


@requires(Right.EDIT_FORMS)
def discard(slug: str) -> Response:
    """Forgets this person's text; on to the file, or to the forms where there is none."""
    here = opened(slug)
    editing.discard(slug, g.person.id)
    return see(url_for("staff.editor", slug=slug) if here.file.exists else url_for("staff.forms"))


@requires(Right.EDIT_FORMS)
def restore(slug: str) -> Response:
    """A stored version (`wersja`, the beginning of its hash) as this person's text, to be published like any other."""
    here = opened(slug)
    wanted = sent("wersja")
    if not wanted:
        return see(url_for("staff.form_changes", slug=slug))
    found = next((each for each in versions.history(slug) if each.hash[:SHORT] == wanted), None)
    if found is None or services().catalogue.entry(slug) is None:
        abort(404)
    editing.begin(slug, g.person.id, found.bundle.file, here.file.digest, now())
    return see(url_for("staff.editor", slug=slug))
