"""An expression in plain words, for staff: what a condition asks, with the labels people know instead of names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from forms.expressions.functions import FUNCTIONS
from forms.expressions.kinds import Kind, fold
from forms.expressions.tree import (
    And,
    Arithmetic,
    Attribute,
    Call,
    Compare,
    If,
    ItemNumber,
    Literal,
    Member,
    Negative,
    Node,
    Not,
    Or,
    Read,
    Today,
)
from forms.spans import Span
from forms.wording import Say, clock, long_moment, number, say, say_n

Labels = Callable[[str], str]

PHRASES: Mapping[str, Say] = {
    "==": say("{left} to {right}"),
    "!=": say("{left} to nie {right}"),
    "<": say("{left} to mniej niż {right}"),
    "<=": say("{left} to co najwyżej {right}"),
    ">": say("{left} to więcej niż {right}"),
    ">=": say("{left} to co najmniej {right}"),
    "date<": say("{left} przypada wcześniej niż {right}"),
    "date<=": say("{left} przypada nie później niż {right}"),
    "date>": say("{left} przypada później niż {right}"),
    "date>=": say("{left} przypada nie wcześniej niż {right}"),
    "+": say("{left} + {right}"),
    "-": say("{left} − {right}"),
    "*": say("{left} × {right}"),
    "/": say("{left} ÷ {right}"),
}
OR = say("{left} lub {right}")
COUNT = say("liczba pozycji w {x}, w których {condition}")
MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
SPANS: Mapping[str, Callable[[int], Say]] = {
    "minutes": lambda n: say_n("{n} minuta", "{n} minut", n),
    "hours": lambda n: say_n("{n} godzina", "{n} godzin", n),
    "days": lambda n: say_n("{n} dzień", "{n} dni", n),
    "weeks": lambda n: say_n("{n} tydzień", "{n} tygodni", n),
    "months": lambda n: say_n("{n} miesiąc", "{n} miesięcy", n),
    "years": lambda n: say_n("{n} rok", "{n} lat", n),
}


def describe(node: Node, labels: Labels, conditions: Mapping[str, Node]) -> str:
    """The words for a node, in the language in force; names and values stand between asterisks.

    A name in `conditions` is described by the condition it stands for.
    """
    return _Describer(labels, conditions).statement(node)


def _fill(phrase: Say, **params: Any) -> str:
    return str(replace(phrase, params={**phrase.params, **params}))


class _Describer:
    def __init__(self, labels: Labels, conditions: Mapping[str, Node]) -> None:
        self.labels = labels
        self.conditions = conditions

    def _meant(self, node: Node) -> Node:
        """The condition that a name stands for; any other node as it is."""
        while isinstance(node, Read) and node.name in self.conditions:
            node = self.conditions[node.name]
        return node

    def of(self, node: Node) -> str:
        node = self._meant(node)
        match node:
            case Literal(value=value):
                return f"*{in_words(value)}*"
            case Read(path=path) | Attribute(path=path):
                return f"*{self.labels(path)}*"
            case Today():
                return str(say("dzisiejsza data"))
            case ItemNumber():
                return str(say("numer pozycji"))
            case And(parts=parts):
                return self._joined(parts, say("{left} i {right}"))
            case Or(parts=parts):
                return self._joined(parts, OR)
            case Not(of=of):
                return self._negated(of)
            case Compare():
                return self._compare(node)
            case Member():
                return self._member(node)
            case Negative(of=of):
                return f"−{self._inner(of)}"
            case Arithmetic(op=op, left=left, right=right):
                return _fill(PHRASES[op], left=self._inner(left), right=self._inner(right))
            case If(test=test, then=then, other=other):
                phrase = say("{then}, jeżeli {test}, a w przeciwnym razie {other}")
                return _fill(phrase, then=self.of(then), test=self.statement(test), other=self.of(other))
            case Call():
                return self._call(node)
        raise TypeError(f"no words for {node!r}")

    def statement(self, node: Node) -> str:
        """The words for a condition: a yes-or-no answer alone is said in full."""
        node = self._meant(node)
        if node.kind.base == "boolean" and isinstance(node, (Read, Attribute)):
            return _fill(PHRASES["=="], left=self.of(node), right=f"*{in_words(True)}*")
        return self.of(node)

    def _joined(self, parts: Sequence[Node], phrase: Say) -> str:
        meant = [self._meant(part) for part in parts]
        words = [f"({self.of(part)})" if _long(part) else self.statement(part) for part in meant]
        return self._folded(words, phrase)

    def _folded(self, words: Sequence[str], phrase: Say) -> str:
        """`a, b i c`"""
        *first, last = words
        return _fill(phrase, left=", ".join(first), right=last) if first else last

    def _negated(self, node: Node) -> str:
        node = self._meant(node)
        if isinstance(node, Call) and node.name == "answered":
            return _fill(say("nie podano {x}"), x=self.of(node.args[0]))
        if isinstance(node, (Read, Attribute)):
            return _fill(PHRASES["!="], left=self.of(node), right=f"*{in_words(True)}*")
        words = f"({self.of(node)})" if isinstance(node, (And, Or, If)) else self.statement(node)
        return _fill(say("nieprawda, że {x}"), x=words)

    def _compare(self, node: Compare) -> str:
        left, right, op = node.left, node.right, node.op
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, right, op = right, left, MIRRORED[op]
        dated = left.kind.family in ("date", "time") and op not in ("==", "!=")
        if isinstance(left, Call) and left.name == "count" and len(left.args) == 2:
            return self._how_many(left, op, right)
        phrase = PHRASES["date" + op if dated else op]
        return _fill(phrase, left=self._inner(left), right=self._option(right, left.kind))

    def _member(self, node: Member) -> str:
        if node.container is None:
            options = [self._option(option, node.item.kind) for option in node.options] or ["–"]
            phrase, last = (PHRASES["!="], say("{left} ani {right}")) if node.negated else (PHRASES["=="], OR)
            return _fill(phrase, left=self.of(node.item), right=self._folded(options, last))
        kind = node.container.kind
        item, container = self._option(node.item, kind.of or kind), self.of(node.container)
        if kind.base == "choices":
            phrase = say("w {right} nie zaznaczono {left}") if node.negated else say("w {right} zaznaczono {left}")
        else:
            phrase = say("{right} nie zawiera {left}") if node.negated else say("{right} zawiera {left}")
        return _fill(phrase, left=item, right=container)

    def _call(self, node: Call) -> str:
        if node.name == "count":
            return self._count(node)
        words = [self._inner(arg) for arg in node.args]
        named = dict(zip("xy", words, strict=False))
        return _fill(FUNCTIONS[node.name].reads, all=", ".join(words), **named)

    def _count(self, node: Call) -> str:
        counted = self.of(node.args[0])
        if len(node.args) == 2:
            return _fill(COUNT, x=counted, condition=self.statement(node.args[1]))
        if node.args[0].kind.base == "choices":
            return _fill(say("liczba zaznaczonych opcji w {x}"), x=counted)
        return _fill(FUNCTIONS["count"].reads, x=counted)

    def _how_many(self, counted: Call, op: str, right: Node) -> str:
        """Comparing how many items meet a condition; whether there is any is asked most."""
        items, condition = self.of(counted.args[0]), self.statement(counted.args[1])
        zero, one = (isinstance(right, Literal) and right.value == value for value in (0, 1))
        if zero and op in (">", "!=") or one and op == ">=":
            return _fill(say("w {x} jest pozycja, w której {condition}"), x=items, condition=condition)
        if zero and op in ("==", "<=") or one and op == "<":
            return _fill(say("w {x} nie ma pozycji, w której {condition}"), x=items, condition=condition)
        return _fill(PHRASES[op], left=_fill(COUNT, x=items, condition=condition) + ",", right=self._inner(right))

    def _inner(self, node: Node) -> str:
        """A part of a longer phrase, bracketed where it would run into it."""
        node = self._meant(node)
        return f"({self.of(node)})" if isinstance(node, (Arithmetic, If, Compare, And, Or)) else self.of(node)

    def _option(self, node: Node, kind: Kind) -> str:
        """A value as the option's label, where it is one."""
        if isinstance(node, Literal) and isinstance(node.value, str):
            labels = {fold(value): label for value, label in (kind.of or kind).labels.items()}
            return f"*{labels.get(fold(node.value), node.value)}*"
        return self._inner(node)


def _long(node: Node) -> bool:
    """Whether the words of a condition would run into an „i” or „lub” beside it."""
    return (
        isinstance(node, (And, Or, If)) or isinstance(node, Not) and isinstance(node.of, (And, Or, If, Compare, Member))
    )


def in_words(value: Any) -> str:
    """A constant as people write it: a date, a number, yes or no, a span of time."""
    match value:
        case bool():
            return str(say("tak") if value else say("nie"))
        case Decimal():
            return number(value)
        case date():
            return long_moment(value)
        case time():
            return clock(value)
        case Span():
            return str(SPANS[value.unit](value.count))
    return str(value)
