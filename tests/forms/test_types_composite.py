"""Answers of several inputs: addresses, files, groups, matrices, tables and checklists, from typing to export."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import forms.types  # noqa: F401  registers the types
from forms.answers import Working, walk
from forms.definition import Field, Form
from forms.expressions import Env
from forms.judging import Failure, judge
from forms.plan import Plan
from forms.reader import Surroundings, read_form
from forms.types.base import Refused, Typed

HERE = Path(__file__).parent / "types"
COMPOSITE = ("address", "file", "matrix", "table", "checklist")
PDF = {"id": "a1", "name": "uchwała.pdf", "size": 1_300_000, "type": "application/pdf"}


def read(text: str) -> Form:
    """The form of this text, which has no mistakes."""
    found = read_form("proba.yaml", text, Surroundings(region="32"))
    assert not found.problems.errors, [str(each.what) for each in found.problems.errors]
    assert found.form is not None
    return found.form


def form_of(name: str) -> Form:
    """The tiny definition of a type."""
    return read((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def field_of(name: str) -> Field:
    """The field of that type in its tiny definition."""
    return next(each for each in form_of(name).fields if each.type.name == name)


def texts(**parts: str) -> Typed:
    """What was typed, one text in each part; `__` stands for a dot."""
    return {part.replace("__", "."): [text] for part, text in parts.items()}


def refusal(field: Field, typed: Typed) -> Refused:
    """Why it is not an answer."""
    with pytest.raises(Refused) as caught:
        field.type.parse(typed, field)
    return caught.value


def plain(text: Any) -> str:
    """A message with ordinary blanks."""
    return str(text).replace("\u00a0", " ")


def judged(form: Form, answers: dict[str, Any]) -> list[Failure]:
    """What does not pass in the whole form."""
    plan, working = Plan(form), Working(answers, seen={step.id for step in form.steps})
    return judge(plan, working, walk(plan, working, Env({})))


def computed(form: Form, answers: dict[str, Any]) -> dict[str, Any]:
    """The values that expressions see."""
    return walk(Plan(form), Working(answers), Env({})).values


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


# --- checklist ---

ALL_BEST = {item: {"rating": "2"} for item in ("A01", "A04", "K05", "P03")}


def test_missing_ratings_are_counted_and_named() -> None:
    value = {item: ALL_BEST[item] for item in ("A01", "A04")}
    whole, *parts = judged(form_of("checklist"), {"obiekt": True, "oceny": value})
    assert (whole.text, whole.code) == ("Oceń wszystkie pozycje. Brakuje 2: K05, P03.", "OCENA_BRAK")
    assert [failure.part for failure in parts] == ["K05", "P03"]


def test_a_measure_outside_its_limits_contradicts_the_best_rating() -> None:
    value = {**ALL_BEST, "A04": {"rating": "2", "measure": Decimal(82)}}
    *_, failure = judged(form_of("checklist"), {"obiekt": True, "oceny": value})
    assert (failure.part, failure.code) == ("A04", "POMIAR_SPRZ")
    assert plain(failure.text) == (
        "Szerokość drzwi 82 cm jest mniejsza niż 90 cm, więc pozycja A04 nie może mieć oceny „spełnia”. "
        "Popraw pomiar albo ocenę."
    )


@pytest.mark.parametrize(("rating", "measure"), [("2", "90"), ("1", "82"), ("0", "10")])
def test_a_measure_within_its_limits_or_beside_a_lower_rating_passes(rating: str, measure: str) -> None:
    value = {**ALL_BEST, "A04": {"rating": rating, "measure": Decimal(measure)}}
    assert judged(form_of("checklist"), {"obiekt": True, "oceny": value}) == []


@pytest.mark.parametrize(("remark", "passes"), [("", False), ("Za krótko", False), ("Nie ma drzwi", True)])
def test_not_applicable_needs_a_remark(remark: str, passes: bool) -> None:
    value = {**ALL_BEST, "A04": {"rating": "nd", **({"remark": remark} if remark else {})}}
    failures = judged(form_of("checklist"), {"obiekt": True, "oceny": value})
    assert [failure.code for failure in failures] == ([] if passes else ["ND_UZAS", "ND_UZAS"])


def test_an_item_that_is_not_asked_needs_no_rating() -> None:
    value = {item: ALL_BEST[item] for item in ("A04", "K05", "P03")}
    assert judged(form_of("checklist"), {"obiekt": False, "oceny": value}) == []


@pytest.mark.parametrize(
    ("ratings", "score", "area", "grade", "barriers"),
    [
        ({"A01": "2", "A04": "2", "K05": "2", "P03": "2"}, "100", "100", "wysoka", 0),
        ({"A01": "2", "A04": "0", "K05": "2", "P03": "2"}, "83.3", "75", "dobra", 0),  # 10 of 12 points, 6 of 8
        ({"A01": "1", "A04": "nd", "K05": "nd", "P03": "nd"}, "50", "50", "częściowa", 0),
        ({"A01": "0", "A04": "2", "K05": "2", "P03": "2"}, "50", "25", "częściowa", 1),
        ({"A01": "0", "A04": "0", "K05": "0", "P03": "1"}, "8.3", "0", "niska", 1),
    ],
)
def test_the_score_weighs_the_rated_items(
    ratings: dict[str, str], score: str, area: str, grade: str, barriers: int
) -> None:
    value = {item: {"rating": rating} for item, rating in ratings.items()}
    found = computed(form_of("checklist"), {"obiekt": True, "oceny": value})
    assert (found["wynik"], found["wynik_a"]) == (Decimal(score), Decimal(area))
    assert (found["klasa"], found["bariery"]) == (grade, barriers)


def test_a_critical_barrier_caps_a_class_that_would_be_better() -> None:
    text = (HERE / "checklist.yaml").read_text(encoding="utf-8").replace("weight: 3, critical", "weight: 0.1, critical")
    value = {**ALL_BEST, "A01": {"rating": "0"}}
    found = computed(read(text), {"obiekt": True, "oceny": value})
    assert found["wynik"] > 90
    assert found["klasa"] == "częściowa"


def test_an_item_is_a_name_in_expressions() -> None:
    form = form_of("checklist")
    plan = Plan(form)
    for rating, asked in (("0", True), ("2", False)):
        answers = {"obiekt": True, "oceny": {"A01": {"rating": rating}}}
        assert ("wejscie" in walk(plan, Working(answers), Env({})).asked) is asked


def test_a_checklist_is_exported_with_its_score() -> None:
    field = field_of("checklist")
    value = {**ALL_BEST, "A01": {"rating": "0", "remark": "Schody."}, "A04": {"rating": "2", "measure": Decimal(92)}}
    row = dict(zip([column.key for column in field.type.columns(field)], field.type.words(value), strict=True))
    assert (row["A01"], row["A01.remark"], row["A04.measure"]) == ("nie spełnia", "Schody.", Decimal(92))
    assert (row["A.score"], row["score"]) == (Decimal(25), Decimal(50))
    assert (row["class"], row["barriers"]) == ("częściowa", "A01")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("critical_caps: częściowa|critical_caps: czesciowa", "unknown-value"),
        ("id: K05|id: A04", "duplicate-name"),
        ("id: K05|id: score", "reserved-name"),
    ],
)
def test_a_mistake_in_a_checklist_is_reported(change: str, code: str) -> None:
    old, new = change.split("|")
    text = (HERE / "checklist.yaml").read_text(encoding="utf-8").replace(old, new)
    assert code in {each.code for each in read_form("proba.yaml", text, Surroundings()).problems.errors}


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
