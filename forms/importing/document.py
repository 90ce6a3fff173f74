"""A definition while it is put together, and its YAML: tidy, with what was left out as comments at its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import cast

import yaml

from forms.importing.remarks import Cell
from forms.source import NOTHING
from forms.yaml.habits import CLOSING, OPENING

LONGEST_FLOW = 100
LONGEST_COMMENT = 300
# Without one of these a block means nothing, so that it goes when the line goes.
NEEDED = frozenset(
    {"name", "type", "label", "text", "fields", "options", "rows", "that", "message", "value", "id", "title"}
)
ORDER = (
    "name", "type", "was", "label", "text", "hint", "when", "rows", "options", "value", "from_query", "as", "other", "accept",
    "max_size", "min", "max", "pattern", "places", "from", "to", "low", "high", "required", "default", "message", "item",
    "fields", "checks", "autocomplete",
)  # fmt: skip


@dataclass(eq=False)
class Line:
    """A key with its value, the cell it comes from, and what may stand in its place when our reader refuses it."""

    key: str
    value: Value
    cell: Cell | None = None
    instead: Value | None = None


@dataclass(eq=False)
class Block:
    """A mapping: a form, a step, a field, an option … `dropped` ones are written as comments."""

    lines: list[Line] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    cell: Cell | None = None
    dropped: bool = False

    def put(self, key: str, value: Value, cell: Cell | None = None, instead: Value | None = None) -> None:
        """Adds a line; an empty list adds nothing."""
        if value != [] and value != {}:
            self.lines.append(Line(key, value, cell, instead))

    def get(self, key: str) -> Value | None:
        """The value of a key."""
        return next((line.value for line in self.lines if line.key == key), None)

    def part(self, key: str) -> Block:
        """The block under a key, added when it is not there yet."""
        found = self.get(key)
        if not isinstance(found, Block):
            found = Block()
            self.put(key, found)
        return found

    def parts(self, key: str) -> list[Block]:
        """The list of blocks under a key, added when it is not there yet."""
        found = self.get(key)
        if not isinstance(found, list):
            found = []
            self.lines.append(Line(key, found))
        return cast(list[Block], found)  # under this key there are only blocks

    def sort(self) -> None:
        """Puts the lines of a field into the order of our own forms."""
        self.lines.sort(key=lambda line: ORDER.index(line.key) if line.key in ORDER else len(ORDER))

    @property
    def alive(self) -> bool:
        """Whether anything of it is left: a group without fields, a choice without options is nothing."""
        lists = (line.value for line in self.lines if line.key in NEEDED and isinstance(line.value, list))
        return not self.dropped and all(any(map(_lives, items)) for items in lists)


Value = str | dict[str, str] | list[Block] | list[str] | Block


@dataclass
class Written:
    """The YAML, and for each of its lines what it says."""

    lines: list[str] = field(default_factory=list)
    places: dict[int, tuple[Block, Line]] = field(default_factory=dict)
    commented: bool = False  # what is dropped is written out, to stand in comments

    @property
    def text(self) -> str:
        """The whole file."""
        return "\n".join(self.lines) + "\n"

    def block(self, block: Block, indent: str = "", dash: bool = False) -> None:
        """Writes a mapping, as an item of a list with `dash`."""
        for comment in block.comments:
            self.comment(comment, indent)
        if not block.alive and not self.commented:
            inner = Written(commented=True)
            inner.block(Block(block.lines), "", dash)
            self.lines += [f"{indent}# {line.removeprefix('# ')}".rstrip() for line in inner.lines]
            return
        if dash and (short := _short(block)) and len(indent) + len(short) < LONGEST_FLOW:
            self.line(f"{indent}- {short}", block, block.lines[0])
            return
        lead, inside = (f"{indent}- ", f"{indent}  ") if dash else (indent, indent)
        for line in block.lines:
            if self.entry(block, line, lead, inside):
                lead = inside

    def entry(self, block: Block, line: Line, lead: str, inside: str) -> bool:
        """Writes one key with its value; False when nothing but comments came of it."""
        start, value = len(self.lines), line.value
        if isinstance(value, list) and (not value or not (self.commented or any(map(_lives, value)))):
            for dead in value:
                assert isinstance(dead, Block)  # a text is never dropped
                self.block(dead, inside, dash=True)
            return False
        if isinstance(value, str) and "\n" in value:
            self.lines.append(f"{lead}{line.key}: |")
            self.lines += [f"{inside}  {each.rstrip()}".rstrip() for each in value.strip().split("\n")]
        elif isinstance(value, str):
            self.lines.append(f"{lead}{line.key}: {scalar(value)}")
        elif isinstance(value, dict) and (short := _short_texts(value)) and len(lead) + len(short) < LONGEST_FLOW:
            self.lines.append(f"{lead}{line.key}: {short}")
        elif isinstance(value, dict):
            self.lines.append(f"{lead}{line.key}:")
            for lang, text in value.items():
                self.entry(block, Line(lang, text), f"{inside}  ", f"{inside}  ")
        elif isinstance(value, Block) and len(lead) + len(short := _short_message(value)) < LONGEST_FLOW and short:
            self.line(f"{lead}{line.key}: {short}", value, value.lines[0])
        elif isinstance(value, Block):
            self.lines.append(f"{lead}{line.key}:")
            self.block(value, f"{inside}  ")
        elif value and isinstance(value[0], str):
            self.lines.append(f"{lead}{line.key}: [{', '.join(scalar(str(each), flow=True) for each in value)}]")
        else:
            self.line(f"{lead}{line.key}:", block, line)
            for item in value:
                assert isinstance(item, Block)  # a list is of texts or of blocks
                if line.key == "steps" and item is not value[0]:
                    self.lines.append("")
                self.block(item, f"{inside}  ", dash=True)
        for number in range(start + 1, len(self.lines) + 1):
            self.places.setdefault(number, (block, line))
            if isinstance(value, dict):
                self.places[number] = (block, line)
        return True

    def line(self, text: str, block: Block, line: Line) -> None:
        """One line that says one thing."""
        self.lines.append(text)
        self.places[len(self.lines)] = (block, line)

    def comment(self, text: str, indent: str = "") -> None:
        """A comment on one line."""
        self.lines.append(f"{indent}# {' '.join(text.split())[:LONGEST_COMMENT]}")


def _lives(item: Block | str) -> bool:
    return not isinstance(item, Block) or item.alive


def _short(block: Block) -> str:
    """A block of two texts, such as an option, on one line; "" where that is not how it is written."""
    if {line.key for line in block.lines} not in ({"value", "label"}, {"id", "label"}):
        return ""
    parts = []
    for line in block.lines:
        text = line.value if isinstance(line.value, str) else ""
        shown = _short_texts(line.value) if isinstance(line.value, dict) else scalar(text, flow=True) if text else ""
        if not shown or "\n" in shown or line.instead != line.value != text:
            return ""
        parts.append(f"{line.key}: {shown}")
    return f"{{{', '.join(parts)}}}"


def _short_message(block: Block) -> str:
    """A mapping of one text on one line, such as `{required: Podaj imię.}`; "" for others."""
    first, *more = block.lines or [Line("", "")]
    if (
        not first.key
        or more
        or block.comments
        or block.dropped
        or not isinstance(first.value, str)
        or "\n" in first.value
    ):
        return ""
    return f"{{{first.key}: {scalar(first.value, flow=True)}}}"


def _short_texts(texts: dict[str, str]) -> str:
    """`{pl: Gmina, en: Municipality}`; "" for texts of several lines."""
    if any("\n" in text for text in texts.values()):
        return ""
    return f"{{{', '.join(f'{lang}: {scalar(text, flow=True)}' for lang, text in texts.items())}}}"


@cache
def scalar(text: str, flow: bool = False) -> str:
    """A text as YAML, in quotes only where it would otherwise be read as something else."""
    if not (text in NOTHING or (text[0] in OPENING and text[-1] in CLOSING)):
        whole, expected = (f"{{k: {text}}}", {"k": text}) if flow else (f"k: {text}", {"k": text})
        try:
            if "\n" not in text and yaml.load(whole, Loader=yaml.CBaseLoader) == expected:  # noqa: S506 – texts only
                return text
        except yaml.YAMLError:
            pass
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
