"""A data package: the CSV files for programs, what they hold by the Table Schema, and a codebook for people.

The descriptor follows Data Package 2.0 (datapackage.org); `flask forms export SLUG --format datapackage` makes one ZIP.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import orjson

from forms.types.choices import JOINED_CODES
from forms.wording import say
from records.export import codebook
from records.export.asked import Responses
from records.export.delimited import PROGRAMS
from records.export.heading import Heading
from records.export.shape import Shape
from records.export.sheets import Files, Sheets, file_name
from records.export.table import ITEM, Table

DESCRIPTOR, BOOK = "datapackage.json", "slownik.md"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
# Every cell is read and written again, so that what a version kept in another manner cannot break the schema.
DIALECT = replace(PROGRAMS, manner=replace(PROGRAMS.manner, plain=False))
TYPES: dict[str, dict[str, Any]] = {
    "number": {"type": "number"},
    "date": {"type": "date"},
    "datetime": {"type": "datetime", "format": "any"},
    "time": {"type": "time", "format": "%H:%M"},
    "boolean": {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
}


def files(slug: str, title: str, shape: Shape, responses: Responses) -> Files:
    """(name, pieces) of each file, the descriptor last: it tells the size and the hash of those before it."""
    sheets = Sheets(slug, shape, responses, DIALECT)
    resources = []
    tables = iter(shape.tables)
    for name, pieces in sheets.files():
        measured = Measured(pieces)
        yield name, measured.pieces()
        resources.append(_resource(slug, name, measured, schema(slug, next(tables))))
    book = Measured(iter((sheets.codebook(),)))
    yield codebook.FILE, book.pieces()
    fields = [{"name": str(name), "type": "string"} for name in codebook.NAMES]
    resources.append(_resource(slug, codebook.FILE, book, {"fields": fields, "missingValues": [""]}))
    yield BOOK, iter((_book(slug, title, shape).encode(),))
    package = {"$schema": PROFILE, "name": slug, "title": title, "resources": resources}
    yield DESCRIPTOR, iter((orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),))


class Measured:
    """Pieces of a file, counted and hashed while they pass."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._hash = hashlib.sha256()
        self.size = 0

    def pieces(self) -> Iterator[bytes]:
        """The pieces; `size` and `hash` are right once they have all been read."""
        for piece in self._pieces:
            self._hash.update(piece)
            self.size += len(piece)
            yield piece

    @property
    def hash(self) -> str:
        """As a data package names it."""
        return f"sha256:{self._hash.hexdigest()}"


def _resource(slug: str, file: str, measured: Measured, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": file.removesuffix(".csv").lower(),
        "type": "table",
        "path": file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": measured.size,
        "hash": measured.hash,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": schema,
    }


def schema(slug: str, table: Table) -> dict[str, Any]:
    """The Table Schema of one table: its columns, what tells its rows apart, and the rows that those belong to."""
    keys = _keys(table)
    fields = [_field(heading, required=heading.name in keys) for heading in table.headings]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""], "primaryKey": keys}
    if table.path:
        outer = keys[:-1]  # the number of the response, then those of the items around this one
        there = ["reference", *(f"{name}.{ITEM}" for name in table.path[:-2]), ITEM][: len(outer)]
        resource = f"{slug}{''.join(f'_{name}' for name in table.path[:-1]).replace('.', '_')}".lower()
        schema["foreignKeys"] = [{"fields": outer, "reference": {"resource": resource, "fields": there}}]
    return schema


def _keys(table: Table) -> list[str]:
    """The columns that together tell a row from all others."""
    return [heading.name for heading in table.front] if table.path else ["reference"]


def _field(heading: Heading, *, required: bool) -> dict[str, Any]:
    kind = {"type": "integer"} if heading.whole else TYPES.get(heading.kind, {"type": "string"})
    made: dict[str, Any] = {"name": heading.name, **kind, "title": heading.label}
    constraints: dict[str, Any] = {"required": True} if required else {}
    for name, limit in zip(("minimum", "maximum"), heading.extent, strict=True):
        if isinstance(limit, int | Decimal):
            constraints[name] = int(limit) if limit == int(limit) else float(limit)
    if heading.codes and heading.several:
        code = "|".join(map(re.escape, heading.codes))
        constraints["pattern"] = rf"(?:{code})(?:{re.escape(JOINED_CODES)}(?:{code}))*"
    elif heading.codes:
        constraints["enum"] = list(heading.codes)
    if constraints:
        made["constraints"] = constraints
    if heading.options is not None:
        made["categories"] = [{"value": each.value, "label": str(each.label)} for each in heading.options.items]
    return made


def _book(slug: str, title: str, shape: Shape) -> str:
    """The codebook as a text to be read, in Markdown: a table for each file."""
    lines = [f"# {_cell(title)}", ""]
    for table in shape.tables:
        lines += [
            f"## {file_name(slug, table)}",
            "",
            _line(str(name) for name in codebook.NAMES[1:]),
            "|" + "---|" * (len(codebook.NAMES) - 1),
        ]
        lines += [_line(row[1:]) for row in codebook.rows((table,), lambda table: file_name(slug, table))]
        lines.append("")
    lines.append(str(say("Pusta komórka: nie było odpowiedzi albo nie było pytania.")))
    return "\n".join(lines) + "\n"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
