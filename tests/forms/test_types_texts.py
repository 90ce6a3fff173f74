"""Texts, addresses of e-mail and of pages, telephone numbers: what people paste, and what is kept of it."""

from __future__ import annotations

import pytest

from tests.forms.definitions import answer, field_of, refusal, said

EMAIL = "Podaj pełny adres e-mail, na przykład jan.kowalski@gmina.pl."
PHONE = "Numer telefonu powinien mieć 9 cyfr. Podano {}."


@pytest.mark.parametrize(
    "name", ["Łódź-Żak", "d'Arc", "Nguyen Thi", "O", "=HYPERLINK(1)", "-2+3", "Świetnie 👍", "👩\u200d🔧"]
)
def test_a_text_is_kept_as_it_was_typed(name: str) -> None:
    assert answer(field_of("type: text"), name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Anna\u00a0", "Anna"),
        ("  Anna   Maria ", "Anna Maria"),
        ("rewi\u00adta\u00adli\u00adza\u00adcja", "rewitalizacja"),
        ("\ufeffAnna\u200b", "Anna"),
        ("Z\u0307aba", "Żaba"),
        ("a\r\nb", "a b"),
        ("a\x00b", "ab"),
        ("„cytat” – z Worda", "„cytat” – z Worda"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_of_a_text(typed: str, kept: str) -> None:
    assert answer(field_of("type: text"), typed) == kept


def test_a_long_text_keeps_its_lines() -> None:
    field = field_of("type: long_text, max: 5000")
    assert answer(field, "\n raz \r\ndwa\r\n\r\ntrzy  \n") == " raz\ndwa\n\ntrzy"
    assert len(answer(field, "wiersz dziesięć\n" * 312)) == 16 * 312 - 1


def test_length_is_counted_and_told() -> None:
    field = field_of("type: text, min: 5, max: 10")
    assert refusal(field, "abc") == ("min", "Pole powinno mieć co najmniej 5 znaków. Wpisano 3.")
    assert refusal(field, "a" * 11) == ("max", "Skróć tekst do 10 znaków. Teraz ma 11.")
    assert answer(field, "żółćą") == "żółćą"
    assert refusal(field_of("type: text"), "a" * 1001) == ("max", "Skróć tekst do 1 000 znaków. Teraz ma 1 001.")


def test_a_pattern_fits_the_whole_answer() -> None:
    field = field_of("type: text, pattern: '[A-Z]{2}[0-9]{2}[A-Z]'")
    assert answer(field, "MA07A") == "MA07A"
    assert refusal(field, "xMA07A") == ("pattern", "Sprawdź zapis w polu: Pole.")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Jan@GMINA.pl ", "Jan@gmina.pl"),
        ("a.wisniewska@um-resko.example", "a.wisniewska@um-resko.example"),
        ("urzad+rewitalizacja@gmina.pl", "urzad+rewitalizacja@gmina.pl"),
    ],
)
def test_an_address_keeps_the_name_and_lowers_the_domain(typed: str, kept: str) -> None:
    assert answer(field_of("type: email"), typed) == kept


@pytest.mark.parametrize(
    "typed", ["jan", "jan@gmina", "@gmina.pl", "jan@@gmina.pl", "jan gmina.pl", "m.zajac@ops-resko,example"]
)
def test_an_incomplete_address_is_refused_with_an_example(typed: str) -> None:
    assert refusal(field_of("type: email"), typed) == ("format", EMAIL)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jan@gmial.com", "jan@gmail.com"),
        ("jan@gmina,pl", "jan@gmina.pl"),
        ("jan@gmina.pl.", "jan@gmina.pl"),
        ("mailto:jan@gmina.pl", "jan@gmina.pl"),
        ("Jan Kowalski <jan@gmina.pl>", "jan@gmina.pl"),
        ("żaneta@gmina.pl", "zaneta@gmina.pl"),
    ],
)
def test_a_likely_slip_in_an_address_is_asked_back(typed: str, meant: str) -> None:
    assert refusal(field_of("type: email"), typed) == ("repair", f"Czy chodziło o {meant}?")


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("+48 91 000 00 01", "+48910000001", "91 000 00 01"),
        ("91 000 00 01", "+48910000001", "91 000 00 01"),
        ("910000001", "+48910000001", "91 000 00 01"),
        ("(91) 000-00-01", "+48910000001", "91 000 00 01"),
        ("0048 91 000 00 01", "+48910000001", "91 000 00 01"),
        ("091 000 00 01", "+48910000001", "91 000 00 01"),
        ("tel. 500-000-001", "+48500000001", "500 000 001"),
        ("91 000 00 01 wew. 12", "+48910000001;ext=12", "91 000 00 01 wew. 12"),
        ("+49 30 123456", "+4930123456", "+49 30 123456"),
    ],
)
def test_a_telephone_number_is_kept_as_e164_and_shown_as_dialled(typed: str, kept: str, shown: str) -> None:
    field = field_of("type: phone")
    value = answer(field, typed)
    assert (value, said(field.type.show(value))) == (kept, shown)


@pytest.mark.parametrize(("typed", "count"), [("91000001", 8), ("+48 91 000 00", 7), ("5000000011", 10)])
def test_a_telephone_number_of_a_wrong_length_is_told_its_length(typed: str, count: int) -> None:
    assert refusal(field_of("type: phone"), typed) == ("format", PHONE.format(count))


@pytest.mark.parametrize("typed", ["zadzwoń", "000000001", "+49 3", "91 000 00 01 lub 02"])
def test_what_is_no_telephone_number_is_refused(typed: str) -> None:
    assert refusal(field_of("type: phone"), typed)[0] == "format"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.gryfino.pl", "https://www.gryfino.pl"),
        ("http://BIP.gmina.pl/Raport?id=1", "http://bip.gmina.pl/Raport?id=1"),
        ("https://gmina.pl:8443/x", "https://gmina.pl:8443/x"),
    ],
)
def test_the_address_of_a_page_is_completed(typed: str, kept: str) -> None:
    assert answer(field_of("type: url"), typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "gmina",
        "https://ja:haslo@gmina.pl",
        "https://gmina .pl",
        "ftp://gmina.pl",
    ],
)
def test_only_addresses_of_web_pages_are_taken(typed: str) -> None:
    assert refusal(field_of("type: url"), typed) == (
        "format",
        "Podaj pełny adres strony, na przykład https://www.gmina.pl.",
    )


@pytest.mark.parametrize(
    ("keys", "typed"),
    [
        ("type: text", "Ważne"),
        ("type: long_text", "raz\ndwa"),
        ("type: email", "a@b.pl"),
        ("type: phone", "91 000 00 01 wew. 7"),
        ("type: url", "gmina.pl"),
    ],
)
def test_a_text_survives_its_way_to_disk_and_back_into_the_input(keys: str, typed: str) -> None:
    field = field_of(keys)
    value = answer(field, typed)
    assert field.type.load(field.type.dump(value)) == value
    assert answer(field, field.type.typed(value)) == value
    with pytest.raises(ValueError, match="not a stored"):
        field.type.load(17)


def test_blanks_alone_are_no_answer() -> None:
    for keys in ("type: text", "type: email", "type: decimal", "type: date"):
        assert field_of(keys).type.blank({"": [" \u00a0\u200b\t"]})
