"""The questions of a form as they were asked of one person, those in the items of groups too: found, named, reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.answers import Answers, Outcome
from forms.definition import Field, Form, Step
from forms.expressions import Env


@dataclass(frozen=True, slots=True)
class Question:
    """One question that was asked: `values` are the answers among which its own stands, `env` what expressions see there."""

    path: str
    step: Step
    field: Field
    values: Mapping[str, Any]
    env: Env
    items: tuple[str, ...] = ()  # the titles of the items of groups that it is in, the outermost first
    sensitive: bool = False  # it is, or a group that it is in

    @property
    def value(self) -> Any:
        """The answer; None where there is none."""
        return self.values.get(self.field.name)

    @property
    def title(self) -> str:
        """What it is called, with the item that it is in: „Projekt P2 – Wydatki”."""
        return " – ".join((*self.items, self.field.label(self.env) or self.field.name))


def questions(found: Outcome) -> Iterator[Question]:
    """Every question asked, in order; a group comes before what is in its items."""
    for step in found.steps:
        yield from _within(step, step.fields, found.values, found.env, found, "", (), False)


def _within(
    step: Step,
    fields: Iterable[Field],
    values: Mapping[str, Any],
    env: Env,
    found: Outcome,
    before: str,
    items: tuple[str, ...],
    sensitive: bool,
) -> Iterator[Question]:
    for each in fields:
        path = before + each.name
        if path not in found.asked:
            continue
        secret = sensitive or each.sensitive
        yield Question(path, step, each, values, env, items, secret)
        if not each.fields:
            continue
        value = values.get(each.name)
        for index, item in enumerate((value or ()) if each.type.repeats else (value or {},)):
            place = f"{path}-{index}" if each.type.repeats else path
            inside = found.items[place]
            title = (*items, each.type.title(each, inside))
            yield from _within(step, each.fields, item, inside, found, f"{place}-", title, secret)


def outermost(paths: Iterable[str]) -> frozenset[str]:
    """The paths without those that lie within another of them."""
    known = frozenset(paths)
    return frozenset(path for path in known if not any(inside(path, other) for other in known))


def inside(path: str, outer: str) -> bool:
    """Whether a question stands within the group (or the item of one) at `outer`."""
    return path.startswith(f"{outer}-")


def answers_at(form: Form, answers: Answers, path: str) -> Answers | None:
    """The dict in which the answer at this path is kept, to be changed in place; None when its item is not there."""
    fields: Iterable[Field] = form.fields
    here: Any = answers
    parts = path.split("-")
    while len(parts) > 1:
        name = parts.pop(0)
        group = next((each for each in fields if each.name == name), None)
        if group is None or not group.fields or not isinstance(here, dict):
            return None
        here = here.setdefault(name, [] if group.type.repeats else {})
        fields = group.fields
        if group.type.repeats:
            index = parts.pop(0)
            if not index.isdecimal() or not isinstance(here, list) or int(index) >= len(here):
                return None
            here = here[int(index)]
    return here if isinstance(here, dict) else None


def changed(before: Outcome, after: Outcome) -> set[str]:
    """The paths of the questions answered differently; of a list with more or fewer items also its own."""
    was = {each.path: each for each in questions(before)}
    found = set()
    for each in questions(after):
        old = was.pop(each.path, None)
        if each.field.fields:
            if each.field.type.repeats and len(each.value or ()) != len((old.value if old else None) or ()):
                found.add(each.path)
        elif each.field.type.asks and each.value != (old.value if old else None):
            found.add(each.path)
    return found | {path for path, old in was.items() if old.field.type.asks and old.value is not None}
