"""One key of a mapping in a definition, and the reading of a mapping by its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from forms import source
from forms.reading import Reading
from forms.source import Node, Scalar, nearest
from forms.vocabulary import ALIASES
from forms.wording import say

REFERENCE = r"[A-Za-z0-9./_-]*(\{(year|number(:0\d)?)\}[A-Za-z0-9./_-]*)+"
"""The pattern of a pattern of numbers, such as `SZK-{year}-{number:04}`."""


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


def struct_schema(keys: Mapping[str, Key]) -> dict[str, Any]:
    """The JSON Schema of a mapping with these keys."""
    return {
        "type": "object",
        "properties": {
            name: {**key.schema(), **({"description": key.doc} if key.doc else {})} for name, key in keys.items()
        },
        "required": [name for name, key in keys.items() if key.required],
        "additionalProperties": False,
    }


def short_schema(full: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a mapping that may also be written as `{name: text}` or as a text alone.

    Which of the two mappings is meant is decided by the keys, so that an editor says what is wrong with the one meant.
    """
    pair = {"minProperties": 1, "maxProperties": 1, "additionalProperties": {"$ref": "#/$defs/text"}}
    strange = {"propertyNames": {"not": {"enum": list(full["properties"])}}}
    mapping = {"type": "object", "if": strange, "then": pair, "else": full}
    return {"anyOf": [{"type": ["string", "number", "boolean"]}, mapping]}


def read_keys(node: Node, keys: Mapping[str, Key], reading: Reading) -> dict[str, Any] | None:
    """The values of a mapping's keys by attribute name, defaults filled in; None when a required one is missing or wrong.

    Every mistake is reported: unknown keys with the nearest known one, Polish words for known keys, missing keys.
    """
    if not isinstance(node, source.Mapping):
        reading.problem(
            node, "not-a-mapping", say("Tu powinny stać pary „klucz: wartość”: {keys}.", keys=", ".join(keys))
        )
        return None
    values: dict[str, Any] = {}
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
        values.setdefault(key.as_name or name, key.default)
        if key.required and node.get(name) is None:
            reading.problem(node, "missing-key", say("Brakuje klucza „{key}”.", key=name))
            whole = False
    return values if whole else None


def _unknown(key: Scalar, keys: Mapping[str, Key], reading: Reading) -> None:
    english = ALIASES.get(key.text.strip().lower())
    if english in keys:
        what = say("Nieznany klucz „{key}” – ten klucz nazywa się „{english}”", key=key.text, english=english)
    elif close := nearest(key.text, keys):
        what = say("Nieznany klucz „{key}” – czy chodziło o „{close}”?", key=key.text, close=close)
    else:
        what = say("Nieznany klucz „{key}”. Możliwe: {keys}.", key=key.text, keys=", ".join(keys))
    reading.problem(key, "unknown-key", what)
