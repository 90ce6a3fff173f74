"""Parts of an expression in our language while it is put together: their text, their kind, how strongly they bind."""

from __future__ import annotations

from dataclasses import dataclass

from forms.importing.names import Known

IF, OR, AND, NOT, COMPARE, ADD, MULTIPLY, SIGN, ATOM = range(9)
NUMBERS = ("integer", "decimal")
DATES = ("date", "datetime")
TEXTS = ("text", "choice")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an expression. `known` when it is a bare name; `many` when it stands for the values of several items."""

    text: str
    kind: str
    level: int = ATOM
    known: Known | None = None
    many: bool = False
    literal: str | None = None  # what a text or number in the expression says
    certain: bool = False  # never unanswered

    def at(self, level: int) -> str:
        """The text, in brackets where what stands around binds more strongly."""
        return self.text if self.level >= level else f"({self.text})"


def text_piece(value: str) -> Piece:
    """A text in quotation marks of our language."""
    quote = '"' if "'" in value else "'"
    return Piece(f"{quote}{value}{quote}", "text", literal=value, certain=True)


def number_piece(value: str) -> Piece:
    """A number."""
    return Piece(value, "decimal" if "." in value else "integer", literal=value, certain=True)


def truth(value: bool) -> Piece:
    """`true` or `false`."""
    return Piece("true" if value else "false", "boolean", certain=True)


def negated(piece: Piece) -> Piece:
    """The opposite of a condition."""
    opposite = {"true": "false", "false": "true"}.get(piece.text)
    if opposite is not None:
        return Piece(opposite, "boolean", certain=True)
    if piece.level == NOT:
        return Piece(piece.text.removeprefix("not "), "boolean", COMPARE)
    return Piece(f"not {piece.at(NOT)}", "boolean", NOT)
