"""What is told the author of a form about what it can never do; run once all its expressions are linked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from forms.definition import Form
from forms.expressions.kinds import BOOLEAN
from forms.expressions.tree import And, Attribute, Literal, Node, Not, Or, Read, children
from forms.formula import Formula
from forms.problems import Place
from forms.reading import Pending, Reading
from forms.soundness import spots as at
from forms.soundness.bounds import contradictions
from forms.soundness.options import none_offered
from forms.soundness.spots import Spot, spots
from forms.soundness.world import Guard, World
from forms.wording import Say, say

NEVER = {
    at.STEP: ("unreachable-step", say("Nikt nie dojdzie do tego kroku: jego warunek nigdy nie będzie spełniony.")),
    at.OPTION: ("option-never-offered", say("Tej opcji nikt nie zobaczy: jej warunek nigdy nie będzie spełniony.")),
    at.CHECK: ("never-holds", say("Tego sprawdzenia nie przejdzie żadna odpowiedź – popraw warunek albo granice pól.")),
}
NEVER_HERE = say("Ten warunek nigdy nie będzie tu spełniony – porównaj go z warunkami i granicami pól, o które pyta.")
NEVER_FAILS = say("To sprawdzenie nigdy niczego nie wykryje – usuń je albo popraw warunek.")
ALWAYS = say("Ten warunek jest zawsze spełniony – usuń go albo popraw.")
MOST_EXPRESSIONS = 1000  # several times what the longest real form has; beyond that nothing is tried out
CONDITIONS = frozenset({at.WHEN, at.STEP, at.OPTION, at.REQUIRED, at.CHECK, at.CONDITION})


Locate = Callable[[Pending, int, int], Place]


def examine(form: Form, reading: Reading, place: Locate) -> None:
    """Adds to the reading's problems what the form can never do. `place` gives that of a part of a pending expression."""
    if len(reading.pending) <= MOST_EXPRESSIONS:
        _Examination(form, reading, place).run()


