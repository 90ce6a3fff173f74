"""What the importer has to say to an author: what was not turned into our language, where it stands, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from forms.wording import Say


class Unusable(Exception):
    """The file cannot be imported at all; `what` says why and what to do."""

    def __init__(self, what: Say) -> None:
        super().__init__(what.text)
        self.what = what


class Untranslatable(Exception):
    """A piece of an XLSForm for which our language has nothing; `what` says why and what to do."""

    def __init__(self, what: Say) -> None:
        super().__init__(what.text)
        self.what = what


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with something in it; `header` is the XLSForm column's name, `letter` the spreadsheet's."""

    sheet: str
    row: int
    letter: str
    header: str
    text: str

    @property
    def place(self) -> str:
        """`survey!C7`"""
        return f"{self.sheet}!{self.letter}{self.row}"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that the author should look at, and the cell that it is about (none: the whole file)."""

    cell: Cell | None
    what: Say

    def line(self, file: str) -> str:
        """`ankieta.xlsx: survey!F7 (relevant): …`, in the language now in force."""
        where = "" if self.cell is None else f"{self.cell.place} ({self.cell.header}): "
        return f"{file}: {where}{self._said}"

    def comment(self) -> str:
        """The remark as a comment in the definition, with what stood in the cell."""
        if self.cell is None:
            return self._said
        shown = " ".join(self.cell.text.split())
        text = f": {shown}" if shown else ""
        return f"{self.cell.place}, {self.cell.header}{text} – {self._said}"

    @property
    def _said(self) -> str:
        """Whatever stands after a colon or a dash begins with a small letter."""
        said = str(self.what)
        return said if self.cell is None else said[:1].lower() + said[1:]
