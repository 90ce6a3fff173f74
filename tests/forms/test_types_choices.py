"""Choosing: options, several of them, own answers, yes or no, consents, scales, gminy."""

from __future__ import annotations

from typing import Any

import pytest

from forms.definition import Field
from forms.expressions import Env
from forms.types.given import Typed
from forms.types.own import Own
from tests.forms.definitions import TODAY, answer, codes, field_of, fill, form_of, refusal

DIET = "type: choice, options: [{miesna: mięsna}, {weganska: wegańska}, {value: rybna, label: rybna, retired: true}], other: true"
NEEDS = "type: choices, options: [{pjm: tłumacz PJM}, {petla: pętla}, {winda: winda}], none: Żadne z powyższych, other: true"


def back(field: Field, value: Any) -> Any:
    """The value after being kept, loaded, put into the inputs and read again."""
    kept = field.type.load(field.type.dump(value))
    assert kept == value
    return field.type.parse(field.type.typed(kept), field)


def marks(field: Field, typed: Typed) -> set[tuple[str, str | bool]]:
    """The slots of the template that are filled."""
    return set(field.type.fills(typed))


def test_an_option_is_kept_by_its_value_and_shown_by_its_label() -> None:
    diet = field_of(DIET)
    assert answer(diet, " weganska ") == "weganska"
    assert diet.type.show("weganska") == "wegańska"
    assert marks(diet, diet.type.typed("weganska")) == {("chosen:weganska", True)}
    assert (diet.type.cells("weganska"), diet.type.words("weganska")) == (("weganska", None), ("wegańska", None))


def test_a_value_that_is_no_option_is_refused() -> None:
    assert refusal(field_of(DIET), "koszerna") == ("option", "Wybierz odpowiedź z listy.")


def test_a_retired_option_is_shown_in_old_answers_and_not_taken_in_new_ones() -> None:
    diet = field_of(DIET)
    assert diet.type.show(diet.type.load("rybna")) == "rybna"
    assert refusal(diet, "rybna") == ("option", "Tej odpowiedzi nie można już wybrać. Zaznacz inną.")
    assert [option.value for option in diet.type.offered(Env({}, today=TODAY))] == ["miesna", "weganska"]


def test_an_own_answer_keeps_its_words_and_is_the_option_other() -> None:
    diet = field_of(DIET)
    own = answer(diet, {"": ["other"], "other": [" koszerna "]})
    assert (own, own.text) == ("other", "koszerna")
    assert diet.type.dump(own) == "other:koszerna"
    assert back(diet, own).text == "koszerna"
    assert diet.type.show(own) == "koszerna"
    assert (diet.type.cells(own), diet.type.words(own)) == (("other", "koszerna"), ("Inne", "koszerna"))
    assert marks(diet, diet.type.typed(own)) == {("chosen:other", True), ("value:other", "koszerna")}
    assert own != Own("halal")


def test_an_own_answer_without_its_mark_still_counts_and_a_mark_without_words_does_not() -> None:
    diet = field_of(DIET)
    assert answer(diet, {"": [], "other": ["koszerna"]}).text == "koszerna"
    assert answer(diet, {"": ["miesna"], "other": ["koszerna"]}) == "miesna"
    assert refusal(diet, "other") == ("other", "Napisz, co to jest, albo wybierz inną odpowiedź.")
    assert refusal(diet, {"": ["other"], "other": ["a" * 201]}) == ("max", "Skróć tekst do 200 znaków. Teraz ma 201.")


def test_a_condition_sees_an_own_answer_as_the_option_other() -> None:
    form = form_of(
        f"fields:\n  - {{name: dieta, label: Dieta, {DIET}}}\n  - {{name: uwagi, type: text, label: Uwagi, when: dieta == 'other'}}"
    )
    assert "uwagi" in fill(form, {"dieta": {"": "other", "other": "koszerna"}}).found.asked
    assert "uwagi" not in fill(form, {"dieta": "miesna"}).found.asked


@pytest.mark.parametrize(("count", "drawn"), [(7, "radio"), (8, "select"), (20, "select"), (21, "autocomplete")])
def test_how_a_choice_looks_follows_from_how_many_options_there_are(count: int, drawn: str) -> None:
    options = ", ".join(f"o{number}" for number in range(count))
    field = field_of(f"type: choice, options: [{options}]")
    assert field.type.drawn == drawn
    assert field.type.fieldset == (drawn == "radio")
    assert field_of(f"type: choice, options: [{options}], as: select").type.drawn == "select"


def test_several_answers_stand_in_the_order_of_the_options() -> None:
    needs = field_of(NEEDS)
    chosen = answer(needs, {"": ["winda", "pjm", "other"], "other": ["cichy pokój"]})
    assert chosen == ("pjm", "winda", "other")
    assert needs.type.dump(chosen) == ["pjm", "winda", "other:cichy pokój"]
    assert back(needs, chosen)[-1].text == "cichy pokój"
    assert needs.type.show(chosen) == "tłumacz PJM, winda, cichy pokój"


def test_several_answers_are_exported_joined_and_one_by_one() -> None:
    needs = field_of(NEEDS)
    chosen = ("pjm", Own("cichy pokój"))
    assert [column.key for column in needs.type.columns(needs)] == [
        "",
        "pjm",
        "petla",
        "winda",
        "other",
        "none",
        "other.text",
    ]
    assert needs.type.cells(chosen) == ("pjm|other", 1, 0, 0, 1, 0, "cichy pokój")
    assert needs.type.words(chosen)[0] == "tłumacz PJM; cichy pokój"


