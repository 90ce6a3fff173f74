"""Official numbers, and the fields where nothing is typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from forms.expressions import Env
from tests.forms.definitions import TODAY, answer, codes, field_of, fill, form_of, refusal, said

DIGIT = "nie zgadza się cyfra kontrolna. Sprawdź wpisane cyfry."
ACCEPTED = [
    ("nip", "123-456-32-18", "1234563218", "123-456-32-18"),
    ("nip", "PL 1234563218", "1234563218", "123-456-32-18"),
    ("nip", "NIP: 123 456 32 18", "1234563218", "123-456-32-18"),
    ("regon", "123456785", "123456785", "123456785"),
    ("regon", "REGON 123 456 785", "123456785", "123456785"),
    ("regon", "12345678512347", "12345678512347", "12345678512347"),
    ("pesel", "440514 01359", "44051401359", "44051401359"),
    ("iban", "61 1090 1014 0000 0712 1981 2874", "PL61109010140000071219812874", "PL61 1090 1014 0000 0712 1981 2874"),
    ("iban", "pl61109010140000071219812874", "PL61109010140000071219812874", "PL61 1090 1014 0000 0712 1981 2874"),
    ("iban", "DE89 3704 0044 0532 0130 00", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00"),
    ("teryt", "3218043", "3218043", "3218043"),
    ("teryt", "02 01 01 1", "0201011", "0201011"),
    ("postal_code", "70-540", "70-540", "70-540"),
    ("postal_code", "70540", "70-540", "70-540"),
    ("postal_code", "74 – 100", "74-100", "74-100"),
]


@pytest.mark.parametrize(("name", "typed", "kept", "shown"), ACCEPTED)
def test_an_official_number_is_kept_bare_and_shown_in_groups(name: str, typed: str, kept: str, shown: str) -> None:
    field = field_of(f"type: {name}")
    assert answer(field, typed) == kept
    assert field.type.show(kept) == shown
    assert field.type.load(field.type.dump(kept)) == kept
    assert answer(field, field.type.typed(kept)) == kept


@pytest.mark.parametrize(
    ("name", "typed", "kind", "what"),
    [
        ("nip", "1234563217", "checksum", "Ten NIP jest niepoprawny – nie zgadza się cyfra kontrolna. Sprawdź wpisane cyfry."),
        ("nip", "123", "format", "NIP ma 10 cyfr, na przykład 123-456-32-18."),
        ("nip", "١٢٣٤٥٦٣٢١٨", "format", "NIP ma 10 cyfr, na przykład 123-456-32-18."),
        ("regon", "123456784", "checksum", "Ten REGON jest niepoprawny – nie zgadza się cyfra kontrolna."),
        ("regon", "1234567851", "format", "REGON ma 9 albo 14 cyfr, na przykład 123456785."),
        ("pesel", "90010112345", "checksum", "Ten PESEL jest niepoprawny – nie zgadza się cyfra kontrolna. Sprawdź wpisane cyfry."),
        ("pesel", "9001011234", "format", "PESEL ma 11 cyfr. Sprawdź, czy wszystkie są wpisane."),
        ("iban", "62 1090 1014 0000 0712 1981 2874", "checksum", f"Ten numer rachunku jest niepoprawny – {DIGIT}"),
        ("iban", "1090 1014", "format", "Numer rachunku w Polsce ma 26 cyfr. Numer zagraniczny zacznij od liter kraju, na przykład DE."),
        ("teryt", "321804", "format", "Kod TERYT gminy ma 7 cyfr, na przykład 3218043."),
        ("teryt", "3318043", "format", "Kod TERYT gminy ma 7 cyfr, na przykład 3218043."),
        ("teryt", "3218044", "format", "To kod części gminy. Podaj kod całej gminy – jego ostatnia cyfra to 1, 2 albo 3."),
        ("postal_code", "74-10", "format", "Kod pocztowy zapisz w postaci 00-000, na przykład 70-540."),
    ],
)  # fmt: skip
def test_a_wrong_official_number_is_told_what_is_wrong(name: str, typed: str, kind: str, what: str) -> None:
    assert refusal(field_of(f"type: {name}"), typed) == (kind, what)


@pytest.mark.parametrize("name", ["nip", "regon", "pesel", "iban", "teryt", "postal_code"])
@pytest.mark.parametrize("kept", ["1234563217", "abc", "", 1234563218, None, ["x"]])
def test_what_is_no_such_number_does_not_load(name: str, kept: object) -> None:
    with pytest.raises(ValueError, match="not a stored"):
        field_of(f"type: {name}").type.load(kept)


@pytest.mark.parametrize(
    ("keys", "answers", "shown"),
    [
        ("value: a / b, format: money", {"a": 100, "b": 3}, "33,33 zł"),
        ("value: a / b", {"a": 100, "b": 3}, "33,33"),
        ("value: a / b, places: 4", {"a": 1, "b": 3}, "0,3333"),
        ("value: 100 * a / b, format: percent, places: 1", {"a": 1, "b": 8}, "12,5%"),
        ("value: a + b", {"a": 1200, "b": 34}, "1 234"),
        ("value: a > b", {"a": 2, "b": 1}, "tak"),
    ],
)
def test_a_computed_value_is_worked_out_and_shown_by_its_kind(keys: str, answers: dict[str, int], shown: str) -> None:
    form = form_of(
        "fields:\n  - {name: a, type: integer, label: A}\n  - {name: b, type: integer, label: B}\n"
        f"  - {{name: c, type: computed, label: C, {keys}}}"
    )
    computed = list(form.fields)[2]
    value = fill(form, answers).found.values["c"]
    assert said(computed.type.show(value)) == shown
    assert computed.type.load(computed.type.dump(value)) == value


def test_a_computed_value_without_its_answers_is_unanswered() -> None:
    form = form_of(
        "fields:\n  - {name: a, type: integer, label: A}\n  - {name: c, type: computed, label: C, value: a * 2}"
    )
    assert fill(form, {}).found.values.get("c") is None


def test_a_computed_day_is_kept_as_a_day() -> None:
    form = form_of(
        "fields:\n  - {name: a, type: date, label: A}\n  - {name: c, type: computed, label: C, value: a + 14 days}"
    )
    computed = list(form.fields)[1].type
    value = fill(form, {"a": "2027-03-09"}).found.values["c"]
    assert value == date(2027, 3, 23)
    assert (said(computed.show(value)), computed.load(computed.dump(value))) == ("23 marca 2027 r.", value)
    for strange in ("wczoraj", True, 5):
        with pytest.raises(ValueError, match=r"."):
            computed.load(strange)


def test_a_computed_number_loads_only_from_a_number() -> None:
    form = form_of(
        "fields:\n  - {name: a, type: integer, label: A}\n  - {name: c, type: computed, label: C, value: a * 2}"
    )
    computed = list(form.fields)[1].type
    assert computed.load("12.5") == Decimal("12.5")
    for strange in ("x", "NaN", True, None, []):
        with pytest.raises(ValueError, match="stored"):
            computed.load(strange)


def test_a_hidden_value_needs_a_source_and_loses_what_cannot_be_seen() -> None:
    field = field_of("type: hidden, from_query: zrodlo")
    assert answer(field, " ulotka\u200b ") == "ulotka"
    assert len(answer(field, "x" * 900)) == 500
    assert codes("title: Próba\nfields:\n  - {name: pole, type: hidden}") == ["missing-key"]


def test_a_note_is_shown_with_values_put_in_and_never_exported() -> None:
    form = form_of(
        "fields:\n  - {name: a, type: integer, label: A}\n  - {name: opis, type: note, text: 'Zgłaszasz {a} osób.'}"
    )
    note = list(form.fields)[1]
    assert list(note.type.shows(None, Env({"a": 3}, today=TODAY))) == [("text", "Zgłaszasz 3 osób.")]
    assert note.type.columns(note) == ()
    assert not note.type.stores
