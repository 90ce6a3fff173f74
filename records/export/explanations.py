"""The respondent's explanations of warnings, without those that belong to what is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from forms.answers import EXPLAINED
from forms.definition import Field, Form
from records.export.table import Names, Path

Explaining = Callable[[Mapping[str, Any]], dict[str, str]]


def explaining(form: Form, names: Names, *, sensitive: bool) -> Explaining:
    """What takes the explanations out of stored answers of a version: {`KOD@uczestnicy-0-data`: text}."""
    hidden = () if sensitive else tuple(_sensitive(tuple(form.fields), (), (), names))

    def explain(answers: Mapping[str, Any]) -> dict[str, str]:
        found: dict[str, str] = answers.get(EXPLAINED) or {}
        return {key: text for key, text in found.items() if not _within(key, hidden)} if hidden else found

    return explain


def _within(key: str, hidden: Sequence[Path]) -> bool:
    """Whether the field that the key of a warning ends with (after the last @) is one of these, or inside one."""
    path = tuple(part for part in key.rpartition("@")[2].split("-") if not part.isdecimal())
    return any(path[: len(each)] == each for each in hidden)


def _sensitive(fields: Sequence[Field], path: Path, stored: Path, names: Names) -> Iterator[Path]:
    for each, name in names.of(fields, path):
        here, kept = (*path, name), (*stored, each.name)
        if names.sensitive(each, here):
            yield kept
        else:
            yield from _sensitive(each.fields, here, kept, names)
