"""The lines of a YAML file as a person sees them – indentation, hyphens, key, value – to explain its errors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 2000  # characters of a line, and
FURTHEST = 3000  # lines back from a mistake that are looked at: more than any real form has
KEY = re.compile(r"""(?:"[^"\n]{0,100}"|'[^'\n]{0,100}'|[^\s:#'"\[\]{},|>&*!%@`][^:#\n]{0,100})(?=:(?:\s|$))""")
BLOCK = re.compile(r"[|>][-+0-9]{0,2}\s*(#.*)?$")
CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}


@dataclass(frozen=True, slots=True)
class Line:
    """One line; offsets count from 0, and `key` is empty when the line has no `key:`."""

    number: int
    text: str
    indent: int
    start: int
    key: str
    value_start: int

    @property
    def value(self) -> str:
        """What stands after the key and the hyphens."""
        return self.text[self.value_start :].rstrip()

    @property
    def hyphens(self) -> bool:
        """Whether the line opens an item of a list."""
        return self.start > self.indent

    @property
    def open_quote(self) -> str:
        """The quotation mark that the value opens and does not close on this line, or nothing."""
        mark = self.value[:1]
        return mark if mark in CLOSED and not CLOSED[mark].match(self.value) else ""

    def with_value(self, value: str) -> str:
        """The line's text with another value."""
        return self.text[: self.value_start] + value

    def with_value_quoted(self) -> str:
        """The line's text with its whole value in single quotes."""
        return self.with_value("'" + self.value.replace("'", "''") + "'")


def dissect(lines: Sequence[str], number: int) -> Line:
    """The line of a number (from 1); beyond the end an empty line, and only the beginning of a very long one."""
    text = lines[number - 1][:LONGEST] if 1 <= number <= len(lines) else ""
    indent = start = _after_blanks(text, 0)
    while text.startswith("- ", start):
        start = _after_blanks(text, start + 2)
    key = KEY.match(text, start)
    value_start = _after_blanks(text, key.end() + 1) if key else start
    return Line(number, text, indent, start, key.group() if key else "", value_start)


def code_lines(lines: Sequence[str], until: int) -> Iterator[Line]:
    """The lines up to a number that are neither blank, nor comments, nor the text of a `|` or `>` block."""
    block: int | None = None
    for number in range(max(1, until - FURTHEST), min(until, len(lines)) + 1):
        line = dissect(lines, number)
        if not line.text.strip():
            continue
        if block is not None and line.indent > block:
            continue
        block = None
        if line.text.startswith("#", line.indent):
            continue
        if BLOCK.match(line.value):
            block = line.start if line.key else line.indent
        yield line


def line_before(lines: Sequence[str], number: int) -> Line | None:
    """The nearest line above that is not blank and not a comment."""
    last = None
    for line in code_lines(lines, number - 1):
        last = line
    return last


def _after_blanks(text: str, position: int) -> int:
    while text.startswith(" ", position):
        position += 1
    return position
