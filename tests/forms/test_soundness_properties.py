"""What a form is said never to do, it never does: random small forms, tried with every answer there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.answers import Outcome, Working, walk
from forms.definition import Form
from forms.expressions.compiling import closure
from forms.formula import Formula
from forms.plan import Plan
from forms.problems import Problem
from forms.reader import read_form
from forms.soundness.findings import alternatives
from tests.forms.definitions import AROUND, env

CODES = {"never-holds", "always-holds", "unreachable-step", "option-never-offered", "dead-part"}
ANSWERS: dict[str, tuple[Any, ...]] = {
    "a": (None, 1, 2, 3),
    "b": (None, "x", "y", "z"),
    "c": (None, True, False),
    "d": (None, 0, 1, 2),
    "e": (None, "x", "y"),
}
TYPES = {
    "a": ("type: integer", "min: 1", "max: 3"),
    "c": ("type: yes_no",),
    "d": ("type: integer", "min: 0", "max: 2"),
    "e": ("type: choice", "options: [{x: X}, {y: Y}]"),
}
# Which names a question may ask about: only what stands before it, so that there are no circles.
BEFORE = {"a": "", "b": "a", "c": "ab", "d": "abc", "e": "abcd"}


def atoms(names: str) -> st.SearchStrategy[str]:
    """A question about one of these fields, or a comparison of two."""
    found: list[st.SearchStrategy[str]] = [st.sampled_from(names).map("answered({})".format)]
    number, order = st.integers(-1, 4), st.sampled_from(["<", "<=", "==", "!=", ">=", ">"])
    for name in set(names) & {"a", "d"}:
        found.append(st.builds(f"{name} {{}} {{}}".format, order, number))
        found.append(st.builds(f"{name} in ({{}}, {{}})".format, number, number))
        found.append(st.builds(f"{name} * 2 - 1 {{}} {{}}".format, order, number))
    for name in set(names) & {"b", "e"}:
        found.append(st.builds(f"{name} {{}} '{{}}'".format, st.sampled_from(["==", "!="]), st.sampled_from("xy")))
        found.append(st.sampled_from([f"{name} in ('x', 'y')", f"{name} not in ('y', 'x')"]))
    if "c" in names:
        found.append(st.just("c"))
    if {"a", "d"} <= set(names):
        found.append(st.builds("{} {} {}".format, st.just("a"), order, st.just("d")))
        found.append(st.builds("d {} a".format, order))
        found.append(st.builds("a + d {} {}".format, order, number))
    if {"b", "e"} <= set(names):
        found.append(st.sampled_from(["b == e", "e != b"]))
    return st.one_of(found)


def conditions(names: str) -> st.SearchStrategy[str]:
    """Up to a few such questions joined."""
    return st.recursive(
        atoms(names),
        lambda inner: st.one_of(
            st.builds("({} and {})".format, inner, inner),
            st.builds("({} or {})".format, inner, inner),
            st.builds("not {}".format, inner),
            st.builds("({} if {} else {})".format, inner, inner, inner),
        ),
        max_leaves=4,
    )


@dataclass(frozen=True)
class Drawn:
    """A definition whose expressions each stand on a line of their own: line to what stands there."""

    text: str
    lines: dict[int, tuple[str, str]]


@st.composite
def definitions(draw: st.DrawFn) -> Drawn:
    """Two steps with the five fields, with conditions here and there, a check at each and a named condition."""
    lines, meaning = ["title: Próba"], {}

    def expression(words: str, text: str, what: str, name: str) -> None:
        lines.append(f'{words} "{text}"')
        meaning[len(lines)] = (what, name)

    named = draw(conditions("abcde"))
    lines.append("conditions:")
    expression("  wspolny:", named, "condition", "wspolny")
    lines.append("steps:")
    for step, names in (("s1", "abc"), ("s2", "de")):
        lines.append(f"  - id: {step}")
        lines.append("    title: Krok")
        if step == "s2" and draw(st.booleans()):
            expression("    when:", draw(conditions("abc")), "step", step)
        lines.append("    fields:")
        for name in names:
            option = draw(conditions(BEFORE[name])) if BEFORE[name] and draw(st.booleans()) else "true"
            lines.append(f"      - name: {name}")
            lines.append(f"        label: Pole {name}")
            if name == "b":
                lines.append("        type: choice")
                lines.append("        options:")
                lines.append("          - value: x")
                lines.append("            label: X")
                expression("            when:", option, "option", "x")
                lines.append("          - {y: Y}")
                lines.append("          - {z: Z}")
            else:
                lines.extend(f"        {key}" for key in TYPES[name])
            if BEFORE[name] and draw(st.booleans()):
                expression("        when:", draw(conditions(BEFORE[name])), "field", name)
            lines.append("        checks:")
            lines.append("          - message: Popraw.")
            own = "wspolny" if draw(st.integers(0, 4)) == 0 else draw(conditions(BEFORE[name] + name))
            expression("            that:", own, "check", name)
    return Drawn("\n".join(lines) + "\n", meaning)


def worlds(form: Form) -> Iterator[Outcome]:
    """What the walk finds for every combination of answers that pass."""
    plan = Plan(form)
    option = next(each for each in form.fields if each.name == "b").type
    for values in product(*ANSWERS.values()):
        answers = dict(zip(ANSWERS, values, strict=True))
        found = walk(plan, Working(answers=answers, seen={"s1", "s2"}), env())
        offered = {each.value for each in option.offered(found.env)}
        if found.values.get("b") is None or found.values["b"] in offered:
            yield found


def formula(form: Form, what: str, name: str) -> Formula | None:
    """The expression that stands somewhere."""
    fields = {each.name: each for each in form.fields}
    if what == "condition":
        return form.conditions[name]
    if what == "check":
        return fields[name].checks[0].that
    if what == "option":
        return fields["b"].type.conditional["x"]
    return form.steps[1].when if what == "step" else fields[name].when


def refutes(found: Outcome, form: Form, what: str, name: str, problem: Problem) -> bool:
    """Whether these answers do what the form is said never to do."""
    condition, code = formula(form, what, name), problem.code
    assert condition is not None
    if code == "dead-part":
        start, end = (column - condition.place.column - 1 for column in problem.place[1:])
        part = next(each for each in alternatives(condition.expression.node) if (each.start, each.end) == (start, end))
        return closure(part)(found.env) is True
    if what == "check":
        if code == "always-holds":
            return name in found.asked and condition.expression.fails(found.env)
        return closure(condition.expression.node, unknown=None)(found.env) is True
    if code == "always-holds":
        return not condition(found.env)
    if what == "step":
        return name in {step.id for step in found.steps}
    if what == "field":
        return name in found.asked
    return bool(condition(found.env)) and (what == "condition" or "b" in found.asked)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(definitions())
def test_what_a_form_is_said_never_to_do_no_answers_make_it_do(drawn: Drawn) -> None:
    read = read_form("proba.yaml", drawn.text, AROUND)
    problems, form = read.problems, read.whole
    said = [problem for problem in problems if problem.code in CODES]
    if form is None:
        return  # a condition that contradicts itself: that is tried in test_expressions_properties.py
    assert {problem.code for problem in problems} <= CODES | {"unused-condition"}
    for found in worlds(form) if said else ():
        for problem in said:
            what, name = drawn.lines[problem.place.line]
            assert not refutes(found, form, what, name, problem), (problem.line(), found.values, drawn.text)
