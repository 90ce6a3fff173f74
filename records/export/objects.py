"""JSON lines: an object for each response, groups within it as lists, every value as it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from forms.definition import Field
from records.export.explanations import Explaining, explaining
from records.export.shape import Shape, short_hash
from records.export.table import EXPLANATIONS, Names, Path
from records.listing import Whole

Pick = Callable[[Mapping[str, Any]], dict[str, Any]]


@dataclass
class Objects:
    """Responses to lines: what identifies the response, its `answers`, and `explanations` if there are any."""

    shape: Shape
    _plans: dict[int, tuple[str, Pick, Explaining]] = field(default_factory=dict)

    def line(self, whole: Whole) -> bytes:
        """One response."""
        version, pick, explain = self._plans.get(whole.version_id) or self._plan(whole.version_id)
        stored = self.shape.versions.answers(whole.version_id, whole.answers)
        made = {
            "reference": whole.reference,
            "correction": whole.correction,
            "state": whole.state,
            "sent_at": whole.sent_at,
            "form_version": version,
            "answers": pick(stored),
        }
        if why := explain(stored):
            made[EXPLANATIONS] = why
        return orjson.dumps(made, option=orjson.OPT_APPEND_NEWLINE)

    def _plan(self, version_id: int) -> tuple[str, Pick, Explaining]:
        shape = self.shape
        form = shape.versions.form(version_id)
        pick = _picking(tuple(form.fields), (), shape.names, shape.sensitive)
        explain = explaining(form, shape.names, sensitive=shape.sensitive)
        plan = self._plans[version_id] = (short_hash(version_id), pick, explain)
        return plan


def _picking(fields: Sequence[Field], path: Path, names: Names, sensitive: bool) -> Pick:
    """What takes from stored answers of a version those to be exported, under their newest names."""
    wanted: list[tuple[str, str, Callable[[Any], Any] | None]] = []
    for each, name in names.of(fields, path):
        here = (*path, name)
        if each.type.stores and (sensitive or not names.sensitive(each, here)):
            inside = _inside(each, _picking(each.fields, here, names, sensitive)) if each.fields else None
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
