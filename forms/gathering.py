"""What the browser sent for a step, read into answers: each field's parts, each group's items.

Names in the page: `email`, `uczestnicy-0-email` (item 0 of a group), `adres--street` (a part of a composite answer). A
group's items are announced by `uczestnicy--item` inputs that hold their indexes; a conditional field that was on the page
is announced by `_shown`, so that one that was not on the page is left as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

from forms.answers import Answers, Working
from forms.definition import Field
from forms.types.given import Refused, Typed

MOST_ITEMS = 200
LONGEST = 50_000  # characters of one input; longer texts are cut by no honest browser


class Sent(Protocol):
    """A submitted form: several texts by name."""

    def getlist(self, name: str) -> Sequence[str]:
        """All texts sent under a name."""
        ...


def typed_of(field: Field, path: str, sent: Sent) -> Typed:
    """What was typed into the inputs of one field, part by part."""
    found: dict[str, list[str]] = {}
    for part in field.type.parts:
        if texts := sent.getlist(f"{path}--{part}" if part else path):
            found[part] = [text[:LONGEST] for text in texts]
    return found


def take(
    field: Field, path: str, sent: Sent, answers: Answers, typed: dict[str, Typed], shown: Collection[str]
) -> None:
    """Puts what was sent for a field into `answers` where it reads as an answer and into `typed` where not, both in place.

    `shown` are the paths of the conditional fields that were on the page.
    """
    if field.when is not None and path not in shown:
        return
    if field.fields:
        _group(field, path, sent, answers, typed, shown)
        return
    if not field.type.asks:
        if field.type.stores and not field.type.decides:
            _hidden(field, path, sent, answers)
        return
    raw = typed_of(field, path, sent)
    typed.pop(path, None)
    try:
        answers[field.name] = field.type.answer(raw, field) if raw else None
    except Refused:
        answers[field.name] = None
        typed[path] = raw


def _hidden(field: Field, path: str, sent: Sent, answers: Answers) -> None:
    texts = sent.getlist(path)
    if texts and texts[0].strip():
        answers[field.name] = texts[0][:LONGEST].strip()


def _group(
    field: Field, path: str, sent: Sent, answers: Answers, typed: dict[str, Typed], shown: Collection[str]
) -> None:
    if not field.type.repeats:
        inner: Answers = dict(answers.get(field.name) or {})
        for each in field.fields:
            take(each, f"{path}-{each.name}", sent, inner, typed, shown)
        answers[field.name] = inner
        return
    before: list[Answers] = list(answers.get(field.name) or ())
    items: list[Answers] = []
    indexes = [int(text) for text in sent.getlist(f"{path}--item") if text.isdecimal() and len(text) < 4][:MOST_ITEMS]
    fresh: dict[str, Typed] = {}
    for position, index in enumerate(indexes):
        item = dict(before[index]) if index < len(before) else {}
        kept = {key: value for key, value in typed.items() if key.startswith(f"{path}-{index}-")}
        for each in field.fields:
            take(each, f"{path}-{index}-{each.name}", sent, item, kept, shown)
        items.append(item)
        fresh.update({f"{path}-{position}-{key[len(f'{path}-{index}-') :]}": value for key, value in kept.items()})
    for key in [key for key in typed if key.startswith(f"{path}-")]:
        del typed[key]
    typed.update(fresh)
    answers[field.name] = items


def add_item(working: Working, steps: Iterable[Field], path: str) -> int | None:
    """Adds an empty item to the group at `path`; its index, or None when there is no such group or it is full."""
    found = _find(working, steps, path)
    if found is None:
        return None
    group, items = found
    if len(items) >= group.type.most:
        return None
    items.append({})
    return len(items) - 1


def remove_item(working: Working, fields: Iterable[Field], path: str) -> bool:
    """Removes the item at `path` (`uczestnicy-1`); the ones after it move up, with what was typed in them."""
    base, _, text = path.rpartition("-")
    found = _find(working, fields, base)
    if found is None or not text.isdecimal() or int(text) >= len(found[1]):
        return False
    index = int(text)
    working.together.removed(path, len(found[1]))
    del found[1][index]
    working.typed = {moved: value for key, value in working.typed.items() if (moved := _moved(key, base, index))}
    working.news.look = [moved for path in working.news.look if (moved := _moved(path, base, index))]
    explained = ((key.rpartition("@"), why) for key, why in working.explained.items())
    working.explained = {
        f"{check}@{moved}": why for (check, _, where), why in explained if (moved := _moved(where, base, index))
    }
    return True


def shifted(path: str, removed: str) -> str:
    """The path after the item at `removed` (`uczestnicy-1`) has gone: "" within that item, one less in those after it."""
    base, _, index = removed.rpartition("-")
    return _moved(path, base, int(index))


def _moved(path: str, base: str, removed: int) -> str:
    """The path after an item of the group at `base` has gone: "" within that item, one less in those after it."""
    number = _index(path, base)
    if number is None or number < removed:
        return path
    return f"{base}-{number - 1}{path[len(f'{base}-{number}') :]}" if number > removed else ""


def _index(key: str, base: str) -> int | None:
    if not key.startswith(base + "-"):
        return None
    text = key[len(base) + 1 :].partition("-")[0]
    return int(text) if text.isdecimal() else None


def _find(working: Working, fields: Iterable[Field], path: str) -> tuple[Field, list[Answers]] | None:
    """The repeating group at a path and its list of items (made when there is none yet)."""
    answers: Any = working.answers
    names = {each.name: each for each in fields}
    parts = path.split("-")
    for position, part in enumerate(parts):
        if part.isdecimal():
            continue
        group = names.get(part)
        if group is None or not group.fields or not isinstance(answers, dict):
            return None
        names = {each.name: each for each in group.fields}
        if position == len(parts) - 1:
            if not group.type.repeats:
                return None
            if answers.get(part) is None:
                answers[part] = []
            return group, answers[part]
        answers = answers.get(part)
        if group.type.repeats:
            index = int(parts[position + 1]) if parts[position + 1].isdecimal() else -1
            if not isinstance(answers, list) or not 0 <= index < len(answers):
                return None
            answers = answers[index]
    return None
