"""Numbers that the law sets, with the dates between which they hold: `config/limits.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from forms import source
from forms.key import WRONG, Key, read_keys
from forms.key_times import Moment
from forms.keys import ListOf, Number, Plain, Struct, Translated
from forms.problems import Problems
from forms.reading import Reading
from forms.wording import say


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of a limit and when it holds (both days included; None: no end); `label` is what the limit is called."""

    value: Decimal
    starts: date | None
    ends: date | None
    source: str
    unit: str = ""
    label: str = ""


KEYS: dict[str, Key] = {
    "value": Number("Liczba.", required=True),
    "from": Moment("Od kiedy obowiązuje.", as_name="starts"),
    "to": Moment("Do kiedy obowiązuje.", as_name="ends"),
    "source": Plain("Przepis.", default=""),
    "unit": Plain("Jednostka.", default=""),
    "note": Translated("Uwaga dla pracowników."),
}


def _rule(value: Decimal, starts: datetime | None, ends: datetime | None, source: str, unit: str, note: object) -> Rule:
    return Rule(value, starts.date() if starts else None, ends.date() if ends else None, source, unit)


RULE = Struct(keys=KEYS, build=_rule)
NAMED: dict[str, Key] = {
    "label": Plain("Co to za liczba.", required=True),
    "values": ListOf("Jej wartości.", item=RULE, required=True),
}


def read_limits(text: str | bytes, problems: Problems) -> Mapping[str, tuple[Rule, ...]]:
    """Limits by name from the file's text: `name: 20`, `name: {value: …}`, a list of such values with dates, or
    `name: {label: …, values: [such a list]}`."""
    root = source.read(text, problems.file, problems)
    found: dict[str, tuple[Rule, ...]] = {}
    reading = Reading(problems, lambda name: None)
    for entry in root.entries if isinstance(root, source.Mapping) else ():
        with reading.within(say("limit „{name}”", name=entry.key.text)):
            found[entry.key.text] = _limit(entry.value, reading)
    return found


def _limit(value: source.Node, reading: Reading) -> tuple[Rule, ...]:
    if isinstance(value, source.Scalar):
        number = Number().read(value, reading)
        return (Rule(number, None, None, ""),) if number is not WRONG else ()
    if isinstance(value, source.Sequence):
        return tuple(ListOf(item=RULE).read(value, reading))
    if isinstance(value, source.Mapping) and value.get("values") is not None:
        named = read_keys(value, NAMED, reading) or {}
        rules = named.get("values", ())
        return tuple(replace(rule, label=named["label"]) for rule in (() if rules is WRONG else rules))
    rule = RULE.read(value, reading)
    return () if rule is WRONG else (rule,)


def rule_of(limits: Mapping[str, tuple[Rule, ...]], name: str, day: date) -> Rule | None:
    """The value of a limit that holds on a day, with its source; None when none does."""
    for rule in limits.get(name, ()):
        if (rule.starts is None or rule.starts <= day) and (rule.ends is None or day <= rule.ends):
            return rule
    return None


def valid(limits: Mapping[str, tuple[Rule, ...]], name: str, day: date) -> Decimal | None:
    """The number of a limit that holds on a day, or None when none does."""
    rule = rule_of(limits, name, day)
    return None if rule is None else rule.value
