"""The panel of all years: gmina, year, indicator, value, note – as CSV for programs, for Excel, and as a data package."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from forms.indicators import Indicator
from forms.wording import say
from records.export.archive import zipped
from records.export.delimited import EXCEL, PROGRAMS, Dialect, Lines
from records.export.package import DESCRIPTOR, PROFILE
from records.indicators.values import Value

PANEL, BOOK = "wskazniki.csv", "slownik.csv"
COLUMNS = ("gmina", "year", "indicator", "value", "note")
IN_WORDS = (
    *(say("TERYT"), say("Gmina"), say("Powiat"), say("Rodzaj gminy"), say("Okres")),
    *(say("Wskaźnik"), say("Jednostka miary"), say("Wartość"), say("Uwaga")),
)
BOOK_COLUMNS = ("indicator", "label", "unit", "sphere", "source", "direction", "target", "formula")


@dataclass(frozen=True)
class Panel:
    """Every value of a form's indicators in order, and how gminy and notes are told in words."""

    slug: str
    title: str
    indicators: Sequence[Indicator]
    rows: Sequence[Value]
    gmina: Callable[[str, str], str]  # (TERYT code, column of the list of gminy)
    note: Callable[[Value], str]

    def csv(self) -> bytes:
        """For programs: RFC 4180, UTF-8, a dot, the TERYT code and the name of the indicator."""
        lines = Lines(PROGRAMS)
        return lines.head(COLUMNS) + lines.rows([self._row(each) for each in self.rows])

    def excel(self) -> bytes:
        """For Excel as it is set up in Poland: names and labels, a comma, semicolons."""
        lines, known = Lines(EXCEL), {each.name: each for each in self.indicators}
        rows = []
        for each in self.rows:
            indicator, write = known[each.indicator], EXCEL.manner.write
            where = (self.gmina(each.gmina, column) for column in ("label", "powiat", "type"))
            value = "" if each.value is None else write(each.value)
            rows.append(
                [write(each.gmina), *where, each.period, indicator.label, indicator.unit, value, write(self.note(each))]
            )
        return lines.head(map(str, IN_WORDS)) + lines.rows(rows)

    def package(self) -> bytes:
        """A ZIP with the panel, what the indicators are, and a Data Package descriptor of both."""
        files = {PANEL: self.csv(), BOOK: self._book(PROGRAMS)}
        package = {
            "$schema": PROFILE,
            "name": f"{self.slug}-wskazniki",
            "title": self.title,
            "resources": [
                _resource(PANEL, files[PANEL], _panel_schema()),
                _resource(BOOK, files[BOOK], _book_schema()),
            ],
        }
        descriptor = orjson.dumps(package, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        whole: Iterator[tuple[str, Iterator[bytes]]] = (
            (name, iter((content,))) for name, content in {**files, DESCRIPTOR: descriptor}.items()
        )
        return b"".join(zipped(whole))

    def _row(self, each: Value) -> list[Any]:
        write = PROGRAMS.manner.write
        return [
            each.gmina,
            each.period,
            each.indicator,
            "" if each.value is None else write(each.value),
            self.note(each),
        ]

    def _book(self, dialect: Dialect) -> bytes:
        lines = Lines(dialect)
        rows = [
            [each.name, each.label, each.unit, each.sphere, each.source, each.direction, each.target, each.formula.text]
            for each in self.indicators
        ]
        return lines.head(BOOK_COLUMNS) + lines.rows(rows)


def panel(
    slug: str,
    title: str,
    indicators: Sequence[Indicator],
    found: Sequence[Value],
    gmina: Callable[[str, str], str],
    note: Callable[[Value], str],
) -> Panel:
    """The panel of these values, by period, indicator and TERYT code."""
    order = {each.name: at for at, each in enumerate(indicators)}
    rows = sorted(found, key=lambda each: (each.period, order[each.indicator], each.gmina))
    return Panel(slug, title, indicators, rows, gmina, note)


def _resource(file: str, content: bytes, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": file.removesuffix(".csv"),
        "type": "table",
        "path": file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n"},
        "schema": schema,
    }


def _panel_schema() -> dict[str, Any]:
    fields = [{"name": name, "type": "number" if name == "value" else "string"} for name in COLUMNS]
    keys = list(COLUMNS[:3])
    there = {"resource": BOOK.removesuffix(".csv"), "fields": ["indicator"]}
    return {
        "fields": fields,
        "missingValues": [""],
        "primaryKey": keys,
        "foreignKeys": [{"fields": ["indicator"], "reference": there}],
    }


def _book_schema() -> dict[str, Any]:
    fields = [{"name": name, "type": "number" if name == "target" else "string"} for name in BOOK_COLUMNS]
    return {"fields": fields, "missingValues": [""], "primaryKey": ["indicator"]}
