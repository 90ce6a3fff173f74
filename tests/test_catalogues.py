"""An unfinished translation is noticed before a person meets it."""

from __future__ import annotations

import ast

import pytest
from babel.messages.catalog import Message

from translations.catalogues import FOLDERS, KEYWORDS, ROOT, faults_of, texts

PLURAL = ("{n} gmina", "{n} gminy")


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (Message("Zapisz", "Save"), None),
        (Message("Zapisz", ""), "brak tłumaczenia"),
        (Message("Zapisz", "Save", flags=["fuzzy"]), "niepewne"),
        (Message("Pole {name}", "Field {nme}"), "nieznane pola {nme} – w oryginale są {name}"),
        (Message("Pole %(name)s", "Field %(nme)s"), "nieznane pola"),
        (Message("Pole {name}", "This field"), None),
        (Message(PLURAL, ("{n} gmina", "{n} gminy", "{n} gmin")), None),
        (Message(PLURAL, ("{n} gmina", "{n} gminy", "")), "brak tłumaczenia"),
        (Message(PLURAL, ("{n} gmina", "{n} gminy")), "brak tłumaczenia"),
    ],
)
def test_a_fault_in_a_translation_is_told(message: Message, told: str | None) -> None:
    faults = list(faults_of(message, plurals=3))
    assert (faults == []) if told is None else (told in faults[0])


def test_the_words_that_mark_a_text_in_the_code_are_looked_for() -> None:
    assert KEYWORDS["say"] is None
    assert KEYWORDS["say_n"] == (1, 2)


def test_every_text_for_people_in_the_code_is_found_wherever_it_stands() -> None:
    found = {text if isinstance(text, str) else text[0] for _, text in texts()}
    missed = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.args[0].value}"
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "say_n")
        if node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value not in found
    ]
    assert missed == [], "a text within an f-string is not extracted: give it a name, or say the whole sentence"
