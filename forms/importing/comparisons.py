"""A comparison of XPath, where everything is text, as one of ours, where a code is not a number and a set not a text."""

from __future__ import annotations

import re

from forms.importing.pieces import ADD, AND, COMPARE, DATES, NUMBERS, Piece, negated, number_piece, text_piece, truth
from forms.importing.remarks import Untranslatable
from forms.wording import Say, say

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
TICKED = ("ok", "true", "yes", "1", "tak")


def compared(op: str, left: Piece, right: Piece) -> Piece:
    """`left op right`, op one of = != < <= > >=. Raises Untranslatable."""
    if left.many or right.many:
        raise Untranslatable(several())
    if left.literal is not None and right.literal is not None:
        return _constants(op, left.literal, right.literal)
    if left.literal is not None:
        return compared(MIRRORED.get(op, op), right, left)
    if op == "!=":
        if right.literal != "" and left.kind not in ("choices", "boolean") and left.certain and right.certain:
            other = _fitting(right, left)
            return Piece(f"{left.at(ADD)} != {other.at(ADD)}", "boolean", COMPARE)
        # In XPath something unanswered differs from every value; here a comparison with it never holds.
        return negated(compared("=", left, right))
    if op == "=" and right.literal is not None:
        special = _equal(left, right.literal)
        if special is not None:
            return special
    other = _fitting(right, left)
    if op != "=" and left.kind not in (*NUMBERS, *DATES, "time", "any"):
        raise Untranslatable(say("znakiem „{op}” porównuje się tylko liczby i daty.", op=op))
    return Piece(f"{left.at(ADD)} {'==' if op == '=' else op} {other.at(ADD)}", "boolean", COMPARE)


def _equal(left: Piece, value: str) -> Piece | None:
    """`left = 'value'` where that has a form of its own."""
    if value == "":
        return negated(answered(left))
    if left.kind == "boolean":
        return left if value.casefold() in TICKED else negated(left)
    if left.kind == "choices":
        chosen = selected(left, value)
        return Piece(f"{chosen.text} and count({left.text}) == 1", "boolean", AND)
    return None


def selected(left: Piece, value: str) -> Piece:
    """Whether an option is the answer, or among the answers."""
    if left.kind == "choices":
        return Piece(f"{option(left, value).text} in {left.text}", "boolean", COMPARE)
    if left.kind == "boolean":
        return left if value.casefold() in TICKED else negated(left)
    return Piece(f"{left.at(ADD)} == {option(left, value).text}", "boolean", COMPARE)


class NoSuchOption(Untranslatable):
    """A question is compared with an answer that it does not have: whatever is answered, they differ."""


def option(of: Piece, value: str) -> Piece:
    """The value of an option as it is called here. Raises Untranslatable."""
    known = of.known
    if known is None or not known.options:
        return text_piece(value)
    if value not in known.options:
        raise NoSuchOption(say("pytanie nie ma odpowiedzi „{value}”.", value=value))
    return text_piece(known.options[value])


def answered(piece: Piece) -> Piece:
    """Whether a question has an answer."""
    if piece.known is None or piece.many:
        raise Untranslatable(say("z pustą wartością można porównać tylko odpowiedź na pytanie."))
    return Piece(f"answered({piece.text})", "boolean", certain=True)


def several() -> Say:
    """The reason why a question of a repeated group cannot stand for one value."""
    return say("pytanie jest w grupie, która się powtarza. Poza nią użyj sum, count, min albo max.")


def _fitting(piece: Piece, beside: Piece) -> Piece:
    """A literal as the kind beside it wants it."""
    if piece.literal is None:
        return piece
    value = piece.literal
    if beside.kind in NUMBERS and piece.kind == "text" and NUMBER.fullmatch(value):
        return number_piece(value)
    if beside.kind in DATES and DAY.fullmatch(value):
        return Piece(value, "date", literal=value, certain=True)
    if beside.kind == "choice":
        return option(beside, value)
    if beside.kind in ("text", "time") and piece.kind in NUMBERS:
        return text_piece(value)
    return piece


def _constants(op: str, left: str, right: str) -> Piece:
    """A comparison that does not depend on answers, as in a filter over columns of choices."""
    if op in ("=", "!="):
        return truth((left == right) == (op == "="))
    if not (NUMBER.fullmatch(left) and NUMBER.fullmatch(right)):
        return truth(False)
    a, b = float(left), float(right)
    return truth({"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op])
