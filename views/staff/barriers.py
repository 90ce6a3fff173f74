"""For staff: critical barriers in the region – where, since when, what is done about them – counted, filtered, as CSV."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import Response, request, url_for

from forms.polish import sort_key
from forms.wording import number, say, say_n, short_date
from records import audits
from records.audits import Barrier
from views.access import Right, may, requires, visible_slugs
from views.auditing import drawing
from views.auditing.reading import audited_forms, catch_up
from views.auditing.regional import Gminy, asked, choice
from views.markdown import typographic
from views.pages import page
from views.staff.sheet import as_csv

NONE, LATE = "none", "late"  # of what is done: no recommendation at all; one whose day has passed
FILTERS = ("gmina", "powiat", "pozycja", "stan")
MOST = 200  # rows on the page; the CSV has all
HEADS = (
    *(say("Gmina"), say("Powiat"), say("TERYT"), say("Obiekt"), say("Pozycja"), say("Bariera"), say("Od")),
    *(say("Ostatni audyt"), say("Numer audytu"), say("Rekomendacja"), say("Priorytet"), say("Koszt (zł)")),
    *(say("Termin"), say("Stan"), say("Po terminie")),
)


@requires(Right.READ_RESPONSES)
def barriers() -> Response:
    """The barriers by the newest audit of each building: counts by item and powiat, and the list."""
    every, gminy = _found()
    shown = narrowed(every, gminy)
    narrowing = asked(FILTERS)
    return page(
        "staff/barriers.html",
        here=url_for("staff.barriers"),
        figures=_figures(shown),
        filters=_filters(every, gminy),
        by_item=_bars(Counter(f"{each.item}. {each.label}" for each in shown)),
        by_powiat=_bars(Counter(gminy.powiat(each.audit.gmina) or "–" for each in shown)),
        count_text=str(say_n("{n} bariera", "{n} barier", len(shown))),
        rows=[_row(each, gminy) for each in shown[:MOST]],
        more=str(say("Na stronie jest pierwszych {n}. Zawęź listę filtrami.", n=number(MOST)))
        if len(shown) > MOST
        else "",
        csv_url=url_for("staff.barriers_csv", **narrowing) if shown and may(Right.EXPORT) else "",
        reset_url=url_for("staff.barriers") if narrowing else "",
    )


@requires(Right.EXPORT)
def barriers_csv() -> Response:
    """The same list for Excel."""
    every, gminy = _found()
    return as_csv("bariery", HEADS, (_cells(each, gminy) for each in narrowed(every, gminy)))


def narrowed(every: Sequence[Barrier], gminy: Gminy) -> list[Barrier]:
    """Those that the filters of the address let through."""
    gmina, powiat, item, state = (request.args.get(name, "") for name in FILTERS)
    return [
        each
        for each in every
        if (not gmina or each.audit.gmina == gmina)
        and (not powiat or gminy.powiat(each.audit.gmina) == powiat)
        and (not item or each.item == item)
        and (not state or state in _states(each))
    ]


def _found() -> tuple[list[Barrier], Gminy]:
    """All barriers of the forms that this person works with, by gmina and building."""
    forms = audited_forms(visible_slugs())
    catch_up(forms)
    every = audits.barriers([form.slug for form in forms])
    gminy = Gminy()
    every.sort(key=lambda each: (sort_key(gminy.name(each.audit.gmina)), sort_key(each.audit.name), each.item))
    return every, gminy


def _states(each: Barrier) -> set[str]:
    known = each.recommendation
    if known is None:
        return {NONE}
    return {known.state, LATE} if known.late(drawing.today()) else {known.state}


def _figures(shown: Sequence[Barrier]) -> list[dict[str, str]]:
    states = Counter(state for each in shown for state in _states(each))
    return [
        {"label": str(say("Bariery krytyczne")), "text": number(len(shown))},
        {"label": str(say("Obiekty")), "text": number(len({each.audit.whose for each in shown}))},
        {"label": str(say("Gminy")), "text": number(len({each.audit.gmina for each in shown}))},
        {"label": str(say("Bez rekomendacji")), "text": number(states[NONE])},
        {"label": str(say("Rekomendacje po terminie")), "text": number(states[LATE])},
    ]


def _filters(every: Sequence[Barrier], gminy: Gminy) -> list[dict[str, Any]]:
    names = {each.audit.gmina: gminy.name(each.audit.gmina) for each in every}
    powiaty = {powiat: powiat for each in every if (powiat := gminy.powiat(each.audit.gmina))}
    items = {each.item: f"{each.item}. {each.label}" for each in every}
    states = {NONE: str(say("bez rekomendacji")), LATE: str(say("po terminie"))}
    states |= {value: str(text) for value, (text, _) in drawing.STATES.items()}
    return [
        choice("gmina", say("Gmina"), names),
        choice("powiat", say("Powiat"), powiaty),
        choice("pozycja", say("Pozycja"), items),
        choice("stan", say("Rekomendacja"), states, ordered=True),
    ]


def _bars(counts: Counter[str]) -> list[dict[str, str]]:
    longest = max(counts.values(), default=1)
    ordered = sorted(counts.items(), key=lambda each: (-each[1], sort_key(each[0])))
    return [
        {"label": typographic(label), "value": number(n), "percent": str(round(100 * n / longest))}
        for label, n in ordered
    ]


def _row(each: Barrier, gminy: Gminy) -> dict[str, Any]:
    known = each.recommendation
    return {
        "gmina": gminy.name(each.audit.gmina),
        "powiat": gminy.powiat(each.audit.gmina),
        "building": typographic(each.audit.name),
        "url": url_for("staff.audited", key=each.audit.key),
        "reference": each.audit.reference,
        "item": each.item,
        "label": typographic(each.label),
        "since": short_date(each.since),
        "advice": drawing.advice(known, drawing.today()) if known is not None else None,
    }


def _cells(each: Barrier, gminy: Gminy) -> list[Any]:
    known = each.recommendation
    where = [gminy.name(each.audit.gmina), gminy.powiat(each.audit.gmina), each.audit.gmina, each.audit.name]
    what = [each.item, each.label, each.since, each.audit.day, each.audit.reference]
    if known is None:
        return [*where, *what, "", "", "", "", str(say("bez rekomendacji")), ""]
    state, late = str(drawing.STATES[known.state][0]), known.late(drawing.today())
    blank = ["" if value is None else value for value in (known.cost, known.due)]
    return [*where, *what, known.text, known.priority, *blank, state, str(say("tak") if late else say("nie"))]
