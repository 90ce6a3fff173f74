"""The keys that a mapping in a definition may have, and how each kind of value is read and described.

One mechanism serves the form, steps, fields, types, checks and options: unknown keys, missing keys, wrong values and the
JSON Schema all come from these objects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from forms import source
from forms.expressions import Kind
from forms.key import WRONG, Key, Wrong, read_keys, struct_schema
from forms.reading import Reading
from forms.source import Node, Scalar, nearest
from forms.wording import say

NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
TRUE, FALSE = "true", "false"


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
                node,
                "wrong-value",
                say("„{value}” nie pasuje – na przykład: {example}.", value=scalar.text, example=self.example),
            )
            return WRONG
        return scalar.text

    def schema(self) -> dict[str, Any]:
        kinds = ["string", "number", "boolean"]  # YAML's own number or truth value, where a text is meant
        pattern = {"pattern": f"^({self.pattern})$", "examples": [self.example]} if self.pattern else {}
        return {"type": kinds, **pattern}


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
        return {"$ref": "#/$defs/text", **({"format": "markdown"} if self.markdown else {})}


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
        if (
            isinstance(node, Scalar)
            and re.fullmatch(r"-?\d{1,9}", node.text)
            and self.least <= int(node.text) <= self.most
        ):
            return int(node.text)
        reading.problem(
            node,
            "not-a-number",
            say("Tu powinna stać liczba całkowita od {least} do {most}.", least=self.least, most=self.most),
        )
        return WRONG

    def schema(self) -> dict[str, Any]:
        return {"type": ["integer", "string"], "pattern": r"^-?\d{1,9}$", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Number(Key):
    """A decimal number, written with a dot."""

    def read(self, node: Node, reading: Reading) -> Any:
        try:
            return (
                Decimal(node.text)
                if isinstance(node, Scalar) and re.fullmatch(r"-?\d+(\.\d+)?", node.text)
                else self._wrong(node, reading)
            )
        except InvalidOperation:
            return self._wrong(node, reading)

    def _wrong(self, node: Node, reading: Reading) -> Wrong:
        reading.problem(node, "not-a-number", say("Tu powinna stać liczba, ułamek po kropce, na przykład 2.5."))
        return WRONG

    def schema(self) -> dict[str, Any]:
        return {"type": ["number", "string"], "pattern": r"^-?\d+(\.\d+)?$"}


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
            what = say(
                "Nieznana wartość „{value}” – czy chodziło o „{close}”? Możliwe: {words}.",
                value=text,
                close=close,
                words=words,
            )
        else:
            what = say("Nieznana wartość „{value}”. Możliwe: {words}.", value=text, words=words)
        reading.problem(node, "unknown-value", what)
        return WRONG

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.words), **({"default": self.default} if self.default else {})}


@dataclass(frozen=True)
class Expr(Key):
    """An expression; `wants` is the kind its value must have."""

    wants: Kind | None = None
    role: str = "value"

    def read(self, node: Node, reading: Reading) -> Any:
        scalar = self.scalar(node, reading, "not-an-expression", "wyrażenie")
        return WRONG if scalar is None else reading.formula(scalar, wants=self.wants, role=self.role)

    def schema(self) -> dict[str, Any]:
        return {"type": ["string", "number", "boolean"], "format": "condition" if self.wants else "expression"}


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
        return {"type": ["boolean", "string"], "format": "condition"}


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
        return {"type": ["string", "number"], "format": "expression"}


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
        return {"anyOf": [self.item.schema(), whole]} if self.single else whole


@dataclass(frozen=True)
class Placed(Key):
    """Another key's value together with its place."""

    key: Key = field(default_factory=Plain)

    def read(self, node: Node, reading: Reading) -> Any:
        value = self.key.read(node, reading)
        return WRONG if value is WRONG else (value, node.place)

    def schema(self) -> dict[str, Any]:
        return self.key.schema()


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
                reading.problem(
                    entry.key,
                    "wrong-name",
                    say("Nazwa „{name}” może mieć tylko litery a–z, cyfry i _.", name=entry.key.text),
                )
            value = self.item.read(entry.value, reading)
            if value is not WRONG:
                values[entry.key.text] = value
        return values

    def schema(self) -> dict[str, Any]:
        names = {"pattern": NAME.pattern}
        return {"type": "object", "propertyNames": names, "additionalProperties": self.item.schema()}


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
