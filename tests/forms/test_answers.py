"""The walk: which questions are asked, what is computed, which defaults stand, what is stored and read back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from forms.answers import Working, clean, dump, leaves, load, walk
from forms.definition import Form
from forms.plan import Plan
from tests.forms.definitions import env, fill, form_of

PEOPLE = """
fields:
  - {name: nocleg, type: yes_no, label: Nocleg}
  - {name: noce, type: integer, label: Noce, when: nocleg}
  - name: osoby
    type: group
    label: Osoby
    fields:
      - {name: imie, type: text, label: Imię}
      - {name: dieta, type: yes_no, label: Dieta}
      - {name: jaka, type: text, label: Jaka, when: dieta}
  - {name: ile, type: computed, label: Ile, value: "count(osoby, dieta)"}
"""
NESTED = """
fields:
  - {name: kwota, type: integer, label: Kwota}
  - name: zadania
    type: group
    label: Zadania
    fields:
      - {name: kwota, type: integer, label: Kwota}
      - {name: razem, type: computed, label: Razem, value: kwota + 1}
      - name: zrodla
        type: group
        label: Źródła
        fields:
          - {name: kwota, type: integer, label: Kwota}
          - {name: razem, type: computed, label: Razem, value: kwota + 10}
"""


def started(form: Form, working: Working | None = None) -> dict[str, object]:
    """The values of a form that nobody has saved yet."""
    return walk(Plan(form), working or Working(), env()).values


def test_a_question_is_asked_only_while_its_condition_holds() -> None:
    form = form_of(PEOPLE)
    assert "noce" in fill(form, {"nocleg": "tak", "noce": "2"}).found.asked
    hidden = fill(form, {"nocleg": "nie", "noce": "2"})
    assert "noce" not in hidden.found.asked
    assert "noce" not in clean(form, hidden.found)


def test_what_is_hidden_for_a_while_is_still_in_the_working_copy() -> None:
    hidden = fill(form_of(PEOPLE), {"nocleg": "nie", "noce": "2"})
    assert hidden.working.answers["noce"] == 2


def test_a_condition_inside_a_group_looks_at_its_own_item() -> None:
    filled = fill(form_of(PEOPLE), {"osoby": [{"dieta": "tak", "jaka": "bez glutenu"}, {"dieta": "nie", "jaka": "x"}]})
    assert "osoby-0-jaka" in filled.found.asked
    assert "osoby-1-jaka" not in filled.found.asked
    assert clean(filled.form, filled.found)["osoby"] == [{"dieta": True, "jaka": "bez glutenu"}, {"dieta": False}]
    assert filled.found.values["ile"] == 1


def test_an_inner_name_hides_an_outer_one_even_while_it_is_unanswered() -> None:
    filled = fill(form_of(NESTED), {"kwota": "5", "zadania": [{"zrodla": [{}, {"kwota": "3"}]}, {"kwota": "7"}]})
    first, second = filled.found.values["zadania"]
    assert "razem" not in first
    assert first["zrodla"] == [{}, {"kwota": 3, "razem": 13}]
    assert second["razem"] == 8


def test_an_inner_group_does_not_take_the_value_of_the_outer_item() -> None:
    filled = fill(form_of(NESTED), {"zadania": [{"kwota": "7", "zrodla": [{}]}]})
    assert filled.found.values["zadania"] == [{"kwota": 7, "razem": 8, "zrodla": [{}]}]


def test_an_inner_field_may_read_the_outer_item() -> None:
    text = NESTED.replace("value: kwota + 10", "value: limit_zadania * 2")
    text = text.replace(
        "{name: razem, type: computed, label: Razem, value: kwota + 1}",
        "{name: limit_zadania, type: integer, label: Limit}",
    )
    filled = fill(form_of(text), {"zadania": [{"limit_zadania": "4", "zrodla": [{}]}]})
    assert filled.found.values["zadania"][0]["zrodla"][0]["razem"] == 8


def test_a_field_may_stand_before_the_ones_it_reads() -> None:
    form = form_of(
        """
fields:
  - {name: razem, type: computed, label: Razem, value: polowa * 2}
  - {name: polowa, type: computed, label: Połowa, value: a / 2}
  - {name: a, type: integer, label: A}
"""
    )
    assert fill(form, {"a": "3"}).found.values["razem"] == 3


def test_a_step_that_is_skipped_asks_nothing_and_its_answers_are_unanswered_elsewhere() -> None:
    form = form_of(
        """
conditions: {z_noclegiem: nocleg}
steps:
  - {id: pierwszy, title: Pierwszy, fields: [{name: nocleg, type: yes_no, label: Nocleg}]}
  - {id: drugi, title: Drugi, when: z_noclegiem, fields: [{name: noce, type: integer, label: Noce, required: true}]}
  - {id: trzeci, title: Trzeci, fields: [{name: koszt, type: computed, label: Koszt, value: noce * 200}]}
