"""The ledger of places: never more than there are, several limits at once, limits that change."""

from __future__ import annotations

from typing import Any

import peewee
import pytest

from forms.events import FORM, Event
from forms.formula import plain
from records import bookings, responses
from records.bookings import Full, LowersTaken, places
from records.bookings.places import Left, Lowered
from records.database import run, writing
from tests.records.registrations import (
    BIALOGARD,
    KOLOBRZEG,
    SLUG,
    SZCZECIN,
    Process,
    assert_sound,
    claim,
    event,
    form_of,
    in_days,
    only,
    register,
    states,
    used,
)
from tests.records.steps import NOW, counting, draft, send

pytestmark = pytest.mark.usefixtures("database")


def test_places_are_given_until_there_are_none_and_the_next_waits() -> None:
    form = form_of(event(places=2))
    keys = [register(form) for _ in range(4)]
    assert states(*keys) == ["accepted", "accepted", "waiting", "waiting"]
    assert [only(key).waits_for for key in keys[2:]] == ["M1", "M1"]
    assert used("M1") == 2
    assert_sound(form, NOW)


def test_the_database_itself_refuses_one_place_too_many() -> None:
    register(form_of(event(places=1)))
    with pytest.raises(peewee.IntegrityError), writing():
        run("UPDATE place SET used = used + 1 WHERE slug = ? AND key = 'M1'", SLUG)


def test_a_gmina_gets_no_more_than_its_share_while_others_are_served() -> None:
    form = form_of(event(places=5, per_gmina=2))
    own = [register(form, gmina=BIALOGARD) for _ in range(3)]
    other = register(form, gmina=SZCZECIN)
    assert states(*own, other) == ["accepted", "accepted", "waiting", "accepted"]
    assert only(own[2]).waits_for == f"M1@{BIALOGARD}"
    assert (used("M1"), used(f"M1@{BIALOGARD}"), used(f"M1@{SZCZECIN}")) == (3, 2, 1)


def test_a_share_that_is_released_is_not_asked_any_more_but_still_counted() -> None:
    form = form_of(event(places=4, per_gmina=1, per_gmina_until=in_days(1)))
    first, second, third = (register(form, gmina=BIALOGARD) for _ in range(3))
    assert states(first, second, third) == ["accepted", "waiting", "waiting"]
    later = register(form, gmina=BIALOGARD, now=in_days(1))
    assert states(second, third, later) == ["accepted"] * 3, "whoever waited is served before the newcomer"
    assert used(f"M1@{BIALOGARD}") == 4
    assert_sound(form, in_days(1))


def test_without_a_waiting_list_nothing_is_stored_and_all_that_is_full_is_named() -> None:
    option = Event("nocleg=tak", plain("Nocleg"), kind="option", places=1)
    form = form_of(event(places=1, waiting_list=False), option, event("M2", places=9))
    register(form, "M1", "nocleg=tak")
    with pytest.raises(Full) as caught:
        register(form, "M2", "nocleg=tak", "M1")
    assert caught.value.events == ("nocleg=tak", "M1")
    assert (used("M2"), used("M1"), used("nocleg=tak")) == (0, 1, 1)
    assert run("SELECT COUNT(*) FROM response WHERE state <> 'draft'").fetchone()[0] == 1
    assert run("SELECT COUNT(*) FROM booking").fetchone()[0] == 2


def test_who_waits_for_the_form_itself_waits_for_its_events_too() -> None:
    whole = Event(FORM, plain("Szkolenie"), kind="form", places=1, waiting_list=True)
    form = form_of(whole, event(places=5))
    first, second = (register(form, FORM, claim("M1", "ola", "osoby-0")) for _ in range(2))
    assert states(first, second) == ["accepted", "waiting"]
    response = responses.load(second)
    assert response is not None
    assert [each.waits_for for each in bookings.of_response(response.id)] == [FORM, FORM]
    bookings.withdraw(first, form, NOW, "respondent")
    assert [each.state for each in bookings.of_response(response.id)] == ["accepted", "accepted"]
    assert_sound(form, NOW)


def test_what_is_left_is_told_in_one_query(database: Any) -> None:
    form = form_of(
        event(places=5, per_gmina=2), event("M2", places=None), event("M3", places=1, promote_until=in_days(1))
    )
    for gmina in (BIALOGARD, BIALOGARD, BIALOGARD, SZCZECIN):
        register(form, "M1", "M3", gmina=gmina)
    with counting(database) as seen:
        left = places.available(form, NOW, BIALOGARD)
    assert len(seen) == 1
    assert left == {
        "M1": Left(5, 2, 0, 1, False),
        "M2": Left(None, None, None, 0, False),
        "M3": Left(1, 0, None, 3, False),
    }
    assert [left["M1"].full, left["M2"].full, left["M3"].full] == [True, False, True]
    assert places.available(form, NOW)["M1"] == Left(5, 2, None, 1, False)
    assert places.available(form, in_days(2), KOLOBRZEG)["M3"].closed_list


