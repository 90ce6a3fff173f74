"""An audit in finished words: scores, class, barriers, recommendations with what was done about them, two audits compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from forms.auditing.comparing import BETTER, GONE, NEW, SAME, WORSE, Comparison
from forms.auditing.reading import Findings, Rated
from forms.wording import NBSP, Say, number, say, short_date
from records import audits
from records.audits import Audited, Recommended
from views import wording
from views.markdown import paragraphs, typographic
from views.services import now

STATES: dict[str, tuple[Say, str]] = {
    audits.OPEN: (say("do zrobienia"), "warning"),
    audits.PLANNED: (say("zaplanowana"), "plain"),
    audits.DONE: (say("wykonana"), "good"),
    audits.DROPPED: (say("zaniechana"), "plain"),
}
HOW: dict[str, tuple[Say, str]] = {
    BETTER: (say("lepiej"), "good"),
    WORSE: (say("gorzej"), "bad"),
    SAME: (say("bez zmian"), "plain"),
    NEW: (say("teraz oceniana"), "plain"),
    GONE: (say("już nieoceniana"), "plain"),
}
NO_WORDS = say("Napisz, co zrobiono albo dlaczego rekomendacja nie będzie wykonana.")
SAME_AGAIN = say("Nic się nie zmieniło. Wybierz inny stan albo napisz, co zrobiono.")
DONE = say("Zapisano. Wpis jest w historii rekomendacji.")


def percent(score: Decimal | None) -> str:
    """`40,3%`, or a dash where nothing was rated."""
    return f"{number(score, 1)}%" if score is not None else "–"


def result(found: Findings) -> dict[str, Any]:
    """Building, class, scores and critical barriers."""
    figures = [
        {"label": str(say("Wynik")), "text": percent(found.score)},
        {"label": str(say("Klasa")), "text": found.grade or "–"},
        {"label": str(say("Bariery krytyczne")), "text": number(len(found.barriers))},
    ]
    barriers = [each for each in (found.item(item) for item in found.barriers) if each is not None]
    return {
        "building": typographic(found.building),
        "day": short_date(found.day) if found.day else "",
        "figures": figures,
        "lowered": str(say("Sam wynik dałby klasę „{earned}”. Klasę obniżają bariery krytyczne.", earned=found.earned))
        if found.earned
        else "",
        "areas": [
            {"label": typographic(each.title), "value": percent(each.score), "percent": str(each.score or 0)}
            for each in found.areas
        ],
        "barriers": [_barrier(each) for each in barriers],
    }


def _barrier(rated: Rated) -> dict[str, Any]:
    said = [rated.measure, " ".join(rated.remark.split())]
    return {"id": rated.id, "label": typographic(rated.label), "said": "; ".join(each for each in said if each)}


def recommended(
    rows: Sequence[Recommended], who: Callable[[str], str], url: Callable[[int], str], today: date
) -> list[dict[str, Any]]:
    """Recommendations with their history; `url` is where something is said about one, "" for who may only look."""
    log = audits.log_of([each.id for each in rows])
    return [
        {
            **(said := advice(each, today)),
            "facts": [
                {"label": str(label), "text": said[name]}
                for name, label in (
                    ("priority", say("Priorytet")),
                    ("cost", say("Szacunkowy koszt")),
                    ("due", say("Termin")),
                )
                if said[name]
            ],
            "id": each.id,
            "listed": each.listed,
            "url": url(each.id),
            "states": [
                {"value": value, "text": str(text), "selected": value == each.state}
                for value, (text, _) in STATES.items()
            ],
            "log": [
                {
                    "when": wording.local(entry.at),
                    "who": who(entry.actor),
                    "state": str(STATES[entry.state][0]),
                    "text": paragraphs(entry.text),
                }
                for entry in log.get(each.id, ())
            ],
        }
        for each in rows
    ]


def advice(each: Recommended, today: date) -> dict[str, Any]:
    """One recommendation in words."""
    text, kind = STATES[each.state]
    return {
        "item": each.item,
        "text": typographic(each.text),
        "priority": each.priority,
        "cost": f"{number(each.cost, 2)}{NBSP}zł" if each.cost is not None else "",
        "due": short_date(each.due) if each.due else "",
        "late": each.late(today),
        "state": {"text": str(text), "kind": kind},
    }


def choices(every: Sequence[Audited], this: int) -> list[dict[str, Any]]:
    """The audits that this one may be compared with, in the order in which they come."""
    return [
        {
            "value": each.key,
            "text": f"{short_date(each.day)}, {each.name}, {each.reference}",
            "selected": False,
        }
        for each in every
        if each.id != this
    ]


def compared(changes: Comparison, before: Findings, after: Findings) -> dict[str, Any]:
    """Two audits beside one another."""
    return {
        "days": [short_date(each.day) if each.day else "–" for each in (before, after)],
        "buildings": [typographic(before.building), typographic(after.building)],
        "figures": [
            {"label": str(text).capitalize(), "text": number(changes.count(how))} for how, (text, _) in HOW.items()
        ],
        "areas": [
            [typographic(area.title), percent(was), percent(area.score), _difference(was, area.score)]
            for area, was in changes.areas
        ]
        + [
            [str(say("Razem")), percent(before.score), percent(after.score), _difference(before.score, after.score)],
            [str(say("Klasa")), before.grade or "–", after.grade or "–", ""],
        ],
        "barriers": [
            {"title": str(title), "items": [_named(id_, after, before) for id_ in ids]}
            for title, ids in (
                (say("Nowe"), changes.added),
                (say("Nadal są"), changes.lasting),
                (say("Usunięte"), changes.removed),
            )
            if ids
        ],
        "rows": [
            {
                "id": each.id,
                "label": typographic(each.label),
                "before": _said(each.before),
                "after": _said(each.after),
                "how": {"text": str(HOW[each.how][0]), "kind": HOW[each.how][1]},
            }
            for each in changes.items
        ],
    }


def _named(id_: str, *where: Findings) -> str:
    rated = next((found for found in (each.item(id_) for each in where) if found is not None), None)
    return f"{id_}. {typographic(rated.label)}" if rated is not None else id_


def _said(rated: Rated | None) -> str:
    return rated.said if rated is not None and rated.said else "–"


def _difference(before: Decimal | None, after: Decimal | None) -> str:
    if before is None or after is None:
        return "–"
    change = after - before
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{number(abs(change), 1)}"


def today() -> date:
    """The day in Warsaw by which a recommendation is late."""
    return now().date()
