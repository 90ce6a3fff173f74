"""The survey sheet as a tree: questions, groups, repeats – each with its name here and the groups it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from forms.importing.choices import Choices
from forms.importing.headers import Row
from forms.importing.names import Known, Names, legal
from forms.importing.remarks import Remark, Untranslatable
from forms.importing.types import SELECTS, TYPES, Said, said
from forms.importing.xpath import Call, Node, parse
from forms.wording import say

DEEPEST = 20
YES = ("yes", "true", "true()", "tak", "1")
NO = ("", "no", "false", "false()", "nie", "0")


@dataclass(eq=False)
class Entry:
    """A row of the survey, or a group with what it holds. `here` are the repeated groups around it, as named here."""

    row: Row
    said: Said
    name: str = ""
    here: tuple[str, ...] = ()
    inside: list[Entry] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)  # about the row, to stand as comments at its place

    @property
    def original(self) -> str:
        """The name in the workbook."""
        return self.row.get("name")

    @property
    def looks(self) -> list[str]:
        """The words of `appearance`."""
        return self.row.get("appearance").casefold().replace(",", " ").split()

    @property
    def is_matrix(self) -> bool:
        """Whether a group is drawn as a table of questions that share their answers."""
        rows = self.rows
        alike = len({each.said.argument for each in rows}) == 1 and all(each.said.type == "select_one" for each in rows)
        plain = not any(each.row.get(key) for each in rows for key in ("constraint", "choice_filter", "calculation"))
        table = "table-list" in self.looks or (len(rows) > 1 and all("list-nolabel" in each.looks for each in rows))
        return (
            self.said.type == "group"
            and bool(rows)
            and alike
            and plain
            and table
            and not any(e.said.other for e in rows)
        )

    @property
    def rows(self) -> list[Entry]:
        """The questions of a matrix: without the row that only shows the answers."""
        return [each for each in self.inside if "label" not in each.looks]


def read_outline(rows: list[Row], remarks: list[Remark]) -> list[Entry]:
    """The tree of the survey's rows; what cannot be placed is remarked upon."""
    top: list[Entry] = []
    open_groups: list[Entry] = []
    for row in rows:
        if row.get("disabled").casefold() in YES:
            continue
        if not row.get("type"):
            if row.get("name") or row.texts:
                remarks.append(Remark(row.cell("type"), say("Wiersz bez typu został pominięty. Wpisz typ pytania.")))
            continue
        found = said(row.get("type"))
        if found.bracket == "end":
            if open_groups and open_groups[-1].said.type == found.type:
                open_groups.pop()
            else:
                what = say("Ten koniec grupy nie pasuje do żadnego początku. Popraw kolejność wierszy.")
                remarks.append(Remark(row.cell("type"), what))
            continue
        entry = Entry(row, found)
        (open_groups[-1].inside if open_groups else top).append(entry)
        if found.bracket == "begin":
            if len(open_groups) >= DEEPEST:
                remarks.append(Remark(row.cell("type"), say("Grupa jest zbyt głęboko. Jej pytania trafiły wyżej.")))
                continue
            open_groups.append(entry)
    remarks += [
        Remark(entry.row.cell("type"), say("Ta grupa nie ma końca. Dopisz wiersz „end {kind}”.", kind=entry.said.type))
        for entry in open_groups
    ]
    return top


def walk(entries: list[Entry]) -> Iterator[Entry]:
    """All entries, each before what is inside it."""
    for entry in entries:
        yield entry
        yield from walk(entry.inside)


def name_all(entries: list[Entry], choices: Choices, names: Names) -> None:
    """Gives every entry its name here and tells `names` about it."""
    _name(entries, (), (), set(), choices, names)


def _name(
    entries: list[Entry], path: tuple[str, ...], here: tuple[str, ...], taken: set[str], choices: Choices, names: Names
) -> None:
    for entry in entries:
        entry.here = here
        matrix = entry.is_matrix
        if entry.said.type == "group" and not matrix:
            entry.name = legal(entry.original or "grupa", (), "krok")
            _name(entry.inside, path, here, taken, choices, names)
            continue
        original = entry.original or entry.said.type
        entry.name = legal(original, taken)
        taken.add(entry.name)
        if entry.name != original and entry.original:
            what = say("nazwa to teraz „{name}”.", name=entry.name)
            entry.remarks.append(Remark(entry.row.cell("name"), what))
        mine = (*path, entry.name)
        if entry.said.type == "repeat":
            names.add(original, Known(mine, "group", here))
            _name(entry.inside, mine, (*here, entry.name), set(), choices, names)
        elif matrix:
            _name_rows(entry, mine, here, choices, names)
        else:
            _introduce(entry, mine, choices, names)


def _name_rows(entry: Entry, mine: tuple[str, ...], here: tuple[str, ...], choices: Choices, names: Names) -> None:
    taken: set[str] = set()
    for row in entry.rows:
        row.here, row.name = here, legal(row.original or "wiersz", taken)[:40]
        taken.add(row.name)
        names.add(row.original, Known((*mine, row.name), "choice", here, choices.values(row.said.argument)))


def _introduce(entry: Entry, mine: tuple[str, ...], choices: Choices, names: Names) -> None:
    kind = entry.said.type
    if kind == "today":
        names.add(entry.original, Known((), "date"))
        return
    known = TYPES.get(kind)
    if known is None or known.ours in ("", "note", "matrix"):
        return
    options = choices.values(entry.said.argument, entry.said.other) if kind in SELECTS else {}
    joined = _joined(entry.row.get("calculation")) if kind == "calculate" else None
    answer = "any" if kind in ("calculate", "image", "file", "audio", "video") else known.kind
    if kind == "hidden" and entry.row.get("calculation"):
        answer = "any"
    names.add(entry.original, Known(mine, answer, entry.here, options, joined))


def _joined(calculation: str) -> Node | None:
    try:
        node = parse(calculation) if calculation else None
    except Untranslatable:
        return None
    return node if isinstance(node, Call) and node.name.casefold() in ("concat", "jr:choice-name") else None
