"""Running the examples of a definition: fills the form in as the example says and compares what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from forms.answers import Outcome, Working, clean, walk
from forms.definition import Form
from forms.examples.answers import agrees, working_of
from forms.examples.keys import Example, pairs
from forms.examples.names import FORM, target
from forms.expressions import Env
from forms.judging import Failure, judge
from forms.periods.past import Before, Past
from forms.plan import Plan
from forms.problems import Place, Problem
from forms.source import Node, Scalar
from forms.wording import NBSP, Say, say
from forms.writing import write

CODE = "example-failed"
MOST_TOLD = 3

Limits = Callable[[str, date], Decimal | None]
Wrong = Iterator[tuple[Place, Say]]


@dataclass(frozen=True)
class Trial:
    """What came of filling a form in with the answers of an example."""

    example: Example
    working: Working
    found: Outcome
    failures: list[Failure]

    @property
    def stops(self) -> list[Failure]:
        """What keeps the answers from being sent, one for each field (parts of a composite answer aside)."""
        return [failure for failure in self.failures if failure.stops and not failure.part]


def attempt(plan: Plan, example: Example, limits: Limits, today: date) -> Trial:
    """The form filled in as the example says, on its day."""
    opens = plan.form.opens
    day = example.today or (opens.date() if opens else today)
    working = working_of(plan.form, example.answers)
    env = Env({}, today=day, limits=limits)
    env.previous = _past(plan, example, working, env)
    found = walk(plan, working, env)
    failures = judge(plan, working, found)
    reasons = pairs(example.explain)
    for failure in failures:
        if failure.level == "warning":
            why = reasons.get(failure.code) or reasons.get(dotted(failure.path))
            if isinstance(why, Scalar):
                working.explained[failure.key] = why.text
    return Trial(example, working, found, judge(plan, working, found) if working.explained else failures)


def _past(plan: Plan, example: Example, working: Working, env: Env) -> Past | None:
    """What the example says was answered a period ago."""
    form, period = plan.form, plan.form.period
    if period is None or not example.previous.entries:
        return None
    answers = clean(form, walk(plan, working_of(form, example.previous), env))
    now = period.of(working.answers.get(period.field)) or period.of(env.today) or ""
    before = Before(period.of(answers.get(period.field)) or period.before(now), answers)
    return Past(form.fields, lambda: before)


def run(plan: Plan, file: str, limits: Limits, today: date) -> list[Problem]:
    """A problem for every expectation of every example that is not met, placed at the expectation."""
    problems = []
    for example in plan.form.examples:
        thing = say("przykład „{name}”", name=example.name[0])
        for place, what in compare(plan.form, attempt(plan, example, limits, today)):
            problems.append(Problem(file, place, CODE, what, thing))
    return problems


def compare(form: Form, trial: Trial) -> Wrong:
    """What is other than expected, with the place of the expectation."""
    expect = trial.example.expect
    if expect.valid is not None and expect.valid[0] and trial.stops:
        what = say("Te odpowiedzi powinny przejść, a nie przechodzą: {errors}", errors=_told(trial.stops))
        yield expect.valid[1], what
    if expect.valid is not None and not expect.valid[0] and not trial.stops:
        yield expect.valid[1], say("Te odpowiedzi nie powinny przejść, a przechodzą.")
    for name, place in expect.asked:
        if not _asked(form, trial.found, name):
            yield place, say("„{name}” powinno być pytane, a nie jest.", name=name)
    for name, place in expect.not_asked:
        if _asked(form, trial.found, name):
            yield place, say("„{name}” nie powinno być pytane, a jest.", name=name)
    yield from _errors(form, trial)
    for formula, node in expect.values:
        actual = formula(trial.found.env)
        if not agrees(actual, node):
            text = node.text if isinstance(node, Scalar) else "…"
            if actual is None:
                what = say(
                    "„{name}” powinno mieć wartość {expected}, a nie ma żadnej.", name=formula.text, expected=text
                )
            else:
                what = say(
                    "„{name}” powinno mieć wartość {expected}, a ma {actual}.",
                    name=formula.text,
                    expected=text or say("pustą"),
                    actual=write(actual),
                )
            yield node.place, what


def dotted(path: str) -> str:
    """A path as an author writes it, items counted from 1: `uczestnicy-0-email` → `uczestnicy.1.email`."""
    return ".".join(str(int(part) + 1) if part.isdecimal() else part for part in path.split("-"))


def _asked(form: Form, found: Outcome, name: str) -> bool:
    meant = target(form, name)
    if meant is None:
        return any(step.id == name for step in found.steps)
    return any(meant.means(path) for path in found.asked)


def _errors(form: Form, trial: Trial) -> Wrong:
    """Errors expected and not there, and errors there that the example does not foresee.

    What the example does not answer counts only for `valid`, unless the example names it.
    """
    expected = trial.example.expect.errors
    if expected is None:
        return
    stops = [failure for failure in trial.failures if failure.stops]
    foreseen: list[Failure] = []
    for entry in expected.entries:
        here = [failure for failure in stops if _at(form, failure, entry.key.text)]
        for node in _each(entry.value):
            text = node.text if isinstance(node, Scalar) else ""
            matching = [failure for failure in here if _is(failure, text)]
            foreseen += matching
            if matching:
                continue
            name = entry.key.text
            if here:
                yield (
                    node.place,
                    say(
                        "W polu „{name}” powinien być błąd „{expected}”, a jest: {actual}",
                        name=name,
                        expected=text,
                        actual=_told(here),
                    ),
                )
                foreseen += here
            else:
                what = say(
                    "W polu „{name}” powinien być błąd „{expected}”, a nie ma żadnego.", name=name, expected=text
                )
                yield node.place, what
    for failure in stops:
        if failure.part or failure in foreseen or _left_out(trial.working, failure):
            continue
        what = say("Tego błędu przykład nie przewiduje: {actual}", actual=_told([failure]))
        yield expected.place, what


def _left_out(working: Working, failure: Failure) -> bool:
    """Whether an error is only that the example does not answer everything: its top field at all, or what is required."""
    names = failure.path.split("-")
    if failure.path and names[0] not in working.answers:
        return True
    if failure.kind != "required" or failure.path in working.typed:
        return False
    value: object = working.answers
    for name in names:
        if isinstance(value, list):
            value = value[int(name)] if name.isdecimal() and int(name) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value is None


def _at(form: Form, failure: Failure, name: str) -> bool:
    """Whether a failure is at the field, part, step or form of this name."""
    meant = target(form, name)
    if meant is None:
        return not failure.path and name == (failure.step or FORM)
    if not meant.means(failure.path):
        return False
    return not meant.part or failure.part == meant.part or failure.part.startswith(f"{meant.part}.")


def _is(failure: Failure, expected: str) -> bool:
    """Whether a failure has this code, kind or message."""
    return expected in (failure.code, failure.kind) or _plain(expected) == _plain(failure.text)


def _plain(text: str) -> str:
    return " ".join(text.replace(NBSP, " ").split()).rstrip(".")


def _each(node: Node) -> Iterable[Node]:
    items: Iterable[Node] | None = getattr(node, "items", None)
    return [node] if items is None else items


def _told(failures: Iterable[Failure]) -> str:
    """`obszar.pow: Za duży obszar. [LIMIT_20]; …`, the first few."""
    told = [
        f"{dotted(failure.path) or failure.step or FORM}: {failure.text} [{failure.code or failure.kind}]"
        for failure in failures
    ]
    return "; ".join(told[:MOST_TOLD]) + ("; …" if len(told) > MOST_TOLD else "")
