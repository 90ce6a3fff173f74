"""For staff: the result of one audit, its recommendations and what was done about them, its report, two audits compared."""

from __future__ import annotations

from functools import cache

from flask import Response, abort, g, request, url_for

from forms.auditing import Findings, compare
from forms.wording import say
from records import audit, audits
from records.responses import Response as Stored
from views.access import Right, may, requires
from views.auditing import drawing, following, paper, reading
from views.auditing.following import Problem
from views.auditing.reading import read
from views.guests import gmina_name
from views.markdown import typographic
from views.pages import page, see
from views.security import csrf_token
from views.services import services
from views.staff.history import person_name
from views.staff.opened import sent_or_404
from views.staff.ways import crumbs
from views.steps.drawing import static


@requires(Right.READ_RESPONSES)
def audited(key: str) -> Response:
    """Scores, class, critical barriers, recommendations."""
    return _page(*_audit_or_404(key))


@requires(Right.DECIDE)
def audit_follow(key: str, recommendation_id: int) -> Response:
    """Notes what was done about a recommendation."""
    stored, found = _audit_or_404(key)
    problem = following.take(stored, recommendation_id, audit.staff(g.person.id))
    if problem is not None:
        return _page(stored, found, problem)
    return see(url_for("staff.audited", key=key, zapisano=1), anchor=f"rekomendacja-{recommendation_id}")


@requires(Right.READ_RESPONSES)
def audit_pdf(key: str) -> Response:
    """The report as PDF/UA."""
    return paper.report(*_audit_or_404(key))


@requires(Right.READ_RESPONSES)
def audit_compare(key: str) -> Response:
    """This audit beside an earlier (or later) one of the same gmina in the same form."""
    stored, found = _audit_or_404(key)
    other, other_found = _audit_or_404(request.args.get("z", ""))
    if (other.slug, other.gmina) != (stored.slug, stored.gmina):
        abort(404)
    before, after = reading.in_order((other, other_found), (stored, found))
    return page(
        "staff/audit_compared.html",
        title=typographic(after.building) or str(stored.reference),
        crumbs=_crumbs(stored, str(say("Porównanie"))),
        compared=drawing.compared(compare(before, after), before, after),
        apart=before.building.casefold() != after.building.casefold(),
    )


def _audit_or_404(key: str) -> tuple[Stored, Findings]:
    stored = sent_or_404(key)
    found = read(stored)
    return (stored, found) if found is not None else abort(404)


def _page(stored: Stored, found: Findings, problem: Problem | None = None) -> Response:
    decides = may(Right.DECIDE)

    @cache
    def who(actor: str) -> str:
        number = actor.removeprefix(following.STAFF)
        return person_name(int(number)) if number.isdecimal() else following.of_gmina(actor)

    def url(id_: int) -> str:
        return url_for("staff.audit_follow", key=stored.key, recommendation_id=id_) if decides else ""

    rows = drawing.recommended(audits.recommendations([stored.id]), who, url, drawing.today())
    every = audits.of_building(stored.slug, stored.gmina or "", stored.id)
    this = next((each for each in every if each.id == stored.id), None)
    return page(
        "staff/audit.html",
        status=422 if problem is not None else 200,
        title=typographic(found.building) or str(stored.reference),
        crumbs=_crumbs(stored),
        gmina=gmina_name(stored.gmina),
        reference=stored.reference,
        result=drawing.result(found),
        **following.typed(rows, problem),
        pdf_url=url_for("staff.audit_pdf", key=stored.key),
        compare_url=url_for("staff.audit_compare", key=stored.key),
        choices=drawing.choices(every, stored.id, "", this.building if this is not None else ""),
        barriers_url=url_for("staff.barriers"),
        csrf=csrf_token(),
    )


def _crumbs(stored: Stored, *more: str) -> list[dict[str, str]]:
    form = services().catalogue.get(stored.slug)
    response = (stored.reference or "", url_for("staff.response", key=stored.key))
    result = (str(say("Wynik audytu")), url_for("staff.audited", key=stored.key))
    title = static(form.title) if form is not None else stored.slug
    return crumbs(stored.slug, title, response, result, *((each, "") for each in more))
