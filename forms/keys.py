"""The keys that a mapping in a definition may have, and how each kind of value is read and described.

One mechanism serves the form, steps, fields, types, checks and options: unknown keys, missing keys, wrong values and the
JSON Schema all come from these objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from forms import source
from forms.definition import Check, Formula, Limit
from forms.expressions import Kind
from forms.reading import Reading
from forms.source import Node, Scalar, nearest
from forms.spans import parse_span
from forms.vocabulary import ALIASES
from forms.wording import say

WARSAW = ZoneInfo("Europe/Warsaw")
NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
TRUE, FALSE = "true", "false"


class Wrong:
    """What `read` gives for a value that was refused (and reported)."""


WRONG = Wrong()


@dataclass(frozen=True)
class Key:
    """One key of a mapping. Subclasses say how its value is read."""

    doc: str = ""  # one line for the reference, in Polish
    required: bool = False
    default: Any = None
    as_name: str = ""  # the attribute it fills when the key itself is a Python word (`as`, `from`)

    expected: ClassVar[str] = ""

    def read(self, node: Node, reading: Reading) -> Any:
        """The finished value, or WRONG after reporting what is wrong."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the value."""
        return {}

    def scalar(self, node: Node, reading: Reading, code: str, expected: str) -> Scalar | None:
        """The node if it is a scalar with something in it, else None after reporting."""
        if isinstance(node, Scalar) and not node.null:
            return node
        reading.problem(node, code, say("Tu powinno stać: {expected}.", expected=expected))
        return None


@dataclass(frozen=True)
class Plain(Key):
    """A text for programs and staff, never translated (a pattern, an address, a name of a file)."""

    pattern: str = ""
    example: str = ""

    def read(self, node: Node, reading: Reading) -> Any:
        scalar = self.scalar(node, reading, "not-a-text", "tekst")
        if scalar is None:
            return WRONG
        if self.pattern and not re.fullmatch(self.pattern, scalar.text):
            reading.problem(
                node, "wrong-value", say("„{value}” nie pasuje – na przykład: {example}.", value=scalar.text, example=self.example)
            )
            return WRONG
        return scalar.text

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number"], **({"pattern": f"^{self.pattern}$"} if self.pattern else {})}


@dataclass(frozen=True)
class Translated(Key):
    """A text that readers see, in one or more languages, with `{expr}` put in; `markdown` allows CommonMark."""

    markdown: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, Scalar) and (node.null or not node.text.strip()):
            reading.problem(node, "not-a-text", say("Tu powinien stać tekst."))
            return WRONG
        return reading.text(node) or WRONG

    def schema(self) -> dict[str, Any]:
        return {"$ref": "#/$defs/text"}


@dataclass(frozen=True)
class Boolean(Key):
    """`true` or `false`."""

    default: Any = False

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, Scalar) and node.text in (TRUE, FALSE):
            return node.text == TRUE
        reading.problem(node, "not-a-boolean", say("Tu może stać tylko true albo false."))
        return WRONG

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True)
class Whole(Key):
    """A whole number within bounds."""

    least: int = 0
    most: int = 1_000_000

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, Scalar) and re.fullmatch(r"-?\d{1,9}", node.text) and self.least <= int(node.text) <= self.most:
            return int(node.text)
        reading.problem(
            node, "not-a-number", say("Tu powinna stać liczba całkowita od {least} do {most}.", least=self.least, most=self.most)
        )
        return WRONG

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Number(Key):
    """A decimal number, written with a dot."""

    def read(self, node: Node, reading: Reading) -> Any:
        try:
            return Decimal(node.text) if isinstance(node, Scalar) and re.fullmatch(r"-?\d+(\.\d+)?", node.text) else self._wrong(node, reading)
        except InvalidOperation:
            return self._wrong(node, reading)

    def _wrong(self, node: Node, reading: Reading) -> Wrong:
        reading.problem(node, "not-a-number", say("Tu powinna stać liczba, ułamek po kropce, na przykład 2.5."))
        return WRONG

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}


@dataclass(frozen=True)
class OneOf(Key):
    """One of a few words."""

    words: tuple[str, ...] = ()

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, Scalar) and node.text in self.words:
            return node.text
        text = node.text if isinstance(node, Scalar) else "…"
        close = nearest(text, self.words) if isinstance(node, Scalar) else None
        words = ", ".join(self.words)
        if close:
            what = say("Nieznana wartość „{value}” – czy chodziło o „{close}”? Możliwe: {words}.", value=text, close=close, words=words)
        else:
            what = say("Nieznana wartość „{value}”. Możliwe: {words}.", value=text, words=words)
        reading.problem(node, "unknown-value", what)
        return WRONG

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.words)}


