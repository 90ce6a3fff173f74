"""Indicators in words: values with their units, why there is none, what a gmina is called – for staff and for gminy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from forms.definition import Form
from forms.indicators import UP, Indicator, Sheet
from forms.indicators.working_out import NO_DATA, NO_QUESTION, NO_RESULT, NOT_ASKED, UNANSWERED
from forms.options import Option
from forms.wording import NBSP, Say, number, say
from records import indicators
from records.indicators import EXCUSED, NOTHING_SENT, Value
from records.reporting.coverage import gminy

NOTES: Mapping[str, Say] = {
    NOTHING_SENT: say("Gmina nie wysłała sprawozdania."),
    EXCUSED: say("Gmina zwolniona ze sprawozdania."),
    NO_QUESTION: say("W sprawozdaniu za ten okres nie było takiego pytania."),
    NO_RESULT: say("Z odpowiedzi nie da się wyliczyć wartości."),
}
WITH_MORE: Mapping[str, Say] = {
    NO_DATA: say("Brak danych: {more}"),
    UNANSWERED: say("Bez odpowiedzi: {more}"),
    NOT_ASKED: say("Pytanie nie dotyczy tej gminy: {more}"),
}
PEERS: Mapping[str, Say] = {
    "miejska": say("Mediana gmin miejskich"),
    "miejsko-wiejska": say("Mediana gmin miejsko-wiejskich"),
    "wiejska": say("Mediana gmin wiejskich"),
}
TOO_FEW = say("Mniej niż 5 gmin, więc jej nie podajemy.")
BETTER, WORSE = say("poprawa"), say("pogorszenie")


@dataclass(frozen=True)
class Region:
    """The gminy that a form is for, and what the list says of each."""

    form: Form

    @cached_property
    def gminy(self) -> Mapping[str, Option]:
        """By TERYT code, in the order of the Polish alphabet."""
        return {each.value: each for each in gminy(self.form)}

    def label(self, gmina: str) -> str:
        """What it is called; its code when the form does not know it any more."""
        return str(self.gminy[gmina].label) if gmina in self.gminy else gmina

    def of(self, gmina: str, column: str) -> str:
        """What the list says in a column, „–” for nothing."""
        option = self.gminy.get(gmina)
        if column == "label":
            return self.label(gmina)
        return (option.row or {}).get(column, "") or "–" if option is not None else "–"

    def kind(self, gmina: str) -> str:
        """„miejska”, „wiejska”, „miejsko-wiejska”."""
        return self.of(gmina, "type")

    def powiat(self, gmina: str) -> str:
        """The powiat that it lies in."""
        return self.of(gmina, "powiat")

    def alike(self, gmina: str) -> frozenset[str]:
        """The gminy of its kind, itself among them."""
        return frozenset(each for each in self.gminy if self.kind(each) == self.kind(gmina))


def told(indicator: Indicator, value: Decimal | None) -> str:
    """A value as people read it: `1 234,5 ha`, `12,3%`; „–” for none. What only counts (no unit) has no „,00”."""
    if value is None:
        return "–"
    places = 0 if not indicator.unit and value == value.to_integral_value() else indicator.places
    text = number(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), places)
    return text + indicator.unit if indicator.unit == "%" else f"{text}{NBSP}{indicator.unit}".rstrip(NBSP)


def note(value: Value) -> str:
    """Why there is no value, or that it is not worked out yet; "" where there is one."""
    if value.stale:
        return str(say("Czeka na przeliczenie."))
    code, _, more = value.note.partition(": ")
    if code in WITH_MORE:
        return str(replace(WITH_MORE[code], params={"more": more}))
    return str(NOTES[code]) if code in NOTES else ""


def turned(indicator: Indicator, now: Decimal | None, before: Decimal | None) -> tuple[str, str]:
    """(word, kind of tag) for a change: better or worse where the indicator says which that is; two empty texts otherwise."""
    if not indicator.direction or now is None or before is None or now == before:
        return "", ""
    better = (now > before) == (indicator.direction == UP)
    return (str(BETTER), "good") if better else (str(WORSE), "warning")


def difference(indicator: Indicator, now: Decimal | None, before: Decimal | None) -> str:
    """How much a value has changed, in its own unit: `+2,5 ha`, `−3,1 pkt proc.`; „–” where one of the two is missing."""
    if now is None or before is None:
        return "–"
    change = now - before
    sign = "+" if change > 0 else "−" if change < 0 else ""
    text = told(indicator, abs(change))
    return sign + (str(say("{n} pkt proc.", n=text.removesuffix("%"))) if indicator.unit == "%" else text)


def panel(form: Form, known: Mapping[str, Indicator], title: str) -> indicators.Panel:
    """The panel of all indicators of a form, all years and all its gminy."""
    region = Region(form)
    found = indicators.values(tuple(known.values()), form, tuple(region.gminy))
    return indicators.panel(form.slug, title, tuple(known.values()), found, region.of, note)


def beside_peers(sheet: Sheet, form: Form, gmina: str, period: str, key: str = "") -> list[dict[str, Any]]:
    """For one gmina: each of its values in a period beside the median of the gminy of its kind, and nobody else's value.

    With `key` only what was worked out of that report is told of its own; `known` is whether it was. Two SELECTs.
    """
    region = Region(form)
    alike = region.alike(gmina)
    by_name: dict[str, list[Value]] = {name: [] for name in sheet.indicators}
    for each in indicators.values(tuple(sheet.indicators.values()), form, periods=(period,)):
        if each.gmina in alike:
            by_name[each.indicator].append(each)
    rows = []
    for name, indicator in sheet.indicators.items():
        own = next((each for each in by_name[name] if each.gmina == gmina and key in ("", each.key)), None)
        median = indicators.peers(by_name[name], alike)
        rows.append(
            {
                "label": indicator.label,
                "known": own is not None and not own.stale,
                "value": told(indicator, own.value) if own is not None and own.value is not None else "",
                "note": note(own) if own is not None else str(NOTES[NOTHING_SENT]),
                "median": told(indicator, median) if median is not None else str(TOO_FEW),
                "source": indicator.source,
            }
        )
    return rows


def peers_of(form: Form, gmina: str) -> str:
    """Who its peers are: „gminy wiejskie”, in words that stand over their medians."""
    return str(PEERS.get(Region(form).kind(gmina), say("Mediana podobnych gmin")))
