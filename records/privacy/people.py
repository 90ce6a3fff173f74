"""Where in the answers of one response a person stands: the levels of answers – the form itself, each item of a group.

A level holds the answers about one person or thing: those of the form, with what stands in groups that do not repeat; or
those of one item. A name counts as found where all of its words stand on one level, in one answer or in several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.answers import EXPLAINED
from forms.definition import Field, Form
from forms.forgetting import anonymous
from forms.secrecy import without_sensitive
from records.privacy.erasing import texts
from records.privacy.needles import Needle


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """One answer of a level: its question (None for one that this version does not know) and the stored value."""

    field: Field | None
    value: Any

    @property
    def text(self) -> str:
        """All of the value, a line for each part."""
        return "\n".join(texts(self.value))


@dataclass(frozen=True, slots=True, repr=False)
class Level:
    """The answers of one person or thing; `path` is "" for those of the form, else the item's, such as `osoby-0`."""

    path: str
    answers: tuple[Answer, ...]
    asks: tuple[Field, ...]  # the questions of the form or group, answered or not

    @property
    def group(self) -> str:
        """The path of the group that the item is in: `osoby` of `osoby-0`."""
        return self.path.rpartition("-")[0]

    @property
    def personal(self) -> bool:
        """Whether something is asked here of a person."""
        return any(each.sensitive or bool(each.autocomplete) or each.type.personal for each in self.asks)

    def holds(self, needle: Needle) -> bool:
        """Whether the person is meant."""
        return needle.inside("\n".join(each.text for each in self.answers))


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms by which stored answers are read: of a stored version (slug, id), and as they are now."""

    version: Callable[[str, int], Form]
    newest: Callable[[str], Form | None]

    def shown(self, slug: str, form: Form, answers: Mapping[str, Any], *, sensitive: bool) -> dict[str, Any]:
        """Stored answers; without `sensitive` as if sensitive questions had not been answered."""
        if sensitive:
            return dict(answers)
        newest = self.newest(slug)
        return without_sensitive(form.fields, answers, newest.fields if newest is not None else ())


def levels(fields: Iterable[Field], answers: Mapping[str, Any]) -> Iterator[Level]:
    """Every level of stored answers, the form's own first."""
    yield from _levels(tuple(fields), answers, "")


def _levels(fields: tuple[Field, ...], answers: Mapping[str, Any], path: str) -> Iterator[Level]:
    own: list[Answer] = []
    inner: list[tuple[Field, Mapping[str, Any], str]] = []
    _read(fields, answers, f"{path}-" if path else "", own, inner)
    yield Level(path, tuple(own), fields)
    for field, item, where in inner:
        yield from _levels(field.fields, item, where)


def _read(
    fields: tuple[Field, ...],
    answers: Mapping[str, Any],
    before: str,
    own: list[Answer],
    inner: list[tuple[Field, Mapping[str, Any], str]],
) -> None:
    known = {each.name: each for each in fields}
    for name, value in answers.items():
        field = known.get(name)
        if field is None or not field.fields or value is None:
            own.append(Answer(field, value))
        elif field.type.repeats:
            inner += [(field, item, f"{before}{name}-{at}") for at, item in enumerate(value)]
        else:
            _read(field.fields, value, f"{before}{name}-", own, inner)


def without(fields: Iterable[Field], answers: Mapping[str, Any], paths: frozenset[str]) -> dict[str, Any]:
    """The answers, with the levels at these paths made anonymous: only what statistics need is left of them."""
    return _edited(tuple(fields), answers, "", "", paths)


def _edited(
    fields: tuple[Field, ...], answers: Mapping[str, Any], before: str, level: str, paths: frozenset[str]
) -> dict[str, Any]:
    """`before` leads to what stands here; `level` is the path of the level that it belongs to."""
    known = {each.name: each for each in fields}
    kept: dict[str, Any] = {}
    for name, value in answers.items():
        field = known.get(name)
        if field is not None and field.fields and value is not None:
            if field.type.repeats:
                places = [f"{before}{name}-{at}" for at in range(len(value))]
                kept[name] = [
                    _edited(field.fields, item, f"{place}-", place, paths)
                    for place, item in zip(places, value, strict=True)
                ]
            else:
                kept[name] = _edited(field.fields, value, f"{before}{name}-", level, paths)
        elif level not in paths:
            kept[name] = _explanations(value, paths) if name == EXPLAINED else value
        else:
            kept |= anonymous((field,) if field is not None else (), {name: value})
    return kept


def _explanations(kept: Any, paths: frozenset[str]) -> Any:
    """Explanations of warnings, without those about these levels."""
    return {key: why for key, why in kept.items() if not any(f"{path}-" in f"{key}-" for path in paths)}


def only(fields: Iterable[Field], answers: Mapping[str, Any], paths: frozenset[str]) -> tuple[dict[str, Any], int]:
    """A copy for the person who stands on these levels, and how many items of other people were left out.

    Items of a group that asks nothing of people, and in which the person is not, go with the form (a list of projects).
    Where the person does not stand on the level of the form, only what names nobody is given of that: it is somebody else's.
    """
    fields = tuple(fields)
    groups = {path.rpartition("-")[0] for path in paths if path}
    theirs = frozenset(
        each.path
        for each in levels(fields, answers)
        if each.path not in paths and (not each.path or each.personal or each.group in groups)
    )
    return _copied(fields, without(fields, answers, theirs & {""}), "", theirs)


def _copied(
    fields: tuple[Field, ...], answers: Mapping[str, Any], before: str, theirs: frozenset[str]
) -> tuple[dict[str, Any], int]:
    known = {each.name: each for each in fields}
    kept, left_out = dict(answers), 0
    for name, value in answers.items():
        field = known.get(name)
        if field is None or not field.fields or value is None:
            continue
        items = value if field.type.repeats else [value]
        made = []
        for at, item in enumerate(items):
            place = f"{before}{name}-{at}" if field.type.repeats else f"{before}{name}"
            if place in theirs:
                left_out += 1
                continue
            one, fewer = _copied(field.fields, item, f"{place}-", theirs)
            made.append(one)
            left_out += fewer
        kept[name] = made if field.type.repeats else made[0]
    return kept, left_out
