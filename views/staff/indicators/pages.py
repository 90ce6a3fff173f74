"""For staff: all indicators at a glance, and one by year, kind of gmina, powiat and gmina."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, abort, url_for

from forms.definition import Form
from forms.indicators import Sheet
from forms.problems import lines_of
from forms.wording import number, say, say_n
from records import indicators as kept
from records.indicators import Value, figures
from views.access import Right, may, requires, visible_slugs
from views.indicating import difference, told, turned
from views.pages import page
from views.services import services
from views.staff.indicators import drawing
from views.staff.indicators.asked import Asked, asked_for, crumbs, said
from views.staff.overview import told as told_of
from views.steps.drawing import static

DIRECTIONS = {"up": say("Lepiej, gdy rośnie."), "down": say("Lepiej, gdy maleje.")}


@requires(Right.READ_RESPONSES)
def indicators() -> Response:
    """The indicators of every form that has some: what the region comes to in the newest period, and how it has changed."""
    visible = visible_slugs()
    sheets = [each for each in services().indicators.sheets() if visible is None or each.slug in visible]
    own = {f"indicators/{each.slug}.yaml" for each in sheets}
    return page(
        "staff/indicators/all.html",
        forms=[_form(sheet, form) for sheet in sheets if (form := services().catalogue.get(sheet.slug)) is not None],
        statistics_url=url_for("staff.statistics") if may(Right.DECIDE) else "",
        writes=may(Right.EDIT_FORMS) and visible is None,
        problems=[
            told_of(problem, lines_of(text))
            for name, text, found in services().indicators.files()
            if visible is None or name in own
            for problem in found
        ],
    )


@requires(Right.READ_RESPONSES)
def indicator(slug: str, indicator: str) -> Response:
    """One indicator; which gminy have no value, and why, among it."""
    asked = asked_for(slug)
    found = asked.known.get(indicator)
    if found is None:
        abort(404)
    region = asked.region
    values = kept.values([found], asked.form, tuple(region.gminy))
    now, before = _of(values, asked.period), _of(values, asked.before)
    regional = drawing.powiaty(found, region, now)
    changed = [str(say("Zmiana mediany od {period}", period=said(asked.before)))] if before else []
    return page(
        "staff/indicators/one.html",
        form_title=static(asked.form.title),
        crumbs=crumbs(asked, found.label),
        label=found.label,
        facts=_facts(asked, found.name),
        here=url_for("staff.indicator", slug=slug, indicator=indicator),
        periods=asked.options(asked.period),
        others=asked.options(asked.before),
        period=said(asked.period),
        before=said(asked.before),
        waits=_waits(values),
        heads=drawing.heads(found, str(say("Gminy")), *changed),
        kinds=drawing.by_kind(found, region, now, before),
        year_heads=drawing.heads(found, str(say("Okres"))),
        years=drawing.by_period(found, values, asked.periods),
        bars=drawing.bars(found, values, asked.periods),
        bar_title=str(say("Suma z gmin") if found.total else say("Mediana gmin")),
        tiles=drawing.tiled(found, services().indicators.tiles, regional),
        powiat_heads=drawing.heads(found, str(say("Powiat"))),
        powiaty=[drawing.row(found, name, each) for name, each in regional],
        gaps=drawing.gaps(region, now),
        rows=[
            {**row, "url": url_for("staff.response", key=row["key"]) if row["key"] else ""}
            for row in drawing.listed(found, region, now, {each.gmina: each for each in before})
        ],
        downloads=_downloads(asked),
    )


def _form(sheet: Sheet, form: Form) -> dict[str, Any]:
    if not sheet.indicators:
        return {"title": static(form.title), "groups": [], "downloads": [], "periods_text": "", "waits": ""}
    asked = asked_for(sheet.slug)
    region = asked.region
    values = (
        kept.values(tuple(sheet.indicators.values()), form, tuple(region.gminy), periods=asked.both)
        if asked.period
        else []
    )
    by_name: dict[str, list[Value]] = {}
    for each in values:
        by_name.setdefault(each.indicator, []).append(each)
    groups: dict[str, list[dict[str, Any]]] = {}
    for name, found in sheet.indicators.items():
        groups.setdefault(found.sphere or str(say("inne")), []).append(_line(asked, name, by_name.get(name, [])))
    text = say("Okres: {period}, porównany z: {before}.", period=said(asked.period), before=said(asked.before))
    if not asked.before:
        text = say("Okres: {period}.", period=said(asked.period)) if asked.period else say("Nie ma jeszcze sprawozdań.")
    return {
        "title": static(form.title),
        "groups": [{"title": title, "rows": rows} for title, rows in groups.items()],
        "downloads": _downloads(asked),
        "periods_text": str(text),
        "waits": _waits(values),
    }


def _line(asked: Asked, name: str, values: Sequence[Value]) -> dict[str, Any]:
    found = asked.known[name]
    now, before = figures(_of(values, asked.period)), figures(_of(values, asked.before))
    word, kind = turned(found, now.median, before.median)
    return {
        "label": found.label,
        "url": url_for("staff.indicator", slug=asked.form.slug, indicator=name),
        "count": str(say("{m} z {n}", m=number(now.count), n=number(now.of))),
        "total": told(found, now.total) if found.total else "–",
        "median": told(found, now.median),
        "change": difference(found, now.median, before.median),
        "turned": {"text": word, "kind": kind},
    }


def _facts(asked: Asked, name: str) -> list[dict[str, str]]:
    found = asked.known[name]
    direction = DIRECTIONS.get(found.direction)
    facts = [
        (say("Sfera"), found.sphere),
        (say("Źródło"), found.source),
        (say("Wzór"), found.formula.text),
        (say("Kierunek"), str(direction) if direction else ""),
        (say("Cel"), told(found, found.target) if found.target is not None else ""),
    ]
    return [{"label": str(label), "text": text} for label, text in facts if text]


def _downloads(asked: Asked) -> list[dict[str, str]]:
    slug = asked.form.slug
    found = [
        (say("Raport dla województwa (PDF)"), url_for("staff.indicators_report", slug=slug, okres=asked.period or None))
    ]
    if may(Right.EXPORT):
        found += [
            (say("Wszystkie lata (CSV dla Excela)"), url_for("staff.indicators_panel", slug=slug, format="csv-excel")),
            (say("Wszystkie lata (CSV)"), url_for("staff.indicators_panel", slug=slug, format="csv")),
            (say("Pakiet danych"), url_for("staff.indicators_panel", slug=slug, format="datapackage")),
        ]
    return [{"text": str(text), "url": url} for text, url in found] if asked.period else []


def _of(values: Sequence[Value], period: str) -> list[Value]:
    return [each for each in values if each.period == period] if period else []


def _waits(values: Sequence[Value]) -> str:
    waiting = len({(each.gmina, each.period) for each in values if each.stale})
    if not waiting:
        return ""
    text = say_n(
        "{n} sprawozdanie czeka na przeliczenie, więc tych liczb jeszcze tu nie ma. Odśwież stronę za chwilę.",
        "{n} sprawozdań czeka na przeliczenie, więc tych liczb jeszcze tu nie ma. Odśwież stronę za chwilę.",
        waiting,
    )
    return str(text)
