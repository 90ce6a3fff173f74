"""The text of a file before YAML sees it: size, encoding, and characters that nobody can see."""

from __future__ import annotations

import re

from forms.problems import Place, Problems
from forms.yaml import words

LARGEST = 1_000_000  # bytes
LOOKED_AT = 1024
START = Place(1, 1, 2)
OTHER_FORMATS = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0")
UTF16 = (b"\xff\xfe", b"\xfe\xff")
# control characters, separators that YAML takes for line breaks, marks of no width, halves of surrogate pairs
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\u2060\ud800-\udfff\ufeff\ufffe\uffff]",
)


def decode(text: bytes | str, problems: Problems) -> str | None:
    """The text with a BOM taken off and every line ended by LF, or None when it is not a text that YAML could hold."""
    if len(text) > LARGEST:
        problems.add(START, "too-large", words.TOO_LARGE)
        return None
    decoded = _from_bytes(text, problems) if isinstance(text, bytes) else text
    if decoded is None:
        return None
    decoded = _plain_line_ends(decoded)
    invisible = INVISIBLE.search(decoded)
    if invisible:
        problems.add(_place_of(decoded, invisible.start()), "control-character", words.invisible(invisible.group()))
        return None
    return decoded


def _from_bytes(data: bytes, problems: Problems) -> str | None:
    if data.startswith(UTF16):
        problems.add(START, "not-utf8", words.NOT_UTF8)
        return None
    if data.startswith(OTHER_FORMATS) or b"\0" in data[:LOOKED_AT]:
        problems.add(START, "not-text", words.NOT_TEXT)
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _plain_line_ends(data[: error.start].decode("utf-8"))
        letter = data[error.start : error.start + 1].decode("cp1250", "replace")
        what = words.not_utf8(letter) if letter.isalpha() else words.NOT_UTF8
        problems.add(_place_of(before, len(before)), "not-utf8", what)
        return None


def _plain_line_ends(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _place_of(text: str, offset: int) -> Place:
    column = offset - text.rfind("\n", 0, offset)
    return Place(text.count("\n", 0, offset) + 1, column, column + 1)
