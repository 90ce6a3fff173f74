"""An audit on the page of a gmina: its result, its recommendations and what was done about them, two audits compared."""

from __future__ import annotations

from functools import cache

from flask import Response, abort, request, url_for

from forms.auditing.reading import Findings
from records import audits, responses
from records.gminy import work
from records.gminy.people import actor
from records.responses import Response as Stored
from views import acting
from views.auditing import following, paper, reading, showing
from views.auditing.following import Problem
from views.gmina.frame import framed, here
from views.pages import see


def audited(key: str) -> Response:
    """Scores, class, critical barriers, recommendations."""
    return _page(*_audit_or_404(key))


def follow(key: str, recommendation_id: int) -> Response:
    """Notes what the gmina has done about a recommendation."""
    stored, found = _audit_or_404(key)
    problem = following.take(stored, recommendation_id, actor(here()))
    if problem is not None:
        return _page(stored, found, problem)
    return see(url_for("gmina.audited", key=key, zapisano=1), anchor=f"rekomendacja-{recommendation_id}")


def pdf(key: str) -> Response:
    """The report as PDF/UA."""
    return paper.report(*_audit_or_404(key))


def compared(key: str) -> Response:
    """This audit beside another on the page of the same gmina."""
    return framed(
        "gmina/audit_compared.html",
        **showing.two(_audit_or_404(key), _audit_or_404(request.args.get("z", ""))),
        back_url=url_for("gmina.audited", key=key),
    )


def _audit_or_404(key: str) -> tuple[Stored, Findings]:
    stored = responses.load(key)
    if stored is None or not acting.of_page(stored, here()):
        abort(404)
    found = reading.read(stored)
    return (stored, found) if found is not None else abort(404)


def _page(stored: Stored, found: Findings, problem: Problem | None = None) -> Response:
    def url(id_: int) -> str:
        return url_for("gmina.follow", key=stored.key, recommendation_id=id_)

    own = {each.id for each in work.of_gmina(here().gmina)}
    every = [each for each in audits.of_building(stored.slug, stored.gmina or "", stored.id) if each.id in own]
    return framed(
        "gmina/audit.html",
        **showing.one((stored, found), every, cache(following.of_office), url, problem),
        back_url=url_for("gmina.one", key=stored.key),
        pdf_url=url_for("gmina.audit_pdf", key=stored.key),
        compare_url=url_for("gmina.audit_compared", key=stored.key),
    )