def test_none_of_these_excludes_everything_else() -> None:
    needs = field_of(NEEDS + ", min: 2")
    assert answer(needs, "none") == ("none",)
    assert needs.type.show(("none",)) == "Żadne z powyższych"
    clash = ("none", "Zaznacz „Żadne z powyższych” albo inne odpowiedzi, nie jedno i drugie.")
    assert refusal(needs, {"": ["none", "winda"]}) == clash


def test_how_many_may_be_ticked_is_said() -> None:
    assert refusal(field_of(NEEDS + ", max: 1"), {"": ["pjm", "winda"]}) == (
        "max",
        "Zaznacz najwyżej 1 odpowiedź. Teraz zaznaczono 2.",
    )
    assert refusal(field_of(NEEDS + ", min: 2"), "pjm") == ("min", "Zaznacz co najmniej 2 odpowiedzi.")
    assert refusal(field_of(NEEDS), "basen") == ("option", "Wybierz odpowiedź z listy.")
    assert str(field_of(NEEDS).type.missing(field_of(NEEDS))) == "Zaznacz co najmniej jedną odpowiedź."


@pytest.mark.parametrize("kept", [["basen"], "pjm", None, [1], ["other"]])
def test_what_is_no_set_of_these_options_does_not_load(kept: Any) -> None:
    with pytest.raises(ValueError, match="option"):
        field_of(NEEDS).type.load(kept)


def test_mistakes_in_the_keys_of_a_choice_are_seen_in_the_definition() -> None:
    def found(keys: str) -> list[str]:
        return codes(f"title: Próba\nfields:\n  - {{name: pole, label: Pole, {keys}}}")

    assert found("type: choice, options: [other, b], other: true") == ["duplicate-option"]
    assert found("type: choices, options: [none, b], none: Nic") == ["duplicate-option"]
    assert found("type: choices, options: [a, b], min: 3") == ["min-over-max"]
    assert found("type: choices, options: [a, b], min: 2, max: 1") == ["min-over-max"]
    assert found("type: choice, options: [{value: a, label: A, retired: true}]") == ["empty-options"]
    assert found("type: scale, from: 5, to: 1") == ["min-over-max"]
    assert found("type: scale, from: 0, to: 50") == ["scale-too-long"]


@pytest.mark.parametrize(
    ("typed", "value"), [("tak", True), ("nie", False), ("true", True), ("false", False), ("TAK", True)]
)
def test_yes_and_no_are_kept_as_true_and_false(typed: str, value: bool) -> None:
    field = field_of("type: yes_no")
    assert answer(field, typed) is value
    assert back(field, value) is value
    assert field.type.show(value) == ("Tak" if value else "Nie")


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    assert refusal(field_of("type: yes_no"), "może") == ("format", "Wybierz „Tak” albo „Nie”: Pole.")


def test_a_consent_is_true_or_unanswered() -> None:
    field = field_of("type: consent, required: true")
    assert answer(field, "tak") is True
    assert field.type.blank({"": ["nie"]})
    assert field.type.blank({})
    assert str(field.type.missing(field)) == "Zaznacz „Pole”. Bez tego nie przyjmiemy formularza."
    with pytest.raises(ValueError, match="consent"):
        field.type.load(False)


def test_a_point_of_a_scale_is_a_number_on_it() -> None:
    scale = field_of("type: scale, from: 0, to: 10, low: źle, high: dobrze")
    assert answer(scale, "10") == 10
    assert back(scale, 0) == 0
    assert refusal(scale, "11") == ("option", "Zaznacz ocenę od 0 do 10.")
    with pytest.raises(ValueError, match="scale"):
        scale.type.load(11)


def test_a_gmina_is_kept_as_its_code_with_what_the_list_says_of_it() -> None:
    gmina = field_of("type: gmina")
    assert answer(gmina, "3218043") == "3218043"
    assert back(gmina, "3218043") == "3218043"
    assert gmina.type.show("3201022") == "Białogard (gmina wiejska)"
    assert gmina.type.cells("3218043") == ("3218043", "Resko", "miejsko-wiejska", "łobeski")


@pytest.mark.parametrize("code", ["3203042", "3218044", "0201011", "Resko", "3201"])
def test_an_abolished_or_foreign_gmina_or_a_part_of_one_is_refused(code: str) -> None:
    assert refusal(field_of("type: gmina"), code) == ("option", "Wybierz gminę z listy.")
    with pytest.raises(ValueError, match="gmina"):
        field_of("type: gmina").type.load(code)


def test_gminy_stand_in_the_order_of_the_polish_alphabet() -> None:
    labels = [str(option.label) for option in field_of("type: gmina").type.offered(Env({}, today=TODAY))]
    assert len(labels) == 113
    assert labels.index("Lipiany") < labels.index("Łobez") < labels.index("Malechowo")
    assert labels.index("Szczecin") < labels.index("Świdwin (gmina wiejska)") < labels.index("Trzcińsko-Zdrój")


def test_a_region_narrows_the_gminy_and_a_wrong_one_is_a_mistake() -> None:
    powiat = field_of('type: gmina, region: "3218"').type
    assert {value[:4] for value in powiat.values} == {"3218"}
    assert codes('title: Próba\nfields:\n  - {name: pole, label: Pole, type: gmina, region: "99"}') == ["empty-options"]


def test_a_gmina_has_attributes_in_expressions() -> None:
    form = form_of(
        "fields:\n  - {name: gmina, type: gmina, label: Gmina}\n  - {name: powiat, type: computed, label: P, value: gmina.powiat}"
    )
    assert fill(form, {"gmina": "3218043"}).found.values["powiat"] == "łobeski"
