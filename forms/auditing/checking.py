"""What is wrong with a key `audit`: names that the form does not have, and questions that cannot be what it takes them for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from forms import source
from forms.auditing.key import Audit, Recommended
from forms.definition import Field, Step
from forms.reading import Reading
from forms.wording import say

TEXTS = ("text", "long_text")


def check_audit(
    audit: Audit | None, anonymous: bool, root: source.Mapping, steps: Sequence[Step], reading: Reading
) -> None:
    """Reports names that the form does not have, and questions that cannot serve as what the key takes them for."""
    node = root.get("audit")
    if audit is None or not isinstance(node, source.Mapping):
        return
    fields = {each.name: each for step in steps for each in step.fields}
    with reading.within(say("audyt")):
        if anonymous or not any(each.type.name == "gmina" for each in fields.values()):
            what = say("Audyt wymaga pola typu gmina i formularza, który nie jest anonimowy.")
            reading.problem(node, "wrong-audit", what)
        _known(node, "ratings", [audit.ratings], fields, ("checklist",), reading)
        _known(node, "building", audit.building, fields, (*TEXTS, "choice", "address"), reading)
        _known(node, "date", [audit.date], fields, ("date",), reading)
        if audit.recommendations is not None:
            _recommended(audit.recommendations, node.get("recommendations") or node, fields, reading)

        if audit.photos is not None:
            inner = _group(audit.photos.group, node.get("photos") or node, fields, reading)
            if inner:
                _known(node.get("photos") or node, "file", [audit.photos.file], inner, ("file",), reading)
                _known(node.get("photos") or node, "text", [audit.photos.text], inner, TEXTS, reading)


def _group(name: str, node: source.Node, fields: Mapping[str, Field], reading: Reading) -> dict[str, Field]:
    """The questions of a group by their names; none after reporting what is wrong with it."""
    _known(node, "group", [name], fields, ("group",), reading)
    group = fields.get(name)
    if group is None or not group.fields:
        return {}
    if not group.type.repeats:
        reading.problem(node, "wrong-audit", say("Grupa „{name}” nie powtarza się.", name=name))
    return {each.name: each for each in group.fields}


def _recommended(recommended: Recommended, node: source.Node, fields: Mapping[str, Field], reading: Reading) -> None:
    inner = _group(recommended.group, node, fields, reading)
    if not inner:
        return
    _known(node, "item", [recommended.item], inner, (*TEXTS, "choice"), reading)
    _known(node, "text", [recommended.text], inner, TEXTS, reading)
    _known(node, "priority", [recommended.priority], inner, ("choice",), reading)
    _known(node, "cost", [recommended.cost], inner, ("money", "integer", "decimal"), reading)
    _known(node, "due", [recommended.due], inner, ("month", "date"), reading)


def _known(
    node: source.Node,
    key: str,
    names: Iterable[str],
    fields: Mapping[str, Field],
    types: Collection[str],
    reading: Reading,
) -> None:
    """Whether each of the names (but "") is a question of one of these types."""
    place = (node.get(key) if isinstance(node, source.Mapping) else None) or node
    for name in names:
        found = fields.get(name)
        if not name or (found is not None and found.type.name in types):
            continue
        if found is not None:
            what = say(
                "Pole „{name}” w kluczu „{key}” musi mieć typ: {types}.", name=name, key=key, types=", ".join(types)
            )
            reading.problem(place, "wrong-audit", what)
        elif close := source.nearest(name, fields):
            what = say("Nie ma pola „{name}” – czy chodziło o „{close}”?", name=name, close=close)
            reading.problem(place, "unknown-name", what)
        else:
            reading.problem(place, "unknown-name", say("Nie ma pola „{name}”.", name=name))
