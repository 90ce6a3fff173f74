"""For staff: the recommendations of all audits – what is to be done where, until when, what it would cost, which are late."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask import Response, request, url_for

from forms.definition import Form
from forms.spans import WARSAW
from forms.wording import NBSP, number, say, say_n
from records import audits
from records.audits import Audited, Recommended
from views.access import Right, may, requires, visible_slugs
from views.auditing import drawing
from views.auditing.reading import audited_forms, catch_up
from views.auditing.regional import Gminy, asked, choice
from views.markdown import typographic
from views.pages import page
from views.staff.sheet import as_csv

FILTERS = ("stan", "gmina", "powiat")
LATE, AWAITED = "late", "awaited"  # filters that are not states
MOST = 200
HEADS = (
    *(say("Gmina"), say("Powiat"), say("TERYT"), say("Obiekt"), say("Numer audytu"), say("Dzień audytu")),
    *(say("Pozycja"), say("Rekomendacja"), say("Priorytet"), say("Koszt (zł)"), say("Termin"), say("Stan")),
    *(say("Stan od"), say("Po terminie")),
)

Pair = tuple[Audited, Recommended]


@requires(Right.READ_RESPONSES)
def recommendations() -> Response:
    """What is awaited, the soonest first; by the address also what is late, done or dropped."""
    every, gminy = audits.all_recommendations([form.slug for form in _forms()]), Gminy()
    shown = _narrowed(every, gminy)
    narrowing = asked(FILTERS)
    return page(
        "staff/recommendations.html",
        here=url_for("staff.recommendations"),
        filters=_filters(every, gminy),
        figures=_figures(shown),
        count_text=str(say_n("{n} rekomendacja", "{n} rekomendacji", len(shown))),
        rows=[_row(*pair, gminy) for pair in shown[:MOST]],
        more=str(say("Na stronie jest pierwszych {n}. Zawęź listę filtrami.", n=number(MOST)))
        if len(shown) > MOST
        else "",
        csv_url=url_for("staff.recommendations_csv", **narrowing) if shown and may(Right.EXPORT) else "",
        reset_url=url_for("staff.recommendations") if narrowing else "",
    )


@requires(Right.EXPORT)
def recommendations_csv() -> Response:
    """The same list for Excel."""
    every, gminy = audits.all_recommendations([form.slug for form in _forms()]), Gminy()
    shown = _narrowed(every, gminy)
    return as_csv("rekomendacje", HEADS, (_cells(*pair, gminy) for pair in shown))


def _forms() -> list[Form]:
    """The audits that this person works with, read up to now."""
    forms = audited_forms(visible_slugs())
    catch_up(forms)
    return forms


def _cells(audit: Audited, each: Recommended, gminy: Gminy) -> list[Any]:
    where = [gminy.name(audit.gmina), gminy.powiat(audit.gmina), audit.gmina, audit.name, audit.reference, audit.day]
    blank = ["" if value is None else value for value in (each.cost, each.due)]
    late = say("tak") if each.late(drawing.today()) else say("nie")
    state = [str(drawing.STATES[each.state][0]), each.state_at.astimezone(WARSAW).date(), str(late)]
    return [*where, each.item, each.text, each.priority, *blank, *state]


def _narrowed(every: Sequence[Pair], gminy: Gminy) -> list[Pair]:
    state, gmina, powiat = (request.args.get(name, "") for name in FILTERS)
    return [
        (audit, each)
        for audit, each in every
        if (not gmina or audit.gmina == gmina)
        and (not powiat or gminy.powiat(audit.gmina) == powiat)
        and (not state or state in _states(each))
    ]


def _states(each: Recommended) -> set[str]:
    found = {each.state}
    if not each.over:
        found.add(AWAITED)
    if each.late(drawing.today()):
        found.add(LATE)
    return found


def _filters(every: Sequence[Pair], gminy: Gminy) -> list[dict[str, Any]]:
    names = {audit.gmina: gminy.name(audit.gmina) for audit, _ in every}
    powiaty = {powiat: powiat for audit, _ in every if (powiat := gminy.powiat(audit.gmina))}
    states = {AWAITED: str(say("niewykonane")), LATE: str(say("po terminie"))}
    states |= {value: str(text) for value, (text, _) in drawing.STATES.items()}
    return [
        choice("stan", say("Stan"), states, ordered=True),
        choice("gmina", say("Gmina"), names),
        choice("powiat", say("Powiat"), powiaty),
    ]


def _figures(shown: Sequence[Pair]) -> list[dict[str, str]]:
    awaited = [each for _, each in shown if not each.over]
    cost = sum((each.cost for each in awaited if each.cost is not None), Decimal(0))
    return [
        {"label": str(say("Niewykonane")), "text": number(len(awaited))},
        {"label": str(say("Po terminie")), "text": number(sum(each.late(drawing.today()) for each in awaited))},
        {"label": str(say("Koszt niewykonanych")), "text": f"{number(cost, 2)}{NBSP}zł"},
    ]


def _row(audit: Audited, each: Recommended, gminy: Gminy) -> dict[str, Any]:
    return {
        **drawing.advice(each, drawing.today()),
        "gmina": gminy.name(audit.gmina),
        "building": typographic(audit.name),
        "url": f"{url_for('staff.audited', key=audit.key)}#rekomendacja-{each.id}",
    }
