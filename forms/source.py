"""Reading a YAML file into nodes with places, every mistake placed and explained; nothing is run or converted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import yaml
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from forms.problems import Level, Place, Problem, Problems, lines_of, nearest, report
from forms.wording import Say
from forms.yaml import words
from forms.yaml.habits import (
    DOUBTFUL_KEY,
    OPENING,
    check_key,
    check_key_in_braces,
    check_plain,
    check_quoted,
    check_value,
)
from forms.yaml.nodes import Entry, Mapping, Node, Scalar, Sequence
from forms.yaml.text import START, decode
from forms.yaml.traps import explain

__all__ = ["Entry", "Level", "Mapping", "Node", "Place", "Problem", "Problems", "Scalar", "Sequence"]
__all__ += ["lines_of", "nearest", "read", "report"]

DEEPEST = 40
MOST_VALUES = 50_000
MOST_MENDS = 20
MOST_MISTAKES = 200  # after so many, the rest of the file is not worth reading
NOTHING = ("", "~", "null", "Null", "NULL")
WRONG_ROOT = {
    "mapping": ("not-a-mapping", words.NOT_A_MAPPING),
    "sequence": ("not-a-list", words.NOT_A_LIST),
}
Root = Literal["mapping", "sequence"]


def read(text: bytes | str, file: str, problems: Problems, *, root: Root = "mapping") -> Node | None:
    """The file's outermost node, or None when it cannot be read; its mistakes go to `problems` under the name `file`.

    Where a line breaks YAML but its meaning is clear, the mistake is noted and reading goes on with the line mended, so
    that the author hears of all mistakes at once: a node that comes together with errors is for finding more of them.
    """
    found = Problems(file)
    node = _read(text, found)
    if node is not None and not isinstance(node, Mapping if root == "mapping" else Sequence):
        if all(problem.place.line != node.place.line for problem in found.errors):
            code, what = WRONG_ROOT[root]
            found.add(node.place, code, what)
        node = None
    problems.extend(found)
    return node


def _read(text: bytes | str, found: Problems) -> Node | None:
    """Reads until YAML is content, mending lines between the attempts; all attempts share one allowance of values."""
    decoded = decode(text, found)
    if decoded is None:
        return None
    lines = decoded.split("\n")
    explained: set[int] = set()
    allowance = MOST_VALUES
    while True:
        reading = _Reading("\n".join(lines), Problems(found.file), allowance)
        node = None
        try:
            node = reading.read()
        except _StopError:
            pass
        except MarkedYAMLError as error:
            trap = explain(lines, error)
            after_a_mend = trap.code == "unreadable" and explained  # most likely the mend's own fault
            if trap.place.line not in explained and not after_a_mend:
                found.add(trap.place, trap.code, trap.what)
                explained.add(trap.place.line)
                if trap.mended is not None and len(explained) <= MOST_MENDS:
                    lines[trap.place.line - 1] = trap.mended
                    allowance = reading.allowance
                    continue
        found.extend(problem for problem in reading.problems if problem.place.line not in explained)
        return node


class _StopError(Exception):
    """The rest of the file is not worth reading; the reason has been noted."""


@dataclass(slots=True)
class _Collection:
    """A mapping or list that is being read: for a mapping, keys and values alternate in `parts`."""

    event: Any
    parts: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """One pass over a text by the parser's events: no recursion, and nothing is built for what is refused."""

    text: str
    problems: Problems
    allowance: int
    open: list[_Collection] = field(default_factory=list)

    def read(self) -> Node:
        """The root node; raises the parser's error, or _StopError after noting why."""
        root: Node | None = None
        documents = 0
        for event in iter(yaml.CSafeLoader(self.text).get_event, None):
            what = event.__class__
            if what is ScalarEvent:
                node: Node = self._scalar(event)
            elif what is MappingEndEvent or what is SequenceEndEvent:
                node = self._close(self.open.pop(), event)
            elif what is MappingStartEvent or what is SequenceStartEvent:
                self._count(event)
                self.open.append(_Collection(event))
                if len(self.open) > DEEPEST:
                    raise self._stop(_place(event.start_mark), "too-deep", words.TOO_DEEP)
                continue
            elif what is AliasEvent:
                self._count(event)
                place = _place(event.start_mark, event.end_mark)
                self.problems.add(place, "alias", words.special_start("*"))
                node = Scalar(place, "", null=True)
            else:
                if what is DocumentStartEvent:
                    documents += 1
                    self._refuse_document(event, documents)
                continue
            if self.open:
                self.open[-1].parts.append(node)
            else:
                root = node
        if root is None or (isinstance(root, Scalar) and root.null):
            raise self._stop(START, "empty-file", words.EMPTY)
        return root

    def _stop(self, place: Place, code: str, what: Say) -> _StopError:
        self.problems.add(place, code, what)
        return _StopError()

    def _refuse_document(self, event: Any, number: int) -> None:
        if number > 1:
            raise self._stop(_place(event.start_mark, event.end_mark), "many-documents", words.DOCUMENTS)
        if event.version or event.tags:
            self.problems.add(_place(event.start_mark), "directive", words.DIRECTIVE)

    def _count(self, event: Any) -> None:
        """Takes a value off the allowance and refuses what YAML could do with one besides holding it."""
        self.allowance -= 1
        if self.allowance < 0:
            raise self._stop(_place(event.start_mark), "too-large", words.TOO_MANY)
        if len(self.problems) > MOST_MISTAKES:
            raise _StopError
        if event.anchor is not None and event.__class__ is not AliasEvent:
            self.problems.add(_place(event.start_mark), "anchor", words.special_start("&"))
        if getattr(event, "tag", None) is not None:
            self.problems.add(_place(event.start_mark), "tag", words.special_start("!"))

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        text, style, line, column = event.value, event.style, start.line, start.column + 1
        self.allowance -= 1
        if self.allowance < 0 or event.anchor is not None or event.tag is not None:
            self.allowance += 1
            self._count(event)
        same_line = end.line == line
        last = end.column + 1 if same_line else column
        place = Place(line + 1, column, last if last > column else column + 1)
        if style:
            raw = self.text[start.index : end.index]
            scalar = Scalar(place, text, True, style in "|>", False, raw)
            if not same_line and style not in "|>":
                check_quoted(scalar, self.problems)
            return scalar
        raw = text if same_line else self.text[start.index : end.index]
        scalar = Scalar(place, text, False, False, text in NOTHING, raw)
        if text and (not same_line or text[0] in OPENING or self.text[end.index : end.index + 1] == " "):
            check_plain(scalar, self.text[end.index : end.index + 20], self.problems)
        return scalar

    def _close(self, collection: _Collection, end: Any) -> Node:
        event, parts = collection.event, collection.parts
        place = _place(event.start_mark, end.end_mark if event.flow_style else None)
        if event.__class__ is SequenceStartEvent:
            return Sequence(place, tuple(parts))
        if parts and not event.flow_style:
            place = Place(place.line, place.column, parts[0].place.end)
        seen: dict[str, int] = {}
        entries: list[Entry] = []
        for key, value in zip(parts[::2], parts[1::2], strict=True):
            if not isinstance(key, Scalar) or key.block:
                self.problems.add(key.place, "key-not-text", words.KEY_NOT_TEXT)
                continue
            text = key.text
            if text in seen:
                self.problems.add(key.place, "duplicate-key", words.duplicate(text, seen[text]))
                continue
            seen[text] = key.place.line
            if text[:1] in DOUBTFUL_KEY and check_key(key, self.problems):
                continue
            if event.flow_style and _is_missing(value, key):
                check_key_in_braces(key, len(parts) == 2, self.problems)
                continue
            if value.place.line != key.place.line:
                check_value(key, value, self.problems)
            entries.append(Entry(key, value))
        return Mapping(place, tuple(entries))


def _is_missing(value: Node, key: Scalar) -> bool:
    """Whether there is not even a colon after the key: YAML then places its nothing right where the key ends."""
    if not isinstance(value, Scalar) or value.raw or value.place.line != key.place.line:
        return False
    return value.place.column == key.place.end


def _place(start: Any, end: Any = None) -> Place:
    """A parser's mark, which counts from 0, as a place; without an end on the same line it is one character long."""
    column = start.column + 1
    last = end.column + 1 if end is not None and end.line == start.line else column
    return Place(start.line + 1, column, max(last, column + 1))
