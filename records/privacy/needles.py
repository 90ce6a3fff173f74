"""What a person is looked for by: an e-mail address, a telephone or PESEL number, a name, or the number of a response."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

EMAIL, NUMBER, NAME = "email", "number", "name"
LEAST_DIGITS, LEAST_LETTERS, LONGEST = 6, 3, 100
NATIONAL = 9  # digits of a Polish telephone number, before which the code of the country may stand
_LETTERS = {"l": "lł"}
_MARKED = "ąćęńóśźżáäàâãåçčďéëèêěíïìîňñöôòõőřšťúüùûűůýž"
for _letter in _MARKED:
    _plain = unicodedata.normalize("NFD", _letter)[0]
    _LETTERS[_plain] = _LETTERS.get(_plain, _plain) + _letter


class TooShort(ValueError):
    """The text would be found nearly everywhere."""


@dataclass(frozen=True, slots=True, repr=False)
class Needle:
    """What is looked for. `loose` finds texts that may hold it, quickly; `exact` are words that must all be there."""

    text: str
    kind: str
    loose: tuple[re.Pattern[str], ...]
    exact: tuple[re.Pattern[str], ...]

    def maybe(self, stored: str) -> bool:
        """Whether a stored text (JSON) may hold it; what it does not say yes to holds none of it."""
        return all(pattern.search(stored) for pattern in self.loose)

    def inside(self, text: str) -> bool:
        """Whether the text holds all of it, each word as a whole."""
        return all(pattern.search(text) for pattern in self.exact)

    def touches(self, text: str) -> bool:
        """Whether the text holds a word of it."""
        return any(pattern.search(text) for pattern in self.exact)


def needle(text: str) -> Needle:
    """What a member of staff typed. Raises TooShort.

    Capital letters and Polish marks do not count, nor do the blanks and dashes in a number; the words of a name may stand
    in any order, also in several answers about the same person.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())[:LONGEST]
    digits = re.sub(r"[\s()./+-]", "", text)
    if digits.isdecimal():
        digits = digits.removeprefix("00") if digits.startswith("0048") else digits
        if len(digits) == NATIONAL + 2 and digits.startswith("48"):
            digits = digits[2:]
        if len(digits) < LEAST_DIGITS:
            raise TooShort(text)
        spaced = r"[\s().-]{0,3}".join(digits)
        before = r"(?<!\d)" if len(digits) != NATIONAL else r"(?:(?<!\d)|(?<=48)|(?<=48[\s-]))"
        return Needle(text, NUMBER, (re.compile(spaced),), (re.compile(rf"{before}{spaced}(?!\d)"),))
    if "@" in text.strip("@"):
        address = re.escape(text)
        whole = rf"(?<![\w.+-]){address}(?![\w-]|\.\w)"
        return Needle(text, EMAIL, (_compiled(address),), (_compiled(whole),))
    words = re.findall(r"[^\W_]+", text)
    if sum(map(len, words)) < LEAST_LETTERS:
        raise TooShort(text)
    spelt = ["".join(_letter_class(letter) for letter in word.lower()) for word in words]
    loose, exact = tuple(map(_compiled, spelt)), tuple(_compiled(rf"(?<!\w){word}(?!\w)") for word in spelt)
    return Needle(text, NAME, loose, exact)


def _letter_class(letter: str) -> str:
    plain = "l" if letter == "ł" else unicodedata.normalize("NFD", letter)[0]
    return f"[{_LETTERS[plain]}]" if plain in _LETTERS else re.escape(plain)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
