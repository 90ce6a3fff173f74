"""The waiting list: order of arrival, a gmina's own substitutes, offers that lapse, moments after which nobody is served."""

from __future__ import annotations

from datetime import timedelta

import pytest

from forms.events import FORM, Event
from forms.formula import plain
from records import bookings
from records.bookings import Illegal, Late
from records.bookings.queue import offer_ends
from records.database import run
from tests.records.registrations import (
    BIALOGARD,
    KOLOBRZEG,
    OLA,
    SLUG,
    SZCZECIN,
    assert_sound,
    claim,
    event,
    form_of,
    in_days,
    live,
    messages,
    of,
    only,
    register,
    states,
    used,
)
from tests.records.steps import NOW

pytestmark = pytest.mark.usefixtures("database")
HOURS = timedelta(hours=1)


def test_a_freed_place_goes_to_whoever_came_first() -> None:
    form = form_of(event(places=1))
    keys = [register(form) for _ in range(3)]
    bookings.withdraw(keys[0], form, NOW, "respondent")
    assert states(*keys) == ["withdrawn", "accepted", "waiting"]
    assert messages() == ["accepted", "withdrawn"] or messages() == ["withdrawn", "accepted"]


def test_a_place_given_back_goes_to_the_same_gmina_first_and_then_to_the_list() -> None:
    form = form_of(event(places=2))
    leaves = register(form, gmina=BIALOGARD)
    other = register(form, gmina=SZCZECIN)
    first, same, third = (register(form, gmina=each) for each in (KOLOBRZEG, BIALOGARD, KOLOBRZEG))
    bookings.withdraw(leaves, form, NOW, "respondent")
    assert states(first, same, third) == ["waiting", "accepted", "waiting"]
    bookings.withdraw(other, form, NOW, "respondent")
    assert states(first, third) == ["accepted", "waiting"]


def test_whom_staff_put_first_comes_first() -> None:
    form = form_of(event(places=1))
    leaves, first, second = (register(form, gmina=each) for each in (BIALOGARD, BIALOGARD, SZCZECIN))
    bookings.set_priority(only(second).id, form, NOW, OLA, 1)
    assert (bookings.position(only(second)), bookings.position(only(first))) == (1, 2)
    assert [each.id for each in bookings.waiting(SLUG, "M1")] == [only(second).id, only(first).id]
    bookings.withdraw(leaves, form, NOW, "respondent")
    assert states(first, second) == ["waiting", "accepted"]


def test_whoever_cannot_be_served_is_passed_over_and_keeps_the_place_in_the_list() -> None:
    form = form_of(event(places=3, per_gmina=1))
    own, blocked = register(form, gmina=BIALOGARD), register(form, gmina=BIALOGARD)
    others = [register(form, gmina=each) for each in (SZCZECIN, KOLOBRZEG, "3205011")]
    assert states(blocked, *others) == ["waiting", "accepted", "accepted", "waiting"]
    bookings.withdraw(others[0], form, NOW, "respondent")
    assert states(blocked, others[2]) == ["waiting", "accepted"]
    bookings.withdraw(own, form, NOW, "respondent")
    assert states(blocked) == ["accepted"]
    assert_sound(form, NOW)


def test_what_somebody_waits_for_is_kept_up_to_date() -> None:
    form = form_of(event(places=2, per_gmina=1))
    register(form, gmina=BIALOGARD)
    other = register(form, gmina=SZCZECIN)
    waits = register(form, gmina=KOLOBRZEG)
    late = register(form, gmina=KOLOBRZEG)
    assert only(late).waits_for == "M1"
    bookings.withdraw(other, form, NOW, "respondent")
    assert only(waits).state == "accepted"
    assert only(late).waits_for == f"M1@{KOLOBRZEG}"


def test_a_place_is_offered_and_held_until_it_is_taken_or_declined() -> None:
    form = form_of(event(places=1, offer_for=48 * HOURS))
    leaves, first, second = (register(form) for _ in range(3))
    bookings.withdraw(leaves, form, NOW, "respondent")
    assert states(first, second) == ["offered", "waiting"]
    assert only(first).offered_until == NOW + 48 * HOURS
    assert used("M1") == 1
    bookings.answer_offer(only(first).id, form, NOW, "respondent", take=False)
    assert states(first, second) == ["withdrawn", "offered"]
    assert of(first)[0].reason == "declined"
    bookings.answer_offer(only(second).id, form, in_days(1), "respondent", take=True)
    assert states(second) == ["accepted"]
    with pytest.raises(Illegal):
        bookings.answer_offer(only(second).id, form, in_days(1), "respondent", take=True)
    assert_sound(form, NOW)


