"""The options of a question: those of its list, offered under the condition that its filter makes of each."""

from __future__ import annotations

import re

from forms.importing.comparisons import NoSuchOption
from forms.importing.document import Block
from forms.importing.making import Making
from forms.importing.outline import Entry
from forms.importing.remarks import Untranslatable
from forms.types.own import OTHER
from forms.wording import Say, say


def options(making: Making, entry: Entry, block: Block) -> None:
    """Adds `options` to the block of a question; drops the block when there are none."""
    if entry.said.type.endswith("from_file"):
        _from_file(making, entry, block)
        return
    found = making.choices.lists.get(entry.said.argument)
    if not found:
        what = say("nie ma listy „{name}” na arkuszu choices.", name=entry.said.argument)
        making.remark(block, entry.row.cell("type"), what)
        block.dropped = True
        return
    blocks = block.parts("options")
    filter_cell = entry.row.cells.get("choice_filter")
    failed: dict[str, Say] = {}  # why options are offered without the filter
    for choice in found:
        option = Block(cell=choice.row.cell("name"))
        condition = ""
        if filter_cell is not None:
            columns = {**dict.fromkeys(making.choices.headers, ""), **choice.columns}
            try:
                condition = making.translator(entry, columns=columns).condition(filter_cell.text).text
            except NoSuchOption:
                condition = "false"
            except Untranslatable as refused:
                failed.setdefault(str(refused.what), refused.what)
        if condition == "false":
            making.remark(option, choice.row.cell("name"), say("filtr nigdy nie pokazuje tej odpowiedzi."))
            option.dropped = True
        option.put("value", choice.value, choice.row.cell("name"))
        text = making.text(option, choice.row, "label", entry)
        option.put(
            "label", *(text[:1] if text else (choice.original,)), choice.row.cell("label"), text[1] if text else None
        )
        if condition not in ("", "true", "false"):
            option.put("when", condition, filter_cell)
        blocks.append(option)
    for what in failed.values():
        making.remark(block, filter_cell, what)
    if entry.said.other and not any(choice.value == OTHER for choice in found):
        block.put("other", "true", entry.row.cell("type"))


def _from_file(making: Making, entry: Entry, block: Block) -> None:
    cell = entry.row.cell("type")
    stem = re.sub(r"\.(csv|xml|geojson)$", "", entry.said.argument, flags=re.IGNORECASE)
    name = re.sub(r"[^a-z0-9_-]+", "-", stem.casefold()).strip("-_") or "lista"
    block.put("options", Block())
    chosen = block.part("options")
    chosen.put("list", name, cell)
    if entry.row.get("choice_filter"):
        what = say("filtr odpowiedzi z pliku trzeba zapisać od nowa w kluczu „where”.")
        making.remark(block, entry.row.cell("choice_filter"), what)
    if not making.has_list(name):
        what = say("zapisz plik {file} jako config/lists/{name}.csv (kolumny value, label) i usuń znaki „#”.",
                   file=entry.said.argument, name=name)  # fmt: skip
        making.remark(block, cell, what)
        block.dropped = True
