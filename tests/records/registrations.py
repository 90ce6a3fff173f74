"""What tests of places do: small forms with events, people who register, and the rules that hold whatever happens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from forms.definition import Email, Form
from forms.events import FORM, Event
from forms.events.claims import Claim
from forms.formula import plain
from records import bookings, responses, versions
from records.bookings import booked, places
from records.bookings.booked import Booking
from records.bookings.lifecycle import HOLDING, LIVE
from records.database import run
from records.responses import Sent, Taking, Working
from records.versions import Bundle
from tests.records.steps import NOW, numbered

SLUG = "szkolenie"
BIALOGARD, KOLOBRZEG, SZCZECIN = "3201011", "3208011", "3262011"
OLA = "staff:1"


def event(id_: str = "M1", places: int | None = 2, **more: Any) -> Event:
    """An event with a waiting list, unless told otherwise."""
    return Event(id_, plain(id_), places=places, **{"waiting_list": True, **more})


def form_of(*events: Event, text: str = "v1", review: str = "automatic", remind: int | None = None) -> Form:
    """A form with these events, stored as a version of its own for each `text`."""
    bundle = Bundle(text)
    versions.store(SLUG, bundle)
    emails = {"reminder": Email(days_before=remind)} if remind is not None else None
    return Form(
        slug=SLUG,
        title=plain("Szkolenie"),
        steps=(),
        hash=bundle.hash(),
        bundle={},
        review=review,
        emails=emails,
        events=tuple(each for each in events if each.kind == "event"),
        places={each.id: each for each in events},
    )


def claim(event_id: str, person: str = "", item: str = "") -> Claim:
    return Claim(event_id, item, person)


def send(key: str, form: Form, claims: Iterable[Claim], now: datetime = NOW, **more: Any) -> Sent:
    """What the draft or correction under this key says from now on."""
    current = responses.load(key)
    assert current is not None
    return responses.send(
        key,
        version_id=versions.store(SLUG, Bundle("v1")).id,
        answers={},
        revision=current.revision,
        number=numbered,
        now=now,
        taking=Taking(form, tuple(claims)),
        **more,
    )


def register(form: Form, *claims: Claim | str, gmina: str | None = None, now: datetime = NOW, **more: Any) -> str:
    """A response that asks for these places (an event's id is enough); its key."""
    begun = responses.begin(SLUG, versions.store(SLUG, Bundle("v1")).id, Working(), "pl", now)
    wanted = [claim(each) if isinstance(each, str) else each for each in claims or ("M1",)]
    send(begun.key, form, wanted, now, gmina=gmina, **more)
    return begun.key


def correct(key: str, form: Form, *claims: Claim | str, now: datetime = NOW, **more: Any) -> None:
    """The response corrected, so that it asks for these places."""
    responses.correct(key, now)
    send(key, form, [claim(each) if isinstance(each, str) else each for each in claims], now, **more)


def of(key: str) -> list[Booking]:
    """All bookings of a response."""
    response = responses.load(key)
    assert response is not None
    return booked.of_response(response.id)


def live(key: str) -> list[Booking]:
    return [each for each in of(key) if each.state in LIVE]


def only(key: str) -> Booking:
    """The one live booking of a response."""
    (booking,) = live(key)
    return booking


def states(*keys: str) -> list[str]:
    """The states of these responses."""
    found = [responses.load(key) for key in keys]
    return [each.state for each in found if each is not None]


def used(key: str) -> int | None:
    """How many places the ledger counts under a key."""
    row = run("SELECT used FROM place WHERE slug = ? AND key = ?", SLUG, key).fetchone()
    return int(row[0]) if row else None


class Process:
    """What one process of several remembers of versions; within its block, it is the one that works."""

    def __init__(self) -> None:
        self.memory: dict[tuple[str, str], str] = {}

    def __enter__(self) -> None:
        self.outer = dict(places._known)
        self._recall(self.memory)

    def __exit__(self, *raised: object) -> None:
        self.memory = dict(places._known)
        self._recall(self.outer)

    def _recall(self, memory: dict[tuple[str, str], str]) -> None:
        places._known.clear()
        places._known.update(memory)


def in_days(days: float) -> datetime:
    return NOW + timedelta(days=days)


def messages() -> list[str]:
    """The kinds of the messages in the outbox, in order."""
    return [row[0] for row in run("SELECT kind FROM message ORDER BY id").fetchall()]


def assert_sound(form: Form, now: datetime) -> None:
    """Whatever happened: the ledger counts what is booked, nothing is over its size, nobody waits who could be served."""
    ledger = {
        key: (size, n) for key, size, n in run("SELECT key, size, used FROM place WHERE slug = ?", SLUG).fetchall()
    }
    held: Counter[str] = Counter()
    for each in booked.select("slug = ?", SLUG):
        if each.state in HOLDING:
            held[each.event] += 1
            if each.gmina and f"{each.event}@" in ledger:
                held[f"{each.event}@{each.gmina}"] += 1
    assert {key: n for key, (_, n) in ledger.items() if n} == dict(held)
    assert all(n <= size for size, n in ledger.values())
    full = {key for key, (size, n) in ledger.items() if n >= size}
    for id_, each in form.places.items():
        if places.over_for_list(each, now):
            continue
        for waiter in bookings.waiting(SLUG, id_):
            if id_ != FORM and FORM in form.places and waiter.waits_for == FORM:
                (own,) = (
                    one for one in booked.of_response(waiter.response_id) if one.event == FORM and one.state in LIVE
                )
                assert own.state in ("waiting", "offered")
                continue
            assert {id_, f"{id_}@{waiter.gmina}"} & full, f"{waiter.id} waits for nothing"