def test_an_offer_that_nobody_takes_in_time_goes_to_the_next() -> None:
    form = form_of(event(places=1, offer_for=48 * HOURS))
    leaves, first, second, third = (register(form) for _ in range(4))
    bookings.withdraw(leaves, form, NOW, "respondent")
    offer = only(first).id
    bookings.tick(form, in_days(1.9))
    assert states(first) == ["offered"]
    with pytest.raises(Late):
        bookings.answer_offer(offer, form, in_days(2), "respondent", take=True)
    assert states(first, second) == ["withdrawn", "offered"]
    assert of(first)[0].reason == "expired"
    bookings.tick(form, in_days(4))
    assert states(second, third) == ["withdrawn", "offered"]
    assert messages().count("offered") == 3
    facts = run("SELECT facts FROM message WHERE kind = 'withdrawn' ORDER BY id").fetchall()
    assert ['"code":"expired"' in row[0] for row in facts] == [False, True, True]


def test_somebody_who_registers_finds_that_time_has_passed() -> None:
    form = form_of(event(places=1, offer_for=48 * HOURS))
    leaves, first, second = (register(form) for _ in range(3))
    bookings.withdraw(leaves, form, NOW, "respondent")
    newcomer = register(form, now=in_days(3))
    assert states(first, second, newcomer) == ["withdrawn", "offered", "waiting"]
    assert_sound(form, in_days(3))


@pytest.mark.parametrize(
    ("starts", "until", "held"),
    [
        (None, None, 48),
        (in_days(30), None, 48),
        (in_days(2), None, 24),  # half of the time left
        (NOW + 1.5 * HOURS, None, 1),  # but at least an hour
        (in_days(2), NOW + 5 * HOURS, 5),  # never beyond the end of promotion
    ],
)
def test_an_offer_is_shorter_near_the_start(starts: object, until: object, held: int) -> None:
    offered = event(starts=starts, promote_until=until, offer_for=48 * HOURS)
    assert offer_ends(offered, NOW) - NOW == held * HOURS


def test_after_the_list_is_closed_nobody_is_promoted_and_nobody_overtakes() -> None:
    form = form_of(
        event(places=1, promote_until=in_days(1)), event("M2", places=2, per_gmina=1, promote_until=in_days(1))
    )
    leaves, waits = register(form), register(form)
    bookings.withdraw(leaves, form, in_days(2), "respondent")
    newcomer = register(form, now=in_days(2))
    assert states(waits, newcomer) == ["waiting", "waiting"]
    assert (only(waits).waits_for, used("M1")) == ("M1", 0)
    served, blocked = (register(form, "M2", gmina=BIALOGARD, now=in_days(2)) for _ in range(2))
    assert states(served, blocked, register(form, "M2", gmina=SZCZECIN, now=in_days(2))) == [
        "accepted",
        "waiting",
        "accepted",
    ], "who waits for the share of a gmina is not overtaken by another gmina"


def test_nobody_is_promoted_once_the_event_has_begun() -> None:
    form = form_of(event(places=1, starts=in_days(1)))
    leaves, waits = register(form), register(form)
    bookings.withdraw(leaves, form, in_days(1.1), OLA)
    assert states(waits) == ["waiting"]


def test_a_place_on_the_form_that_is_taken_up_opens_its_events() -> None:
    whole = Event(FORM, plain("Szkolenie"), kind="form", places=1, waiting_list=True, offer_for=24 * HOURS)
    form = form_of(whole, event(places=5), event("M2", places=1))
    wanted = [claim("M1", "ola", "osoby-0"), claim("M2", "ola", "osoby-0")]
    leaves, waits = register(form, FORM, *wanted), register(form, FORM, *wanted)
    bookings.withdraw(leaves, form, NOW, "respondent")
    assert [each.state for each in live(waits)] == ["offered", "waiting", "waiting"]
    bookings.answer_offer(live(waits)[0].id, form, NOW, "respondent", take=True)
    assert [each.state for each in live(waits)] == ["accepted"] * 3
    declining = register(form, FORM, *wanted)
    bookings.withdraw(waits, form, NOW, "respondent")
    bookings.answer_offer(live(declining)[0].id, form, NOW, "respondent", take=False)
    assert (states(declining), live(declining)) == (["withdrawn"], [])
    assert_sound(form, NOW)


def test_an_offer_of_the_form_itself_that_lapses_takes_its_events_with_it() -> None:
    whole = Event(FORM, plain("Szkolenie"), kind="form", places=1, waiting_list=True, offer_for=24 * HOURS)
    form = form_of(whole, event(places=5))
    leaves, first, second = (register(form, FORM, "M1", one_per=str(n)) for n in range(3))
    bookings.withdraw(leaves, form, NOW, "respondent")
    bookings.tick(form, in_days(1))
    assert (states(first, second), live(first)) == (["withdrawn", "offered"], [])
    assert {each.reason for each in of(first)} == {"expired"}
    assert states(register(form, FORM, "M1", one_per="1", now=in_days(1))) == ["waiting"], "registered anew"
    assert_sound(form, in_days(1))


def test_a_reminder_is_written_once_to_those_who_have_a_place() -> None:
    form = form_of(event(places=1, starts=in_days(10)), remind=3)
    register(form)
    register(form)
    bookings.tick(form, in_days(6))
    assert messages() == []
    bookings.tick(form, in_days(7))
    bookings.tick(form, in_days(8))
    assert messages() == ["reminder"]
    bookings.tick(form, in_days(10))
    assert messages() == ["reminder"]
