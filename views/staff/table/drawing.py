"""The parts of the page of responses as its templates get them: columns, rows, filters, what to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from flask import url_for

from forms.definition import Form
from forms.events.words import fixed
from forms.polish import sort_key
from forms.spans import WARSAW
from forms.wording import Say, number, say, say_n, short_date
from forms.wording import clock as hour
from records.desk import returned
from records.desk.paging import GMINA, SORTS
from records.desk.table import Page, Row
from records.shapes import DRAFT, SUBMITTED
from views import wording
from views.guests import gmina_name
from views.mail.texts import STATES as BOOKED
from views.markdown import typographic
from views.services import services
from views.staff.table.asking import ANSWER, COLUMNS, HOW, SIZES, Address

TO_DECIDE = say("Do decyzji")
RETURNED = {"returned": say("Zwrócone do poprawy"), "answered": say("Poprawione, do sprawdzenia")}
RETURNED_NOW = {returned.OPEN: say("zwrócone do poprawy"), returned.ANSWERED: say("do sprawdzenia po poprawie")}
LONGEST_CELL = 120  # characters of an answer in the table
BLANK_FILTERS = 2  # offered besides those in use


def url(address: Address, **changes: Any) -> str:
    """The address of the table, but for the changes."""
    query = address.query(**changes)
    return url_for("staff.responses", slug=address.form.slug) + (f"?{query}" if query else "")


def count_text(found: Page, address: Address) -> str:
    """How many match, or why nothing does."""
    asked = address.asked
    if asked.drafts:
        text = say_n(
            "{n} szkic. Odpowiedzi zobaczysz, gdy ktoś je wyśle.",
            "{n} szkiców. Odpowiedzi zobaczysz, gdy ktoś je wyśle.",
            found.total,
        )
        return str(text)
    if found.total:
        return str(say_n("{n} odpowiedź", "{n} odpowiedzi", found.total))
    if asked.search:
        return str(say("Nic nie pasuje do „{words}”. Sprawdź pisownię albo wpisz mniej słów.", words=asked.search))
    if all_decided(found, address):
        return str(say("Nic już nie czeka na decyzję."))
    if chips(address):
        return str(say("Żadna odpowiedź nie pasuje do filtrów. Usuń któryś z nich."))
    return str(say("Nikt jeszcze nic nie wysłał."))


def all_decided(found: Page, address: Address) -> bool:
    """Whether somebody looked for what waits for a decision, nothing else, and nothing does."""
    waits = address.form.review == "staff" and address.asked.states == (SUBMITTED,)
    return not found.total and waits and len(chips(address)) == 1 and not address.asked.search


def states(form: Form) -> list[tuple[str, str]]:
    """The states to choose from; where nobody decides and there are no places, only what was sent and drafts."""
    decided = form.places or form.review == "staff"
    shown = wording.STATES if decided else (SUBMITTED, "withdrawn", DRAFT)
    own = [
        (each, str(TO_DECIDE if each == SUBMITTED and form.review == "staff" else wording.STATES[each][0]))
        for each in shown
    ]
    return own if form.anonymous else [*own, *((each, str(text)) for each, text in RETURNED.items())]


def columns(address: Address) -> list[dict[str, str]]:
    """The heads of the table, that of the number first; `url` sorts by the column, `id` keeps the keyboard's place."""
    titles: dict[str, str] = {name: str(title) for name, title in COLUMNS}
    titles |= {ANSWER + name: typographic(each.heading.label) for name, each in address.known.items()}
    return [_column(address, name, titles.get(name, str(say("Numer")))) for name in ("reference", *address.columns)]


def _column(address: Address, name: str, title: str) -> dict[str, str]:
    if name not in SORTS and name != GMINA and not name.startswith(ANSWER):
        return {"title": title, "url": "", "sort": "none", "id": ""}
    descending = address.wanted.order.descending
    here = address.sort == name
    way = ("descending" if descending else "ascending") if here else "none"
    order = "desc" if here and not descending else "asc"
    return {"title": title, "url": url(address, sort=name, order=order, page=1), "sort": way, "id": f"wg-{name}"}


