"""What happens to bookings because a form has changed or time has passed: limits, offers that lapse, reminders."""

from __future__ import annotations

from datetime import datetime, timedelta

from forms.definition import Form
from records import audit, outbox
from records.bookings import places
from records.bookings.lifecycle import ACCEPTED
from records.bookings.places import Lowered
from records.bookings.queue import changing
from records.database import run, writing


class LowersTaken(Exception):
    """A new version of a form allows fewer places than are taken; `limits` says which."""

    def __init__(self, limits: list[Lowered]) -> None:
        super().__init__(f"{len(limits)} limits lie below what is taken")
        self.limits = limits


def sync_limits(form: Form, now: datetime, actor: str = audit.SYSTEM, *, allow_over: bool = True) -> list[Lowered]:
    """Puts the limits of this version of a form in force: a higher one serves those who wait, at once.

    A limit below what is taken expels nobody: no place is given until enough are freed; such limits are returned, with
    the numbers. Without `allow_over` they are refused with LowersTaken and nothing changes.
    """
    if not form.places:
        return []
    with writing():
        places.lock(form.slug)
        low = places.lowered(form, now)
        if low and not allow_over:
            raise LowersTaken(low)
        places.adopt(form.slug)
        with changing(form, now, actor, "limits"):
            return low


def tick(form: Form, now: datetime) -> None:
    """What time does to a form's bookings: offers lapse, shares are released, places are given, reminders are written.

    Cheap when nothing is due: two SELECTs.
    """
    if not form.places:
        return
    head = places.peek(form.slug)
    if head is None:
        return
    if head.hash != form.hash or (head.due_at is not None and head.due_at <= now):
        with changing(form, now, audit.SYSTEM, "tick"):
            pass
    _remind(form, now)


def _remind(form: Form, now: datetime) -> None:
    """One reminder for each event and response that has a place there, from `days_before` on, if the form wants any."""
    mail = (form.emails or {}).get("reminder")
    if mail is None or form.anonymous:
        return
    ahead = timedelta(days=mail.days_before)
    for event in form.events:
        if event.starts is None or not event.starts - ahead <= now < event.starts:
            continue
        rows = run(
            "SELECT response.id, response.key, response.language, booking.id FROM booking "
            "JOIN response ON response.id = booking.response_id WHERE booking.slug = ? AND booking.event = ? "
            "AND booking.state = ? AND NOT EXISTS (SELECT 1 FROM message "
            "WHERE message.once = response.key || ?) ORDER BY booking.id",
            *(form.slug, event.id, ACCEPTED, f":reminder:{event.id}"),
        ).fetchall()
        found: dict[tuple[int, str, str], list[int]] = {}
        for response_id, key, language, booking_id in rows:
            found.setdefault((response_id, key, language), []).append(booking_id)
        for (response_id, key, language), ids in found.items():
            outbox.put(
                "reminder",
                once=f"{key}:reminder:{event.id}",
                slug=form.slug,
                response_id=response_id,
                language=language,
                facts={"bookings": ids, "event": event.id},
                now=now,
            )
