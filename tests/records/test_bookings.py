"""What people and staff do with bookings: withdraw, register again, decide, mark who was there, allow more time."""

from __future__ import annotations

from typing import Any

import pytest

from records import audit, bookings, responses
from records.bookings import Illegal
from records.bookings.lifecycle import HOLDING, LEGAL, LIVE, check, kind_of_message, summary
from records.database import run, writing
from records.responses import Conflict, Missing, Taken, Working
from tests.records.registrations import (
    OLA,
    SLUG,
    assert_sound,
    claim,
    correct,
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
from tests.records.steps import LATER, NOW, counting, draft, send

pytestmark = pytest.mark.usefixtures("database")


def test_what_follows_what_stands_in_one_table() -> None:
    assert set(LEGAL) == {*LIVE, "draft", "rejected", "withdrawn", "replaced"}
    check("offered", "accepted")
    for was, to in (
        ("withdrawn", "accepted"),
        ("accepted", "waiting"),
        ("waiting", "attended"),
        ("rejected", "accepted"),
    ):
        with pytest.raises(Illegal):
            check(was, to)
    ends = {state for state, after in LEGAL.items() if not after}
    assert ends == {"rejected", "withdrawn", "replaced"}
    assert not ends & set(HOLDING)


@pytest.mark.parametrize(
    ("of_bookings", "state", "kind"),
    [
        (["accepted", "accepted"], "accepted", "accepted"),
        (["accepted", "waiting"], "accepted", "received"),
        (["waiting", "waiting"], "waiting", "waiting"),
        (["waiting", "offered"], "offered", "received"),
        (["submitted", "accepted"], "submitted", "received"),
        (["attended", "withdrawn"], "accepted", "received"),
        (["rejected", "withdrawn"], "rejected", "received"),
        (["withdrawn", "replaced"], "withdrawn", "received"),
    ],
)
def test_a_response_sums_up_its_bookings(of_bookings: list[str], state: str, kind: str) -> None:
    assert (summary(of_bookings), kind_of_message(of_bookings)) == (state, kind)


def test_whoever_withdraws_may_register_again_but_never_twice_at_once() -> None:
    form = form_of(event())
    key = register(form, one_per="ola")
    with pytest.raises(Taken):
        register(form, one_per="ola")
    assert used("M1") == 1, "the refused one took no place"
    bookings.withdraw(key, form, NOW, "respondent")
    bookings.withdraw(key, form, NOW, "respondent")
    assert (states(key), live(key), used("M1")) == (["withdrawn"], [], 0)
    assert states(register(form, one_per="ola")) == ["accepted"]
    assert messages() == ["withdrawn"]


def test_a_withdrawn_response_keeps_its_answers_and_is_not_corrected_any_more() -> None:
    form = form_of(event())
    key = register(form)
    opened = responses.correct(key, NOW)
    bookings.withdraw(key, form, NOW, "respondent")
    with pytest.raises(Conflict):
        responses.save(opened, Working({"a": 1}), version_id=1, revision=opened.revision, now=NOW)
    after = responses.correct(key, NOW)
    assert (after.working, after.answers) == (None, {})
    with pytest.raises(Missing):
        bookings.withdraw("nobody", form, NOW, "respondent")


def test_one_booking_is_withdrawn_and_the_last_one_ends_the_response() -> None:
    form = form_of(event(), event("M2"))
    key = register(form, "M1", "M2", one_per="ola")
    first, second = of(key)
    bookings.withdraw_one(first.id, form, NOW, OLA, "Szkolenie odwołane.")
    assert (states(key), [each.event for each in live(key)]) == (["accepted"], ["M2"])
    assert of(key)[0].reason == "Szkolenie odwołane."
    bookings.withdraw_one(second.id, form, NOW, OLA)
    assert states(key) == ["withdrawn"]
    register(form, one_per="ola")
    with pytest.raises(Illegal):
        bookings.withdraw_one(second.id, form, NOW, OLA)


def test_where_staff_decide_a_place_is_held_until_they_do() -> None:
    form = form_of(event(places=1), review="staff")
    first, second = register(form), register(form)
    assert (states(first, second), used("M1")) == (["submitted", "waiting"], 1)
    bookings.accept(first, form, NOW, OLA)
    assert (states(first), used("M1")) == (["accepted"], 1)
    with pytest.raises(Illegal):
        bookings.reject(first, form, NOW, OLA, "za późno")
    with pytest.raises(Illegal):
        bookings.accept(second, form, NOW, OLA)
    bookings.withdraw(first, form, NOW, "respondent")
    assert states(second) == ["submitted"], "whoever gets a place from the list is decided on too"
    bookings.reject(second, form, NOW, OLA, "Zgłoszenie spoza województwa.")
    assert (states(second), of(second)[0].reason, used("M1")) == (["rejected"], "Zgłoszenie spoza województwa.", 0)
    assert messages() == ["accepted", "withdrawn", "rejected"]
    assert_sound(form, NOW)


def test_staff_decide_on_single_bookings() -> None:
    form = form_of(event(places=1), event("M2"), review="staff")
    key, waits = register(form, "M1", "M2", one_per="ola"), register(form)
    first, second = of(key)
    bookings.accept_one(first.id, form, NOW, OLA)
    bookings.reject_one(second.id, form, NOW, OLA, "brak")
    assert [each.state for each in of(key)] == ["accepted", "rejected"]
    with pytest.raises(Illegal):
        bookings.accept_one(only(waits).id, form, NOW, OLA)
    with pytest.raises(Missing):
        bookings.accept_one(10_000, form, NOW, OLA)


def test_a_response_without_places_is_decided_on_as_a_whole(version: int) -> None:
    form = form_of(review="staff")
    keys = [draft(version) for _ in range(3)]
    for each in keys:
        send(each, version)
    accepted, rejected, withdrawn = (each.key for each in keys)
    bookings.accept(accepted, form, NOW, OLA)
    bookings.reject(rejected, form, NOW, OLA, "spoza terenu")
    bookings.withdraw(withdrawn, form, NOW, "respondent")
    assert states(accepted, rejected, withdrawn) == ["accepted", "rejected", "withdrawn"]
    assert messages() == ["accepted", "rejected", "withdrawn"]
    with pytest.raises(Illegal):
        bookings.accept(rejected, form, NOW, OLA)
    assert audit.of_subject(rejected)[0].action == "rejected"


def test_who_was_there_is_marked_and_the_mark_mended_without_a_message() -> None:
    form = form_of(event(places=1))
    key, waits = register(form), register(form)
    booking = only(key)
    for state in ("attended", "attended", "absent", "accepted", "absent"):
        bookings.mark(booking.id, form, NOW, OLA, state)
        assert of(key)[0].state == state
    assert messages() == []
    assert states(key, waits) == ["accepted", "waiting"], "an empty chair is not given away"
    with pytest.raises(Illegal):
        bookings.withdraw(key, form, NOW, "respondent")
    with pytest.raises(Illegal):
        bookings.mark(only(waits).id, form, NOW, OLA, "attended")


def test_staff_allow_one_response_more_time() -> None:
    form = form_of(event())
    key = register(form)
    bookings.extend(key, form, in_days(5), NOW, OLA)
    response = responses.load(key)
    assert response is not None
    assert response.edit_until == in_days(5)
    bookings.extend(key, form, None, NOW, OLA)
    assert responses.load(key).edit_until is None  # type: ignore[union-attr]
    with pytest.raises(Missing):
        bookings.extend("nobody", form, None, NOW, OLA)


def test_staff_count_all_events_in_one_query(database: Any) -> None:
    form = form_of(event(places=1), event("M2"))
    for _ in range(3):
        register(form, "M1", "M2")
    with counting(database) as seen:
        found = bookings.counts(SLUG)
    assert len(seen) == 1
    assert (found["M1"]["accepted"], found["M1"]["waiting"], found["M1"]["offered"]) == (1, 2, 0)
    assert [each.event for each in bookings.of_event(SLUG, "M2")] == ["M2", "M2", "M2"]
    assert len(bookings.of_event(SLUG, "M1", ["waiting"])) == 2


def test_what_fails_later_in_the_same_transaction_takes_all_of_it_back() -> None:
    form = form_of(event(places=1))
    key, waits = register(form), register(form)
    with pytest.raises(RuntimeError), writing():
        bookings.withdraw(key, form, NOW, "respondent")
        raise RuntimeError
    assert (states(key, waits), messages()) == (["accepted", "waiting"], [])
    assert_sound(form, NOW)


def test_every_change_is_in_the_log_without_a_person() -> None:
    form = form_of(event(places=1))
    key = register(form, claim("M1", "ola@gmina.pl", "osoby-0"))
    waits = register(form)
    correct(key, form, claim("M1", "jan@gmina.pl", "osoby-0"))
    bookings.withdraw(key, form, LATER, OLA, "Ola zachorowała")
    assert [(each.actor, each.action) for each in audit.of_subject(key)] == [
        ("respondent", "sent"),
        ("respondent", "replaced"),
        (OLA, "withdrawn"),
    ]
    assert audit.of_subject(waits)[-1].actor == "system"
    assert audit.of_subject(waits)[-1].details["bookings"] == [
        {"booking": only(waits).id, "event": "M1", "from": "waiting", "to": "accepted"}
    ]
    logged = " ".join(row[0] for row in run("SELECT details FROM audit_entry").fetchall())
    assert "@" not in logged
    assert "zachorowa" not in logged
    assert audit.verify() is None
