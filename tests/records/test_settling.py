"""Corrections and the places they touch: kept, handed to a colleague, given up, counted under another gmina."""

from __future__ import annotations

import pytest

from records import bookings
from records.bookings import Full
from records.database import run
from tests.records.registrations import (
    BIALOGARD,
    OLA,
    SZCZECIN,
    assert_sound,
    claim,
    correct,
    event,
    form_of,
    live,
    of,
    only,
    register,
    states,
    used,
)
from tests.records.steps import LATER, NOW

pytestmark = pytest.mark.usefixtures("database")

OLA_1, JAN_1 = (claim("M1", f"{who}@gmina.pl", "osoby-0") for who in ("ola", "jan"))
OLA_2, JAN_2, EWA_2 = (claim("M1", f"{who}@gmina.pl", "osoby-1") for who in ("ola", "jan", "ewa"))


def people(key: str) -> list[tuple[str, str, str]]:
    return [(each.item, each.person.split("@")[0], each.state) for each in live(key)]


def test_an_unchanged_claim_keeps_its_booking() -> None:
    form = form_of(event())
    key = register(form, OLA_1)
    before = of(key)
    correct(key, form, OLA_1, now=LATER)
    assert of(key) == before


def test_a_colleague_takes_over_the_place_also_when_the_list_is_long() -> None:
    form = form_of(event(places=1))
    key = register(form, OLA_1)
    others = [register(form) for _ in range(3)]
    correct(key, form, JAN_1, now=LATER)
    assert [(each.state, each.person) for each in of(key)] == [
        ("replaced", "ola@gmina.pl"),
        ("accepted", "jan@gmina.pl"),
    ]
    assert states(key, *others) == ["accepted", "waiting", "waiting", "waiting"]
    assert_sound(form, NOW)


def test_a_colleague_takes_over_the_turn_in_the_list() -> None:
    form = form_of(event(places=1))
    register(form)
    key, behind = register(form, OLA_1), register(form)
    correct(key, form, JAN_1, now=LATER)
    booking = only(key)
    assert (booking.person, booking.sequence, bookings.position(booking)) == ("jan@gmina.pl", 1, 1)
    assert bookings.position(only(behind)) == 2


def test_a_colleague_takes_over_an_offer_with_its_time() -> None:
    form = form_of(event(places=1, offer_for=LATER - NOW))
    leaves, key = register(form), register(form, OLA_1)
    bookings.withdraw(leaves, form, NOW, "respondent")
    correct(key, form, JAN_1)
    assert (only(key).state, only(key).offered_until) == ("offered", LATER)
    assert_sound(form, NOW)


def test_items_that_move_up_or_change_places_keep_their_bookings() -> None:
    form = form_of(event(places=3))
    key = register(form, OLA_1, JAN_2)
    ids = {each.person: each.id for each in of(key)}
    correct(key, form, JAN_1, OLA_2)
    assert {each.person: each.id for each in of(key)} == ids
    assert sorted(people(key)) == [("osoby-0", "jan", "accepted"), ("osoby-1", "ola", "accepted")]
    correct(key, form, OLA_1)
    assert people(key) == [("osoby-0", "ola", "accepted")]
    assert (only(key).id, used("M1")) == (ids["ola@gmina.pl"], 1)
    assert_sound(form, NOW)


def test_one_moves_up_while_another_is_replaced() -> None:
    form = form_of(event(places=2))
    key = register(form, OLA_1, JAN_2)
    correct(key, form, JAN_1, EWA_2)
    assert sorted(people(key)) == [("osoby-0", "jan", "accepted"), ("osoby-1", "ewa", "accepted")]
    assert [each.state for each in of(key)] == ["replaced", "accepted", "accepted"]
    assert_sound(form, NOW)


def test_a_place_that_is_given_up_goes_to_whoever_waits_before_anything_new_is_taken() -> None:
    form = form_of(event(places=1), event("M2", places=1))
    key, waits = register(form, "M1"), register(form, "M1")
    correct(key, form, "M2")
    assert (states(key, waits), only(key).event) == (["accepted", "accepted"], "M2")
    assert of(key)[0].reason == "dropped"
    correct(key, form, "M1")
    assert (states(key), used("M2")) == (["waiting"], 0)


