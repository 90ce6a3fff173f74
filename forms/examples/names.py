"""The names in examples: which field a dotted name means, and which of them the form does not have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forms import source
from forms.definition import Field, Form
from forms.problems import Place, nearest
from forms.reading import Reading
from forms.source import Node
from forms.wording import say

FORM = "form"  # in `errors`: a check of the whole form that stands at no field


@dataclass(frozen=True, slots=True)
class Target:
    """What a dotted name in an example stands for: a field (in every item, or in one), perhaps a part of its answer."""

    pattern: re.Pattern[str]
    part: str = ""

    def means(self, path: str) -> bool:
        """Whether the field at this path (`uczestnicy-0-email`) is meant."""
        return self.pattern.fullmatch(path) is not None


def target(form: Form, name: str) -> Target | None:
    """The field that `email`, `uczestnicy.email`, `uczestnicy.1.email` (items count from 1) or `oceny.A01` names.

    The first name is sought among the form's fields, then within groups. None when there is no such field.
    """
    first, *rest = name.split(".")
    top = next((each for each in form.fields if each.name == first), None)
    found = top or next((each for each in _within(form.fields) if each.name == first), None)
    if found is None:
        return None
    pattern = re.escape(first) if top else f"(.*-)?{re.escape(first)}"
    while rest and found.fields:
        word = rest.pop(0)
        inner = next((each for each in found.fields if each.name == word), None)
        if inner is not None:
            found, pattern = inner, rf"{pattern}(-\d+)?-{re.escape(word)}"
        elif word.isdecimal() and found.type.repeats and int(word) > 0 and rest:
            inner = next((each for each in found.fields if each.name == rest[0]), None)
            if inner is None:
                return None
            found, pattern = inner, f"{pattern}-{int(word) - 1}-{re.escape(rest.pop(0))}"
        else:
            return None
    part = ".".join(rest)
    if part and not any(each == part or each.startswith(f"{part}.") for each in found.type.parts):
        return None
    return Target(re.compile(pattern), part)


def check_examples(form: Form, reading: Reading) -> None:
    """Notes every name in the examples that the form does not have, and answers of a wrong shape."""
    names = {each.name for each in form.fields} | {each.name for each in _within(form.fields)}
    steps = {step.id for step in form.steps}

    def unknown(name: str, at: Node | Place, known: Iterable[str]) -> None:
        close = nearest(name.rpartition(".")[2], known)
        what = say("Nie ma pola „{name}”.", name=name)
        if close:
            what = say("Nie ma pola „{name}” – czy chodziło o „{close}”?", name=name, close=close)
        reading.problem(at, "unknown-name", what)

    def answers(fields: Iterable[Field], node: Node) -> None:
        if not isinstance(node, source.Mapping):
            reading.problem(node, "not-a-mapping", say("Tu powinny stać pary „nazwa: wartość”."))
            return
        known = {each.name: each for each in fields if each.type.stores}
        for entry in node.entries:
            each = known.get(entry.key.text)
            if each is None:
                unknown(entry.key.text, entry.key, known)
            elif each.type.decides:
                what = say("Na pole „{name}” nikt nie odpowiada. Jego wartość wpisz w „values”.", name=each.name)
                reading.problem(entry.key, "not-answered", what)
            elif each.fields and each.type.repeats and isinstance(entry.value, source.Sequence):
                for item in entry.value.items:
                    answers(each.fields, item)
            elif each.fields and each.type.repeats:
                reading.problem(entry.value, "not-a-list", say("Tu powinna stać lista pozycji, każda po myślniku."))
            elif each.fields:
                answers(each.fields, entry.value)

    for example in form.examples:
        with reading.within(say("przykład „{name}”", name=example.name[0])):
            answers(form.fields, example.answers)
            answers(form.fields, example.previous)
            if form.period is None and example.previous.entries:
                what = say("„previous” to odpowiedzi z poprzedniego okresu – dodaj do formularza klucz „period”.")
                reading.problem(example.previous, "no-period", what)
            for name, place in (*example.expect.asked, *example.expect.not_asked):
                found = target(form, name)
                if name not in steps and (found is None or found.part):
                    unknown(name, place, {*names, *steps})
            for entry in example.expect.errors.entries if example.expect.errors is not None else ():
                if entry.key.text not in {*steps, FORM} and target(form, entry.key.text) is None:
                    unknown(entry.key.text, entry.key, {*names, *steps})


def _within(fields: Iterable[Field]) -> Iterator[Field]:
    for each in fields:
        yield from each.fields
        yield from _within(each.fields)
