"""For staff: what the answers to a form come to, filtered and put against each other; the whole state is in the address."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, request, url_for

from forms.definition import Form
from forms.wording import number, say, say_n
from records import audit, listing
from records.reporting import coverage, selecting
from records.reporting.publishing import LEAST, published
from records.reporting.reading import Page, read
from records.reporting.report import axes
from records.reporting.report import report as reported
from views.access import Right, may, requires
from views.pages import page
from views.services import now, services
from views.staff.report_asking import Asked, asked_for, filters, in_words, spelt
from views.staff.report_drawing import chart, drawn, powiaty
from views.staff.responses import shown_pages
from views.steps.drawing import static

PAGE_DIGITS = 6


@requires(Right.READ_RESPONSES)
def report(slug: str) -> Response:
    """Each question with its counts, figures and bars; a cross-table; the gminy that are missing."""
    form = _form_or_404(slug)
    asked = asked_for(request.args, form, sensitive=may(Right.READ_SENSITIVE))
    here = services()
    known = axes(slug, form, lambda each: here.version(slug, each), sensitive=asked.sensitive)
    found = reported(
        slug,
        form,
        lambda each: here.version(slug, each),
        asked.wanted,
        sensitive=asked.sensitive,
        crossing=asked.crossing,
    )
    if asked.sensitive:
        audit.record(audit.staff(g.person.id), "read-sensitive", slug, slug, {"what": "report"}, now())
    if asked.publish:
        found = published(found)
    offered = coverage.gminy(form)
    places = coverage.coverage(offered, selecting.answered(slug, asked.wanted)) if offered else []
    title = static(form.title)
    return page(
        "staff/report.html",
        form_title=title,
        crumbs=_crumbs(slug, title, str(say("Raport"))),
        here=url_for("staff.report", slug=slug),
        plain_url=spelt("staff.report", slug, asked, publish=False),
        publish_url=spelt("staff.report", slug, asked, publish=True),
        asked=asked,
        filters=filters(slug, form, known),
        count_text=_count(found.total, publish=asked.publish),
        filtered_text=in_words(asked),
        may_sensitive=may(Right.READ_SENSITIVE) and not asked.publish,
        questions=[drawn(each, _texts_url(slug, asked, each.key) if each.texts else "") for each in found.questions],
        crossed=chart(found.crossed) if found.crossed is not None else None,
        powiaty=powiaty(places, names=not asked.publish) if places else None,
        axes=[{"value": ":".join(filter(None, axis)), "text": label} for axis, label in known],
    )


@requires(Right.READ_RESPONSES)
def report_texts(slug: str, question: str) -> Response:
    """What was written in answer to one question, a page at a time, each with the response that it stands in."""
    form = _form_or_404(slug)
    asked = asked_for(request.args, form, sensitive=may(Right.READ_SENSITIVE))
    here = services()
    wanted_page = request.args.get("strona", "1")
    found = read(
        slug,
        form,
        lambda each: here.version(slug, each),
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


def _form_or_404(slug: str) -> Form:
    form = services().catalogue.get(slug)
    if form is None:
        abort(404)
    return form


def _crumbs(slug: str, title: str, last: str) -> list[dict[str, str]]:
    crumbs = [
        {"title": str(say("Formularze")), "url": url_for("staff.forms")},
        {"title": title, "url": url_for("staff.responses", slug=slug)},
    ]
    report_url = "" if last else url_for("staff.report", slug=slug)
    crumbs.append({"title": str(say("Raport")), "url": report_url})
    return crumbs if last else [*crumbs, {"title": str(say("Odpowiedzi słowami")), "url": ""}]


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

    shown = shown_pages(listing.Page([], found.total, found.page, found.pages))
    text = say("Strona {page} z {pages}", page=number(found.page), pages=number(found.pages))
    return {
        "text": str(text),
        "previous": link(found.page - 1) if found.page > 1 else "",
        "next": link(found.page + 1) if found.page < found.pages else "",
        "numbers": [{"n": n, "url": link(n), "current": n == found.page} if n else {"n": 0} for n in shown],
    }