class _Examination:
    def __init__(self, form: Form, reading: Reading, place: Locate) -> None:
        self.form = form
        self.reading = reading
        self.place = place
        self.world = World(form)
        self.spots = spots(self.world)
        self.asked: dict[tuple[int, ...], bool] = {}
        self.found: dict[tuple[Any, ...], frozenset[bool | None] | None] = {}

    def run(self) -> None:
        """All findings, named conditions first: what is wrong with them is told once."""
        for pending in sorted(self.reading.pending, key=lambda each: each.role != at.CONDITION):
            spot = self.spots.get(id(pending.formula))
            if spot is None or not self._reached(spot):
                continue
            if spot.role in CONDITIONS:
                self._condition(pending, spot)
            elif spot.role == at.TEXT:
                self._piped(pending, spot)
            elif spot.role == at.WHERE and none_offered(self.world, pending, spot):
                what = say("Żaden wiersz listy nie spełnia tego warunku, więc nie będzie opcji do wyboru.")
                self._tell(pending, "option-never-offered", what)
        for pending, what in contradictions(self.world, self.reading.pending, self.spots):
            self._tell(pending, "min-over-max", what)
        self._unused()

    def _tell(self, pending: Pending, code: str, what: Say, level: Any = "error", part: Node | None = None) -> None:
        start, end = (0, len(pending.formula.text)) if part is None else (part.start, part.end)
        self.reading.problems.add(self.place(pending, start, end), code, what, pending.thing, level)

    def _reached(self, spot: Spot) -> bool:
        """Whether anyone gets there at all; if not, that is told where it comes from."""
        key = tuple(id(guard.formula) for guard in spot.given)
        if key and key not in self.asked:
            self.asked[key] = self.world.outcomes(None, given=spot.given) != set()
        return not key or self.asked[key]

    def _condition(self, pending: Pending, spot: Spot) -> None:
        expression = pending.formula.expression
        if isinstance(expression.node, Literal) or expression.kind != BOOLEAN:
            return
        if not spot.given and not self.world.matters(expression.names, pending.groups):
            self._parts(pending)
            return
        check = spot.role == at.CHECK
        strict = loose = self._outcomes(pending, spot.given, None if check else False)
        if spot.given and (strict is None or not strict >= {True, False}):
            loose = self._outcomes(pending, (), None if check else False)  # what it gives here, it gives elsewhere too
        # A check and `required` may be meant for a place to which they are moved one day, so there only answers count.
        within = loose if check or spot.role == at.REQUIRED else strict
        if within is not None and True not in within:
            code, what = NEVER.get(spot.role, ("never-holds", NEVER_HERE))
            self._tell(pending, code, what)
            if spot.role == at.CONDITION:
                self.world.free.update(name for name, each in self.form.conditions.items() if each is pending.formula)
        elif expression.warnings:
            return  # told already
        elif check and strict is not None and False not in strict:
            self._tell(pending, "always-holds", NEVER_FAILS, "warning")
        elif not check and loose is not None and loose == frozenset((True,)):
            self._tell(pending, "always-holds", ALWAYS, "warning")
        else:
            self._parts(pending)

    def _parts(self, pending: Pending) -> None:
        """Alternatives of a condition that can hold, which themselves never can."""
        for part in alternatives(pending.formula.expression.node):
            seen = self.world.outcomes(part, groups=pending.groups)
            if seen is not None and True not in seen:
                what = say("Ta część warunku nigdy nie będzie spełniona – usuń ją albo popraw.")
                self._tell(pending, "dead-part", what, "warning", part)

    def _outcomes(
        self, pending: Pending, given: tuple[Guard, ...], unknown: bool | None
    ) -> frozenset[bool | None] | None:
        """What the condition of a spot may give; None when that is not known."""
        expression = pending.formula.expression
        key = (id(expression), pending.groups, tuple(id(guard.formula) for guard in given), unknown)
        if key not in self.found:
            seen = self.world.outcomes(expression.node, given=given, groups=pending.groups, unknown=unknown)
            self.found[key] = None if seen is None else frozenset(seen)
        return self.found[key]

    def _piped(self, pending: Pending, spot: Spot) -> None:
        """A bare name in a text whose question need not be asked where the text is read."""
        name = _bare(pending.formula)
        path = self.world.path(name, pending.groups) if name else None
        if path is None or pending.extra:
            return
        known = {id(guard.formula) for guard in spot.given}
        for guard in self.world.guards[path]:
            if id(guard.formula) in known:
                continue
            node = guard.formula.expression.node
            if False in (self.world.outcomes(node, given=spot.given, groups=guard.groups) or ()):
                what = say(
                    "„{name}” bywa niepytane, a wtedy w tekście zostaje puste miejsce – użyj „if … else”, albo przenieś "
                    "tekst tam, gdzie to pytanie jest zawsze zadane.",
                    name=name,
                )
                self._tell(pending, "maybe-unasked", what, "warning")
                return

    def _unused(self) -> None:
        """Named conditions that nothing names."""
        used = frozenset().union(*(each.formula.names for each in self.reading.pending))
        for pending in self.reading.pending:
            for name, formula in self.form.conditions.items():
                if formula is pending.formula and name not in used:
                    what = say("Warunku „{name}” nic nie używa – usuń go albo wstaw tam, gdzie ma działać.", name=name)
                    self._tell(pending, "unused-condition", what, "warning")


def alternatives(node: Node) -> Iterator[Node]:
    """The parts of a condition that stand on a side of „or” (not true or false themselves, which are deliberate)."""
    if isinstance(node, Or):
        yield from (part for part in node.parts if not isinstance(part, Literal))
    if isinstance(node, (And, Or, Not)):
        for part in children(node):
            yield from alternatives(part)


def _bare(formula: Formula) -> str:
    """The name of the field that an expression only shows; nothing when it does more."""
    return "".join(_names(formula.expression.node))


def _names(node: Node) -> Iterator[str]:
    while isinstance(node, Attribute):
        node = node.of
    if isinstance(node, Read) and not node.own:
        yield node.name