@dataclass(frozen=True)
class Expr(Key):
    """An expression; `wants` is the kind its value must have."""

    wants: Kind | None = None
    role: str = "value"

    def read(self, node: Node, reading: Reading) -> Any:
        scalar = self.scalar(node, reading, "not-an-expression", "wyrażenie")
        return WRONG if scalar is None else reading.formula(scalar, wants=self.wants, role=self.role)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"], "description": "expr"}


@dataclass(frozen=True)
class BooleanOrExpr(Key):
    """`true`, `false`, or a condition."""

    default: Any = False
    role: str = "required"

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, Scalar) and node.text in (TRUE, FALSE):
            return node.text == TRUE
        scalar = self.scalar(node, reading, "not-an-expression", "true, false albo warunek")
        return WRONG if scalar is None else reading.formula(scalar, wants=Kind.BOOLEAN, role=self.role)

    def schema(self) -> dict[str, Any]:
        return {"type": ["boolean", "string"]}


@dataclass(frozen=True)
class Bound(Key):
    """A limit of a value: a literal of the type (`literal` turns text into a value or raises ValueError), or an expression."""

    literal: Callable[[str], Any] = Decimal
    wants: Kind | None = None

    def read(self, node: Node, reading: Reading) -> Any:
        scalar = self.scalar(node, reading, "not-a-bound", "wartość albo wyrażenie")
        if scalar is None:
            return WRONG
        try:
            return self.literal(scalar.text)
        except (ValueError, InvalidOperation):
            return reading.formula(scalar, wants=self.wants, role="bound")

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number"]}


@dataclass(frozen=True)
class Moment(Key):
    """`2027-02-10` or `2027-02-10 15:00` in Warsaw; a bare date means its start, or with `end` its last minute."""

    end: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        moment = parse_moment(node.text, end=self.end) if isinstance(node, Scalar) else None
        if moment is None:
            reading.problem(node, "not-a-moment", say("Tu powinna stać data 2027-02-10 albo data z godziną 2027-02-10 15:00."))
            return WRONG
        return moment

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$"}


@dataclass(frozen=True)
class SpanKey(Key):
    """A span of time such as `30 days`."""

    def read(self, node: Node, reading: Reading) -> Any:
        span = parse_span(node.text) if isinstance(node, Scalar) else None
        if span is None:
            reading.problem(node, "not-a-span", say("Tu powinien stać czas, na przykład: 15 minutes, 30 days, 6 months, 5 years."))
            return WRONG
        return span

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": r"^\d+ (minute|hour|day|week|month|year)s?$"}


@dataclass(frozen=True)
class Until(Key):
    """`closes`, `never`, a moment, or `closes + 3 days`."""

    def read(self, node: Node, reading: Reading) -> Any:
        text = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
        if text == "never":
            return Limit(never=True)
        if text == "closes":
            return Limit(after_close=timedelta())
        found = re.fullmatch(r"closes ([+-]) (.+)", text)
        span = parse_span(found[2]) if found else None
        if found and span:
            return Limit(after_close=span.delta * (1 if found[1] == "+" else -1))
        moment = parse_moment(text, end=True)
        if moment is not None:
            return Limit(at=moment)
        reading.problem(node, "not-a-moment", say("Tu może stać: closes, never, data albo closes + 3 days."))
        return WRONG

    def schema(self) -> dict[str, Any]:
        return {"type": "string"}


@dataclass(frozen=True)
class ListOf(Key):
    """A list whose items are all read by `item`; with `single`, one value alone stands for a list of one."""

    item: Key = field(default_factory=Plain)
    single: bool = False
    default: Any = ()

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, Scalar) and self.single and not node.null:
            values = [self.item.read(node, reading)]
        elif isinstance(node, source.Sequence):
            values = [self.item.read(each, reading) for each in node.items]
        else:
            reading.problem(node, "not-a-list", say("Tu powinna stać lista, na przykład [pierwszy, drugi]."))
            return WRONG
        return tuple(value for value in values if value is not WRONG)

    def schema(self) -> dict[str, Any]:
        whole = {"type": "array", "items": self.item.schema()}
        return {"anyOf": [whole, self.item.schema()]} if self.single else whole


