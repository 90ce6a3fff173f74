"""What the address of a report asks for: filters, a cross-table, publishing. What makes no sense in it counts as not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from forms.definition import Form
from forms.options import Option
from forms.periods.series import spoken
from forms.polish import sort_key
from forms.spans import WARSAW
from forms.wording import say, short_date
from records.reporting import coverage, selecting
from records.reporting.report import Axis
from records.reporting.selecting import Wanted
from views import wording

ALL_PERIODS = "wszystkie"
FILTERS = {
    "okres": say("Okres"),
    "powiat": say("Powiat"),
    "rodzaj": say("Rodzaj gminy"),
    "od": say("Wysłane od dnia"),
    "do": say("Wysłane do dnia"),
    "stan": say("Stan"),
}
LONGEST = 100  # characters of a value in the address


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as words of the address (`args`) and as the report takes it."""

    args: dict[str, str]
    wanted: Wanted
    crossing: tuple[Axis, Axis] | None
    publish: bool
    sensitive: bool


def asked_for(args: MultiDict[str, str], form: Form, *, sensitive: bool) -> Asked:
    """What an address asks for; sensitive questions only for those with the right (`sensitive`), never to publish.

    Of a series it is one period, the newest unless another is asked for: what several years come to together means little.
    """
    names = ("okres", "powiat", "rodzaj", "od", "do", "stan", "wiersze", "kolumny", "publikacja", "wrazliwe")
    given = {name: args.get(name, "").strip()[:LONGEST] for name in names}
    since, until = _day(given["od"]), _day(given["do"])
    given["od"], given["do"] = (day.isoformat() if day else "" for day in (since, until))
    known = selecting.periods(form.slug) if form.period is not None else []
    if given["okres"] not in (*known, ALL_PERIODS) or not known:
        given["okres"] = known[0] if known else ""
    publish = given["publikacja"] == "1"
    open_ = sensitive and not publish and given["wrazliwe"] == "1"
    given["wrazliwe"] = "1" if open_ else ""
    axes = tuple(_axis(given[name]) for name in ("wiersze", "kolumny"))
    wanted = Wanted(
        state=given["stan"],
        gminy=_gminy(coverage.gminy(form), given["powiat"], given["rodzaj"]),
        since=_start(since) if since else None,
        until=_start(until + timedelta(days=1)) if until else None,
        period="" if given["okres"] == ALL_PERIODS else given["okres"],
    )
    crossing = (axes[0], axes[1]) if all(name for name, _ in axes) and axes[0] != axes[1] else None
    return Asked({name: value for name, value in given.items() if value}, wanted, crossing, publish, open_)


def spelt(endpoint: str, slug: str, asked: Asked, *, publish: bool | None = None, **more: Any) -> str:
    """The address of the report, or of what belongs to it, that asks for the same."""
    args: dict[str, Any] = dict(asked.args)
    if publish is not None:
        args["publikacja"] = "1" if publish else None
    return url_for(endpoint, slug=slug, **{**args, **more})


def filters(slug: str, form: Form, known: Sequence[tuple[Axis, str]]) -> dict[str, Any]:
    """What may be chosen: periods of a series, powiaty, types of gmina, states."""
    rows = [option.row or {} for option in coverage.gminy(form)]
    states = [
        {"value": state, "text": str(wording.STATES.get(state, (state, ""))[0])} for state in selecting.states(slug)
    ]
    periods = [{"value": each, "text": str(spoken(each))} for each in selecting.periods(slug)] if form.period else []
    return {
        "periods": [*periods, {"value": ALL_PERIODS, "text": str(say("Wszystkie razem"))}] if periods else [],
        "powiaty": sorted({row.get("powiat", "") for row in rows} - {""}, key=sort_key),
        "types": sorted({row.get("type", "") for row in rows} - {""}, key=sort_key),
        "states": [{"value": "", "text": str(say("Wszystkie oprócz wycofanych i odrzuconych"))}, *states],
        "crosses": len(known) > 1,
    }


def in_words(asked: Asked) -> str:
    """The filters in force, so that a report on paper says what it tells of: `Powiat: drawski. Stan: Przyjęte.`"""
    said = dict(asked.args)
    if "stan" in said:
        said["stan"] = str(wording.STATES.get(said["stan"], (said["stan"], ""))[0])
    if "okres" in said:
        said["okres"] = str(say("wszystkie razem") if said["okres"] == ALL_PERIODS else spoken(said["okres"]))
    for name in ("od", "do"):
        if name in said:
            said[name] = short_date(date.fromisoformat(said[name]))
    return " ".join(f"{label}: {said[name]}." for name, label in FILTERS.items() if name in said)


def _gminy(offered: Sequence[Option], powiat: str, kind: str) -> frozenset[str] | None:
    if not offered or not (powiat or kind):
        return None
    rows = ((option.value, option.row or {}) for option in offered)
    return frozenset(
        code
        for code, row in rows
        if row.get("powiat") == (powiat or row.get("powiat")) and row.get("type") == (kind or row.get("type"))
    )


def _axis(text: str) -> Axis:
    name, _, attribute = text.partition(":")
    return name, attribute


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), WARSAW)
