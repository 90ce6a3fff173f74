"""An unfinished translation is noticed before a person meets it."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Message

from translations.catalogues import KEYWORDS, faults_of

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
