"""Two people in one draft: what one sends is put together with what the other has saved meanwhile, input by input.

A page tells what it showed (`Page`): the revision it was drawn from and a checksum of every input. Where the draft has
been saved by others since, each input is decided by three texts: as the page showed it, as it is saved now, as it was
sent. Who left an input alone takes over what the other wrote; where both wrote, the saved one stays and the other is
kept as a `Clash` until somebody chooses. Items of groups go by numbers that stay theirs when others are removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.definition import Field
from forms.together import WHY, Clash, Ids, Page, Together, checksum, in_order, numbered, plain
from forms.types.given import Refused, Typed

NUMBER = re.compile(r"#\d+")  # of an item, in the name of an input

Units = dict[str, list[str]]
"""Name of an input, items by number (`osoby#2-email`), to its texts."""


Sending = dict[str, list[str]]
"""A submitted form: the texts under each name."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An input of the page: its texts as the draft has them, its question, and the conditional questions it stands in."""

    texts: list[str]
    field: Field
    part: str
    gates: tuple[str, ...]


@dataclass
class Merged:
    """What is to be read in place of what was sent."""

    sent: Sending
    ids: dict[str, Ids] = field(default_factory=dict)
    touched: set[str] = field(
        default_factory=set
    )  # questions (top-level names) that the page does not show as they are
    changed: set[str] = field(default_factory=set)  # items by number that somebody else has changed or removed
    uneven: set[str] = field(default_factory=set)  # groups whose items the page counts otherwise than the draft


def texts_of(typed: Typed) -> Iterator[tuple[str, list[str]]]:
    """(part, texts) of the inputs of an answer that are not empty, with texts as every browser sends them back."""
    for part, texts in typed.items():
        found = plain(texts)
        if found:
            yield part, found


def merge(
    page: Page,
    fields: Iterable[Field],
    sent: Sending,
    answers: Mapping[str, Any],
    typed: Mapping[str, Typed],
    explained: Mapping[str, str],
    together: Together,
    who: str,
    at: str,
    saved_at: str = "",
) -> Merged:
    """What was sent from `page` for these questions, put together with the draft as it is saved now.

    `answers`, `typed` and `explained` are the draft's; clashes are added to `together`. `who` sends, at the moment `at`
    (ISO); it was last saved at `saved_at`. Two explanations of one warning are both kept, one under the other.
    """
    theirs: dict[str, Shown] = {}
    lists: dict[str, Ids] = {}
    _walk(fields, answers, typed, together, "", "", (), theirs, lists)
    files = set(_attached(fields))
    mine, items = _units(page, sent)
    shown = {numbered(path, page.ids) for path in sent.get("_shown", ())}
    merged = Merged({})
    result: Units = {}
    for name in {**theirs, **mine}:
        found = theirs.get(name)
        if _is_file(name, files):
            continue
        if found is not None and (not all(gate in shown for gate in found.gates) or not _on_page(name, items)):
            result[name] = found.texts
            continue
        is_now = found.texts if found is not None else []
        sent_now, base = mine.get(name, []), page.base.get(name, 0)
        alone = page.saved.get(name, base) == checksum(is_now)  # nobody else has written here
        if not alone:
            merged.changed.update(_items(name))
        if alone and name in mine:
            result[name] = sent_now
        elif sent_now == is_now or checksum(sent_now) == base:
            result[name] = is_now
            if sent_now != is_now:
                merged.touched.add(_root(name))
        elif alone or (found is not None and _same(found, sent_now)):
            result[name] = sent_now
        else:
            result[name] = is_now
            merged.touched.add(_root(name))
            together.clash(Clash(name, sent_now, who, at, page.id, together.who, saved_at))
    for name in sent:
        if name.startswith(WHY):
            saved = plain([explained.get(name[len(WHY) :], "")])
            result[name] = _both(plain(sent[name]), saved, page.base.get(name, 0))
    _lists(page, items, lists, mine, files, result, merged)
    _spread(page, sent, files, result, merged)
    return merged


def _walk(
    fields: Iterable[Field],
    answers: Mapping[str, Any],
    typed: Mapping[str, Typed],
    together: Together,
    path: str,
    named: str,
    gates: tuple[str, ...],
    found: dict[str, Shown],
    lists: dict[str, Ids],
) -> None:
    """Every input of these questions as the draft has it; `path` counts items, `named` numbers them."""
    for each in fields:
        here, name = f"{path}{each.name}", f"{named}{each.name}"
        within = (*gates, name) if each.when is not None else gates
        value = answers.get(each.name)
        if each.fields and each.type.repeats:
            items = list(value or ())
            lists[name] = ids = together.items(name, len(items))
            for index, item in enumerate(items):
                inner = (f"{here}-{index}-", f"{name}#{ids.numbers[index]}-")
                _walk(each.fields, item, typed, together, *inner, within, found, lists)
        elif each.fields:
            _walk(each.fields, value or {}, typed, together, f"{here}-", f"{name}-", within, found, lists)
        elif each.type.stores and not each.type.decides:
            raw = typed.get(here)
            if raw is None and value is not None:
                raw = each.type.typed(value) if each.type.asks else {"": [str(value)]}
            for part in each.type.attached:
                found[f"{name}--{part}" if part else name] = Shown([], each, part, within)
            for part, texts in texts_of(raw or {}):
                if part not in each.type.attached:
                    found[f"{name}--{part}" if part else name] = Shown(texts, each, part, within)


