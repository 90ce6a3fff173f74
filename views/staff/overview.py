"""For staff: all forms with their counts and the state of their files, the mistakes of one file."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, url_for

from forms.catalogue import Entry
from forms.definition import Form
from forms.polish import sort_key
from forms.problems import Problem, counted, lines_of
from forms.wording import number, say, say_n
from records import editing, listing
from records.responses import DRAFT
from views import wording
from views.access import Right, may, requires, visible_slugs
from views.audience import address
from views.markdown import typographic
from views.pages import page
from views.services import services
from views.staff.ways import crumbs
from views.steps.drawing import static

PHASES = {"open": (say("Otwarty"), "good"), "soon": (say("Wkrótce"), "plain"), "closed": (say("Zamknięty"), "plain")}
STATES = {"draft": (say("Przygotowywany"), "warning"), "archived": (say("W archiwum"), "plain")}


@requires(Right.SEE_FORMS)
def forms() -> Response:
    """Every form: who may fill it in and until when, how much came, and how its file is."""
    counts = listing.counts()
    entries = visible_entries()
    outdated = sum(bool(entry.errors) and entry.form is not None for entry in entries)
    text = str(say_n("{n} plik ma błędy", "{n} plików ma błędy", outdated)) if outdated else ""
    return page(
        "staff/forms.html",
        forms=[_line(entry, counts.get(entry.slug, {})) for entry in entries],
        new_url=url_for("staff.new_form") if may(Right.EDIT_FORMS) and visible_slugs() is None else "",
        drafts=_drafts(),
        problems_text=text,
        problems=[
            told(problem, lines_of(file.text)) for file in services().catalogue.shared for problem in file.problems
        ],
    )


@requires(Right.SEE_FORMS)
def form_problems(slug: str) -> Response:
    """What is wrong in the file of a form, each mistake with its line."""
    entry = services().catalogue.entry(slug)
    if entry is None:
        abort(404)
    lines = lines_of(entry.text)
    title = static(entry.form.title) if entry.form else entry.slug
    return page(
        "staff/form_problems.html",
        form_title=title,
        file=f"config/forms/{entry.slug}.yaml",
        edit_url=url_for("staff.editor", slug=slug) if may(Right.EDIT_FORMS, slug) else "",
        serving=_serving(entry),
        count_text=counted(entry.problems),
        problems=[told(problem, lines) for problem in sorted(entry.problems)],
        crumbs=crumbs(slug, title, (str(say("Błędy")), "")),
    )


def visible_entries() -> list[Entry]:
    """The forms that the person who is signed in works with, by title in Polish order; one that never served by its file."""
    visible = visible_slugs()
    entries = [each for each in services().catalogue.entries() if visible is None or each.slug in visible]
    return sorted(entries, key=lambda each: sort_key(static(each.form.title) if each.form else each.slug))


def _line(entry: Entry, counts: dict[str, int]) -> dict[str, Any]:
    form = entry.form
    problems_url = url_for("staff.form_problems", slug=entry.slug)
    return {
        "title": typographic(static(form.title)) if form else entry.slug,
        "slug": entry.slug,
        "url": _room(entry) if form else problems_url,
        "public_url": url_for("public.start", slug=entry.slug) if form else "",
        "invitation_url": address(form, external=True) if form and form.audience == "invited" else "",
        "state": _state(form),
        "when": wording.window(form) if form and form.state == "open" else "",
        "drafts": number(counts.get(DRAFT, 0)),
        "sent": number(sum(n for state, n in counts.items() if state != DRAFT)),
        "file": {**_file(entry), "url": problems_url if entry.problems else ""},
    }


def _room(entry: Entry) -> str:
    """The first of the form's pages that the person may open; its tabs lead to the others."""
    if may(Right.READ_RESPONSES, entry.slug):
        return url_for("staff.responses", slug=entry.slug)
    if may(Right.EDIT_FORMS, entry.slug):
        return url_for("staff.editor", slug=entry.slug)
    return url_for("staff.form_description", slug=entry.slug)


def _drafts() -> list[dict[str, str]]:
    """The person's unpublished texts of forms."""
    if not may(Right.EDIT_FORMS):
        return []
    return [
        {
            "slug": slug,
            "url": url_for("staff.editor", slug=slug),
            "text": str(say("zapisany {when}", when=wording.local(saved_at))),
        }
        for slug, saved_at in editing.of_person(g.person.id)
        if may(Right.EDIT_FORMS, slug)
    ]


def _state(form: Form | None) -> dict[str, str]:
    if form is None:
        return {"text": str(say("Nie działa")), "kind": "bad"}
    text, kind = STATES.get(form.state) or PHASES[wording.phase(form)]
    return {"text": str(text), "kind": kind}


def _file(entry: Entry) -> dict[str, str]:
    if entry.errors:
        return {"text": str(say_n("{n} błąd", "{n} błędy", len(entry.errors))), "kind": "bad"}
    if entry.warnings:
        return {"text": str(say_n("{n} ostrzeżenie", "{n} ostrzeżenia", len(entry.warnings))), "kind": "warning"}
    return {"text": str(say("dobry")), "kind": "good"}


def _serving(entry: Entry) -> str:
    """What respondents see while the file is as it is."""
    if not entry.errors:
        return str(say("Formularz działa w tej wersji. Ostrzeżenia jej nie zatrzymują, ale warto je przejrzeć."))
    if entry.form is None:
        return str(say("Formularz nie działa, bo żadna wersja tego pliku nie była jeszcze dobra."))
    return str(say("Formularz działa dalej w ostatniej dobrej wersji. Nowa zacznie działać, gdy poprawisz błędy."))


def told(problem: Problem, lines: list[str]) -> dict[str, str]:
    """A mistake of a file as templates/staff/_problems.html shows it; `lines` are those of the file."""
    _, _, source = problem.report(lines).partition("\n")
    what = f"{problem.thing}: {problem.what}" if problem.thing is not None else str(problem.what)
    place = f"{problem.file}:{problem.place.line}:{problem.place.column}"
    return {"place": place, "what": what, "code": problem.code, "level": problem.level, "source": source}
