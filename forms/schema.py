"""The JSON Schema of the form language, made from its own keys and types, for editors that complete and check YAML.

A key says what its value looks like (`Key.schema`), the registry which types there are; nothing is written down twice.
Scalars are typed as YAML 1.2 types them, so wherever a text is meant a number or `true` is a text too: the reader takes
what the author typed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from forms.fields import FIELD_KEYS
from forms.form_keys import FORM_KEYS
from forms.key import Key, struct_schema
from forms.keys import Struct
from forms.types.base import REGISTRY, FieldType
from forms.wording import LANGUAGES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCALAR = ("string", "number", "boolean")

Schema = dict[str, Any]


def schema() -> Schema:
    """The whole schema: of a form, with definitions of a text, a field of each type, and every mapping that has a name."""
    form = struct_schema(FORM_KEYS)
    return {
        "$schema": DIALECT,
        "title": "Formularz Naboru",
        "description": "Definicja formularza w pliku config/forms/<nazwa>.yaml.",
        **form,
        "oneOf": [{"required": ["steps"]}, {"required": ["fields"]}],
        "$defs": {
            "text": _text(),
            "field": _field(),
            **{_ref(name): _own(kind) for name, kind in sorted(REGISTRY.items())},
            **{struct.ref: struct_schema(struct.keys) for struct in _named()},
        },
    }


def _text() -> Schema:
    """A text for readers, or one for each language."""
    languages = {name: {"type": list(SCALAR)} for name in LANGUAGES}
    mapping = {"type": "object", "properties": languages, "additionalProperties": False, "minProperties": 1}
    return {"anyOf": [{"type": list(SCALAR), "minLength": 1}, mapping]}


def _field() -> Schema:
    """What every field has; which further keys it may have depends on its type."""
    common = struct_schema(FIELD_KEYS)
    types = sorted(REGISTRY)
    common["properties"]["type"] = {
        "description": FIELD_KEYS["type"].doc,
        "enum": types,
        "enumDescriptions": [REGISTRY[name].doc for name in types],  # a word of editors, not of the standard
    }
    del common["additionalProperties"]
    chosen = [
        {
            "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
            "then": {"$ref": f"#/$defs/{_ref(name)}"},
        }
        for name in types
    ]
    return {**common, "allOf": chosen}


def _own(kind: type[FieldType]) -> Schema:
    """The keys of one type, beside those that `field` has described already."""
    own = struct_schema(kind.keys)
    shared = {name: True for name in FIELD_KEYS if name not in kind.keys}
    required = [*own["required"], *(["label"] if kind.labelled else [])]
    title = f"pole {kind.name}"  # an editor offers the required keys under it
    properties = {**shared, **own["properties"]}
    return {**own, "title": title, "description": kind.doc, "properties": properties, "required": required}


def _ref(name: str) -> str:
    return f"field-{name}"


def _named() -> Iterator[Struct]:
    """Every mapping that the keys refer to by name, wherever it stands."""
    found: dict[str, Struct] = {}
    waiting: list[Key] = [*FORM_KEYS.values(), *FIELD_KEYS.values()]
    waiting += [key for kind in REGISTRY.values() for key in kind.keys.values()]
    while waiting:
        key = waiting.pop()
        if isinstance(key, Struct) and key.ref:
            if key.ref in found:
                continue
            found[key.ref] = key
        waiting += _inside(key)
    yield from (found[name] for name in sorted(found))


def _inside(key: Key) -> Iterator[Key]:
    """The keys of which a key is made."""
    for each in dataclasses.fields(key):
        value = getattr(key, each.name)
        if isinstance(value, Key):
            yield value
        elif isinstance(value, Mapping):
            yield from (one for one in value.values() if isinstance(one, Key))
