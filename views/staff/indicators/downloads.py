"""For staff: the panel of all years as a file, and the report of the region as a paper."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g

from forms.indicators import Indicator
from forms.wording import say
from records import audit
from records import indicators as kept
from records.indicators import Value
from views.access import Right, requires
from views.indicating import panel
from views.papers import paper
from views.services import now
from views.staff.indicators import drawing
from views.staff.indicators.asked import Asked, asked_for, said
from views.steps.drawing import static

CSV = "text/csv; charset=utf-8"
FORMATS = {"csv": (CSV, "csv"), "csv-excel": (CSV, "csv"), "datapackage": ("application/zip", "zip")}


@requires(Right.EXPORT)
def indicators_panel(slug: str, format: str) -> Response:
    """Gmina, year, indicator, value, note: every year and every gmina of the form."""
    asked = asked_for(slug)
    if format not in FORMATS:
        abort(404)
    made = panel(asked.form, asked.known, static(asked.form.title))
    content = {"csv": made.csv, "csv-excel": made.excel, "datapackage": made.package}[format]()
    media_type, ending = FORMATS[format]
    audit.record(audit.staff(g.person.id), "export", slug, slug, {"what": "indicators", "format": format}, now())
    response = Response(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="wskazniki-{slug}-{now():%Y-%m-%d}.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@requires(Right.READ_RESPONSES)
def indicators_report(slug: str) -> Response:
    """The region in one period as PDF/UA: each indicator by kind of gmina and over the years, and which gminy are missing."""
    asked = asked_for(slug)
    region = asked.region
    values = kept.values(tuple(asked.known.values()), asked.form, tuple(region.gminy))
    by_name: dict[str, list[Value]] = {name: [] for name in asked.known}
    for each in values:
        by_name[each.indicator].append(each)
    title = str(say("Wskaźniki: {form}", form=static(asked.form.title)))
    return paper(
        "indicators",
        f"wskazniki-{slug}-{asked.period}",
        title,
        about=said(asked.period),
        lead=str(
            say(
                "Okres: {period}. Wartości policzono ze sprawozdań przyjętych, a gdzie gmina nie ma przyjętego – z wysłanych. "
                "Kwartyle liczone są liniowo, jak KWARTYL.PRZEDZ.ZAMK w Excelu.",
                period=said(asked.period) or "–",
            )
        ),
        gaps_title=str(say("Gminy bez wartości")),
        complete=str(say("Wszystkie gminy mają wartość.")),
        sections=[_section(asked, each, by_name[name]) for name, each in asked.known.items()],
    )


def _section(asked: Asked, indicator: Indicator, values: list[Value]) -> dict[str, Any]:
    here = [each for each in values if each.period == asked.period]
    stale = any(each.stale for each in values)
    tables = [
        (drawing.heads(indicator, str(say("Gminy"))), drawing.by_kind(indicator, asked.region, here, ())),
        (drawing.heads(indicator, str(say("Okres"))), drawing.by_period(indicator, values, asked.periods)),
    ]
    return {
        "title": indicator.label,
        "source": str(say("Źródło: {source}.", source=indicator.source)) if indicator.source else "",
        "waits": str(say("Część sprawozdań czeka na przeliczenie.")) if stale else "",
        "tables": [{"heads": [head["title"] for head in heads], "rows": rows} for heads, rows in tables if rows],
        "gaps": [f"{gap['why']} ({gap['count']}): {gap['gminy']}" for gap in drawing.gaps(asked.region, here)],
    }
