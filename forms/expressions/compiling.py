"""From a checked tree to nested closures: built once, then a comparison costs about a microsecond."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from forms.expressions import functions
from forms.expressions.comparing import comparison, containing
from forms.expressions.env import Env, Run
from forms.expressions.functions import EXACT, FUNCTIONS
from forms.expressions.kinds import ANY, DATE, NUMBER, Kind, accepted, fold
from forms.expressions.lookup import answered, gathered, read, size
from forms.expressions.tree import (
    And,
    Arithmetic,
    Attribute,
    Call,
    Compare,
    If,
    ItemNumber,
    Literal,
    Member,
    Negative,
    Node,
    Not,
    Or,
    Read,
    Today,
)


def closure(node: Node, unknown: bool | None = False) -> Run:
    """A function from an Env to the value of the node, None when unanswered.

    `unknown` is what a comparison with something unanswered gives: False in conditions; None in checks, where and, or
    and not then follow it through, so that a check is known to fail only when no missing answer could save it.
    """
    return _Compiler(unknown).of(node)


class _Compiler:
    def __init__(self, unknown: bool | None) -> None:
        self.unknown = unknown

    def of(self, node: Node) -> Run:
        match node:
            case Literal(value=value):
                return lambda env: value
            case Read():
                return read(node)
            case Attribute(of=of, get=get, live=name) if name:
                return _live(self.of(of), get, name)
            case Attribute(of=of, get=get):
                return _unless_none(self.of(of), get)
            case Today():
                return lambda env: env.today
            case ItemNumber():
                return lambda env: None if env.n is None else Decimal(env.n)
            case Compare():
                return self._compare(node)
            case Member():
                return self._member(node)
            case And(parts=parts):
                return self._all(tuple(map(self.of, parts)))
            case Or(parts=parts):
                return self._any(tuple(map(self.of, parts)))
            case Not(of=of):
                inner, missing = self.of(of), None if self.unknown is None else True
                return lambda env: missing if (value := inner(env)) is None else not value
            case If(test=test, then=then, other=other):
                return self._if(self.of(test), self.of(then), self.of(other))
            case Negative(of=of):
                return _unless_none(self._as(NUMBER, of), EXACT.minus)
            case Arithmetic():
                return self._arithmetic(node)
            case Call():
                return self._call(node)
        raise TypeError(f"no code for {node!r}")

    def _as(self, kind: Kind, node: Node) -> Run:
        """The value of a node; one whose kind was not known before must turn out to be of this kind."""
        return _unless_none(self.of(node), accepted(kind)) if node.kind is ANY else self.of(node)

    def _compare(self, node: Compare) -> Run:
        left, right, unknown = self.of(node.left), self.of(node.right), self.unknown
        test = comparison(node.op, node.left.kind, node.right.kind)
        if isinstance(node.right, Literal) and node.left.kind.family == "text" and node.op in ("==", "!="):
            raw, folded, equal = node.right.value, fold(node.right.value), node.op == "=="

            def compare_text(env: Env) -> Any:
                value = left(env)
                if value is None:
                    return unknown
                return (value == raw or fold(value) == folded) is equal

            return compare_text

        def compare(env: Env) -> Any:
            a, b = left(env), right(env)
            return unknown if a is None or b is None else test(a, b)

        return compare

    def _member(self, node: Member) -> Run:
        item, unknown, wanted = self.of(node.item), self.unknown, not node.negated
        if node.container is None:
            tests = [(self.of(option), comparison("==", node.item.kind, option.kind)) for option in node.options]

            def among(env: Env) -> Any:
                value = item(env)
                if value is None:
                    return unknown
                return any((other := run(env)) is not None and same(value, other) for run, same in tests) is wanted

            return among
        container, inside = self.of(node.container), containing(node.container.kind)

        def within(env: Env) -> Any:
            value, whole = item(env), container(env)
            return unknown if value is None or whole is None else inside(value, whole) is wanted

        return within

    def _all(self, parts: tuple[Run, ...]) -> Run:
        if self.unknown is not None:

            def every(env: Env) -> bool:
                for part in parts:  # noqa: SIM110 – a loop is twice as fast as all(…) with a generator
                    if not part(env):
                        return False
                return True

            return every

        def certainly_all(env: Env) -> bool | None:
            results = [part(env) for part in parts]
            return False if False in results else None if None in results else True

        return certainly_all

    def _any(self, parts: tuple[Run, ...]) -> Run:
        if self.unknown is not None:

            def some(env: Env) -> bool:
                for part in parts:  # noqa: SIM110 – as above
                    if part(env):
                        return True
                return False

            return some

        def certainly_any(env: Env) -> bool | None:
            results = [part(env) for part in parts]
            return True if True in results else None if None in results else False

        return certainly_any

    def _if(self, test: Run, then: Run, other: Run) -> Run:
        if self.unknown is not None:
            return lambda env: then(env) if test(env) else other(env)

        def certainly(env: Env) -> Any:
            known = test(env)
            return None if known is None else then(env) if known else other(env)

        return certainly

    def _arithmetic(self, node: Arithmetic) -> Run:
        op = node.op
        calculate: Callable[[Any, Any], Any]
        left, right = self.of(node.left), self.of(node.right)
        if node.kind.family == "number":
            left, right = self._as(NUMBER, node.left), self._as(NUMBER, node.right)
        if node.kind.base == "datetime" and node.left.kind.base == "date":
            left = _unless_none(left, functions.wall)
        if node.kind.family == "date":
            sign = 1 if op == "+" else -1
            calculate = lambda day, span: functions.shift(day, span, sign)  # noqa: E731
        elif op == "/":
            calculate = functions.divide
        else:
            exact = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply}[op]
            calculate = lambda a, b: functions.finite(exact(a, b))  # noqa: E731

        def arithmetic(env: Env) -> Any:
            a, b = left(env), right(env)
            return None if a is None or b is None else calculate(a, b)

        return arithmetic

    def _call(self, node: Call) -> Run:
        special = getattr(self, f"_call_{node.name}", None)
        if special is not None:
            return special(node)  # type: ignore[no-any-return]
        run = FUNCTIONS[node.name].run
        assert run is not None, node.name
        function = FUNCTIONS[node.name]
        if function.gathers:
            args = tuple(self._as(NUMBER, arg) for arg in node.args)
            lists = [arg.kind.base == "list" for arg in node.args]
            return lambda env: run(gathered(env, args, lists))
        args = tuple(self._as(param, arg) for param, arg in zip(function.params, node.args, strict=False))

        def call(env: Env) -> Any:
            values = [arg(env) for arg in args]
            return None if any(value is None for value in values) else run(*values)

        return call

    def _call_answered(self, node: Call) -> Run:
        value = self.of(node.args[0])
        return lambda env: answered(value(env))

    def _call_count(self, node: Call) -> Run:
        items = self.of(node.args[0])
        if len(node.args) == 1:
            if node.args[0].kind.base in ("file", "any"):
                return lambda env: Decimal(size(items(env)))
            return lambda env: Decimal(len(items(env) or ()))
        condition = _Compiler(False).of(node.args[1])

        def count(env: Env) -> Decimal:
            inner = Env(env.values, None, None, env.today, env.limits, env.previous, env, env.standing)
            found = 0
            for number, item in enumerate(items(env) or (), 1):
                inner.item, inner.n = item, number
                if condition(inner):
                    found += 1
            return Decimal(found)

        return count

    def _call_limit(self, node: Call) -> Run:
        assert isinstance(node.args[0], Literal)
        name, accept = node.args[0].value, accepted(NUMBER)
        if len(node.args) == 1:
            return lambda env: accept(env.limits(name, env.today))
        day = self._as(DATE, node.args[1])
        return lambda env: None if (on := day(env)) is None else accept(env.limits(name, functions.wall(on).date()))

    def _call_previous(self, node: Call) -> Run:
        asked = node.args[0]
        assert isinstance(asked, (Read, Attribute))
        path, accept = asked.path, accepted(asked.kind)
        return lambda env: None if env.previous is None or (value := env.previous(path)) is None else accept(value)

    def _call_change(self, node: Call) -> Run:
        now, before = self.of(node.args[0]), self._call_previous(node)

        def change(env: Env) -> Decimal | None:
            a, b = now(env), before(env)
            return None if a is None or b is None else functions.percent_change(a, b)

        return change


def _live(run: Run, get: Callable[[Any], Any], name: str) -> Run:
    """What is known today of a gmina, or of each of several; of one of whom nothing is known, what its list says."""

    def look(env: Env) -> Any:
        value, standing = run(env), env.standing
        if value is None or standing is None:
            return None if value is None else get(value)
        if isinstance(value, list):
            found = [(code, standing(code)) for code in value]
            return [x for code, one in found for x in ([one.of(name)] if one is not None else get([code]))]
        one = standing(value)
        return get(value) if one is None else one.of(name)

    return look


def _unless_none(run: Run, then: Callable[[Any], Any]) -> Run:
    return lambda env: None if (value := run(env)) is None else then(value)
