"""What the names of an XLSForm are called here, what kind of answer they have, and how they are written from each place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from forms.fields import RESERVED
from forms.importing.remarks import Untranslatable
from forms.importing.xpath import Node
from forms.polish import fold
from forms.problems import nearest
from forms.wording import say

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Known:
    """A question or group. `path` begins with the outermost group that is kept; `repeats` are those that repeat."""

    path: tuple[str, ...]
    kind: str
    repeats: tuple[str, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)  # an option's name in the workbook → its value here
    joined: Node | None = None  # a calculation that joins texts: it can only be written out in a text


@dataclass(slots=True)
class Names:
    """All names of a workbook; the same name in several groups is looked for in one's own first."""

    known: dict[str, list[Known]] = field(default_factory=dict)

    def add(self, original: str, known: Known) -> None:
        """Notes what a name means."""
        self.known.setdefault(original, []).append(known)

    def find(self, original: str, here: tuple[str, ...]) -> Known:
        """What a name means for a question in these repeated groups. Raises Untranslatable."""
        found = self.known.get(original)
        if not found:
            near = nearest(original, self.known)
            if near is not None:
                raise Untranslatable(
                    say("nie ma pytania „{name}” – czy chodziło o „{near}”?", name=original, near=near)
                )
            raise Untranslatable(say("nie ma pytania „{name}” albo nie zostało przeniesione.", name=original))
        return max(found, key=lambda known: _shared(known.repeats, here))

    def written(self, original: str, here: tuple[str, ...]) -> tuple[str, Known, bool]:
        """How a name is written in these repeated groups, what it is, and whether it stands for many values."""
        known = self.find(original, here)
        common = _shared(known.repeats, here)
        return ".".join(known.path[common:]), known, common < len(known.repeats)


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def legal(name: str, taken: Collection[str], beginning: str = "pole") -> str:
    """A name as our language wants it (a–z, 0–9, _; no word of expressions), different from those taken."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)  # numerTelefonu is numer_telefonu
    plain = re.sub("[^a-z0-9]+", "_", fold(parted)).strip("_")[:LONGEST]
    if not plain or not plain[0].isalpha():
        plain = f"{beginning}_{plain}".strip("_")
    # Names of an XLSForm may end in `_`; only what is illegal is mended.
    if re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        plain = name
    if plain in RESERVED:
        plain = f"{plain}_1"
    made, number = plain, 2
    while made in taken:
        made, number = f"{plain}_{number}", number + 1
    return made


def legal_value(value: str, taken: Collection[str]) -> str:
    """The value of an option as our language wants it, different from those taken."""
    plain = value
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.:/+-]{0,63}", value):
        minus = "minus_" if re.match(r"-\d", value) else ""
        plain = minus + (re.sub("[^a-z0-9]+", "_", fold(value)).strip("_")[:LONGEST] or "opcja")
    made, number = plain, 2
    while made in taken:
        made, number = f"{plain}_{number}", number + 1
    return made
