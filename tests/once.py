"""What each application of a test process would make anew though it comes out the same: made once.

A test has an application of its own. Half of the time that one took from `create_app` to its first page went into compiling
the same templates and the same builders of addresses (`werkzeug.routing`). Without the latter the tests of pages take a
quarter longer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import CodeType
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule


class Compiled(BytecodeCache):
    """The code of each template, by its name and text; kept as long as the process lives."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives a template its code, when one of this name and text was compiled."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of a template that was compiled."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


@cache
def compile_once() -> None:
    """From now on templates and builders of addresses are compiled once for all applications of this process."""
    Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": Compiled()}
    built: dict[tuple[Any, ...], Callable[..., tuple[str, str]]] = {}
    build = Rule._compile_builder

    def built_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        # All that the code of a builder is made of; the rule itself, with its converters, is an argument of what it makes.
        kinds = tuple((name, type(each)) for name, each in rule._converters.items())
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), kinds, append_unknown)
        if key not in built:
            built[key] = build(rule, append_unknown)
        return built[key]

    Rule._compile_builder = built_once  # type: ignore[method-assign,assignment]
