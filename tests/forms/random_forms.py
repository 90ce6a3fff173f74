"""Random definitions: every type, conditions on earlier answers, groups, checks, computed values and texts with values."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import assume
from hypothesis import strategies as st

from tests.forms.definitions import read

Draw = st.DrawFn
Known = list[tuple[str, str]]  # name and kind of the fields that an expression may read

OPTIONS = [{"a": "Pierwsza"}, {"b": "Druga"}, {"c": "Trzecia"}]
ROWS = [{"id": "r1", "label": "Rząd"}, {"id": "r2", "label": "Drugi rząd"}]
SCALE = [
    {"value": "2", "label": "dobrze", "points": 2},
    {"value": "0", "label": "źle", "points": 0},
    {"value": "nd", "label": "nie dotyczy", "remark": 5},
]
ITEMS = [{"id": "A1", "label": "Drzwi", "critical": True, "measure": {"min": 90}}, {"id": "A2", "label": "Próg"}]

# Type → its own keys. `file` is left out: its answers are not texts on a page.
TYPES: dict[str, dict[str, Any]] = {
    "text": {"max": 80},
    "long_text": {},
    "email": {"hint": "Na przykład jan@gmina.pl."},
    "phone": {},
    "url": {},
    "integer": {"min": 0, "max": 50},
    "decimal": {"places": 2, "min": -5},
    "money": {"max": 100000},
    "percent": {},
    "date": {"hint": "Dzień.", "max": "today + 900 days"},
    "time": {},
    "datetime": {},
    "month": {"hint": "Miesiąc."},
    "year": {"min": 2000, "max": 2040},
    "yes_no": {},
    "consent": {"text": "Zgadzam się."},
    "choice": {"options": OPTIONS},
    "choices": {"options": OPTIONS, "max": 2},
    "scale": {"from": 1, "to": 5},
    "matrix": {"rows": ROWS, "options": OPTIONS},
    "table": {"rows": ROWS, "columns": [{"name": "ile", "type": "integer", "label": "Ile"}], "no_data": True},
    "checklist": {"scale": SCALE, "areas": [{"id": "A", "title": "Wejście", "items": ITEMS}]},
    "event": {},
    "gmina": {},
    "nip": {"hint": "NIP."},
    "regon": {"hint": "REGON."},
    "pesel": {"hint": "PESEL."},
    "iban": {"hint": "Rachunek."},
    "teryt": {"hint": "Kod."},
    "postal_code": {"hint": "Kod."},
    "address": {},
}
COMPARED = ("integer", "decimal", "money", "percent")
NUMBERS = (*COMPARED, "year", "scale")
CONDITIONS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*COMPARED, "scale"), ("{} > 3", "answered({})", "{} < 4 or not answered({})")),
    "year": ("{} > 2026", "answered({})"),
    "yes_no": ("{}", "not {}"),
    "choice": ("{} == 'a'", "{} in ('a', 'b')", "{} != 'c'"),
    "choices": ("'a' in {}", "count({}) > 1"),
    "date": ("{} >= today", "year({}) == 2026"),
    "text": ("answered({})", "length({}) > 10"),
    "group": ("count({}) > 1",),
}


@st.composite
def definitions(draw: Draw, most_steps: int = 3) -> str:
    """The YAML of a form that reads without mistakes."""
    known: Known = []
    count = iter(range(1, 100))
    steps = []
    for index in range(draw(st.integers(1, most_steps))):
        # A page that asks nothing is left out of the journey, so each begins with a question that is always asked.
        fields = [draw(_field(count, known, inside=[], deep=True, first=True))]
        fields += [draw(_field(count, known, inside=[], deep=True)) for _ in range(draw(st.integers(1, 3)))]
        steps.append({"id": f"k{index}", "title": f"Krok {index}", "fields": fields})
    form: dict[str, Any] = {
        "title": "Losowy",
        "privacy": "rodo-szkolenia",
        "journey": draw(st.sampled_from(["pages", "page", "tasks"])),
        "events": [
            {"id": f"E{n}", "title": f"Spotkanie {n}", "starts": "2027-03-09"} for n in range(1, next(count) + 1)
        ],
        "steps": steps,
    }
    numbers = [name for name, kind in known if kind in COMPARED]
    if len(numbers) > 1 and draw(st.booleans()):
        one, other = draw(st.permutations(numbers))[:2]
        check = {"that": f"{one} <= {other} + 100", "message": f"Za dużo: {{{one}}}.", "code": "ZA_DUZO"}
        form["checks"] = [{**check, "on": one} if draw(st.booleans()) else check]
    # Through JSON, so that nothing is shared: the language knows no anchors.
    text = yaml.safe_dump(json.loads(json.dumps(form)), allow_unicode=True, sort_keys=False)
    found = read(text)
    wrong = [problem.line() for problem in found.problems.errors if problem.code != "never-holds"]
    assert wrong == []
    assume(found.form is not None)  # conditions made by chance may rule each other out
    return text


@st.composite
def _field(draw: Draw, count: Any, known: Known, inside: Known, deep: bool, first: bool = False) -> dict[str, Any]:
    name = f"f{next(count)}"
    further = () if first else ("group", "computed", "note") * 3 if deep else ("computed",)
    kind = draw(st.sampled_from([*TYPES, *further]))
    visible = [*known, *inside]
    made: dict[str, Any] = {"name": name, "type": kind, "label": f"Pytanie {name}"}
    if kind not in ("note", "computed"):
        made["required"] = draw(st.sampled_from([False, True]))
    readable = [each for each in visible if each[1] in CONDITIONS]
    if readable and not first and draw(st.integers(0, 2)) == 0:
        made["when"] = _condition(draw, readable)
    elif readable and kind not in ("note", "computed") and draw(st.integers(0, 3)) == 0:
        made["required"] = _condition(draw, readable)
    if kind == "group":
        own: Known = []
        made["fields"] = [draw(_field(count, known, own, deep=False)) for _ in range(draw(st.integers(1, 3)))]
        made.update(draw(st.sampled_from([{"repeat": False}, {"min": 1, "max": 3}, {"max": 2}])))
        kind = "group" if "repeat" not in made else "one"
    elif kind == "note":
        shown = [each[0] for each in visible if each[1] not in ("group", "one")]
        made["text"] = f"Było: {{{draw(st.sampled_from(shown))}}}." if shown else "Nic."
        made.pop("label")
    elif kind == "computed":
        numbers = [each[0] for each in visible if each[1] in NUMBERS]
        made["value"] = " + ".join(numbers[:3]) if numbers else "1 + 1"
        kind = "sum"
    else:
        made.update(TYPES[kind])
        if kind == "event":
            made["events"] = [f"E{name.removeprefix('f')}"]  # an event may be chosen in one field only
    if kind != "note":
        (known if deep else inside).append((name, kind))
    return made


def _condition(draw: Draw, readable: Known) -> str:
    name, kind = draw(st.sampled_from(readable))
    return draw(st.sampled_from(CONDITIONS[kind])).replace("{}", name)
