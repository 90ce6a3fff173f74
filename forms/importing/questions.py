"""One row of the survey as one of our fields."""

from __future__ import annotations

import re

from forms.importing.constraints import constrain
from forms.importing.document import Block
from forms.importing.looks import date_type, drawn, range_limits, text_type, unknown_looks
from forms.importing.making import Making
from forms.importing.names import legal_value
from forms.importing.options import options
from forms.importing.outline import NO, YES, Entry
from forms.importing.pieces import AND, Piece
from forms.importing.translating import Translator
from forms.importing.types import SELECTS, SILENT, TYPES
from forms.importing.xpath import Call, Text, parse
from forms.types.base import REGISTRY
from forms.wording import say

MOST_RANKED = 10
PICTURES = ["jpg", "png"]


def question(making: Making, entry: Entry, conditions: list[str]) -> Block:
    """The field of a row, asked while all conditions (those of the groups around it) hold."""
    row = entry.row
    block = Block(cell=row.cell("name"))
    known = TYPES.get(entry.said.type)
    if known is None or known.ours == "":
        if entry.said.type not in SILENT:
            what = known.loss if known and known.loss else say("nieznany typ pytania. Wybierz inny.")
            making.remark(block, row.cell("type"), what)
        block.dropped = True
        return block
    for remark in entry.remarks:
        making.note(block, remark)
    if known.loss is not None:
        making.remark(block, row.cell("type"), known.loss)
    block.put("name", entry.name, row.cell("name"))
    when = asked_when(making, entry, block, conditions)
    ours = _own_part(making, entry, block, known.ours, when)
    block.put("type", ours, row.cell("type"))
    _texts(making, entry, block, ours)
    if when:
        block.put(
            "when",
            " and ".join(piece.at(AND) for piece in when) if len(when) > 1 else when[0].text,
            row.cell("relevant"),
        )
    if REGISTRY[ours].asks:
        required(making, entry, block)
        _default(making, entry, block, ours)
        constrain(making, entry, block)
    unknown_looks(making, entry, block)
    _left_over(making, entry, block)
    block.sort()
    return block


def _left_over(making: Making, entry: Entry, block: Block) -> None:
    """What this type has no use for, but somebody wrote."""
    if entry.said.type != "range" and entry.row.get("parameters"):
        making.remark(block, entry.row.cell("parameters"), say("te parametry nie mają odpowiednika."))
    if entry.said.type == "rank" and entry.row.get("choice_filter"):
        making.remark(block, entry.row.cell("choice_filter"), say("wierszy tabeli nie da się tak filtrować."))


def asked_when(making: Making, entry: Entry, block: Block, conditions: list[str]) -> list[Piece]:
    """The conditions under which a row is asked; a row that is never asked is dropped."""
    found = [Piece(text, "boolean", AND) for text in conditions]
    cell = entry.row.cells.get("relevant")
    if cell is not None:
        piece = making.translated(block, cell, entry, lambda t: t.condition(cell.text), entry.original)
        if piece is not None and piece.text == "false":
            making.remark(block, cell, say("ten warunek nigdy nie jest spełniony."))
            block.dropped = True
        elif piece is not None and piece.text != "true":
            found.append(piece)
    return found


def required(making: Making, entry: Entry, block: Block) -> None:
    """`required` with its message."""
    cell = entry.row.cells.get("required")
    if cell is None or cell.text.casefold() in NO:
        return
    if cell.text.casefold() in YES:
        block.put("required", "true", cell)
    else:
        piece = making.translated(block, cell, entry, lambda t: t.condition(cell.text), entry.original)
        if piece is None or piece.text == "false":
            return
        block.put("required", piece.text, cell)
    message = making.text(block, entry.row, "required_message", entry)
    if message is not None:
        block.part("message").put("required", message[0], entry.row.cell("required_message"), message[1])


def _own_part(making: Making, entry: Entry, block: Block, ours: str, when: list[Piece]) -> str:
    """Our type of a question; adds the keys that only this type has."""
    row, kind = entry.row, entry.said.type
    if kind == "rank":
        return _ranked(making, entry, block)
    if kind in SELECTS:
        options(making, entry, block)
        if ours == "choice" and drawn(entry):
            block.put("as", drawn(entry), row.cell("appearance"))
        return ours
    read_only = row.get("read_only").casefold() in YES
    if kind in ("calculate", "hidden") or (read_only and row.get("calculation")):
        return _worked_out(making, entry, block, ours, when)
    if row.get("calculation"):
        making.remark(block, row.cell("calculation"), say("wyliczana jest tylko wartość początkowa."))
    elif read_only and kind != "note":
        making.remark(
            block, row.cell("read_only"), say("to pole można tu zmienić. Jeśli nie trzeba, zrób z niego notatkę.")
        )
    match kind:
        case "text":
            return text_type(making, entry)
        case "date":
            return date_type(entry)
        case "range":
            return range_limits(making, entry, block)
        case "image":
            block.put("accept", PICTURES, row.cell("type"))
        case "audio" | "video":
            block.put("accept", ["zip"], row.cell("type"))
    return ours


