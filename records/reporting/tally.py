"""Counting the answers to one question as they are stored, and telling what they come to once all have been counted.

Stored values are counted as they are, by the thousand; only different ones are read (`FieldType.load`). So a question
costs little per response, and keeps no more than its different answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from forms.definition import Field
from forms.standing import Standings
from records.reporting.parts import Part

Labels = Mapping[str, str]
"""Code of an answer to its words, in the order in which they are shown."""


class Tally:
    """Counts that something was answered, and nothing more: for answers that identify a person, and for files."""

    texts = False  # whether the answers may be read one by one
    axes: tuple[str, ...] = ()  # by what answers can be cross-tabulated: "" as they are, or attributes
    standing: Standings | None = None  # how gminy stand today; None: as their list says

    def __init__(self, field: Field) -> None:
        self.field = field  # of the newest version
        self.fields = [field]
        self.answered = 0

    def also(self, field: Field) -> None:
        """The question in an older version."""
        if all(each.type is not field.type for each in self.fields):
            self.fields.append(field)

    def take(self, values: Sequence[Any]) -> None:
        """The stored answers of some responses, None where there is none."""
        self.answered += len(values) - values.count(None)

    def parts(self) -> Iterator[Part]:
        """What the answers come to."""
        yield from ()

    def load(self, kept: Any) -> Any:
        """A stored value as the first version reads it that can; None when none can."""
        for field in self.fields:
            try:
                return field.type.load(kept)
            except (ValueError, TypeError, KeyError, AttributeError):
                continue
        return None

    def texts_of(self, kept: Any) -> Iterable[str]:
        """The words in a stored answer, when `texts`."""
        return ()

    def labels(self, axis: str) -> Labels:
        """The answers along an axis."""
        raise NotImplementedError

    def codes(self, axis: str, kept: Any) -> Sequence[str]:
        """Where on the axis a stored answer stands."""
        raise NotImplementedError


class Texts(Tally):
    """Free texts: counted, and read one by one on a page of their own."""

    texts = True

    def texts_of(self, kept: Any) -> Iterable[str]:
        return (str(kept),)


class Counted(Tally):
    """Base of questions whose different stored answers are counted."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.counts: Counter[Hashable] = Counter()

    def take(self, values: Sequence[Any]) -> None:
        super().take(values)
        self.counts.update(values)

    def given(self) -> Iterator[tuple[Any, int]]:
        """(stored value, how often) of each different answer."""
        return ((kept, times) for kept, times in self.counts.items() if kept is not None)

    def loaded(self) -> dict[Any, int]:
        """Each different value, read, with how often it was given; what no version can read is left out."""
        found: dict[Any, int] = {}
        for kept, times in self.given():
            value = self.load(kept)
            if value is not None:
                found[value] = found.get(value, 0) + times
        return found


def spread(labels: Labels, found: Iterable[tuple[Sequence[str], int]]) -> tuple[tuple[str, int], ...]:
    """(words, how often) of each answer there is, those nobody gave too; codes without words stand at the end."""
    counts: Counter[str] = Counter()
    for codes, times in found:
        for code in codes:
            counts[code] += times
    rows = [(words, counts.pop(code, 0)) for code, words in labels.items()]
    return (*rows, *((code, times) for code, times in sorted(counts.items()) if times))
