"""Made-up answers written down as an example, as it may stand in the definition itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from forms.answers import Outcome, Working
from forms.definition import Field, Form
from forms.examples.trying import dotted
from forms.plausible.filling import Filled


def as_example(form: Form, filled: Filled, name: str) -> dict[str, Any]:
    """The answers and what comes of them, as plain values for YAML or JSON."""
    example: dict[str, Any] = {"name": name, "today": filled.found.env.today.isoformat()}
    example["answers"] = _answers(form.fields, filled.working.answers, "", filled)
    reasons = {key.partition("@")[0]: why for key, why in filled.working.explained.items()}
    codes = {check.code for check in _checks(form) if check.code}
    explain = {code: why for code, why in reasons.items() if code in codes}
    if explain:
        example["explain"] = explain
    example["expect"] = {"valid": not filled.failures}
    if filled.failures:
        errors: dict[str, list[str]] = {}
        for failure in filled.failures:
            at = dotted(failure.path) or failure.step or "form"
            errors.setdefault(at, []).append(failure.code or failure.kind)
        example["expect"]["errors"] = {at: found[0] if len(found) == 1 else found for at, found in errors.items()}
    return example


def _checks(form: Form) -> Iterable[Any]:
    def within(fields: Iterable[Field]) -> Iterable[Any]:
        for each in fields:
            yield from each.checks
            yield from within(each.fields)

    yield from form.checks
    for step in form.steps:
        yield from step.checks
        yield from within(step.fields)


def _answers(fields: Iterable[Field], answers: Mapping[str, Any], path: str, filled: Filled) -> dict[str, Any]:
    written: dict[str, Any] = {}
    working: Working = filled.working
    found: Outcome = filled.found
    for each in fields:
        here, value = f"{path}{each.name}", answers.get(each.name)
        if here not in found.asked:
            continue
        if here in working.typed:
            written[each.name] = working.typed[here][""][0]
        elif value is None:
            if each.default is not None:
                written[each.name] = None  # left blank on purpose: without this the default would be its answer
        elif each.fields and each.type.repeats:
            written[each.name] = [_answers(each.fields, item, f"{here}-{n}-", filled) for n, item in enumerate(value)]
        elif each.fields:
            written[each.name] = _answers(each.fields, value, f"{here}-", filled)
        elif each.type.attached:
            written[each.name] = _named(each.type.dump(value))
        else:
            written[each.name] = each.type.dump(value)
    return written


def _named(kept: Any) -> Any:
    """A stored answer with only the names of its files."""
    if isinstance(kept, list):
        return [_named(each) for each in kept]
    if isinstance(kept, dict):
        return (
            kept["name"] if {"id", "name", "size"} <= kept.keys() else {key: _named(each) for key, each in kept.items()}
        )
    return kept
