"""From Python's syntax tree to a checked tree: every name known, every kind fitting, nothing else let through."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from typing import Protocol

from forms.expressions.calling import Calls
from forms.expressions.fitting import Refused, named, united
from forms.expressions.kinds import ANY, BOOLEAN, DATE, DATETIME, NOTHING, NUMBER, SPAN, Kind, attribute
from forms.expressions.mistakes import ExpressionErrors
from forms.expressions.parsing import Parsed, Token
from forms.expressions.tree import (
    And,
    Arithmetic,
    Attribute,
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
from forms.problems import nearest
from forms.wording import Say, say

_COMPARE = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class Scope(Protocol):
    """Which names an expression may use."""

    def kind(self, name: str) -> Kind | None:
        """The kind of a field or condition; None when there is no such name."""

    def names(self) -> Iterable[str]:
        """All names, for did-you-mean."""


class Checker(Calls):
    """One walk over a syntax tree; mistakes are gathered, so that the author sees all of them at once."""

    def __init__(self, parsed: Parsed, scope: Scope, limits: Collection[str], in_group: bool) -> None:
        super().__init__(limits)
        self.operands = parsed.operands
        self.scope = scope
        self.numbered = in_group
        self.names: set[str] = set()

    def node(self, tree: ast.expr) -> Node:
        """The checked node of a syntax node; raises Refused after noting what is wrong."""
        match tree:
            case ast.Name():
                return self._operand(tree)
            case ast.Attribute():
                return self._attribute(tree)
            case ast.Call():
                return self._call(tree)
            case ast.Compare():
                return self._comparisons(tree)
            case ast.BoolOp(op=op, values=values):
                parts = tuple(self.each(values, self.condition))
                start, end = self.span(tree)
                return And(BOOLEAN, start, end, parts) if isinstance(op, ast.And) else Or(BOOLEAN, start, end, parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(BOOLEAN, *self.span(tree), self.condition(operand))
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as op, operand=operand):
                inner = self.fit(self.node(operand), NUMBER)
                return inner if isinstance(op, ast.UAdd) else Negative(NUMBER, *self.span(tree), inner)
            case ast.BinOp(op=op) if type(op) in _ARITHMETIC:
                return self._arithmetic(tree, _ARITHMETIC[type(op)])
            case ast.IfExp():
                return self._if(tree)
        return self._not_in_the_language(tree)

    def token(self, tree: ast.expr) -> Token | None:
        """The word or value that stands at a syntax node."""
        return self.operands.get(tree.col_offset) if isinstance(tree, ast.Name) else None

    def _operand(self, tree: ast.Name) -> Node:
        token = self.operands[tree.col_offset]
        start, end = token.start, token.end
        if token.kind is not None:
            return Literal(token.kind, start, end, token.value)
        match token.text:
            case "true" | "false":
                return Literal(BOOLEAN, start, end, token.text == "true")
            case "today":
                return Today(DATE, start, end)
            case "n" if self.numbered or self.groups:
                return ItemNumber(NUMBER, start, end)
        for up, (group, members) in enumerate(reversed(self.groups)):
            if token.text in members:
                return Read(members[token.text], start, end, token.text, up, own=True, path=f"{group}.{token.text}")
        kind = self.scope.kind(token.text)
        if kind is None:
            raise self.refuse("unknown-name", self._unknown(token.text), start, end)
        if kind == NOTHING:
            raise self.refuse("wrong-type", say("„{name}” nie zbiera odpowiedzi.", name=token.text), start, end)
        self.names.add(token.text)
        return Read(kind, start, end, token.text, len(self.groups), path=token.text)

    def _unknown(self, name: str) -> Say:
        if self.is_function(name):
            usage = self.usage(name)
            return say("„{name}” to funkcja – podaj po niej wartość w nawiasie: {usage}.", name=name, usage=usage)
        known = [*self.scope.names(), "today", *(name for _, members in self.groups for name in members)]
        if near := nearest(name, known):
            return say("Nieznana nazwa „{name}” – czy chodziło o „{near}”?", name=name, near=near)
        return say("Nieznana nazwa „{name}” – użyj nazwy pola lub warunku, a tekst zapisz w cudzysłowie.", name=name)

    def _attribute(self, tree: ast.Attribute) -> Node:
        of = self.node(tree.value)
        end = tree.end_col_offset or 0
        name = self.operands[end - len(tree.attr)].text
        start = end - len(tree.attr)
        found = attribute(of.kind, name) if not name.startswith("_") else None
        if of.kind == ANY and not name.startswith("_"):
            found = ANY, lambda value: value.get(name) if isinstance(value, dict) else None
        if found is None:
            raise self.refuse("unknown-attribute", self._no_attribute(of.kind, name), start, end)
        path = f"{of.path}.{name}" if isinstance(of, (Read, Attribute)) else name
        whole = of.of if isinstance(of, Attribute) and of.kind.part else of
        record = of.kind.of if of.kind.base == "list" and of.kind.of is not None else of.kind
        return Attribute(found[0], of.start, end, whole, path, found[1], name if name in record.live else "")

    def _no_attribute(self, kind: Kind, name: str) -> Say:
        if not kind.attributes:
            return say("Po kropce „{name}” nic tu nie oznacza: to {kind}.", name=name, kind=named(kind))
        if near := nearest(name, kind.attributes):
            return say("Nie ma tu „{name}” – czy chodziło o „{near}”?", name=name, near=near)
        known = ", ".join(kind.attributes)
        return say("Nie ma tu „{name}” – po kropce może stać: {known}.", name=name, known=known)

    def _comparisons(self, tree: ast.Compare) -> Node:
        """A chain `0 < a <= 10` holds when each of its comparisons holds."""
        operands = [tree.left, *tree.comparators]
        pairs = list(zip(tree.ops, operands, operands[1:], strict=False))
        parts = tuple(self.each(pairs, lambda pair: self._comparison(*pair)))
        return parts[0] if len(parts) == 1 else And(BOOLEAN, *self.span(tree), parts)

    def _comparison(self, op: ast.cmpop, left: ast.expr, right: ast.expr) -> Node:
        if isinstance(op, (ast.In, ast.NotIn)):
            return self._member(left, right, isinstance(op, ast.NotIn))
        a, b = self._both(left, right)
        return self.comparable(Compare(BOOLEAN, a.start, b.end, _COMPARE[type(op)], a, b))

    def _both(self, left: ast.expr, right: ast.expr) -> tuple[Node, Node]:
        """Both sides; an option written without quotes is answered with the quotes, not with „unknown name”."""
        for bare, beside in ((right, left), (left, right)):
            token = self.token(bare)
            if token is not None and token.kind is None and self._means_option(token.text, beside):
                what = say("Tekst zapisz w cudzysłowie: '{text}'.", text=token.text)
                raise self.refuse("unknown-name", what, token.start, token.end)
        a, b = self.each((left, right), self.node)
        return a, b

    def _means_option(self, word: str, beside: ast.expr) -> bool:
        token = self.token(beside)
        if token is None or token.kind is not None or self._kind_of(word) is not None:
            return False
        kind = self._kind_of(token.text)
        return kind is not None and word in kind.values

    def _kind_of(self, name: str) -> Kind | None:
        found = [members[name] for _, members in reversed(self.groups) if name in members]
        return found[0] if found else self.scope.kind(name)

    def _member(self, left: ast.expr, right: ast.expr, negated: bool) -> Node:
        token = self.token(right)
        if token is not None and token.kind is not None:
            listed = [right]  # ('tak') is a text in brackets, but its author meant a list of one
        elif isinstance(right, (ast.Tuple, ast.List)):
            listed = right.elts
        else:
            item, container = self._both(left, right)
            return self.contains(Member(BOOLEAN, item.start, container.end, item, (), container, negated))
        item = self.node(left)
        options = tuple(self.each(listed, lambda option: self.option(item, self.node(option))))
        return Member(BOOLEAN, item.start, self.span(right)[1], item, options, None, negated)

    def _arithmetic(self, tree: ast.BinOp, op: str) -> Node:
        left, right = self.each((tree.left, tree.right), self.node)
        start, end = self.span(tree)
        if left.kind.family == "date" and op in "+-":
            if right.kind == SPAN and isinstance(right, Literal):
                fine = left.kind == DATE and right.value.unit in ("minutes", "hours")
                return Arithmetic(DATETIME if fine else left.kind, start, end, op, left, right)
            if right.kind.family == "date" and op == "-":
                what = say("Liczbę dni między datami daje days(od, do).")
            else:
                what = say("Do daty dodaje się odstęp z jednostką, na przykład 3 days albo 24 months.")
            raise self.refuse("wrong-type", what, start, end)
        return Arithmetic(NUMBER, start, end, op, self.fit(left, NUMBER), self.fit(right, NUMBER))

    def _if(self, tree: ast.IfExp) -> Node:
        parts = ((self.condition, tree.test), (self.node, tree.body), (self.node, tree.orelse))
        test, then, other = self.each(parts, lambda part: part[0](part[1]))
        kind = united((then.kind, other.kind))
        if kind is None:
            what = say(
                "Obie wartości przy „if … else” muszą być tego samego rodzaju, a są: {a} i {b}.",
                a=named(then.kind),
                b=named(other.kind),
            )
            raise self.refuse("wrong-type", what, *self.span(tree))
        return If(kind, *self.span(tree), test, then, other)

    def _not_in_the_language(self, tree: ast.expr) -> Node:
        match tree:
            case ast.Tuple() if self._decimal_comma(tree):
                what = say("Ułamek dziesiętny zapisz z kropką, na przykład 12.5.")
            case ast.Tuple() | ast.List():
                what = say("Lista w nawiasie może stać tylko po „in”.")
            case ast.Subscript():
                what = say("Zamiast nawiasów kwadratowych napisz kropkę: grupa.pole.")
            case _:
                what = say("Tego wyrażenia nie ma w języku formularzy.")
        raise self.refuse("syntax", what, *self.span(tree))

    def _decimal_comma(self, tree: ast.Tuple) -> bool:
        start, end = self.span(tree)
        numbers = {at: token for at, token in self.operands.items() if token.kind == NUMBER and start <= at < end}
        return any(token.end + 1 in numbers for token in numbers.values())


def check(
    parsed: Parsed, scope: Scope, *, wants: Kind | None, limits: Collection[str], in_group: bool
) -> tuple[Node, frozenset[str]]:
    """The checked tree and the names of fields and conditions it reads. Raises ExpressionErrors."""
    checker = Checker(parsed, scope, limits, in_group)
    try:
        node = checker.whole(checker.node(parsed.tree), wants)
    except Refused:
        raise ExpressionErrors(checker.mistakes) from None
    return node, frozenset(checker.names)
