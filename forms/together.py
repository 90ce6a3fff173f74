"""What a draft and a page remember so that several people can fill in one form: who saved last, and what a page showed.

The numbers of a group's items are their positions until an item is removed; from then on the draft keeps a list. So a
form that one person fills in carries no more than the name of the page that saved last.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import quote, unquote
from zlib import crc32

WHY = "_why--"  # before a warning's key: the input of its explanation
SAFE = "#@.-_"


def checksum(texts: Sequence[str]) -> int:
    """A number that tells the texts of an input from others; 0 for none."""
    return crc32("\x1f".join(texts).encode()) or 1 if texts else 0


def mark(texts: Sequence[str]) -> int:
    """The checksum of texts as they stand in an input: what browsers change on the way does not count."""
    if len(texts) == 1 and "\r" not in texts[0]:  # nearly all there are, on every page that is drawn
        return crc32(text.encode()) or 1 if (text := texts[0].strip()) else 0
    return checksum(plain(texts))


def plain(texts: Iterable[str]) -> list[str]:
    """Texts without what browsers change on the way: blanks around them, ends of lines; empty ones left out."""
    return [text for each in texts if (text := each.replace("\r\n", "\n").strip())]


@dataclass(frozen=True, slots=True)
class Ids:
    """The numbers of a group's items, in their order; `upcoming` is the next that nothing has had yet."""

    numbers: Sequence[int]
    upcoming: int = 0

    def at(self, index: int) -> int:
        """The number of the item at a position; one after the last is new."""
        return self.numbers[index] if index < len(self.numbers) else self.upcoming + index - len(self.numbers)

    @property
    def as_counted(self) -> bool:
        """Whether the numbers are the positions, so that nothing needs to be kept."""
        return list(self.numbers) == list(range(self.upcoming))


@dataclass(frozen=True, slots=True, repr=False)
class Clash:
    """What somebody wrote into an input that another had changed at the same time; the draft has what the other wrote."""

    name: str  # of the input, items by number
    texts: list[str]
    who: str  # their name, "" where it is not known
    at: str
    page: str  # the page it came from
    other: str  # the name of who saved last before, "" where it is not known
    other_at: str = ""

    @property
    def id(self) -> str:
        """What the choice for it is called on a page."""
        return f"{crc32(repr((self.name, self.texts)).encode()):08x}"


