"""For staff: the result of one audit, its recommendations and what was done about them, its report, two audits compared."""

from __future__ import annotations

from functools import cache

from flask import Response, abort, g, request, url_for

from forms.auditing.reading import Findings
from forms.wording import say
from records import audit, audits
from records.responses import Response as Stored
from views.access import Right, may, requires
from views.auditing import following, paper, showing
from views.auditing.following import Problem
from views.auditing.reading import read
from views.guests import gmina_name
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
    audit_ = _audit_or_404(key)
    return page(
        "staff/audit_compared.html",
        **showing.two(audit_, _audit_or_404(request.args.get("z", ""))),
        crumbs=_crumbs(audit_[0], str(say("Porównanie"))),
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

    every = audits.of_building(stored.slug, stored.gmina or "", stored.id)
    return page(
        "staff/audit.html",
        **showing.one((stored, found), every, who, url, problem),
        crumbs=_crumbs(stored),
        gmina=gmina_name(stored.gmina),
        pdf_url=url_for("staff.audit_pdf", key=stored.key),
        compare_url=url_for("staff.audit_compare", key=stored.key),
        barriers_url=url_for("staff.barriers"),
        csrf=csrf_token(),
    )


def _crumbs(stored: Stored, *more: str) -> list[dict[str, str]]:
    form = services().catalogue.get(stored.slug)
    response = (stored.reference or "", url_for("staff.response", key=stored.key))
    result = (str(say("Wynik audytu")), url_for("staff.audited", key=stored.key))
    title = static(form.title) if form is not None else stored.slug
    return crumbs(stored.slug, title, response, result, *((each, "") for each in more))
