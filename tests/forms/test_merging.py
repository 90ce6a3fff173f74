"""What is sent from a page that others have overtaken, put together with what they have saved."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms.merging import Merged, merge, texts_of
from forms.together import Ids, Page, Together, checksum, in_order, numbered
from tests.forms.definitions import form_of

FORM = form_of(
    """
title: Próba
fields:
  - {name: a, type: text, label: A}
  - {name: b, type: money, label: B}
  - name: osoby
    type: group
    label: Osoby
    fields:
      - {name: imie, type: text, label: Imię}
      - name: dzieci
        type: group
        label: Dzieci
        fields: [{name: wiek, type: integer, label: Wiek}]
"""
)


def page(shown: dict[str, str], **ids: Ids) -> Page:
    """A page that showed these texts, items by number."""
    return Page("x", 1, ids, {name: checksum([text]) for name, text in shown.items() if text})


def put(shown: Page, sent: dict[str, list[str]], saved: dict[str, Any], together: Together | None = None) -> Merged:
    return merge(shown, FORM.fields, sent, saved, {}, {}, together or Together(), "Jan", "2026-11-23T12:00")


def test_untouched_inputs_take_over_what_others_saved() -> None:
    merged = put(page({"a": "stare"}), {"a": ["stare"], "b": ["5"]}, {"a": "nowe"})
    assert (merged.sent["a"], merged.sent["b"]) == (["nowe"], ["5"])
    assert merged.touched == {"a"}


def test_what_both_wrote_is_kept_twice() -> None:
    together = Together(who="Anna")
    merged = put(page({"a": "stare"}), {"a": ["moje"]}, {"a": "ich"}, together)
    assert merged.sent["a"] == ["ich"]
    (clash,) = together.clashes
    assert (clash.texts, clash.who, clash.other) == (["moje"], "Jan", "Anna")
    put(page({"a": "stare"}), {"a": ["moje 2"]}, {"a": "ich"}, together)
    assert [each.texts for each in together.clashes] == [["moje 2"]], "a page has one version"


def test_an_item_of_an_item_is_found_by_its_numbers() -> None:
    saved = {"osoby": [{"imie": "B", "dzieci": [{"wiek": 3}, {"wiek": 4}]}]}
    together = Together(ids={"osoby": Ids([1], 2)})
    sent = {
        "osoby--item": ["0", "1"],
        "osoby-0-imie": ["A"],
        "osoby-1-imie": ["B"],
        "osoby-1-dzieci--item": ["0"],
        "osoby-1-dzieci-0-wiek": ["9"],
    }
    shown = page({"osoby#0-imie": "A", "osoby#1-imie": "B", "osoby#1-dzieci#0-wiek": "3"})
    merged = put(shown, sent, saved, together)
    assert merged.sent["osoby--item"] == ["0"]
    assert merged.sent["osoby-0-imie"] == ["B"]
    assert merged.sent["osoby-0-dzieci--item"] == ["0", "1"]
    assert (merged.sent["osoby-0-dzieci-0-wiek"], merged.sent["osoby-0-dzieci-1-wiek"]) == (["9"], ["4"])


def test_a_removed_item_comes_back_where_somebody_wrote_in_it() -> None:
    sent = {"osoby--item": ["0"], "osoby-0-imie": ["A nowe"]}
    together = Together(ids={"osoby": Ids([], 1)})
    merged = put(page({"osoby#0-imie": "A"}), sent, {"osoby": []}, together)
    assert merged.sent["osoby-0-imie"] == ["A nowe"]
    assert list(merged.ids["osoby"].numbers) == [0]


def test_two_explanations_are_both_kept() -> None:
    shown = Page("x", 1, {}, {})
    sent = {"_why--X@a": ["moje"]}
    merged = merge(shown, FORM.fields, sent, {}, {}, {"X@a": "ich"}, Together(), "", "")
    assert merged.sent["_why--X@a"] == ["ich\nmoje"]


def test_a_page_is_read_back_as_it_was_written() -> None:
    shown = Page("ab12", 7, {"osoby": Ids([0, 2], 5)}, {"a": 1, "_why--X Y@a": 255})
    assert Page.read(shown.text()) == Page("ab12", 7, {"osoby": Ids([0, 2], 5)}, {"a": 1, "_why--X Y@a": 255})
    for broken in ("", " ", "x", "x.y", "x.1 a=zz", "../.1", "x.1 osoby:a"):
        assert Page.read(broken) is None, broken


def test_what_browsers_change_on_the_way_is_no_change() -> None:
    assert dict(texts_of({"": ["  a\r\nb "], "x": [" "]})) == {"": ["a\nb"]}


@given(st.text(), st.lists(st.integers(0, 9), unique=True, min_size=1, max_size=5))
def test_numbers_lead_back_to_places(rubbish: str, numbers: list[int]) -> None:
    ids = {"osoby": Ids(numbers, 10)}
    for index in range(len(numbers)):
        name = f"osoby-{index}-imie--część"
        assert in_order(numbered(name, ids), ids) == name
    assert in_order("osoby#10-imie", ids) == ""
    assert Page.read(rubbish) is None or "." in rubbish


def test_a_made_up_place_is_nowhere() -> None:
    for place in ("2027-02-30", "osoby-1-2", "osoby#x", "osoby-0-1-imie"):
        assert in_order(numbered(place, {}), {}) == ""