@dataclass(repr=False)
class Together:
    """What a draft keeps beside its answers; see the module."""

    by: str = ""  # the page that saved last
    since: int = 0  # the revision from which on only that page has saved
    who: str = ""  # the name of who saved last, where it is known
    ids: dict[str, Ids] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        found: dict[str, Any] = {"by": self.by, "since": self.since} if self.by else {}
        if self.who:
            found["who"] = self.who
        if self.ids:
            found["ids"] = {name: [each.upcoming, *each.numbers] for name, each in self.ids.items()}
        if self.clashes:
            found["clashes"] = [asdict(each) for each in self.clashes]
        return found

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Together:
        """Back from storage."""
        ids = {name: Ids(numbers[1:], numbers[0]) for name, numbers in kept.get("ids", {}).items()}
        clashes = [Clash(**each) for each in kept.get("clashes", ())]
        return cls(kept.get("by", ""), kept.get("since", 0), kept.get("who", ""), ids, clashes)

    def items(self, group: str, count: int) -> Ids:
        """The numbers of the items of a group that has so many now."""
        known = self.ids.get(group)
        if known is None:
            return Ids(range(count), count)
        more = max(0, count - len(known.numbers))
        numbers = [*known.numbers[:count], *range(known.upcoming, known.upcoming + more)]
        return Ids(numbers, known.upcoming + more)

    def keep(self, ids: Mapping[str, Ids]) -> None:
        """Remembers the numbers of items where they are not their positions."""
        for group, each in ids.items():
            if not each.as_counted:
                self.ids[group] = each
            else:
                self.ids.pop(group, None)

    def removed(self, path: str, count: int) -> None:
        """The item at this path (`osoby-1`) goes; there were so many."""
        base, _, index = path.rpartition("-")
        group = numbered(base, self.ids)
        known = self.items(group, count)
        numbers = list(known.numbers)
        gone = f"{group}#{numbers.pop(int(index))}-"
        self.ids = {name: ids for name, ids in self.ids.items() if not name.startswith(gone)}
        self.ids[group] = Ids(numbers, known.upcoming)
        self.clashes = [each for each in self.clashes if not each.name.startswith(gone)]

    def clash(self, found: Clash) -> None:
        """Keeps what was written, in place of what the same page wrote into that input before."""
        others = [each for each in self.clashes if (each.name, each.page) != (found.name, found.page)]
        self.clashes = [*(each for each in others if each.id != found.id), found]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page showed: its own name, the revision it was drawn from, numbers of items, checksums of inputs.

    `saved` is the checksum of what the draft made of an input's text where that reads otherwise (`120` is kept as `120,00`).
    """

    id: str
    revision: int
    ids: Mapping[str, Ids] = field(default_factory=dict)
    base: Mapping[str, int] = field(default_factory=dict)
    saved: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Page | None:
        """Back from what the browser sent; None where it is nothing of ours."""
        first, *rest = text.split(" ")
        name, _, revision = first.partition(".")
        if not name.isalnum() or not revision.isdecimal():
            return None
        try:
            ids = {unquote(group): _ids(each) for group, _, each in (one.partition(":") for one in rest if ":" in one)}
            inputs = [one.partition("=") for one in rest if "=" in one]
            known = [(unquote(key), each.split(".")) for key, _, each in inputs]
            base = {key: int(each[0], 16) for key, each in known}
            saved = {key: int(each[1], 16) for key, each in known if len(each) > 1}
        except ValueError:
            return None
        return cls(name[:16], int(revision), ids, base, saved)

    def text(self) -> str:
        """As it stands on the page."""
        ids = [f"{quote(name, SAFE)}:{','.join(map(str, (i.upcoming, *i.numbers)))}" for name, i in self.ids.items()]
        base = [f"{name if name.isidentifier() else quote(name, SAFE)}={each:x}" for name, each in self.base.items()]
        if self.saved:
            kept = ((one, self.saved.get(name)) for one, name in zip(base, self.base, strict=True))
            base = [f"{one}.{each:x}" if each is not None else one for one, each in kept]
        return " ".join((f"{self.id}.{self.revision}", *ids, *base))


def new_page() -> str:
    """The name of a page."""
    return secrets.token_hex(4)


def head(text: str) -> tuple[str, int]:
    """The name and the revision of a page from what the browser sent; ("", 0) where it is nothing of ours."""
    name, _, revision = text[:40].partition(" ")[0].partition(".")
    return (name[:16], int(revision)) if name.isalnum() and revision.isdecimal() else ("", 0)


def _ids(text: str) -> Ids:
    upcoming, *numbers = (int(each) for each in text.split(","))
    return Ids(numbers, upcoming)


def numbered(path: str, ids: Mapping[str, Ids]) -> str:
    """The path (or name of an input) with items by number: `osoby-1-email` → `osoby#2-email`."""
    if "-" not in path:
        return path
    place, mark, part = path.partition("--")
    found = ""
    for each in place.split("-"):
        if each.isdecimal() and found:
            known = ids.get(found)
            found = f"{found}#{known.at(int(each)) if known else int(each)}"
        else:
            found = f"{found}-{each}" if found else each
    return f"{found}{mark}{part}"


def in_order(name: str, ids: Mapping[str, Ids]) -> str:
    """The name with items by position; "" where an item is not there (any more)."""
    if "#" not in name:
        return name
    place, mark, part = name.partition("--")
    found, group = "", ""
    for each in place.split("-"):
        field_name, _, number = each.partition("#")
        found = f"{found}-{field_name}" if found else field_name
        group = f"{group}-{field_name}" if group else field_name
        if number and not number.isdecimal():
            return ""
        if number:
            known = ids.get(group)
            numbers: Iterable[int] = known.numbers if known else ()
            index = int(number) if known is None else list(numbers).index(int(number)) if int(number) in numbers else -1
            if index < 0:
                return ""
            found, group = f"{found}-{index}", f"{group}#{number}"
    return f"{found}{mark}{part}"
