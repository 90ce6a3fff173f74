"""Polish words in order and in search: sorting by the Polish alphabet, comparing without accents."""

from __future__ import annotations

import unicodedata

ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
RANK = {letter: f"{position:02}" for position, letter in enumerate(ALPHABET)}
STROKES = str.maketrans("łŁđĐøØ", "lLdDoO")  # letters that Unicode does not take apart


def fold(text: str) -> str:
    """The text in lower case without accents: `Świdwin` → `swidwin`, `Łobez` → `lobez`."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.translate(STROKES).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def sort_key(text: str) -> tuple[str, str]:
    """A key for sorting as in a Polish dictionary: a ą b c ć … z ź ż, case last, digits and signs before letters."""
    whole = unicodedata.normalize("NFC", text)
    letters = (RANK.get(letter) or RANK.get(fold(letter)[:1]) or f" {letter}" for letter in whole.casefold())
    return "".join(letters), whole
