"""The mistakes in events and periods, and their cures, in the way of `mistake_examples`."""

from __future__ import annotations

from collections.abc import Mapping

from docs.mistake_examples import Pair, field, form, swap

EVENTS = "title: Spacer\nevents:\n  - {id: T1, title: Termin}\n"
SERIES = (
    "title: Spacer\n…period: {field: rok}\nfields:\n  - {name: rok, type: year, label: Rok}\n"
    "  - {name: gmina, type: gmina, label: Gmina}\n"
)


def event(wrong: str, cured: str, fields: str = "  - {name: termin, type: event, label: Termin}\n") -> Pair:
    """A form with an event of these keys and a question that offers it."""

    def whole(keys: str) -> str:
        return f"title: Spacer\nevents:\n  - {{id: T1, title: Termin{keys}}}\nfields:\n{fields}"

    return whole(wrong), whole(cured)


EVENT: Mapping[str, Pair] = {
    "duplicate-event": swap(
        f"{EVENTS}  - {{id: …, title: Drugi}}\nfields:\n  - {{name: termin, type: event, label: Termin}}\n", "T1", "T2"
    ),
    "unknown-event": swap(
        f"{EVENTS}fields:\n  - {{name: termin, type: event, label: Termin}}\n"
        "  - {name: drugi, type: group, label: Drugi, fields: [{name: t, type: event, label: T, events: [T1…]}]}\n",
        ", T2",
        "",
    ),
    "no-events": field("type: event", "type: text"),
    "event-twice": swap(
        f"{EVENTS}fields:\n  - {{name: a, type: event, label: A}}\n…",
        "  - {name: b, type: event, label: B}\n",
        "",
    ),
    "event-text": event(", place: 'Dla {termin}'", ", place: Sala 4"),
    "ends-before-starts": event(", starts: 2027-03-10, ends: 2027-03-09", ", starts: 2027-03-09, ends: 2027-03-10"),
    "after-start": event(", starts: 2027-03-10, closes: 2027-03-11", ", starts: 2027-03-10, closes: 2027-03-08"),
    "share-over-places": event(
        ", places: 2, per_gmina: 3", ", places: 3, per_gmina: 2",
        "  - {name: gmina, type: gmina, label: Gmina}\n  - {name: termin, type: event, label: Termin}\n",
    ),
    "no-share": event(", places: 2, per_gmina_until: 2027-02-01", ", places: 2"),
    "programme-gmina": form(
        "audience: programme",
        "audience: programme\nfields: [{name: gmina, type: gmina, label: Gmina, hint: Wpisz początek nazwy.}]",
    ),
    "no-gmina": event(", places: 3, per_gmina: 2", ", places: 3"),
    "no-waiting-list": event(", places: 2, offer_for: 48 hours", ", places: 2, offer_for: 48 hours, waiting_list: true"),
    "waiting-without-places": event(", waiting_list: true", ", waiting_list: true, places: 20"),
    "nobody-attends": swap(
        "title: Spacer\nsurvey: ankieta-po-szkoleniu\nevents:\n  - {id: T1, title: Termin…}\n"
        "fields:\n  - {name: termin, type: event, label: Termin}\n",
        "",
        ", starts: 2027-03-09 10:00",
    ),
    "anonymous-events": swap(
        f"…{EVENTS}fields:\n  - {{name: termin, type: event, label: Termin}}\n", "anonymous: true\n", ""
    ),
    "group-and-events": swap(
        f"{EVENTS[:-2]}, group: M1}}\nfields:\n  - {{name: termin, type: event, label: Termin, group: M1…}}\n",
        ", events: [T1]",
        "",
    ),
    "for-in-group": swap(
        f"{EVENTS}fields:\n"
        "  - {name: osoby, type: group, label: Osoby, fields: [{name: t, type: event, label: T…}]}\n",
        ", for: osoby",
        "",
    ),
    "event-unused": swap(f"{EVENTS}fields:\n  - {{name: termin, type: …, label: Termin}}\n", "text", "event"),
}  # fmt: skip
PERIOD: Mapping[str, Pair] = {
    "wrong-period": swap(SERIES.replace("…", "").replace("rok}", "rok, every: …}"), "month", "year"),
    "period-without-gmina": swap(
        "title: Spacer\nperiod: {field: rok}\nfields:\n  - {name: rok, type: year, label: Rok}\n…",
        "",
        "  - {name: gmina, type: gmina, label: Gmina}\n",
    ),
    "anonymous-period": swap(SERIES, "anonymous: true\n", ""),
    "due-without-open": swap(SERIES.replace("…", "").replace("rok}", "rok…, due: 2027-03-31}"), "", ", open: 2026"),
    "due-after-closes": swap(
        SERIES.replace("…", "closes: 2027-03-31\n").replace("rok}", "rok, open: 2026, due: 2027-0…}"),
        "4-30",
        "3-24",
    ),
    "wrong-sign-off": swap(
        "title: Raport\nsign_off: two\nfields:\n  - {name: koszt, type: money, label: Koszt}\n…",
        "",
        "  - {name: gmina, type: gmina, label: Gmina}\n",
    ),
    "no-period": swap(
        "title: Spacer\nfields:\n  - {name: osoby, type: integer, label: Osoby…}\n", ", compare: true", ""
    ),
    "wrong-compare": swap(
        SERIES.replace("…", "") + "  - {name: uwagi, type: text, label: Uwagi…}\n",
        ", warn_change: 30",
        ", compare: true",
    ),
    "early-prefill": swap(
        SERIES.replace("…", "") + "  - {name: osoby, type: integer, label: Osoby…}\n", ", prefill: previous", ""
    ),
}
CHAPTERS: Mapping[str, Mapping[str, Pair]] = {"Wydarzenia": EVENT, "Okresy": PERIOD}
