"""Groups of the survey: a repeat is a group here, a table of questions a matrix, any other group a step or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from forms.importing.document import Block
from forms.importing.making import Making
from forms.importing.names import legal
from forms.importing.options import options
from forms.importing.outline import NO, YES, Entry
from forms.importing.pieces import AND
from forms.importing.questions import asked_when, question, required
from forms.wording import say

MOST_ITEMS = 100


def fields(making: Making, entries: Iterable[Entry], conditions: list[str]) -> list[Block]:
    """The fields of these rows, groups within them taken apart; asked while all conditions hold."""
    made: list[Block] = []
    for entry in entries:
        if entry.said.type == "repeat":
            made.append(repeat(making, entry, conditions))
        elif entry.said.type == "group" and entry.is_matrix:
            made.append(matrix(making, entry, conditions))
        elif entry.said.type == "group":
            made += _taken_apart(making, entry, conditions)
        else:
            made.append(question(making, entry, conditions))
    return made


def _taken_apart(making: Making, entry: Entry, conditions: list[str]) -> list[Block]:
    """A group within a step: its heading as a note, its condition on each of its questions."""
    heading = Block(cell=entry.row.cell("name"))
    mine = [piece.at(AND) for piece in asked_when(making, entry, heading, conditions)]
    if heading.dropped:
        return [heading]
    text = making.text(heading, entry.row, "label", entry)
    inside = fields(making, entry.inside, mine)
    if text is None or not inside:
        heading.dropped = True
    else:
        name = legal(f"{entry.name}_naglowek", making.taken)
        making.taken.add(name)
        heading.put("name", name, entry.row.cell("name"))
        heading.put("type", "note", entry.row.cell("type"))
        strong = [_strong(value) for value in text]
        heading.put("text", strong[0], entry.row.cell("label"), strong[1])
        if mine:
            heading.put("when", " and ".join(mine), entry.row.cell("relevant"))
    heading.sort()
    return [heading, *inside] if heading.lines or heading.comments else inside


def _strong(value: object) -> str | dict[str, str]:
    if isinstance(value, dict):
        return {lang: f"**{text}**" for lang, text in value.items()}
    return f"**{value}**"


def repeat(making: Making, entry: Entry, conditions: list[str]) -> Block:
    """A repeated group; a fixed number of items is a limit, a number that depends on answers a check of the step."""
    row = entry.row
    block = Block(cell=row.cell("name"))
    for remark in entry.remarks:
        making.note(block, remark)
    when = " and ".join(piece.at(AND) for piece in asked_when(making, entry, block, conditions))
    block.put("name", entry.name, row.cell("name"))
    block.put("type", "group", row.cell("type"))
    inner = entry.inside[0] if len(entry.inside) == 1 and entry.inside[0].said.type == "group" else None
    label = making.text(block, row, "label", entry, ends=":")
    label = label or (making.text(block, inner.row, "label", inner, ends=":") if inner is not None else None)
    if label is None:
        making.remark(block, row.cell("label"), say("brakuje etykiety grupy. Wpisz ją."))
        label = entry.original or entry.name, entry.original or entry.name
    elif inner is not None and not row.texts.get("label"):
        inner.row.texts.pop("label", None)  # the group's label now; not a heading within each item as well
    block.put("label", label[0], row.cell("label"), label[1])
    hint = making.text(block, row, "hint", entry)
    if hint is not None:
        block.put("hint", hint[0], row.cell("hint"), hint[1])
    if when:
        block.put("when", when, row.cell("relevant"))
    _count(making, entry, block, when)
    block.parts("fields").extend(fields(making, entry.inside, []))
    block.sort()
    return block


def _count(making: Making, entry: Entry, block: Block, when: str) -> None:
    cell = entry.row.cells.get("repeat_count")
    if cell is None:
        return
    if re.fullmatch(r"\d{1,2}", cell.text) and 0 < int(cell.text) <= MOST_ITEMS:
        block.put("min", cell.text, cell)
        block.put("max", cell.text, cell)
        return
    piece = making.translated(block, cell, entry, lambda t: t.value(cell.text))
    if piece is None:
        return
    if entry.here:
        making.remark(block, cell, say("liczba pozycji w grupie wewnątrz grupy nie jest sprawdzana."))
        return
    check = Block(cell=cell)
    equal = f"count({entry.name}) == {piece.at(AND)}"
    check.put("that", f"{equal} or not ({when})" if when else equal, cell)
    words = making.own_words(say("Dodaj tyle pozycji, ile wynika z poprzednich odpowiedzi."))
    check.put("message", words, cell)
    check.put("on", entry.name, cell)
    making.checks.append(check)


def matrix(making: Making, entry: Entry, conditions: list[str]) -> Block:
    """Questions that share their answers, as the rows of one matrix."""
    row, rows = entry.row, entry.rows
    block = Block(cell=row.cell("name"))
    for remark in (*entry.remarks, *(remark for each in rows for remark in each.remarks)):
        making.note(block, remark)
    when = asked_when(making, entry, block, conditions)
    block.put("name", entry.name, row.cell("name"))
    block.put("type", "matrix", row.cell("type"))
    header = next((each for each in entry.inside if each not in rows), None)
    label = making.text(block, row, "label", entry, ends=":")
    if label is None and header is not None:
        label = making.text(block, header.row, "label", header, ends=":")
    if label is None:
        making.remark(block, row.cell("label"), say("brakuje etykiety tabeli. Wpisz ją."))
        label = entry.original or entry.name, entry.original or entry.name
    block.put("label", label[0], row.cell("label"), label[1])
    if when:
        block.put("when", " and ".join(piece.at(AND) for piece in when), row.cell("relevant"))
    for each in rows:
        line = Block(cell=each.row.cell("name"))
        line.put("id", each.name, each.row.cell("name"))
        text = making.text(line, each.row, "label", each, ends=":")
        line.put("label", text[0] if text else each.original, each.row.cell("label"), text[1] if text else None)
        hint = making.text(line, each.row, "hint", each)
        if hint is not None:
            line.put("hint", hint[0], each.row.cell("hint"), hint[1])
        if each.row.get("default"):
            making.remark(line, each.row.cell("default"), say("wiersz tabeli nie ma wartości początkowej."))
        shown = asked_when(making, each, line, [])
        if shown:
            line.put("when", shown[0].text, each.row.cell("relevant"))
        block.parts("rows").append(line)
    options(making, rows[0], block)
    wanted = [each for each in rows if each.row.get("required").casefold() not in NO]
    if len(wanted) == len(rows) and all(each.row.get("required").casefold() in YES for each in rows):
        required(making, rows[0], block)
    elif wanted:
        what = say("obowiązkowe mogą być wszystkie wiersze tabeli albo żaden.")
        making.remark(block, wanted[0].row.cell("required"), what)
    block.sort()
    return block
