"""The answers and values of an example, written in YAML: read as a person types them, or in their canonical form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from forms import source
from forms.answers import Answers, Working
from forms.definition import Field, Form
from forms.keys import TRUE
from forms.source import Node, Scalar
from forms.types.attachment import Attachment
from forms.types.dates import day_of
from forms.types.file import ALT
from forms.types.given import Refused, Typed
from forms.wording import NBSP
from forms.writing import write

NO_DATA, WHY, TICKED = "none", "why", "1"  # parts of a cell of a table
NUMBER = re.compile(r"-?\d+(\.\d+)?")
FILE_SIZE = 1_000  # bytes of a file that an example only names


def working_of(form: Form, answers: source.Mapping) -> Working:
    """The form as somebody has it who gave these answers and left all others as they found them."""
    working = Working()
    working.answers = _answers(form.fields, answers, "", working.typed)
    return working


def _answers(fields: Iterable[Field], node: Node, path: str, typed: dict[str, Typed]) -> Answers:
    answers: Answers = {}
    written = {entry.key.text: entry.value for entry in node.entries} if isinstance(node, source.Mapping) else {}
    for each in fields:
        value = written.get(each.name)
        if value is None:
            continue
        here = f"{path}{each.name}"
        if each.fields and each.type.repeats:
            items = value.items if isinstance(value, source.Sequence) else ()
            answers[each.name] = [_answers(each.fields, item, f"{here}-{n}-", typed) for n, item in enumerate(items)]
        elif each.fields:
            answers[each.name] = _answers(each.fields, value, f"{here}-", typed)
        else:
            answers[each.name] = _answer(each, value, here, typed)
    return answers


def _answer(field: Field, node: Node, path: str, typed: dict[str, Typed]) -> Any:
    """The answer to one field; None, and a note in `typed`, when it cannot be read as one."""
    sent = typing(field, node)
    if (isinstance(node, Scalar) and node.null) or field.type.blank(sent):
        return None
    try:
        return field.type.parse(sent, field)
    except Refused:
        try:
            return field.type.load(plain(node))
        except (ValueError, TypeError, KeyError):
            typed[path] = sent
            return None


def typing(field: Field, node: Node) -> Typed:
    """What a person types to give the answer that is written: part to texts."""
    takes = field.type.attached
    if field.type.uploads:
        return {"": _files(_texts(node), takes[""])}
    if isinstance(node, source.Mapping):
        found = _parts(node, "", frozenset(field.type.parts))
        return {part: _files(texts, takes[part]) if part in takes else texts for part, texts in found}
    return field.type.literal(node)


def _parts(node: source.Mapping, path: str, known: frozenset[str]) -> Iterable[tuple[str, list[str]]]:
    """`{A04: {rating: 2, measure: 92}}` fills `A04` (no part is called `A04.rating`) and `A04.measure`."""
    for entry in node.entries:
        part = f"{path}.{entry.key.text}".removeprefix(".")
        if isinstance(entry.value, source.Mapping):
            yield from _parts(entry.value, part, known)
        elif entry.key.text == NO_DATA and f"{path}.{WHY}" in known:
            yield part, [TICKED]
            yield f"{path}.{WHY}", _texts(entry.value)
        else:
            yield (part if part in known or path not in known else path), _texts(entry.value)


def _texts(node: Node) -> list[str]:
    nodes = node.items if isinstance(node, source.Sequence) else (node,)
    return [each.text for each in nodes if isinstance(each, Scalar)]


def _files(names: Iterable[str], takes: Attachment) -> list[str]:
    """Stored files of these names, described where they have to be; an example has no bytes."""
    facts = {"size": FILE_SIZE, "type": "application/octet-stream"}
    found = [{"id": str(n), "name": name, **facts} for n, name in enumerate(filter(str.strip, names), 1)]
    return [json.dumps({**file, ALT: file["name"]} if takes.describe else file) for file in found]


def plain(node: Node) -> Any:
    """The node as JSON values, all scalars texts."""
    if isinstance(node, source.Mapping):
        return {entry.key.text: plain(entry.value) for entry in node.entries}
    if isinstance(node, source.Sequence):
        return [plain(each) for each in node.items]
    return node.text if isinstance(node, Scalar) and not node.null else None


def agrees(actual: Any, node: Node) -> bool:
    """Whether a value is the one written in an example; nothing written means unanswered.

    A number written with a fraction is compared at so many places as it is written with; a text without regard to case.
    """
    if isinstance(node, Scalar) and (node.null or not node.text.strip()):
        return actual is None or actual in ("", (), [])
    if actual is None:
        return False
    if isinstance(node, source.Mapping):
        return isinstance(actual, Mapping) and all(agrees(actual.get(e.key.text), e.value) for e in node.entries)
    if isinstance(node, source.Sequence):
        same = isinstance(actual, Sequence) and not isinstance(actual, str) and len(actual) == len(node.items)
        return same and all(agrees(one, each) for one, each in zip(actual, node.items, strict=True))
    text = node.text.strip() if isinstance(node, Scalar) else ""
    return _same(actual, text) or _folded(write(actual)) == _folded(text)


def _same(actual: Any, text: str) -> bool:
    if isinstance(actual, bool):
        return actual is (text == TRUE)
    if isinstance(actual, int | Decimal):
        return NUMBER.fullmatch(text) is not None and _rounded(Decimal(actual), Decimal(text)) == Decimal(text)
    if isinstance(actual, datetime):
        return actual.strftime("%Y-%m-%d %H:%M") == text
    if isinstance(actual, date):
        try:
            return actual == day_of(text)
        except Refused:
            return False
    if isinstance(actual, time):
        return actual.strftime("%H:%M") == text
    return isinstance(actual, str) and _folded(actual) == _folded(text)


def _rounded(actual: Decimal, expected: Decimal) -> Decimal:
    """The number at the places of what is expected; a whole number is expected as it stands."""
    exponent = expected.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= 0:
        return actual
    return actual.quantize(Decimal(1).scaleb(exponent), ROUND_HALF_UP)


def _folded(text: str) -> str:
    return " ".join(text.replace(NBSP, " ").casefold().split())
