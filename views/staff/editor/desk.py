"""The page where a form is written: saved as it is typed, its mistakes listed beside it, the preview next to both."""

from __future__ import annotations

from typing import Any

from flask import Response, g, request, url_for

from forms.definition import Form
from forms.wording import say
from records import editing
from records.editing import Draft, Elsewhere
from views import wording
from views.access import Right, requires
from views.markdown import typographic
from views.pages import page, see, sent
from views.security import POLICY
from views.services import now
from views.staff.editor.lines import difference
from views.staff.editor.looking import Looked, look, shown
from views.staff.editor.opening import Opened, crumbs, opened
from views.staff.editor.whole import pages
from views.steps.drawing import static

FRAMING = f"{POLICY}; frame-src 'self'"  # the preview is a page of ours within the page
ONWARD = {"proba": "staff.editor_trial", "publikacja": "staff.editor_publication"}
WIDTHS = ("telefon", "komputer")


@requires(Right.EDIT_FORMS)
def editor(slug: str) -> Response:
    """The text with what is wrong with it and how it will look; a POST saves it, and goes where its button leads."""
    here = opened(slug)
    if request.method == "GET" or "tekst" not in request.form:
        return _page(here)
    revision = sent("mimo") or sent("wydanie")
    try:
        draft = keep(here, int(revision) if revision.isdecimal() else 0)
    except Elsewhere as elsewhere:
        return _page(here, elsewhere.kept)
    onward = ONWARD.get(sent("dalej"))
    if onward:
        return see(url_for(onward, slug=slug))
    return _page(Opened(slug, here.file, draft), saved=True)


def keep(here: Opened, revision: int) -> Draft | None:
    """Saves what was sent; a text that is the file's, and was never anything else, is no draft. Elsewhere."""
    text = editing.plain(sent("tekst"))
    if here.draft is None and text == here.file.text:
        return None
    return editing.save(here.slug, g.person.id, text, sent("poczatek"), revision, now())


def _page(here: Opened, elsewhere: Draft | None = None, *, saved: bool = False) -> Response:
    """The page, or for htmx what has changed on it; with `elsewhere` what was typed here is shown and not saved."""
    text = editing.plain(sent("tekst")) if elsewhere else here.text
    looked = look(here.slug, text)
    form = looked.drawable
    steps = _steps(form)
    signature = editing.digest(repr([(step["id"], step["title"]) for step in steps]))[:8]
    response = page(
        "staff/editor/editor.html",
        part="staff/editor/_checked.html",
        status=422 if elsewhere else 200,
        slug=here.slug,
        form_title=typographic(static(form.title)) if form else here.slug,
        crumbs=crumbs(here.slug, ""),
        text=text,
        line_count=text.count("\n") + 1,
        widest=max(len(line) for line in text.split("\n")) + 1,
        base=sent("poczatek") if elsewhere else here.base,
        revision=(int(sent("wydanie")) if sent("wydanie").isdecimal() else 0) if elsewhere else here.revision,
        problems=shown(looked),
        summary=looked.summary,
        clean=not looked.problems,
        stopped=bool(looked.errors),
        elsewhere=_elsewhere(here, elsewhere, text) if elsewhere else None,
        saved=_saved(here, saved),
        stale=here.stale,
        settle_url=url_for("staff.editor_settle", slug=here.slug),
        discard_url=url_for("staff.editor_discard", slug=here.slug) if here.draft else "",
        others=[
            str(
                say("{name} też ma nieopublikowany tekst tego formularza, z {when}.", name=name, when=wording.local(at))
            )
            for name, at in editing.others(here.slug, g.person.id)
        ],
        steps=steps,
        steps_signature=signature,
        steps_changed=sent("kroki") != signature,
        width=sent("szerokosc") if sent("szerokosc") in WIDTHS else WIDTHS[0],
        filled=bool(sent("dane")),
        preview_url=_preview_url(here, looked, steps),
    )
    response.headers["Content-Security-Policy"] = FRAMING
    return response


def _elsewhere(here: Opened, kept: Draft, text: str) -> dict[str, Any]:
    """What another window has saved meanwhile, against what was typed in this one."""
    return {
        "revision": kept.revision,
        "url": url_for("staff.editor", slug=here.slug),
        "rows": difference(kept.text, text),
    }


def _saved(here: Opened, now_saved: bool) -> str:
    if here.draft is None:
        return str(say("Tekst jest taki jak w pliku.")) if here.file.exists else ""
    when = wording.local(here.draft.saved_at)
    if now_saved:
        return str(say("Szkic zapisany: {when}. Formularz działa po staremu, dopóki nie opublikujesz.", when=when))
    return str(say("To Twój szkic z {when}. Formularz działa po staremu, dopóki nie opublikujesz.", when=when))


def _steps(form: Form | None) -> list[dict[str, Any]]:
    """The pages of the form that can be looked at; the one asked for is marked."""
    if form is None:
        return []
    every = pages(form)
    wanted = sent("krok")
    chosen = wanted if wanted in dict(every) else form.steps[0].id
    return [{"id": id_, "title": title, "chosen": id_ == chosen} for id_, title in every]


def _preview_url(here: Opened, looked: Looked, steps: list[dict[str, Any]]) -> str:
    """Where this text is shown as respondents will see it; "" while it cannot be. Another text is at another address."""
    if not steps:
        return ""
    chosen = next(step["id"] for step in steps if step["chosen"])
    return url_for(
        "staff.editor_preview",
        slug=here.slug,
        krok=chosen,
        dane="tak" if sent("dane") else None,
        v=editing.digest(looked.text)[:8],
    )
