"""What of a sent answer is forgotten, and when: fields with their own `retain`, then all that could name a person.

A stored answer is worked on as JSON. Anonymising keeps what statistics need – options, numbers, dates, yes and no, the
gmina – and drops every text that a person typed, every file and every number or address that belongs to someone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from forms.definition import Field, Form
from forms.types.own import MARK
from forms.types.photos import PHOTO
from forms.types.rated import REMARK
from forms.types.table import NONE

ALL = "*"
"""Stands for the whole response in what `due` gives."""


def due(form: Form, ended: date, today: date) -> frozenset[str]:
    """What is to be forgotten by today of a response that ended that day: dotted names of fields, ALL for anonymising."""
    names = {name for name, each in _fields(form.fields) if each.retain and each.retain.after(ended) <= today}
    if form.retain is not None and form.retain.after(ended) <= today:
        names.add(ALL)
    return frozenset(names)


def forgets(form: Form) -> bool:
    """Whether the form forgets anything at all."""
    return form.retain is not None or any(each.retain is not None for _, each in _fields(form.fields))


def forget(form: Form, answers: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    """The stored answers (JSON values) without what is to be forgotten. Explanations of warnings go with ALL."""
    return _without(form.fields, answers, names, "")


def anonymous(fields: Iterable[Field], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Stored answers to these fields, of which only what statistics need is left."""
    return _without(fields, answers, (ALL,), "")


def _without(fields: Iterable[Field], answers: Mapping[str, Any], names: Collection[str], path: str) -> dict[str, Any]:
    known = {each.name: each for each in fields}
    kept: dict[str, Any] = {}
    for name, value in answers.items():
        each = known.get(name)
        if each is None:
            if ALL not in names:  # explanations, and fields of older versions
                kept[name] = value
            continue
        here = f"{path}{name}"
        if here in names:
            continue
        if each.fields and value is not None:
            inner = f"{here}."
            if isinstance(value, list):
                kept[name] = [_without(each.fields, item, names, inner) for item in value]
            else:
                kept[name] = _without(each.fields, value, names, inner)
        elif ALL not in names:
            kept[name] = value
        elif _statistical(each) and (rest := _unsaid(value)) is not None:
            kept[name] = rest
    return kept


def _statistical(each: Field) -> bool:
    type_ = each.type
    return not (each.sensitive or type_.personal or type_.uploads or type_.kind.base == "text")


def _unsaid(value: Any) -> Any:
    """The value without remarks, photographs and options of a person's own; None when nothing is left."""
    if isinstance(value, Mapping):
        if NONE in value:
            return {NONE: ""}  # there are no data; the reason is the person's own words
        return {
            name: rest
            for name, each in value.items()
            if name not in (REMARK, PHOTO) and (rest := _unsaid(each)) is not None
        }
    if isinstance(value, list):
        return [rest for each in value if (rest := _unsaid(each)) is not None]
    return None if isinstance(value, str) and value.startswith(MARK) else value


def _fields(fields: Iterable[Field], path: str = "") -> Iterable[tuple[str, Field]]:
    for each in fields:
        yield f"{path}{each.name}", each
        yield from _fields(each.fields, f"{path}{each.name}.")
