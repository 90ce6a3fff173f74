"""For staff: the responses of one form in a table, searched, sorted and paged; its whole state is in the address."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, request, url_for
from werkzeug.datastructures import MultiDict

from forms.definition import Form
from forms.polish import sort_key
from forms.wording import Say, number, say, say_n, short_date
from forms.wording import clock as hour
from records import listing
from records.listing import Filter, Page, Row
from records.responses import DRAFT, SUBMITTED
from views import wording
from views.access import Right, requires
from views.guests import gmina_name
from views.pages import page
from views.services import WARSAW, services
from views.staff.overview import exports
from views.steps.drawing import static

SIZES = (25, 50, 100)
PER_PAGE = 50
MOST_DIGITS = 6  # of a page's number
TO_DECIDE = say("Do decyzji")
# The columns of the table: what each sorts by ("" for none) and its title.
COLUMNS: tuple[tuple[str, Say], ...] = (
    ("reference", say("Numer")),
    ("state", say("Stan")),
    ("gmina", say("Gmina")),
    ("sent_at", say("Wysłano")),
    ("changed_at", say("Zmieniono")),
)


@requires(Right.READ_RESPONSES)
def responses(slug: str) -> Response:
    """A page of the table; for htmx, while someone types into the search, only the table."""
    form = services().catalogue.get(slug)
    if form is None:
        abort(404)
    wanted = asked_for(request.args)
    drafts = wanted.state == DRAFT
    found = listing.listing(slug, wanted, lambda code: sort_key(gmina_name(code)))
    title = static(form.title)
    return page(
        "staff/responses.html",
        part="staff/_response_rows.html",
        form_title=title,
        crumbs=[{"title": str(say("Formularze")), "url": url_for("staff.forms")}, {"title": title, "url": ""}],
        search_url=url_for("staff.responses", slug=slug),
        q=wanted.search,
        state=wanted.state or "",
        states=_states(form),
        per_page=wanted.per_page,
        sizes=SIZES,
        sort=wanted.sort,
        order="desc" if wanted.descending else "asc",
        exports=exports(slug),
        report_url=url_for("staff.report", slug=slug),
        events_url=url_for("staff.events", slug=slug) if form.places else "",
        count_text=_count(found, wanted),
        columns=[_column(slug, wanted, key, title) for key, title in COLUMNS],
        rows=[] if drafts else [_row(form, row) for row in found.rows],
        pages=_pages(slug, wanted, found),
    )


def asked_for(args: MultiDict[str, str]) -> Filter:
    """What an address asks for; whatever makes no sense in it counts as not there."""
    sort = args.get("sort", "reference")
    per_page, page_number = args.get("per_page", ""), args.get("page", "")
    state = args.get("state", "")
    drafts = state == DRAFT
    return Filter(
        # Nobody reads the answers of a draft, so nobody finds out by searching what they are.
        search="" if drafts else args.get("q", "").strip()[:200],
        state=state if state in wording.STATES else None,
        sort=sort if sort in listing.SORTS else "reference",
        descending=args.get("order", "desc") != "asc",
        page=int(page_number) if page_number.isdecimal() and len(page_number) <= MOST_DIGITS else 1,
        per_page=int(per_page) if per_page in map(str, SIZES) else PER_PAGE,
    )


def address(slug: str, wanted: Filter, **changes: Any) -> str:
    """The address of the table as it is, but for the changes; what is as it is by default stays out of it."""
    state: dict[str, Any] = {
        "q": wanted.search,
        "state": wanted.state,
        "sort": wanted.sort,
        "order": "desc" if wanted.descending else "asc",
        "page": wanted.page,
        "per_page": wanted.per_page,
        **changes,
    }
    usual = {"q": "", "state": None, "sort": "reference", "order": "desc", "page": 1, "per_page": PER_PAGE}
    return url_for("staff.responses", slug=slug, **{key: value for key, value in state.items() if value != usual[key]})


def _count(found: Page, wanted: Filter) -> str:
    if wanted.state == DRAFT:
        return str(
            say_n(
                "{n} szkic. Odpowiedzi zobaczysz, gdy ktoś je wyśle.",
                "{n} szkiców. Odpowiedzi zobaczysz, gdy ktoś je wyśle.",
                found.total,
            )
        )
    if found.total:
        return str(say_n("{n} odpowiedź", "{n} odpowiedzi", found.total))
    if wanted.search:
        return str(say("Nic nie pasuje do „{words}”. Sprawdź pisownię albo wpisz mniej słów.", words=wanted.search))
    if wanted.state:
        return str(say("Nie ma odpowiedzi w tym stanie."))
    return str(say("Nikt jeszcze nic nie wysłał."))


def _states(form: Form) -> list[dict[str, str]]:
    """The states to choose from: sent and drafts; where places are given or staff decide, each state by itself too."""
    decided = [each for each in wording.STATES if each != DRAFT] if form.places or form.review == "staff" else []
    return [
        {"value": "", "text": str(say("Wysłane"))},
        *(
            {"value": each, "text": str(TO_DECIDE if each == SUBMITTED else wording.STATES[each][0])}
            for each in decided
        ),
        {"value": DRAFT, "text": str(say("Szkice"))},
    ]


def _column(slug: str, wanted: Filter, key: str, title: Say) -> dict[str, str]:
    sorts = key == wanted.sort
    order = "desc" if sorts and not wanted.descending else "asc"
    direction = ("descending" if wanted.descending else "ascending") if sorts else "none"
    return {"title": str(title), "url": address(slug, wanted, sort=key, order=order, page=1), "sort": direction}


def _row(form: Form, row: Row) -> dict[str, Any]:
    text, kind = wording.STATES.get(row.state, (row.state, "plain"))
    state = f"{text}, {say('poprawiane')}" if row.correcting else str(text)
    return {
        "reference": row.reference,
        "url": url_for("staff.response", key=row.key),
        "state": {"text": state, "kind": kind},
        "cells": [gmina_name(row.gmina), _moment(form, row.sent_at), _moment(form, row.changed_at)],
    }


def _moment(form: Form, moment: Any) -> str:
    """`23.11.2026, 9:05`; of an anonymous response only the day is known."""
    if moment is None:
        return ""
    local = moment.astimezone(WARSAW)
    return short_date(local) if form.anonymous else f"{short_date(local)}, {hour(local.timetz())}"


def _pages(slug: str, wanted: Filter, found: Page) -> dict[str, Any]:
    first = (found.page - 1) * wanted.per_page + 1
    last = min(found.total, found.page * wanted.per_page)
    text = say("{first}–{last} z {total}", first=number(first), last=number(last), total=number(found.total))

    def link(n: int) -> str:
        return address(slug, wanted, page=n)

    numbers = [{"n": n, "url": link(n), "current": n == found.page} if n else {"n": 0} for n in shown_pages(found)]
    return {
        "text": str(text),
        "previous": link(found.page - 1) if found.page > 1 else "",
        "next": link(found.page + 1) if found.page < found.pages else "",
        "numbers": numbers,
    }


def shown_pages(found: Page) -> list[int]:
    """The numbers of pages that are linked: the first, the last and those around the one at hand; 0 is a gap."""
    near = sorted({1, found.pages} | set(range(max(1, found.page - 2), min(found.pages, found.page + 2) + 1)))
    shown: list[int] = []
    for n in near:
        if shown and n > shown[-1] + 1:
            shown.append(n - 1 if n == shown[-1] + 2 else 0)  # a gap of one page is that page
        shown.append(n)
    return shown
