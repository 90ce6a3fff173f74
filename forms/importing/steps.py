"""The whole definition: groups of the survey as steps, what stands between them as steps of its own."""

from __future__ import annotations

from collections.abc import Iterator

from forms.importing.document import Block
from forms.importing.groups import fields
from forms.importing.making import Making
from forms.importing.names import legal
from forms.importing.outline import Entry
from forms.importing.questions import asked_when
from forms.importing.types import TYPES
from forms.wording import say

LONGEST_ID = 40
SILENT = ("hidden", "computed", "")


def put_steps(making: Making, entries: list[Entry], form: Block) -> None:
    """Adds `steps` to the form, or `fields` when no group makes a step."""
    if not any(_is_step(entry) for entry in entries):
        form.parts("fields").extend(fields(making, entries, []))
        if making.checks:
            form.parts("checks").extend(making.checks)
        return
    steps = form.parts("steps")
    ids: set[str] = set()
    for group, inside in _parts(entries):
        making.checks = []
        step = Block(cell=group.row.cell("name") if group is not None else None)
        asked = [entry for entry in inside if _asks(entry)]
        if group is None and len(asked) == 1 and asked[0].inside:
            _heading_of(making, asked[0], step, ids)  # a repeat or a table alone gives its own name to the page
        elif group is None:
            _own_heading(making, step, ids)
        else:
            _heading(making, group, step, ids)
        step.parts("fields").extend(fields(making, inside, []))
        if making.checks:
            step.parts("checks").extend(making.checks)
        steps.append(step)


def _is_step(entry: Entry) -> bool:
    return entry.said.type == "group" and not entry.is_matrix


def _asks(entry: Entry) -> bool:
    """Whether a person sees something of an entry."""
    known = TYPES.get(entry.said.type)
    return known is None or known.ours not in SILENT


def _parts(entries: list[Entry]) -> Iterator[tuple[Entry | None, list[Entry]]]:
    """Groups with what is in them, and runs of what stands outside groups.

    A run in which nothing is asked joins a neighbour, unless that may be skipped: a value would be lost with it.
    """
    parts: list[tuple[Entry | None, list[Entry]]] = []
    for entry in entries:
        if _is_step(entry):
            parts.append((entry, list(entry.inside)))
        elif parts and parts[-1][0] is None:
            parts[-1][1].append(entry)
        else:
            parts.append((None, [entry]))
    joined: list[tuple[Entry | None, list[Entry]]] = []
    carried: list[Entry] = []
    for at, (group, inside) in enumerate(parts):
        if group is None and not any(map(_asks, inside)):
            if joined and not _may_be_skipped(joined[-1][0]):
                joined[-1][1].extend(inside)
                continue
            if at + 1 < len(parts) and not _may_be_skipped(parts[at + 1][0]):
                carried = inside
                continue
        joined.append((group, [*carried, *inside]))
        carried = []
    yield from joined


def _may_be_skipped(group: Entry | None) -> bool:
    return group is not None and bool(group.row.get("relevant"))


def _heading_of(making: Making, entry: Entry, step: Block, ids: set[str]) -> None:
    row = entry.row
    step.put("id", _id(entry.name, ids), row.cell("name"))
    title = making.text(step, row, "label", entry, ends=":")
    if title is None:
        making.remark(step, row.cell("label"), say("brakuje etykiety grupy. Wpisz tytuł kroku."))
        title = entry.original or entry.name, entry.original or entry.name
    step.put("title", title[0], row.cell("label"), title[1])


def _heading(making: Making, group: Entry, step: Block, ids: set[str]) -> None:
    row = group.row
    _heading_of(making, group, step, ids)
    intro = making.text(step, row, "hint", group, markdown=True)
    if intro is not None:
        step.put("intro", intro[0], row.cell("hint"), intro[1])
    when = asked_when(making, group, step, [])
    if when:
        step.put("when", when[0].text, row.cell("relevant"))


def _own_heading(making: Making, step: Block, ids: set[str]) -> None:
    made = _id("pytania", ids)
    number = made.partition("_")[2]
    title = say("Pytania – część {n}", n=number) if number else say("Pytania")
    step.put("id", made)
    step.put("title", making.own_words(title))


def _id(name: str, ids: set[str]) -> str:
    made = legal(name[: LONGEST_ID - 3], ids, "krok")
    ids.add(made)
    return made
