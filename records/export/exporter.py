"""An export from beginning to end: what was sent to a form, as one file or as a ZIP of several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forms.definition import Form
from records.export import objects, package
from records.export.archive import zipped
from records.export.asked import Asked, Responses
from records.export.delimited import EXCEL, PROGRAMS
from records.export.shape import Shape
from records.export.sheets import Files, Sheets
from records.export.workbook import workbook

FORMATS = ("csv", "csv-excel", "xlsx", "jsonl", "json", "datapackage")
LINES = ("jsonl", "json")  # the same; the shorter name came first
DIALECTS = {"csv": PROGRAMS, "csv-excel": EXCEL}
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/jsonl; charset=utf-8",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class Export:
    """Responses of a form in one format; see `export`."""

    slug: str
    format: str
    shape: Shape
    responses: Responses

    @property
    def ending(self) -> str:
        """The ending of the file's name: csv, xlsx, jsonl, or zip when there are several files."""
        if self.format in LINES:
            return "jsonl"
        if self.format == "xlsx":
            return "xlsx"
        return "zip" if self.format == "datapackage" or len(self.shape.tables) > 1 else "csv"

    @property
    def media_type(self) -> str:
        """What a browser is told the file is."""
        return MEDIA_TYPES[self.ending]

    def files(self) -> Files:
        """(name, pieces) of each file; the pieces of one are to be read before the next is asked for."""
        words = self.responses.asked.words
        if self.format in LINES:
            return iter(((f"{self.slug}.jsonl", self._objects()),))
        if self.format == "xlsx":
            return iter(((f"{self.slug}.xlsx", workbook(self.slug, self.shape, self.responses, words)),))
        if self.format == "datapackage":
            return package.files(self.slug, str(self.shape.versions.newest.title), self.shape, self.responses)
        return Sheets(self.slug, self.shape, self.responses, DIALECTS[self.format].written(words)).files()

    def chunks(self) -> Iterator[bytes]:
        """The one file to be handed out, piece by piece; the same bytes as long as nothing has changed."""
        if self.ending == "zip":
            yield from zipped(self.files())
            return
        for _, pieces in self.files():
            yield from pieces

    def _objects(self) -> Iterator[bytes]:
        lines = objects.Objects(self.shape)
        for batch in self.responses.batches():
            yield b"".join(map(lines.line, batch))


def export(
    slug: str,
    newest: Form,
    version: Callable[[int], Form],
    format: str,
    asked: Asked | None = None,
    told: Callable[[int], None] | None = None,
) -> Export:
    """What was sent to a form, or what is asked for of it. `newest` is the version that serves, `version` gives a stored
    one by its id (and may raise ValueError for one that no longer reads), `format` is one of FORMATS (KeyError for
    another); fields marked sensitive are left out unless asked for; JSON lines and data packages hold codes whatever is
    asked. `told` hears how many responses have been read. Labels are in the language in force while it is read.
    """
    if format not in FORMATS:
        raise KeyError(format)
    asked = asked or Asked()
    shape = Shape.of(slug, newest, version, sensitive=asked.sensitive, chosen=asked.columns, only_newest=asked.newest)
    return Export(slug, format, shape, Responses(slug, asked, shape.only, told))
