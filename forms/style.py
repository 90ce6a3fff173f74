"""Warnings about how an author writes the texts that people read: quotation marks, colons, length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from forms import source
from forms.reading import Reading
from forms.source import Node, Scalar
from forms.wording import say

LONG_LABEL = 200  # characters
INSERT = re.compile(r"\{[^{}]*\}")


def check_texts(nodes: Iterable[Node], reading: Reading) -> None:
    """Warns of straight quotation marks in texts (in all their languages); those within `{expr}` are not text."""
    for text in scalars(nodes):
        bare = INSERT.sub(lambda found: " " * len(found[0]), text.text)
        if '"' in bare:
            what = say("Zamiast prostego cudzysłowu użyj polskich: „tekst”.")
            reading.problem(text.at(bare.index('"')), "straight-quotes", what, "warning")


def check_label(node: Node | None, reading: Reading) -> None:
    """Warns of a question that ends in a colon or is too long to be read at a glance."""
    for text in scalars((node,) if node is not None else ()):
        bare = text.text.rstrip()
        if bare.endswith(":"):
            reading.problem(text.at(len(bare) - 1), "label-colon", say("Usuń dwukropek z końca pytania."), "warning")
        if len(bare) > LONG_LABEL:
            what = say(
                "Pytanie ma {length} znaków. Skróć je do {most}, a resztę przenieś do podpowiedzi.",
                length=len(bare),
                most=LONG_LABEL,
            )
            reading.problem(text, "long-label", what, "warning")


def scalars(nodes: Iterable[Node]) -> Iterator[Scalar]:
    """The texts in nodes: each itself, or those of its languages or kinds."""
    for node in nodes:
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, source.Mapping):
            yield from scalars(entry.value for entry in node.entries)