def row(address: Address, each: Row, nr: int) -> dict[str, Any]:
    """A row (the `nr`th of the list): the number leads to the response; the other cells as the columns say."""
    answers = iter(each.cells)
    cells: list[dict[str, Any]] = []
    for name in address.columns:
        if name.startswith(ANSWER):
            cell = next(answers, None)
            cells.append(_cell(shown(cell.words) if cell is not None else ""))
        else:
            cells.append(_ours(address.form, name, each))
    return {
        "key": each.key,
        "reference": each.reference,
        "url": f"{url_for('staff.response', key=each.key)}?{address.query(page=1, nr=nr)}",
        "cells": cells,
    }


def _ours(form: Form, name: str, each: Row) -> dict[str, Any]:
    if name == "state":
        text, kind = wording.STATES.get(each.state, (each.state, "plain"))
        more = [say("poprawiane")] if each.correcting else []
        more += [text for state, text in RETURNED_NOW.items() if state == each.returned]
        return _cell(", ".join(str(part) for part in (text, *more)), tag=kind)
    if name == "gmina":
        return _cell(gmina_name(each.gmina))
    if name == "powiat":
        return _cell(powiat_name(each.gmina or ""))
    if name == "labels":
        return _cell("", tags=sorted(each.labels, key=sort_key))
    return _cell(moment(form, each.sent_at if name == "sent_at" else each.changed_at))


def _cell(text: str, tag: str = "", tags: Iterable[str] = ()) -> dict[str, Any]:
    return {"text": text, "tag": tag, "tags": list(tags)}


def moment(form: Form, at: datetime) -> str:
    """`23.11.2026, 9:05`; of an anonymous response only the day is known."""
    local = at.astimezone(WARSAW)
    return short_date(local) if form.anonymous else f"{short_date(local)}, {hour(local.timetz())}"


