"""What sensitive answers give away: what is worked out from them is sensitive too, and answers without them.

A value computed from a sensitive answer tells it, and so does a question that is asked only because of one. So both are
sensitive, whether their author says so or not; tables, reports, exports and pages then leave them out like the answer itself.
Texts that show a sensitive answer (a label, an item's title, a message) are read over answers from which it is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from forms.definition import Field, Form
from forms.expressions.tree import Attribute, Node, Read, children
from forms.formula import Formula
from forms.plan import decided_by


def spread(form: Form) -> None:
    """Marks every question of a form just read that a sensitive answer decides or computes. Conditions count as well."""
    known = dict(_paths(form.fields))
    secret = {path for path, each in known.items() if each.sensitive}
    if not secret:
        return

    def reads(formulas: Iterable[Formula], home: str = "") -> bool:
        named = {_whole(path, home, known) for formula in formulas for path in _named(formula.expression.node)}
        return any(_within(path, secret) for path in named)

    size = 0
    while size != len(secret):
        size = len(secret)
        secret |= {name for name, formula in form.conditions.items() if reads((formula,))}
        for step in form.steps:
            hidden = step.when is not None and reads((step.when,))
            secret |= {each.name for each in step.fields if hidden}
        secret |= {path for path, each in known.items() if reads(decided_by(each), path.rpartition(".")[0])}
    for path, each in known.items():
        if path in secret:
            object.__setattr__(each, "sensitive", True)  # nobody has seen the form yet


def without_sensitive(
    fields: Iterable[Field], answers: Mapping[str, Any], newest: Iterable[Field] = ()
) -> dict[str, Any]:
    """Answers (stored or canonical) without those that are sensitive, in this version or in the `newest` one.

    Whoever makes a question sensitive today means the answers of yesterday too; `newest` knows them by their older names.
    """
    now = {name: each for each in newest for name in (each.name, *each.was)}
    left = dict(answers)
    for each in fields:
        today = now.get(each.name)
        if each.sensitive or (today is not None and today.sensitive):
            left.pop(each.name, None)
        elif each.fields and left.get(each.name) is not None:
            inner = today.fields if today is not None else ()
            value = left[each.name]
            if isinstance(value, list):
                left[each.name] = [without_sensitive(each.fields, item, inner) for item in value]
            elif isinstance(value, Mapping):
                left[each.name] = without_sensitive(each.fields, value, inner)
    return left


def hides_any(fields: Iterable[Field]) -> bool:
    """Whether any of the questions is sensitive."""
    return any(each.sensitive for _, each in _paths(fields))


def hides_more(newest: Iterable[Field], older: Iterable[Field]) -> bool:
    """Whether a question of the older version is sensitive in the newest one, and was not then."""
    was = {each.name: each for each in older}
    for each in newest:
        before = next((was[name] for name in (each.name, *each.was) if name in was), None)
        if before is None or before.sensitive:
            continue
        if each.sensitive or hides_more(each.fields, before.fields):
            return True
    return False


def _paths(fields: Iterable[Field], before: str = "") -> Iterator[tuple[str, Field]]:
    for each in fields:
        yield before + each.name, each
        yield from _paths(each.fields, f"{before}{each.name}.")


def _whole(path: str, home: str, known: Mapping[str, Field]) -> str:
    """What a name means to a question of the group `home`: a question beside it, else one further out."""
    while home:
        if f"{home}.{path.partition('.')[0]}" in known:
            return f"{home}.{path}"
        home = home.rpartition(".")[0]
    return path


def _within(path: str, secret: set[str]) -> bool:
    """Whether it names something secret, or a part of it: `osoby.dieta`, and all of `osoby` where the group is secret."""
    parts = path.split(".")
    return any(".".join(parts[:n]) in secret for n in range(1, len(parts) + 1))


def _named(node: Node) -> Iterator[str]:
    if isinstance(node, (Read, Attribute)):
        yield node.path
    for each in children(node):
        yield from _named(each)
