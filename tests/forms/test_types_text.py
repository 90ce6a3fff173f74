"""Texts, e-mail addresses, telephones, pages: what is accepted, kept and shown, and what is said of the rest."""

from __future__ import annotations

import pytest

from tests.forms.type_fields import accepted, example, field, message, problems, round_trip

EMAIL = "Podaj pełny adres e-mail, na przykład jan.kowalski@gmina.pl."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Łódź-Żak \u00a0", "Łódź-Żak"),
        ("d'Arc", "d'Arc"),
        ("Kowal\u00adski", "Kowalski"),
        ("\ufeffAnna\u200b  Maria\t", "Anna Maria"),
        ("e\u0328", "ę"),
        ("a\x00b\x07c", "abc"),
        ("raz\r\ndwa", "raz dwa"),
        ("rodzina 👨\u200d👩\u200d👧", "rodzina 👨\u200d👩\u200d👧"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
    ],
)
def test_a_line_is_kept_without_what_cannot_be_seen(typed: str, kept: str) -> None:
    one = field("text")
    assert accepted(one, typed) == kept
    assert round_trip(one, kept) == kept


def test_a_long_text_keeps_its_line_breaks_and_loses_trailing_blanks() -> None:
    one = field("long_text")
    text = accepted(one, "\r\n Pierwszy \u00a0\r\n\r\nDrugi\u2028trzeci\r\n")
    assert text == " Pierwszy\n\nDrugi\ntrzeci"
    assert round_trip(one, text) == text


def test_invisible_characters_alone_are_no_answer() -> None:
    for name in ("text", "long_text", "email", "integer", "date", "nip"):
        assert field(name).type.blank({"": [" \u200b\u00ad\u00a0\r\n"]})


def test_a_short_text_is_told_how_long_it_is() -> None:
    short = message(example("long_text"), "Chcemy pojechać i zobaczyć dobre praktyki.")
    assert short == "Uzasadnienie powinno mieć co najmniej 100 znaków. Wpisano 42."


def test_a_long_text_is_told_how_much_to_cut() -> None:
    assert message(example("text"), "XXXIII/271/2021" * 3) == "Skróć tekst do 40 znaków. Teraz ma 45."
    assert message(field("text"), "a" * 1001) == "Skróć tekst do 1\u00a0000 znaków. Teraz ma 1\u00a0001."


def test_a_limit_may_depend_on_another_answer() -> None:
    one = field("text", "max: ile", "name: ile, type: integer, label: Ile")
    assert message(one, "abcd", {"ile": 3}) == "Skróć tekst do 3 znaków. Teraz ma 4."
    assert message(one, "abcd") == ""


def test_a_pattern_must_fit_the_whole_text() -> None:
    assert message(example("text"), "XXXIII/271/2021") == ""
    assert message(example("text"), "uchwała XXXIII/271/2021") == "Sprawdź zapis w polu: Numer uchwały."


def test_mistakes_in_limits_are_seen_in_the_definition() -> None:
    assert problems("text", "min: 5, max: 3") == ["min-over-max"]
    assert problems("text", "min: -1") == ["wrong-value"]
    assert problems("text", "pattern: '('") == ["wrong-pattern"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Jan@GMINA.pl ", "Jan@gmina.pl"),
        ("a.wisniewska@um-resko.example", "a.wisniewska@um-resko.example"),
        ("o'brien+szkolenie@urzad.gov.pl", "o'brien+szkolenie@urzad.gov.pl"),
        ("jan@łódź.pl", "jan@łódź.pl"),
        ("jan\u00ad@gmina.pl\u200b", "jan@gmina.pl"),
    ],
)
def test_an_address_is_kept_with_its_domain_in_lower_case(typed: str, kept: str) -> None:
    assert accepted(field("email"), typed) == kept
    assert round_trip(field("email"), kept) == kept


