"""Numbers that the law sets, with the dates between which they hold: `config/limits.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from forms import source
from forms.keys import WRONG, Key, Moment, Number, Plain, Translated, read_keys
from forms.problems import Problems
from forms.reading import Reading
from forms.wording import say


@dataclass(frozen=True, slots=True)
class Rule:
    """One value of a limit and when it holds (both days included; None: no end)."""

    value: Decimal
    starts: date | None
    ends: date | None
    source: str


KEYS: dict[str, Key] = {
    "value": Number("Liczba.", required=True),
    "from": Moment("Od kiedy obowiązuje.", as_name="starts"),
    "to": Moment("Do kiedy obowiązuje.", as_name="ends"),
    "source": Plain("Przepis.", default=""),
    "unit": Plain("Jednostka.", default=""),
    "note": Translated("Uwaga dla pracowników."),
}


def read_limits(text: str | bytes, problems: Problems) -> Mapping[str, tuple[Rule, ...]]:
    """Limits by name from the file's text: `name: 20`, `name: {value: …}` or a list of such values with dates."""
    root = source.read(text, problems.file, problems)
    found: dict[str, tuple[Rule, ...]] = {}
    reading = Reading(problems, lambda name: None)
    for entry in root.entries if isinstance(root, source.Mapping) else ():
        with reading.within(say("limit „{name}”", name=entry.key.text)):
            value = entry.value
            if isinstance(value, source.Scalar):
                number = Number().read(value, reading)
                found[entry.key.text] = (Rule(number, None, None, ""),) if number is not WRONG else ()
                continue
            nodes = value.items if isinstance(value, source.Sequence) else (value,)
            rules = [rule for node in nodes if (rule := _rule(node, reading)) is not None]
            found[entry.key.text] = tuple(rules)
    return found


def _rule(node: source.Node, reading: Reading) -> Rule | None:
    values = read_keys(node, KEYS, reading)
    if values is None:
        return None
    starts, ends = (values[key].date() if values[key] else None for key in ("starts", "ends"))
    return Rule(values["value"], starts, ends, values["source"])


def valid(limits: Mapping[str, tuple[Rule, ...]], name: str, day: date) -> Decimal | None:
    """The number of a limit that holds on a day, or None when none does."""
    for rule in limits.get(name, ()):
        if (rule.starts is None or rule.starts <= day) and (rule.ends is None or day <= rule.ends):
            return rule.value
    return None
