"""Checks of function calls: the function is known, its arguments are as many and of the kinds it takes."""

from __future__ import annotations

import ast
from collections.abc import Collection

from forms.expressions.certainty import always
from forms.expressions.fitting import ORDERED, Judge, named, united
from forms.expressions.functions import FUNCTIONS, Function
from forms.expressions.kinds import ANY, BOOLEAN, NUMBER, TEXT, Kind
from forms.expressions.parsing import Token
from forms.expressions.tree import Attribute, Call, Literal, Node, Read
from forms.problems import nearest
from forms.wording import Say, say

COUNTED = frozenset({"group", "choices", "file", "list", "any"})

# What people who write in Polish, or come from a spreadsheet or XLSForm, call the functions.
OTHER_NAMES = {
    "suma": "sum", "licz": "count", "liczba": "count", "ile": "count", "len": "length", "dlugosc": "length",
    "długość": "length", "dni": "days", "miesiace": "months", "miesiące": "months", "lata": "years", "rok": "year",
    "zaokrąglij": "round", "zaokr": "round", "odpowiedziano": "answered", "podano": "answered", "poprzedni": "previous",
    "poprzednio": "previous", "zmiana": "change", "odmiana": "plural", "count_selected": "count",
    "string_length": "length", "najmniej": "min", "najwięcej": "max", "granica": "limit",
}  # fmt: skip


