"""The choices sheet: lists of options with their values here, their labels, and the columns that filters ask about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from forms.importing.headers import Row
from forms.importing.names import legal_value
from forms.importing.remarks import Remark
from forms.types.own import OTHER
from forms.wording import say


@dataclass(frozen=True, slots=True)
class Choice:
    """One option: its name in the workbook, its value here, its row."""

    original: str
    value: str
    row: Row

    @property
    def columns(self) -> Mapping[str, str]:
        """What a filter may ask about: the further columns of the row, and its name."""
        return {**{key: cell.text for key, cell in self.row.cells.items()}, "name": self.original}


@dataclass(slots=True)
class Choices:
    """All lists of a workbook."""

    lists: dict[str, list[Choice]] = field(default_factory=dict)
    headers: set[str] = field(default_factory=set)

    def values(self, name: str, other: bool = False) -> Mapping[str, str]:
        """The name in the workbook of each option of a list → its value here."""
        found = {choice.original: choice.value for choice in self.lists.get(name, ())}
        return {OTHER: OTHER, **found} if other else found


def read_choices(rows: list[Row], remarks: list[Remark]) -> Choices:
    """The lists; an option without a name, or named as one before it, is left out with a remark."""
    choices = Choices()
    for row in rows:
        name, original = row.get("list_name"), row.get("name")
        choices.headers |= row.cells.keys()
        if not name and not original and not row.texts:
            continue
        if not name or not original:
            what = say("Odpowiedź bez nazwy listy albo bez nazwy została pominięta. Uzupełnij list_name i name.")
            remarks.append(Remark(row.cell("name"), what))
            continue
        here = choices.lists.setdefault(name, [])
        if any(choice.original == original for choice in here):
            what = say("Odpowiedź „{name}” już jest na tej liście. Ta została pominięta.", name=original)
            remarks.append(Remark(row.cell("name"), what))
            continue
        value = legal_value(original, {choice.value for choice in here})
        if value != original:
            remarks.append(Remark(row.cell("name"), say("Wartość to teraz „{value}”.", value=value)))
        here.append(Choice(original, value, row))
    return choices
