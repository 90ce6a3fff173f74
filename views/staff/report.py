"""For staff: what the answers to a form come to, filtered and put against each other; the whole state is in the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort, g, request, url_for

from forms.definition import Form
from forms.wording import number, say, say_n
from records import audit, obligations
from records.reporting import coverage, selecting
from records.reporting.parts import Report
from records.reporting.publishing import LEAST, published
from records.reporting.reading import Page, read
from records.reporting.report import axes
from records.reporting.report import report as reported
from views.access import Right, may, requires
from views.pages import page
from views.services import now, services
from views.staff.report_asking import Asked, asked_for, filters, in_words, spelt
from views.staff.report_drawing import chart, drawn, powiaty
from views.staff.table.drawing import shown_pages
from views.staff.ways import crumbs
from views.steps.drawing import static

PAGE_DIGITS = 6


@requires(Right.READ_RESPONSES)
def report(slug: str) -> Response:
    """Each question with its counts, figures and bars; a cross-table; the gminy that are missing."""
    form = form_or_404(slug)
    asked = asked_for(request.args, form, sensitive=may(Right.READ_SENSITIVE))
    known = axes(slug, form, _version(slug), sensitive=asked.sensitive)
    found = counted(form, asked)
    title = static(form.title)
    return page(
        "staff/report.html",
        form_title=title,
        crumbs=_crumbs(slug, title, str(say("Raport"))),
        here=url_for("staff.report", slug=slug),
        plain_url=spelt("staff.report", slug, asked, publish=False),
        publish_url=spelt("staff.report", slug, asked, publish=True),
        paper_url=spelt("staff.report_paper", slug, asked, publish=asked.publish),
        asked=asked,
        filters=filters(slug, form, known),
        filtered_text=in_words(asked),
        may_sensitive=may(Right.READ_SENSITIVE) and not asked.publish,
        completeness_url=url_for("staff.completeness", slug=slug) if form.period is not None else "",
        axes=[{"value": ":".join(filter(None, axis)), "text": label} for axis, label in known],
        **shown(form, asked, found),
    )


def counted(form: Form, asked: Asked) -> Report:
    """What the responses that are asked for come to, fit to be published where that is asked; a look at sensitive answers
    is put into the log.
    """
    found = reported(
        *(form.slug, form, _version(form.slug), asked.wanted),
        sensitive=asked.sensitive,
        crossing=asked.crossing,
        standing=services().standings(now(), everyone=True),
    )
    if asked.sensitive:
        audit.record(audit.staff(g.person.id), "read-sensitive", form.slug, form.slug, {"what": "report"}, now())
    return published(found) if asked.publish else found


def shown(form: Form, asked: Asked, found: Report) -> dict[str, Any]:
    """The parts of the report in words and lengths of bars, for the page and for the paper."""
    places, period = _places(form, asked)
    return {
        "count_text": _count(found.total, publish=asked.publish),
        "questions": [
            drawn(each, _texts_url(form.slug, asked, each.key) if each.texts else "") for each in found.questions
        ],
        "crossed": chart(found.crossed) if found.crossed is not None else None,
        "powiaty": {**powiaty(places, names=not asked.publish), "period": period} if places else None,
    }


def _places(form: Form, asked: Asked) -> tuple[list[coverage.Powiat], str]:
    """The gminy asked about by powiat, and the period that counts: of a form whose reports are owed those that owe the one
    asked for.
    """
    about = asked.wanted.gminy
    offered = [each for each in coverage.gminy(form) if about is None or each.value in about]
    owed = obligations.periods(form.slug) if form.period is not None and offered else []
    if not owed:
        return coverage.coverage(offered, selecting.answered(form.slug, asked.wanted)) if offered else [], ""
    period = asked.wanted.period if asked.wanted.period in owed else owed[0]
    board = [each for each in obligations.board(form, period, now()) if each.state != obligations.EXCUSED]
    here = {each.gmina for each in board}
    sent = {each.gmina for each in board if not each.missing}
    return coverage.coverage([each for each in offered if each.value in here], sent), period


def _version(slug: str) -> Callable[[int], Form]:
    here = services()
    return lambda each: here.version(slug, each)


@requires(Right.READ_RESPONSES)
def report_texts(slug: str, question: str) -> Response:
    """What was written in answer to one question, a page at a time, each with the response that it stands in."""
    form = form_or_404(slug)
    asked = asked_for(request.args, form, sensitive=may(Right.READ_SENSITIVE))
    wanted_page = request.args.get("strona", "1")
    found = read(
        slug,
        form,
        _version(slug),
        asked.wanted,
        question,
        max(1, int(wanted_page)) if wanted_page.isdecimal() and len(wanted_page) <= PAGE_DIGITS else 1,
        sensitive=asked.sensitive,
    )
    if found is None or asked.publish:
        abort(404)
    if asked.sensitive:
        audit.record(audit.staff(g.person.id), "read-sensitive", slug, slug, {"what": "report"}, now())
    title = static(form.title)
    return page(
        "staff/report_texts.html",
        label=static(found.field.label),
        crumbs=_crumbs(slug, title, ""),
        back_url=spelt("staff.report", slug, asked),
        count_text=str(say_n("{n} odpowiedź", "{n} odpowiedzi", found.total)),
        texts=[
            {"text": text, "reference": reference, "url": url_for("staff.response", key=key)}
            for key, reference, text in found.texts
        ],
        pages=_pages(slug, asked, question, found),
    )


def form_or_404(slug: str) -> Form:
    """The form as it serves now."""
    form = services().catalogue.get(slug)
    if form is None:
        abort(404)
    return form


def _crumbs(slug: str, title: str, last: str) -> list[dict[str, str]]:
    steps = [(str(say("Raport")), url_for("staff.report", slug=slug))]
    return crumbs(slug, title, *steps, *([] if last else [(str(say("Odpowiedzi słowami")), "")]))


def _count(total: int, *, publish: bool) -> str:
    if not total:
        return str(say("Nie ma odpowiedzi, które pasują do filtrów."))
    if publish and total < LEAST:
        return str(say("Odpowiedzi jest za mało, żeby coś opublikować."))
    return str(say_n("Raport z {n} odpowiedzi.", "Raport z {n} odpowiedzi.", total))


def _texts_url(slug: str, asked: Asked, question: str) -> str:
    return spelt("staff.report_texts", slug, asked, question=question)


def _pages(slug: str, asked: Asked, question: str, found: Page) -> dict[str, Any]:
    def link(n: int) -> str:
        return spelt("staff.report_texts", slug, asked, question=question, strona=n)

    shown = shown_pages(found.page, found.pages)
    text = say("Strona {page} z {pages}", page=number(found.page), pages=number(found.pages))
    return {
        "text": str(text),
        "previous": link(found.page - 1) if found.page > 1 else "",
        "next": link(found.page + 1) if found.page < found.pages else "",
        "numbers": [{"n": n, "url": link(n), "current": n == found.page} if n else {"n": 0} for n in shown],
    }
