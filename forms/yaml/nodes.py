"""What a YAML file holds: texts exactly as typed, mappings and lists, each with its place in the file.

Nobody changes a node once it is read. They are not frozen dataclasses only because those take three times as long to make,
and a catalogue reads a hundred thousand of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from forms.problems import Place

ESCAPE_LENGTHS = {"x": 4, "u": 6, "U": 10}
BLANK = " \t\n"


@dataclass(slots=True)
class Node:
    """A value in the file and where it stands."""

    place: Place


@dataclass(slots=True)
class Scalar(Node):
    """A text as the author typed it: `0201`, `08:30` and `no` stay what they are.

    `quoted`: in quotation marks; `block`: written after `|` or `>`; `null`: nothing, `~` or `null` without quotes.
    """

    text: str
    quoted: bool = False
    block: bool = False
    null: bool = False
    raw: str = field(default="", repr=False, compare=False)

    def at(self, offset: int) -> Place:
        """Where the character at `offset` of the text stands in the file, on whichever line that is."""
        position = self._position(offset)
        line_breaks = self.raw.count("\n", 0, position)
        if line_breaks:
            column = position - self.raw.rfind("\n", 0, position)
        else:
            column = self.place.column + position
        return Place(self.place.line + line_breaks, column, column + 1)

    def _position(self, offset: int) -> int:
        """The offset in the raw source that belongs to an offset in the text: both are walked side by side."""
        raw, end = self.raw, len(self.raw)
        if raw == self.text or not raw:
            return offset
        mark = raw[0] if self.quoted and not self.block else ""
        position = (raw.find("\n") + 1 or end) if self.block else len(mark)
        for char in self.text[:offset]:
            position = _skip_to(raw, position, char)
            if mark == '"' and raw.startswith("\\", position):
                position += ESCAPE_LENGTHS.get(raw[position + 1 : position + 2], 2)
            elif mark == "'" and char == "'":
                position += 2
            elif char not in BLANK or raw.startswith(char, position):
                position += 1
        return min(_skip_to(raw, position, self.text[offset : offset + 1]), end)


@dataclass(slots=True)
class Entry:
    """One `key: value` of a mapping."""

    key: Scalar
    value: Node


@dataclass(slots=True)
class Mapping(Node):
    """`key: value` pairs in the order of the file; no key twice."""

    entries: tuple[Entry, ...]

    def get(self, name: str) -> Node | None:
        """The value under a key, or None."""
        for entry in self.entries:
            if entry.key.text == name:
                return entry.value
        return None


@dataclass(slots=True)
class Sequence(Node):
    """A list."""

    items: tuple[Node, ...]


def _skip_to(raw: str, position: int, char: str) -> int:
    """Past the line break and indentation that YAML folds away before a character that is not a blank."""
    if not char or char in BLANK:
        return position
    while position < len(raw):
        if raw[position] in BLANK:
            position += 1
        elif raw.startswith("\\\n", position):
            position += 2
        else:
            break
    return position
