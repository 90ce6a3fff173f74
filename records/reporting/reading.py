"""The answers in words to one question, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.definition import Field, Form
from records.export.shape import Shape
from records.reporting.report import Kept, Tallies, values
from records.reporting.selecting import Wanted, batches
from records.reporting.tally import Tally

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """A page of texts: (key and reference of the response, text); `total` of all pages."""

    field: Field
    texts: tuple[tuple[str, str, str], ...]
    total: int
    page: int
    pages: int


def read(
    slug: str,
    newest: Form,
    version: Callable[[int], Form],
    wanted: Wanted,
    key: str,
    page: int,
    *,
    sensitive: bool = False,
) -> Page | None:
    """A page of what was written; None when there is no such question, or it is not one that is read in words.

    `key` as in `Question.key`; of a page that does not exist the last one. Keeps no more than a page in memory.
    """
    shape = Shape.of(slug, newest, version, sensitive=sensitive)
    tallies = Tallies(shape)
    tallies.of(shape.level_of_newest())
    plans: dict[int, Kept] = {}
    total = 0
    kept: list[tuple[str, str, str]] = []
    last: list[tuple[str, str, str]] = []
    chosen = _readable(tallies, key)
    for rows in batches(slug, wanted):
        for response, version_id, reference, text in rows:
            if version_id not in plans:
                plans[version_id] = tallies.of(shape.level(version_id))
                chosen = _readable(tallies, key)
            answers = shape.versions.answers(version_id, text)
            for words in _texts(plans[version_id], chosen, answers):
                if total % PER_PAGE == 0:
                    last = []
                total += 1
                last.append((response, reference, words))
                if -(-total // PER_PAGE) == page:
                    kept = last
    if not chosen:
        return None
    pages = max(1, -(-total // PER_PAGE))
    return Page(chosen[0].field, tuple(kept or last), total, min(page, pages), pages)


def _readable(tallies: Tallies, key: str) -> list[Tally]:
    return [each for each in tallies.named(key) if each.texts]


def _texts(kept: Kept, chosen: list[Tally], answers: Mapping[str, Any]) -> Iterator[str]:
    for name, further, tally in kept.places:
        if tally in chosen:
            for value in values((answers,), name, further):
                if value is not None:
                    yield from tally.texts_of(value)
    for name, further, inner in kept.groups:
        for items in values((answers,), name, further):
            for item in items or ():
                yield from _texts(inner, chosen, item)