def _worked_out(making: Making, entry: Entry, block: Block, ours: str, when: list[Piece]) -> str:
    """A calculation, or a hidden value."""
    row = entry.row
    cell = row.cells.get("calculation") or row.cells.get("default")
    if ours == "hidden" and "calculation" not in row.cells:
        if cell is not None:
            block.put("value", cell.text, cell)
        else:
            making.remark(block, row.cell("name"), say("wartość ukrytego pola bierze się tu z parametru adresu."))
            legal = re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,40}", entry.original)
            block.put("from_query", entry.original if legal else entry.name[:40], row.cell("name"))
        return ours
    if cell is None:
        making.remark(block, row.cell("type"), say("brakuje wzoru („calculation”). Wpisz go albo usuń pole."))
        block.dropped = True
        return "computed"
    if any(
        known.joined is not None and known.path[-1] == entry.name
        for known in making.names.known.get(entry.original, ())
    ):
        making.remark(block, cell, say("połączony tekst jest tylko wstawiany do treści, nie ma go wśród odpowiedzi."))
        block.dropped = True
        return "computed"
    formula = cell.text

    def value(translator: Translator) -> Piece:
        node = parse(formula)
        match node:  # a value under a condition, else nothing
            case Call(name=name, args=(test, then, Text(value=""))) if name.casefold() == "if":
                when.append(translator.truth(test))
                return translator.one(then)
        return translator.one(node)

    piece = making.translated(block, cell, entry, value)
    if piece is None:
        block.dropped = True
        return "computed"
    block.put("value", piece.text, cell)
    if not row.texts.get("label"):
        making.remark(block, row.cell("name"), say("wyliczona wartość jest tu widoczna. Nadaj jej etykietę."))
    return "computed"


def _ranked(making: Making, entry: Entry, block: Block) -> str:
    """A ranking as a matrix: the number of a place for each option."""
    found = making.choices.lists.get(entry.said.argument, [])
    if not 1 < len(found) <= MOST_RANKED:
        making.remark(
            block, entry.row.cell("type"), say("ułożyć w kolejności można tu od 2 do {n} rzeczy.", n=MOST_RANKED)
        )
        block.dropped = True
    taken: set[str] = set()
    for choice in found:
        line = Block(cell=choice.row.cell("name"))
        name = legal_value(choice.value, taken) if choice.value[0].isalpha() else f"w_{choice.value}"
        taken.add(name)
        line.put("id", re.sub(r"\W", "_", name)[:40], choice.row.cell("name"))
        text = making.text(line, choice.row, "label", entry)
        line.put("label", text[0] if text else choice.original, choice.row.cell("label"), text[1] if text else None)
        block.parts("rows").append(line)
    block.put("options", [str(place) for place in range(1, len(found) + 1)], entry.row.cell("type"))
    return "matrix"


def _texts(making: Making, entry: Entry, block: Block, ours: str) -> None:
    """Label and hint; a note has one text of both."""
    row = entry.row
    if ours == "note":
        text = making.text(block, row, "label", entry, markdown=True) or making.text(
            block, row, "hint", entry, markdown=True
        )
        if text is None:
            making.remark(block, row.cell("label"), say("notatka nie ma treści."))
            block.dropped = True
        else:
            block.put("text", text[0], row.cell("label"), text[1])
        return
    label = making.text(block, row, "label", entry, ends=":")
    if label is not None:
        block.put("label", label[0], row.cell("label"), label[1])
    elif REGISTRY[ours].labelled:
        if ours != "computed":
            making.remark(block, row.cell("label"), say("brakuje etykiety. Wpisz pytanie."))
        block.put("label", entry.original or entry.name, row.cell("name"))
    if not REGISTRY[ours].labelled:
        return
    hint, more = making.text(block, row, "hint", entry), making.text(block, row, "guidance_hint", entry)
    if hint is not None and more is not None and isinstance(hint[0], str) and isinstance(more[0], str):
        block.put("hint", f"{hint[0]} {more[0]}", row.cell("hint"), f"{hint[1]} {more[1]}")
    elif hint is not None or more is not None:
        text = hint or more
        assert text is not None
        block.put("hint", text[0], row.cell("hint" if hint else "guidance_hint"), text[1])
        if hint is not None and more is not None:
            making.remark(
                block, row.cell("guidance_hint"), say("druga podpowiedź została pominięta. Dopisz ją do pierwszej.")
            )


def _default(making: Making, entry: Entry, block: Block, ours: str) -> None:
    """A value or an expression to begin with."""
    cell = entry.row.cells.get("calculation") or entry.row.cells.get("default")
    if cell is None or entry.said.type == "rank":
        return
    text = cell.text
    if entry.said.type in ("select_one", "select_multiple") and "${" not in text and "(" not in text:
        known = making.choices.values(entry.said.argument, entry.said.other)
        values = [
            known[value] for value in ([text] if entry.said.type == "select_one" else text.split()) if value in known
        ]
        if not values:
            making.remark(block, cell, say("nie ma takiej odpowiedzi na liście."))
        elif ours == "choice":
            block.put("default", values[0], cell)
        else:
            block.put("default", values, cell)
    elif "calculation" in entry.row.cells or "${" in text or re.search(r"[\w-]\(", text):
        piece = making.translated(block, cell, entry, lambda t: t.value(text))
        if piece is not None:
            block.put("default", piece.text, cell)
    elif ours == "consent":
        making.remark(block, cell, say("zgody nie można zaznaczyć z góry."))
    elif text in making.taken:
        making.remark(block, cell, say("taka wartość początkowa byłaby tu nazwą pytania."))
    else:
        block.put("default", text, cell)
