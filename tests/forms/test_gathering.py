"""What the browser sent becomes answers, item by item; what cannot be read stays as it was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.answers import Working
from forms.definition import Form
from forms.gathering import MOST_ITEMS, Sent, add_item, remove_item, take
from tests.forms.definitions import form_of

FORM = """
fields:
  - {name: wiek, type: integer, label: Wiek}
  - {name: uwagi, type: text, label: Uwagi, when: wiek > 5}
  - {name: suma, type: computed, label: Suma, value: wiek}
  - {name: zrodlo, type: hidden, from_query: zrodlo}
  - name: osoby
    type: group
    label: Osoby
    max: 3
    fields:
      - {name: imie, type: text, label: Imię}
      - {name: rok, type: integer, label: Rok}
      - {name: dieta, type: text, label: Dieta, when: rok > 5}
  - {name: kontakt, type: group, label: Kontakt, repeat: false, fields: [{name: email, type: email, label: E}]}
"""
NESTED = """
fields:
  - name: zadania
    type: group
    label: Zadania
    fields:
      - {name: zrodla, type: group, label: Z, fields: [{name: kwota, type: integer, label: Kwota}]}
"""


@dataclass
class Post(Sent):
    """A submitted form, as the browser sends it."""

    texts: Mapping[str, Sequence[str]]

    def getlist(self, name: str) -> Sequence[str]:
        return self.texts.get(name, ())


def sent(form: Form, working: Working, *shown: str, **texts: str | list[str]) -> Working:
    """The working copy after a page with these inputs was sent; `__` in a name stands for `-`."""
    names = {name.replace("__", "-"): [text] if isinstance(text, str) else text for name, text in texts.items()}
    names = {name.replace("-item", "--item"): text for name, text in names.items()}
    for each in form.fields:
        take(each, each.name, Post(names), working.answers, working.typed, frozenset(shown))
    return working


def test_what_can_be_read_is_an_answer_and_what_cannot_stays_as_typed() -> None:
    form, working = form_of(FORM), Working()
    sent(form, working, wiek="pięć")
    assert working.answers["wiek"] is None
    assert working.typed == {"wiek": {"": ["pięć"]}}
    sent(form, working, wiek="5")
    assert working.answers["wiek"] == 5
    assert working.typed == {}


def test_a_question_that_was_not_on_the_page_keeps_its_answer_and_one_that_was_is_cleared() -> None:
    form, working = form_of(FORM), Working({"uwagi": "dawne"})
    assert sent(form, working).answers["uwagi"] == "dawne"
    assert sent(form, working, "uwagi").answers["uwagi"] is None


def test_nobody_can_type_a_computed_value() -> None:
    assert "suma" not in sent(form_of(FORM), Working(), suma="100").answers


def test_a_group_that_does_not_repeat_is_one_set_of_answers() -> None:
    assert sent(form_of(FORM), Working(), kontakt__email="a@b.pl").answers["kontakt"] == {"email": "a@b.pl"}


def test_items_are_those_that_the_page_announces() -> None:
    working = sent(
        form_of(FORM), Working(), osoby__item=["0", "1"], osoby__0__imie="Ewa", osoby__1__imie="Jan", osoby__2__imie="X"
    )
    assert [item["imie"] for item in working.answers["osoby"]] == ["Ewa", "Jan"]


def test_an_item_removed_in_the_browser_takes_its_own_answers_with_it() -> None:
    form, working = form_of(FORM), Working()
    working.answers["osoby"] = [{"dieta": "a"}, {"dieta": "b"}, {"dieta": "c"}]
    working.typed = {"osoby-0-rok": {"": ["x"]}, "osoby-2-dieta": {"": ["y"]}}
    sent(form, working, osoby__item=["0", "2"], osoby__0__imie="A", osoby__2__imie="C", osoby__2__rok="z")
    assert [(item["imie"], item["dieta"]) for item in working.answers["osoby"]] == [("A", "a"), ("C", "c")]
    assert working.typed == {"osoby-1-rok": {"": ["z"]}, "osoby-1-dieta": {"": ["y"]}}


def test_a_page_cannot_announce_items_without_end() -> None:
    announced = [str(number) for number in range(400)] + ["-1", "x", "1" * 50]
    assert len(sent(form_of(FORM), Working(), osoby__item=announced).answers["osoby"]) == MOST_ITEMS


def test_removing_an_item_moves_up_what_was_typed_and_explained_in_those_after_it() -> None:
    form, working = form_of(FORM), Working()
    working.answers["osoby"] = [{"imie": "a"}, {"imie": "b"}, {"imie": "c"}]
    working.typed = {f"osoby-{n}-rok": {"": [str(n)]} for n in range(3)} | {"wiek": {"": ["w"]}}
    working.explained = {
        "ROK@osoby-0-rok": "zero",
        "ROK@osoby-1-rok": "raz",
        "ROK@osoby-2-rok": "dwa",
        "ROK@wiek": "tak",
    }
    assert remove_item(working, form.fields, "osoby-1")
    assert working.answers["osoby"] == [{"imie": "a"}, {"imie": "c"}]
    assert working.typed == {"osoby-0-rok": {"": ["0"]}, "osoby-1-rok": {"": ["2"]}, "wiek": {"": ["w"]}}
    assert working.explained == {"ROK@osoby-0-rok": "zero", "ROK@osoby-1-rok": "dwa", "ROK@wiek": "tak"}


def test_an_item_of_an_inner_group_is_removed_from_its_own_outer_item() -> None:
    form, working = form_of(NESTED), Working()
    working.answers["zadania"] = [{"zrodla": [{"kwota": 1}]}, {"zrodla": [{"kwota": 2}, {"kwota": 3}]}]
    working.typed = {"zadania-0-zrodla-1-kwota": {"": ["a"]}, "zadania-1-zrodla-1-kwota": {"": ["b"]}}
    assert remove_item(working, form.fields, "zadania-1-zrodla-0")
    assert working.answers["zadania"] == [{"zrodla": [{"kwota": 1}]}, {"zrodla": [{"kwota": 3}]}]
    assert working.typed == {"zadania-0-zrodla-1-kwota": {"": ["a"]}, "zadania-1-zrodla-0-kwota": {"": ["b"]}}


def test_an_item_that_is_not_there_cannot_be_removed() -> None:
    form, working = form_of(FORM), Working({"osoby": [{}]})
    for path in ("osoby-1", "osoby", "wiek-0", "osoby-x", "nikt-0", "kontakt-0", "", "osoby-0-imie-0"):
        assert not remove_item(working, form.fields, path), path
    assert working.answers == {"osoby": [{}]}


def test_items_are_added_until_the_group_is_full() -> None:
    form, working = form_of(FORM), Working()
    assert [add_item(working, form.fields, "osoby") for _ in range(4)] == [0, 1, 2, None]
    assert working.answers["osoby"] == [{}, {}, {}]
    assert add_item(working, form.fields, "kontakt") is None
    assert add_item(working, form.fields, "nikt") is None


def test_an_inner_group_grows_in_its_own_outer_item() -> None:
    form, working = form_of(NESTED), Working({"zadania": [{}, {}]})
    assert add_item(working, form.fields, "zadania-1-zrodla") == 0
    assert working.answers["zadania"] == [{}, {"zrodla": [{}]}]
    assert add_item(working, form.fields, "zadania-7-zrodla") is None
    assert add_item(working, form.fields, "zadania-zrodla") is None
