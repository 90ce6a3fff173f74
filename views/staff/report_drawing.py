"""The parts of a report as the templates draw them: numbers in words, lengths of bars in percent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from forms.wording import NBSP, number, say, say_n
from records.reporting.coverage import Powiat
from records.reporting.parts import Bars, Figures, Grid, Part, Question, Sums
from views.steps.drawing import static

SHADES = 6  # of the parts of a stacked bar; with more answers there is none
MOST_COLUMNS = 7  # that stand on a page; more of them scroll sideways
HIDDEN = say("ukryte")


def drawn(question: Question, texts_url: str) -> dict[str, Any]:
    """One question: {label, group, count_text, parts, texts_url}."""
    return {
        "label": static(question.field.label) or question.key,
        "group": " › ".join(question.groups),
        "count_text": _answered(question),
        "parts": [chart(part) for part in question.parts],
        "texts_url": texts_url,
    }


def chart(part: Part) -> dict[str, Any]:
    """One part, by what it is: {kind: bars | grid | figures | sums, title, …}."""
    if isinstance(part, Bars):
        return _bars(part)
    if isinstance(part, Grid):
        return _grid(part)
    return _figures(part) if isinstance(part, Figures) else _sums(part)


def powiaty(places: Sequence[Powiat], *, names: bool) -> dict[str, Any]:
    """How many gminy of each powiat have answered, and which have not."""
    asked, answered = sum(each.count for each in places), sum(each.answered for each in places)
    total = say_n(
        "{m} z {n} gminy ({share}).",
        "{m} z {n} gmin ({share}).",
        asked,
        m=number(answered),
        share=_share(answered, asked),
    )
    return {
        "total": str(total),
        "rows": [
            {
                "label": each.name,
                "value": str(
                    say(
                        "{m} z {n} ({share})",
                        m=number(each.answered),
                        n=number(each.count),
                        share=_share(each.answered, each.count),
                    )
                ),
                "percent": _percent(each.answered, each.count),
            }
            for each in places
        ],
        "missing": [{"name": each.name, "gminy": ", ".join(each.missing)} for each in places if names and each.missing],
    }


def _answered(question: Question) -> str:
    if question.answered is None:
        return str(say("Za mało odpowiedzi, żeby je opublikować."))
    if not question.answered:
        return str(say("Nikt nie odpowiedział."))
    if question.groups:
        return str(say("Odpowiedzi: {m} z {n} pozycji.", m=number(question.answered), n=number(question.of)))
    return str(
        say(
            "Odpowiedzi: {m} z {n} ({share}).",
            m=number(question.answered),
            n=number(question.of),
            share=_share(question.answered, question.of),
        )
    )


def _bars(part: Bars) -> dict[str, Any]:
    rows = [
        {
            "label": label,
            "value": str(HIDDEN) if count is None else f"{number(count)} ({_share(count, part.of)})",
            "percent": _percent(count or 0, part.of),  # the track behind the bar is the whole
        }
        for label, count in part.rows
    ]
    return {"kind": "bars", "title": part.title, "rows": rows}


def _grid(part: Grid) -> dict[str, Any]:
    rows = []
    for label, counts in part.rows:
        total = sum(count or 0 for count in counts)
        whole = None not in counts
        stacked = whole and len(counts) <= SHADES
        segments, start = [], Decimal(0)
        for at, count in enumerate(counts):
            width = Decimal(100) * (count or 0) / total if total and stacked else Decimal(0)
            if width:
                segments.append({"start": f"{start:.2f}", "width": f"{width:.2f}", "shade": at})
            start += width
        cells = [
            str(HIDDEN) if count is None else f"{number(count)} ({_share(count, total)})" if whole else number(count)
            for count in counts
        ]
        rows.append({"label": label, "cells": cells, "segments": segments})
    columns = [
        {"title": title, "shade": at if len(part.columns) <= SHADES else None} for at, title in enumerate(part.columns)
    ]
    wide = len(columns) > MOST_COLUMNS
    return {"kind": "grid", "title": part.title, "columns": columns, "rows": rows, "wide": wide}


def _figures(part: Figures) -> dict[str, Any]:
    rows = [(say("Średnia"), part.mean), (say("Mediana"), part.median)]
    if part.quartiles is not None:
        rows += [(say("Dolny kwartyl"), part.quartiles[0]), (say("Górny kwartyl"), part.quartiles[1])]
    if part.extremes is not None:
        rows += [(say("Najmniej"), part.extremes[0]), (say("Najwięcej"), part.extremes[1])]
    if part.total is not None:
        rows.append((say("Suma"), part.total))
    facts = [{"label": str(name), "text": _figure(value, part.unit)} for name, value in rows]
    return {"kind": "figures", "title": part.title, "facts": facts}


def _sums(part: Sums) -> dict[str, Any]:
    rows = [{"label": label, "cells": [_cell(cell) for cell in cells]} for label, cells in part.rows]
    return {"kind": "sums", "title": part.title, "columns": part.columns, "rows": rows}


def _cell(cell: tuple[int, Decimal, Decimal] | None) -> str:
    if cell is None:
        return "–"
    count, total, mean = cell
    return str(
        say(
            "suma {total}, średnia {mean}, liczba odpowiedzi {n}",
            total=_figure(total),
            mean=_figure(mean),
            n=number(count),
        )
    )


def _figure(value: Decimal, unit: str = "") -> str:
    """Two decimals at most."""
    text = number(value.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize() if value else Decimal(0))
    return text if not unit else text + unit if unit == "%" else f"{text}{NBSP}{unit}"


def _share(count: int, of: int) -> str:
    """`34,3%`"""
    share = Decimal(1000) * count / of if of else Decimal(0)
    return f"{number(share.quantize(Decimal(1), ROUND_HALF_UP) / 10)}%"


def _percent(count: int, of: int) -> str:
    """For SVG: with a dot."""
    return f"{Decimal(100) * count / of:.2f}" if of else "0"
