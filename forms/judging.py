"""Which answers do not pass, and what to tell the person about each: one list of failures for a step or a whole form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from forms.answers import Outcome, Working, gmina_of, holds
from forms.check import Check
from forms.definition import Field, Step
from forms.expressions import Env
from forms.periods.following import compared, warning, warning_key
from forms.periods.past import CHANGED, Past
from forms.plan import Plan
from forms.types.given import Refused
from forms.wording import say, say_n

CONFLICT = "conflict"  # the level of a choice between what two people wrote at the same time


class Failure(NamedTuple):
    """One thing to correct or explain. `path` is the input it belongs to ("" for a step or form), `part` a part of it."""

    path: str
    text: str
    kind: str  # required, format, min … or check
    step: str
    part: str = ""
    code: str = ""
    level: str = "error"
    key: str = ""  # of a warning: names the explanation that answers it
    explained: bool = False
    whole: bool = False  # it belongs to a whole group, not to one input
    proposal: str = ""  # what was probably meant: the page offers to take it over

    @property
    def stops(self) -> bool:
        """Whether the form cannot be sent with it: an error, or a warning nobody has explained."""
        return self.level == "error" or not self.explained

    @property
    def lasting(self) -> bool:
        """Whether it stands on the page whenever that is opened: what was explained, two versions to choose between."""
        return self.explained or self.level == CONFLICT


def judge(plan: Plan, working: Working, found: Outcome, steps: Iterable[Step] | None = None) -> list[Failure]:
    """Every failure of these steps (all asked ones when not given), in the order of the page, the form's own checks last."""
    failures: list[Failure] = []
    whole = steps is None
    for step in found.steps if steps is None else steps:
        judging = _Judging(plan, working, found, step.id, failures)
        for each in step.fields:
            judging.field(each, each.name, found.values, found.env)
        judging.checks(step.checks, "", found.env)
        for check in plan.form.checks:
            if check.on and plan.step_of.get(check.on.split(".")[0]) is step:
                judging.checks((check,), "", found.env)
    if whole:
        loose = [check for check in plan.form.checks if not check.on]
        _Judging(plan, working, found, "", failures).checks(loose, "", found.env)
    return failures


