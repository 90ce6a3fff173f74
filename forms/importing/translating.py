"""XPath, as XLSForms use it, translated into our expressions; what has no counterpart is refused with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.importing.comparisons import answered, compared, several
from forms.importing.functions import FUNCTIONS, whole
from forms.importing.names import Names
from forms.importing.pieces import (
    ADD,
    AND,
    COMPARE,
    DATES,
    MULTIPLY,
    NUMBERS,
    OR,
    SIGN,
    Piece,
    number_piece,
    text_piece,
    truth,
)
from forms.importing.remarks import Untranslatable
from forms.importing.xpath import Binary, Call, Here, Negative, Node, Number, Ref, Text, Where, parse
from forms.wording import Say, say


@dataclass(frozen=True)
class Translator:
    """The surroundings of one expression: the names, the repeated groups it stands in, the question that `.` means."""

    names: Names
    here: tuple[str, ...] = ()
    own: str = ""  # the name in the workbook of the question that `.` stands for
    columns: Mapping[str, str] = field(default_factory=dict)  # the further columns of one choice
    softened: list[Say] = field(default_factory=list)  # what is translated, but does not mean quite the same

    def condition(self, text: str) -> Piece:
        """A condition. Raises Untranslatable."""
        return self.truth(parse(text))

    def value(self, text: str) -> Piece:
        """A value of any kind. Raises Untranslatable."""
        return self.of(parse(text))

    def truth(self, node: Node) -> Piece:
        """A part that must hold or not: a number counts when it is not zero, an answer when it is given."""
        piece = self.one(node)
        if piece.kind == "boolean":
            return piece
        if piece.literal is not None:
            return truth(piece.literal not in ("", "0"))
        if piece.kind in NUMBERS:
            return Piece(f"{piece.at(ADD)} != 0", "boolean", COMPARE)
        return answered(piece)

    def one(self, node: Node) -> Piece:
        """A part that is a single value."""
        piece = self.of(node)
        if piece.many:
            raise Untranslatable(several())
        return piece

    def of(self, node: Node) -> Piece:
        """The part of our expression for a node. Raises Untranslatable."""
        match node:
            case Text(value=value):
                if len(value) > 900 or ("'" in value and '"' in value) or "\n" in value:
                    raise Untranslatable(say("tekst ma oba rodzaje cudzysłowu albo jest za długi."))
                return text_piece(value)
            case Number(value=value):
                return number_piece(value)
            case Ref(name=name, column=True) if name.casefold() in self.columns:
                return text_piece(self.columns[name.casefold()])
            case Ref(name=name):
                return self._name(name)
            case Here(up=False) if self.own:
                return self._name(self.own)
            case Here():
                raise Untranslatable(say("„.” i „..” nic tu nie oznaczają. Wpisz nazwę pytania."))
            case Negative(of=of):
                inner = self.number(of)
                return Piece(f"-{inner.at(SIGN)}", inner.kind, SIGN, certain=inner.certain)
            case Where():
                raise Untranslatable(say("nawias kwadratowy można przenieść tylko w count(…)."))
            case Call(name=name, args=args):
                function = FUNCTIONS.get(name.casefold())
                if function is None:
                    raise Untranslatable(say("nie ma tu odpowiednika funkcji {name}(). Zapisz to inaczej.", name=name))
                try:
                    return function(self, args)
                except (ValueError, IndexError):
                    what = say("funkcja {name}() ma nie tyle argumentów, ile trzeba.", name=name)
                    raise Untranslatable(what) from None
            case Binary():
                return self._binary(node)

    def _name(self, name: str) -> Piece:
        text, known, many = self.names.written(name, self.here)
        if known.joined is not None:
            raise Untranslatable(say("„{name}” łączy teksty, a to można pokazać tylko w treści.", name=name))
        if not known.path:
            return Piece("today", "date", certain=True)
        return Piece(text, known.kind, known=known, many=many)

    def number(self, node: Node) -> Piece:
        """A part that is a number."""
        piece = self.one(node)
        if piece.kind in (*NUMBERS, "any"):
            return piece
        if piece.kind == "text" and piece.literal is not None and piece.literal.replace(".", "", 1).isdecimal():
            return number_piece(piece.literal)
        raise Untranslatable(say("„{text}” nie jest liczbą, a liczyć można tylko na liczbach.", text=piece.text))

    def _binary(self, node: Binary) -> Piece:
        if node.op in ("and", "or"):
            return self._joined(node)
        if node.op not in ("+", "-", "*", "div", "mod"):
            return compared(node.op, self.one(node.left), self.one(node.right))
        left, right = self.one(node.left), self.one(node.right)
        if left.kind in DATES and node.op in "+-":
            return _moved(node.op, left, right)
        left, right = self.number(node.left), self.number(node.right)
        if node.op == "mod":
            whole_part = whole(Piece(f"{left.at(MULTIPLY)} / {right.at(SIGN)}", "decimal", MULTIPLY))
            return Piece(f"{left.at(ADD)} - {right.at(MULTIPLY)} * ({whole_part.text})", left.kind, ADD)
        level = ADD if node.op in "+-" else MULTIPLY
        kind = "integer" if {left.kind, right.kind} == {"integer"} and node.op != "div" else "decimal"
        sign = "/" if node.op == "div" else node.op
        certain = left.certain and right.certain and sign != "/"
        return Piece(f"{left.at(level)} {sign} {right.at(level + 1)}", kind, level, certain=certain)

    def _joined(self, node: Binary) -> Piece:
        """`and`, `or`; what holds whatever is answered is left out."""
        left, right = self.truth(node.left), self.truth(node.right)
        decides, idle = ("false", "true") if node.op == "and" else ("true", "false")
        for piece, other in ((left, right), (right, left)):
            if piece.text == decides:
                return piece
            if piece.text == idle:
                return other
        level = AND if node.op == "and" else OR
        return Piece(f"{left.at(level)} {node.op} {right.at(level)}", "boolean", level)


def _moved(op: str, day: Piece, by: Piece) -> Piece:
    """A date less a date is a number of days; a date and a number of days is a date."""
    if by.kind in DATES and op == "-":
        return Piece(f"days({by.text}, {day.text})", "integer")
    if by.literal is not None and by.literal.isdecimal() and len(by.literal) <= 4 and day.kind == "date":
        return Piece(f"{day.at(ADD)} {op} {by.literal} days", "date", ADD, certain=day.certain)
    raise Untranslatable(say("do daty można tu dodać tylko stałą liczbę dni."))
