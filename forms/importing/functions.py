"""The functions of XPath that have a counterpart in our expressions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from forms.importing.comparisons import DAY, answered, selected
from forms.importing.pieces import ADD, COMPARE, DATES, IF, MULTIPLY, NUMBERS, OR, TEXTS, Piece, negated, truth
from forms.importing.remarks import Untranslatable
from forms.importing.xpath import Binary, Here, Node, Number, Where
from forms.wording import say

if TYPE_CHECKING:
    from forms.importing.translating import Translator

Args = tuple[Node, ...]
Function = Callable[["Translator", Args], Piece]

YEAR_LENGTHS = ("365", "365.25", "365.2425", "365.24")

FUNCTIONS: dict[str, Function] = {}
"""By the name in XPath; a wrong number of arguments raises ValueError or IndexError."""


def whole(piece: Piece) -> Piece:
    """A number without its fraction: towards zero, as XPath does it; unanswered when the number is."""
    if piece.kind == "integer":
        return piece
    bound, times = piece.at(ADD), piece.at(MULTIPLY)
    text = f"round({bound} - 0.5) if {bound} >= 1 else round({bound} + 0.5) if {bound} <= -1 else {times} * 0"
    return Piece(text, "integer", IF)


def function(*names: str) -> Callable[[Function], Function]:
    """Registers what XPath calls a function under these names."""

    def register(made: Function) -> Function:
        FUNCTIONS.update(dict.fromkeys(names, made))
        return made

    return register


@function("not")
def _not(t: Translator, args: Args) -> Piece:
    (of,) = args
    return negated(t.truth(of))


@function("true")
def _true(t: Translator, args: Args) -> Piece:
    () = args
    return truth(True)


@function("false")
def _false(t: Translator, args: Args) -> Piece:
    () = args
    return truth(False)


@function("boolean")
def _boolean(t: Translator, args: Args) -> Piece:
    (of,) = args
    return t.truth(of)


@function("selected")
def _selected(t: Translator, args: Args) -> Piece:
    of, value = t.one(args[0]), t.one(args[1])
    () = args[2:]
    if value.literal is None:
        raise Untranslatable(say("w selected(…) odpowiedź musi być podana wprost, w cudzysłowie."))
    return truth(value.literal in (of.literal or "").split()) if of.literal is not None else selected(of, value.literal)


@function("count-selected")
def _count_selected(t: Translator, args: Args) -> Piece:
    (of,) = map(t.one, args)
    if of.kind != "choices":
        raise Untranslatable(say("count-selected(…) dotyczy pytania z wieloma odpowiedziami."))
    return Piece(f"count({of.text})", "integer", certain=True)


@function("count", "count-non-empty")
def _count(t: Translator, args: Args) -> Piece:
    (node,) = args
    if isinstance(node, Where):
        group = t.of(node.of)
        if group.kind != "group" or group.known is None:
            raise Untranslatable(say("warunek w count(…) może dotyczyć tylko grupy, która się powtarza."))
        inside = replace(t, here=(*group.known.repeats, group.known.path[-1]), own="")
        return Piece(f"count({group.text}, {inside.truth(node.condition).text})", "integer", certain=True)
    of = t.of(node)
    if of.kind not in ("group", "choices") and not of.many:
        raise Untranslatable(say("count(…) liczy pozycje grupy, która się powtarza."))
    return Piece(f"count({of.text})", "integer", certain=True)


def _gathering(name: str) -> Function:
    def gather(t: Translator, args: Args) -> Piece:
        pieces = [t.of(arg) for arg in args]
        if not pieces:
            raise ValueError("nothing to gather")
        if any(piece.kind not in (*NUMBERS, *(DATES if name != "sum" else ()), "any") for piece in pieces):
            raise Untranslatable(say("{name}(…) bierze liczby.", name=name))
        listed = ", ".join(piece.text for piece in pieces)
        return Piece(f"{name}({listed})", pieces[0].kind, certain=name == "sum")

    return gather


for _name in ("sum", "min", "max"):
    function(_name)(_gathering(_name))


@function("if")
def _if(t: Translator, args: Args) -> Piece:
    test, then, other = t.truth(args[0]), t.one(args[1]), t.one(args[2])
    () = args[3:]
    if test.text in ("true", "false"):
        return then if test.text == "true" else other
    kind = then.kind if then.kind == other.kind else "decimal" if {then.kind, other.kind} <= set(NUMBERS) else "text"
    if kind == "text" and not {then.kind, other.kind} <= {*TEXTS, "any"}:
        raise Untranslatable(say("obie wartości w if(…) muszą być tego samego rodzaju."))
    return Piece(f"{then.at(OR)} if {test.at(OR)} else {other.at(IF)}", kind, IF)


@function("coalesce")
def _coalesce(t: Translator, args: Args) -> Piece:
    first, second = map(t.one, args)
    return Piece(f"{first.text} if {answered(first).text} else {second.at(IF)}", first.kind, IF)


@function("string-length")
def _length(t: Translator, args: Args) -> Piece:
    (of,) = map(t.one, args)
    if of.kind not in (*TEXTS, "any"):
        raise Untranslatable(say("długość ma tylko tekst."))
    return Piece(f"length({of.text})", "integer")


@function("contains")
def _contains(t: Translator, args: Args) -> Piece:
    of, part = map(t.one, args)
    if of.kind not in ("text", "any") or part.kind not in TEXTS:
        raise Untranslatable(say("contains(…) szuka tekstu w tekście."))
    t.softened.append(say("porównanie tekstów nie zważa tu na wielkość liter."))
    return Piece(f"{part.at(ADD)} in {of.at(ADD)}", "boolean", COMPARE)


@function("string", "normalize-space")
def _string(t: Translator, args: Args) -> Piece:
    (of,) = map(t.one, args)
    if of.kind not in (*TEXTS, "any"):
        raise Untranslatable(say("tej wartości nie da się zamienić na tekst."))
    return of


@function("number")
def _to_number(t: Translator, args: Args) -> Piece:
    (of,) = args
    return t.number(of)


@function("int", "floor")
def _int(t: Translator, args: Args) -> Piece:
    (of,) = args
    match of:
        # The usual way to write an age; leap years make it wrong on some birthdays, ours is right.
        case Binary(op="div", left=Binary(op="-", left=later, right=earlier), right=Number(value=length)):
            ends = t.one(earlier), t.one(later)
            if length in YEAR_LENGTHS and all(end.kind in DATES for end in ends):
                return Piece(f"years({ends[0].text}, {ends[1].text})", "integer")
    return whole(t.number(of))


@function("round")
def _round(t: Translator, args: Args) -> Piece:
    of = t.number(args[0])
    if len(args) == 1:
        return Piece(f"round({of.text})", "integer")
    (places,) = args[1:]
    return Piece(f"round({of.text}, {t.number(places).text})", "decimal")


@function("abs")
def _abs(t: Translator, args: Args) -> Piece:
    (of,) = map(t.number, args)
    return Piece(f"abs({of.text})", of.kind)


def _dated(t: Translator, args: Args) -> Piece:
    (of,) = map(t.one, args)
    if of.literal is not None and DAY.fullmatch(of.literal):
        return Piece(of.literal, "date", certain=True)
    if of.kind not in DATES:
        raise Untranslatable(say("„{text}” nie jest datą.", text=of.text))
    return of


for _name in ("date", "date-time", "decimal-date-time"):
    function(_name)(_dated)


@function("today")
def _today(t: Translator, args: Args) -> Piece:
    () = args
    return Piece("today", "date", certain=True)


@function("now")
def _now(t: Translator, args: Args) -> Piece:
    () = args
    t.softened.append(say("now() to tu dzisiejszy dzień, bez godziny."))
    return Piece("today", "date", certain=True)


@function("format-date")
def _format_date(t: Translator, args: Args) -> Piece:
    day, pattern = _dated(t, args[:1]), t.one(args[1])
    if pattern.literal != "%Y":
        raise Untranslatable(say("z daty można wziąć tylko rok: format-date(…, '%Y')."))
    return Piece(f"year({day.text})", "integer")


@function("position")
def _position(t: Translator, args: Args) -> Piece:
    (of,) = args
    if not t.here or of != Here(up=True):
        raise Untranslatable(say("position(..) ma sens tylko w grupie, która się powtarza."))
    return Piece("n", "integer", certain=True)
