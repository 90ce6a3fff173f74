"""A draft that was begun under an older version, under the form as it is now: with everything that still fits.

Renamed answers are found by `was`, those of another type read again, dropped options left out. What cannot be read is
put back into the input as it was typed. `News` says what the person should look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from forms.answers import EXPLAINED, Answers, Working
from forms.definition import Field, Form
from forms.diff.carrying import carried, fitting
from forms.diff.likeness import tale
from forms.diff.pairing import pair
from forms.news import News
from forms.types.given import Typed

EMPTY: tuple[Any, ...] = (None, "", [], {})


def move(
    old: Form,
    new: Form,
    answers: Mapping[str, Any],
    typed: Mapping[str, Typed],
    seen: Iterable[str],
    news: Mapping[str, Any],
) -> Working:
    """The working copy that was stored under `old` (JSON values) under `new`; `news` is what it still had to tell."""
    pages = set(seen)
    known = {step.id for step in old.steps}
    told = {each.name for step in new.steps if step.id in pages or step.id not in known for each in step.fields}
    moving = _Moving(typed, {}, News.of(news), told)
    moved = moving.level(old.fields, new.fields, answers, "", "")
    return Working(moved, moving.typed, pages, dict(answers.get(EXPLAINED, {})), moving.news)


def follow(form: Form, path: str) -> str:
    """The path under which an answer (or a file) that stood at `path` in an earlier version stands in this one.

    As it is where the form has no question that was ever called so.
    """
    fields: Iterable[Field] = form.fields
    way = []
    path_, mark, within = path.partition("--")
    for part in path_.split("-"):
        if not part.isdecimal():
            known = list(fields)
            found = next((each for each in known if each.name == part), None)
            found = found or next((each for each in known if part in each.was), None)
            if found is None:
                return path
            part, fields, within = found.name, found.fields, found.type.part_now(within)
        way.append(part)
    return f"{'-'.join(way)}{mark}{within}"


@dataclass
class _Moving:
    """One draft on its way; `told` are the questions whose novelty the person has to be told, by their top-level name."""

    before: Mapping[str, Typed]
    typed: dict[str, Typed]
    news: News
    told: set[str]

    def level(
        self, old: Iterable[Field], new: Iterable[Field], kept: Mapping[str, Any], was: str, path: str, outer: str = ""
    ) -> Answers:
        """The answers of a form, or of one item of a group; `was` and `path` are where it stood and stands."""
        found = pair(old, new)
        answers: Answers = {}
        for before, now in found.kept:
            name = next((name for name in (before.name, *before.was, now.name) if name in kept), None)
            if name is not None:
                value = kept[name]
                here, there = f"{was}{before.name}", f"{path}{now.name}"
                answers[now.name] = self.answer(before, now, value, here, there, f"{outer}{now.name}.")
        for gone in found.gone:
            if gone.type.asks and kept.get(gone.name) not in EMPTY and tale(gone.label) not in self.news.gone:
                self.news.gone.append(tale(gone.label))
        for fresh in found.fresh:
            name = f"{outer}{fresh.name}"
            if fresh.type.asks and name.partition(".")[0] in self.told and name not in self.news.new:
                self.news.new.append(name)
        return answers

    def answer(self, old: Field, new: Field, kept: Any, was: str, path: str, outer: str) -> Any:
        """One answer; None when nothing of it fits."""
        if old.fields and new.fields:
            return self.group(old, new, kept, was, path, outer)
        if was in self.before and (again := fitting(self.before[was], new.type)) is not None:
            self.typed[path] = again
        if kept in EMPTY:
            return None
        found = carried(old, new, kept)
        if not found.whole and new.type.asks:
            self.news.look.append(path)
        if found.value is None and found.typed is not None:
            self.typed[path] = found.typed
        return found.value

    def group(self, old: Field, new: Field, kept: Any, was: str, path: str, outer: str) -> Any:
        """The items of a group; one that repeats from now on has the one item there was, and the other way round."""
        items = [item for item in (kept if isinstance(kept, list) else [kept]) if isinstance(item, dict)]
        if not new.type.repeats and len(items) > 1:
            self.news.look.append(path)
            del items[1:]
        moved = []
        for index, item in enumerate(items):
            here = f"{was}-{index}-" if old.type.repeats else f"{was}-"
            there = f"{path}-{index}-" if new.type.repeats else f"{path}-"
            moved.append(self.level(old.fields, new.fields, item, here, there, outer))
        if new.type.repeats:
            return moved
        return moved[0] if moved else {}
