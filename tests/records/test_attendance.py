"""Who was there: half-days of events, and what follows from the marks for the state of a booking."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from forms.definition import Form
from forms.events import Event
from forms.formula import plain
from forms.spans import WARSAW
from records import audit, bookings
from records.bookings import attendance
from records.bookings.attendance import parts
from records.bookings.lifecycle import Illegal
from records.shapes import Missing
from tests.records.registrations import OLA, claim, event, form_of, messages, of, register
from tests.records.steps import NOW

START = datetime(2027, 3, 9, 9, 0, tzinfo=WARSAW)
END = datetime(2027, 3, 10, 15, 0, tzinfo=WARSAW)
FIRST, SECOND = "2027-03-09/1", "2027-03-09/2"


def training() -> Form:
    return form_of(event("M1", places=3, starts=START, ends=END))


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (START, END, ("2027-03-09/1", "2027-03-09/2", "2027-03-10/1", "2027-03-10/2")),
        (START, START.replace(hour=13), ("2027-03-09/1",)),
        (START.replace(hour=14), END.replace(hour=12), ("2027-03-09/2", "2027-03-10/1")),
        (START.replace(hour=14), None, ("2027-03-09/2",)),
        (START.replace(hour=0), START.replace(hour=23, minute=59), ("2027-03-09/1", "2027-03-09/2")),
        (None, None, ()),
    ],
)
def test_an_event_has_the_half_days_on_which_it_takes_place(
    starts: datetime | None, ends: datetime | None, expected: tuple[str, ...]
) -> None:
    assert parts(Event("M1", plain("Moduł 1"), starts=starts, ends=ends)) == expected


def test_whoever_was_there_in_any_half_day_has_attended_and_a_mistake_is_taken_back(database: Any) -> None:
    form = training()
    key = register(form, claim("M1"))
    (booking,) = of(key)
    before = messages()
    attendance.note(booking.id, form, FIRST, False, NOW, OLA)
    assert of(key)[0].state == "accepted"
    assert attendance.note(booking.id, form, SECOND, True, NOW, OLA).state == "attended"
    assert attendance.of_bookings([booking.id]) == {booking.id: {FIRST: False, SECOND: True}}
    assert attendance.note(booking.id, form, SECOND, False, NOW, OLA).state == "accepted"
    assert messages() == before
    assert audit.verify() is None


def test_a_half_day_that_the_event_does_not_have_and_a_person_without_a_place_are_refused(database: Any) -> None:
    form = training()
    key = register(form, claim("M1"))
    (booking,) = of(key)
    with pytest.raises(Missing):
        attendance.note(booking.id, form, "2027-03-11/1", True, NOW, OLA)
    with pytest.raises(Missing):
        attendance.note(999, form, FIRST, True, NOW, OLA)
    bookings.withdraw(key, form, NOW, OLA)
    with pytest.raises(Illegal):
        attendance.note(booking.id, form, FIRST, True, NOW, OLA)
    assert attendance.of_bookings([booking.id]) == {}


def test_a_list_that_ends_makes_the_others_absent_and_one_that_nobody_kept_makes_nobody(database: Any) -> None:
    form = training()
    there, missing = register(form, claim("M1")), register(form, claim("M1"))
    assert attendance.close(form, form.events[0], NOW, OLA) == 0
    attendance.note(of(there)[0].id, form, FIRST, True, NOW, OLA)
    attendance.close_ended(form, END + timedelta(hours=23), OLA)
    assert [of(key)[0].state for key in (there, missing)] == ["attended", "accepted"]
    attendance.close_ended(form, END + timedelta(hours=25), OLA)
    assert [of(key)[0].state for key in (there, missing)] == ["attended", "absent"]
    assert attendance.note(of(missing)[0].id, form, FIRST, True, NOW, OLA).state == "attended"