@dataclass(frozen=True)
class MapOf(Key):
    """A mapping from names of the author's to values that are all read by `item`."""

    item: Key = field(default_factory=Plain)
    default: Any = field(default_factory=dict)

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, source.Mapping):
            reading.problem(node, "not-a-mapping", say("Tu powinny stać pary „nazwa: wartość”."))
            return WRONG
        values = {}
        for entry in node.entries:
            if not NAME.match(entry.key.text):
                reading.problem(entry.key, "wrong-name", say("Nazwa „{name}” może mieć tylko litery a–z, cyfry i _.", name=entry.key.text))
            value = self.item.read(entry.value, reading)
            if value is not WRONG:
                values[entry.key.text] = value
        return values

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.item.schema()}


@dataclass(frozen=True)
class Struct(Key):
    """A mapping with known keys, turned into an object by `build`."""

    keys: Mapping[str, Key] = field(default_factory=dict)
    build: Callable[..., Any] = dict
    ref: str = ""  # the name of its definition in the JSON Schema

    def read(self, node: Node, reading: Reading) -> Any:
        values = read_keys(node, self.keys, reading)
        return WRONG if values is None else self.build(**values)

    def schema(self) -> dict[str, Any]:
        return {"$ref": f"#/$defs/{self.ref}"} if self.ref else struct_schema(self.keys)


def struct_schema(keys: Mapping[str, Key]) -> dict[str, Any]:
    """The JSON Schema of a mapping with these keys."""
    return {
        "type": "object",
        "properties": {name: {**key.schema(), **({"description": key.doc} if key.doc else {})} for name, key in keys.items()},
        "required": [name for name, key in keys.items() if key.required],
        "additionalProperties": False,
    }


def read_keys(node: Node, keys: Mapping[str, Key], reading: Reading) -> dict[str, Any] | None:
    """The values of a mapping's keys by attribute name, defaults filled in; None when a required one is missing or wrong.

    Every mistake is reported: unknown keys with the nearest known one, Polish words for known keys, missing keys.
    """
    if not isinstance(node, source.Mapping):
        reading.problem(node, "not-a-mapping", say("Tu powinny stać pary „klucz: wartość”: {keys}.", keys=", ".join(keys)))
        return None
    values: dict[str, Any] = {key.as_name or name: key.default for name, key in keys.items()}
    whole = True
    for entry in node.entries:
        key = keys.get(entry.key.text)
        if key is None:
            _unknown(entry.key, keys, reading)
            continue
        value = key.read(entry.value, reading)
        if value is WRONG:
            whole = whole and not key.required
        else:
            values[key.as_name or entry.key.text] = value
    for name, key in keys.items():
        if key.required and node.get(name) is None:
            reading.problem(node, "missing-key", say("Brakuje klucza „{key}”.", key=name))
            whole = False
    return values if whole else None


def _unknown(key: Scalar, keys: Mapping[str, Key], reading: Reading) -> None:
    english = ALIASES.get(key.text.strip().lower())
    if english in keys:
        what = say("Nieznany klucz „{key}” – ten klucz nazywa się „{english}”.", key=key.text, english=english)
    elif close := nearest(key.text, keys):
        what = say("Nieznany klucz „{key}” – czy chodziło o „{close}”?", key=key.text, close=close)
    else:
        what = say("Nieznany klucz „{key}”. Możliwe: {keys}.", key=key.text, keys=", ".join(keys))
    reading.problem(key, "unknown-key", what)


def parse_moment(text: str, *, end: bool) -> datetime | None:
    """A date or date with hour in Warsaw as an aware datetime; a bare date is its start or, with `end`, its last second."""
    found = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2}))?", text.strip())
    if not found:
        return None
    try:
        day = datetime.fromisoformat(found[1])
        if found[2]:
            day = datetime.combine(day, clock_time(int(found[2]), int(found[3])))
        elif end:
            day = day.replace(hour=23, minute=59, second=59)
    except ValueError:
        return None
    return day.replace(tzinfo=WARSAW)


CHECK_KEYS: dict[str, Key] = {
    "that": Expr("Warunek, który musi być spełniony.", required=True, wants=Kind.BOOLEAN, role="check"),
    "message": Translated("Co zrobić, gdy nie jest spełniony.", required=True),
    "on": Plain("Pole, przy którym stoi komunikat."),
    "level": OneOf("error zatrzymuje wysłanie, warning prosi o poprawę albo wyjaśnienie.", default="error", words=("error", "warning")),
    "code": Plain("Kod do eksportu i testów.", default="", pattern=r"[A-Z][A-Z0-9_]*", example="DATA_KOLEJ"),
}
CHECKS = ListOf("Sprawdzenia (rozdział 4).", item=Struct(keys=CHECK_KEYS, build=Check, ref="check"))


def formula_value(value: Any, env: Any) -> Any:
    """A bound's value: itself, or what its formula gives."""
    return value(env) if isinstance(value, Formula) else value
