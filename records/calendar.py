"""iCalendar files (RFC 5545, 5546): invitations to events, their cancellation, and a feed of all events for staff."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

PRODUCT = "-//Nabor//Formularze dla gmin//PL"
HOUR = timedelta(hours=1)  # how long an event without an end is taken to last


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One event as a calendar holds it; moments are aware, in the zone of the place.

    Of two entries with the same `uid` a calendar keeps the one with the higher `sequence`.
    """

    uid: str
    sequence: int
    starts: datetime
    ends: datetime | None
    summary: str
    location: str = ""
    description: str = ""
    url: str = ""


def invitation(entries: Sequence[Entry], now: datetime, organizer: tuple[str, str], attendees: Sequence[str]) -> str:
    """A REQUEST for these events, from `organizer` (name, address) to the addresses."""
    return _calendar("REQUEST", entries, now, organizer, attendees)


def cancellation(entries: Sequence[Entry], now: datetime, organizer: tuple[str, str], attendees: Sequence[str]) -> str:
    """A CANCEL for events that were invitations before."""
    return _calendar("CANCEL", entries, now, organizer, attendees)


def feed(entries: Sequence[Entry], now: datetime, name: str) -> str:
    """A calendar to subscribe to."""
    return _calendar("PUBLISH", entries, now, None, (), name)


def several(text: str) -> list[str]:
    """The calendars of a stream of them, one text each."""
    parts = text.split("BEGIN:VCALENDAR")[1:]
    return [f"BEGIN:VCALENDAR{part}" for part in parts]


def _calendar(
    method: str,
    entries: Sequence[Entry],
    now: datetime,
    organizer: tuple[str, str] | None,
    attendees: Sequence[str],
    name: str = "",
) -> str:
    # Loaded when the first one is written: 7 MB that a server without events never needs.
    from icalendar import Calendar, Event, vCalAddress, vText  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("sequence", entry.sequence)
        event.add("dtstamp", now)
        event.add("dtstart", entry.starts)
        event.add("dtend", entry.ends or entry.starts + HOUR)
        event.add("summary", entry.summary)
        event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
        for key, value in (("location", entry.location), ("description", entry.description), ("url", entry.url)):
            if value:
                event.add(key, value)
        if organizer is not None:
            address = vCalAddress(f"mailto:{organizer[1]}")
            address.params["cn"] = vText(organizer[0])
            event["organizer"] = address
        for each in attendees:
            guest = vCalAddress(f"mailto:{each}")
            guest.params["rsvp"] = vText("FALSE")
            guest.params["partstat"] = vText("ACCEPTED")
            event.add("attendee", guest, encode=False)
        calendar.add_component(event)
    years = [entry.starts.year for entry in entries] or [now.year]
    calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    text: bytes = calendar.to_ical()
    return text.decode()
