"""The indicators of a gmina, year by year, beside the median of the gminy of its kind – never beside another gmina's value."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from forms.definition import Form
from forms.indicators import Sheet
from forms.periods.series import spoken
from records import indicators as kept
from views.gmina.frame import framed, here
from views.indicating import beside_peers, peers_of
from views.markdown import typographic
from views.services import services
from views.steps.drawing import static


def indicators() -> Response:
    """Every form that shows its indicators, in the period that is asked for, else the newest."""
    person = here()
    shown = [
        (sheet, form)
        for sheet in services().indicators.sheets()
        if sheet.shown and sheet.indicators and (form := services().catalogue.get(sheet.slug)) is not None
    ]
    return framed("gmina/indicators.html", forms=[_form(sheet, form, person.gmina) for sheet, form in shown])


def _form(sheet: Sheet, form: Form, gmina: str) -> dict[str, Any]:
    periods = kept.periods(sheet.slug)
    wanted = request.args.get("okres", "")
    period = wanted if wanted in periods else (periods or [""])[0]
    return {
        "title": typographic(static(form.title)),
        "period": str(spoken(period)) if period else "",
        "periods": [{"value": each, "text": str(spoken(each)), "selected": each == period} for each in periods],
        "peers": peers_of(form, gmina),
        "rows": beside_peers(sheet, form, gmina, period) if period else [],
    }