def test_a_correction_that_finds_no_place_changes_nothing() -> None:
    form = form_of(event(places=1), event("M2", places=1, waiting_list=False))
    register(form, "M2")
    key = register(form, "M1")
    with pytest.raises(Full):
        correct(key, form, "M2")
    assert (only(key).event, used("M1"), states(key)) == ("M1", 1, ["accepted"])


def test_a_response_that_asks_for_nothing_any_more_lives_on() -> None:
    form = form_of(event())
    key = register(form, "M1")
    correct(key, form)
    assert (states(key), used("M1")) == (["submitted"], 0)
    correct(key, form, "M1")
    assert states(key) == ["accepted"]


def test_answers_that_still_name_a_place_that_was_declined_do_not_claim_it_again() -> None:
    form = form_of(event(places=3))
    key = register(form, OLA_1, JAN_2)
    bookings.withdraw_one(of(key)[0].id, form, NOW, OLA)
    for _ in range(2):
        correct(key, form, OLA_1, JAN_2)
        assert people(key) == [("osoby-1", "jan", "accepted")]
    correct(key, form, JAN_2)
    correct(key, form, OLA_1, JAN_2)
    assert sorted(people(key)) == [("osoby-0", "ola", "accepted"), ("osoby-1", "jan", "accepted")]


def test_another_gmina_is_counted_under_its_own_share() -> None:
    form = form_of(event(places=4, per_gmina=1))
    key, waits = register(form, gmina=BIALOGARD), register(form, gmina=BIALOGARD)
    correct(key, form, "M1", gmina=SZCZECIN)
    assert states(key, waits) == ["accepted", "accepted"]
    assert (used("M1"), used(f"M1@{BIALOGARD}"), used(f"M1@{SZCZECIN}")) == (2, 1, 1)
    correct(waits, form, "M1", gmina=SZCZECIN)
    assert (states(waits), only(waits).waits_for) == (["waiting"], f"M1@{SZCZECIN}")
    assert (used("M1"), used(f"M1@{BIALOGARD}")) == (1, 0)
    assert_sound(form, NOW)


def test_who_was_there_stays_whatever_the_answers_come_to_say() -> None:
    form = form_of(event())
    key = register(form, OLA_1)
    bookings.mark(only(key).id, form, NOW, OLA, "attended")
    correct(key, form, JAN_1)
    assert people(key) == [("osoby-0", "jan", "attended")]
    correct(key, form)
    assert people(key) == [("osoby-0", "jan", "attended")]


def test_an_anonymous_response_keeps_only_the_day_of_its_booking() -> None:
    form = form_of(event(kind="option"))
    object.__setattr__(form, "anonymous", True)
    key = register(form, "M1", gmina=BIALOGARD, anonymous=True)
    booking = only(key)
    assert (booking.gmina, booking.booked_at.astimezone().tzinfo is not None, booking.booked_at.minute) == (
        None,
        True,
        0,
    )
    assert {row[0] for row in run("SELECT at FROM audit_entry").fetchall()} == {
        row[0] for row in run("SELECT sent_at FROM response").fetchall()
    }
    bookings.withdraw(key, form, LATER, OLA)
    assert run("SELECT COUNT(*) FROM message").fetchone()[0] == 0


def test_who_waits_for_a_share_and_then_names_a_gmina_with_room_is_served_at_once() -> None:
    form = form_of(event(places=2, per_gmina=1))
    register(form, OLA_1, gmina=SZCZECIN)
    key = register(form, JAN_1, gmina=SZCZECIN)
    assert only(key).state == "waiting"
    correct(key, form, JAN_1, gmina=BIALOGARD, now=LATER)
    assert only(key).state == "accepted"
    assert states(key) == ["accepted"]
    assert_sound(form, NOW)
