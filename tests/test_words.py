"""Words agree with numbers, and numbers and dates look as people in Poland write them – in the shipped catalogues."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

import pytest
from babel.messages.mofile import write_mo
from babel.support import Translations

from forms.wording import (
    NBSP,
    clock,
    gender,
    long_date,
    long_moment,
    month_name,
    number,
    plural,
    short_date,
    speaking,
)
from translations.catalogues import kept, texts

NOUNS = [
    ("gmina", "gminy", "gmin"),
    ("zgłoszenie", "zgłoszenia", "zgłoszeń"),
    ("osoba", "osoby", "osób"),
    ("dzień", "dni", "dni"),
    ("rok", "lata", "lat"),
    ("plik", "pliki", "plików"),
    ("uczestnik", "uczestników", "uczestników"),
]
ONE, FEW, MANY = (1,), (2, 3, 4, 22, 24, 32, 102, 122), (0, 5, 11, 12, 13, 14, 15, 20, 21, 25, 100, 101, 111, 112, 114)
FORMS = [(n, form) for form, numbers in enumerate((ONE, FEW, MANY)) for n in numbers]

QUOTED = re.compile(r'"[^\W\d_{][^"]*"')  # a straight pair around words, as an author of texts would leave it
SPACED_HYPHEN = re.compile(r"\w - \w|\w -- |\w — ")

COUNTED = [
    ("{n} błąd", "1 błąd", "2 błędy", "5 błędów"),
    ("{n} ostrzeżenie", "1 ostrzeżenie", "2 ostrzeżenia", "5 ostrzeżeń"),
    ("{n} odpowiedź", "1 odpowiedź", "2 odpowiedzi", "5 odpowiedzi"),
    ("{n} pozycja", "1 pozycja", "2 pozycje", "5 pozycji"),
    ("{n} minuta", "1 minuta", "2 minuty", "5 minut"),
    ("{n} godzina", "1 godzina", "2 godziny", "5 godzin"),
    ("{n} dzień", "1 dzień", "2 dni", "5 dni"),
    ("{n} tydzień", "1 tydzień", "2 tygodnie", "5 tygodni"),
    ("{n} miesiąc", "1 miesiąc", "2 miesiące", "5 miesięcy"),
    ("{n} rok", "1 rok", "2 lata", "5 lat"),
    ("Został {n} dzień", "Został 1 dzień", "Zostały 2 dni", "Zostało 5 dni"),
    ("Popraw {n} pole:", "Popraw 1 pole:", "Popraw 2 pola:", "Popraw 5 pól:"),
    ("Skróć hasło do {n} znaku.", "Skróć hasło do 1 znaku.", "Skróć hasło do 2 znaków.", "Skróć hasło do 5 znaków."),
    ("{n} plik ma błędy", "1 plik ma błędy", "2 pliki mają błędy", "5 plików ma błędy"),
    ("{n} oceniona pozycja", "1 oceniona pozycja", "2 ocenione pozycje", "5 ocenionych pozycji"),
    ("{n} otwarty formularz", "1 otwarty formularz", "2 otwarte formularze", "5 otwartych formularzy"),
]


@pytest.fixture(scope="module")
def polish() -> Translations:
    """The Polish catalogue as gettext reads it."""
    compiled = BytesIO()
    write_mo(compiled, kept("pl"))
    compiled.seek(0)
    return Translations(compiled)


@pytest.mark.parametrize(("n", "form"), FORMS)
def test_the_catalogue_and_the_expressions_choose_the_same_form(n: int, form: int, polish: Translations) -> None:
    assert [plural(n, *nouns) for nouns in NOUNS] == [nouns[form] for nouns in NOUNS]
    assert polish.ngettext("{n} rok", "{n} lat", n) == ("{n} rok", "{n} lata", "{n} lat")[form]


def test_a_fraction_takes_the_form_of_a_few() -> None:
    assert plural(Decimal("1.5"), "godzina", "godziny", "godzin") == "godziny"
    assert plural(Decimal("2.0"), "uczestnik", "uczestników", "uczestników") == "uczestników"


@pytest.mark.parametrize(("text", "one", "two", "five"), COUNTED)
def test_a_counted_thing_has_its_three_polish_forms(
    text: str, one: str, two: str, five: str, polish: Translations
) -> None:
    assert [polish.ngettext(text, "missing", n).format(n=n) for n in (1, 2, 5)] == [one, two, five]


@pytest.mark.parametrize(
    ("value", "places", "pl", "en"),
    [
        (0, None, "0", "0"),
        (1234, None, "1 234", "1,234"),
        (Decimal("1234.5"), 2, "1 234,50", "1,234.50"),
        (Decimal("1850000"), 2, "1 850 000,00", "1,850,000.00"),
        (Decimal("12.40"), None, "12,4", "12.4"),
        (Decimal("-3.50"), None, "-3,5", "-3.5"),
        (Decimal("1E+3"), None, "1 000", "1,000"),
    ],
)
def test_a_number_has_a_decimal_comma_and_unbreakable_thousands(
    value: int | Decimal, places: int | None, pl: str, en: str
) -> None:
    assert number(value, places) == pl.replace(" ", NBSP)
    with speaking("en"):
        assert number(value, places) == en


def test_dates_and_hours_are_written_the_polish_way() -> None:
    day, moment = date(2027, 3, 9), datetime(2027, 3, 9, 9, 0)
    assert long_date(day) == f"9{NBSP}marca 2027{NBSP}r."
    assert long_moment(moment) == f"9{NBSP}marca 2027{NBSP}r., godz.{NBSP}9:00"
    assert long_moment(day) == long_date(day)
    assert (month_name(day), short_date(day), clock(time(23, 5))) == ("marzec 2027", "09.03.2027", "23:05")


def test_dates_and_hours_are_written_the_british_way() -> None:
    with speaking("en"):
        assert long_moment(datetime(2027, 3, 9, 15, 30)) == f"9{NBSP}March 2027, 15:30"
        assert month_name(date(2028, 12, 1)) == "December 2028"


def test_polish_texts_use_polish_quotation_marks_and_dashes() -> None:
    found = [(place, text) for place, ids in texts() for text in ([ids] if isinstance(ids, str) else ids)]
    assert [each for each in found if QUOTED.search(each[1])] == []
    assert [each for each in found if SPACED_HYPHEN.search(each[1])] == []
    assert [each for each in found if each[1].count("„") != each[1].count("”")] == []


def test_english_texts_use_english_quotation_marks() -> None:
    kept_polish = "Instead of straight quotation marks use Polish ones: „tekst”."
    strings = [text for message in kept("en") for text in _all(message.string) if message.id]
    assert [text for text in strings if "„" in text] == [kept_polish]


def _all(string: str | tuple[str, ...] | list[str]) -> list[str]:
    return [string] if isinstance(string, str) else list(string)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [("Szerokość drzwi", "f"), ("Liczba osób", "f"), ("Uzasadnienie", "n"), ("Imię", "n"), ("Opis", "m"), ("", "m")],
)
def test_the_gender_of_a_label_is_told_from_its_first_word(phrase: str, expected: str) -> None:
    assert gender(phrase) == expected