"""
    )
    skipped = fill(form, {"nocleg": "nie", "noce": "3"})
    assert [step.id for step in skipped.found.steps] == ["pierwszy", "trzeci"]
    assert "koszt" not in skipped.found.values
    assert not skipped.failures
    assert fill(form, {"nocleg": "tak", "noce": "3"}).found.values["koszt"] == 600


def test_a_default_stands_until_the_step_is_saved_and_a_cleared_answer_stays_cleared() -> None:
    form = form_of(
        """
fields:
  - {name: rok, type: integer, label: Rok, default: year(today) - 1}
  - {name: kwota, type: decimal, label: Kwota, default: 1.5}
  - {name: forma, type: choice, label: Forma, options: [Online, Stacjonarnie], default: online}
  - {name: dni, type: choices, label: Dni, options: [Pon, Wt, Śr], default: [pon, sr]}
  - {name: od, type: date, label: Od, default: 2027-03-09}
  - {name: opis, type: text, label: Opis, default: 2027-03-09}
"""
    )
    assert started(form) == {
        "rok": 2025,
        "kwota": Decimal("1.5"),
        "forma": "online",
        "dni": ("pon", "sr"),
        "od": date(2027, 3, 9),
        "opis": "2027-03-09",
    }
    assert fill(form, {}).found.values == {}
    assert "rok" not in started(form, Working({"rok": None}))


def test_a_group_begins_with_the_items_it_must_have() -> None:
    text = "fields:\n  - {name: g, type: group, label: G, %s, fields: [{name: a, type: text, label: A, default: x}]}\n"
    assert started(form_of(text % "min: 2"))["g"] == [{"a": "x"}, {"a": "x"}]
    assert started(form_of(text % "required: true"))["g"] == [{"a": "x"}]
    assert started(form_of(text % "max: 3"))["g"] == []


def test_a_group_that_does_not_repeat_is_one_item() -> None:
    form = form_of(
        """
fields:
  - name: osoba
    type: group
    label: Osoba
    repeat: false
    fields: [{name: imie, type: text, label: Imię}]
  - {name: powitanie, type: computed, label: Powitanie, value: osoba.imie}
"""
    )
    filled = fill(form, {"osoba": {"imie": "Ewa"}})
    assert filled.found.values == {"osoba": {"imie": "Ewa"}, "powitanie": "Ewa"}
    assert "osoba-imie" in filled.found.asked


def test_answers_survive_their_way_to_disk() -> None:
    form = form_of(NESTED)
    working = fill(form, {"kwota": "5", "zadania": [{"kwota": "1", "zrodla": [{"kwota": "2"}, {}]}]}).working
    working.explained["RAZ@kwota"] = "Tak było."
    again = Working.of(form, working.kept(form), {}, ["formularz"])
    assert again == Working(working.answers, {}, {"formularz"}, {"RAZ@kwota": "Tak było."})


def test_an_answer_is_read_under_its_earlier_name_and_a_strange_one_is_left_out() -> None:
    form = form_of(
        "fields:\n  - {name: email, type: email, label: E, was: [mail]}\n  - {name: ile, type: integer, label: I}\n"
    )
    assert load(form.fields, {"mail": "a@b.pl", "ile": "pięć", "nie_ma": 1}) == {"email": "a@b.pl"}
    assert load(form.fields, {"mail": "a@b.pl", "email": "c@d.pl"}) == {"email": "c@d.pl"}


def test_a_group_that_was_something_else_before_is_left_out() -> None:
    form = form_of(PEOPLE)
    assert load(form.fields, {"osoby": "Anna"}) == {}
    assert load(form.fields, {"osoby": [{"imie": "Anna"}, "Marek"]}) == {"osoby": [{"imie": "Anna"}]}


def test_a_cleared_answer_is_kept_as_cleared() -> None:
    form = form_of(PEOPLE)
    assert dump(form.fields, {"noce": None}) == {"noce": None}
    assert load(form.fields, {"noce": None}) == {"noce": None}


def test_every_leaf_has_its_path() -> None:
    form = form_of(PEOPLE)
    found = [(path, value) for path, _, value in leaves(form.fields, {"osoby": [{"imie": "Ewa"}]})]
    assert ("osoby-0-imie", "Ewa") in found
    assert ("osoby-0-jaka", None) in found
    assert ("noce", None) in found


def test_the_env_of_a_path_is_that_of_its_item() -> None:
    found = fill(form_of(PEOPLE), {"osoby": [{"imie": "Ewa"}, {"imie": "Jan"}]}).found
    inner = found.env_at("osoby-1-imie")
    assert (inner.n, inner.item["imie"] if inner.item else None) == (2, "Jan")
    assert found.env_at("nocleg") is found.env
