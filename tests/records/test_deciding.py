"""What staff decide about several bookings at once, and who they are: on both engines."""

from __future__ import annotations

from typing import Any

from records import audit, guests
from records.bookings import deciding
from records.bookings.lifecycle import ACCEPTED, ATTENDED, REJECTED, WITHDRAWN
from records.database import run
from tests.records.registrations import (
    BIALOGARD,
    KOLOBRZEG,
    OLA,
    assert_sound,
    claim,
    event,
    form_of,
    messages,
    of,
    only,
    register,
    states,
)
from tests.records.steps import NOW


def two(event_id: str = "M1") -> list[Any]:
    """Two people of one response at one event."""
    return [claim(event_id, "a", "osoby-0"), claim(event_id, "b", "osoby-1")]


def test_several_of_one_response_are_one_transaction_one_entry_and_one_message(database: Any) -> None:
    form = form_of(event("M1", places=5), review="staff")
    key = register(form, *two())
    entries = audit.count()
    done = deciding.decide([each.id for each in of(key)], form, NOW, OLA, ACCEPTED)
    assert (done.done, done.skipped) == (2, ())
    assert states(key) == ["accepted"]
    assert messages()[-1:] == ["accepted"]
    assert messages().count("accepted") == 1
    assert audit.count() == entries + 1


def test_those_whose_state_does_not_allow_it_are_skipped_and_the_rest_is_done(database: Any) -> None:
    form = form_of(event("M1", places=1), review="staff")
    first, second = register(form), register(form)
    ids = [of(first)[0].id, of(second)[0].id]
    done = deciding.decide(ids, form, NOW, OLA, ACCEPTED)  # the second waits: a place comes from the list only
    assert (done.done, done.skipped) == (1, (ids[1],))
    assert deciding.decide(ids, form, NOW, OLA, ATTENDED).skipped == (ids[1],)
    assert deciding.decide(ids, form, NOW, OLA, REJECTED, "powód").skipped == (ids[0],)
    assert states(first, second) == ["accepted", "rejected"]
    assert_sound(form, NOW)


def test_places_given_up_go_to_those_who_wait(database: Any) -> None:
    form = form_of(event("M1", places=2))
    first, waits = register(form, *two()), register(form)
    assert states(waits) == ["waiting"]
    deciding.decide([each.id for each in of(first)], form, NOW, OLA, WITHDRAWN, "Zgłoszenie podwójne.")
    assert states(first, waits) == ["withdrawn", "accepted"]
    assert_sound(form, NOW)


def test_where_places_are_the_forms_own_the_whole_response_ends(database: Any) -> None:
    form = form_of(event("form", places=1, kind="form"), event("M1", places=5))
    key = register(form, "form", "M1")
    (own, _) = of(key)
    deciding.decide([own.id], form, NOW, OLA, WITHDRAWN)
    assert [each.state for each in of(key)] == ["withdrawn", "withdrawn"]
    assert_sound(form, NOW)


def test_bookings_of_another_form_are_not_touched(database: Any) -> None:
    form = form_of(event("M1", places=5))
    key = register(form)
    run("UPDATE booking SET slug = 'inny'")
    assert deciding.decide([of(key)[0].id], form, NOW, OLA, WITHDRAWN).done == 0
    assert of(key)[0].state == "accepted"


def test_several_are_put_first_in_the_order_in_which_they_were_chosen_and_served_so(database: Any) -> None:
    form = form_of(event("M1", places=1))
    holder = register(form, gmina=BIALOGARD)
    a, b, c = (register(form, gmina=KOLOBRZEG) for _ in range(3))
    deciding.put_first([only(c).id, only(b).id], form, NOW, OLA, deciding.FIRST)
    done = deciding.put_first([only(holder).id], form, NOW, OLA, deciding.FIRST)
    assert done.skipped == (only(holder).id,)
    deciding.decide([only(holder).id], form, NOW, OLA, WITHDRAWN)
    assert states(a, b, c) == ["waiting", "waiting", "accepted"]
    deciding.put_first([only(b).id], form, NOW, OLA, deciding.LAST)
    deciding.decide([only(c).id], form, NOW, OLA, WITHDRAWN)
    assert states(a, b) == ["accepted", "waiting"]


def test_the_people_of_an_event_come_with_their_responses_in_the_order_of_asking(database: Any) -> None:
    form = form_of(event("M1", places=1), event("M2", places=9))
    first, second = register(form, "M1", "M2"), register(form, "M1")
    assert [response.key for _, response in guests.of_event(form.slug, "M1")] == [first, second]
    assert [booking.event for booking, _ in guests.of_form(form.slug)] == ["M1", "M2", "M1"]
    ids = [each.id for each in (*of(second), *of(first))]
    assert [booking.id for booking, _ in guests.chosen(form.slug, [*ids, 999])] == ids
    assert guests.of_event(form.slug, "M3") == []
