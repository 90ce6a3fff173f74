"""The figures of an indicator as templates and papers draw them: tables of texts, bars and tiles in percent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from forms.indicators import Indicator, Tile
from forms.polish import sort_key
from forms.wording import number, say, say_n
from records.indicators import Figures, Value, by, figures
from views.indicating import Region, difference, note, told, turned
from views.staff.indicators.asked import said

HEADS = (say("Suma"), say("Średnia"), say("Mediana"), say("Dolny kwartyl"), say("Górny kwartyl"))
KINDS = ("miejska", "miejsko-wiejska", "wiejska")


def heads(indicator: Indicator, first: str, *more: str) -> list[dict[str, Any]]:
    """The columns of a table of figures."""
    titles = [str(each) for each in HEADS if indicator.total or each is not HEADS[0]]
    return [
        {"title": first, "right": False},
        *({"title": title, "right": True} for title in (str(say("Gminy z wartością")), *titles, *more)),
    ]


def row(indicator: Indicator, label: str, found: Figures) -> list[str]:
    """Figures as a row under these heads."""
    low, high = found.quartiles or (None, None)
    cells = (*((found.total,) if indicator.total else ()), found.mean, found.median, low, high)
    return [
        label,
        str(say("{m} z {n}", m=number(found.count), n=number(found.of))),
        *(told(indicator, each) for each in cells),
    ]


def by_kind(indicator: Indicator, region: Region, now: Sequence[Value], before: Sequence[Value]) -> list[list[str]]:
    """All gminy, then those of each kind; with the change of the median where there is a period to compare with."""
    found, earlier = by(region.kind, now), by(region.kind, before)
    kinds = sorted(found, key=lambda kind: (KINDS.index(kind) if kind in KINDS else len(KINDS), kind))
    groups = [(str(say("Województwo")), now, before), *((kind, found[kind], earlier.get(kind, ())) for kind in kinds)]
    rows = []
    for label, these, those in groups:
        figured = figures(these)
        changed = [difference(indicator, figured.median, figures(those).median)] if before else []
        rows.append([*row(indicator, label, figured), *changed])
    return rows


def by_period(indicator: Indicator, values: Sequence[Value], periods: Sequence[str]) -> list[list[str]]:
    """The region period by period, the oldest first."""
    found: dict[str, list[Value]] = {}
    for each in values:
        found.setdefault(each.period, []).append(each)
    return [row(indicator, said(period), figures(found.get(period, ()))) for period in sorted(periods)]


def bars(indicator: Indicator, values: Sequence[Value], periods: Sequence[str]) -> list[dict[str, Any]]:
    """The chart over time: the sum where it means something, else the median."""
    found = []
    for period in sorted(periods):
        figured = figures(each for each in values if each.period == period)
        found.append((said(period), figured.total if indicator.total else figured.median))
    shares = _shares([value for _, value in found])
    return [
        {"label": label, "value": told(indicator, value), "percent": share}
        for (label, value), share in zip(found, shares, strict=True)
    ]


def powiaty(indicator: Indicator, region: Region, values: Sequence[Value]) -> list[tuple[str, Figures]]:
    """The figures of each powiat, in the order of the Polish alphabet."""
    found = by(region.powiat, values)
    return [(name, figures(found[name])) for name in sorted(found, key=sort_key)]


def tiled(indicator: Indicator, tiles: Sequence[Tile], found: Sequence[tuple[str, Figures]]) -> dict[str, Any] | None:
    """The map: a tile for each powiat with its value and a bar; None without a map in the configuration."""
    if not tiles:
        return None
    known = dict(found)
    values = [_one(indicator, known.get(tile.powiat)) for tile in tiles]
    return {
        "columns": max(tile.column for tile in tiles),
        "rows": max(tile.row for tile in tiles),
        "tiles": [
            {
                "column": tile.column - 1,
                "row": tile.row - 1,
                "label": tile.short or tile.powiat,
                "value": told(indicator, value).removesuffix(f"\u00a0{indicator.unit}"),
                "percent": share,
            }
            for tile, value, share in zip(tiles, values, _shares(values), strict=True)
        ],
    }


def gaps(region: Region, values: Sequence[Value]) -> list[dict[str, str]]:
    """Why there are no values, and in which gminy: the commonest reason first."""
    found: dict[str, list[str]] = {}
    for each in values:
        if each.value is None:
            found.setdefault(note(each), []).append(region.label(each.gmina))
    counts = Counter({why: len(names) for why, names in found.items()})
    return [
        {
            "why": why,
            "count": str(say_n("{n} gmina", "{n} gmin", count)),
            "gminy": ", ".join(sorted(found[why], key=sort_key)),
        }
        for why, count in counts.most_common()
    ]


def listed(
    indicator: Indicator, region: Region, now: Sequence[Value], before: Mapping[str, Value]
) -> list[dict[str, Any]]:
    """Every gmina with its value, its change, and how far its report has come."""
    rows = []
    for each in sorted(now, key=lambda one: sort_key(region.label(one.gmina))):
        earlier = before[each.gmina].value if each.gmina in before else None
        word, kind = turned(indicator, each.value, earlier)
        rows.append(
            {
                "name": region.label(each.gmina),
                "kind": region.kind(each.gmina),
                "powiat": region.powiat(each.gmina),
                "value": told(indicator, each.value) if each.value is not None else "",
                "note": note(each),
                "change": difference(indicator, each.value, earlier),
                "turned": {"text": word, "kind": kind},
                "state": {"text": str(say("przyjęte")), "kind": "good"}
                if each.accepted
                else {"text": str(say("wysłane")), "kind": ""},
                "key": each.key,
            }
        )
    return rows


def _one(indicator: Indicator, found: Figures | None) -> Decimal | None:
    return None if found is None else found.total if indicator.total else found.median


def _shares(values: Sequence[Decimal | None]) -> list[str]:
    """How long the bars are, in percent of the longest: between the least (or zero) and the greatest."""
    known = [each for each in values if each is not None]
    least, most = min((*known, Decimal(0))), max((*known, Decimal(0)))
    whole = most - least
    return [f"{100 * (each - least) / whole:.2f}" if each is not None and whole else "0" for each in values]
