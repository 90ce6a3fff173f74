"""YAML as editors read it: the core schema of YAML 1.2, where `no` is a text, `0201` a number and a date a text."""

from __future__ import annotations

import re
from typing import Any

import yaml


class CoreLoader(yaml.CSafeLoader):
    """PyYAML resolves scalars by YAML 1.1; these are the four rules of 1.2 in their place."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 – PyYAML's own way


for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", [*"~nN", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", [*"tTfF"]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", [*"-+0123456789"]),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", [*"-+.0123456789"]),
):  # fmt: skip
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^({pattern})$"), first)
CoreLoader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value.lstrip("+"), _base(node.value)))


def _base(text: str) -> int:
    return {"0o": 8, "0x": 16}.get(text[:2], 10)


def load(text: str) -> Any:
    """The value of a document, keys of mappings as texts."""
    return _keys(yaml.load(text, CoreLoader))


def _keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _keys(each) for key, each in value.items()}
    return [_keys(each) for each in value] if isinstance(value, list) else value
