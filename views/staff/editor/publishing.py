"""Publishing a form: what is looked at before, what the change does to stored answers, and the file put in place."""

from __future__ import annotations

from typing import Any

from flask import Response, g, request, url_for

from forms.catalogue import Entry
from forms.definition import Form
from forms.wording import say, say_n
from records import editing, publishing
from records.publishing import ACTIONS, PUBLISHED, FileChanged, NotEditable, Publication
from records.versions import Bundle
from views.access import Right, requires
from views.comparing import Difference, Side, difference, serving
from views.markdown import typographic
from views.pages import page, see, sent
from views.services import now, services
from views.staff.changes import shown_difference
from views.staff.editor.checklist import CONFIRM, STOP, Point, checklist
from views.staff.editor.lines import difference as line_difference
from views.staff.editor.looking import Looked, look
from views.staff.editor.opening import Opened, closed, crumbs, folder, opened
from views.steps.drawing import static

STATES = {CONFIRM: (say("do potwierdzenia"), "warning"), STOP: (say("do poprawy"), "bad")}
FINE = (say("w porządku"), "good")


@requires(Right.EDIT_FORMS)
def publication(slug: str) -> Response:
    """The list of what was looked at; a POST publishes what the page showed, once all that needs it is confirmed."""
    here = opened(slug)
    looked = look(slug, here.text)
    entry = services().catalogue.entry(slug)
    found = _difference(entry, looked.drawable)
    points = checklist(here, looked, found)
    if request.method == "GET" or "odcisk" not in request.form:
        return _page(here, looked, found, points)
    if here.draft is None and sent("odcisk") == editing.digest(here.text):  # the same button pressed twice
        return see(url_for("staff.editor_publication", slug=slug, gotowe="tak"))
    if sent("odcisk") != editing.digest(here.text):
        notice = str(say("Tekst zmienił się, odkąd otwarto tę stronę. Sprawdź listę jeszcze raz."))
        return _page(here, looked, found, points, notice=notice)
    missing = [each for each in points if each.state == CONFIRM and each.key not in request.form.getlist("mimo")]
    if looked.form is None or missing or any(each.state == STOP for each in points):
        return _page(here, looked, found, points, missing=missing)
    try:
        put(here, looked.form, entry)
    except FileChanged:
        return see(url_for("staff.editor_settle", slug=slug))
    except NotEditable as error:
        closed(slug, error)
    return see(url_for("staff.editor_publication", slug=slug, gotowe="tak"))


def put(here: Opened, form: Form, entry: Entry | None, action: str = PUBLISHED) -> None:
    """Writes the text in place of the file; every process serves it within a second, this one at once.

    FileChanged when the file is not the one the text began from; NotEditable when it cannot be written.
    """
    assert action in ACTIONS
    before = entry.form if entry is not None and entry.form is not None else None
    lists = form.bundle["lists"]
    new = Publication(
        here.slug,
        here.written,
        here.base,
        Bundle(here.written, lists),
        Bundle(before.bundle["file"], before.bundle["lists"]) if before is not None else None,
        action,
    )
    publishing.publish(folder(), new, g.person.id, now())
    services().catalogue.refresh(now=True)


def _difference(entry: Entry | None, form: Form | None) -> Difference | None:
    """What lies between the version that serves and this text; None without one of them."""
    if entry is None or entry.form is None or form is None or entry.form.hash == form.hash:
        return None
    return difference(serving(entry), Side(form, say("Twój tekst")))


def _page(
    here: Opened,
    looked: Looked,
    found: Difference | None,
    points: list[Point],
    *,
    missing: list[Point] | None = None,
    notice: str = "",
) -> Response:
    form = looked.drawable
    done = "gotowe" in request.args and here.draft is None
    count = len(missing or ())
    stopped = any(each.state == STOP for each in points)
    problems = [(f"#mimo-{each.key}", f"{each.title}: {each.text}") for each in missing or ()]
    return page(
        "staff/editor/publication.html",
        status=422 if problems else 200,
        form_title=typographic(static(form.title)) if form else here.slug,
        crumbs=crumbs(here.slug, str(say("Publikacja"))),
        done=_done(here, form) if done else None,
        notice=notice,
        problems=problems,
        problems_title=str(say_n("Potwierdź {n} punkt", "Potwierdź {n} punktów", count)),
        points=[_point(each) for each in points],
        stopped=stopped,
        found=shown_difference(found) if found is not None else None,
        rows=line_difference(here.file.text, here.text) if here.file.exists else [],
        digest=editing.digest(here.text),
        action=url_for("staff.editor_publication", slug=here.slug),
        editor_url=url_for("staff.editor", slug=here.slug),
        trial_url=url_for("staff.editor_trial", slug=here.slug),
        history_url=url_for("staff.form_changes", slug=here.slug) if here.file.exists else "",
        hidden=form is not None and form.state == "draft",
    )


def _point(each: Point) -> dict[str, Any]:
    text, kind = STATES.get(each.state, FINE)
    return {
        "key": each.key,
        "title": str(each.title),
        "text": str(each.text),
        "state": str(text),
        "kind": kind,
        "confirm": each.state == CONFIRM,
        "ticked": each.key in request.form.getlist("mimo"),
        "url": each.url,
        "where": str(each.where) if each.where is not None else "",
    }


def _done(here: Opened, form: Form | None) -> dict[str, str]:
    state = form.state if form is not None else ""
    return {
        "text": str(
            say("Na razie widzą go tylko zalogowani pracownicy („state: draft”).")
            if state == "draft"
            else say("Formularz działa od teraz w tej wersji.")
        ),
        "url": url_for("public.start", slug=here.slug) if state != "archived" else "",
    }