def _units(page: Page, sent: Sending) -> tuple[Units, dict[str, list[int]]]:
    """What was sent, items by number, and which items of each group the page had."""
    units: Units = {}
    items: dict[str, list[int]] = {}
    for name in sent:
        if name.endswith("--item"):
            group = numbered(name[: -len("--item")], page.ids)
            known = page.ids.get(group)
            places = [int(text) for text in sent[name] if text.isdecimal() and len(text) < 4]
            items[group] = [known.at(place) if known else place for place in places]
        elif not name.startswith("_") and name != "csrf_token":
            texts = plain(sent[name])
            if texts:
                units[numbered(name, page.ids)] = texts
    return units, items


def _both(sent: list[str], saved: list[str], base: int) -> list[str]:
    """An explanation: as sent or as saved, whichever is new; both where both are."""
    if sent == saved or checksum(sent) == base:
        return saved
    return sent if checksum(saved) == base else ["\n".join([*saved, *sent])]


def _on_page(name: str, items: Mapping[str, Sequence[int]]) -> bool:
    """Whether the page had the items in which this input stands."""
    return all(int(item.rpartition("#")[2]) in items.get(item.rpartition("#")[0], ()) for item in _items(name))


def _attached(fields: Iterable[Field], path: str = "") -> Iterator[str]:
    """The inputs that are answered with files, without the numbers of items: `osoby-zdjecie`, `oceny--A01.photo`."""
    for each in fields:
        here = f"{path}{each.name}"
        yield from (f"{here}--{part}" if part else here for part in each.type.attached)
        yield from _attached(each.fields, f"{here}-")


def _is_file(name: str, files: set[str]) -> bool:
    """Whether an input, items by number, stands for files, or for the description of one."""
    if not files:
        return False
    bare = _name_only(name)
    return bare in files or bare.rpartition("--")[0] in files


def _name_only(name: str) -> str:
    return NUMBER.sub("", name)


def _items(name: str) -> list[str]:
    """The items in which an input stands, outermost first: `osoby#2`, `osoby#2-dzieci#0`."""
    if "#" not in name:
        return []
    parts = name.partition("--")[0].split("-")
    return ["-".join(parts[: index + 1]) for index, part in enumerate(parts) if "#" in part]


def _root(name: str) -> str:
    return name.partition("-")[0].partition("#")[0]


def _same(shown: Shown, texts: list[str]) -> bool:
    """Whether two texts say the same (`1234,5` and `1 234,50`)."""
    if shown.field.type.parts != ("",):
        return False
    try:
        kind = shown.field.type
        return bool(kind.parse({"": texts}, shown.field) == kind.parse({"": shown.texts}, shown.field))
    except Refused:
        return False


def _lists(
    page: Page,
    items: Mapping[str, Sequence[int]],
    lists: Mapping[str, Ids],
    mine: Units,
    files: set[str],
    result: Units,
    merged: Merged,
) -> None:
    """Which items each group has: those saved now, then new ones, then those removed by others that were changed here.

    Files kept so far went with their item; one that has come now is a change of it.
    """
    for group in dict.fromkeys((*lists, *items)):
        saved = lists.get(group) or Ids([])
        numbers, upcoming = list(saved.numbers), saved.upcoming
        for number in items.get(group, ()):
            if number in numbers:
                continue
            inside = f"{group}#{number}-"
            own = {name: texts for name, texts in mine.items() if name.startswith(inside)}
            new = number >= saved.upcoming
            texts = {name for name in own.keys() | page.base.keys() if name.startswith(inside)}
            texts = {name for name in texts if not _is_file(name, files)}
            came = any(_name_only(name) in files for name in own)
            if new or came or any(checksum(own.get(name, [])) != page.base.get(name, 0) for name in texts):
                numbers.append(number)
                upcoming = max(upcoming, number + 1)
                result.update(own)
                if not new:
                    merged.touched.add(_root(group))
            else:
                merged.changed.add(f"{group}#{number}")
                for name in [name for name in result if name.startswith(inside)]:
                    del result[name]
        if numbers != list(items.get(group, numbers)):
            merged.touched.add(_root(group))
            merged.uneven.add(group)
        merged.ids[group] = Ids(numbers, upcoming)


def _spread(page: Page, sent: Sending, files: set[str], result: Units, merged: Merged) -> None:
    """The result as a form that the draft's own order of items reads."""
    out = merged.sent
    for name in sent:
        if name.endswith("--item"):
            continue
        ours = name.startswith("_") or name == "csrf_token"
        if name == "_shown":
            moved = (in_order(numbered(path, page.ids), merged.ids) for path in sent[name])
            out[name] = [path for path in moved if path]
        elif ours:
            out[name] = sent[name]
        elif _is_file(numbered(name, page.ids), files):
            continue  # files are put beside what is read here
        elif place := in_order(numbered(name, page.ids), merged.ids):
            out[place] = [""]  # asked and left empty, unless the result says otherwise
    for group, ids in merged.ids.items():
        place = in_order(group, merged.ids)
        if place:
            out[f"{place}--item"] = [str(index) for index in range(len(ids.numbers))]
    for name, texts in result.items():
        if _is_file(name, files):
            continue
        place = name if name.startswith(WHY) else in_order(name, merged.ids)
        if place and (texts or place in out):
            out[place] = texts or [""]
