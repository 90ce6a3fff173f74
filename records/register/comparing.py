"""A file compared with the register before anything is saved: what is new, changed, the same, missing, mistaken."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.polish import fold
from forms.types.given import Refused
from forms.wording import Say, say
from records.register.changing import Change
from records.register.columns import BY_NAME, COLUMNS, ENTERED, Column
from records.register.entries import Programme, Version
from records.register.sheet import ENTRY, GMINA, TERYT, Mistake, Sheet

TERYT_DIGITS = 7
WITHOUT_KIND = 6  # digits of a code that stay when a gmina becomes a town


@dataclass(frozen=True)
class Row:
    """One row that can be saved: what the entry would say, the version that it changes (None: a new entry), what differs."""

    line: int
    programme: Programme
    base: Version | None
    differences: tuple[tuple[Column, str, str], ...] = ()

    @property
    def change(self) -> Change:
        """The row as a change of the register."""
        return Change(self.programme, self.base)


@dataclass(frozen=True)
class Comparison:
    """A file beside the register. `missing` are entries in the Wykaz that the file does not name: they stay as they are."""

    new: tuple[Row, ...]
    changed: tuple[Row, ...]
    unchanged: tuple[Row, ...]
    missing: tuple[Version, ...]
    mistakes: tuple[Mistake, ...]
    ignored: tuple[str, ...] = ()

    @property
    def changes(self) -> list[Change]:
        """What saving would do; nothing while there are mistakes."""
        return [] if self.mistakes else [row.change for row in (*self.new, *self.changed)]


def compare(sheet: Sheet, known: Sequence[Version], labels: Mapping[str, str]) -> Comparison:
    """The file beside the newest versions of all entries; `labels` are what the gminy are called, by code.

    A row is about the entry whose number it has (column `wpis`), else about the entry of its gmina in the Wykaz – unless
    another row names that one by its number – else it is new. A column that the file has not leaves what is there.
    """
    work = _Work(known, labels, frozenset(cells.get(ENTRY, "") for _, cells in sheet.rows))
    work.mistakes += sheet.mistakes
    for line, cells in sheet.rows:
        work.row(line, cells)
    work.finish()
    return Comparison(
        tuple(row for row in work.rows if row.base is None),
        tuple(row for row in work.rows if row.base is not None and row.differences),
        tuple(row for row in work.rows if row.base is not None and not row.differences),
        tuple(each for each in known if each.programme.entered and each.entry not in work.named),
        tuple(sorted(work.mistakes, key=lambda each: each.line)),
        sheet.ignored,
    )


def seen(known: Sequence[Version]) -> str:
    """The state of the register that a comparison was made with, as a short text: another one means "compare again"."""
    text = ",".join(f"{each.entry}:{each.version}" for each in known)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def whole(values: Mapping[str, Any]) -> tuple[str, Say] | None:
    """(column, how to mend it) of what does not fit together in an entry; None when all does."""
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        return "valid_to", say("Ostatni dzień programu nie może być wcześniejszy niż pierwszy.")
    if values.get("struck_on") and values.get("status") == ENTERED:
        return "struck_on", say("Wpis jest w Wykazie, więc nie ma daty wykreślenia. Usuń ją albo zmień stan.")
    return None


class _Work:
    def __init__(self, known: Sequence[Version], labels: Mapping[str, str], claimed: frozenset[str]) -> None:
        self.labels = labels
        self.claimed = claimed  # numbers of entries that a row names
        self.codes = {fold(label): code for code, label in labels.items()}
        self.by_entry = {each.entry: each for each in known}
        self.by_gmina = {each.programme.gmina: each for each in known if each.programme.entered}
        self.rows: list[Row] = []
        self.mistakes: list[Mistake] = []
        self.named: dict[int, int] = {}  # entries that a row is about, also one with mistakes: its line
        self._entered: dict[str, int] = {}  # of gminy that a row puts in the Wykaz

    def row(self, line: int, cells: Mapping[str, str]) -> None:
        """Reads one row; its mistakes are noted."""
        before = len(self.mistakes)
        gmina = self._gmina(line, cells)
        base = self._base(line, cells, gmina) if gmina else None
        values = dict(base.programme.values) if base is not None else {"status": ENTERED}
        for column in COLUMNS:
            if column.header in cells:
                self._cell(line, column, cells[column.header], values)
        if base is None and "podstawa" not in cells:
            self._wrong(line, "podstawa", "", say("Uzupełnij podstawę programu: GPR, PR albo IDS."))
        if (odd := whole(values)) is not None:
            header = BY_NAME[odd[0]].header
            self._wrong(line, header, cells.get(header, ""), odd[1])
        if gmina:
            self._once(line, gmina, base, values)
        if len(self.mistakes) == before:
            made = Programme(gmina, values)
            differences = tuple(base.programme.differences(made)) if base is not None else ()
            self.rows.append(Row(line, made, base, differences))

    def _gmina(self, line: int, cells: Mapping[str, str]) -> str:
        code, name = cells.get(TERYT, "").lstrip("'"), cells.get(GMINA, "")
        if not code and fold(name) in self.codes:
            return self.codes[fold(name)]
        if code in self.labels:
            return code
        if not code:
            text = say("Wpisz siedmiocyfrowy kod TERYT gminy.")
            if name:
                text = say("Nie ma gminy „{name}” na liście. Wpisz jej siedmiocyfrowy kod TERYT.", name=name)
            self._wrong(line, TERYT, code, text)
            return ""
        alike = [
            each for each in self.labels if each[:WITHOUT_KIND] == code[:WITHOUT_KIND] and len(code) == TERYT_DIGITS
        ]
        text = say("Na liście gmin nie ma tego kodu. Sprawdź go w rejestrze TERYT.")
        if alike:
            text = say("Ta gmina ma teraz kod {code}. Popraw go.", code=alike[0])
        self._wrong(line, TERYT, code, text)
        return ""

    def _base(self, line: int, cells: Mapping[str, str], gmina: str) -> Version | None:
        typed = cells.get(ENTRY, "")
        if not typed:
            found = self.by_gmina.get(gmina)
            return None if found is not None and str(found.entry) in self.claimed else found
        base = self.by_entry.get(int(typed)) if typed.isdecimal() and len(typed) < 10 else None
        if base is None:
            self._wrong(line, ENTRY, typed, say("Nie ma takiego wpisu. Zostaw tę komórkę pustą, jeśli wpis jest nowy."))
        elif base.programme.gmina != gmina:
            self._wrong(line, ENTRY, typed, say("Wpis {n} należy do innej gminy. Zostaw tę komórkę pustą.", n=typed))
        return base

    def _cell(self, line: int, column: Column, text: str, values: dict[str, Any]) -> None:
        if column.name == "status" and not text:
            return
        try:
            value = column.parse(text)
        except Refused as refused:
            self._wrong(line, column.header, text, refused.what)
            return
        if value is None:
            values.pop(column.name, None)
        else:
            values[column.name] = value

    def _once(self, line: int, gmina: str, base: Version | None, values: Mapping[str, Any]) -> None:
        """That an entry has one row, and a gmina one entry in the Wykaz."""
        if base is not None:
            earlier = self.named.setdefault(base.entry, line)
            if earlier != line:
                self._wrong(
                    line, ENTRY, str(base.entry), say("Ten wpis jest już w wierszu {n}. Zostaw jeden.", n=earlier)
                )
                return
        if values.get("status") == ENTERED:
            earlier = self._entered.setdefault(gmina, line)
            if earlier != line:
                text = say("Gmina ma już wpis w wierszu {n}. W Wykazie może mieć jeden.", n=earlier)
                self._wrong(line, TERYT, gmina, text)

    def finish(self) -> None:
        """Once all rows are read: an entry in the Wykaz that the file does not name makes no room for another."""
        for row in self.rows:
            other = self.by_gmina.get(row.programme.gmina)
            if row.programme.entered and other is not None and other.entry not in self.named:
                text = say(
                    "Gmina ma już w Wykazie wpis {n}. Wykreśl go najpierw albo zmień właśnie jego.", n=other.entry
                )
                self._wrong(row.line, TERYT, row.programme.gmina, text)

    def _wrong(self, line: int, header: str, value: str, text: Say) -> None:
        self.mistakes.append(Mistake(line, header, value, text))
