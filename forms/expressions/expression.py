"""An expression ready for use, and the one function that makes it from its text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from forms.expressions.certainty import always
from forms.expressions.checking import Scope, check
from forms.expressions.compiling import closure
from forms.expressions.describing import describe
from forms.expressions.env import Env, Run
from forms.expressions.kinds import BOOLEAN, Kind
from forms.expressions.mistakes import ExpressionErrors, Mistake
from forms.expressions.parsing import parse
from forms.expressions.tree import Call, Literal, Node, children
from forms.wording import say


@dataclass(frozen=True)
class Expression:
    """A compiled expression; two are equal when their texts are. Called with an Env it gives its value.

    `kind` is what sort of value that is, `names` the fields and conditions read from this response (not `previous(…)`),
    `always` True or False for a condition that always or never holds, and `warnings` what is worth telling the author.
    """

    text: str
    kind: Kind = field(compare=False)
    names: frozenset[str] = field(compare=False)
    always: bool | None = field(compare=False)
    warnings: tuple[Mistake, ...] = field(compare=False, repr=False)
    node: Node = field(compare=False, repr=False)
    run: Run = field(compare=False, repr=False)

    def __call__(self, env: Env) -> Any:
        """The value, None when unanswered. A comparison with something unanswered is False, so `not` of it is True."""
        return self.run(env)

    def fails(self, env: Env) -> bool:
        """Whether a check is broken: its condition is false, and would be whatever is still unanswered."""
        return self._certain(env) is False

    @property
    def past(self) -> Iterator[Call]:
        """Where the expression asks for an answer of the previous period: previous(…), change(…)."""
        return self._calls("previous", "change")

    @property
    def limits(self) -> tuple[str, ...]:
        """The names of the limits (config/limits.yaml) that the expression reads, as they come."""
        first = (call.args[0] for call in self._calls("limit"))
        return tuple(name.value for name in first if isinstance(name, Literal))

    def _calls(self, *functions: str) -> Iterator[Call]:
        waiting = [self.node]
        while waiting:
            node = waiting.pop()
            waiting.extend(children(node))
            if isinstance(node, Call) and node.name in functions:
                yield node

    @cached_property
    def _certain(self) -> Run:
        return closure(self.node, unknown=None)

    def describe(self, labels: Callable[[str], str], conditions: Mapping[str, Expression] | None = None) -> str:
        """The expression in plain words: „*Nocleg* to *tak*”; the caller puts „jeżeli” before it.

        `labels` gives the label of a name or of a dotted path (`nocleg`, `uczestnicy.nocleg`, `gmina.powiat`); the name
        of one of `conditions` is replaced by the words of that condition.
        """
        return describe(self.node, labels, {name: each.node for name, each in (conditions or {}).items()})


def compile_expression(
    text: str, scope: Scope, *, wants: Kind | None = None, limits: Collection[str] = (), in_group: bool = False
) -> Expression:
    """The expression that a text means. `wants` is the kind its place needs, `limits` the names in config/limits.yaml,
    `in_group` allows `n`, the item's number.

    Raises ExpressionErrors with all mistakes; a condition that never holds is one (a bare `false` is deliberate).
    """
    parsed = parse(text, lambda name: scope.kind(name) is not None)
    node, names = check(parsed, scope, wants=wants, limits=limits, in_group=in_group)
    verdict = always(node) if node.kind == BOOLEAN and not isinstance(node, Literal) else None
    if verdict is False and wants == BOOLEAN:
        what = say("Ten warunek nigdy nie będzie spełniony – sprawdź, czy jego części się nie wykluczają.")
        raise ExpressionErrors([Mistake("never-holds", what, node.start, node.end)])
    warnings: tuple[Mistake, ...] = ()
    if verdict is True:
        what = say("Ten warunek jest zawsze spełniony – usuń go albo popraw.")
        warnings = (Mistake("always-holds", what, node.start, node.end),)
    if isinstance(node, Literal) and node.kind == BOOLEAN:
        verdict = node.value
    return Expression(text, node.kind, names, verdict, warnings, node, closure(node))