@pytest.mark.parametrize(
    "typed",
    ["a.wisniewska@um-resko", "m.zajac@ops-resko,example", "jan", "@gmina.pl", "a@b@c.pl", "jan@" + "a" * 255 + ".pl"],
)
def test_half_an_address_is_refused_with_an_example(typed: str) -> None:
    assert message(field("email"), typed) == EMAIL


@pytest.mark.parametrize(
    ("typed", "proposal"),
    [
        ("ala@gmial.com", "ala@gmail.com"),
        ("ala@wp,pl", "ala@wp.pl"),
        ("ala@urzad,gov,pl", "ala@urzad.gov.pl"),
        ("ala @ gmina.pl", "ala@gmina.pl"),
        ("ala@gmina.pl.", "ala@gmina.pl"),
        ("łucja@gmina.pl", "lucja@gmina.pl"),
        ("Jan Kowalski <jan@gmina.pl>", "jan@gmina.pl"),
        ("mailto:jan@gmina.pl", "jan@gmina.pl"),
    ],
)
def test_an_address_that_is_easy_to_mend_is_answered_with_a_question(typed: str, proposal: str) -> None:
    assert message(field("email"), typed) == f"Czy chodziło o {proposal}?"


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("91 000 00 01", "+48910000001", "91 000 00 01"),
        ("500000001", "+48500000001", "500 000 001"),
        ("+48 91 000 00 01", "+48910000001", "91 000 00 01"),
        ("0048500-000-001", "+48500000001", "500 000 001"),
        ("48 500 000 001", "+48500000001", "500 000 001"),
        ("(91) 000/00/01", "+48910000001", "91 000 00 01"),
        ("tel. 0 91 000 00 01", "+48910000001", "91 000 00 01"),
        ("91 000 00 01 wew. 12", "+48910000001;ext=12", "91 000 00 01 wew. 12"),
        ("91 000 00 01, w.12", "+48910000001;ext=12", "91 000 00 01 wew. 12"),
        ("+49 30 123456", "+4930123456", "+49 30 123456"),
    ],
)
def test_a_telephone_is_kept_in_one_form_and_shown_in_groups(typed: str, kept: str, shown: str) -> None:
    phone = field("phone")
    assert accepted(phone, typed) == kept
    assert phone.type.show(kept) == shown
    assert round_trip(phone, kept) == kept
    assert (phone.type.cells(kept), phone.type.words(kept)) == ((kept,), (shown,))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("91000001", "Numer telefonu powinien mieć 9 cyfr. Podano 8."),
        ("91 000 00 01, 500 000 001", "Wpisz numer telefonu cyframi, na przykład 91 000 00 01."),
        ("091000001", "Numer telefonu nie zaczyna się od zera. Wpisz 9 cyfr, na przykład 91 000 00 01."),
        ("zadzwoń", "Wpisz numer telefonu cyframi, na przykład 91 000 00 01."),
        ("+1 23", "Sprawdź numer zagraniczny. Zacznij go od + i numeru kraju, na przykład +49 30 123456."),
    ],
)
def test_a_wrong_telephone_is_told_what_is_wrong(typed: str, said: str) -> None:
    assert message(field("phone"), typed) == said


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.Gmina.PL", "https://www.gmina.pl"),
        ("http://gmina.pl/rewitalizacja?a=1#b", "http://gmina.pl/rewitalizacja?a=1#b"),
        ("HTTPS://Gmina.pl:8080/A", "https://gmina.pl:8080/A"),
        ("//gmina.pl", "https://gmina.pl"),
        ("gmina.pl:8080", "https://gmina.pl:8080"),
    ],
)
def test_a_page_gets_https_where_nothing_is_said(typed: str, kept: str) -> None:
    assert accepted(field("url"), typed) == kept
    assert round_trip(field("url"), kept) == kept


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "ftp://gmina.pl", "gmina", "https://", "https://a b.pl", "https://jan:haslo@gmina.pl", "http://[::1"],
)
def test_what_is_not_a_web_page_is_refused(typed: str) -> None:
    assert message(field("url"), typed) == "Podaj pełny adres strony, na przykład https://www.gmina.pl."
