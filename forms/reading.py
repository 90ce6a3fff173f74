"""What is at hand while a definition is read: where mistakes go, which languages and lists there are, formulas to link."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from forms.expressions import Kind
from forms.expressions.piping import PipingMistake, parse_text
from forms.formula import Formula, Insert, Text
from forms.lists import Rows
from forms.source import Level, Node, Place, Problems, Scalar
from forms.source import Mapping as MappingNode
from forms.wording import Say, say

if TYPE_CHECKING:
    from forms.events import Event

LETTER = re.compile(r"[^\W\d_]")
AFTERWARDS = "afterwards"  # the role of what is looked at only after sending: messages, certificates


@dataclass(frozen=True, slots=True)
class Pending:
    """A formula that waits for all names to be known."""

    formula: Formula
    node: Scalar
    offset: int  # where the expression begins within the scalar
    wants: Kind | None
    groups: tuple[str, ...]  # the groups it stands in, outermost first
    extra: Mapping[str, Kind]  # further names (columns of a list)
    insert: Insert | None
    thing: Say | None
    role: str  # when | step | option | check | value | bound | text | condition | required | default | where


@dataclass
class Reading:
    """One file being read."""

    problems: Problems
    lists: Callable[[str], Rows | None]
    languages: tuple[str, ...] = ("pl",)
    pending: list[Pending] = field(default_factory=list)
    names: Collection[str] = ()  # of all lists, those with mistakes too
    region: str = ""  # prefix of TERYT codes of the office's region
    used_lists: dict[str, Rows] = field(default_factory=dict)
    unread: set[str] = field(
        default_factory=set
    )  # names of fields that could not be read; nothing is said of their use
    things: list[Say] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    known: Mapping[str, Kind] = field(default_factory=dict)  # further names that texts may use here
    events: tuple[Event, ...] = ()  # of this definition, read before its fields

    def problem(self, at: Node | Place, code: str, what: Say, level: Level = "error") -> None:
        """Notes a mistake at a node, in the thing being read now."""
        place = at.place if isinstance(at, Node) else at
        self.problems.add(place, code, what, self.things[-1] if self.things else None, level)

    @contextmanager
    def within(self, thing: Say) -> Iterator[None]:
        """While the block runs, mistakes are said to be in this thing (a field, a step …)."""
        self.things.append(thing)
        try:
            yield
        finally:
            self.things.pop()

    @contextmanager
    def inside(self, group: str) -> Iterator[None]:
        """While the block runs, expressions see the fields of this group first."""
        self.groups.append(group)
        try:
            yield
        finally:
            self.groups.pop()

    @contextmanager
    def knowing(self, names: Mapping[str, Kind]) -> Iterator[None]:
        """While the block runs, texts may use these names too."""
        self.known = names
        try:
            yield
        finally:
            self.known = {}

    def rows(self, name: str) -> Rows | None:
        """The list `config/lists/<name>`, remembered as part of this definition's version; None when there is none."""
        found = self.used_lists.get(name) or self.lists(name)
        if found is not None:
            self.used_lists[name] = found
        return found

    def formula(
        self, node: Scalar, *, wants: Kind | None = None, extra: Mapping[str, Kind] | None = None, role: str = "value"
    ) -> Formula:
        """The expression in a scalar, to be linked when all names are known."""
        formula = Formula(node.text, node.place)
        self._wait(formula, node, 0, wants, extra or {}, None, role)
        return formula

    def text(self, node: Node) -> Text | None:
        """A text for readers: a string, or a mapping of language to string."""
        if isinstance(node, Scalar):
            parts = self._piped(node)
            if len(self.languages) > 1 and any(isinstance(part, str) and LETTER.search(part) for part in parts):
                what = say(
                    "Ten tekst jest tylko w języku „{first}” – zapisz go tak: {example}.",
                    first=self.languages[0],
                    example="{" + ", ".join(f"{lang}: …" for lang in self.languages) + "}",
                )
                self.problem(node, "missing-translation", what, "warning")
            return Text({self.languages[0]: parts})
        if isinstance(node, MappingNode):
            wordings = {}
            for entry in node.entries:
                if entry.key.text not in ("pl", "en"):
                    self.problem(
                        entry.key,
                        "unknown-language",
                        say("Nieznany język „{name}” – znane to pl i en.", name=entry.key.text),
                    )
                elif not isinstance(entry.value, Scalar):
                    self.problem(entry.value, "not-a-text", say("Tu powinien stać tekst."))
                else:
                    wordings[entry.key.text] = self._piped(entry.value)
            for lang in self.languages:
                if lang not in wordings:
                    self.problem(
                        node, "missing-translation", say("Brakuje tłumaczenia na język „{lang}”.", lang=lang), "warning"
                    )
            return Text(dict(sorted(wordings.items(), key=self._order))) if wordings else None
        self.problem(
            node,
            "not-a-text",
            say("Tu powinien stać tekst albo teksty według języków, na przykład {pl: Gmina, en: Municipality}."),
        )
        return None

    def _order(self, item: tuple[str, object]) -> int:
        return self.languages.index(item[0]) if item[0] in self.languages else len(self.languages)

    def _piped(self, node: Scalar) -> tuple[str | Insert, ...]:
        if "{" not in node.text and "}" not in node.text:
            return (node.text,)
        try:
            pieces = parse_text(node.text)
        except PipingMistake as mistake:
            self.problem(node.at(mistake.start), mistake.code, mistake.what)
            return (node.text,)
        parts: list[str | Insert] = []
        for piece in pieces:
            if isinstance(piece, str):
                parts.append(piece)
                continue
            text, offset = piece
            formula = Formula(text, node.at(offset))
            insert = Insert(formula)
            self._wait(formula, node, offset, None, self.known, insert, AFTERWARDS if self.known else "text")
            parts.append(insert)
        return tuple(parts)

    def _wait(
        self,
        formula: Formula,
        node: Scalar,
        offset: int,
        wants: Kind | None,
        extra: Mapping[str, Kind],
        insert: Insert | None,
        role: str,
    ) -> None:
        thing = self.things[-1] if self.things else None
        self.pending.append(Pending(formula, node, offset, wants, tuple(self.groups), extra, insert, thing, role))
