"""Reminders to gminy that have sent nothing: 14, 7 and 2 days before their day, once each, and messages that staff write them.

A message is put down for each draft of the gmina, and one for the gmina itself (its official addresses, or whoever sent its
last report); to whom it goes and whether it still goes is looked up when it is sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from forms.definition import Form
from forms.spans import WARSAW
from records import audit, outbox
from records.bookings.lifecycle import OVER
from records.database import run, writing
from records.gminy import people
from records.models import moment
from records.obligations.drafts import drafts
from records.obligations.standing import UNSENT
from records.outbox import Letter

DUE, OWED = "due", "owed"  # kinds of message: a reminder, and what staff write
KINDS = (DUE, OWED)
DAYS = (14, 7, 2)  # before the day of a gmina
FROM_HOUR = 7  # nobody is reminded at night


@dataclass(frozen=True, slots=True)
class Lacking:
    """A gmina (TERYT code) that has sent nothing, until when it may, and since when it knows."""

    gmina: str
    due_at: datetime | None
    since: datetime


def lacking(slug: str, period: str) -> list[Lacking]:
    """Who has sent nothing for the period and was not let off. One SELECT."""
    rows = run(
        "SELECT one.gmina, COALESCE(one.extended_to, one.due_at), COALESCE(one.extended_at, one.opened_at) "  # noqa: S608
        f"FROM assignment AS one WHERE one.slug = ? AND one.period = ? AND one.excused_at IS NULL AND {UNSENT} "
        "ORDER BY one.gmina",
        *(slug, period, *OVER),
    ).fetchall()
    return [Lacking(row[0], moment(row[1]) if row[1] else None, moment(row[2])) for row in rows]


def remind(form: Form, now: datetime) -> int:
    """Puts down the reminders that are due now; how many. Cheap while none is: two SELECTs, and none before the first day.

    Of the days of DAYS only the nearest one counts: who comes under obligation five days before the end is not told of 14.
    """
    period, here = form.period.open if form.period is not None else "", now.astimezone(WARSAW)
    if not period or form.anonymous or form.state != "open" or here.hour < FROM_HOUR:
        return 0
    wanted = [(each, days) for each in lacking(form.slug, period) if (days := _days(each, here)) is not None]
    if not wanted:
        return 0
    told = _told(form.slug, period)
    fresh = [(each, days) for each, days in wanted if _once(form.slug, period, each, days) not in told]
    if not fresh:
        return 0
    begun = _begun(form, period)
    with writing():
        return sum(
            _put(DUE, form, period, each, _once(form.slug, period, each, days), begun, now, _midnight(each, days), {})
            for each, days in fresh
        )


def write_to(
    form: Form, period: str, gminy: Collection[str], text: Mapping[str, str], once: str, now: datetime, actor: str
) -> int:
    """A message of staff (`subject`, `body`) to those of these gminy that have sent nothing; to how many gminy.

    Said again under the same `once` it stays one.
    """
    begun = _begun(form, period)
    with writing():
        chosen = [each for each in lacking(form.slug, period) if each.gmina in gminy]
        for each in chosen:
            key = f"{OWED}:{form.slug}:{period}:{each.gmina}:{once}"
            _put(OWED, form, period, each, key, begun, now, now, text)
        details = {"period": period, "gminy": len(chosen)}
        audit.record(actor, "message", form.slug, form.slug, details, now)
    return len(chosen)


def stands(letter: Letter) -> bool:
    """Whether the gmina that a message is about has still sent nothing, owes it, and (of a reminder) until the same day."""
    facts = letter.facts
    found = next((each for each in lacking(letter.slug, facts["period"]) if each.gmina == facts["gmina"]), None)
    if found is None:
        return False
    return letter.kind != DUE or _iso(found.due_at) == facts.get("until", "")


def previous_id(slug: str, gmina: str, period: str) -> int | None:
    """The id of the newest response that the gmina has sent for an earlier period; None without one."""
    over = ", ".join("?" for _ in OVER)
    row = run(
        f"SELECT id FROM response WHERE slug = ? AND gmina = ? AND period < ? AND reference IS NOT NULL AND state NOT IN ({over}) "  # noqa: S608
        "ORDER BY period DESC, sent_at DESC, id DESC LIMIT 1",
        *(slug, gmina, period, *OVER),
    ).fetchone()
    return int(row[0]) if row else None


def _days(each: Lacking, here: datetime) -> int | None:
    """Which of DAYS it is for this gmina now; None before the first, after its day, and where that began before it knew."""
    if each.due_at is None or here > each.due_at:
        return None
    left = (each.due_at.astimezone(WARSAW).date() - here.date()).days
    days = min((days for days in DAYS if left <= days), default=None)
    return days if days is not None and each.since < _midnight(each, days) else None


def _midnight(each: Lacking, days: int) -> datetime:
    """When the day that lies so many days before a gmina's own begins."""
    day = (each.due_at or each.since).astimezone(WARSAW).date() - timedelta(days=days)
    return datetime.combine(day, time(), WARSAW)


def _once(slug: str, period: str, each: Lacking, days: int) -> str:
    day = (each.due_at or each.since).astimezone(WARSAW).date()
    return f"{DUE}:{slug}:{period}:{each.gmina}:{day}:{days}"


def _told(slug: str, period: str) -> set[str]:
    """What was put down already, by what makes each reminder this one."""
    start = f"{DUE}:{slug}:{period}:"
    rows = run("SELECT once FROM message WHERE once >= ? AND once < ?", start, f"{start[:-1]};").fetchall()
    return {row[0].rpartition("@")[0] for row in rows}


def _begun(form: Form, period: str) -> dict[str, list[tuple[int, str, datetime]]]:
    """By gmina its drafts: id, language, when saved."""
    found: dict[str, list[tuple[int, str, datetime]]] = {}
    for each in drafts(form, period=period):
        found.setdefault(each.gmina, []).append((each.id, each.language, each.saved_at))
    return found


def _put(
    kind: str,
    form: Form,
    period: str,
    each: Lacking,
    once: str,
    begun: Mapping[str, Iterable[tuple[int, str, datetime]]],
    now: datetime,
    until: datetime,
    text: Mapping[str, str],
) -> int:
    """A message to the gmina, and one for each of its drafts that was saved by `until`; how many."""
    facts: dict[str, Any] = {"gmina": each.gmina, "period": period, "until": _iso(each.due_at), **text}
    to: list[tuple[int | None, str, bool]] = [
        (id_, language, True) for id_, language, saved_at in begun.get(each.gmina, ()) if saved_at <= until
    ]
    last = previous_id(form.slug, each.gmina, period)
    if last is not None or people.addresses(each.gmina):
        to.append((last, form.languages[0], False))
    for id_, language, drafted in to:
        outbox.put(
            kind,
            once=f"{once}@{id_ if drafted else ''}",
            slug=form.slug,
            response_id=id_,
            language=language,
            facts={**facts, "draft": drafted},
            now=now,
        )
    return len(to)


def _iso(moment_: datetime | None) -> str:
    return moment_.astimezone(WARSAW).isoformat() if moment_ is not None else ""
