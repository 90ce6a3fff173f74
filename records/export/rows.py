"""One run over all responses of a form: the rows of every table, some responses at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress
from typing import Any

from forms.answers import EXPLAINED
from forms.wording import say
from records.export.asked import Responses
from records.export.explanations import Explaining, explaining
from records.export.reading import Manner, Reader, reader_of
from records.export.shape import Shape, short_hash
from records.export.table import RESPONSE, Path
from records.listing import Whole
from records.shapes import SUBMITTED

STATES = {  # for people
    SUBMITTED: say("Wysłane"),
    "accepted": say("Przyjęte"),
    "waiting": say("Lista rezerwowa"),
    "offered": say("Wolne miejsce do potwierdzenia"),
    "rejected": say("Nieprzyjęte"),
    "withdrawn": say("Wycofane"),
}

Row = list[Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """How the responses of one version become rows."""

    reader: Reader
    explain: Explaining
    version: str


@dataclass
class Rows:
    """Rows in one manner; how those of a version are made is worked out once."""

    responses: Responses
    shape: Shape
    manner: Manner
    _plans: dict[int, Plan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What of that which identifies a response stands in the first table, and whether its explanations do."""
        first = self.shape.tables[0]
        names = {heading.name for heading in first.front}
        self._front = None if len(names) == len(RESPONSE) else [name in names for name in RESPONSE]
        self._explained = bool(first.back)

    def batches(self) -> Iterator[dict[Path, list[Row]]]:
        """The rows of each table that come from the next responses, in order; the last may have none."""
        paths = [table.path for table in self.shape.tables]
        for batch in self.responses.batches():
            made: dict[Path, list[Row]] = {path: [] for path in paths}
            made[()] = [self._row(whole, made) for whole in batch]
            yield made

    def _row(self, whole: Whole, items: Mapping[Path, list[Row]]) -> Row:
        """The row of a response; those of its items are added to `items`."""
        plan = self._plans.get(whole.version_id) or self._plan(whole.version_id)
        write = self.manner.write
        answers = self.shape.versions.answers(whole.version_id, whole.answers)
        reference, state, explained = whole.reference, whole.state, None
        if not self.manner.plain:
            reference = write(reference)
        if self.manner.words:
            state = str(STATES.get(state, state))
        if self._explained and EXPLAINED in answers:
            explained = write("\n".join(f"{key}: {text}" for key, text in plan.explain(answers).items()))
        if plan.reader.groups:
            for path, row in plan.reader.items(reference, answers):
                items[path].append(row)
        sent_at = whole.sent_at if self.manner.plain else write(datetime.fromisoformat(whole.sent_at))
        front: Iterable[Any] = (reference, whole.correction, state, sent_at, plan.version)
        if self._front is not None:
            front = compress(front, self._front)
        return plan.reader.row(front, answers, explained) if self._explained else plan.reader.row(front, answers)

    def _plan(self, version_id: int) -> Plan:
        shape = self.shape
        tables = {table.path: table for table in shape.tables}
        form = shape.versions.form(version_id)
        plan = self._plans[version_id] = Plan(
            reader_of(shape.level(version_id), tables, self.manner),
            explaining(form, shape.names, sensitive=shape.sensitive),
            self.manner.write(short_hash(version_id)),
        )
        return plan
