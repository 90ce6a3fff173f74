"""Invitations to surveys: who is asked and when, once each, and that nothing leads from an answer to whom it came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from forms.definition import Form
from forms.spans import WARSAW
from records import bookings, outbox, surveys
from records.bookings import attendance
from records.database import run
from records.surveys import Used
from tests.records.registrations import OLA, claim, event, form_of, of, register
from tests.records.steps import counting

START = datetime(2027, 3, 9, 9, 0, tzinfo=WARSAW)
END = datetime(2027, 3, 10, 15, 0, tzinfo=WARSAW)
SECRET = "a secret of the server"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def training() -> Form:
    return replace(form_of(event("M1", places=9, starts=START, ends=END)), survey="ankieta")


def invited() -> list[tuple[str, int, bool]]:
    """(kind of message, booking, whether it is a reminder), in order; messages that are not about the survey left out."""
    found = [each for each in reversed(outbox.recent()) if each.kind == surveys.KIND]
    return [(each.kind, each.facts["bookings"][0], each.facts["again"]) for each in found]


def attend(form: Form, key: str) -> int:
    (booking,) = of(key)
    attendance.note(booking.id, form, "2027-03-09/1", True, END, OLA)
    return booking.id


def test_who_was_there_is_asked_once_when_the_event_is_over(database: Any) -> None:
    form = training()
    there = attend(form, register(form, claim("M1")))
    register(form, claim("M1"))
    assert surveys.ask(form, SECRET, END - HOUR) == 0
    assert surveys.ask(form, SECRET, END) == 1
    assert surveys.ask(form, SECRET, END + DAY) == 0
    assert invited() == [("survey", there, False)]


def test_where_nobody_was_noted_all_who_had_a_place_are_asked_a_day_later(database: Any) -> None:
    form = training()
    first, second = register(form, claim("M1")), register(form, claim("M1"))
    bookings.withdraw(second, form, START - DAY, OLA)
    assert surveys.ask(form, SECRET, END + HOUR) == 0
    assert surveys.ask(form, SECRET, END + DAY) == 1
    assert [booking for _, booking, _ in invited()] == [of(first)[0].id]


def test_a_list_filled_in_late_still_asks_those_who_are_found_on_it(database: Any) -> None:
    form = training()
    keys = [register(form, claim("M1")) for _ in range(2)]
    attend(form, keys[0])
    assert surveys.ask(form, SECRET, END) == 1
    attend(form, keys[1])
    assert surveys.ask(form, SECRET, END + 3 * DAY) == 1
    assert surveys.ask(form, SECRET, END + timedelta(days=60)) == 0


def test_a_week_later_who_has_not_answered_is_reminded_once(database: Any) -> None:
    form = training()
    first, second = (attend(form, register(form, claim("M1"))) for _ in range(2))
    surveys.ask(form, SECRET, END)
    surveys.use(surveys.token(first, "ankieta", SECRET), "ankieta", END + DAY)
    assert surveys.ask(form, SECRET, END + 6 * DAY) == 0
    assert surveys.ask(form, SECRET, END + 7 * DAY) == 1
    assert surveys.ask(form, SECRET, END + 30 * DAY) == 0
    assert invited()[-1] == ("survey", second, True)


def test_an_invitation_counts_once_and_only_for_its_own_survey(database: Any) -> None:
    form = training()
    token = surveys.token(attend(form, register(form, claim("M1"))), "ankieta", SECRET)
    with pytest.raises(Used):
        surveys.use(token, "ankieta", END)
    surveys.ask(form, SECRET, END)
    with pytest.raises(Used):
        surveys.use(token, "inna", END)
    surveys.use(token, "ankieta", END)
    with pytest.raises(Used):
        surveys.use(token, "ankieta", END)
    assert surveys.find(token) == surveys.Invitation("ankieta", used=True)
    assert surveys.find("x" * 22) is None


def test_neither_the_token_nor_the_hour_of_its_use_is_stored_anywhere(database: Any) -> None:
    form = training()
    booking = attend(form, register(form, claim("M1")))
    surveys.ask(form, SECRET, END)
    token = surveys.token(booking, "ankieta", SECRET)
    surveys.use(token, "ankieta", END + timedelta(hours=3, minutes=7))
    rows = [*run("SELECT * FROM invitation").fetchall(), *run("SELECT * FROM message").fetchall()]
    assert token not in str(rows)
    assert surveys.token(booking, "ankieta", "another secret") != token
    (used,) = run("SELECT used_on FROM invitation").fetchone()
    assert str(used) == "2027-03-09 23:00:00"  # midnight in Warsaw


def test_used_invitations_are_written_anew_in_an_order_that_tells_nothing(database: Any, engine: str) -> None:
    form = training()
    ids = [attend(form, register(form, claim("M1"))) for _ in range(6)]
    surveys.ask(form, SECRET, END)
    for booking in ids:
        surveys.use(surveys.token(booking, "ankieta", SECRET), "ankieta", END)
    before = run("SELECT hash, used_on FROM invitation ORDER BY hash").fetchall()
    surveys.blur(END)  # the day is not over
    if engine == "postgres":
        assert len(set(run("SELECT xmin::text FROM invitation").fetchall())) == 6
    surveys.blur(END + DAY)
    assert run("SELECT hash, used_on FROM invitation ORDER BY hash").fetchall() == before
    if engine == "postgres":
        assert len(set(run("SELECT xmin::text FROM invitation").fetchall())) == 1
        laid = [row[0] for row in run("SELECT hash FROM invitation ORDER BY ctid").fetchall()]
        assert laid == sorted(laid)


def test_asking_when_nothing_is_due_costs_two_queries_for_an_event_that_is_over_and_none_for_others(
    database: Any,
) -> None:
    form = training()
    attend(form, register(form, claim("M1")))
    surveys.ask(form, SECRET, END)
    with counting(database) as seen:
        surveys.ask(form, SECRET, START)
        surveys.ask(form, SECRET, END + timedelta(days=50))
        assert seen == []
        surveys.ask(form, SECRET, END + 8 * HOUR)
    assert len(seen) == 1
    with counting(database) as seen:
        surveys.ask(form, SECRET, END + timedelta(days=6))
    assert len(seen) == 2
