"""For staff: the page where an export is put together. Its whole state is in the address, and can be saved under a name."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, request, url_for

from forms.definition import Form
from forms.wording import say, say_n
from records import audit
from records.desk import saved
from records.desk.saved import EXPORT, LONGEST_NAME, LONGEST_QUERY
from records.export import jobs
from records.listing import Filter
from records.shapes import DRAFT
from views import wording
from views.access import Right, may, requires
from views.pages import page, see
from views.security import csrf_token
from views.services import now
from views.staff.exporting.asking import (
    COLUMN,
    NEWEST,
    SENSITIVE,
    VERSIONS,
    WRITING,
    WRITTEN,
    YES,
    Question,
    Wish,
    choices,
    questions,
    wish,
    wish_of,
)
from views.staff.exporting.download import export_of, form_or_404, long
from views.staff.exporting.formats import FORMATS
from views.staff.exporting.job import line
from views.staff.ways import crumbs
from views.steps.drawing import static

NO_NAME = say("Wpisz nazwę ustawień.")
TOO_LONG = say_n(
    "Skróć nazwę: może mieć najwyżej {n} znak.", "Skróć nazwę: może mieć najwyżej {n} znaków.", LONGEST_NAME
)
TOO_MUCH = say("Tych ustawień jest za dużo, żeby je zapisać. Zaznacz mniej kolumn albo nie zaznaczaj żadnej.")


@requires(Right.EXPORT)
def export_page(slug: str) -> Response:
    """What to export and how; for htmx, while someone chooses, only what it comes to."""
    form = form_or_404(slug)
    asked = wish(form, request.args, sensitive=may(Right.READ_SENSITIVE))
    if asked.searched:  # how many match tells something of the answers
        actor = audit.staff(g.person.id)
        audit.record(actor, "read-sensitive", slug, slug, {"columns": asked.searched}, now())
    return _page(form, asked)


@requires(Right.EXPORT)
def save_preset(slug: str) -> Response:
    """Saves what the page shows under a name, for oneself or for all who may export this form."""
    form = form_or_404(slug)
    name, query = " ".join(request.form.get("nazwa", "").split()), request.form.get("ustawienia", "")
    asked = wish_of(form, query, sensitive=may(Right.READ_SENSITIVE))
    problem = NO_NAME if not name else TOO_LONG if len(name) > LONGEST_NAME else None
    problem = problem or (TOO_MUCH if len(asked.query) > LONGEST_QUERY else None)
    if problem is not None:
        return _page(form, asked, name=name, problem=str(problem))
    shared = request.form.get("dla") == "wszystkich"
    saved.add(slug, EXPORT, name, asked.query, g.person.id, now(), shared=shared)
    return see(f"{_here(form)}?{asked.query}", anchor="zapisane")


@requires(Right.EXPORT)
def remove_preset(slug: str) -> Response:
    """Removes settings of one's own."""
    given = request.form.get("ustawienie", "")
    if not given.isdecimal() or len(given) > 9 or not saved.remove(int(given), g.person.id, now()):
        abort(404)
    return see(_here(form_or_404(slug)), anchor="zapisane")


def _page(form: Form, asked: Wish, *, name: str = "", problem: str = "") -> Response:
    title = static(form.title)
    count = export_of(form, asked.format, asked.asked).responses.count()
    slow = long(asked.format, count)
    file_url = url_for("staff.export", slug=form.slug, format=asked.format)
    everybody = may(Right.MANAGE_STAFF)
    states = asked.table.asked.states
    return page(
        "staff/export.html",
        part="staff/_export_result.html",
        status=422 if problem else 200,
        form_title=title,
        crumbs=crumbs(form.slug, title, (str(say("Eksport")), "")),
        here=_here(form),
        csrf=csrf_token(),
        formats=[
            {"value": value, "text": str(text), "hint": str(hint), "checked": value == asked.format}
            for value, text, hint in FORMATS
        ],
        writing=choices(WRITTEN, _one(asked, WRITING)),
        newest={"name": VERSIONS, "value": NEWEST, "checked": asked.asked.newest},
        sensitive={"name": SENSITIVE, "value": YES, "checked": asked.asked.sensitive, "may": may(Right.READ_SENSITIVE)},
        names={"column": COLUMN, "writing": WRITING},
        groups=_groups(questions(form, sensitive=may(Right.READ_SENSITIVE)), asked.asked.columns),
        q=asked.table.asked.search,
        states=_states(form) if len(states) < 2 else [],
        state="".join(states),
        hidden=[each for each in asked.filters if each[0] != "q" and (each[0] != "state" or len(states) > 1)],
        dropped=asked.dropped,
        table_url=_with(url_for("staff.responses", slug=form.slug), asked),
        count_text=_count(count, asked.asked.filter != Filter() or asked.asked.newest),
        count=count,
        slow=slow,
        file_url=f"{file_url}?{asked.query}" if asked.query else file_url,
        job_url=url_for("staff.export_job_ask", slug=form.slug),
        query=asked.query,
        preset={"name": name, "problem": problem, "url": url_for("staff.export_preset", slug=form.slug)},
        problems_title=wording.problems_title(1) if problem else "",
        presets=[_preset(form, each) for each in saved.of(form.slug, EXPORT, g.person.id)],
        remove_url=url_for("staff.export_preset_remove", slug=form.slug),
        jobs=[line(job) for job in jobs.of_form(form.slug, None if everybody else g.person.id)],
    )


def _here(form: Form) -> str:
    return url_for("staff.export_page", slug=form.slug)


def _one(asked: Wish, name: str) -> str:
    words = asked.asked.words
    return "" if words is None else "etykiety" if words else "kody"


def _states(form: Form) -> list[dict[str, str]]:
    """The states to choose from; a draft is never exported."""
    decided = form.places or form.review == "staff"
    known = [each for each in wording.STATES if each != DRAFT] if decided else []
    found = [{"value": each, "text": str(wording.STATES[each][0])} for each in known]
    return [{"value": "", "text": str(say("Wszystkie wysłane"))}, *found]


def _with(url: str, asked: Wish) -> str:
    """The table of the same responses."""
    filters = "&".join(part for part in asked.query.split("&") if part.partition("=")[0] in dict(asked.filters))
    return f"{url}?{filters}" if filters else url


def _count(count: int, some: bool) -> str:
    if not count:
        return str(say("Żadna wysłana odpowiedź nie pasuje.") if some else say("Nikt jeszcze nic nie wysłał."))
    return str(say_n("W pliku będzie {n} odpowiedź.", "W pliku będzie {n} odpowiedzi.", count))


def _groups(found: list[Question], chosen: frozenset[str] | None) -> list[dict[str, Any]]:
    """The columns to tick, those of a group that repeats under its name."""
    groups: dict[str, list[dict[str, Any]]] = {}
    labels = {each.id: each.label for each in found}
    for each in found:
        ticked = chosen is not None and each.id in chosen
        item = {"id": each.id, "label": each.label, "sensitive": each.sensitive, "checked": ticked}
        groups.setdefault(each.group, []).append(item)
    return [{"title": labels.get(name, name), "columns": columns} for name, columns in groups.items()]


def _preset(form: Form, each: saved.Saved) -> dict[str, Any]:
    own = each.person == g.person.id
    return {
        "id": each.id,
        "name": each.name,
        "url": f"{_here(form)}?{each.query}",
        "own": own,
        "shared": each.shared,
    }
