"""Numbers as people here type them: what is accepted, what is asked back, and how they are shown."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.forms.definitions import answer, field_of, refusal, said

FORMAT = "Wpisz liczbę, na przykład 1 234,50."
ACCEPTED = {
    "1234,5": "1234.5",
    "1 234,50": "1234.5",
    "1\u00a0234,50": "1234.5",
    "1\u202f234,50": "1234.5",
    "1.234,56": "1234.56",
    "1,234.56": "1234.56",
    "1.850.000": "1850000",
    "1.850.000,00": "1850000",
    "1 850 000,00": "1850000",
    "1\u202f850\u202f000,00": "1850000",
    "1850000.5": "1850000.5",
    "12.4": "12.4",
    "0.5": "0.5",
    ",5": "0.5",
    "-5": "-5",
    "−5": "-5",
    "+7": "7",
    "007": "7",
    "0,123": "0.123",
    " 12 ": "12",
}


@pytest.mark.parametrize(("typed", "kept"), ACCEPTED.items())
def test_a_number_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert answer(field_of("type: decimal"), typed) == Decimal(kept)


@pytest.mark.parametrize(
    "typed", ["12,345,678", "1e6", "½", "١٢", "1 23", "1,2,3", "dużo", "12 345 67", "0x10", "--5", "1.2.3"]
)
def test_what_is_no_number_is_refused_with_an_example(typed: str) -> None:
    assert refusal(field_of("type: decimal"), typed) == ("format", FORMAT)


@pytest.mark.parametrize(
    ("typed", "a", "b"),
    [("1.234", "1234", "1,234"), ("-12.500", "-12500", "-12,500"), ("999.000", "999000", "999,000")],
)
def test_a_dot_before_three_digits_is_asked_back_with_both_readings(typed: str, a: str, b: str) -> None:
    kind, what = refusal(field_of("type: decimal"), typed)
    assert kind == "unclear"
    assert what == f"Nie wiemy, czy „{typed}” to {a} czy {b}. Zapisz liczbę z przecinkiem dziesiętnym."


def test_a_whole_number_has_no_fraction() -> None:
    people = field_of("type: integer, unit: osób")
    assert answer(people, "1 234") == 1234
    assert answer(people, "25,0") == 25
    assert answer(people, "25 osób") == 25
    assert refusal(people, "2,5") == ("whole", "Wpisz liczbę całkowitą, na przykład 25.")
    assert said(people.type.show(1234)) == "1 234 osób"


def test_an_amount_is_kept_in_grosze_and_never_below_zero() -> None:
    money = field_of("type: money")
    assert str(answer(money, "1 850 000,00 zł")) == "1850000.00"
    assert str(answer(money, "1850000.5")) == "1850000.50"
    assert str(answer(money, "12 PLN")) == "12.00"
    assert said(money.type.show(Decimal("1850000"))) == "1 850 000,00 zł"
    assert refusal(money, "0,123") == ("places", "Kwota może mieć najwyżej 2 miejsca po przecinku.")
    assert refusal(money, "-5") == ("min", "Wpisz liczbę nie mniejszą niż 0.")


def test_a_percentage_lies_between_0_and_100_unless_the_author_says_otherwise() -> None:
    share = field_of("type: percent")
    assert answer(share, "12,4%") == Decimal("12.4")
    assert share.type.show(Decimal("12.4")) == "12,4%"
    assert refusal(share, "101") == ("max", "Wpisz liczbę od 0 do 100.")
    assert answer(field_of("type: percent, min: -50, max: 500"), "130") == 130


def test_limits_are_named_in_the_message_and_may_be_expressions() -> None:
    bounded = field_of("type: decimal, min: 1, max: 1000.5")
    assert refusal(bounded, "0,5") == ("min", "Wpisz liczbę od 1 do 1 000,5.")
    assert refusal(field_of("type: integer, max: 2 * 5"), "11") == ("max", "Wpisz liczbę nie większą niż 10.")
    assert answer(bounded, "1000,5") == Decimal("1000.5")


def test_places_limit_the_fraction() -> None:
    field = field_of("type: decimal, places: 1")
    assert refusal(field, "1,25")[0] == "places"
    assert answer(field, "1,50") == Decimal("1.5")


@pytest.mark.parametrize("keys", ["type: decimal", "type: integer", "type: money", "type: percent"])
def test_a_number_survives_its_way_to_disk_and_back_into_the_input(keys: str) -> None:
    field = field_of(keys)
    value = answer(field, "42")
    assert field.type.load(field.type.dump(value)) == value
    assert answer(field, field.type.typed(value)) == value
    for strange in ("abc", True, None, [], 1.5, "NaN"):
        with pytest.raises(ValueError, match="stored"):
            field.type.load(strange)
