"""The XPath that XLSForms are written in: from text to a small tree, or to the reason why not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.importing.remarks import Untranslatable
from forms.wording import say

LONGEST = 2_000
DEEPEST = 40

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<reference>\$\{\s*[^{}\s]+\s*\})
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<up>\.\.)
    | (?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)
    | (?P<sign>!=|<=|>=|//|[-+*=<>(),./\[\]|])
    )""",
    re.VERBOSE,
)
_CURLY = str.maketrans("„“”‚‘’", "\"\"\"'''")
LEVELS = ({"or"}, {"and"}, {"=", "!="}, {"<", "<=", ">", ">="}, {"+", "-"}, {"*", "div", "mod"})
WORDS = {"or", "and", "div", "mod"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotation marks."""

    value: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written."""

    value: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A question: `${name}`, or a path of which the last name counts; `column` when it may be a column of choices."""

    name: str
    column: bool = False


@dataclass(frozen=True, slots=True)
class Here:
    """`.`: the question itself; `..`: what it stands in."""

    up: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands with an operator between them."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with the opposite sign."""

    of: Node


@dataclass(frozen=True, slots=True)
class Where:
    """Items of a repeated group that meet a condition: `${group}[condition]`."""

    of: Node
    condition: Node


Node = Text | Number | Ref | Here | Call | Binary | Negative | Where


def parse(text: str) -> Node:
    """The tree of an expression. Raises Untranslatable."""
    if len(text) > LONGEST:
        raise Untranslatable(say("Wyrażenie jest za długie. Podziel je na wyliczenia („calculate”)."))
    parser = _Parser(_tokens(text.translate(_CURLY)))
    node = parser.level(0)
    if parser.at < len(parser.tokens):
        raise _unreadable(parser.tokens[parser.at][1])
    return node


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise _unreadable(text[at:].strip()[:20])
        kind, word = found.lastgroup, found[found.lastgroup]
        operand = bool(tokens) and (
            tokens[-1][0] in ("reference", "text", "number", "up", "name") or tokens[-1][1] in (")", "]", ".")
        )
        if kind == "name" and word in WORDS and operand:
            kind = "sign"
        tokens.append((kind, word))
        at = found.end()
    return tokens


def _unreadable(word: str) -> Untranslatable:
    return Untranslatable(say("nie da się odczytać wyrażenia przy „{word}”. Zapisz warunek od nowa.", word=word))


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" else ""

    def take(self, word: str) -> None:
        if self.peek() != word:
            raise _unreadable(self.tokens[self.at][1] if self.at < len(self.tokens) else word)
        self.at += 1

    def level(self, level: int) -> Node:
        """Operators of this strength and stronger ones."""
        if level == len(LEVELS):
            return self.signed()
        left = self.level(level + 1)
        while (op := self.peek()) in LEVELS[level]:
            self.at += 1
            left = Binary(op, left, self.level(level + 1))
        return left

    def signed(self) -> Node:
        negative = False
        while self.peek() == "-":
            self.at += 1
            negative = not negative
        of = self.filtered()
        return Negative(of) if negative else of

    def filtered(self) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Untranslatable(say("Wyrażenie jest zbyt zagnieżdżone. Podziel je na wyliczenia („calculate”)."))
        node = self.primary()
        while self.peek() == "[":
            self.at += 1
            node = Where(node, self.level(0))
            self.take("]")
        self.depth -= 1
        return node

    def primary(self) -> Node:
        if self.at >= len(self.tokens):
            raise _unreadable("…")
        kind, word = self.tokens[self.at]
        if kind == "sign" and word == "(":
            self.at += 1
            node = self.level(0)
            self.take(")")
            return node
        if kind == "text":
            self.at += 1
            return Text(word[1:-1])
        if kind == "number":
            self.at += 1
            return Number(word.rstrip(".") if word[0] != "." else f"0{word}")
        if kind == "name" and self.at + 1 < len(self.tokens) and self.tokens[self.at + 1] == ("sign", "("):
            self.at += 2
            node = Call(word, self.arguments())
            if node == Call("current", ()) and self.peek() == "/":
                self.at += 1
                return self.path(column=False)
            return node
        return self.path(column=kind == "name")

    def arguments(self) -> tuple[Node, ...]:
        found: list[Node] = []
        while self.peek() != ")":
            if found:
                self.take(",")
            found.append(self.level(0))
        self.take(")")
        return tuple(found)

    def path(self, *, column: bool) -> Node:
        """`.`, `..`, `../x`, `./x`, `/form/x`, `${x}/y`, `x`: the last name is the question."""
        last, up = "", False
        steps = 0
        while self.at < len(self.tokens):
            kind, word = self.tokens[self.at]
            if kind in ("reference", "name"):
                last = word[2:-1].strip() if kind == "reference" else word
            elif kind == "up":
                up = True
            elif word == "/" and steps == 0:
                self.at += 1
                steps += 1
                continue
            elif word != ".":
                break
            self.at += 1
            steps += 1
            if self.peek() != "/":
                break
            self.at += 1
        if last:
            return Ref(last, column and steps == 1)
        if not steps or (self.at and self.tokens[self.at - 1][1] == "/"):
            raise _unreadable(self.tokens[self.at][1] if self.at < len(self.tokens) else "…")
        return Here(up)