class Calls(Judge):
    """The part of the checker that knows functions. `groups` are the groups whose items count(…) is looking at."""

    def __init__(self, limits: Collection[str]) -> None:
        super().__init__()
        self.limits = limits
        self.groups: list[tuple[str, dict[str, Kind]]] = []
        self.names: set[str] = set()

    def token(self, tree: ast.expr) -> Token | None:
        """The word or value that stands at a syntax node."""
        raise NotImplementedError

    def is_function(self, name: str) -> bool:
        """Whether a word is the name of a function."""
        return name in FUNCTIONS

    def usage(self, name: str) -> str:
        """How a function is written."""
        return FUNCTIONS[name].usage

    def _call(self, tree: ast.Call) -> Node:
        token = self.token(tree.func)
        start, end = self.span(tree)
        if token is None or token.kind is not None:
            raise self.refuse("syntax", say("Przed nawiasem musi stać nazwa funkcji."), *self.span(tree.func))
        function = FUNCTIONS.get(token.text)
        if function is None:
            raise self.refuse("unknown-function", _unknown(token.text), token.start, token.end)
        most = None if function.gathers else len(function.params)
        least = len(function.params) - function.optional
        if len(tree.args) < least or most is not None and len(tree.args) > most:
            what = say("Funkcję zapisuje się tak: {usage}.", usage=function.usage)
            raise self.refuse("wrong-arguments", what, start, end)
        match token.text:
            case "count":
                return self._count(tree)
            case "limit":
                return self._limit(tree, function)
            case "previous" | "change" | "answered":
                return self._of_field(tree, token.text, function)
        if function.gathers:
            return self._gathering(tree, token.text, function)
        pairs = list(zip(tree.args, function.params, strict=False))
        args = tuple(self.each(pairs, lambda pair: self.fit(self.node(pair[0]), pair[1])))
        return Call(function.result, start, end, token.text, args)

    def _count(self, tree: ast.Call) -> Node:
        counted = self.node(tree.args[0])
        if counted.kind.base not in COUNTED:
            what = say("Policzyć można pozycje grupy, zaznaczone opcje, pliki albo wartości, a tu jest {kind}.",
                       kind=named(counted.kind))  # fmt: skip
            raise self.refuse("wrong-arguments", what, counted.start, counted.end)
        if len(tree.args) == 1:
            return Call(NUMBER, *self.span(tree), "count", (counted,))
        if counted.kind.base != "group" or not isinstance(counted, (Read, Attribute)):
            what = say("Warunek w count może dotyczyć tylko pozycji grupy – po „in” lub w sumie użyj samej wartości.")
            raise self.refuse("wrong-arguments", what, *self.span(tree.args[1]))
        self.groups.append((counted.path, dict(counted.kind.members)))
        try:
            condition = self.condition(tree.args[1])
        finally:
            self.groups.pop()
        if always(condition) is False:
            what = say("Tego warunku nie może spełnić żadna pozycja.")
            raise self.refuse("never-holds", what, condition.start, condition.end)
        return Call(NUMBER, *self.span(tree), "count", (counted, condition))

    def _limit(self, tree: ast.Call, function: Function) -> Node:
        name = self.node(tree.args[0])
        if not isinstance(name, Literal) or name.kind != TEXT:
            what = say("Nazwę limitu zapisz w cudzysłowie: {usage}.", usage=function.usage)
            raise self.refuse("wrong-arguments", what, name.start, name.end)
        if name.value not in self.limits:
            near = nearest(name.value, self.limits)
            if near is not None:
                what = say("Nieznany limit „{name}” – czy chodziło o „{near}”?", name=name.value, near=near)
            else:
                what = say("Nieznany limit „{name}” – dopisz go w config/limits.yaml.", name=name.value)
            raise self.refuse("unknown-limit", what, name.start, name.end)
        dates = tuple(self.fit(self.node(day), function.params[1]) for day in tree.args[1:])
        return Call(NUMBER, *self.span(tree), "limit", (name, *dates))

    def _of_field(self, tree: ast.Call, name: str, function: Function) -> Node:
        """A function of a question, not of any value: answered(x), previous(x), change(x)."""
        before = set(self.names)
        field = self.node(tree.args[0])
        if name == "answered" and isinstance(field, Call) and field.name == "previous":
            return Call(BOOLEAN, *self.span(tree), name, (field,))
        if not isinstance(field, (Read, Attribute)):
            what = say("Tu podaje się nazwę pola: {usage}.", usage=function.usage)
            raise self.refuse("wrong-arguments", what, field.start, field.end)
        if name == "answered":
            return Call(BOOLEAN, *self.span(tree), name, (field,))
        if _of_item(field):
            what = say("W warunku count nie ma poprzedniego okresu – użyj go w polu grupy, nie w warunku.")
            raise self.refuse("wrong-arguments", what, field.start, field.end)
        if name == "change":
            return Call(NUMBER, *self.span(tree), name, (self.fit(field, NUMBER),))
        self.names.clear()
        self.names |= before  # what was answered a period ago is not read from this form
        return Call(field.kind, *self.span(tree), name, (field,))

    def _gathering(self, tree: ast.Call, name: str, function: Function) -> Node:
        """sum, min, max: several values, or lists of them, all of one kind."""
        args = tuple(self.each(tree.args, lambda arg: self._gathered(self.node(arg), function)))
        kinds = [arg.kind.of or arg.kind for arg in args]
        if function.result == NUMBER:
            return Call(NUMBER, *self.span(tree), name, args)
        result = united(kinds)
        if result is None:
            listed = ", ".join(str(named(kind)) for kind in kinds)
            what = say("{usage} bierze wartości jednego rodzaju, a tu są: {kinds}.", usage=function.usage, kinds=listed)
            raise self.refuse("wrong-type", what, *self.span(tree))
        return Call(NUMBER if result == ANY else result, *self.span(tree), name, args)

    def _gathered(self, node: Node, function: Function) -> Node:
        kind = node.kind.of if node.kind.base == "list" and node.kind.of is not None else node.kind
        wanted = ("number", "any") if function.result == NUMBER else ORDERED
        if kind.family not in wanted:
            what = say("{usage} bierze liczby, a tu jest {kind}.", usage=function.usage, kind=named(kind))
            raise self.refuse("wrong-type", what, node.start, node.end)
        return node


def _of_item(node: Node) -> bool:
    """Whether a name belongs to the item that count(…) is looking at."""
    while isinstance(node, Attribute):
        node = node.of
    return isinstance(node, Read) and node.own


def _unknown(name: str) -> Say:
    near = OTHER_NAMES.get(name.lower()) or nearest(name, FUNCTIONS)
    if near is not None:
        return say("Nieznana funkcja „{name}” – czy chodziło o {usage}?", name=name, usage=FUNCTIONS[near].usage)
    return say("Nieznana funkcja „{name}” – są: {known}.", name=name, known=", ".join(FUNCTIONS))
