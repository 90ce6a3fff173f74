"""Valid YAML that says something else than its author meant: a comma in `{…}`, `#` in a text, a glued hyphen."""

from __future__ import annotations

import re

from forms.problems import Place, Problems
from forms.wording import NBSP
from forms.yaml import words
from forms.yaml.nodes import Node, Scalar

GLUED_HYPHEN = re.compile(r"-[^\s\-\d]")
GLUED_COMMENT = re.compile(r" +#(?=[^\s#!=-])")
CONTINUED_ITEM = re.compile(r"\n *(?=- )")
CONTINUED_KEY = re.compile(r"\n *(?:- +)*[^\W\d]\w*:(?:\s|$)")
OPENING, CLOSING = "„“”«‚‘", "”“»’"
DOUBTFUL_KEY = f"-<{NBSP}"  # how a key begins that `check_key` may object to; an empty key does too


def check_key(key: Scalar, problems: Problems) -> bool:
    """Whether a key was reported, so that nothing more need be said of it: `-name` was meant as the first key of a
    list's item, `<<` would copy another part of the file."""
    if key.quoted:
        return False
    if GLUED_HYPHEN.match(key.text):
        problems.add(key.place, "no-space-after-hyphen", words.glued_hyphen(key.text[1:]))
    elif key.text.startswith(NBSP):
        problems.add(key.place, "nbsp-indent", words.NBSP)
    elif key.text == "<<":
        problems.add(key.place, "merge-key", words.MERGE)
    elif not key.text:
        problems.add(key.place, "key-not-text", words.KEY_NOT_TEXT)
    else:
        return False
    return True


def check_key_in_braces(key: Scalar, alone: bool, problems: Problems) -> None:
    """A name without a colon in `{…}`: a text with a comma, a glued colon, or a `{name}` that begins a text."""
    name, glued, _ = key.text.partition(":")
    if glued and not key.quoted:
        problems.add(key.at(len(name)), "no-space-after-colon", words.glued_colon(name))
    elif alone:
        problems.add(key.place, "special-start", words.special_start("{"))
    else:
        problems.add(key.place, "comma-in-braces", words.comma_in_braces(key.text))


def check_value(key: Scalar, value: Node, problems: Problems) -> None:
    """A list of one item whose hyphen lacks its space: `-Tak` alone on the line below its key."""
    if not isinstance(value, Scalar) or value.quoted or value.place.line == key.place.line or "\n" in value.raw:
        return
    if GLUED_HYPHEN.match(value.text):
        problems.add(value.place, "no-space-after-hyphen", words.glued_hyphen(value.text[1:]))


def check_quoted(scalar: Scalar, problems: Problems) -> None:
    """A quoted text of several lines that has swallowed a line with a key."""
    if "\n" in scalar.raw and CONTINUED_KEY.search(scalar.raw):
        problems.add(scalar.place, "quote-not-closed", words.quote_not_closed(scalar.raw[0]))


def check_plain(scalar: Scalar, following: str, problems: Problems) -> None:
    """A text without quotes and what follows it: a lost `#…`, swallowed items, „…” taken for YAML's quotes."""
    text = scalar.text
    comment = GLUED_COMMENT.match(following) if following.startswith(" ") else None
    if comment:
        end = scalar.at(len(text))
        place = Place(end.line, end.column + comment.end() - 1, end.column + comment.end())
        problems.add(place, "hash-in-text", words.HASH_IN_TEXT, level="warning")
    if "\n" in scalar.raw:
        _check_swallowed_items(scalar, problems)
    if text[0] in OPENING and text[-1] in CLOSING and text.count(text[-1]) == 1:
        problems.add(scalar.place, "typographic-quotes", words.typographic(f"{text[0]}…{text[-1]}"), level="warning")


def _check_swallowed_items(scalar: Scalar, problems: Problems) -> None:
    item = CONTINUED_ITEM.search(scalar.raw)
    if GLUED_HYPHEN.match(scalar.text):
        problems.add(scalar.place, "no-space-after-hyphen", words.glued_hyphen(scalar.text[1:]))
    elif item:
        line = scalar.place.line + scalar.raw.count("\n", 0, item.end())
        column = item.end() - item.start()
        problems.add(Place(line, column, column + 1), "wrong-indent", words.UNEVEN_HYPHEN)
