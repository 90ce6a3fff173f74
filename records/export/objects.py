"""JSON lines: an object for each response, groups within it as lists, every value as it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from forms.definition import Field
from records.export.explanations import Explaining, explaining
from records.export.shape import Shape, short_hash
from records.export.table import EXPLANATIONS, RESPONSE, Choice, Path
from records.listing import Whole

Pick = Callable[[Mapping[str, Any]], dict[str, Any]]


@dataclass
class Objects:
    """Responses to lines: what identifies the response, its `answers`, and `explanations` if there are any."""

    shape: Shape
    _plans: dict[int, tuple[str, Pick, Explaining]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What of that which identifies a response is asked for, and whether its explanations are."""
        names = tuple(heading.name for heading in self.shape.tables[0].front)
        self._front = names if len(names) < len(RESPONSE) else None
        self._explained = bool(self.shape.tables[0].back)

    def line(self, whole: Whole) -> bytes:
        """One response."""
        version, pick, explain = self._plans.get(whole.version_id) or self._plan(whole.version_id)
        stored = self.shape.versions.answers(whole.version_id, whole.answers)
        made: dict[str, Any] = {
            "reference": whole.reference,
            "correction": whole.correction,
            "state": whole.state,
            "sent_at": whole.sent_at,
            "form_version": version,
        }
        if self._front is not None:
            made = {name: made[name] for name in self._front}
        made["answers"] = pick(stored)
        if self._explained and (why := explain(stored)):
            made[EXPLANATIONS] = why
        return orjson.dumps(made, option=orjson.OPT_APPEND_NEWLINE)

    def _plan(self, version_id: int) -> tuple[str, Pick, Explaining]:
        shape = self.shape
        form = shape.versions.form(version_id)
        pick = _picking(tuple(form.fields), (), shape.choice)
        explain = explaining(form, shape.names, sensitive=shape.sensitive)
        plan = self._plans[version_id] = (short_hash(version_id), pick, explain)
        return plan


def _picking(fields: Sequence[Field], path: Path, choice: Choice) -> Pick:
    """What takes from stored answers of a version those to be exported, under their newest names."""
    wanted: list[tuple[str, str, Callable[[Any], Any] | None]] = []
    for each, name in choice.names.of(fields, path):
        here = (*path, name)
        if each.type.stores and choice.shows(each, here):
            inside = _inside(each, _picking(each.fields, here, choice)) if each.fields else None
            wanted.append((each.name, name, inside))

    def pick(stored: Mapping[str, Any]) -> dict[str, Any]:
        picked = {}
        for kept_as, name, inside in wanted:
            value = stored.get(kept_as)
            if value is not None:
                picked[name] = value if inside is None else inside(value)
        return picked

    return pick


def _inside(group: Field, pick: Pick) -> Callable[[Any], Any]:
    return (lambda items: [pick(item) for item in items]) if group.type.repeats else pick
