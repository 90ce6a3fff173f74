"""What a constraint becomes: limits and a pattern of the field where it says no more than that, else a check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from forms.importing.document import Block
from forms.importing.making import Making
from forms.importing.outline import Entry
from forms.importing.pieces import AND, Piece
from forms.importing.remarks import Untranslatable
from forms.importing.translating import Translator
from forms.importing.xpath import Binary, Call, Here, Negative, Node, Number, Ref, Text, parse
from forms.types.base import REGISTRY
from forms.wording import say

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "="}
MEASURES = {"string-length": ("text", "long_text"), "count-selected": ("choices",)}


def constrain(making: Making, entry: Entry, block: Block) -> None:
    """Adds a row's constraint to the block of its field, with its message."""
    cell = entry.row.cells.get("constraint")
    if cell is None:
        return
    ours = str(block.get("type"))
    try:
        parts = list(conjuncts(parse(cell.text)))
    except Untranslatable as refused:
        making.remark(block, cell, refused.what)
        return
    kinds = []
    rest: list[Node] = []
    for part in parts:
        if ours in ("email", "phone", "url") and pattern_of(part, entry.original) is not None:
            kinds.append("format")
            continue
        limits = _limits(part, entry, ours)
        if limits and not any(block.get(key) for key, _ in limits):
            for key, value in limits:
                block.put(key, value, cell)
                kinds.append(key)
        else:
            rest.append(part)
    message = making.text(block, entry.row, "constraint_message", entry)
    if message is not None:
        for kind in kinds:
            block.part("message").put(kind, message[0], cell, message[1])
    if not rest:
        return
    piece = making.translated(block, cell, entry, lambda t: _all(t, rest), entry.original)
    if piece is not None and piece.text != "true":
        words = making.own_words(say("Popraw odpowiedź na to pytanie."))
        text, instead = message or (words, words)
        check = Block(cell=cell)
        check.put("that", piece.text, cell)
        check.put("message", text, cell, instead)
        block.parts("checks").append(check)


def conjuncts(node: Node) -> Iterator[Node]:
    """The parts that must all hold."""
    if isinstance(node, Binary) and node.op == "and":
        yield from conjuncts(node.left)
        yield from conjuncts(node.right)
    else:
        yield node


def _all(translator: Translator, parts: list[Node]) -> Piece:
    pieces = [piece for piece in map(translator.truth, parts) if piece.text != "true"]
    if len(pieces) == 1:
        return pieces[0]
    return Piece(" and ".join(piece.at(AND) for piece in pieces) or "true", "boolean", AND)


def pattern_of(node: Node, own: str) -> str | None:
    """The regular expression that the answer itself must match, when that is what a part says."""
    match node:
        case Call(name=name, args=(of, Text(value=pattern))) if name.casefold() == "regex" and _is_own(of, own):
            return pattern.removeprefix("^").removesuffix("$") if not pattern.endswith("\\$") else pattern
    return None


def _is_own(node: Node, own: str) -> bool:
    return node == Here() or (isinstance(node, Ref) and node.name == own)


def _limits(node: Node, entry: Entry, ours: str) -> list[tuple[str, str]]:
    """The keys of a field that say the same as a part of its constraint; none when there are none."""
    keys = REGISTRY[ours].keys
    pattern = pattern_of(node, entry.original)
    if pattern is not None:
        return [("pattern", pattern)] if "pattern" in keys and pattern and _compiles(pattern) else []
    if not isinstance(node, Binary) or node.op not in MIRRORED or "max" not in keys:
        return []
    measured, limit, op = node.left, node.right, node.op
    if not _measured(measured, entry.original, ours):
        measured, limit, op = limit, measured, MIRRORED[op]
    if not _measured(measured, entry.original, ours):
        return []
    if ours == "date":
        day = _day(limit)
        return [("max" if op == "<=" else "min", day)] if day and op in ("<=", ">=") else []
    number = _number(limit)
    if number is None:
        return []
    if isinstance(measured, Call):
        if number < 0 or number != int(number):
            return []
    elif op == "=" or ours not in ("integer", "decimal"):
        return []
    whole = isinstance(measured, Call) or ours == "integer"
    if whole and number == int(number):
        value = int(number) + {"<": -1, ">": 1}.get(op, 0)
        return [(key, str(value)) for key in {"<": ("max",), "<=": ("max",), "=": ("min", "max")}.get(op, ("min",))]
    if whole or op not in ("<=", ">="):
        return []
    return [("max" if op == "<=" else "min", f"{number:f}")]


def _measured(node: Node, own: str, ours: str) -> bool:
    if isinstance(node, Call):
        return ours in MEASURES.get(node.name.casefold(), ()) and len(node.args) == 1 and _is_own(node.args[0], own)
    return _is_own(node, own) and ours in ("integer", "decimal", "date")


def _number(node: Node) -> Decimal | None:
    match node:
        case Number(value=value):
            return Decimal(value)
        case Negative(of=Number(value=value)):
            return -Decimal(value)
        case Text(value=value) if re.fullmatch(r"-?\d+(\.\d+)?", value):
            return Decimal(value)
    return None


def _day(node: Node) -> str:
    match node:
        case Call(name="today", args=()):
            return "today"
        case Text(value=value) if DAY.fullmatch(value):
            return value
        case Call(name="date", args=(Text(value=value),)) if DAY.fullmatch(value):
            return value
    return ""


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