def test_a_form_without_places_asks_the_ledger_nothing(database: Any, version: int) -> None:
    begun = draft(version)
    with counting(database) as seen:
        send(begun, version)
        assert places.available(form_of(), NOW) == {}
    assert not [
        sql for sql in seen if any(table in sql for table in ("place", "ledger", "booking", "audit", "message"))
    ]


def test_a_raised_limit_serves_those_who_wait_at_once() -> None:
    form = form_of(event(places=1))
    keys = [register(form) for _ in range(4)]
    raised = form_of(event(places=3), text="v2")
    assert bookings.sync_limits(raised, NOW) == []
    assert states(*keys) == ["accepted", "accepted", "accepted", "waiting"]
    assert_sound(raised, NOW)


def test_a_new_version_comes_into_force_with_the_first_who_registers_under_it() -> None:
    form = form_of(event(places=1))
    first, second = register(form), register(form)
    newcomer = register(form_of(event(places=2), text="v2"))
    assert states(first, second, newcomer) == ["accepted", "accepted", "waiting"]


def test_a_limit_below_what_is_taken_is_refused_with_numbers_or_expels_nobody() -> None:
    form = form_of(event(places=3, per_gmina=3))
    keys = [register(form, gmina=BIALOGARD) for _ in range(4)]
    smaller = form_of(event(places=2, per_gmina=1), text="v2")
    with pytest.raises(LowersTaken) as caught:
        bookings.sync_limits(smaller, NOW, allow_over=False)
    assert caught.value.limits == [Lowered("M1", None, 2, 3), Lowered("M1", BIALOGARD, 1, 3)]
    assert bookings.sync_limits(smaller, NOW) == caught.value.limits
    assert states(*keys) == ["accepted"] * 3 + ["waiting"]
    for key in keys[:2]:
        bookings.withdraw(key, smaller, NOW, "respondent")
        assert_sound(smaller, NOW)
    assert states(keys[3]) == ["waiting"], "the share of the gmina is still full"
    assert states(register(smaller, gmina=SZCZECIN)) == ["accepted"]
    bookings.withdraw(keys[2], smaller, NOW, "respondent")
    assert states(keys[3]) == ["accepted"]
    assert_sound(smaller, NOW)


def test_a_process_that_started_with_an_older_version_does_not_set_the_limits_back() -> None:
    old, new = form_of(event(places=1)), form_of(event(places=3), text="v2")
    register(old)
    register(new)
    with Process():
        assert states(register(old), register(old)) == ["accepted", "waiting"], (
            "three places, as the newer version says"
        )


def test_a_process_that_still_serves_the_old_version_does_not_set_the_limits_back() -> None:
    old, new = form_of(event(places=1)), form_of(event(places=4), text="v2")
    slow, quick = Process(), Process()
    with slow:
        register(old)
    with quick:
        register(old)
        register(new)
    with slow:
        assert states(register(old), register(old)) == ["accepted", "waiting"], "four places, as the newer version says"
    with quick:
        register(new)
        assert used("M1") == 4


def test_a_version_that_is_put_back_holds_again() -> None:
    old, new = form_of(event(places=1)), form_of(event(places=3), text="v2")
    register(old)
    register(new)
    register(new)
    assert states(register(old)) == ["waiting"], "noticed while the process ran"
    assert states(register(new)) == ["waiting"]
    with Process():
        register(old)
        assert used("M1") == 3, "a process that starts trusts the version that was stored last"
        assert bookings.sync_limits(old, NOW) == [Lowered("M1", None, 1, 3)], "until it is told (flask setup)"
    assert used("M1") == 3


def test_an_event_that_is_no_longer_there_keeps_its_people_and_takes_nobody() -> None:
    form = form_of(event(places=3), event("M2"))
    key = register(form, "M1", "M2")
    without = form_of(event(places=3), text="v2")
    register(without)
    assert used("M2") == 1
    bookings.withdraw(key, without, NOW, "respondent")
    assert (used("M1"), used("M2")) == (1, 0)


def test_limits_without_bookings_are_left_whole() -> None:
    assert places.available(form_of(event(places=3, per_gmina=1)), NOW, BIALOGARD) == {"M1": Left(3, 3, 1, 0, False)}
