"""For staff: completeness – who has sent the report of a period and who has not, by powiat and gmina, and over the years."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from flask import Response, url_for
from markupsafe import Markup

from forms.definition import Form
from forms.polish import sort_key
from forms.spans import WARSAW
from forms.wording import number, say, say_n, short_date
from records.obligations import ACCEPTED, DRAFT, EXCUSED, NOT_BEGUN, RETURNED, SENT, Obligation
from records.obligations.timeliness import Year, timeliness
from views import wording
from views.access import Right, may, requires
from views.pages import page
from views.services import now
from views.staff.obligations.asked import (
    LATE,
    MISSING,
    STATES,
    Asked,
    asked_for,
    attribute,
    board,
    crumbs,
    here,
    name,
    said,
)
from views.staff.sheet import as_csv
from views.steps.drawing import static

DRAWN = (ACCEPTED, SENT, RETURNED, DRAFT, NOT_BEGUN, EXCUSED)  # from what is done to what is not, as bars show it
HEADS = (
    *(
        say("TERYT"),
        say("Gmina"),
        say("Powiat"),
        say("Okres"),
        say("Stan"),
        say("Po terminie"),
        say("Gotowe (w procentach)"),
    ),
    *(say("Termin"), say("Wysłano"), say("Numer")),
)


@requires(Right.READ_RESPONSES)
def completeness(slug: str) -> Response:
    """The state of every obligation of a period: counted, by powiat, by gmina; and how earlier periods went."""
    asked = asked_for(slug)
    rows = board(asked)
    narrowed = asked.narrowed(rows)
    years = timeliness(slug, now())
    this = next((each for each in years if each.period == asked.period), None)
    changes = may(Right.DECIDE)
    return page(
        "staff/obligations/completeness.html",
        part="staff/obligations/_rows.html",
        form_title=static(asked.form.title),
        crumbs=crumbs(asked.form, (str(say("Kompletność")), "")),
        here=url_for("staff.completeness", slug=slug),
        asked={"okres": asked.period, "powiat": asked.powiat, "stan": asked.state},
        periods=[{"value": each, "text": said(each)} for each in asked.periods],
        powiaty=_powiaty(asked.form, rows),
        states=_filters(),
        figures=_figures(rows, this) if this is not None else [],
        due=_due(this),
        by_powiat=_by_powiat(asked, rows),
        columns=[{"title": str(STATES[state][0]).capitalize(), "shade": shade} for shade, state in enumerate(DRAWN)],
        count_text=str(say_n("{n} gmina", "{n} gmin", len(narrowed))),
        rows=[_row(asked, each) for each in narrowed],
        years=[_year(each) for each in years] if len(years) > 1 else [],
        csv_url=here(asked, "staff.completeness_csv") if asked.period and may(Right.EXPORT) else "",
        message_url=here(asked, "staff.completeness_message") if changes and any(each.missing for each in rows) else "",
        open_url=here(asked, "staff.completeness_open") if changes else "",
    )


@requires(Right.EXPORT)
def completeness_csv(slug: str) -> Response:
    """The table by gmina for Excel."""
    asked = asked_for(slug)
    file = f"kompletnosc-{slug}-{asked.period}"
    rows = (_cells(asked, each) for each in board(asked))
    return as_csv(file, HEADS, rows, what="completeness", slug=slug, period=asked.period)


def _cells(asked: Asked, each: Obligation) -> list[Any]:
    whose = (each.gmina, name(asked.form, each.gmina), attribute(asked.form, each.gmina, "powiat"))
    state, late, done = str(STATES[each.state][0]), each.late, round(each.share * 100)
    dates = (when.astimezone(WARSAW).date() if when else "" for when in (each.due_at, each.sent_at))
    return [*whose, asked.period, state, late, done, *dates, each.reference]


def _filters() -> list[dict[str, str]]:
    more = {MISSING: say("nie wysłały"), LATE: say("po terminie")}
    return [{"value": value, "text": str(text)} for value, text in more.items()] + [
        {"value": value, "text": str(text)} for value, (text, _) in STATES.items()
    ]


def _powiaty(form: Form, rows: list[Obligation]) -> list[str]:
    return sorted({attribute(form, each.gmina, "powiat") for each in rows} - {""}, key=sort_key)


def _figures(rows: list[Obligation], year: Year) -> list[dict[str, str]]:
    counts = Counter(each.state for each in rows)
    rate = f"{number(round(100 * year.sent / year.owed))}%" if year.owed else "–"
    whole = str(say("{sent} z {owed} ({rate})", sent=number(year.sent), owed=number(year.owed), rate=rate))
    shown = ((state, text) for state, (text, _) in STATES.items() if counts[state])
    late = sum(each.late for each in rows)
    return [
        {"label": str(say("Wysłały")), "text": whole},
        *({"label": str(text).capitalize(), "text": number(counts[state])} for state, text in shown),
        *([{"label": str(say("Po terminie")), "text": number(late)}] if late else []),
    ]


def _due(year: Year | None) -> str:
    return str(say("Termin: {when}.", when=wording.bound(year.due_at).rstrip("."))) if year and year.due_at else ""


def _by_powiat(asked: Asked, rows: list[Obligation]) -> list[dict[str, Any]]:
    """Each powiat with how many of its gminy are in each state, and bars of the same."""
    found: dict[str, Counter[str]] = {}
    for each in rows:
        found.setdefault(attribute(asked.form, each.gmina, "powiat") or "–", Counter())[each.state] += 1
    made = []
    for powiat in sorted(found, key=sort_key):
        counts, total, start = found[powiat], sum(found[powiat].values()), 0.0
        segments = []
        for shade, state in enumerate(DRAWN):
            width = 100 * counts[state] / total
            if width:
                segments.append({"start": round(start, 2), "width": round(width, 2), "shade": shade})
            start += width
        link = Markup('<a href="{}">{}</a>').format(f"{here(asked, powiat=powiat)}#gminy", powiat)
        made.append({"label": link, "cells": [number(counts[state]) for state in DRAWN], "segments": segments})
    return made


def _row(asked: Asked, each: Obligation) -> dict[str, Any]:
    text, kind = STATES[each.state]
    words = str(text)
    if each.draft is not None:
        words = str(say("szkic, gotowe {percent}%", percent=round(each.share * 100)))
    return {
        "name": name(asked.form, each.gmina),
        "powiat": attribute(asked.form, each.gmina, "powiat"),
        "url": here(asked, "staff.completeness_of", gmina=each.gmina),
        "state": {"text": words, "kind": kind},
        "late": each.late,
        "due": _day(each.due_at),
        "extended": each.extended,
        "sent": _day(each.sent_at),
        "reference": each.reference,
        "response_url": url_for("staff.response", key=each.key) if each.reference else "",
    }


def _day(when: datetime | None) -> str:
    return short_date(when.astimezone(WARSAW)) if when is not None else ""


def _year(year: Year) -> list[str]:
    rate = f"{number(round(100 * year.sent / year.owed))}%" if year.owed else "–"
    waits = number(year.missing + year.awaited)
    return [said(year.period), number(year.owed), number(year.on_time), number(year.late), waits, rate]