@dataclass
class _Judging:
    """The judging of one step."""

    plan: Plan
    working: Working
    found: Outcome
    step: str
    failures: list[Failure]

    def field(self, field: Field, path: str, values: Mapping[str, Any], env: Env) -> None:
        """Judges a field and all within it."""
        if path not in self.found.asked:
            return
        value = values.get(field.name)
        if field.fields:
            self.group(field, path, value, env)
        elif field.type.asks:
            refused = self.refused(field, path, value, env)
            if refused is not None:
                self.refuse(field, path, refused, env)
        if field.followed and value is not None:
            self.changed(field, path, value, env)
        self.checks(field.checks, path, env, field)

    def changed(self, field: Field, path: str, value: Any, env: Env) -> None:
        """`warn_change`: what is so unlike the answer of the previous period that it has to be explained."""
        past = env.previous
        if not isinstance(past, Past) or (before := past.before) is None:
            return
        for one in compared(field, value, past):
            if one.excessive:
                key, text = warning_key(path, one.part), str(warning(one, before.period))
                explained = bool(self.working.explained.get(key, "").strip())
                self.failures.append(Failure(path, text, "check", self.step, "", CHANGED, "warning", key, explained))

    def refused(self, field: Field, path: str, value: Any, env: Env) -> Refused | None:
        """Why the answer does not pass by itself, or None."""
        typed = self.working.typed.get(path)
        if typed is not None:
            try:
                value = field.type.parse(typed, field)
            except Refused as refused:
                return refused
        if value is None:
            return Refused("required", field.type.missing(field)) if holds(field.required, env) else None
        verdict = field.type.verdict(value, field, env)
        if verdict is not None:
            return None if self.kept(path, value) else verdict
        return self.elsewhere(field, path, value)

    def kept(self, path: str, value: Any) -> bool:
        """Whether this is the period that it was begun or sent for: it keeps that one, whatever the form collects by now."""
        period = self.plan.form.period
        return period is not None and path == period.field and period.of(value) == self.working.period is not None

    def elsewhere(self, field: Field, path: str, value: Any) -> Refused | None:
        """What is filled in on the page of a gmina is about that gmina: another one is refused."""
        own = self.working.gmina
        if own is None or path != field.name or not field.type.names_gmina:
            return None
        named = field.type.gmina(value)
        asks = gmina_of(self.plan.form, self.found.values) == named  # not so in a second question about some gmina
        if named == own or not asks:
            return None
        what = say("Ta odpowiedź stoi na stronie gminy {gmina}, więc może dotyczyć tylko jej. Wybierz: {gmina}.", gmina=field.type.show(own))  # fmt: skip
        return Refused("elsewhere", what)

    def refuse(self, field: Field, path: str, refused: Refused, env: Env) -> None:
        """Notes a refusal, in the definition's own words where it has some."""
        own = field.messages.get(refused.kind) or field.messages.get("")
        text = own(env) if own is not None else str(refused.what)
        meant, whole = str(refused.what.params.get("proposal", "")), bool(field.fields)
        failure = Failure(path, text, refused.kind, self.step, code=refused.code, whole=whole, proposal=meant)
        self.failures.append(failure)
        for part, what in refused.parts.items():
            self.failures.append(Failure(path, str(what), refused.kind, self.step, part=part, code=refused.code))

    def group(self, group: Field, path: str, value: Any, env: Env) -> None:
        """Judges the number of items, each item, and what must differ between them."""
        if not group.type.repeats:
            for each in group.fields:
                self.field(each, f"{path}-{each.name}", value or {}, self.found.items.get(path, env))
            return
        items = value or []
        least = max(group.type.least, 1 if holds(group.required, env) else 0)
        if len(items) < least:
            refused = Refused("min", say_n("Dodaj co najmniej {n} pozycję.", "Dodaj co najmniej {n} pozycji.", least))
            self.refuse(group, path, refused, env)
        if len(items) > group.type.most:
            refused = Refused(
                "max", say_n("Może być najwyżej {n} pozycja.", "Może być najwyżej {n} pozycji.", group.type.most)
            )
            self.refuse(group, path, refused, env)
        for index, item in enumerate(items):
            inside = self.found.items[f"{path}-{index}"]
            for each in group.fields:
                self.field(each, f"{path}-{index}-{each.name}", item, inside)
        self.differing(group, path, items)

    def differing(self, group: Field, path: str, items: list[Mapping[str, Any]]) -> None:
        """`unique`: no two items with the same answers in these fields, blanks and case aside."""
        names = group.type.unique
        if not names:
            return
        first: dict[tuple[Any, ...], int] = {}
        for index, item in enumerate(items):
            key = tuple(_folded(item.get(name)) for name in names)
            if None in key:
                continue
            if key in first:
                env = replace(self.found.items[f"{path}-{index}"], n=first[key] + 1)
                own = group.messages.get("unique")
                text = (
                    own(env)
                    if own
                    else str(say("To samo jest już w pozycji {n}. Usuń powtórzenie albo popraw.", n=first[key] + 1))
                )
                self.failures.append(Failure(f"{path}-{index}-{names[0]}", text, "unique", self.step))
            else:
                first[key] = index

    def checks(self, checks: Iterable[Check], path: str, env: Env, group: Field | None = None) -> None:
        """Evaluates checks; one whose operands are unanswered is passed over.

        A check that stands at a `group` and reads its inner fields is made for each item.
        """
        if group is None or not group.fields:
            for check in checks:
                self.check(check, path, env)
            return
        inside = {each.name for each in group.fields}
        for check in checks:
            if check.that.names & inside:
                for item, seen in self._items(group, path):
                    self.check(check, item, seen, group)
            else:
                self.check(check, path, env)

    def check(self, check: Check, path: str, env: Env, group: Field | None = None) -> None:
        """One check in one env; with a `group`, `path` is that of an item."""
        if not check.that.expression.fails(env):
            return
        where, part = self._target(check, path)
        if where == path and group is not None and group.type.repeats:
            where = self._input(check, path, group)
        if where and where not in self.found.asked:
            return
        key = f"{check.code or check.that.text}@{where or path or self.step}"
        explained = check.level == "warning" and bool(self.working.explained.get(key, "").strip())
        self.failures.append(
            Failure(
                where,
                check.message(env),
                "check",
                self.step,
                part,
                check.code,
                check.level,
                key,
                explained,
                where in self.plan.fields and bool(self.plan.fields[where].fields),
            )
        )

    def _items(self, group: Field, path: str) -> Iterator[tuple[str, Env]]:
        """The paths of a group's items, each with what expressions see there."""
        if not group.type.repeats:
            yield path, self.found.items[path]
            return
        index = 0
        while (item := f"{path}-{index}") in self.found.items:
            yield item, self.found.items[item]
            index += 1

    def _input(self, check: Check, item: str, group: Field) -> str:
        """The input that shows the message for a whole item: the last one asked there among those the check reads."""
        read = [f"{item}-{each.name}" for each in group.fields if each.name in check.that.names]
        return next((path for path in reversed(read) if path in self.found.asked), "")

    def _target(self, check: Check, path: str) -> tuple[str, str]:
        """Path and part of the input that shows a check's message."""
        if check.on is None:
            return path, ""
        names = check.on.split(".")
        base = path if path in self.found.items else path.rpartition("-")[0]
        while True:
            start = f"{base}-{names[0]}" if base else names[0]
            if start in self.found.asked or not base:
                break
            base = base.rpartition("-")[0]
        for position, name in enumerate(names[1:], 1):
            item = self._item_of(start, path)
            inner = f"{item}-{name}"
            if inner not in self.found.asked:
                # A part of a composite answer; a list of items has none, so there the whole group shows the message.
                return start, "" if self._repeating(start) else ".".join(names[position:])
            start = inner
        return start, ""

    def _item_of(self, group: str, path: str) -> str:
        """The item of the group in which `path` is; the group itself when it is in none."""
        rest = path.removeprefix(f"{group}-")
        item = f"{group}-{rest.partition('-')[0]}"
        return item if rest != path and item in self.found.items else group

    def _repeating(self, path: str) -> bool:
        """Whether a group that holds a list stands at this path."""
        return path not in self.found.items and path in self.plan.fields and bool(self.plan.fields[path].fields)


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.casefold().split()) or None
    return value