def shown(value: Any) -> str:
    """An answer in a cell, on one line and in the Polish way."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(say("tak") if value else say("nie"))
    if isinstance(value, (int, Decimal)):
        return number(value)
    if isinstance(value, datetime):
        return f"{short_date(value)}, {hour(value.time())}"
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, time):
        return hour(value)
    text = " ".join(str(value).split())
    return typographic(text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL].rstrip()}…")


def powiat_name(code: str) -> str:
    """The powiat of a gmina, or of those whose codes begin with four digits, as the list calls it."""
    rows = services().catalogue.rows("gminy")
    if rows is None:
        return ""
    if "powiaty" not in rows.made:
        rows.made["powiaty"] = {value[:4]: row.get("powiat", "") for value, row in rows.by_value.items()}
    return str(rows.made["powiaty"].get(code[:4], ""))


def gmina_rank(code: str) -> int:
    """Where a gmina stands in the Polish alphabet of the list; those that it does not know come last."""
    rows = services().catalogue.rows("gminy")
    if rows is None:
        return 0
    if "ranks" not in rows.made:
        rows.made["ranks"] = {row["value"]: n for n, row in enumerate(rows.alphabetical)}
    return int(rows.made["ranks"].get(code, len(rows.rows)))


def chips(address: Address) -> list[dict[str, str]]:
    """The filters in force, each with the address without it."""
    asked, found = address.asked, []

    def add(text: object, **changes: Any) -> None:
        found.append({"text": str(text), "url": url(address, page=1, **changes)})

    names = dict(states(address.form)) | {
        name: str(text) for name, (text, _) in wording.STATES.items() if name != SUBMITTED
    }
    for each in asked.states:
        add(names.get(each, each), state=tuple(other for other in asked.states if other != each))
    if asked.gmina:
        add(gmina_name(asked.gmina), gmina="")
    if asked.powiat:
        add(say("powiat {name}", name=powiat_name(asked.powiat) or asked.powiat), powiat="")
    if asked.event:
        add(typographic(fixed(address.form.places[asked.event].title)), event="")
    for each in asked.booking_states:
        add(BOOKED[each], booking=tuple(other for other in asked.booking_states if other != each))
    if address.days[0]:
        add(say("wysłane od {day}", day=address.days[0]), **{"from": ""})
    if address.days[1]:
        add(say("wysłane do {day}", day=address.days[1]), to="")
    if asked.label:
        add(say("etykieta „{name}”", name=asked.label), label="")
    for typed in address.filters:
        label = typographic(address.known[typed.question].heading.label)
        text = f"{label} {HOW[typed.how]} „{typed.text}”" if typed.text else f"{label}: {HOW[typed.how]}"
        add(text, filters=tuple(other for other in address.filters if other is not typed))
    return found


def choices(address: Address, gminy: list[str], labels: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """What the form above the table offers, with what is chosen."""
    asked, form = address.asked, address.form
    powiaty = {code[:4]: powiat_name(code) for code in gminy}
    questions = [(name, typographic(each.heading.label)) for name, each in address.known.items()]
    filters = [(each.question, each.how, each.text) for each in address.filters]
    return {
        "states": [{"value": v, "text": text, "checked": v in asked.states} for v, text in states(form)],
        "gminy": _options(((code, gmina_name(code)) for code in gminy), asked.gmina),
        "powiaty": _options(sorted(powiaty.items(), key=lambda each: sort_key(each[1])), asked.powiat),
        "events": _options(((k, typographic(fixed(each.title))) for k, each in form.places.items()), asked.event),
        "bookings": [
            {"value": v, "text": str(text), "checked": v in asked.booking_states} for v, text in BOOKED.items()
        ]
        if form.places
        else [],
        "labels": _options(((name, f"{name} ({n})") for name, n in labels), asked.label),
        "days": address.days,
        "filters": [
            {"questions": _options(questions, name), "how": _options(HOW.items(), how), "text": text, "n": n}
            for n, (name, how, text) in enumerate([*filters, *[("", "", "")] * BLANK_FILTERS], start=1)
        ],
        "columns": [
            {"value": name, "text": str(text), "checked": name in address.columns}
            for name, text in (*COLUMNS, *((ANSWER + name, text) for name, text in questions))
        ],
        "sizes": [{"value": str(n), "text": str(n), "selected": n == address.wanted.per_page} for n in SIZES],
    }


def _options(pairs: Iterable[tuple[str, str]] | Iterable[tuple[str, Say]], chosen: str) -> list[dict[str, Any]]:
    return [{"value": value, "text": str(text), "selected": value == chosen} for value, text in pairs]


def pages(address: Address, found: Page) -> dict[str, Any]:
    """The links to other pages of the table."""
    per_page = address.wanted.per_page
    first, last = (found.page - 1) * per_page + 1, min(found.total, found.page * per_page)
    text = say("{first}–{last} z {total}", first=number(first), last=number(last), total=number(found.total))

    def link(n: int) -> str:
        return url(address, page=n)

    numbers = shown_pages(found.page, found.pages)
    return {
        "text": str(text),
        "previous": link(found.page - 1) if found.page > 1 else "",
        "next": link(found.page + 1) if found.page < found.pages else "",
        "numbers": [{"n": n, "url": link(n), "current": n == found.page} if n else {"n": 0} for n in numbers],
    }


def shown_pages(page: int, pages: int) -> list[int]:
    """The numbers of pages that are linked: the first, the last and those around the one at hand; 0 is a gap."""
    near = sorted({1, pages} | set(range(max(1, page - 2), min(pages, page + 2) + 1)))
    shown: list[int] = []
    for n in near:
        if shown and n > shown[-1] + 1:
            shown.append(n - 1 if n == shown[-1] + 2 else 0)  # a gap of one page is that page
        shown.append(n)
    return shown
