"""Which kinds go together: the judge that refuses `'a' > 3`, an option that is not there, a date that is none."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, TypeVar

from forms.expressions.kinds import ANY, BOOLEAN, DATE, DATETIME, KIND_WORDS, TEXT, TIME, Kind, fold
from forms.expressions.mistakes import Mistake
from forms.expressions.parsing import read_moment
from forms.expressions.tree import Compare, Literal, Member, Node, Read
from forms.problems import nearest
from forms.wording import Say, say

ORDERED = frozenset({"number", "date", "time", "any"})
EQUATED = ORDERED | {"text", "boolean"}

T = TypeVar("T")
R = TypeVar("R")


class Refused(Exception):
    """A part is wrong and its mistake noted; what is built on it cannot be checked."""


def named(kind: Kind) -> Say:
    """The kind in plain words."""
    return KIND_WORDS[kind.base]


def united(kinds: Sequence[Kind]) -> Kind | None:
    """The kind of a value that may be any of these; None when they have nothing in common."""
    families = {kind.family for kind in kinds}
    if len(set(kinds)) == 1:
        return kinds[0]
    if "any" in families:
        return ANY
    family = families.pop()
    if families or family not in EQUATED:
        return None
    return DATETIME if family == "date" else Kind(family)


class Judge:
    """Notes mistakes, and says which nodes fit which kinds."""

    def __init__(self) -> None:
        self.mistakes: list[Mistake] = []

    def node(self, tree: ast.expr) -> Node:
        """The checked node of a syntax node."""
        raise NotImplementedError

    def refuse(self, code: str, what: Say, start: int, end: int) -> Refused:
        """Notes a mistake; the caller raises what this returns."""
        self.mistakes.append(Mistake(code, what, start, end))
        return Refused()

    def span(self, tree: ast.expr) -> tuple[int, int]:
        """Where a syntax node begins and ends."""
        return tree.col_offset, tree.end_col_offset or tree.col_offset

    def each(self, parts: Iterable[T], check: Callable[[T], R]) -> list[R]:
        """All parts checked before the first refusal is passed on, so that every mistake is noted."""
        results: list[R] = []
        refused: Refused | None = None
        for part in parts:
            try:
                results.append(check(part))
            except Refused as error:
                refused = error
        if refused is not None:
            raise refused
        return results

    def condition(self, tree: ast.expr) -> Node:
        """A part that must hold or not hold."""
        return self.fit(self.node(tree), BOOLEAN)

    def fit(self, node: Node, wanted: Kind) -> Node:
        """The node as a value of this kind; a text written in the expression may turn out to be a date or an option."""
        if ANY in (wanted, node.kind) or node.kind == wanted:
            return self._option(node, wanted)
        if node.kind == TEXT and isinstance(node, Literal) and wanted.family in ("date", "time"):
            return self._moment(node, wanted)
        if node.kind.family == wanted.family:
            return self._option(node, wanted)
        if wanted.base == "choices" and node.kind.family == "text":
            return self._option(node, wanted)
        raise self.refuse("wrong-type", self._misfit(node.kind, wanted), node.start, node.end)

    def _misfit(self, kind: Kind, wanted: Kind) -> Say:
        if wanted == BOOLEAN:
            return say("Tu musi stać warunek, na przykład x == 'tak', a jest {kind}.", kind=named(kind))
        return say("Tu pasuje {wanted}, a jest {kind}.", wanted=named(wanted), kind=named(kind))

    def _moment(self, node: Literal, wanted: Kind) -> Node:
        value: date | time | None
        if wanted == TIME:
            value = _read_time(node.value)
            if value is None:
                what = say("„{text}” nie jest godziną – zapisz ją tak: '08:30'.", text=node.value)
                raise self.refuse("wrong-type", what, node.start, node.end)
            return replace(node, kind=TIME, value=value)
        value = read_moment(node.value)
        if value is None:
            what = say("„{text}” nie jest datą – zapisz ją tak: 2027-03-09.", text=node.value)
            raise self.refuse("wrong-type", what, node.start, node.end)
        return replace(node, kind=DATETIME if isinstance(value, datetime) else DATE, value=value)

    def _option(self, node: Node, wanted: Kind) -> Node:
        """A literal where only certain options fit, written as the option is."""
        if wanted.base == "record" and wanted.of is not None:
            wanted = wanted.of
        wanted = wanted.of if wanted.base == "record" and wanted.of is not None else wanted  # an event is its id
        if wanted.base not in ("choice", "choices") or wanted.other or not isinstance(node, Literal):
            return node
        if not isinstance(node.value, str):
            return node
        known = {fold(value): value for value in wanted.values}
        if fold(node.value) in known:
            return replace(node, value=known[fold(node.value)])
        raise self.refuse("not-an-option", _no_option(node.value, wanted), node.start, node.end)

    def comparable(self, node: Compare) -> Compare:
        """A comparison whose two sides can be compared."""
        left, right = node.left, node.right
        if left.kind.family != right.kind.family and ANY not in (left.kind, right.kind):
            if isinstance(right, Literal) and right.kind == TEXT and left.kind.family in ("date", "time"):
                right = self.fit(right, left.kind)
            elif isinstance(left, Literal) and left.kind == TEXT and right.kind.family in ("date", "time"):
                left = self.fit(left, right.kind)
            else:
                raise self.refuse("wrong-type", _incomparable(left.kind, right.kind), node.start, node.end)
        family = left.kind.family if left.kind != ANY else right.kind.family
        if family not in EQUATED:
            raise self.refuse("wrong-type", _use_in(left.kind), node.start, node.end)
        if node.op not in ("==", "!=") and family not in ORDERED:
            kind = named(left.kind)
            what = say("Znakiem „{op}” porównuje się liczby i daty, a tu jest {kind}.", op=node.op, kind=kind)
            raise self.refuse("wrong-type", what, node.start, node.end)
        left, right = self.each(((left, right), (right, left)), lambda pair: self._option(pair[0], pair[1].kind))
        return replace(node, left=left, right=right)

    def option(self, item: Node, option: Node) -> Node:
        """One of the values after `in (…)`, fit to be compared with the item."""
        return self.comparable(Compare(BOOLEAN, option.start, option.end, "==", item, option)).right

    def contains(self, node: Member) -> Member:
        """`item in container` where the container is a set of options, a list or a text."""
        container = node.container
        assert container is not None
        kind = container.kind
        if kind.base == "choices" and node.item.kind.family in ("text", "any"):
            return replace(node, item=self._option(node.item, kind))
        if kind.base == "list" and kind.of is not None:
            element = Read(kind.of, container.start, container.end, "")
            return replace(node, item=self.option(element, node.item))
        if kind == ANY or kind.family == "text" and kind.base != "choice" and node.item.kind.family in ("text", "any"):
            return node
        if kind.base == "choices":
            raise self.refuse("wrong-type", _incomparable(node.item.kind, TEXT), node.start, node.end)
        cure = say("Po „in” pasuje lista w nawiasie, pole z wieloma odpowiedziami albo tekst, a jest {kind}.")
        what = replace(cure, params={"kind": named(kind)})
        raise self.refuse("wrong-type", what, container.start, container.end)

    def whole(self, node: Node, wants: Kind | None) -> Node:
        """The whole expression, when its place in the form wants a certain kind."""
        if node.kind.base == "span":
            what = say("Odstęp czasu dodaj do daty, na przykład today + 3 days.")
            raise self.refuse("wrong-type", what, node.start, node.end)
        return node if wants is None else self.fit(node, wants)


def _read_time(text: Any) -> time | None:
    try:
        return time.fromisoformat(text.strip().zfill(5)) if len(text.strip()) in (4, 5) else None
    except ValueError:
        return None


def _no_option(value: str, wanted: Kind) -> Say:
    by_label = {str(label): option for option, label in wanted.labels.items()}
    near = by_label.get(nearest(value, by_label) or "") or nearest(value, wanted.values)
    if near is not None:
        return say("Nie ma opcji '{value}' – czy chodziło o '{near}'?", value=value, near=near)
    known = ", ".join(wanted.values[:8]) + (" …" if len(wanted.values) > 8 else "")
    return say("Nie ma opcji '{value}' – są: {known}.", value=value, known=known)


def _incomparable(left: Kind, right: Kind) -> Say:
    families = {left.family, right.family}
    if families == {"text", "number"}:
        return say("Nie można porównać tekstu z liczbą – tekst i kod zapisz w cudzysłowie, a liczbę bez niego.")
    if families == {"text", "boolean"}:
        return say("To pytanie ma odpowiedź true albo false – napisz samą nazwę albo not i nazwę.")
    if "choices" in families:
        return _use_in(left if left.base == "choices" else right)
    if "list" in families or "group" in families:
        return say("Z listy wybierz jedną wartość: użyj count, sum, min, max albo „in”.")
    if "span" in families:
        return say("Odstęp czasu dodaj do daty, na przykład today + 3 days.")
    return say("Nie można porównać: {left} i {right}.", left=named(left), right=named(right))


def _use_in(kind: Kind) -> Say:
    if kind.base == "choices":
        return say("Pole z wieloma odpowiedziami sprawdza się tak: 'opcja' in pole.")
    return say("Tej wartości nie można porównać: to {kind}.", kind=named(kind))
