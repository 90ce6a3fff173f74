"""From a file of `config/indicators` to the indicators of a form, or to the list of all its mistakes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from forms import source
from forms.definition import Form
from forms.expressions import Expression, ExpressionErrors, Kind, compile_expression
from forms.indicators.definition import DOWN, UP, Indicator, Sheet, Tile
from forms.key import Key, read_keys, struct_schema
from forms.keys import Boolean, Expr, ListOf, Number, OneOf, Plain, Struct, Whole
from forms.linking import Names
from forms.problems import Place, Problems, nearest
from forms.reading import Pending, Reading
from forms.schema import DIALECT
from forms.wording import say

START = Place(1, 1, 2)
NAME = r"[a-z][a-z0-9_]{0,62}"
MOST_TILES = 60

INDICATOR_KEYS: dict[str, Key] = {
    "name": Plain("Nazwa w eksporcie i w adresie strony.", required=True, pattern=NAME, example="udzial_obszaru"),
    "label": Plain("Jak wskaźnik nazywa się po polsku.", required=True),
    "formula": Expr("Wyrażenie nad polami formularza, którego wynikiem jest liczba.", required=True, wants=Kind.NUMBER),
    "unit": Plain("Jednostka, na przykład %, os., ha, zł.", default=""),
    "sphere": Plain("Sfera; wskaźniki jednej sfery stoją razem.", default=""),
    "source": Plain("Skąd gmina ma te dane.", default=""),
    "direction": OneOf("up: lepiej, gdy rośnie; down: lepiej, gdy maleje.", default="", words=(UP, DOWN)),
    "target": Number("Wartość, do której się dąży."),
    "places": Whole("Ile miejsc po przecinku pokazać.", default=2, most=6),
    "total": Boolean("false: suma z gmin nic nie znaczy, na przykład suma procentów.", default=True),
}


@dataclass(frozen=True)
class IndicatorKey(Struct):
    """One indicator; what is wrong with it is said with its name."""

    def read(self, node: source.Node, reading: Reading) -> Any:
        with reading.within(say("wskaźnik „{name}”", name=_name(node))):
            return super().read(node, reading)


FILE_KEYS: dict[str, Key] = {
    "shown": Boolean("Gmina widzi swoje wartości i medianę podobnych gmin na prywatnej stronie sprawozdania."),
    "indicators": ListOf(
        "Wskaźniki w kolejności, w jakiej stoją na stronach.", required=True, item=IndicatorKey(keys=INDICATOR_KEYS)
    ),
}
TILE_KEYS: dict[str, Key] = {
    "powiat": Plain("Nazwa powiatu, tak jak na liście gmin.", required=True),
    "row": Whole("Wiersz mapy, od góry.", required=True, least=1, most=MOST_TILES),
    "column": Whole("Kolumna mapy, od lewej.", required=True, least=1, most=MOST_TILES),
    "short": Plain("Skrót, który mieści się w kafelku.", default=""),
}
MAP_KEYS: dict[str, Key] = {
    "tiles": ListOf("Kafelki mapy.", required=True, item=Struct(keys=TILE_KEYS, build=Tile)),
}
SCHEMA = {
    "$schema": DIALECT,
    "title": "Wskaźniki Naboru",
    "description": "Wskaźniki formularza w pliku config/indicators/<nazwa formularza>.yaml.",
    **struct_schema(FILE_KEYS),
}
"""For editors, as forms.schema for forms."""


def compiled(text: str, form: Form, limits: Collection[str]) -> Expression:
    """The formula of an indicator over the fields of a version of its form. Raises ExpressionErrors."""
    return compile_expression(text, Names(form, (), {}, (), final=True), wants=Kind.NUMBER, limits=limits)


def read_indicators(
    file: str, text: str | bytes, form: Form | None, known: Iterable[str], limits: Collection[str]
) -> Sheet:
    """The indicators of the form that the file is named after; `known` are the names of all forms, for did-you-mean."""
    slug = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    problems = Problems(file)
    root = source.read(text, file, problems)
    plain = text if isinstance(text, str) else text.decode("utf-8-sig", "replace")
    found: dict[str, Indicator] = {}
    shown = False
    if isinstance(root, source.Mapping):
        reading = Reading(problems, lambda name: None)
        _form(slug, form, known, reading)
        values = read_keys(root, FILE_KEYS, reading) or {}
        if form is not None:
            for pending in reading.pending:
                _link(pending, form, limits, problems)
        _twice(root, reading)
        shown = values.get("shown", False)
        found = {each["name"]: Indicator(slug, **each) for each in values.get("indicators", ())}
    return Sheet(slug, {} if problems.errors else found, shown, tuple(problems.sorted()), plain)


def read_tiles(file: str, text: str | bytes) -> tuple[tuple[Tile, ...], Problems]:
    """The map of tiles from its file: empty when it has mistakes."""
    problems = Problems(file)
    root = source.read(text, file, problems)
    reading = Reading(problems, lambda name: None)
    tiles = (read_keys(root, MAP_KEYS, reading) or {}).get("tiles", ()) if root is not None else ()
    seen: set[object] = set()
    for tile, node in zip(tiles, _items(root, "tiles"), strict=False):
        if {tile.powiat, (tile.row, tile.column)} & seen:
            reading.problem(node, "duplicate-tile", say("Ten powiat albo to miejsce mapy już jest wyżej."))
        seen |= {tile.powiat, (tile.row, tile.column)}
    return () if problems.errors else tuple(tiles), problems


def _form(slug: str, form: Form | None, known: Iterable[str], reading: Reading) -> None:
    if form is None:
        close = nearest(slug, known)
        what = say("Nie ma formularza „{name}”. Plik wskaźników nazywa się tak jak plik formularza.", name=slug)
        if close == slug:
            what = say("Formularz „{name}” ma błędy i jeszcze nie działa – popraw najpierw jego plik.", name=slug)
        elif close:
            what = say("Nie ma formularza „{name}” – czy chodziło o „{close}”?", name=slug, close=close)
        reading.problem(START, "unknown-form", what)
    elif form.period is None:
        reading.problem(
            START, "no-period", say("Wskaźniki liczy się okres po okresie – dodaj do formularza klucz „period”.")
        )


def _items(root: source.Node | None, key: str) -> Sequence[source.Node]:
    nodes = root.get(key) if isinstance(root, source.Mapping) else None
    return nodes.items if isinstance(nodes, source.Sequence) else ()


def _name(node: source.Node) -> str:
    named = node.get("name") if isinstance(node, source.Mapping) else None
    return named.text if isinstance(named, source.Scalar) else "?"


def _twice(root: source.Mapping, reading: Reading) -> None:
    seen: set[str] = set()
    for node in _items(root, "indicators"):
        name = _name(node)
        if name in seen:
            reading.problem(node, "duplicate-name", say("Nazwa „{name}” należy już do innego wskaźnika.", name=name))
        seen.add(name)


def _link(pending: Pending, form: Form, limits: Collection[str], problems: Problems) -> None:
    """Ties the formula to the fields of the form as it is today; reports by line and column what does not fit."""
    try:
        expression = compiled(pending.formula.text, form, limits)
    except ExpressionErrors as errors:
        for mistake in errors.mistakes:
            problems.add(_place(pending, mistake.start, mistake.end), mistake.code, mistake.what, pending.thing)
        return
    pending.formula.link(expression)
    for call in expression.past:
        what = say("„{name}” sięga do poprzedniego okresu. Wpisz wartość z jednego okresu.", name=call.name)
        problems.add(_place(pending, call.start, call.end), "past-in-indicator", what, pending.thing)


def _place(pending: Pending, start: int, end: int) -> Place:
    first, last = pending.node.at(start), pending.node.at(max(start, end - 1))
    return Place(first.line, first.column, last.column + 1 if last.line == first.line else first.column + 1)
