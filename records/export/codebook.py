"""The codebook: what each column holds, in words, with the codes that may stand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from forms.wording import Say, say
from records.export.heading import Heading
from records.export.table import Table

FILE = "slownik.csv"
NAMES: tuple[Say, ...] = (say("plik"), say("kolumna"), say("pytanie"), say("rodzaj"), say("odpowiedzi"))
KINDS = {
    "text": say("tekst"),
    "number": say("liczba"),
    "date": say("data"),
    "datetime": say("data i godzina"),
    "time": say("godzina"),
    "boolean": say("tak albo nie"),
    "code": say("kod"),
}
MOST_OPTIONS = 200  # a longer list is not read in a cell; it stands in config/lists


def rows(tables: Iterable[Table], named: Callable[[Table], str]) -> Iterator[tuple[str, str, str, str, str]]:
    """(file, column, question, kind, `code = answer` of each option) for every column of every table, in order.

    `named` says what the file of a table is called.
    """
    for table in tables:
        file = named(table)
        for heading in table.headings:
            yield file, heading.name, heading.label, str(KINDS.get(heading.kind, heading.kind)), _options(heading)


def _options(heading: Heading) -> str:
    options = heading.options.items if heading.options is not None else ()
    if len(options) > MOST_OPTIONS:
        return ""
    return "; ".join(f"{option.value} = {option.label}" for option in options)
