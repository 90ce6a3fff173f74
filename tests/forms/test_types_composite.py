"""Answers of several inputs: addresses, files, groups, matrices and tables, from typing to export."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.expressions import Env
from forms.types.given import Refused
from tests.forms.composites import (
    COMPOSITE,
    PDF,
    computed,
    field_of,
    form_of,
    judged,
    plain,
    refusal,
    texts,
)

# --- address ---

TYPED_ADDRESS = texts(street=" Korsarzy ", number="34", postal_code="70540", city="Szczecin")
ADDRESS = {"street": "Korsarzy", "number": "34", "postal_code": "70-540", "city": "Szczecin"}


def test_an_address_is_kept_in_one_form_and_shown_as_on_an_envelope() -> None:
    field = field_of("address")
    value = field.type.parse(TYPED_ADDRESS, field)
    assert value == ADDRESS
    assert field.type.show(value) == "Korsarzy 34, 70-540 Szczecin"
    assert field.type.show({**value, "street": ""}) == "Szczecin 34, 70-540 Szczecin"


def test_an_incomplete_address_says_what_is_missing_at_each_part() -> None:
    refused = refusal(field_of("address"), texts(street="Korsarzy", postal_code="74-10"))
    assert {part: str(what) for part, what in refused.parts.items()} == {
        "number": "Podaj numer domu.",
        "city": "Podaj miejscowość.",
        "postal_code": "Kod pocztowy zapisz w postaci 00-000, na przykład 70-540.",
    }


# --- file ---


def test_a_kept_file_is_the_answer_and_is_named_with_its_size() -> None:
    field = field_of("file")
    value = field.type.parse({"": [json.dumps(PDF)]}, field)
    assert value == (PDF,)
    assert plain(field.type.show(value)) == "uchwała.pdf (1,3 MB)"
    assert field.type.cells(value) == ("uchwała.pdf",)


def test_what_the_browser_made_up_is_not_a_file() -> None:
    field = field_of("file")
    for text in ("a1", "{}", '{"id": "a1"}', '{"id": 1, "name": "x", "size": 1, "type": "y"}', "[" * 100_000):
        assert refusal(field, {"": [text]}).kind == "format"


def test_a_refused_file_says_which_files_may_be_attached() -> None:
    kind: Any = field_of("file").type
    assert str(kind.refused_type()) == "Dołącz plik PDF, DOCX, ODT, XLSX lub ZIP."
    assert str(kind.refused_empty()) == "Plik jest pusty."
    assert plain(kind.refused_size()) == "Plik jest za duży. Limit to 20 MB."


def test_no_more_files_than_allowed_may_stay() -> None:
    failures = judged(form_of("file"), {"uchwala": (PDF, PDF, PDF)})
    assert [failure.kind for failure in failures] == ["max"]
    assert judged(form_of("file"), {"uchwala": (PDF, PDF)}) == []


# --- matrix ---


def test_a_matrix_names_the_rows_without_an_answer() -> None:
    failures = judged(form_of("matrix"), {"online": False, "zdania": {"tresc": "t"}})
    whole, row = failures
    assert whole.text == "Zaznacz odpowiedź w każdym wierszu. Brakuje 1: „Sala była odpowiednia”."
    assert (row.part, row.text) == ("sala", "Zaznacz odpowiedź.")


def test_a_row_that_is_not_asked_is_not_missed() -> None:
    assert judged(form_of("matrix"), {"online": True, "zdania": {"tresc": "t"}}) == []


def test_a_matrix_takes_only_its_options() -> None:
    assert set(refusal(field_of("matrix"), texts(tresc="x", sala="t")).parts) == {"tresc"}


def test_a_matrix_has_a_column_for_each_row_in_exports() -> None:
    field = field_of("matrix")
    assert [column.key for column in field.type.columns(field)] == ["tresc", "sala"]
    assert field.type.cells({"sala": "n"}) == (None, "n")
    assert field.type.words({"sala": "n"}) == (None, "nie")


# --- table ---


def test_a_table_reads_each_cell_by_its_column_and_sums_what_is_there() -> None:
    form, field = form_of("table"), field_of("table")
    typed = texts(budzet__plan="1 234,50", budzet__stan="t", gpr__plan__none="1", gpr__plan__why="Nie liczymy.")
    value = field.type.parse(typed, field)
    assert value == {"budzet": {"plan": Decimal("1234.50"), "stan": "t"}, "gpr": {"plan": {"none": "Nie liczymy."}}}
    assert computed(form, {"ma_gpr": True, "finanse": value})["razem"] == Decimal("1234.50")


def test_no_data_wants_a_reason_and_an_empty_cell() -> None:
    field = field_of("table")
    for typed in (
        texts(budzet__plan__none="1"),
        texts(budzet__plan="5", budzet__plan__none="1", budzet__plan__why="nie"),
    ):
        what = refusal(field, typed).parts["budzet.plan"]
        assert str(what) == "Wpisz wartość albo zaznacz „brak danych” i podaj przyczynę."


def test_every_cell_of_the_rows_asked_is_required_and_none_of_the_others() -> None:
    failures = judged(form_of("table"), {"ma_gpr": False, "finanse": {"budzet": {"plan": Decimal(5)}}})
    assert [failure.part for failure in failures] == ["", "budzet.stan"]


def test_a_table_keeps_the_limits_of_its_columns() -> None:
    value = {"budzet": {"plan": Decimal(-5), "stan": "t"}}
    failures = judged(form_of("table"), {"ma_gpr": False, "finanse": value})
    assert {failure.part for failure in failures} == {"", "budzet.plan"}


# --- group ---


def test_a_check_at_a_group_sees_the_fields_of_each_item_first() -> None:
    items = [{"imie": "Anna", "email": "a@gmina.pl"}, {"imie": "B", "email": "b@gmina.pl"}]
    failures = judged(form_of("group"), {"uczestnicy": items})
    assert [(failure.path, failure.code) for failure in failures] == [("uczestnicy-1-imie", "IMIE")]


def test_an_item_is_headed_by_its_number_and_what_is_answered() -> None:
    field = field_of("group")
    kind: Any = field.type
    assert kind.title(field, Env({}, {"imie": "Anna"}, 1)) == "Uczestnik 1: Anna"
    assert kind.title(field, Env({}, {}, 2)) == "Uczestnik 2"


# --- all of them ---

VALUES: list[tuple[str, Any]] = [
    ("address", ADDRESS),
    ("file", (PDF,)),
    ("matrix", {"tresc": "t"}),
    ("table", {"budzet": {"plan": Decimal("12.50"), "stan": {"none": "Nie wiemy."}}}),
    (
        "checklist",
        {"A01": {"rating": "1", "remark": "Próg.\nWąsko."}, "A04": {"rating": "2", "measure": Decimal("90.5")}},
    ),
]


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_what_is_kept_and_what_stands_in_the_inputs_read_back_the_same(name: str, value: Any) -> None:
    field = field_of(name)
    assert field.type.load(json.loads(json.dumps(field.type.dump(value)))) == value
    assert field.type.parse(field.type.typed(value), field) == value
    assert len(field.type.cells(value)) == len(field.type.words(value)) == len(field.type.columns(field))


@pytest.mark.parametrize("name", COMPOSITE)
@pytest.mark.parametrize("kept", ["tekst", 5, [1], {"x": {"y": 1}}, {"x": 1}])
def test_what_another_type_kept_is_not_loaded(name: str, kept: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  any of them
        field_of(name).type.load(kept)


FIELDS = {name: field_of(name) for name in COMPOSITE}
ANY_TEXT = st.text(max_size=12) | st.sampled_from(["1", "2", "t", "nd", "90 cm", "12,5", "70540", "1.234"])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(COMPOSITE), st.data())
def test_any_texts_are_read_or_refused(name: str, data: st.DataObject) -> None:
    field = FIELDS[name]
    typed = data.draw(st.dictionaries(st.sampled_from(field.type.parts), st.lists(ANY_TEXT, max_size=2)))
    try:
        value = field.type.parse(typed, field)
    except Refused as refused:
        said = refused
    else:
        assert field.type.load(json.loads(json.dumps(field.type.dump(value)))) == value
        assert field.type.show(value)
        return
    assert str(said.what)
    assert set(said.parts) <= set(field.type.parts)
