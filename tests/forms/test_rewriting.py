"""One value of a definition changed in its text: everything else stays as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.problems import Problems
from forms.rewriting import with_value
from forms.source import Mapping, Scalar, read

TEXT = """# Na początku.
title: 'Piknik'   # tytuł
summary: >
  Dwa wiersze
  opisu.

# O polach.
fields:
  - {name: imie, type: text, label: Imię}   # koniec
"""


def test_a_value_is_changed_and_its_comment_stays() -> None:
    assert with_value(TEXT, "title", "Festyn") == TEXT.replace("'Piknik'", "Festyn")


def test_a_value_that_yaml_would_misread_is_quoted() -> None:
    assert 'title: "Festyn: dzień 1"   # tytuł' in with_value(TEXT, "title", "Festyn: dzień 1")


def test_a_key_that_was_not_there_comes_after_the_words_about_the_form() -> None:
    assert with_value(TEXT, "state", "archived") == TEXT.replace("  opisu.\n", "  opisu.\nstate: archived\n")


def test_a_key_without_a_value_gets_one() -> None:
    assert with_value("title: A\nstate:   # kiedyś\nfields: []\n", "state", "open") == (
        "title: A\nstate: open   # kiedyś\nfields: []\n"
    )


def test_a_change_and_the_change_back_give_the_same_text() -> None:
    text = TEXT.replace("summary", "state: open # działa\nsummary")
    assert with_value(with_value(text, "state", "archived"), "state", "open") == text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("title: {pl: A, en: B}\n", "title"),
        ("title: >\n  A\n", "title"),
        ("title:\n  A\n", "title"),
        ("title: A\n  B\n", "title"),
        ("{title: A, state: open}\n", "summary"),
        ("- a\n", "title"),
        ("", "title"),
    ],
)
def test_what_is_no_text_on_one_line_is_left_to_its_author(text: str, key: str) -> None:
    with pytest.raises(ValueError, match="not "):
        with_value(text, key, "X")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40))
def test_any_title_reads_back_as_it_was_typed(title: str) -> None:
    title = " ".join(title.split())
    if not title:
        return
    try:
        changed = with_value(TEXT, "title", title)
    except ValueError:
        return  # a text that YAML cannot hold on one line
    root = read(changed, "", Problems())
    assert isinstance(root, Mapping)
    node = root.get("title")
    assert isinstance(node, Scalar)
    assert node.text == title
    assert changed.split("\n")[2:] == TEXT.split("\n")[2:]
