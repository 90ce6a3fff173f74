"""Days, months, hours and years as people type them, kept as ISO and shown in Polish."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from forms.spans import WARSAW
from tests.forms.definitions import answer, field_of, refusal, said

DATE = "Wpisz datę w postaci DD.MM.RRRR, na przykład 09.03.2027."
HINT = "hint: Tak."


@pytest.mark.parametrize(
    "typed",
    [
        "9.3.2027",
        "09.03.2027",
        "09-03-2027",
        "2027-03-09",
        "9/3/2027",
        "9 marca 2027 r.",
        "9.III.2027",
        "09032027",
        "9 03 2027",
        "9.03.2027 r.",
    ],
)
def test_a_day_is_read_in_every_usual_spelling(typed: str) -> None:
    field = field_of(f"type: date, {HINT}")
    assert answer(field, typed) == date(2027, 3, 9)
    assert field.type.dump(answer(field, typed)) == "2027-03-09"
    assert said(field.type.show(answer(field, typed))) == "9 marca 2027 r."
    assert field.type.typed(answer(field, typed)) == {"": ["09.03.2027"]}


@pytest.mark.parametrize("typed", ["31.02.2027", "31.04.2026", "2026-13-01", "29.02.2027", "00.01.2027"])
def test_a_day_that_is_not_in_the_calendar_is_named(typed: str) -> None:
    assert refusal(field_of("type: date"), typed) == ("calendar", f"Takiej daty nie ma w kalendarzu: {typed}.")


@pytest.mark.parametrize("typed", ["1.1.27", "jutro", "03.2027", "9.3", "9.3-2027", "2027"])
def test_a_day_without_a_clear_year_or_month_is_refused(typed: str) -> None:
    assert refusal(field_of("type: date"), typed) == ("format", DATE)


def test_a_leap_day_is_a_day() -> None:
    assert answer(field_of("type: date"), "29.02.2028") == date(2028, 2, 29)


def test_limits_of_days_speak_of_today() -> None:
    field = field_of("type: date, min: today - 24 months, max: today")
    assert refusal(field, "24.11.2026") == ("max", "W polu „Pole” podaj datę nie późniejszą niż dzisiaj (23.11.2026).")
    assert refusal(field, "22.11.2024") == ("min", "W polu „Pole” podaj datę nie wcześniejszą niż 23.11.2024.")
    assert answer(field, "23.11.2026") == date(2026, 11, 23)
    assert refusal(field_of("type: date, min: 2027-01-01"), "31.12.2026")[1].endswith("niż 01.01.2027.")


@pytest.mark.parametrize("typed", ["12.2028", "12/2028", "2028-12", "grudzień 2028", "grudnia 2028", "122028"])
def test_a_month_is_read_in_every_usual_spelling(typed: str) -> None:
    field = field_of("type: month")
    assert field.type.dump(answer(field, typed)) == "2028-12"
    assert field.type.show(answer(field, typed)) == "grudzień 2028"


def test_a_thirteenth_month_is_refused() -> None:
    assert refusal(field_of("type: month"), "13.2028") == (
        "calendar",
        "Nie ma takiego miesiąca: 13.2028. Wpisz numer od 01 do 12.",
    )
    assert refusal(field_of("type: month"), "grudzień") == (
        "format",
        "Wpisz miesiąc w postaci MM.RRRR, na przykład 12.2028.",
    )


@pytest.mark.parametrize("typed", ["9:00", "09:00", "9.00", "godz. 9", "0900", "900", "9"])
def test_an_hour_is_read_in_every_usual_spelling(typed: str) -> None:
    field = field_of("type: time")
    assert answer(field, typed) == time(9)
    assert field.type.dump(time(9)) == "09:00"


@pytest.mark.parametrize("typed", ["24:00", "9:60", "rano", "9:0"])
def test_what_no_clock_shows_is_refused(typed: str) -> None:
    assert refusal(field_of("type: time"), typed) == ("format", "Wpisz godzinę w postaci GG:MM, na przykład 09:30.")


def test_an_hour_has_limits() -> None:
    field = field_of("type: time, min: 08:00, max: 15:30")
    assert refusal(field, "7:59") == ("min", "Podaj godzinę nie wcześniejszą niż 8:00.")
    assert refusal(field, "15:31") == ("max", "Podaj godzinę nie późniejszą niż 15:30.")


def test_a_moment_is_kept_with_its_offset_from_utc() -> None:
    field = field_of("type: datetime")
    winter = answer(field, {"": ["09.03.2027"], "time": ["9:00"]})
    summer = answer(field, "9.07.2027 9:00")
    assert field.type.dump(winter) == "2027-03-09T09:00:00+01:00"
    assert field.type.dump(summer) == "2027-07-09T09:00:00+02:00"
    assert field.type.load("2027-07-09T07:00:00+00:00") == summer
    assert said(field.type.show(winter)) == "9 marca 2027 r., godz. 9:00"


def test_an_hour_that_the_clock_skips_in_spring_is_refused_and_one_it_shows_twice_is_taken() -> None:
    field = field_of("type: datetime")
    kind, what = refusal(field, {"": ["28.03.2027"], "time": ["2:30"]})
    assert kind == "calendar"
    assert what.startswith("W dniu 28.03.2027 nie ma godziny 2:30")
    twice = answer(field, {"": ["31.10.2027"], "time": ["2:30"]})
    assert twice == datetime(2027, 10, 31, 2, 30, tzinfo=WARSAW)


def test_half_a_moment_asks_for_the_other_half() -> None:
    assert refusal(field_of("type: datetime"), {"": ["09.03.2027"]}) == ("format", "Podaj datę i godzinę.")
    assert refusal(field_of("type: datetime"), {"time": ["9:00"]}) == ("format", "Podaj datę i godzinę.")


def test_a_year_has_four_digits_and_limits() -> None:
    field = field_of("type: year, min: 2015, max: year(today)")
    assert answer(field, "2025 r.") == 2025
    assert refusal(field, "25") == ("format", "Wpisz rok czterema cyframi, na przykład 2027.")
    assert refusal(field, "2027") == ("max", "Wpisz rok od 2015 do 2026.")


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("date", "9.3.2027"), ("month", "12.2028"), ("time", "9:05"), ("datetime", "31.10.2027 2:30"), ("year", "2027")],
)
def test_a_moment_survives_its_way_to_disk_and_back_into_the_input(kind: str, typed: str) -> None:
    field = field_of(f"type: {kind}")
    value = answer(field, typed)
    assert field.type.load(field.type.dump(value)) == value
    assert answer(field, field.type.typed(value)) == value
    for strange in ("wczoraj", [], True, "2027-3-9"):
        with pytest.raises(ValueError, match=r"."):
            field.type.load(strange)
