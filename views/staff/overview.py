"""For staff: all forms with their counts and the state of their files, the mistakes of one file, exports."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, url_for

from forms.catalogue import Entry
from forms.definition import Form
from forms.problems import Problem, lines_of
from forms.wording import number, say, say_n
from records import audit, listing
from records.responses import DRAFT
from views import wording
from views.access import Right, may, requires
from views.audience import address
from views.markdown import typographic
from views.pages import page
from views.services import now, services
from views.staff.exporting import export_response
from views.steps.drawing import static

FORMATS = (
    ("xlsx", say("Excel")),
    ("csv-excel", say("CSV dla Excela")),
    ("csv", say("CSV")),
    ("jsonl", say("JSON")),
    ("datapackage", say("Pakiet danych")),
)
PHASES = {"open": (say("Otwarty"), "good"), "soon": (say("Wkrótce"), "plain"), "closed": (say("Zamknięty"), "plain")}
STATES = {"draft": (say("Przygotowywany"), "warning"), "archived": (say("W archiwum"), "plain")}


@requires(Right.SEE_FORMS)
def forms() -> Response:
    """Every form: who may fill it in and until when, how much came, and how its file is."""
    counts = listing.counts()
    entries = services().catalogue.entries()
    outdated = sum(bool(entry.errors) and entry.form is not None for entry in entries)
    text = str(say_n("{n} plik ma błędy", "{n} plików ma błędy", outdated)) if outdated else ""
    return page(
        "staff/forms.html",
        forms=[_line(entry, counts.get(entry.slug, {})) for entry in entries],
        problems_text=text,
        problems=[
            _problem(problem, lines_of(file.text)) for file in services().catalogue.shared for problem in file.problems
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
        serving=_serving(entry),
        count_text=_how_many(entry),
        problems=[_problem(problem, lines) for problem in sorted(entry.problems)],
        crumbs=[{"title": str(say("Formularze")), "url": url_for("staff.forms")}, {"title": title, "url": ""}],
    )


@requires(Right.EXPORT)
def export(slug: str, format: str) -> Response:
    """All that was sent to a form, as a file."""
    if services().catalogue.get(slug) is None or format not in dict(FORMATS):
        abort(404)
    audit.record(audit.staff(g.person.id), "export", slug, slug, {"format": format}, now())
    return export_response(slug, format)


def exports(slug: str) -> list[dict[str, str]]:
    """The exports of a form that the person may take: [{text, url}]."""
    if not may(Right.EXPORT):
        return []
    return [{"text": str(text), "url": url_for("staff.export", slug=slug, format=name)} for name, text in FORMATS]


def _line(entry: Entry, counts: dict[str, int]) -> dict[str, Any]:
    form = entry.form
    problems_url = url_for("staff.form_problems", slug=entry.slug)
    preview = url_for("public.start", slug=entry.slug) if form else ""
    answers = url_for("staff.responses", slug=entry.slug) if may(Right.READ_RESPONSES) else preview
    return {
        "title": typographic(static(form.title)) if form else entry.slug,
        "slug": entry.slug,
        "url": answers if form else problems_url,
        "public_url": preview,
        "invitation_url": address(form, external=True) if form and form.audience == "invited" else "",
        "changes_url": url_for("staff.form_changes", slug=entry.slug),
        "description_url": url_for("staff.form_description", slug=entry.slug) if form else "",
        "state": _state(form),
        "when": wording.window(form) if form and form.state == "open" else "",
        "drafts": number(counts.get(DRAFT, 0)),
        "sent": number(sum(n for state, n in counts.items() if state != DRAFT)),
        "file": {**_file(entry), "url": problems_url if entry.problems else ""},
        "exports": exports(entry.slug) if form else [],
    }


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


def _how_many(entry: Entry) -> str:
    counts = [
        say_n("{n} błąd", "{n} błędy", len(entry.errors)),
        say_n("{n} ostrzeżenie", "{n} ostrzeżenia", len(entry.warnings)),
    ]
    return ", ".join(str(count) for count in counts if count.n)


def _problem(problem: Problem, lines: list[str]) -> dict[str, str]:
    _, _, source = problem.report(lines).partition("\n")
    what = f"{problem.thing}: {problem.what}" if problem.thing is not None else str(problem.what)
    place = f"{problem.file}:{problem.place.line}:{problem.place.column}"
    return {"place": place, "what": what, "code": problem.code, "level": problem.level, "source": source}
